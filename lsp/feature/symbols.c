#include "lsp/feature/symbols.h"

#include "lsp/feature/spot.h"

/* Whoever declares something else is a word of a vocabulary. */
SymbolKind symbol_kind(Keyword keyword) {
  switch (keyword) {
    case K_PROJECT: return SYMBOL_PACKAGE;
    case K_JOURNEY: return SYMBOL_CLASS;
    case K_STAGE: return SYMBOL_NAMESPACE;
    case K_TOUCHPOINT: return SYMBOL_EVENT;
    case K_PAIN: return SYMBOL_FIELD;
    case K_OPPORTUNITY: return SYMBOL_KEY;
    case K_PATH_: return SYMBOL_ARRAY;
    case K_CHANGE: return SYMBOL_OPERATOR;
    case K_PERSONA: return SYMBOL_INTERFACE;
    case K_PERSONA_NEED: return SYMBOL_PROPERTY;
    case K_ACTOR: return SYMBOL_OBJECT;
    case K_SEGMENT:
    case K_VOCABULARY: return SYMBOL_ENUM;
    case K_TEAM: return SYMBOL_STRUCT;
    case K_SYSTEM: return SYMBOL_MODULE;
    case K_EVIDENCE: return SYMBOL_CONSTANT;
    case K_METRIC: return SYMBOL_NUMBER;
    case K_CHECK: return SYMBOL_FUNCTION;
    default: return SYMBOL_ENUM_MEMBER;
  }
}

static bool is_symbol(Keyword keyword) {
  return schema_declares(keyword) || keyword == K_PATH_ || keyword == K_CHANGE || keyword == K_PROJECT;
}

/* ---- words ---- */

/* Texts of several lines are shown on one. */
static Str on_one_line(Str text, Arena *arena) {
  bool any = false;
  for (size_t i = 0; i < text.len; i++) any |= (unsigned char)text.at[i] < ' ';
  text = str_trim(text);
  if (!any) return text;
  char *line = (char *)arena_copy(arena, text).at;
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)line[i] < ' ') line[i] = ' ';
  return (Str){line, text.len};
}

static Str title_of(const Unit *unit, uint32_t at, Arena *arena) {
  const Statement *statement = &unit->statements[at];
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    if (value->type == V_TEXT) return on_one_line(unit_text(unit, arena, value), arena);
  }
  return STR("");
}

Str symbol_name(const Project *p, Ref ref, Arena *arena) {
  const Unit *unit = project_unit(p, ref);
  const Statement *statement = &unit->statements[ref.at];
  const Value *place = statement->keyword == K_CHANGE ? unit_value(unit, ref.at, 0) : NULL;
  Str title = place ? unit_raw(unit, place) : title_of(unit, ref.at, arena);
  if (title.len == 0) title = unit_id(unit, ref.at);
  return title.len > 0 ? title : str_of(schema_row((Keyword)statement->keyword)->word);
}

static void add_part(Buf *to, Str part) {
  if (part.len == 0) return;
  if (to->len > 0) buf_add_c(to, " · ");
  buf_add(to, part);
}

/* The names and numbers behind a property; texts are too long. */
static void add_property(Buf *to, const Unit *unit, uint32_t at, Keyword keyword) {
  uint32_t child = unit_child(unit, at, keyword);
  const Statement *statement = child == NONE ? NULL : &unit->statements[child];
  bool first = true;
  for (uint32_t i = 0; statement && i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    if (value->type == V_TEXT) continue;
    if (first && to->len > 0) buf_add_c(to, " · ");
    if (first && (keyword == K_EXTENDS || keyword == K_FEELS)) buf_printf(to, "%s ", schema_row(keyword)->word);
    if (!first) buf_add_c(to, ", ");
    buf_add(to, unit_raw(unit, value));
    first = false;
  }
}

Str symbol_detail(const Project *p, Ref ref, Arena *arena) {
  static const Keyword telling[] = {K_EXTENDS, K_FOR, K_VIA, K_FEELS, K_SEVERITY_OF, K_STATUS, K_METHOD_OF, K_UNIT_OF};
  const Unit *unit = project_unit(p, ref);
  const Statement *statement = &unit->statements[ref.at];
  Buf detail = {0};
  bool has_title = statement->value_count > 0 && title_of(unit, ref.at, arena).len > 0;
  if (statement->keyword == K_CHANGE) add_part(&detail, STR("change"));
  if (statement->keyword == K_CHANGE) add_part(&detail, title_of(unit, ref.at, arena));
  else if (has_title && statement->own_id) add_part(&detail, unit_id(unit, ref.at));
  for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
    if (schema_allows((Keyword)statement->keyword, telling[i])) add_property(&detail, unit, ref.at, telling[i]);
  return buf_take(&detail, arena);
}

/* ---- the outline ---- */

static Span symbol_span(const Project *p, Ref ref) {
  const Value *place =
      project_statement(p, ref)->keyword == K_CHANGE ? unit_value(project_unit(p, ref), ref.at, 0) : NULL;
  return place ? place->span : name_span(p, ref);
}

static Symbol symbol_at(const Snapshot *snapshot, Ref ref, uint32_t parent, Arena *arena) {
  const Project *p = snapshot->project;
  const Statement *statement = project_statement(p, ref);
  return (Symbol){.at = ref.at,
                  .parent = parent,
                  .kind = symbol_kind((Keyword)statement->keyword),
                  .name = symbol_name(p, ref, arena),
                  .detail = symbol_detail(p, ref, arena),
                  .range = statement->span,
                  .name_span = symbol_span(p, ref)};
}

Symbols symbols_of(const Snapshot *snapshot, uint32_t number, Arena *arena) {
  const Unit *unit = snapshot->project->units[number];
  uint32_t count = 0;
  for (uint32_t at = 0; at < unit->statement_count; at++) count += is_symbol((Keyword)unit->statements[at].keyword);
  Symbol *symbols = ARENA_ARRAY(arena, Symbol, count + 1);
  count = 0;
  for (uint32_t at = 0; at < unit->statement_count; at++) {
    if (!is_symbol((Keyword)unit->statements[at].keyword)) continue;
    uint32_t parent = count > 0 ? count - 1 : NONE;
    while (parent != NONE && unit->statements[symbols[parent].at].after <= at) parent = symbols[parent].parent;
    symbols[count] = symbol_at(snapshot, (Ref){number, at}, parent, arena);
    count++;
  }
  return (Symbols){symbols, count};
}
