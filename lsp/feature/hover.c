#include "lsp/feature/hover.h"

#include "lsp/feature/hover_parts.h"
#include "lsp/feature/pages.h"
#include "lsp/feature/uses.h"

/* ---- keywords ---- */

/* The page of the language, at the keyword: "language.md#goal-persona". */
static Str keyword_uri(Keyword keyword, Arena *arena) {
  const KeywordRow *row = schema_row(keyword);
  Str page = page_uri(arena, STR("language.md"));
  if (page.len == 0) return page;
  const char *word = keyword == K_ARROW ? "arrow--" : row->word;
  if (!schema_has_namesake(keyword)) return arena_format(arena, STR_FMT "#%s", STR_ARG(page), word);
  const char *place = row->where[0] == K_FILE ? "file" : schema_row(row->where[0])->word;
  return arena_format(arena, STR_FMT "#%s-%s", STR_ARG(page), word, place);
}

static Str where_words(Keyword keyword, Arena *arena) {
  enum { MOST = 5 };
  const KeywordRow *row = schema_row(keyword);
  Buf words = {0};
  for (size_t i = 0; row->where[i] != K_NONE; i++) {
    const char *word = row->where[i] == K_FILE ? "the file itself" : schema_row(row->where[i])->word;
    bool last = row->where[i + 1] == K_NONE;
    buf_printf(&words, "%s%s", i == 0 ? "" : last ? " or " : ", ", word);
    if (i + 1 < MOST || last) continue;
    buf_add_c(&words, " \u2026");
    break;
  }
  return buf_take(&words, arena);
}

static void hover_keyword(const Hover *hover, Keyword keyword) {
  static const char *const often[] = {"once", "exactly once", "any number of times", "any number of times"};
  const KeywordRow *row = schema_row(keyword);
  prose_heading(hover->prose, str_of(row->word), STR(""));
  prose_text(hover->prose, str_of(row->doc));
  prose_code(hover->prose, "journey", str_of(row->example));
  prose_line(
      hover->prose, "stands in",
      arena_format(hover->arena, STR_FMT ", %s", STR_ARG(where_words(keyword, hover->arena)), often[row->how_often]));
  prose_link(hover->prose, "More about it", keyword_uri(keyword, hover->arena));
}

/* ---- values ---- */

static bool names_itself(const Hover *hover) {
  const Statement *statement = &hover->unit->statements[hover->found.statement];
  const Value *value = hover->found.value;
  bool is_name = value->type == V_ID || (value->type == V_TEXT && value->slot <= 1);
  return is_name && schema_declares((Keyword)statement->keyword);
}

static void hover_name(const Hover *hover, Span *span) {
  const Project *p = hover->p;
  const Value *value = hover->found.value;
  Ref meant = uses_meaning(p, hover->statement, value, hover->spot->offset, span);
  if (!ref_ok(meant)) {
    hover_value(hover);
    return;
  }
  Keyword keyword = (Keyword)project_statement(p, hover->statement)->keyword;
  if (keyword == K_MEASURE) hover_measure(hover, hover->statement);
  else hover_thing(hover, meant);
  if (keyword == K_FEELS) hover_curve(hover, hover->statement);
}

bool hover_at(const Spot *spot, Arena *arena, Prose **prose, Span *span) {
  Hover hover = {spot, spot->snapshot->project, spot_unit(spot), arena, prose_new(arena), spot_find(spot), NO_REF};
  if (hover.found.kind == SPOT_NOTHING) return false;
  hover.statement = (Ref){spot->unit, hover.found.statement};
  *span = hover.found.span;
  Keyword keyword = (Keyword)hover.unit->statements[hover.found.statement].keyword;
  bool is_name = hover.found.kind == SPOT_VALUE && hover.found.value->slot == 0;
  if (hover.found.kind == SPOT_KEYWORD) hover_keyword(&hover, keyword);
  else if (hover.found.value->type == V_REF) hover_name(&hover, span);
  else if (names_itself(&hover)) hover_thing(&hover, hover.statement);
  else hover_value(&hover);
  if (keyword == K_EXPECT && !is_name) hover_expect(&hover); /* the name tells of each journey */
  *prose = hover.prose;
  return !prose_is_empty(hover.prose);
}
