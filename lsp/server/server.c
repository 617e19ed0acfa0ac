#include "lsp/server/server.h"

#include <pthread.h>

#include "base/os.h"
#include "lsp/protocol/live.h"
#include "lsp/protocol/methods.h"
#include "lsp/protocol/semantics.h"
#include "lsp/server/frame.h"
#include "lsp/server/life.h"
#include "lsp/server/state.h"

/* ---- out ---- */

static void send_message(void *context, json_t *message) {
  Server *server = context;
  Buf bytes = {0};
  frame_write(message, &bytes);
  json_decref(message);
  server->options.write(server->options.context, buf_str(&bytes));
  buf_free(&bytes);
}

static void hold(void *context, bool on) {
  const Server *server = context;
  if (server->options.hold) server->options.hold(server->options.context, on);
}

static json_t *answer_to(const json_t *id) {
  json_t *answer = json_object();
  json_object_set_new(answer, "jsonrpc", json_string("2.0"));
  json_object_set(answer, "id", id ? (json_t *)id : json_null());
  return answer;
}

static void send_error(Server *server, const json_t *id, int code, Str message) {
  json_t *answer = answer_to(id), *error = json_object();
  json_object_set_new(error, "code", json_integer(code));
  json_object_set_new(error, "message", json_of(message));
  json_object_set_new(answer, "error", error);
  send_message(server, answer);
}

void server_complain(Server *server, const char *why) {
  json_t *none = json_null();
  send_error(server, none, ERROR_PARSE, str_of(why));
}

/* ---- requests that wait ---- */

struct Pending {
  json_t *id;
  char *method; /* NULL: it was not said */
  double since; /* os_clock when it was read */
  atomic_bool stop;
  struct Pending *next;
};

static bool same_id(const json_t *a, const json_t *b) { return json_typeof(a) == json_typeof(b) && json_equal(a, b); }

static void cancel(Server *server, const json_t *id) {
  if (!json_is_integer(id) && !json_is_string(id)) return;
  for (Pending *pending = server->pending; pending; pending = pending->next)
    if (same_id(pending->id, id)) atomic_store(&pending->stop, true);
}

Pending *server_note(Server *server, const json_t *message) {
  progress_note(server, message);
  const json_t *id = json_object_get(message, "id"), *method = json_object_get(message, "method");
  Pending *pending = NULL;
  pthread_mutex_lock(&server->lock);
  if (json_is_string(method) && strcmp(json_string_value(method), "$/cancelRequest") == 0)
    cancel(server, json_object_get(json_object_get(message, "params"), "id"));
  if (json_is_string(method) && (json_is_integer(id) || json_is_string(id))) {
    pending = mem_alloc(sizeof *pending);
    pending->id = json_deep_copy(id);
    pending->method = strdup(json_string_value(method));
    pending->since = os_clock();
    atomic_init(&pending->stop, false);
    pending->next = server->pending;
    server->pending = pending;
  }
  pthread_mutex_unlock(&server->lock);
  return pending;
}

static void forget(Server *server, Pending *pending) {
  pthread_mutex_lock(&server->lock);
  Pending **at = &server->pending;
  while (*at && *at != pending) at = &(*at)->next;
  if (*at) *at = pending->next;
  pthread_mutex_unlock(&server->lock);
  json_decref(pending->id);
  free(pending->method);
  free(pending);
}

/* For people who look into how client and server talk. */
static void trace(Server *server, const Pending *pending, const Call *call) {
  const Session *session = &server->session;
  if (!session->trace) return;
  json_t *params = json_object();
  Buf text = {0};
  buf_printf(&text, "%s answered in %.3f ms", pending->method ? pending->method : "a request",
             (os_clock() - pending->since) * 1e3);
  if (call->error) buf_printf(&text, ": " STR_FMT, STR_ARG(call->message));
  json_object_set_new(params, "message", json_of(buf_str(&text)));
  buf_free(&text);
  session_notify(session, "$/logTrace", params);
}

