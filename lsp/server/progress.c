#include "lsp/server/progress.h"

#include "lsp/server/state.h"

static const struct {
  const char *token, *title;
} bars[PROGRESS_KINDS] = {[PROGRESS_READING] = {"journey/reading", "Reading the maps"},
                          [PROGRESS_MEASURING] = {"journey/measuring", "Reading data and computing metrics"}};

static json_t *token_of(const Server *server, ProgressKind kind) {
  return json_sprintf("%s/%u", bars[kind].token, server->progress.bars[kind].number);
}

static void ask(Server *server, ProgressKind kind) {
  Session *session = &server->session;
  atomic_store(&server->progress.bars[kind].asked, session->last_id + 1);
  session_request(session, "window/workDoneProgress/create", json_pack("{s:o}", "token", token_of(server, kind)), NULL,
                  NULL);
}

void progress_ask(Server *server) {
  if (!server->options.alarm || !client_can(&server->session.client, "window.workDoneProgress")) return;
  for (int kind = 0; kind < PROGRESS_KINDS; kind++) ask(server, (ProgressKind)kind);
}

void progress_note(Server *server, const json_t *message) {
  const json_t *id = json_object_get(message, "id");
  if (!json_is_integer(id) || !json_object_get(message, "result") || json_object_get(message, "method")) return;
  for (int kind = 0; kind < PROGRESS_KINDS; kind++)
    if (atomic_load(&server->progress.bars[kind].asked) == json_integer_value(id))
      atomic_store(&server->progress.bars[kind].is_ready, true);
}

static void say(Server *server, ProgressKind kind, json_t *value) {
  session_notify(&server->session, "$/progress",
                 json_pack("{s:o, s:o}", "token", token_of(server, kind), "value", value));
}

void progress_on(Server *server, ProgressKind kind) {
  if (!server->options.alarm) return;
  pthread_mutex_lock(&server->progress.lock);
  server->progress.bars[kind].is_on = true;
  pthread_mutex_unlock(&server->progress.lock);
  server->options.alarm(server->options.context, (int)kind, true);
}

void progress_show(Server *server, ProgressKind kind) {
  pthread_mutex_lock(&server->progress.lock);
  bool shows = server->progress.bars[kind].is_on && !server->progress.bars[kind].is_shown &&
               atomic_load(&server->progress.bars[kind].is_ready);
  if (shows) say(server, kind, json_pack("{s:s, s:s}", "kind", "begin", "title", bars[kind].title));
  server->progress.bars[kind].is_shown |= shows;
  pthread_mutex_unlock(&server->progress.lock);
}

void progress_off(Server *server, ProgressKind kind) {
  if (!server->options.alarm) return;
  server->options.alarm(server->options.context, (int)kind, false);
  pthread_mutex_lock(&server->progress.lock);
  bool was_shown = server->progress.bars[kind].is_shown;
  if (was_shown) {
    say(server, kind, json_pack("{s:s}", "kind", "end"));
    atomic_store(&server->progress.bars[kind].is_ready, false);
    server->progress.bars[kind].number++;
  }
  server->progress.bars[kind].is_on = server->progress.bars[kind].is_shown = false;
  pthread_mutex_unlock(&server->progress.lock);
  if (was_shown) ask(server, kind);
}
