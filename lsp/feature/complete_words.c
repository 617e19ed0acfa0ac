/* What a completion is, at length; and what it changes beside the cursor. */
#include "lsp/feature/complete_build.h"

CompletionWords completion_keyword_words(Keyword keyword, Arena *arena) {
  const KeywordRow *row = schema_row(keyword);
  return (CompletionWords){arena_format(arena, "%s\n\n```journey\n%s\n```", row->doc, row->example),
                           arena_format(arena, "%s\n\nExample:\n%s", row->doc, row->example)};
}

/* The lines that say who or what it is. */
static void add_about(const Unit *unit, uint32_t at, Arena *arena, Buf *words) {
  static const Keyword telling[] = {K_ABOUT, K_ROLE, K_QUOTE, K_SOURCE, K_MEANS};
  Str doc = unit_doc(unit, arena, at);
  if (doc.len > 0) buf_printf(words, "\n\n" STR_FMT, STR_ARG(doc));
  for (size_t i = 0; i < sizeof telling / sizeof *telling; i++) {
    if (!schema_allows((Keyword)unit->statements[at].keyword, telling[i])) continue;
    uint32_t child = unit_child(unit, at, telling[i]);
    const Value *value = child == NONE ? NULL : unit_value(unit, child, 0);
    if (value)
      buf_printf(words, "\n\n%s: " STR_FMT, schema_row(telling[i])->word, STR_ARG(unit_text(unit, arena, value)));
  }
}

CompletionWords completion_name_words(const Project *p, Ref ref, Arena *arena) {
  const Unit *unit = project_unit(p, ref);
  const Statement *statement = &unit->statements[ref.at];
  const char *keyword = schema_row((Keyword)statement->keyword)->word;
  Str id = unit_id(unit, ref.at), title = STR("");
  for (uint16_t i = 0; i < statement->value_count && title.len == 0; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    if (value->type == V_TEXT) title = unit_text(unit, arena, value);
  }
  Buf words = {0};
  buf_printf(&words, STR_FMT, STR_ARG(title.len > 0 ? title : id));
  add_about(unit, ref.at, arena, &words);
  Str rest = buf_take(&words, arena);
  return (CompletionWords){arena_format(arena, "**%s** `" STR_FMT "`: " STR_FMT, keyword, STR_ARG(id), STR_ARG(rest)),
                           arena_format(arena, "%s " STR_FMT ": " STR_FMT, keyword, STR_ARG(id), STR_ARG(rest))};
}

CompletionWords completion_code_words(Str code, Arena *arena) {
  DiagnosticCode found;
  if (!diagnostic_find(code, &found)) return (CompletionWords){STR(""), STR("")};
  Str words = arena_format(arena, "%s %s: %s", diagnostic_severity_word(diagnostic_info(found).severity),
                           diagnostic_info(found).code, diagnostic_info(found).title);
  return (CompletionWords){words, words};
}

/* ---- the line that brings a file in ---- */

/* Behind comments that stand at the top by themselves, as a heading. */
static uint32_t top_of(const Unit *unit) {
  Str text = unit->source.text, rest = text;
  Str mark = STR("\xEF\xBB\xBF");
  if (str_starts(rest, mark)) rest = str_slice(rest, mark.len, rest.len);
  uint32_t top = (uint32_t)(rest.at - text.at);
  bool is_comment = false;
  while (rest.len > 0) {
    Str line = str_trim(str_cut_line(&rest));
    if (line.len == 0) return is_comment ? (uint32_t)(rest.at - text.at) : top;
    if (!str_starts(line, STR("//")) || str_starts(line, STR("///"))) return top;
    is_comment = true;
  }
  return top;
}

UseEdit use_edit(const Unit *unit, Str file, Arena *arena) {
  Str end = source_line_end(&unit->source);
  uint32_t last = NONE;
  for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after)
    if (unit->statements[at].keyword == K_USE) last = unit->statements[at].span.end;
  if (last != NONE)
    return (UseEdit){{last, last}, arena_format(arena, STR_FMT "use \"" STR_FMT "\"", STR_ARG(end), STR_ARG(file))};
  uint32_t top = top_of(unit);
  return (UseEdit){
      {top, top},
      arena_format(arena, "use \"" STR_FMT "\"" STR_FMT STR_FMT, STR_ARG(file), STR_ARG(end), STR_ARG(end))};
}