/* An answer whose result is JSON already. */
static void send_written(Server *server, const json_t *id, Str result) {
  Buf body = {0}, bytes = {0};
  char *name = json_dumps(id, JSON_ENCODE_ANY | JSON_COMPACT);
  buf_printf(&body, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":", name);
  buf_add(&body, result);
  buf_add_byte(&body, '}');
  buf_printf(&bytes, "Content-Length: %zu\r\n\r\n", body.len);
  buf_add(&bytes, buf_str(&body));
  server->options.write(server->options.context, buf_str(&bytes));
  free(name);
  buf_free(&body);
  buf_free(&bytes);
}

/* Sends what came of it; `result` is stolen. */
static void answer(Server *server, Pending *pending, Call *call, json_t *result) {
  if (call->then && !call->error && !atomic_load(&pending->stop)) call->then(&server->session, call);
  if (atomic_load(&pending->stop)) send_error(server, pending->id, ERROR_CANCELLED, STR("it was cancelled"));
  else if (call->error) send_error(server, pending->id, call->error, call->message);
  else if (call->written.len > 0) send_written(server, pending->id, call->written);
  else {
    json_t *json = answer_to(pending->id);
    json_object_set_new(json, "result", result ? json_incref(result) : json_null());
    send_message(server, json);
  }
  json_decref(result);
  trace(server, pending, call);
  forget(server, pending);
}

/* ---- where a message is about ---- */

Snapshot *server_snapshot(Server *server, Root *root) {
  bool reads = !root->snapshot || root->is_stale;
  if (reads) progress_on(server, PROGRESS_READING);
  Snapshot *snapshot = root_snapshot(server->session.workspace, root);
  if (reads) progress_off(server, PROGRESS_READING);
  return snapshot;
}

static void add_state(Call *call, Root *root) {
  call->states[call->state_count++] = (CallState){root->snapshot, root->late};
}

static bool find_states(Server *server, Call *call) {
  Workspace *workspace = server->session.workspace;
  call->states = ARENA_ARRAY(call->arena, CallState, workspace->roots.len + 1);
  for (size_t i = 0; i < workspace->roots.len; i++) {
    server_snapshot(server, workspace->roots.at[i]);
    add_state(call, workspace->roots.at[i]);
  }
  return true;
}

/* False where the document is none that is known: then there is no answer, or an error. */
static bool find_document(Server *server, Call *call) {
  Workspace *workspace = server->session.workspace;
  Str uri = json_get_text(json_object_get(call->params, "textDocument"), "uri");
  const json_t *position = json_object_get(call->params, "position");
  if (uri.len == 0) return call_wrong(call, "textDocument.uri is missing"), false;
  Str path = workspace_path(workspace, call->arena, uri);
  Root *root = workspace_root(workspace, path);
  if (!root) return false;
  const Snapshot *snapshot = server_snapshot(server, root);
  uint32_t unit = snapshot_unit(snapshot, path);
  if (unit == NONE) return false;
  call->states = ARENA_ARRAY(call->arena, CallState, 1);
  add_state(call, root);
  call->root = root;
  call->spot = (Spot){snapshot, root->late, snapshot->files[unit], unit, 0};
  if (position && !call_read_offset(call, call->spot.file, position, &call->spot.offset))
    return call_wrong(call, "position is none: it takes a line and a character from 0 on"), false;
  return true;
}

static bool find_place(Server *server, const Method *method, Call *call) {
  switch (method->kind) {
    case METHOD_DOCUMENT:
    case METHOD_DOCUMENT_SLOW: return find_document(server, call);
    case METHOD_WORKSPACE:
    case METHOD_WORKSPACE_SLOW: return find_states(server, call);
    default: return true;
  }
}

/* ---- slow ones ---- */

typedef struct {
  Job job;
  Pending *pending;
  json_t *message;
  const Method *method;
  Call call;
  json_t *result;
} SlowCall;

static void slow_work(Job *job) {
  SlowCall *slow = (SlowCall *)job;
  if (!call_is_stopped(&slow->call)) slow->result = slow->method->handler(&slow->call);
}

static void slow_end(Server *server, Job *job) {
  SlowCall *slow = (SlowCall *)job;
  answer(server, slow->pending, &slow->call, slow->result);
  for (size_t i = 0; i < slow->call.state_count; i++) {
    snapshot_free(slow->call.states[i].snapshot);
    late_free((Late *)slow->call.states[i].late);
  }
  arena_free(slow->call.arena);
  json_decref(slow->message);
  free(slow);
}

