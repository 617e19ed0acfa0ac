#include "lsp/protocol/registration.h"

bool client_watches_files(const Client *client) {
  return client_can(client, "workspace.didChangeWatchedFiles.dynamicRegistration");
}

static json_t *registration(const char *method, json_t *options) {
  return json_pack("{s:s, s:s, s:o}", "id", method, "method", method, "registerOptions", options);
}

static json_t *files(void) {
  return json_pack("{s:[{s:s}, {s:s}, {s:s}]}", "watchers", "globPattern", "**/*.{journey,lua}", "globPattern",
                   "**/journey.json", "globPattern", "**/*.{csv,tsv,json,jsonl,ndjson,gz}");
}

void registration_ask(Session *session) {
  json_t *list = json_array();
  if (client_watches_files(&session->client))
    json_array_append_new(list, registration("workspace/didChangeWatchedFiles", files()));
  if (client_can(&session->client, "workspace.didChangeConfiguration.dynamicRegistration"))
    json_array_append_new(list,
                          registration("workspace/didChangeConfiguration", json_pack("{s:s}", "section", "journey")));
  if (json_array_size(list) > 0)
    session_request(session, "client/registerCapability", json_pack("{s:o}", "registrations", list), NULL, NULL);
  else json_decref(list);
}
