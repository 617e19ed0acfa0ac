/* What a completion is, at length; and what it changes beside the cursor. */
#include "lsp/feature/complete_build.h"
#include "lsp/feature/hover.h"

CompletionWords completion_keyword_words(Keyword keyword, Arena *arena) {
  const KeywordRow *row = schema_row(keyword);
  return (CompletionWords){arena_format(arena, "%s\n\n```journey\n%s\n```", row->doc, row->example),
                           arena_format(arena, "%s\n\nExample:\n%s", row->doc, row->example)};
}

/* What is shown of it where it is declared. */
CompletionWords completion_name_words(const Snapshot *snapshot, const Late *late, Ref ref, Arena *arena) {
  Spot spot = {snapshot, late, snapshot->files[ref.unit], ref.unit, name_span(snapshot->project, ref).start};
  Prose *prose;
  Span span;
  if (!hover_at(&spot, arena, &prose, &span)) return (CompletionWords){STR(""), STR("")};
  return (CompletionWords){buf_str(&prose->markdown), buf_str(&prose->plain)};
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