static void start_slow(Server *server, const Method *method, Call *call, json_t *message, Pending *pending) {
  SlowCall *slow = mem_alloc(sizeof *slow);
  *slow = (SlowCall){.job = {.work = slow_work, .end = slow_end}, pending, message, method, *call, NULL};
  slow->call.session = NULL;
  slow->call.root = NULL;
  for (size_t i = 0; i < call->state_count; i++) {
    snapshot_share(call->states[i].snapshot);
    if (call->states[i].late) late_share((Late *)call->states[i].late);
  }
  server_start(server, &slow->job);
}

/* ---- in ---- */

static json_t *nothing(const Method *method) { return json_loads(method->nothing, JSON_DECODE_ANY, NULL); }

static bool is_slow(const Method *method) {
  return method->kind == METHOD_DOCUMENT_SLOW || method->kind == METHOD_WORKSPACE_SLOW;
}

static void refuse(Server *server, json_t *message, Pending *pending, int code, const char *why) {
  if (pending) {
    send_error(server, pending->id, code, str_of(why));
    forget(server, pending);
  }
  json_decref(message);
}

/* Which document its user has in front of them, as far as the messages tell. */
static void attend(Session *session, const Method *method, const json_t *params) {
  Str uri = json_get_text(json_object_get(params, "textDocument"), "uri");
  bool closes = method->handler == sync_close && session->attended && str_is_c(uri, session->attended);
  bool attends = method->handler == sync_open || method->handler == sync_change || json_object_get(params, "position");
  if (uri.len == 0 || (!closes && !attends)) return;
  free(session->attended);
  session->attended = closes ? NULL : strndup(uri.at, uri.len);
}

static void call_method(Server *server, const Method *method, json_t *message, Pending *pending) {
  Call call = {.params = json_object_get(message, "params"),
               .client = &server->session.client,
               .encoding = server->session.encoding,
               .session = &server->session,
               .drawing = server->session.drawing,
               .arena = arena_new(),
               .stop = pending ? &pending->stop : NULL};
  attend(&server->session, method, call.params);
  call.attended = arena_copy(call.arena, str_of(server->session.attended));
  json_t *result = NULL;
  bool is_request = method->kind != METHOD_NOTE;
  if (is_request && !json_is_object(call.params)) call_wrong(&call, "params is no object");
  else if (call.params && !json_is_object(call.params)) call_wrong(&call, "params is no object");
  else if (call_is_stopped(&call)) result = NULL;
  else if (!find_place(server, method, &call)) result = call.error ? NULL : nothing(method);
  else if (pending && is_slow(method)) {
    start_slow(server, method, &call, message, pending);
    return;
  } else result = method->handler(&call);
  bool waits = pending && call.waits && !call.error && !call_is_stopped(&call);
  if (waits) vec_push(&server->held, (Held){pending, message});
  else if (pending) answer(server, pending, &call, result);
  else json_decref(result);
  arena_free(call.arena);
  if (!waits) json_decref(message);
}

static bool any_cancelled(const Server *server) {
  for (size_t i = 0; i < server->held.len; i++)
    if (atomic_load(&server->held.at[i].pending->stop)) return true;
  return false;
}

void server_ask_held(Server *server) {
  bool is_over = server->state != STATE_RUNNING;
  bool is_known = server->jobs == 0 && server->has_news; /* else there would be something to compare at each key */
  if (!is_known && !is_over && !any_cancelled(server)) return;
  server->has_news = server->has_news && !is_known;
  size_t count = server->held.len;
  for (size_t i = 0; i < count; i++) {
    Held held = server->held.at[i];
    const Method *method = method_find(json_string_value(json_object_get(held.message, "method")));
    if (is_over) refuse(server, held.message, held.pending, ERROR_CANCELLED, "the server was shut down");
    else if (!is_known && !atomic_load(&held.pending->stop)) vec_push(&server->held, held);
    else call_method(server, method, held.message, held.pending); /* may hold it again, behind the others */
  }
  for (size_t i = count; i < server->held.len; i++) server->held.at[i - count] = server->held.at[i];
  server->held.len -= count;
}

