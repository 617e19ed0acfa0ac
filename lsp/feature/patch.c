#include "lsp/feature/patch.h"

#include "base/limits.h"
#include "format/format.h"
#include "lsp/text/diff.h"

Patch patch_new(Arena *arena, const File *file) { return (Patch){.arena = arena, .file = file}; }

static bool is_insertion(Span span) { return span.start == span.end; }

/* Where something is put in front of what is taken away, it comes first. */
static bool comes_before(Span span, Span other) {
  if (span.start != other.start) return span.start < other.start;
  return is_insertion(span) && !is_insertion(other);
}

/* With the line ends of the file. */
static Str with_line_ends(const Patch *patch, Str text) {
  Str end = source_line_end(&patch->file->unit->source), rest = text;
  Buf out = {0};
  while (rest.len > 0) {
    Str line = str_cut_line(&rest);
    buf_add(&out, line);
    if (rest.len > 0 || line.at + line.len < text.at + text.len) buf_add(&out, end);
  }
  return buf_take(&out, patch->arena);
}

void patch_put(Patch *patch, Span span, Str text) {
  size_t at = patch->puts.len;
  text = with_line_ends(patch, text);
  while (at > 0 && comes_before(span, patch->puts.at[at - 1].span)) at--;
  vec_push(&patch->puts, (Put){span, text});
  memmove(patch->puts.at + at + 1, patch->puts.at + at, (patch->puts.len - 1 - at) * sizeof *patch->puts.at);
  patch->puts.at[at] = (Put){span, text};
}

/* ---- the result ---- */

typedef struct {
  Buf text;
  VEC(Span) fresh; /* what was put into it */
} Result;

static Result put_all(const Patch *patch) {
  Result result = {0};
  Str text = patch->file->text;
  uint32_t done = 0;
  for (size_t i = 0; i < patch->puts.len; i++) {
    Put put = patch->puts.at[i];
    if (put.span.start < done || put.span.end > text.len) continue;
    buf_add(&result.text, str_slice(text, done, put.span.start));
    uint32_t from = (uint32_t)result.text.len;
    buf_add(&result.text, put.text);
    vec_push(&result.fresh, (Span){from, (uint32_t)result.text.len});
    done = put.span.end;
  }
  buf_add(&result.text, str_slice(text, done, text.len));
  return result;
}

/* Whether it lies in a line that has anything new. */
static bool touches_fresh(const Result *result, Span span) {
  Source source = {STR(""), buf_str(&result->text)};
  for (size_t i = 0; i < result->fresh.len; i++) {
    uint32_t start = source_line(&source, result->fresh.at[i].start).start;
    uint32_t end = source_line(&source, result->fresh.at[i].end).end;
    if (span.start <= end && start <= span.end) return true;
  }
  return false;
}

/* The style for what is new alone. */
static Str style_fresh(const Patch *patch, const Result *result, Str styled) {
  Str text = buf_str(&result->text);
  Hunks hunks = text_diff(text, styled);
  Buf mixed = {0};
  uint32_t done = 0;
  for (size_t i = 0; i < hunks.len; i++) {
    if (!touches_fresh(result, hunks.at[i].before)) continue;
    buf_add(&mixed, str_slice(text, done, hunks.at[i].before.start));
    buf_add(&mixed, str_slice(styled, hunks.at[i].after.start, hunks.at[i].after.end));
    done = hunks.at[i].before.end;
  }
  buf_add(&mixed, str_slice(text, done, text.len));
  vec_free(&hunks);
  return buf_take(&mixed, patch->arena);
}

Str patch_styled(Arena *arena, Str text) { return format_text(arena, text).text; }

void patch_end(Patch *patch, Edits *edits) {
  Result result = put_all(patch);
  Str before = patch->file->text, text = arena_copy(patch->arena, buf_str(&result.text));
  Formatted styled = format_text(patch->arena, text);
  if (styled.changed) {
    bool was_styled = !format_text(patch->arena, before).changed;
    text = was_styled ? styled.text : style_fresh(patch, &result, styled.text);
  }
  Hunks hunks = text_diff(before, text);
  for (size_t i = 0; i < hunks.len; i++)
    edits_replace(edits, patch->file, hunks.at[i].before,
                  str_slice(text, hunks.at[i].after.start, hunks.at[i].after.end));
  vec_free(&hunks);
  buf_free(&result.text);
  vec_free(&result.fresh);
  vec_free(&patch->puts);
}

/* ---- lines ---- */

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* The first byte of the line behind the one that holds `at`. */
static uint32_t next_line(Str text, uint32_t at) {
  while (at < text.len && !is_line_end(text.at[at])) at++;
  if (at + 1 < text.len && text.at[at] == '\r' && text.at[at + 1] == '\n') at++;
  return at < text.len ? at + 1 : at;
}

static uint32_t line_start(Str text, uint32_t at) {
  while (at > 0 && !is_line_end(text.at[at - 1])) at--;
  return at;
}

static uint32_t first_word(Str text, uint32_t at) {
  while (at < text.len && is_blank(text.at[at])) at++;
  return at;
}

static bool is_blank_line(Str text, uint32_t start) {
  uint32_t at = first_word(text, start);
  return at == text.len || is_line_end(text.at[at]);
}

/* Where the line in front of the one that begins at `start` begins. */
static uint32_t line_before(Str text, uint32_t start) {
  uint32_t end = start - 1;
  if (end > 0 && text.at[end] == '\n' && text.at[end - 1] == '\r') end--;
  return line_start(text, end);
}

