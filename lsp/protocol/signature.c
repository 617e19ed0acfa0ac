/* textDocument/signatureHelp. */
#include "lsp/feature/signature.h"

#include "lsp/feature/prose.h"
#include "lsp/protocol/methods.h"

#define INFORMATION "textDocument.signatureHelp.signatureInformation"

static json_t *value_json(const Call *call, const Signature *signature, const SignatureValue *value) {
  json_t *json = json_object(), *label;
  Prose *words = prose_new(call->arena);
  prose_text(words, value->words);
  /* A label is ASCII: its bytes are its units. */
  if (client_can(call->client, INFORMATION ".parameterInformation.labelOffsetSupport"))
    label = json_pack("[i, i]", (int)value->span.start, (int)value->span.end);
  else label = json_of(str_slice(signature->label, value->span.start, value->span.end));
  json_object_set_new(json, "label", label);
  json_object_set_new(
      json, "documentation",
      json_markup(call, INFORMATION ".documentationFormat", buf_str(&words->markdown), buf_str(&words->plain)));
  return json;
}

json_t *signature_help(Call *call) {
  Signature signature;
  if (!json_object_get(call->params, "position")) return call_wrong(call, "position is missing");
  if (!signature_at(&call->spot, call->arena, &signature)) return NULL;
  json_t *json = json_object(), *values = json_array();
  for (size_t i = 0; i < signature.value_count; i++)
    json_array_append_new(values, value_json(call, &signature, &signature.values[i]));
  Prose *doc = prose_new(call->arena);
  prose_text(doc, signature.doc);
  prose_code(doc, "journey", signature.example);
  json_object_set_new(json, "label", json_of(signature.label));
  json_object_set_new(
      json, "documentation",
      json_markup(call, INFORMATION ".documentationFormat", buf_str(&doc->markdown), buf_str(&doc->plain)));
  json_object_set_new(json, "parameters", values);
  return json_pack("{s:[o], s:i, s:i}", "signatures", json, "activeSignature", 0, "activeParameter",
                   (int)signature.active);
}

void signature_announce(const Client *client, json_t *capabilities) {
  (void)client;
  json_object_set_new(capabilities, "signatureHelpProvider", json_pack("{s:[s, s]}", "triggerCharacters", " ", ","));
}
