#include "lsp_session.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "base/os.h"

static const double PATIENCE = 10; /* seconds */

/* ---- opening ---- */

/* As editors say it: all that is measured, in the form that costs the server most. */
static const char capabilities[] =
    "{\"workspace\":{\"configuration\":true,\"workspaceFolders\":true,\"applyEdit\":true,"
    "\"didChangeWatchedFiles\":{\"dynamicRegistration\":true}},\"window\":{\"workDoneProgress\":false},"
    "\"textDocument\":{\"synchronization\":{\"didSave\":true},\"publishDiagnostics\":{\"relatedInformation\":true,"
    "\"versionSupport\":true,\"codeDescriptionSupport\":true,\"dataSupport\":true,\"tagSupport\":{\"valueSet\":[1,2]}},"
    "\"completion\":{\"completionItem\":{\"snippetSupport\":true,\"documentationFormat\":[\"markdown\",\"plaintext\"],"
    "\"resolveSupport\":{\"properties\":[\"documentation\",\"detail\",\"additionalTextEdits\"]}}},"
    "\"hover\":{\"contentFormat\":[\"markdown\",\"plaintext\"]},"
    "\"documentSymbol\":{\"hierarchicalDocumentSymbolSupport\":true},"
    "\"semanticTokens\":{\"requests\":{\"range\":true,\"full\":{\"delta\":true}},\"formats\":[\"relative\"],"
    "\"tokenTypes\":[\"namespace\",\"type\",\"class\",\"enum\",\"interface\",\"struct\",\"typeParameter\","
    "\"parameter\","
    "\"variable\",\"property\",\"enumMember\",\"event\",\"function\",\"method\",\"macro\",\"keyword\",\"modifier\","
    "\"comment\",\"string\",\"number\",\"regexp\",\"operator\"],\"tokenModifiers\":[\"declaration\",\"definition\","
    "\"readonly\",\"deprecated\"]}";

static void write_initialize(const Session *session, bool pulls, Buf *to) {
  buf_printf(to,
             "{\"processId\":%d,\"rootUri\":\"file://" STR_FMT "\",\"workspaceFolders\":[{\"uri\":\"file://" STR_FMT
             "\",\"name\":\"bench\"}],\"initializationOptions\":%s,\"capabilities\":%s%s}}}",
             (int)getpid(), STR_ARG(session->folder), STR_ARG(session->folder), session->server->options, capabilities,
             pulls ? ",\"diagnostic\":{}" : "");
}

static void write_open(const Session *session, Buf *to) {
  buf_printf(to, "{\"textDocument\":{\"uri\":\"" STR_FMT "\",\"languageId\":\"%s\",\"version\":0,\"text\":",
             STR_ARG(session->address), session->server->language);
  text_write(buf_str(&session->document.text), to);
  buf_add_c(to, "}}");
}

static bool initialize(Session *session, bool pulls) {
  Client *client = &session->client;
  Buf params = {0};
  write_initialize(session, pulls, &params);
  client_ask(client, "initialize", buf_str(&params));
  client_send(client);
  bool answered = client_wait(client, client_answered, 0, PATIENCE);
  session->offers = json_incref(json_object_get(json_object_get(client->answer, "result"), "capabilities"));
  client_notify(client, "initialized", STR("{}"));
  params.len = 0;
  write_open(session, &params);
  client_notify(client, "textDocument/didOpen", buf_str(&params));
  client_send(client);
  buf_free(&params);
  return answered && session->offers;
}

bool session_open(Session *session, const Server *server, const char *folder, Str text, bool pulls,
                  const cpu_set_t *processors) {
  *session = (Session){.server = server, .arena = arena_new(), .folder = str_of(folder)};
  session->address = arena_format(session->arena, "file://%s/%s", folder, server->file);
  document_set(&session->document, text);
  if (!client_start(&session->client, server->argv, processors)) return false;
  session->client.address = session->address;
  return initialize(session, pulls);
}

void session_close(Session *session) {
  json_decref(session->offers);
  client_end(&session->client);
  document_free(&session->document);
  arena_free(session->arena);
  *session = (Session){0};
}

/* ---- edits ---- */

