#include "format/columns.h"

#include "base/limits.h"
#include "format/spelling.h"

enum {
  PROPERTY_CLASS = 256, /* above all NodeKinds */
  LONGEST_KEYWORD = 12, /* a longer one, such as moment-of-truth, does not push the others away */
  WIDEST_HOLE = 32,     /* columns left free in front of a property, where another line has more to say there */
  MOST_FRAMES = 12,
};

/* ---- widths ---- */

bool columns_space(const Tokens *tokens, size_t at) {
  const Token *token = &tokens->list.at[at];
  return token->kind != NODE_COMMA && !(token->kind == NODE_CLOSE && token[-1].kind == NODE_BLOCK);
}

unsigned columns_of_tokens(const Tokens *tokens, size_t first, size_t end, unsigned limit) {
  unsigned columns = 0;
  for (size_t i = first; i < end && columns <= limit; i++)
    columns += spelled_columns(tokens, &tokens->list.at[i]) + (i > first && columns_space(tokens, i));
  return columns;
}

/* ---- cells ---- */

static bool is_arrow(const Tokens *tokens, const Row *row) {
  return row->first + 1 < row->end && tokens->list.at[row->first + 1].kind == NODE_SIGN;
}

static bool declares(const Row *row) {
  return row->keyword != K_NONE && row->keyword != K_FILE && schema_declares(row->keyword);
}

/* A need of a persona stands among its properties, though it has a name. */
static bool is_property(const Row *row) { return !declares(row) || !schema_has_block(row->keyword); }

static bool same_word(const Tokens *tokens, const Row *a, const Row *b) {
  return str_is(token_text(tokens, &tokens->list.at[a->first]), token_text(tokens, &tokens->list.at[b->first]));
}

bool columns_together(const Tokens *tokens, const Row *a, const Row *b) {
  bool arrow = is_arrow(tokens, a);
  if (a->depth != b->depth || arrow != is_arrow(tokens, b)) return false;
  return arrow || (is_property(a) && is_property(b)) || same_word(tokens, a, b);
}

static uint16_t class_of(const Token *token) {
  switch (token->kind) {
    case NODE_TEXT_BLOCK: return NODE_STRING;
    case NODE_PERCENT:
    case NODE_DURATION:
    case NODE_MONEY:
    case NODE_DATE:
    case NODE_TIME:
    case NODE_RANGE: return NODE_NUMBER;
    default: return token->kind;
  }
}

/* The properties that are open on a line, from the statement inwards. */
typedef struct {
  Keyword open[MOST_FRAMES];
  int count;
} Frames;

/* The property that the word starts; `*outermost` where it belongs to the statement itself. */
static Keyword property_of(Frames *frames, Str word, bool *outermost) {
  for (int i = frames->count - 1; i >= 0; i--) {
    Keyword keyword = schema_find(frames->open[i], word);
    if (keyword == K_NONE || i + 1 >= MOST_FRAMES) continue;
    frames->count = i + 1;
    frames->open[frames->count++] = keyword;
    *outermost = i == 0;
    return keyword;
  }
  return K_NONE;
}

static void add_cell(const Tokens *tokens, Row *row, Cells *cells, uint32_t first, uint32_t end, uint16_t class) {
  Cell cell = {.first = first, .end = end, .class = class, .property = class >= PROPERTY_CLASS, .pad = 1};
  cell.columns = columns_of_tokens(tokens, first, end, LONG_TEXT);
  vec_push(cells, cell);
  if (row->cell_count > 0) row->rest += cell.columns + 1;
  else row->at = cell.columns;
  row->cell_count++;
}

/* The keyword, each value, each property with all that belongs to it. */
static void split(const Tokens *tokens, Row *row, Cells *cells) {
  Frames frames = {.open = {row->keyword}, .count = 1};
  uint32_t start = row->first;
  uint16_t class = NODE_KEYWORD;
  bool property = false;
  for (uint32_t i = row->first + 1; i < row->end; i++) {
    const Token *token = &tokens->list.at[i];
    if (token->kind == NODE_BLOCK) break;
    if (token->kind == NODE_COMMA || token[-1].kind == NODE_COMMA) continue;
    bool outermost = false, id = i == row->first + 1 && declares(row);
    Keyword starts = K_NONE;
    if (token->kind == NODE_NAME && !id) starts = property_of(&frames, token_text(tokens, token), &outermost);
    if (starts != K_NONE ? !outermost : property) continue;
    add_cell(tokens, row, cells, start, i, class);
    start = i;
    property = starts != K_NONE;
    class = property ? (uint16_t)(PROPERTY_CLASS + starts) : class_of(token);
  }
  add_cell(tokens, row, cells, start, row->end, class);
}

