#include "lsp/protocol/settings.h"

#include "lsp/protocol/methods.h"

bool settings_say(const Session *session, const char *path, bool usual) {
  const json_t *setting = client_get(&(Client){.capabilities = session->settings}, path);
  return json_is_boolean(setting) ? json_is_true(setting) : usual;
}

void settings_refresh(Session *session) {
  static const struct {
    const char *capability, *method;
  } shown[] = {{"workspace.inlayHint.refreshSupport", "workspace/inlayHint/refresh"},
               {"workspace.codeLens.refreshSupport", "workspace/codeLens/refresh"},
               {"workspace.semanticTokens.refreshSupport", "workspace/semanticTokens/refresh"}};
  for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
    if (client_can(&session->client, shown[i].capability)) session_request(session, shown[i].method, NULL, NULL, NULL);
}

void settings_take(Session *session, const json_t *settings) {
  const json_t *own = json_object_get(settings, "journey");
  if (json_is_object(own)) settings = own;
  if (!json_is_object(settings)) return;
  json_decref(session->settings);
  session->settings = json_deep_copy(settings);
}

static void pulled(Session *session, void *context, const json_t *result) {
  (void)context;
  settings_take(session, json_array_get(result, 0));
  settings_refresh(session);
}

void settings_pull(Session *session) {
  if (!client_can(&session->client, "workspace.configuration")) return;
  session_request(session, "workspace/configuration", json_pack("{s:[{s:s}]}", "items", "section", "journey"), pulled,
                  NULL);
}

json_t *settings_changed(Call *call) {
  const json_t *settings = json_object_get(call->params, "settings");
  if (json_is_object(json_object_get(settings, "journey"))) {
    settings_take(call->session, settings);
    settings_refresh(call->session);
  } else settings_pull(call->session);
  return NULL;
}