static Edit change(Session *session, const EditKind *kinds, unsigned count) {
  Edit edit = document_edit(&session->document, kinds, count);
  Buf params = {0};
  buf_printf(&params, "{\"textDocument\":{\"uri\":\"" STR_FMT "\",\"version\":%ld},\"contentChanges\":[",
             STR_ARG(session->address), ++session->version);
  edit_write(&edit, &params);
  buf_add_c(&params, "]}");
  client_notify(&session->client, "textDocument/didChange", buf_str(&params));
  buf_free(&params);
  return edit;
}

static Edit change_somehow(Session *session) {
  return change(session, session->server->edits, session->server->edit_count);
}

/* Of servers that don't name the version, the next diagnostics are those of the last edit: each edit waits for them. */
static bool await_published(Session *session, unsigned before, double seconds) {
  Client *client = &session->client;
  if (client->published_version < 0) return client_wait(client, client_published_since, before, seconds);
  return client_wait(client, client_published_version, session->version, seconds);
}

bool session_settle(Session *session, double quiet) {
  unsigned before;
  if (!client_wait(&session->client, client_published_since, 0, PATIENCE)) return false;
  do {
    before = session->client.heard;
    client_wait(&session->client, client_never, 0, quiet);
  } while (session->client.heard != before);
  return true;
}

bool session_edit(Session *session) {
  unsigned before = session->client.published;
  change_somehow(session);
  client_send(&session->client);
  return await_published(session, before, PATIENCE);
}

bool session_push(Session *session, unsigned count, Samples *to) {
  for (unsigned i = 0; i < count; i++) {
    unsigned before = session->client.published;
    change_somehow(session);
    double sent = client_send(&session->client);
    if (!await_published(session, before, PATIENCE)) return false;
    vec_push(to, (session->client.published_at - sent) * 1000);
  }
  return true;
}

/* ---- requests ---- */

static bool answered_well(const Client *client) {
  const json_t *result = json_object_get(client->answer, "result");
  if (!result)
    fprintf(stderr, "  %s\n", json_string_value(json_object_get(json_object_get(client->answer, "error"), "message")));
  return result != NULL;
}

static bool await_answer(Session *session, double sent, Samples *to) {
  Client *client = &session->client;
  if (!client_wait(client, client_answered, 0, PATIENCE) || !answered_well(client)) return false;
  vec_push(to, (client->answered_at - sent) * 1000);
  return true;
}

bool session_pull(Session *session, unsigned count, Samples *to) {
  Str params = arena_format(session->arena, "{\"textDocument\":{\"uri\":\"" STR_FMT "\"}}", STR_ARG(session->address));
  for (unsigned i = 0; i < count; i++) {
    change_somehow(session);
    client_ask(&session->client, "textDocument/diagnostic", params);
    if (!await_answer(session, client_send(&session->client), to)) return false;
  }
  return true;
}

static const char *const methods[ASK_COUNT] = {"textDocument/completion", "textDocument/hover",
                                               "textDocument/documentSymbol", "textDocument/semanticTokens/full",
                                               "textDocument/semanticTokens/full/delta"};

static void write_ask(Session *session, Ask what, const Edit *edit, Buf *to) {
  buf_printf(to, "{\"textDocument\":{\"uri\":\"" STR_FMT "\"}", STR_ARG(session->address));
  if (what == ASK_COMPLETION || what == ASK_HOVER) {
    buf_add_c(to, ",\"position\":");
    place_write(what == ASK_COMPLETION ? edit->behind : document_find(&session->document, session->server->hovered, 3),
                to);
  }
  const json_t *last = json_object_get(json_object_get(session->client.answer, "result"), "resultId");
  if (what == ASK_DELTA) buf_printf(to, ",\"previousResultId\":\"%s\"", last ? json_string_value(last) : "");
  buf_add_byte(to, '}');
}

static bool says_something(const json_t *result) {
  return json_is_array(result) ? json_array_size(result) > 0 : json_is_object(result);
}

/* The edit and what is asked right behind it go to the server together. */
static double ask_after(Session *session, Ask what, const Edit *edit) {
  Buf params = {0};
  write_ask(session, what, edit, &params);
  client_ask(&session->client, methods[what], buf_str(&params));
  buf_free(&params);
  return client_send(&session->client);
}

