#include "format/format.h"

#include "base/limits.h"
#include "format/columns.h"
#include "format/spelling.h"

typedef struct {
  const Tokens *tokens;
  Buf *out;
  Str line_end;
  Rows group; /* the lines that wait for their columns */
  Cells cells;
  Indices scratch;
  Keyword place[LIMIT_NESTING + 2];   /* the statement around each depth */
  Keyword keyword[LIMIT_NESTING + 2]; /* the last statement of each depth */
  bool opened;                        /* the last line opened a block: no blank line behind it */
} Layout;

/* ---- writing ---- */

static void start_line(Layout *l, unsigned depth, bool blank_before, bool closes) {
  if (blank_before && l->out->len > 0 && !l->opened && !closes) buf_add(l->out, l->line_end);
  buf_repeat(l->out, STR("  "), depth);
  l->opened = false;
}

static void write_tokens(Layout *l, size_t first, size_t end, unsigned depth) {
  for (size_t i = first; i < end; i++) {
    if (i > first && columns_space(l->tokens, i)) buf_add_byte(l->out, ' ');
    spell(l->out, l->tokens, &l->tokens->list.at[i], depth * 2, l->line_end);
  }
}

static void write_comment(Layout *l, const Row *row, unsigned gap) {
  if (row->comment == 0) return;
  buf_repeat(l->out, STR(" "), gap);
  spell(l->out, l->tokens, &l->tokens->list.at[row->comment], 0, l->line_end);
}

static void write_group(Layout *l) {
  if (l->group.len == 0) return;
  columns_align(l->tokens, l->group.at, l->group.len, &l->cells, &l->scratch);
  for (size_t i = 0; i < l->group.len; i++) {
    const Row *row = &l->group.at[i];
    start_line(l, row->depth, row->blank_before, false);
    for (uint32_t c = 0; c < row->cell_count; c++) {
      const Cell *cell = &l->cells.at[row->first_cell + c];
      if (c > 0) buf_repeat(l->out, STR(" "), cell->pad);
      write_tokens(l, cell->first, cell->end, row->depth);
    }
    write_comment(l, row, row->comment_gap);
    buf_add(l->out, l->line_end);
  }
  l->group.len = 0;
}

/* A line that has no columns: it opens or closes a block, or holds a text of several lines. */
static void write_alone(Layout *l, const Row *row) {
  write_group(l);
  const Token *tokens = l->tokens->list.at;
  start_line(l, row->depth, row->blank_before, tokens[row->first].kind == NODE_CLOSE);
  write_tokens(l, row->first, row->end, row->depth);
  write_comment(l, row, 2);
  buf_add(l->out, l->line_end);
  l->opened = tokens[row->end - 1].kind == NODE_BLOCK;
}

/* ---- rows ---- */

static bool has_long_text(const Layout *l, const Row *row) {
  for (uint32_t i = row->first; i < row->end; i++) {
    const Token *token = &l->tokens->list.at[i];
    if (token->kind == NODE_TEXT_BLOCK && spelled_columns(l->tokens, token) >= LONG_TEXT) return true;
  }
  return false;
}

static void add_row(Layout *l, size_t first, size_t end, size_t line_end) {
  const Token *tokens = l->tokens->list.at;
  Row row = {.first = (uint32_t)first, .end = (uint32_t)end, .depth = tokens[first].depth, .keyword = K_NONE};
  row.blank_before = tokens[first].newlines > 1;
  if (end < line_end && tokens[end].kind >= NODE_COMMENT) row.comment = (uint32_t)end;
  unsigned last = tokens[end - 1].kind;
  if (last == NODE_BLOCK || tokens[first].kind == NODE_CLOSE || has_long_text(l, &row)) {
    write_alone(l, &row);
    return;
  }
  row.keyword = l->keyword[row.depth];
  bool joins =
      l->group.len > 0 && !row.blank_before && columns_together(l->tokens, &l->group.at[l->group.len - 1], &row);
  if (!joins) write_group(l);
  vec_push(&l->group, row);
}

/* A block stays on its line if it holds one statement, which holds one at most, and so on, and the line is short. */
static bool stays_on_line(const Layout *l, size_t first, size_t open, size_t end) {
  const Token *tokens = l->tokens->list.at;
  size_t close = tokens[open].match;
  if (close == 0 || close >= end) return false;
  for (size_t i = open + 1; i < close; i++)
    if (tokens[i].kind == NODE_CLOSE && tokens[i + 1].kind != NODE_CLOSE) return false;
  unsigned room = LIMIT_LINE - tokens[first].depth * 2u;
  return columns_of_tokens(l->tokens, first, close + 1, room) <= room;
}

/* Which keyword each block stands in. */
static void note_place(Layout *l, const Token *token) {
  if (token->depth > LIMIT_NESTING) return;
  if (token->starts) l->keyword[token->depth] = schema_find(l->place[token->depth], token_text(l->tokens, token));
  if (token->kind == NODE_BLOCK) l->place[token->depth + 1] = l->keyword[token->depth];
}

static void lay_out_line(Layout *l, size_t first, size_t end) {
  const Token *tokens = l->tokens->list.at;
  size_t row = first, at = first;
  while (at < end && tokens[at].kind < NODE_COMMENT) {
    const Token *token = &tokens[at];
    bool ends = token->kind == NODE_CLOSE || token->starts;
    if (ends && at > row) add_row(l, row, at, end), row = at;
    note_place(l, token);
    at++;
    if (token->kind == NODE_BLOCK) {
      if (stays_on_line(l, row, at - 1, end)) at = token->match + 1;
      add_row(l, row, at, end), row = at;
    } else if (token->kind == NODE_CLOSE) add_row(l, row, at, end), row = at;
  }
  if (at > row) add_row(l, row, at, end);
}

