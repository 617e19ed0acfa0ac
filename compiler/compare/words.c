/* Statements as people read them: names by their titles, texts in quotes, the rest as it was written. */
#include "compare/build.h"

static void add_space(Buf *to) {
  if (to->len > 0 && to->at[to->len - 1] != ' ') buf_add_byte(to, ' ');
}

void words_quoted(Str text, Buf *to) {
  buf_add_c(to, "“");
  bool gap = false;
  text = str_trim(text);
  for (size_t i = 0; i < text.len; i++) {
    if (strchr(" \t\r\n", text.at[i])) {
      gap = true;
      continue;
    }
    if (gap) buf_add_byte(to, ' ');
    gap = false;
    buf_add_byte(to, text.at[i]);
  }
  buf_add_c(to, "”");
}

static void add_name(const Compare *compare, const Side *side, Ref from, const Value *value, Buf *to) {
  Ref ref = project_resolve(side->project, from, value);
  Item item = item_of(ref);
  const TreeNode *node = side_node(side, ref);
  if (node) item = node->item;
  if (ref_ok(ref)) buf_add(to, item_title(side->project, &item, compare->arena));
  else buf_add(to, unit_raw(project_unit(side->project, from), value));
}

static void add_value(const Compare *compare, const Side *side, Ref from, const Value *value, Buf *to) {
  const Unit *unit = project_unit(side->project, from);
  switch ((ValueType)value->type) {
    case V_REF:
    case V_REFS: add_name(compare, side, from, value, to); break;
    case V_TEXT: words_quoted(unit_text(unit, compare->arena, value), to); break;
    case V_PATH: buf_add(to, unit_text(unit, compare->arena, value)); break;
    default: buf_add(to, unit_raw(unit, value));
  }
}

void words_of_slot(const Compare *compare, const Side *side, Ref ref, unsigned slot, Buf *to) {
  const Unit *unit = project_unit(side->project, ref);
  const Statement *statement = &unit->statements[ref.at];
  bool first = true;
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    if (value->slot != slot || value->type == V_ID) continue;
    if (first) add_space(to);
    else buf_add_c(to, ", ");
    add_value(compare, side, ref, value, to);
    first = false;
  }
}

void words_of_statement(const Compare *compare, const Side *side, Ref ref, Buf *to) {
  const Unit *unit = project_unit(side->project, ref);
  const KeywordRow *row = schema_row((Keyword)unit->statements[ref.at].keyword);
  for (unsigned slot = 0; row->values[slot].type != V_NONE; slot++) words_of_slot(compare, side, ref, slot, to);
  for (uint32_t i = unit_first_child(unit, ref.at); i != NONE; i = unit_next_sibling(unit, i)) {
    add_space(to);
    buf_add_c(to, schema_row((Keyword)unit->statements[i].keyword)->word);
    words_of_statement(compare, side, (Ref){ref.unit, i}, to);
  }
}