Span patch_with_comments(const Unit *unit, uint32_t at) {
  Str text = unit->source.text;
  Span span = unit->statements[at].span;
  uint32_t start = line_start(text, span.start);
  if (first_word(text, start) != span.start) return span;
  while (start > 0) {
    uint32_t before = line_before(text, start), word = first_word(text, before);
    if (!str_starts(str_slice(text, word, text.len), STR("//"))) break;
    start = before;
  }
  return (Span){first_word(text, start), span.end};
}

void patch_take(Patch *patch, Span statement) {
  Str text = patch->file->text;
  Source source = {STR(""), text};
  Span lines = source_without(&source, statement);
  bool whole =
      lines.start == line_start(text, lines.start) && (lines.end == text.len || is_line_end(text.at[lines.end - 1]));
  bool gap = whole && (lines.start == 0 || is_blank_line(text, line_before(text, lines.start)));
  while (gap && lines.end < text.len && is_blank_line(text, lines.end)) lines.end = next_line(text, lines.end);
  patch_put(patch, lines, STR(""));
}

/* ---- statements ---- */

bool patch_begins_line(const Unit *unit, uint32_t at) {
  uint32_t start = unit->statements[at].span.start;
  return first_word(unit->source.text, line_start(unit->source.text, start)) == start;
}

static uint32_t behind_quotes(Str text, uint32_t at, uint32_t end) {
  if (str_starts(str_slice(text, at, end), STR("\"\"\""))) {
    const char *close = memmem(text.at + at + 3, end - at - 3, "\"\"\"", 3);
    return close ? (uint32_t)(close - text.at) + 3 : end;
  }
  for (at++; at < end && text.at[at] != '"' && !is_line_end(text.at[at]); at++)
    if (text.at[at] == '\\') at++;
  return at < end ? at + 1 : end;
}

uint32_t patch_brace(const Unit *unit, uint32_t at) {
  const Statement *statement = &unit->statements[at];
  Str text = unit->source.text;
  uint32_t i = statement->span.start;
  while (statement->has_block && i < statement->span.end) {
    if (text.at[i] == '{') return i;
    if (text.at[i] == '"') i = behind_quotes(text, i, statement->span.end);
    else if (str_starts(str_slice(text, i, text.len), STR("//"))) i = next_line(text, i);
    else i++;
  }
  return NONE;
}

static Str line_of(Patch *patch, uint32_t columns, Str line) {
  Buf out = {0};
  buf_add(&out, source_line_end(&patch->file->unit->source));
  buf_repeat(&out, STR(" "), columns);
  buf_add(&out, line);
  return buf_take(&out, patch->arena);
}

static uint32_t columns_of(const Unit *unit, uint32_t at) {
  uint32_t start = line_start(unit->source.text, unit->statements[at].span.start);
  return first_word(unit->source.text, start) - start;
}

/* The child behind which the keyword belongs; NONE: it comes first. */
static uint32_t child_before(const Unit *unit, uint32_t at, uint32_t brace, Keyword keyword) {
  uint32_t found = NONE;
  bool same = false, parts = false; /* a property stands in front of the parts: stages, pains … */
  for (uint32_t child = unit_first_child(unit, at); child != NONE; child = unit_next_sibling(unit, child)) {
    Keyword there = (Keyword)unit->statements[child].keyword;
    bool declares = schema_declares(there);
    if (unit->statements[child].span.start < brace) continue;
    if (there == keyword) found = child, same = true;
    parts = parts || declares;
    if (!same && there < keyword && (schema_declares(keyword) || !parts)) found = child;
  }
  return found;
}

static void add_in_block(Patch *patch, const Unit *unit, uint32_t at, uint32_t brace, Keyword keyword, Str line) {
  Str text = unit->source.text, end = source_line_end(&unit->source);
  uint32_t child = child_before(unit, at, brace, keyword);
  uint32_t place = child == NONE ? brace + 1 : unit->statements[child].span.end;
  uint32_t rest = first_word(text, place);
  bool comment = str_starts(str_slice(text, rest, text.len), STR("//"));
  if (comment)
    while (place < text.len && !is_line_end(text.at[place])) place++;
  bool alone = comment || rest == text.len || is_line_end(text.at[rest]);
  Str put = line_of(patch, columns_of(unit, at) + 2, line);
  bool apart = schema_declares(keyword) && child != NONE;
  patch_put(patch, (Span){place, place},
            arena_format(patch->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(apart ? end : STR("")), STR_ARG(put),
                         STR_ARG(alone ? STR("") : end)));
}

static bool has_room(const Unit *unit, uint32_t at, Str line) {
  Span span = unit->statements[at].span;
  return span.end - line_start(unit->source.text, span.start) + 1 + line.len <= LIMIT_LINE;
}

void patch_add_property(Patch *patch, const Unit *unit, uint32_t at, Keyword keyword, Str line, bool short_enough) {
  uint32_t brace = patch_brace(unit, at), end = unit->statements[at].span.end;
  bool own_line = patch_begins_line(unit, at);
  if (brace != NONE) add_in_block(patch, unit, at, brace, keyword, line);
  else if (!own_line || (short_enough && has_room(unit, at, line)))
    patch_put(patch, (Span){end, end}, arena_format(patch->arena, " " STR_FMT, STR_ARG(line)));
  else {
    Str close = line_of(patch, columns_of(unit, at), STR("}"));
    patch_put(patch, (Span){end, end},
              arena_format(patch->arena, " {" STR_FMT STR_FMT, STR_ARG(line_of(patch, columns_of(unit, at) + 2, line)),
                           STR_ARG(close)));
  }
}
