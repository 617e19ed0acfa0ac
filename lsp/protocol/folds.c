#include "lsp/feature/folds.h"

#include "lsp/protocol/methods.h"
#include "lsp/protocol/written.h"

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

static void write_fold(const Call *call, const Fold *fold, bool by_lines, Buf *to) {
  const File *file = call->spot.file;
  const char *kind = kind_of(call->client, fold->kind);
  if (by_lines) buf_printf(to, "{\"startLine\":%u,\"endLine\":%u", fold->first_line, fold->last_line);
  else {
    TextRange range = text_range(file->text, &file->lines, call->encoding, fold->span);
    buf_printf(to, "{\"startLine\":%u,\"startCharacter\":%u,\"endLine\":%u,\"endCharacter\":%u", range.start.line,
               range.start.character, range.end.line, range.end.character);
  }
  if (kind) buf_printf(to, ",\"kind\":\"%s\"", kind);
  buf_add_byte(to, '}');
}

json_t *folding_ranges(Call *call) {
  Folds folds = folds_of(call->spot.snapshot, call->spot.unit, limit_of(call->client), call->arena);
  bool by_lines = client_can(call->client, "textDocument.foldingRange.lineFoldingOnly");
  Buf to = {0};
  for (uint32_t i = 0; i < folds.count; i++) {
    buf_add_byte(&to, i == 0 ? '[' : ',');
    write_fold(call, &folds.at[i], by_lines, &to);
  }
  buf_add_c(&to, folds.count == 0 ? "[]" : "]");
  return call_write(call, &to);
}

void folds_announce(const Client *client, json_t *capabilities) {
  (void)client;
  json_object_set_new(capabilities, "foldingRangeProvider", json_true());
}
