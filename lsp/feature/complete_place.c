#include "lsp/feature/complete_place.h"

#include "base/limits.h"

enum { LONGEST_REGION = 1 << 16 }; /* between a statement and the cursor; behind that only the line counts */

/* ---- reading from a statement up to the cursor, by signs alone ---- */

typedef enum { IN_CODE, IN_TEXT, IN_TEXT_BLOCK, IN_COMMENT } ScanState;

typedef struct {
  Str text;
  uint32_t at, end;
  ScanState state;
  uint32_t text_start;           /* IN_TEXT: of its quote */
  uint32_t line, mark;           /* where the line begins that is read; what stands behind its last brace */
  uint32_t opens[LIMIT_NESTING]; /* the `{` that are open, of those that were read */
  int depth, closed;             /* how many are open; how many were closed that were open before */
  Str close;                     /* what ends the text */
} Scan;

static bool at_word(const Scan *scan, Str word) {
  return scan->text.len - scan->at >= word.len && memcmp(scan->text.at + scan->at, word.at, word.len) == 0;
}

/* The end of the line at or behind `at`. */
static uint32_t line_end(Str text, uint32_t at) {
  while (at < text.len && !is_line_end(text.at[at])) at++;
  return at;
}

/* Where the text that begins at the scan's place ends, with its quote; 0: it is never closed, and is a text up to the
 * line's end or a brace. */
static uint32_t text_end(Scan *scan, Str open) {
  for (uint32_t at = scan->at + (uint32_t)open.len; at < scan->text.len && !is_line_end(scan->text.at[at]); at++) {
    if (scan->text.at[at] == '\\' && open.len == 1) at++;
    else if (str_starts(str_slice(scan->text, at, scan->text.len), scan->close)) return at + (uint32_t)scan->close.len;
  }
  return 0;
}

static void read_text(Scan *scan, Str open, Str close) {
  scan->close = close;
  scan->text_start = scan->at;
  uint32_t end = text_end(scan, open);
  if (end == 0) {
    end = scan->at + (uint32_t)open.len;
    while (end < scan->text.len && !is_line_end(scan->text.at[end]) && !strchr("{}", scan->text.at[end])) end++;
    if (scan->end <= end) scan->state = IN_TEXT;
  } else if (scan->end < end) scan->state = IN_TEXT;
  scan->at = end;
}

static void read_text_block(Scan *scan) {
  static const Str quotes = STR("\"\"\"");
  uint32_t at = scan->at + 3;
  while (at < scan->text.len && !str_starts(str_slice(scan->text, at, scan->text.len), quotes))
    at += scan->text.at[at] == '\\' ? 2 : 1;
  uint32_t end = at + 3;
  while (end < scan->text.len && end < at + 5 && scan->text.at[end] == '"') end++;
  if (scan->end < end) scan->state = IN_TEXT_BLOCK;
  scan->at = end;
}

static void read_brace(Scan *scan) {
  bool opens = scan->text.at[scan->at] == '{';
  if (opens && scan->depth < LIMIT_NESTING) scan->opens[scan->depth] = scan->at;
  if (opens) scan->depth++;
  else if (scan->depth > 0) scan->depth--;
  else scan->closed++;
  scan->mark = ++scan->at;
}

static void read_sign(Scan *scan) {
  char c = scan->text.at[scan->at];
  if (at_word(scan, STR("\"\"\""))) read_text_block(scan);
  else if (c == '"') read_text(scan, STR("\""), STR("\""));
  else if (at_word(scan, STR("\xE2\x80\x9C"))) read_text(scan, STR("\xE2\x80\x9C"), STR("\xE2\x80\x9D"));
  else if (at_word(scan, STR("\xC2\xAB"))) read_text(scan, STR("\xC2\xAB"), STR("\xC2\xBB"));
  else if (at_word(scan, STR("//"))) {
    scan->at = line_end(scan->text, scan->at);
    if (scan->end <= scan->at) scan->state = IN_COMMENT;
  } else if (c == '{' || c == '}') read_brace(scan);
  else {
    scan->at++;
    if (is_line_end(c)) scan->line = scan->mark = scan->at;
  }
}

static Scan scan_to(Str text, uint32_t from, uint32_t to) {
  Scan scan = {.text = text, .at = from, .end = to, .line = from, .mark = from};
  while (scan.at < to) read_sign(&scan);
  return scan;
}

/* ---- the file as it is ---- */

/* The last statement that begins in front of `before`, NONE: none does. */
static uint32_t last_before(const Unit *unit, uint32_t before) {
  uint32_t first = unit_first_from(unit, before);
  return first > 0 ? first - 1 : NONE;
}

