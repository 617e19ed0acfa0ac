#include "lsp_talk.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void talk_fail(const char *what, const json_t *shown) {
  char *text = shown ? json_dumps(shown, JSON_INDENT(1) | JSON_ENCODE_ANY) : NULL;
  fprintf(stderr, "does not hold: %s\n%s\n", what, text ? text : "");
  abort();
}

/* ---- chance ---- */

unsigned talk_byte(Talk *talk) {
  if (talk->left > 0) return talk->left--, *talk->bytes++;
  talk->chance ^= talk->chance << 13;
  talk->chance ^= talk->chance >> 7;
  talk->chance ^= talk->chance << 17;
  return (unsigned)(talk->chance >> 40) & 0xFF;
}

unsigned below(Talk *talk, unsigned limit) {
  unsigned number = talk_byte(talk);
  if (limit > 256) number = number << 8 | talk_byte(talk);
  return number % limit;
}

/* ---- what the server says ---- */

static Str take_message(Str *rest) {
  static const Str name = STR("Content-Length: ");
  size_t at = name.len, length = 0;
  if (!str_starts(*rest, name)) talk_fail("messages begin with their length", NULL);
  for (; at < rest->len && rest->at[at] >= '0' && rest->at[at] <= '9'; at++)
    length = length * 10 + (size_t)(rest->at[at] - '0');
  Str body = str_slice(*rest, at, rest->len);
  if (!str_starts(body, STR("\r\n\r\n")) || body.len - 4 < length) talk_fail("a message is as long as it says", NULL);
  *rest = str_slice(body, 4 + length, body.len);
  return str_slice(body, 4, 4 + length);
}

static void hear_answer(Talk *talk, json_t *message) {
  const json_t *id = json_object_get(message, "id");
  json_t *result = json_object_get(message, "result"), *error = json_object_get(message, "error");
  char key[32];
  if (!result == !error || !id) talk_fail("an answer has an id, and either a result or an error", message);
  if (error && (!json_is_integer(json_object_get(error, "code")) || !json_is_string(json_object_get(error, "message"))))
    talk_fail("an error has a code and a message", message);
  if (json_is_null(id) && talk->odd > 0) {
    talk->odd--;
    return;
  }
  snprintf(key, sizeof key, "%lld", json_is_integer(id) ? (long long)json_integer_value(id) : -1LL);
  if (json_object_del(talk->asked, key) != 0) talk_fail("each request is answered once", message);
  if (!result) return;
  json_decref(talk->answer);
  talk->answer = json_incref(result);
}

/* A client may say no, too. */
static void hear_request(Talk *talk, const json_t *message) {
  char *id = json_dumps(json_object_get(message, "id"), JSON_ENCODE_ANY);
  Buf answer = {0};
  buf_printf(&answer, "{\"jsonrpc\":\"2.0\",\"id\":%s,%s}", id,
             below(talk, 4) ? "\"result\":null" : "\"error\":{\"code\":-32601,\"message\":\"no\"}");
  free(id);
  talk_say(talk, buf_str(&answer));
  buf_free(&answer);
}

static void hear(Talk *talk, json_t *message) {
  const char *method = json_string_value(json_object_get(message, "method"));
  const char *version = json_string_value(json_object_get(message, "jsonrpc"));
  if (!version || strcmp(version, "2.0") != 0) talk_fail("a message is one of JSON-RPC 2.0", message);
  if (!method) hear_answer(talk, message);
  else if (json_object_get(message, "id")) hear_request(talk, message);
  else if (strcmp(method, "textDocument/publishDiagnostics") == 0) {
    json_t *params = json_object_get(message, "params");
    json_object_set(talk->published, json_string_value(json_object_get(params, "uri")),
                    json_object_get(params, "diagnostics"));
  }
}

static void hear_all(Talk *talk) {
  while (talk->out.len > 0) {
    Buf out = talk->out;
    talk->out = (Buf){0};
    for (Str rest = buf_str(&out); rest.len > 0;) {
      Str body = take_message(&rest);
      json_t *message = json_loadb(body.at, body.len, JSON_ALLOW_NUL, NULL);
      if (!json_is_object(message)) talk_fail("a message is an object of JSON", NULL);
      hear(talk, message);
      json_decref(message);
    }
    buf_free(&out);
  }
}