/* The keyword, and the rest; of `frontstage sales "Sends the contract"`, also the name in front of the text. */
static void split_in_two(const Tokens *tokens, Row *row, Cells *cells) {
  const Token *token = &tokens->list.at[row->first];
  uint32_t rest = row->first + 1;
  add_cell(tokens, row, cells, row->first, rest, NODE_KEYWORD);
  if (rest + 1 < row->end && token[1].kind == NODE_NAME && token[2].kind == NODE_STRING) {
    add_cell(tokens, row, cells, rest, rest + 1, NODE_NAME);
    rest++;
  }
  if (rest < row->end) add_cell(tokens, row, cells, rest, row->end, NODE_OTHER);
}

/* ---- columns ---- */

typedef struct {
  const Tokens *tokens;
  Row *rows;
  size_t count;
  Cell *cells;
  Indices *active; /* the rows that have a cell in this column */
} Columns;

static Cell *next_cell(const Columns *c, const Row *row) { return &c->cells[row->first_cell + row->done]; }
static bool has_next(const Columns *c, const Row *row, bool property) {
  return row->done < row->cell_count && next_cell(c, row)->property == property;
}

static void place(Row *row, Cell *cell, unsigned pad) {
  cell->pad = pad;
  row->at += pad + cell->columns;
  row->rest -= cell->columns + 1;
  row->done++;
}

static void place_rest(Columns *c, bool property) {
  for (size_t i = 0; i < c->count; i++)
    for (Row *row = &c->rows[i]; has_next(c, row, property);) place(row, next_cell(c, row), 1);
}

static bool is_number(const Cell *cell) { return cell->class == NODE_NUMBER; }
static bool has_sign(const Columns *c, const Cell *cell) {
  Str text = token_text(c->tokens, &c->tokens->list.at[cell->first]);
  return text.at[0] == '+' || text.at[0] == '-' || str_starts(text, STR("\xE2\x88\x92"));
}

/* Where the column of the active rows begins. The sign of a number hangs out to the left. */
static unsigned column_start(const Columns *c, bool *any_sign) {
  unsigned start = 0;
  for (size_t i = 0; i < c->active->len; i++) {
    const Row *row = &c->rows[c->active->at[i]];
    if (is_number(next_cell(c, row)) && has_sign(c, next_cell(c, row))) *any_sign = true;
    if (row->at + 1 > start) start = row->at + 1;
  }
  return start;
}

/* Puts the next cells of the active rows under each other. False where that makes a line too long, or tears a hole. */
static bool place_column(Columns *c) {
  bool any_sign = false;
  unsigned start = column_start(c, &any_sign);
  for (size_t i = 0; i < c->active->len; i++) {
    const Row *row = &c->rows[c->active->at[i]];
    if (start > row->at + 1 && row->depth * 2u + start + row->rest > LIMIT_LINE) return false;
    if (next_cell(c, row)->property && start > row->at + WIDEST_HOLE) return false;
  }
  for (size_t i = 0; i < c->active->len; i++) {
    Row *row = &c->rows[c->active->at[i]];
    Cell *cell = next_cell(c, row);
    bool hangs = any_sign && is_number(cell) && !has_sign(c, cell);
    place(row, cell, start - row->at + hangs);
  }
  return true;
}

/* The values, as far as all rows that have one more have one of the same kind. */
static void place_values(Columns *c) {
  c->active->len = 0;
  for (size_t i = 0; i < c->count; i++) vec_push(c->active, (uint32_t)i);
  for (;;) {
    size_t kept = 0;
    bool alike = true;
    for (size_t i = 0; i < c->active->len; i++) {
      const Row *row = &c->rows[c->active->at[i]];
      if (!has_next(c, row, false)) continue;
      c->active->at[kept++] = c->active->at[i];
      alike = alike && next_cell(c, row)->class == next_cell(c, &c->rows[c->active->at[0]])->class;
    }
    c->active->len = kept;
    if (kept == 0 || !alike || !place_column(c)) break;
  }
  place_rest(c, false);
}