bool session_ask(Session *session, Ask what, unsigned count, Samples *to) {
  Client *client = &session->client;
  const Server *server = session->server;
  bool completes = what == ASK_COMPLETION;
  unsigned said = 0;
  for (unsigned i = 0; i < count; i++) {
    unsigned before = client->published;
    Edit edit = change(session, completes ? server->completed : server->edits, completes ? 3 : server->edit_count);
    if (!await_answer(session, ask_after(session, what, &edit), to)) return false;
    said += says_something(json_object_get(client->answer, "result"));
    if (client->published > 0) await_published(session, before, 1);
  }
  if (said * 2 < count) fprintf(stderr, "  %s: %u of %u answers say something\n", methods[what], said, count);
  return true;
}

bool session_burst(Session *session, unsigned count, Samples *to) {
  enum { KEYS = 20 };
  static const double PAUSE = 0.08;
  for (unsigned i = 0; i < count; i++) {
    Edit edit;
    unsigned before = session->client.published;
    for (int key = 0; key < KEYS; key++) {
      edit = change(session, session->server->edits, 1);
      if (key + 1 < KEYS) client_send(&session->client), client_wait(&session->client, client_never, 0, PAUSE);
    }
    if (!await_answer(session, ask_after(session, ASK_HOVER, &edit), to)) return false;
    if (!await_published(session, before, PATIENCE)) return false;
  }
  return true;
}

/* ---- whole projects ---- */

bool session_change_all(Session *session, const EditKind *kind, long files, Samples *all, Samples *own) {
  static const double QUIET = 0.3;
  Client *client = &session->client;
  unsigned before = client->published;
  client_forget_files(client);
  change(session, kind, 1);
  double sent = client_send(client);
  if (!await_published(session, before, PATIENCE)) return false;
  vec_push(own, (client->published_at - sent) * 1000);
  if (!client_wait(client, client_published_files, files, PATIENCE)) return false;
  session_settle(session, QUIET);
  vec_push(all, (client->file_published_at - sent) * 1000);
  return true;
}

static void write_known(const json_t *result, Buf *to) {
  const json_t *items = json_object_get(result, "items");
  for (size_t i = 0; i < json_array_size(items); i++) {
    const json_t *item = json_array_get(items, i);
    buf_printf(to, "%s{\"uri\":\"%s\",\"value\":\"%s\"}", i ? "," : "", json_string_value(json_object_get(item, "uri")),
               json_string_value(json_object_get(item, "resultId")));
  }
}

bool session_pull_all(Session *session, const EditKind *kind, size_t count, Samples *to) {
  Client *client = &session->client;
  Buf params = {0};
  buf_add_c(&params, "{\"previousResultIds\":[");
  if (kind) write_known(json_object_get(client->answer, "result"), &params);
  buf_add_c(&params, "]}");
  if (kind) change(session, kind, 1);
  client_ask(client, "workspace/diagnostic", buf_str(&params));
  buf_free(&params);
  double sent = client_send(client);
  if (!await_answer(session, kind ? sent : client->started, to)) return false;
  const json_t *result = json_object_get(client->answer, "result");
  return json_array_size(json_object_get(result, "items")) >= count;
}

/* ---- the process ---- */

double session_memory(const Session *session, const char *field) {
  char path[64], line[256];
  double kib = 0;
  snprintf(path, sizeof path, "/proc/%d/status", (int)session->client.pid);
  FILE *from = fopen(path, "r");
  while (from && fgets(line, sizeof line, from))
    if (str_starts(str_of(line), str_of(field))) kib = atof(line + strlen(field) + 1);
  if (from) fclose(from);
  return kib / 1024;
}

static double thread_used(int process, const char *thread) {
  char path[300];
  unsigned long long nanoseconds = 0;
  snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", process, thread);
  FILE *from = fopen(path, "r");
  if (from && fscanf(from, "%llu", &nanoseconds) != 1) nanoseconds = 0;
  if (from) fclose(from);
  return (double)nanoseconds / 1e6;
}

static double used(int process) {
  char path[64];
  double sum = 0;
  snprintf(path, sizeof path, "/proc/%d/task", process);
  DIR *tasks = opendir(path);
  for (struct dirent *task; tasks && (task = readdir(tasks));) {
    if (task->d_name[0] == '.') continue;
    sum += thread_used(process, task->d_name);
    int child;
    char children[400];
    snprintf(children, sizeof children, "%s/%s/children", path, task->d_name);
    FILE *from = fopen(children, "r");
    while (from && fscanf(from, "%d", &child) == 1) sum += used(child);
    if (from) fclose(from);
  }
  if (tasks) closedir(tasks);
  return sum;
}

double session_used(const Session *session) { return used(session->client.pid); }