static void lay_out_comment(Layout *l, const Token *comment) {
  write_group(l);
  start_line(l, comment->depth, comment->newlines > 1, false);
  spell(l->out, l->tokens, comment, 0, l->line_end);
  buf_add(l->out, l->line_end);
}

/* ---- what stays as it is ---- */

/* The whole lines of the tokens `first` up to `end`. */
static Span lines_of(const Tokens *tokens, size_t first, size_t end) {
  uint32_t start = tokens->list.at[first].span.start, stop = tokens->list.at[end - 1].span.end;
  uint32_t least = first > 0 ? tokens->list.at[first - 1].span.end : 0;
  while (start > least && !is_line_end(tokens->text.at[start - 1])) start--;
  while (stop < tokens->text.len && !is_line_end(tokens->text.at[stop])) stop++;
  return (Span){start, stop};
}

static size_t keep_lines(Layout *l, size_t first) {
  const Token *tokens = l->tokens->list.at;
  size_t end = first;
  while (end < l->tokens->list.len && tokens[end].kept) note_place(l, &tokens[end++]);
  Span lines = lines_of(l->tokens, first, end);
  write_group(l);
  start_line(l, 0, tokens[first].newlines > 1, tokens[first].kind == NODE_CLOSE);
  buf_add(l->out, str_slice(l->tokens->text, lines.start, lines.end));
  buf_add(l->out, l->line_end);
  l->opened = tokens[end - 1].kind == NODE_BLOCK;
  return end;
}

/* ---- files ---- */

/* CRLF where every line ends so. */
static Str line_end_of(Str text) {
  bool any = false;
  for (size_t i = 0; i < text.len; i++) {
    if (!is_line_end(text.at[i])) continue;
    if (text.at[i] != '\r' || i + 1 == text.len || text.at[i + 1] != '\n') return STR("\n");
    any = true;
    i++;
  }
  return any ? STR("\r\n") : STR("\n");
}

static void lay_out(const Tokens *tokens, Buf *out) {
  Layout l = {.tokens = tokens, .out = out, .line_end = line_end_of(tokens->text), .place = {K_FILE}};
  for (size_t first = 0, end; first < tokens->list.len; first = end) {
    const Token *token = &tokens->list.at[first];
    end = tokens_line_end(tokens, first);
    if (token->kept) end = keep_lines(&l, first);
    else if (token->kind >= NODE_COMMENT) lay_out_comment(&l, token);
    else lay_out_line(&l, first, end);
  }
  write_group(&l);
  vec_free(&l.group);
  vec_free(&l.cells);
  vec_free(&l.scratch);
}

/* Where a block that is never closed ends for lowering, hangs on the indentation. */
static bool is_mended_the_same(Str before, Str after) {
  Tokens left = tokens_read(before, true), right = tokens_read(after, true);
  bool same = tokens_same(&left, &right);
  tokens_free(&left);
  tokens_free(&right);
  return same;
}

/* Around mistakes, the parser's guess may hang on the very spaces that change: whatever is read in another way is not
 * an improvement. */
static bool is_read_the_same(const Tokens *before, Str after) {
  Tokens tokens = tokens_read(after, false);
  Buf again = {0};
  bool same = tokens_same(before, &tokens);
  if (same) lay_out(&tokens, &again);
  same = same && str_is(buf_str(&again), after) && is_mended_the_same(before->text, after);
  buf_free(&again);
  tokens_free(&tokens);
  return same;
}

static bool is_fit(Str text) {
  if (text.len > LIMIT_FILE_BYTES || (text.len > 0 && memchr(text.at, 0, text.len))) return false;
  return source_first_invalid(text, 0) == text.len;
}

static void note_kept(Arena *arena, const Tokens *tokens, uint32_t offset, Formatted *formatted) {
  VEC(Span) spans = {0};
  for (size_t first = 0; first < tokens->list.len; first++) {
    size_t end = first;
    while (end < tokens->list.len && tokens->list.at[end].kept) end++;
    if (end == first) continue;
    Span lines = lines_of(tokens, first, end);
    vec_push(&spans, (Span){lines.start + offset, lines.end + offset});
    first = end;
  }
  Span *kept = ARENA_ARRAY(arena, Span, spans.len);
  if (spans.len > 0) memcpy(kept, spans.at, spans.len * sizeof *kept);
  formatted->kept = kept;
  formatted->kept_count = spans.len;
  vec_free(&spans);
}

Formatted format_text(Arena *arena, Str text) {
  Formatted formatted = {.status = FORMAT_DONE, .text = text};
  if (!is_fit(text)) {
    formatted.status = FORMAT_REFUSED;
    return formatted;
  }
  Tokens tokens = tokens_read(text, false);
  Buf out = {0};
  lay_out(&tokens, &out);
  note_kept(arena, &tokens, (uint32_t)(text.len - tokens.text.len), &formatted);
  bool same = !tokens.any_kept || is_read_the_same(&tokens, buf_str(&out));
  formatted.changed = same && !str_is(buf_str(&out), text);
  if (formatted.changed) formatted.text = buf_take(&out, arena);
  else buf_free(&out);
  tokens_free(&tokens);
  return formatted;
}