/* ---- what the client says ---- */

void talk_receive(Talk *talk, Str bytes) {
  const char *why;
  json_t *message;
  FrameKind kind;
  frames_add(&talk->in, bytes);
  while ((kind = frames_next(&talk->in, &message, &why)) != FRAME_MORE)
    if (kind == FRAME_WRONG) server_complain(talk->server, why);
    else vec_push(&talk->queue, (Queued){message, server_note(talk->server, message)});
}

/* Cut in two now and then, as pipes do. */
void talk_say(Talk *talk, Str body) {
  Buf message = {0};
  buf_printf(&message, "Content-Length: %zu\r\n\r\n", body.len);
  buf_add(&message, body);
  Str bytes = buf_str(&message);
  size_t cut = below(talk, 8) == 0 ? below(talk, 64) : bytes.len;
  if (cut > bytes.len) cut = bytes.len;
  talk_receive(talk, str_slice(bytes, 0, cut));
  talk_receive(talk, str_slice(bytes, cut, bytes.len));
  buf_free(&message);
}

bool talk_take(Talk *talk) {
  if (talk->taken == talk->queue.len) return false;
  Queued next = talk->queue.at[talk->taken++];
  server_take(talk->server, next.message, next.pending);
  return true;
}

void talk_notify(Talk *talk, const char *method, Buf *params) {
  Buf body = {0};
  buf_printf(&body, "{\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":", method);
  buf_add(&body, buf_str(params));
  buf_add_byte(&body, '}');
  talk_say(talk, buf_str(&body));
  buf_free(&body);
  buf_free(params);
}

void talk_ask(Talk *talk, const char *method, Buf *params) {
  Buf body = {0};
  char key[32];
  snprintf(key, sizeof key, "%d", ++talk->last_id);
  json_object_set_new(talk->asked, key, json_string(method));
  buf_printf(&body, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"%s\",\"params\":", key, method);
  buf_add(&body, buf_str(params));
  buf_add_byte(&body, '}');
  talk_say(talk, buf_str(&body));
  buf_free(&body);
  buf_free(params);
}

void talk_work(Talk *talk) {
  enum { AT_MOST = 5000 };
  unsigned steps = 0;
  do {
    hear_all(talk);
    if (steps++ == AT_MOST) talk_fail("the server comes to rest", NULL);
  } while (talk_take(talk) || server_work(talk->server));
  if (json_object_size(talk->asked) > 0) talk_fail("each request is answered", talk->asked);
}

json_t *talk_answer(Talk *talk, const char *method, Buf *params) {
  talk_work(talk);
  json_decref(talk->answer);
  talk->answer = NULL;
  talk_ask(talk, method, params);
  talk_work(talk);
  return json_incref(talk->answer);
}

static void write_bytes(void *context, Str bytes) {
  Talk *talk = context;
  buf_add(&talk->out, bytes);
}

static void start_job(void *context, Job *job) {
  Talk *talk = context;
  if (job->is_late && !talk->waits) {
    talk->held = job;
    return;
  }
  job->work(job);
  server_end(talk->server, job);
}

void talk_start(Talk *talk) {
  ServerOptions options = {.write = write_bytes, .start = start_job, .context = talk, .today = 20700, .threads = 1};
  talk->server = server_new(&options);
  talk->asked = json_object();
  talk->published = json_object();
  talk->chance = 88172645463325252u;
}

void talk_end(Talk *talk) {
  if (talk->held) {
    atomic_store(&talk->held->stop, true);
    talk->held->work(talk->held);
    server_end(talk->server, talk->held);
  }
  server_free(talk->server);
  frames_free(&talk->in);
  for (; talk->taken < talk->queue.len; talk->taken++) json_decref(talk->queue.at[talk->taken].message);
  vec_free(&talk->queue);
  buf_free(&talk->out);
  json_decref(talk->asked);
  json_decref(talk->published);
  json_decref(talk->answer);
  for (int i = 0; i < DOCUMENTS; i++) buf_free(&talk->documents[i].text);
}