uint32_t statement_starting(const Unit *unit, uint32_t start, Keyword keyword) {
  uint32_t at = last_before(unit, start + 1);
  for (; at != NONE && unit->statements[at].span.start == start; at = at > 0 ? at - 1 : NONE)
    if (unit->statements[at].keyword == keyword) return at;
  return NONE;
}

static uint32_t line_start(Str text, uint32_t at) {
  while (at > 0 && !is_line_end(text.at[at - 1])) at--;
  return at;
}

/* Where reading begins: at a statement above the line, which is the first of its own line. */
static uint32_t anchor_of(const Unit *unit, uint32_t line) {
  uint32_t at = last_before(unit, line);
  while (at != NONE && unit->statements[at].parent != NONE) {
    uint32_t parent = unit->statements[at].parent;
    if (line_start(unit->source.text, unit->statements[at].span.start) > unit->statements[parent].span.start) break;
    at = parent;
  }
  return at;
}

static uint32_t indent_at(Str text, uint32_t at) {
  uint32_t start = line_start(text, at), end = start;
  while (end < text.len && (text.at[end] == ' ' || text.at[end] == '\t')) end++;
  return end - start;
}

/* Whether a line that far in, behind all else of an open block, stands in it: its `}` is there, or the line is further
 * in than the one that opened it. */
static bool holds(const Unit *unit, uint32_t statement, uint32_t open, uint32_t line, uint32_t indent) {
  Str text = unit->source.text;
  if (open >= line) return true;
  if (statement != NONE) {
    Span span = unit->statements[statement].span;
    if (span.end > line && text.at[span.end - 1] == '}') return true;
  }
  return indent > indent_at(text, open);
}

/* ---- what stands in front of the cursor, lowered by itself ---- */

typedef struct {
  const Spot *spot;
  const Unit *unit;
  Arena *arena;
  CompletePlace *place;
  uint32_t anchor, start; /* the statement, and the byte, at which reading began */
  Scan scan;
  uint32_t until; /* what is lowered ends here: in front of the word, or of the text's quote */
  Unit *lowered;
  uint32_t shift, line_shift; /* of a byte in it: where it is in the file plus this; on the last line, plus that */
  int depth;                  /* blocks around the place */
} Reader;

static bool is_operator(char c) { return c && strchr("<>=!", c); }
static bool is_part(char c) { return (unsigned char)c >= 0x80 || !strchr(" \t\f\v\r\n{}\",;()[]<>=!", c); }
static bool is_arrow(Str text, uint32_t at) {
  return text.at[at] == '-' && at + 1 < text.len && text.at[at + 1] == '>';
}

/* The word that the cursor touches. */
static Span word_at(Str text, uint32_t offset, uint32_t from) {
  Span word = {offset, offset};
  bool is_sign = offset > from && is_operator(text.at[offset - 1]);
  if (is_sign && offset > from + 1 && is_arrow(text, offset - 2)) return word;
  if (is_sign) {
    while (word.start > from && is_operator(text.at[word.start - 1])) word.start--;
    return word;
  }
  while (word.start > from && is_part(text.at[word.start - 1])) word.start--;
  while (word.end < text.len && is_part(text.at[word.end]) && !is_arrow(text, word.end)) word.end++;
  return word;
}

static bool is_rest_empty(Str text, uint32_t at) {
  while (at < text.len && (text.at[at] == ' ' || text.at[at] == '\t')) at++;
  return at == text.len || is_line_end(text.at[at]) || str_starts(str_slice(text, at, text.len), STR("//"));
}

static void find_word(Reader *r) {
  CompletePlace *place = r->place;
  Str text = r->unit->source.text;
  uint32_t offset = r->spot->offset;
  place->is_quoted = r->scan.state == IN_TEXT;
  if (place->is_quoted) {
    r->until = r->scan.text_start;
    uint32_t start = r->until + (text.at[r->until] == '"' ? 1 : (uint32_t)r->scan.close.len);
    uint32_t end = r->scan.at;
    place->is_closed = end >= start + r->scan.close.len &&
                       str_is(str_slice(text, end - r->scan.close.len, end), r->scan.close) && end > offset;
    place->word = (Span){start, place->is_closed ? end - (uint32_t)r->scan.close.len : offset};
    if (start > offset) place->word = (Span){offset, offset};
  } else {
    place->word = word_at(text, offset, r->scan.mark);
    r->until = place->word.start;
  }
  place->typed = str_slice(text, place->word.start, offset);
  place->is_last = is_rest_empty(text, place->word.end + (place->is_closed ? (uint32_t)r->scan.close.len : 0));
}

