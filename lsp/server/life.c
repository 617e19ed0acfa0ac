#include "lsp/server/life.h"

#include <stdio.h>

#include "lsp/protocol/methods.h"
#include "lsp/protocol/registration.h"
#include "lsp/protocol/settings.h"
#include "lsp/server/state.h"
#include "lsp/text/uri.h"

/* ---- initialize ---- */

static ColumnUnits choose_encoding(const Client *client) {
  if (client_lists(client, "general.positionEncodings", "utf-8")) return UNITS_UTF8;
  if (client_lists(client, "general.positionEncodings", "utf-16")) return UNITS_UTF16;
  return client_lists(client, "general.positionEncodings", "utf-32") ? UNITS_UTF32 : UNITS_UTF16;
}

static void add_folders(Session *session, const json_t *params) {
  const json_t *folders = json_object_get(params, "workspaceFolders");
  Str uri = json_get_text(params, "rootUri"), path = json_get_text(params, "rootPath");
  for (size_t i = 0; i < json_array_size(folders); i++)
    workspace_add_folder(session->workspace, json_get_text(json_array_get(folders, i), "uri"));
  if (json_array_size(folders) > 0) return;
  Arena *arena = arena_new();
  if (uri.len == 0 && path.len > 0) uri = uri_of_path(arena, path);
  if (uri.len > 0) workspace_add_folder(session->workspace, uri);
  arena_free(arena);
}

static void read_trace(Session *session, Str word) {
  session->trace = str_is(word, STR("verbose")) ? 2 : str_is(word, STR("messages")) ? 1 : 0;
}

static json_t *initialize(Server *server, const json_t *params) {
  static const char *const names[] = {[UNITS_UTF8] = "utf-8", [UNITS_UTF16] = "utf-16", [UNITS_UTF32] = "utf-32"};
  Session *session = &server->session;
  json_t *client = json_object_get(params, "capabilities"), *parent = json_object_get(params, "processId");
  if (json_is_object(client)) {
    json_decref(session->client.capabilities);
    session->client.capabilities = json_incref(client);
  }
  const char *name = json_string_value(json_object_get(json_object_get(params, "clientInfo"), "name"));
  snprintf(session->client.name, sizeof session->client.name, "%s", name ? name : "");
  session->encoding = choose_encoding(&session->client);
  server->parent = json_is_integer(parent) && json_integer_value(parent) > 0 ? (long)json_integer_value(parent) : 0;
  read_trace(session, json_get_text(params, "trace"));
  settings_take(session, json_object_get(params, "initializationOptions"));
  add_folders(session, params);
  if (server->options.enter && session->workspace->roots.len > 0)
    server->options.enter(server->options.context, session->workspace->roots.at[0]->path);
  json_t *capabilities = json_object();
  if (json_is_array(client_get(&session->client, "general.positionEncodings")))
    json_object_set_new(capabilities, "positionEncoding", json_string(names[session->encoding]));
  methods_announce(&session->client, capabilities);
  server->state = STATE_RUNNING;
  return json_pack("{s:o, s:{s:s, s:s}}", "capabilities", capabilities, "serverInfo", "name", "journey", "version",
                   JOURNEY_VERSION);
}

/* ---- the table ---- */

static void take_initialize(Server *server, json_t *message, Pending *pending) {
  const json_t *params = json_object_get(message, "params");
  if (!pending) return;
  if (server->state != STATE_NEW) server_refuse(server, pending, ERROR_INVALID_REQUEST, "initialize comes once");
  else if (!json_is_object(params)) server_refuse(server, pending, ERROR_INVALID_PARAMS, "params is no object");
  else server_answer(server, pending, initialize(server, params));
}

static void take_shutdown(Server *server, json_t *message, Pending *pending) {
  (void)message;
  if (!pending) return;
  if (server->state == STATE_NEW) server_refuse(server, pending, ERROR_NOT_INITIALIZED, "initialize comes first");
  else if (server->state != STATE_RUNNING)
    server_refuse(server, pending, ERROR_INVALID_REQUEST, "the server was shut down");
  else {
    server->state = STATE_SHUT_DOWN;
    server_ask_held(server); /* nobody is left without an answer */
    server_answer(server, pending, json_null());
  }
}

static void take_exit(Server *server, json_t *message, Pending *pending) {
  (void)message;
  if (pending) server_refuse(server, pending, ERROR_INVALID_REQUEST, "exit is a notification");
  server->exit_code = server->state == STATE_SHUT_DOWN ? 0 : 1;
  server->state = STATE_ENDED;
}

static void take_trace(Server *server, json_t *message, Pending *pending) {
  if (pending) server_refuse(server, pending, ERROR_INVALID_REQUEST, "this method is a notification");
  read_trace(&server->session, json_get_text(json_object_get(message, "params"), "value"));
}

static void take_initialized(Server *server, json_t *message, Pending *pending) {
  (void)message;
  if (pending) server_refuse(server, pending, ERROR_INVALID_REQUEST, "this method is a notification");
  if (server->state != STATE_RUNNING || server->is_greeted) return;
  server->is_greeted = true;
  registration_ask(&server->session);
  settings_pull(&server->session);
}

/* Answered when all that is left to do is done, which server_work knows: for scripts, which would have to guess. */
static void take_settled(Server *server, json_t *message, Pending *pending) {
  (void)message;
  if (!pending) return;
  if (server->state == STATE_NEW) server_refuse(server, pending, ERROR_NOT_INITIALIZED, "initialize comes first");
  else if (server->state != STATE_RUNNING)
    server_refuse(server, pending, ERROR_INVALID_REQUEST, "the server was shut down");
  else vec_push(&server->settling, pending);
  server->is_greeted = server->state == STATE_RUNNING;
}

/* What server_note has done already, or nobody has to do. */
static void take_quietly(Server *server, json_t *message, Pending *pending) {
  (void)message;
  if (pending) server_refuse(server, pending, ERROR_INVALID_REQUEST, "this method is a notification");
}

bool life_take(Server *server, const char *method, json_t *message, Pending *pending) {
  static const struct {
    const char *name;
    void (*take)(Server *server, json_t *message, Pending *pending);
  } table[] = {
      {"initialize", take_initialize},
      {"initialized", take_initialized},
      {"shutdown", take_shutdown},
      {"exit", take_exit},
      {"$/setTrace", take_trace},
      {"$/cancelRequest", take_quietly},
      {"window/workDoneProgress/cancel", take_quietly},
      {"journey/settled", take_settled},
  };
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    if (strcmp(table[i].name, method) != 0) continue;
    table[i].take(server, message, pending);
    json_decref(message);
    return true;
  }
  return false;
}
