#include "lsp/server/progress.h"

#include <string.h>

#include "lsp/server/state.h"

static const struct {
  const char *token, *title;
} bars[PROGRESS_KINDS] = {[PROGRESS_READING] = {"journey/reading", "Reading the maps"},
                          [PROGRESS_MEASURING] = {"journey/measuring", "Reading data and computing metrics"}};

static json_t *token_of(const Server *server, ProgressKind kind) {
  return json_sprintf("%s/%u", bars[kind].token, server->progress.bars[kind].number);
}

/* The token is the id, too: the session's numbers are those of the server's own thread. */
static void ask(Server *server, ProgressKind kind) {
  const Session *session = &server->session;
  server->progress.bars[kind].is_asked = true;
  atomic_store(&server->progress.bars[kind].is_ready, false);
  session->send(session->context,
                json_pack("{s:s, s:o, s:s, s:{s:o}}", "jsonrpc", "2.0", "id", token_of(server, kind), "method",
                          "window/workDoneProgress/create", "params", "token", token_of(server, kind)));
}

static void say(Server *server, ProgressKind kind, json_t *value) {
  session_notify(&server->session, "$/progress",
                 json_pack("{s:o, s:o}", "token", token_of(server, kind), "value", value));
}

/* Begins the bar that the client has, and ends it where the work has ended; with the lock. A bar that came too late is
 * ended as well, or it would be shown for ever. */
static void settle(Server *server, ProgressKind kind) {
  if (!server->progress.bars[kind].is_asked || !atomic_load(&server->progress.bars[kind].is_ready)) return;
  if (!server->progress.bars[kind].is_shown)
    say(server, kind, json_pack("{s:s, s:s}", "kind", "begin", "title", bars[kind].title));
  server->progress.bars[kind].is_shown = true;
  if (server->progress.bars[kind].is_on) return;
  say(server, kind, json_pack("{s:s}", "kind", "end"));
  server->progress.bars[kind].is_asked = server->progress.bars[kind].is_shown = false;
  atomic_store(&server->progress.bars[kind].is_ready, false);
  server->progress.bars[kind].number++;
}

void progress_note(Server *server, const json_t *message) {
  const char *id = json_string_value(json_object_get(message, "id"));
  if (!server->options.alarm || !id || !json_object_get(message, "result") || json_object_get(message, "method"))
    return;
  for (int kind = 0; kind < PROGRESS_KINDS; kind++) {
    if (strncmp(id, bars[kind].token, strlen(bars[kind].token)) != 0) continue;
    atomic_store(&server->progress.bars[kind].is_ready, true);
    server->options.alarm(server->options.context, (int)kind, 0);
  }
}

void progress_on(Server *server, ProgressKind kind) {
  if (!server->options.alarm || !client_can(&server->session.client, "window.workDoneProgress")) return;
  pthread_mutex_lock(&server->progress.lock);
  server->progress.bars[kind].is_on = true;
  pthread_mutex_unlock(&server->progress.lock);
  server->options.alarm(server->options.context, (int)kind, PROGRESS_AFTER_MILLISECONDS);
}

void progress_show(Server *server, ProgressKind kind) {
  pthread_mutex_lock(&server->progress.lock);
  if (server->progress.bars[kind].is_on && !server->progress.bars[kind].is_asked) ask(server, kind);
  settle(server, kind);
  pthread_mutex_unlock(&server->progress.lock);
}

void progress_off(Server *server, ProgressKind kind) {
  if (!server->options.alarm) return;
  server->options.alarm(server->options.context, (int)kind, -1);
  pthread_mutex_lock(&server->progress.lock);
  server->progress.bars[kind].is_on = false;
  settle(server, kind);
  pthread_mutex_unlock(&server->progress.lock);
}
