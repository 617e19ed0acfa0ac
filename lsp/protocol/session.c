#include "lsp/protocol/session.h"

#include <string.h>

static json_t *message(const char *method, json_t *params) {
  json_t *message = json_object();
  json_object_set_new(message, "jsonrpc", json_string("2.0"));
  json_object_set_new(message, "method", json_string(method));
  if (params) json_object_set_new(message, "params", params);
  return message;
}

void session_notify(const Session *session, const char *method, json_t *params) {
  session->send(session->context, message(method, params));
}

void session_request(Session *session, const char *method, json_t *params, SessionAnswered *answered, void *context) {
  json_t *request = message(method, params);
  int64_t id = ++session->last_id;
  json_object_set_new(request, "id", json_integer(id));
  vec_push(&session->waiting, (Waiting){id, answered, context});
  session->send(session->context, request);
}

void session_answered(Session *session, const json_t *message) {
  const json_t *id = json_object_get(message, "id");
  for (size_t i = 0; i < session->waiting.len; i++) {
    Waiting waiting = session->waiting.at[i];
    if (!json_is_integer(id) || json_integer_value(id) != waiting.id) continue;
    session->waiting.at[i] = session->waiting.at[--session->waiting.len];
    if (waiting.answered) waiting.answered(session, waiting.context, json_object_get(message, "result"));
    return;
  }
}