enum { MOST_PROPERTIES = 32 };

typedef struct {
  uint16_t classes[MOST_PROPERTIES];
  int count;
} Order;

/* Behind the property `after` (-1: in front). False where there are too many. */
static bool insert_property(Order *order, int after, uint16_t class) {
  if (order->count == MOST_PROPERTIES) return false;
  for (int i = order->count++; i > after + 1; i--) order->classes[i] = order->classes[i - 1];
  order->classes[after + 1] = class;
  return true;
}

/* An order of all properties that every row keeps to. False where there is none. */
static bool find_order(const Columns *c, Order *order) {
  for (size_t i = 0; i < c->count; i++) {
    const Row *row = &c->rows[i];
    int last = -1;
    for (uint32_t cell = row->done; cell < row->cell_count; cell++) {
      uint16_t class = c->cells[row->first_cell + cell].class;
      int at = 0;
      while (at < order->count && order->classes[at] != class) at++;
      bool known = at < order->count;
      if (known && at <= last) return false;
      if (!known && !insert_property(order, last, class)) return false;
      last = known ? at : last + 1;
    }
  }
  return true;
}

static void place_properties(Columns *c) {
  Order order = {.count = 0};
  bool fits = c->count > 1 && find_order(c, &order);
  for (int i = 0; fits && i < order.count; i++) {
    c->active->len = 0;
    for (size_t row = 0; row < c->count; row++)
      if (has_next(c, &c->rows[row], true) && next_cell(c, &c->rows[row])->class == order.classes[i])
        vec_push(c->active, (uint32_t)row);
    fits = place_column(c);
  }
  place_rest(c, true);
}

/* ---- property lists ---- */

static void place_list(Columns *c) {
  unsigned start = 0;
  for (size_t i = 0; i < c->count; i++)
    if (c->rows[i].cell_count > 1 && c->rows[i].at <= LONGEST_KEYWORD && c->rows[i].at + 1 > start)
      start = c->rows[i].at + 1;
  for (size_t i = 0; i < c->count; i++) {
    Row *row = &c->rows[i];
    if (row->cell_count > 1) place(row, next_cell(c, row), start > row->at ? start - row->at : 1);
  }
  for (size_t from = 0, to; from < c->count; from = to) {
    c->active->len = 0;
    for (to = from; to < c->count && has_next(c, &c->rows[to], false); to++) vec_push(c->active, (uint32_t)to);
    place_column(c);
    if (to == from) to++;
  }
  place_rest(c, false);
}

/* ---- comments ---- */

static unsigned comment_columns(const Tokens *tokens, const Row *row) {
  return spelled_columns(tokens, &tokens->list.at[row->comment]);
}

/* Comments behind consecutive lines stand under each other, as long as the lines fit. */
static void place_comments(const Tokens *tokens, Row *rows, size_t count) {
  for (size_t from = 0, to; from < count; from = to) {
    unsigned start = 0, longest = 0;
    for (to = from; to < count && rows[to].comment > 0; to++) {
      if (rows[to].at + 2 > start) start = rows[to].at + 2;
      unsigned columns = comment_columns(tokens, &rows[to]);
      if (columns > longest) longest = columns;
    }
    bool fits = rows[from].depth * 2u + start + longest <= LIMIT_LINE;
    for (size_t i = from; i < to; i++) rows[i].comment_gap = fits ? start - rows[i].at : 2;
    if (to == from) to++;
  }
}

void columns_align(const Tokens *tokens, Row *rows, size_t count, Cells *cells, Indices *scratch) {
  bool table = true;
  for (size_t i = 1; i < count; i++)
    table = table && (is_arrow(tokens, &rows[i]) || same_word(tokens, &rows[0], &rows[i]));
  cells->len = 0;
  for (size_t i = 0; i < count; i++) {
    rows[i].first_cell = (uint32_t)cells->len;
    (table ? split : split_in_two)(tokens, &rows[i], cells);
  }
  for (size_t i = 0; i < count; i++) rows[i].done = 1;
  Columns columns = {.tokens = tokens, .rows = rows, .count = count, .cells = cells->at, .active = scratch};
  if (table) {
    place_values(&columns);
    place_properties(&columns);
  } else place_list(&columns);
  place_comments(tokens, rows, count);
}