static bool has_words(Str text, uint32_t from, uint32_t to) {
  for (uint32_t at = from; at < to; at++)
    if (text.at[at] != ' ' && text.at[at] != '\t' && !is_line_end(text.at[at])) return true;
  return false;
}

/* How many of the blocks that are open by their signs the line's indentation shows to be over. */
static int blocks_over(const Reader *r, const uint32_t *around, int outer) {
  uint32_t line = r->scan.line, indent = indent_at(r->unit->source.text, line);
  uint32_t offset_column = r->spot->offset - line;
  if (indent > offset_column) indent = offset_column;
  int over = 0;
  for (int i = r->scan.depth - 1; i >= 0; i--, over++) {
    uint32_t open = r->scan.opens[i], owner = last_before(r->unit, open);
    while (owner != NONE && line_start(r->unit->source.text, r->unit->statements[owner].span.start) !=
                                line_start(r->unit->source.text, open))
      owner = r->unit->statements[owner].parent;
    while (owner != NONE && !r->unit->statements[owner].has_block) owner = r->unit->statements[owner].parent;
    if (holds(r->unit, owner, open, line, indent)) return over;
  }
  for (int i = outer - 1; i >= 0; i--, over++)
    if (holds(r->unit, around[i], r->unit->statements[around[i]].span.start, line, indent)) return over;
  return over;
}

static void add_header(Buf *text, Keyword keyword) {
  if (keyword == K_ARROW) buf_add_c(text, "a -> b {\n");
  else buf_printf(text, "%s {\n", schema_row(keyword)->word);
}

/* The blocks around, each as its keyword alone; what stands between the anchor and the cursor; and all closed. */
static void lower_front(Reader *r) {
  uint32_t around[LIMIT_NESTING];
  int outer = 0;
  Str text = r->unit->source.text;
  uint32_t parent = r->anchor == NONE ? NONE : r->unit->statements[r->anchor].parent;
  for (uint32_t at = parent; at != NONE && outer < LIMIT_NESTING; at = r->unit->statements[at].parent) outer++;
  uint32_t at = parent;
  for (int i = outer - 1; i >= 0; i--, at = r->unit->statements[at].parent) around[i] = at;
  Buf front = {0};
  for (int i = 0; i < outer; i++) add_header(&front, (Keyword)r->unit->statements[around[i]].keyword);
  r->shift = (uint32_t)front.len - r->start;
  int left = outer > r->scan.closed ? outer - r->scan.closed : 0;
  int over = blocks_over(r, around, left);
  uint32_t line = r->scan.line < r->until ? r->scan.line : r->until;
  if (line < r->start) line = r->start;
  buf_add(&front, str_slice(text, r->start, line));
  for (int i = 0; i < over; i++) buf_add_c(&front, "}\n");
  r->line_shift = (uint32_t)front.len - line;
  buf_add(&front, str_slice(text, line, r->until));
  r->depth = left + r->scan.depth - over;
  for (int i = 0; i < r->depth; i++) buf_add_c(&front, "\n}");
  buf_add_byte(&front, '\n');
  Arena *arena = arena_new();
  Source source = {STR("front.journey"), buf_take(&front, arena)};
  r->lowered = unit_new(arena, source, 0);
}

/* Where a byte of what was lowered is in the file; NONE in front of it. */
static uint32_t in_file(const Reader *r, uint32_t at) {
  if (at >= r->scan.line + r->line_shift && r->scan.line >= r->start) return at - r->line_shift;
  return at >= r->start + r->shift ? at - r->shift : NONE;
}

static uint32_t statement_in_file(const Reader *r, uint32_t at) {
  const Statement *statement = &r->lowered->statements[at];
  uint32_t start = in_file(r, statement->span.start);
  return start == NONE ? NONE : statement_starting(r->unit, start, (Keyword)statement->keyword);
}

static void add_frame(Reader *r, uint32_t at) {
  CompletePlace *place = r->place;
  const Statement *statement = &r->lowered->statements[at];
  PlaceFrame *frame = &place->frames[place->frame_count++];
  Span *values = ARENA_ARRAY(r->arena, Span, statement->value_count + 1u);
  *frame = (PlaceFrame){.keyword = (Keyword)statement->keyword,
                        .at = statement_in_file(r, at),
                        .given = statement->value_count,
                        .values = values};
  for (unsigned i = 0; i < statement->value_count; i++) {
    const Value *value = &r->lowered->values[statement->first_value + i];
    values[i] = (Span){in_file(r, value->span.start), in_file(r, value->span.end)};
    frame->slot = value->slot + 1u;
  }
}