/* No string as its method: an answer, or nonsense. */
static void take_other(Server *server, json_t *message) {
  const json_t *id = json_object_get(message, "id");
  bool answers = id && (json_object_get(message, "result") || json_object_get(message, "error"));
  if (answers && !json_object_get(message, "method")) session_answered(&server->session, message);
  else
    send_error(server, json_is_integer(id) || json_is_string(id) ? id : NULL, ERROR_INVALID_REQUEST,
               STR("the message is neither a request nor an answer"));
  json_decref(message);
}

void server_take(Server *server, json_t *message, Pending *pending) {
  const json_t *name = json_object_get(message, "method");
  if (!json_is_string(name)) {
    if (pending) forget(server, pending);
    take_other(server, message);
    return;
  }
  const json_t *id = json_object_get(message, "id");
  if (id && !pending) {
    send_error(server, NULL, ERROR_INVALID_REQUEST, STR("the id is neither an integer nor a string"));
    json_decref(message);
    return;
  }
  const char *word = json_string_value(name);
  if (strlen(word) != json_string_length(name)) word = "";
  if (life_take(server, word, message, pending)) return;
  const Method *method = method_find(word);
  server->is_greeted = server->state == STATE_RUNNING;
  if (server->state == STATE_NEW) refuse(server, message, pending, ERROR_NOT_INITIALIZED, "initialize comes first");
  else if (server->state != STATE_RUNNING)
    refuse(server, message, pending, ERROR_INVALID_REQUEST, "the server was shut down");
  else if (!method || (method->kind != METHOD_NOTE) != (pending != NULL)) {
    Str why = method ? STR("this method is a notification") : STR("there is no such method");
    if (pending) refuse(server, message, pending, method ? ERROR_INVALID_REQUEST : ERROR_METHOD_NOT_FOUND, why.at);
    else json_decref(message);
  } else {
    if (method->handler == sync_change && server->late) atomic_store(&server->late->stop, true); /* it is stale now */
    call_method(server, method, message, pending);
  }
}

void server_answer(Server *server, Pending *pending, json_t *result) { answer(server, pending, &(Call){0}, result); }

void server_refuse(Server *server, Pending *pending, int code, const char *why) {
  send_error(server, pending->id, code, str_of(why));
  forget(server, pending);
}

/* ---- jobs ---- */

void server_start(Server *server, Job *job) {
  server->jobs++;
  if (server->options.start) server->options.start(server->options.context, job);
  else {
    job->work(job);
    server_end(server, job);
  }
}

void server_end(Server *server, Job *job) {
  server->jobs--;
  job->end(server, job);
}

/* ---- life ---- */

Server *server_new(const ServerOptions *options) {
  Server *server = mem_alloc(sizeof *server);
  memset(server, 0, sizeof *server);
  server->options = *options;
  pthread_mutex_init(&server->lock, NULL);
  pthread_mutex_init(&server->progress.lock, NULL);
  server->exit_code = 1;
  Session *session = &server->session;
  session->client.capabilities = json_object();
  session->settings = json_object();
  session->workspace = workspace_new();
  session->workspace->today = options->today;
  session->workspace->no_scripts = options->no_scripts;
  session->workspace->threads = options->threads;
  session->drawing = options->drawing;
  session->send = send_message;
  session->hold = hold;
  session->context = server;
  return server;
}

void server_free(Server *server) {
  Session *session = &server->session;
  while (server->pending) forget(server, server->pending);
  vec_free(&server->settling);
  for (size_t i = 0; i < server->held.len; i++) json_decref(server->held.at[i].message);
  vec_free(&server->held);
  workspace_free(session->workspace);
  json_decref(session->client.capabilities);
  json_decref(session->settings);
  for (size_t i = 0; i < session->published.len; i++) free(session->published.at[i].uri);
  vec_free(&session->published);
  for (size_t i = 0; i < session->models.len; i++) free(session->models.at[i]);
  vec_free(&session->models);
  semantics_forget(session);
  live_forget(session);
  free(session->attended);
  vec_free(&session->waiting);
  pthread_mutex_destroy(&server->lock);
  pthread_mutex_destroy(&server->progress.lock);
  free(server);
}

bool server_has_ended(const Server *server, int *code) {
  *code = server->exit_code;
  return server->state == STATE_ENDED;
}

long server_parent(const Server *server) { return server->parent; }
