#include "lsp/feature/formatting.h"

#include "lsp/protocol/methods.h"

static json_t *json_of_edits(const Call *call, const Edits *edits) {
  json_t *list = json_array();
  for (size_t i = 0; i < edits->list.len; i++) {
    const Edit *edit = &edits->list.at[i];
    json_array_append_new(list, json_text_edit(call, edit->file, edit->span, edit->text));
  }
  return list;
}

json_t *formatting_document(Call *call) {
  Edits *edits = edits_new(call->arena);
  formatting_all(edits, call->spot.file);
  return json_of_edits(call, edits);
}

json_t *formatting_range(Call *call) {
  Edits *edits = edits_new(call->arena);
  Span range;
  if (!call_read_range(call, call->spot.file, json_object_get(call->params, "range"), &range))
    return call_wrong(call, "range is none");
  formatting_lines(edits, call->spot.file, &range, 1);
  return json_of_edits(call, edits);
}

json_t *formatting_ranges(Call *call) {
  Edits *edits = edits_new(call->arena);
  const json_t *ranges = json_object_get(call->params, "ranges");
  if (!json_is_array(ranges)) return call_wrong(call, "ranges is no array");
  size_t count = json_array_size(ranges);
  Span *spans = ARENA_ARRAY(call->arena, Span, count + 1);
  for (size_t i = 0; i < count; i++)
    if (!call_read_range(call, call->spot.file, json_array_get(ranges, i), &spans[i]))
      return call_wrong(call, "one of the ranges is none");
  formatting_lines(edits, call->spot.file, spans, count);
  return json_of_edits(call, edits);
}

json_t *formatting_on_type(Call *call) {
  Edits *edits = edits_new(call->arena);
  Str typed = json_get_text(call->params, "ch");
  if (typed.len != 1) return call_wrong(call, "ch is none of the characters that were asked for");
  formatting_typed(edits, call->spot.file, call->spot.offset, typed.at[0]);
  return json_of_edits(call, edits);
}

void formatting_announce(const Client *client, json_t *capabilities) {
  bool ranges = client_can(client, "textDocument.rangeFormatting.rangesSupport");
  json_object_set_new(capabilities, "documentFormattingProvider", json_true());
  json_object_set_new(capabilities, "documentRangeFormattingProvider",
                      ranges ? json_pack("{s:b}", "rangesSupport", 1) : json_true());
  json_object_set_new(capabilities, "documentOnTypeFormattingProvider",
                      json_pack("{s:s, s:[s]}", "firstTriggerCharacter", "\n", "moreTriggerCharacter", "}"));
}