/* The open statements of the line, from `last` up to the block. */
static void add_frames(Reader *r, uint32_t last, uint32_t block) {
  uint32_t chain[PLACE_FRAMES];
  int count = 0;
  for (uint32_t at = last; at != block && at != NONE && count < PLACE_FRAMES; at = r->lowered->statements[at].parent)
    chain[count++] = at;
  while (count > 0) add_frame(r, chain[--count]);
}

static uint32_t ancestor_in_file(const Reader *r, uint32_t block) {
  uint32_t found = statement_in_file(r, block);
  if (found != NONE || r->anchor == NONE) return found;
  uint32_t outside = 0, at = r->unit->statements[r->anchor].parent;
  for (uint32_t up = block; r->lowered->statements[up].parent != NONE; up = r->lowered->statements[up].parent)
    outside++;
  VEC(uint32_t) around = {0};
  for (; at != NONE; at = r->unit->statements[at].parent) vec_push(&around, at);
  found = outside < around.len ? around.at[around.len - 1 - outside] : NONE;
  vec_free(&around);
  return found;
}

/* The innermost block around the end of what was lowered; false where it is none that the language knows. */
static bool find_block(Reader *r, uint32_t place, uint32_t *block) {
  int depth = 0;
  *block = last_before(r->lowered, place);
  while (*block != NONE &&
         !(r->lowered->statements[*block].has_block && r->lowered->statements[*block].span.end > place))
    *block = r->lowered->statements[*block].parent;
  for (uint32_t at = *block; at != NONE; at = r->lowered->statements[at].parent) depth++;
  if (depth != r->depth) return false;
  r->place->block = *block == NONE ? K_FILE : (Keyword)r->lowered->statements[*block].keyword;
  r->place->block_at = *block == NONE ? NONE : ancestor_in_file(r, *block);
  r->place->is_block_here = r->scan.depth > 0 && r->scan.opens[r->scan.depth - 1] >= r->scan.line;
  return true;
}

/* `blog`, `blog ->` and `blog -> demo ->` in a path. */
static CompleteKind arrow_kind(Reader *r) {
  Str text = r->unit->source.text;
  Str front = str_trim(str_slice(text, r->scan.mark, r->until));
  Str ascii = STR("->"), sign = STR("\xE2\x86\x92");
  bool is_to = str_ends(front, ascii) || str_ends(front, sign);
  if (!is_to) return memchr(front.at, ' ', front.len) || r->place->frame_count ? COMPLETE_REST : COMPLETE_SIGN;
  return COMPLETE_ARROW;
}

static void understand(Reader *r) {
  CompletePlace *place = r->place;
  Str text = r->unit->source.text;
  uint32_t end = r->until + r->line_shift, block;
  if (!find_block(r, end, &block)) return;
  uint32_t last = last_before(r->lowered, end), mark = r->scan.mark + r->line_shift;
  if (last != NONE && r->lowered->statements[last].span.start >= mark) add_frames(r, last, block);
  uint32_t comma = r->until;
  while (comma > r->scan.mark && (text.at[comma - 1] == ' ' || text.at[comma - 1] == '\t')) comma--;
  place->behind_comma = comma > r->scan.mark && text.at[comma - 1] == ',';
  if (!has_words(text, r->scan.mark, r->until)) place->kind = COMPLETE_STATEMENT;
  else if (place->block == K_PATH_) place->kind = arrow_kind(r);
  else place->kind = COMPLETE_REST;
  if (place->kind == COMPLETE_REST && place->frame_count == 0) place->kind = COMPLETE_NOTHING;
}

CompletePlace complete_place(const Spot *spot, Arena *arena) {
  CompletePlace place = {.kind = COMPLETE_NOTHING, .word = {spot->offset, spot->offset}, .block_at = NONE};
  Reader r = {.spot = spot, .unit = spot_unit(spot), .arena = arena, .place = &place};
  uint32_t line = line_start(r.unit->source.text, spot->offset);
  r.anchor = anchor_of(r.unit, line);
  r.start = r.anchor == NONE ? 0 : r.unit->statements[r.anchor].span.start;
  if (r.anchor == NONE && str_starts(r.unit->source.text, STR("\xEF\xBB\xBF"))) r.start = 3;
  if (spot->offset - r.start > LONGEST_REGION) r.start = line;
  if (r.start > spot->offset) r.start = spot->offset;
  r.scan = scan_to(r.unit->source.text, r.start, spot->offset);
  if (r.scan.state == IN_TEXT_BLOCK || r.scan.state == IN_COMMENT || r.scan.depth > LIMIT_NESTING) return place;
  find_word(&r);
  lower_front(&r);
  understand(&r);
  unit_free(r.lowered);
  return place;
}
