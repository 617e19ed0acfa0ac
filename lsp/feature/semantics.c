#include "lsp/feature/semantics.h"

typedef struct {
  const Spot *spot;
  const Unit *unit;
  VEC(MeaningToken) list;
} Semantics;

static void add(Semantics *s, Span span, Meaning meaning, unsigned marks) {
  if (span.start < span.end) vec_push(&s->list, (MeaningToken){span, (uint8_t)meaning, (uint8_t)marks});
}

/* ---- statements ---- */

Meaning semantics_meaning(Keyword declared) {
  switch (declared) {
    case K_JOURNEY: return MEANING_JOURNEY;
    case K_STAGE: return MEANING_STAGE;
    case K_TOUCHPOINT: return MEANING_STEP;
    case K_PERSONA:
    case K_SEGMENT:
    case K_ACTOR: return MEANING_CLIENT;
    case K_TEAM: return MEANING_TEAM;
    case K_SYSTEM: return MEANING_SYSTEM;
    case K_EVIDENCE: return MEANING_EVIDENCE;
    case K_USE: /* of a metric in Lua */
    case K_METRIC: return MEANING_METRIC;
    case K_PAIN:
    case K_OPPORTUNITY: return MEANING_FINDING;
    case K_CHECK: return MEANING_CHECK;
    default: return MEANING_WORD;
  }
}

static void add_name(Semantics *s, uint32_t at, const Value *value) {
  const Project *p = s->spot->snapshot->project;
  Ref meant = project_resolve(p, (Ref){s->spot->unit, at}, value);
  Str raw = unit_raw(s->unit, value);
  bool is_arrow = s->unit->statements[at].keyword == K_ARROW;
  if (ref_ok(meant))
    add(s, value->span, semantics_meaning((Keyword)project_statement(p, meant)->keyword),
        project_unit(p, meant)->library ? MEANING_BUILT_IN : 0);
  else if (is_arrow && (str_is_c(raw, "starts") || str_is_c(raw, "leaves") || str_is_c(raw, "ends")))
    add(s, value->span, MEANING_KEYWORD, 0);
}

static void add_value(Semantics *s, uint32_t at, const Value *value) {
  switch (value->type) {
    case V_REF: add_name(s, at, value); break;
    case V_ID:
      add(s, value->span, semantics_meaning((Keyword)s->unit->statements[at].keyword), MEANING_DECLARES);
      break;
    case V_TEXT:
    case V_PATH: add(s, value->span, MEANING_TEXT, 0); break;
    case V_CHOICE: add(s, value->span, MEANING_WORD, MEANING_BUILT_IN); break;
    case V_CODE: add(s, value->span, MEANING_CHECK, value->extra < DIAG_COUNT ? MEANING_BUILT_IN : 0); break;
    case V_OPERATOR: add(s, value->span, MEANING_OPERATOR, 0); break;
    default: add(s, value->span, MEANING_NUMBER, 0);
  }
}

/* Of an arrow the sign between its names. */
static void add_head(Semantics *s, const Statement *statement) {
  if (statement->keyword != K_ARROW) {
    add(s, statement_head(statement), MEANING_KEYWORD, 0);
    return;
  }
  Span head = statement_head(statement);
  Str text = source_text(&s->unit->source, head);
  for (uint32_t at = 0; at + 1 < text.len; at++) {
    uint32_t length = str_starts(str_slice(text, at, text.len), STR("->"))             ? 2
                      : str_starts(str_slice(text, at, text.len), STR("\xE2\x86\x92")) ? 3
                                                                                       : 0;
    if (length == 0) continue;
    add(s, (Span){head.start + at, head.start + at + length}, MEANING_OPERATOR, 0);
    return;
  }
}

static int by_place(const void *a, const void *b) {
  const MeaningToken *left = a, *right = b;
  if (left->span.start != right->span.start) return left->span.start < right->span.start ? -1 : 1;
  return left->span.end < right->span.end ? -1 : left->span.end > right->span.end;
}

/* In order, none in another: a name between two arrows is the end of one and the beginning of the next. */
static void put_in_order(Semantics *s) {
  bool sorted = true;
  for (size_t i = 1; i < s->list.len && sorted; i++) sorted = by_place(&s->list.at[i - 1], &s->list.at[i]) <= 0;
  if (!sorted) qsort(s->list.at, s->list.len, sizeof *s->list.at, by_place);
  size_t kept = 0;
  for (size_t i = 0; i < s->list.len; i++)
    if (kept == 0 || s->list.at[i].span.start >= s->list.at[kept - 1].span.end) s->list.at[kept++] = s->list.at[i];
  s->list.len = kept;
}

/* ---- comments, between the tokens ---- */

static uint32_t line_end(Str text, uint32_t at, uint32_t to) {
  while (at < to && text.at[at] != '\n' && text.at[at] != '\r') at++;
  return at;
}

