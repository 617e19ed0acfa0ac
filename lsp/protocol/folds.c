#include "lsp/feature/folds.h"

#include "lsp/protocol/methods.h"

/* How many the client takes; all where it doesn't say. */
static uint32_t limit_of(const Client *client) {
  const json_t *limit = client_get(client, "textDocument.foldingRange.rangeLimit");
  if (!json_is_integer(limit) || json_integer_value(limit) < 0 || json_integer_value(limit) > UINT32_MAX)
    return UINT32_MAX;
  return (uint32_t)json_integer_value(limit);
}

/* Those that have a kind; a client that doesn't list kinds knows these. */
static const char *kind_of(const Client *client, FoldKind kind) {
  static const char set[] = "textDocument.foldingRange.foldingRangeKind.valueSet";
  const char *word = kind == FOLD_COMMENT ? "comment" : kind == FOLD_IMPORTS ? "imports" : NULL;
  bool lists = json_is_array(client_get(client, set));
  return word && (!lists || client_lists(client, set, word)) ? word : NULL;
}

static json_t *fold_json(const Call *call, const Fold *fold, bool by_lines) {
  const File *file = call->spot.file;
  TextRange range = text_range(file->text, &file->lines, call->encoding, fold->span);
  const char *kind = kind_of(call->client, fold->kind);
  json_t *json = json_object();
  json_object_set_new(json, "startLine", json_integer(by_lines ? fold->first_line : range.start.line));
  if (!by_lines) json_object_set_new(json, "startCharacter", json_integer(range.start.character));
  json_object_set_new(json, "endLine", json_integer(by_lines ? fold->last_line : range.end.line));
  if (!by_lines) json_object_set_new(json, "endCharacter", json_integer(range.end.character));
  if (kind) json_object_set_new(json, "kind", json_string(kind));
  return json;
}

json_t *folding_ranges(Call *call) {
  Folds folds = folds_of(call->spot.snapshot, call->spot.unit, limit_of(call->client), call->arena);
  bool by_lines = client_can(call->client, "textDocument.foldingRange.lineFoldingOnly");
  json_t *list = json_array();
  for (uint32_t i = 0; i < folds.count; i++) json_array_append_new(list, fold_json(call, &folds.at[i], by_lines));
  return list;
}

void folds_announce(const Client *client, json_t *capabilities) {
  (void)client;
  json_object_set_new(capabilities, "foldingRangeProvider", json_true());
}
