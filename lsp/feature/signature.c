#include "lsp/feature/signature.h"

#include "unit/value.h"

/* The last statement that begins in front of the cursor, on its line; NONE where there is none, or a brace has ended
 * it. */
static uint32_t statement_in_front(const Unit *unit, uint32_t offset) {
  Span line = source_line(&unit->source, offset);
  uint32_t first = unit_first_from(unit, offset), at = first > 0 ? first - 1 : NONE;
  if (at == NONE || unit->statements[at].span.start < line.start) return NONE;
  bool is_arrow = unit->statements[at].keyword == K_ARROW;
  return is_arrow || statement_head(&unit->statements[at]).end < offset ? at : NONE;
}

/* Only spaces and commas stand from `from` up to the cursor, or the sign of an arrow. */
static bool is_open(const Unit *unit, uint32_t from, uint32_t offset, bool is_arrow, bool *comma) {
  *comma = false;
  for (uint32_t at = from; at < offset; at++) {
    char c = unit->source.text.at[at];
    bool is_sign = c == '-' || c == '>' || strchr("\xE2\x86\x92", c) != NULL;
    if (c != ' ' && c != '\t' && c != ',' && !(is_arrow && is_sign)) return false;
    if (unit->source.text.at[at] == ',') *comma = true;
  }
  return true;
}

static size_t count_of(const ValueRule *rules) {
  size_t count = 0;
  while (rules[count].type != V_NONE) count++;
  return count;
}

/* Which of its values the cursor writes; behind the last: as many as it takes; NONE where something else stands
 * in between. */
static size_t active_value(const Unit *unit, uint32_t at, uint32_t offset) {
  const Statement *statement = &unit->statements[at];
  const ValueRule *rules = schema_row((Keyword)statement->keyword)->values;
  size_t next = 0;
  uint32_t end = statement->keyword == K_ARROW ? statement->span.start : statement_head(statement).end;
  for (uint16_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    if (value->span.start < offset && offset <= value->span.end) return value->slot;
    if (value->span.end >= offset) continue;
    if (value->span.end > end) end = value->span.end;
    if (value->slot + 1u > next) next = value->slot + 1u;
  }
  bool comma, open = is_open(unit, end, offset, statement->keyword == K_ARROW, &comma);
  if (!open) return NONE;
  bool goes_on = comma && next > 0 && rules[next - 1].type == V_REFS;
  return goes_on ? next - 1 : next;
}

/* What may follow on the line behind its values: said once, and not said yet. What has a name goes on in a block. */
static bool may_follow(const Unit *unit, uint32_t at, Keyword child) {
  Keyword keyword = (Keyword)unit->statements[at].keyword;
  const KeywordRow *row = schema_row(child);
  return schema_allows(keyword, child) && schema_is_content(child) && row->how_often != MANY &&
         row->how_often != DECLARES && row->values[0].type != V_NONE && unit_child(unit, at, child) == NONE;
}

static void add_property(Signature *signature, Buf *label, Keyword keyword, Arena *arena) {
  const KeywordRow *row = schema_row(keyword);
  SignatureValue *value = &signature->values[signature->value_count++];
  buf_add_c(label, " ");
  value->span.start = (uint32_t)label->len;
  buf_printf(label, "[%s <%s>]", row->word, row->values[0].name);
  value->span.end = (uint32_t)label->len;
  Str doc = str_of(row->doc);
  if (str_ends(doc, STR("."))) doc.len--;
  value->words = arena_format(arena, STR_FMT ": " STR_FMT, STR_ARG(doc), STR_ARG(value_words(&row->values[0], arena)));
}

static void add_value(Signature *signature, Buf *label, const ValueRule *rule, Arena *arena) {
  SignatureValue *value = &signature->values[signature->value_count++];
  value->span.start = (uint32_t)label->len;
  buf_printf(label, rule->optional ? "[%s]" : "<%s>", rule->name);
  value->span.end = (uint32_t)label->len;
  value->words = value_words(rule, arena);
}

bool signature_at(const Spot *spot, Arena *arena, Signature *signature) {
  const Unit *unit = spot_unit(spot);
  uint32_t at = statement_in_front(unit, spot->offset);
  if (at == NONE) return false;
  Keyword keyword = (Keyword)unit->statements[at].keyword;
  const KeywordRow *row = schema_row(keyword);
  size_t count = count_of(row->values), active = active_value(unit, at, spot->offset);
  size_t following = 0;
  for (Keyword child = K_FILE + 1; active == count && child < K_COUNT; child++)
    following += !schema_declares(keyword) && may_follow(unit, at, child);
  if (active >= count + following) return false;
  *signature = (Signature){.doc = str_of(row->doc), .example = str_of(row->example), .active = active};
  signature->values = ARENA_ARRAY(arena, SignatureValue, count + following);
  Buf label = {0};
  if (keyword != K_ARROW) buf_add_c(&label, row->word);
  for (size_t i = 0; i < count; i++) {
    if (label.len > 0) buf_add_c(&label, keyword == K_ARROW && i == 1 ? " -> " : " ");
    add_value(signature, &label, &row->values[i], arena);
  }
  for (Keyword child = K_FILE + 1; following > 0 && child < K_COUNT; child++)
    if (may_follow(unit, at, child)) add_property(signature, &label, child, arena);
  signature->label = buf_take(&label, arena);
  return true;
}