/* The end of a text that is no value, since it is wrong where it stands. */
static uint32_t text_end(Str text, uint32_t at, uint32_t to) {
  if (str_starts(str_slice(text, at, to), STR("\"\"\""))) {
    for (uint32_t end = at + 3; end + 3 <= to; end++)
      if (memcmp(text.at + end, "\"\"\"", 3) == 0) return end + 3;
    return line_end(text, at, to);
  }
  for (uint32_t end = at + 1; end < to && text.at[end] != '\n' && text.at[end] != '\r'; end++) {
    if (text.at[end] == '"') return end + 1;
    if (text.at[end] == '\\' && end + 1 < to) end++;
  }
  return line_end(text, at, to);
}

/* Those of other scripts begin with two or three bytes. */
static uint32_t foreign_text_end(Str text, uint32_t at, uint32_t to) {
  static const struct {
    const char *open, *close, *other;
  } quotes[] = {{"\u201C", "\u201D", NULL}, {"\u201E", "\u201C", "\u201D"}, {"\u00AB", "\u00BB", NULL}};
  for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
    if (!str_starts(str_slice(text, at, to), str_of(quotes[i].open))) continue;
    for (uint32_t end = at + 2; end < to && text.at[end] != '\n' && text.at[end] != '\r'; end++) {
      Str rest = str_slice(text, end, to);
      if (str_starts(rest, str_of(quotes[i].close)) || (quotes[i].other && str_starts(rest, str_of(quotes[i].other))))
        return end + 1;
    }
    return at + 1;
  }
  return at + 1;
}

static void add_comments(Semantics *s, uint32_t from, uint32_t to) {
  Str text = s->unit->source.text;
  for (uint32_t at = from; at < to;) {
    if (text.at[at] == '"') at = text_end(text, at, to);
    else if ((unsigned char)text.at[at] >= 0xC2) at = foreign_text_end(text, at, to);
    else if (text.at[at] != '/' || at + 1 >= to || text.at[at + 1] != '/') at++;
    else {
      uint32_t end = line_end(text, at, to);
      Str comment = str_slice(text, at, end);
      bool documents = str_starts(comment, STR("///")) && !str_starts(comment, STR("////"));
      add(s, (Span){at, end}, MEANING_COMMENT, documents ? MEANING_DOCUMENTS : 0);
      at = end;
    }
  }
}

/* ---- all ---- */

/* The last statement that begins at or before the place; 0 where there is none. */
static uint32_t statement_before(const Unit *unit, uint32_t offset) {
  uint32_t behind = unit_first_from(unit, offset + 1);
  return behind > 0 ? behind - 1 : 0;
}

/* The first one of its line: those of a line may have their values in any order. */
static uint32_t first_statement(const Unit *unit, uint32_t offset) {
  uint32_t at = statement_before(unit, offset);
  while (at > 0) {
    uint32_t start = unit->statements[at].span.start, before = unit->statements[at - 1].span.start;
    if (line_end(unit->source.text, before, start) < start) return at;
    at--;
  }
  return at;
}

/* The first `named` and the comments behind them, each in order, as one; those that touch the span. */
static size_t merge(const Semantics *s, size_t named, Span span, Arena *arena, MeaningToken **tokens) {
  size_t count = 0, name = 0, comment = named;
  *tokens = ARENA_ARRAY(arena, MeaningToken, s->list.len);
  while (name < named || comment < s->list.len) {
    bool is_comment =
        name == named || (comment < s->list.len && s->list.at[comment].span.start < s->list.at[name].span.start);
    const MeaningToken *next = &s->list.at[is_comment ? comment++ : name++];
    if (next->span.end > span.start && next->span.start < span.end) (*tokens)[count++] = *next;
  }
  return count;
}

size_t semantics_of(const Spot *spot, Span span, Arena *arena, MeaningToken **tokens) {
  Semantics s = {spot, spot_unit(spot), {0}};
  const Unit *unit = s.unit;
  if (!spot->file || !spot->file->unit) return 0;
  uint32_t first = unit->statement_count > 0 ? first_statement(unit, span.start) : 0, at = first;
  uint32_t from = first > 0 ? unit->statements[first].span.start : 0;
  vec_reserve(&s.list, 1024);
  for (; at < unit->statement_count && unit->statements[at].span.start < span.end; at++) {
    const Statement *statement = &unit->statements[at];
    add_head(&s, statement);
    for (uint16_t v = 0; v < statement->value_count; v++) add_value(&s, at, &unit->values[statement->first_value + v]);
  }
  put_in_order(&s);
  size_t named = s.list.len;
  for (size_t i = 0; i < named; i++) {
    Span token = s.list.at[i].span;
    if (token.start > from) add_comments(&s, from, token.start);
    if (token.end > from) from = token.end;
  }
  uint32_t to = at < unit->statement_count ? unit->statements[at].span.start : (uint32_t)unit->source.text.len;
  if (to > from) add_comments(&s, from, to);
  size_t count = merge(&s, named, span, arena, tokens);
  vec_free(&s.list);
  return count;
}
