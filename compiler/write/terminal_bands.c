/* The map in columns: as many as fit make a band, bands stand below each other, each with its stages and lanes. */
#include <stdlib.h>

#include "view/curve.h"
#include "write/terminal_curve.h"
#include "write/terminal_page.h"

enum { LABELS = 15, NARROWEST = 20, WIDEST = 36, CURVE_ROWS = 7 };

/* A step, or the one empty column of a stage without steps. */
typedef struct {
  uint32_t stage;
  uint32_t step; /* NONE */
} Column;

typedef struct {
  const Page *page;
  const Column *columns;
  uint32_t column_count;
  uint32_t from, to; /* of the band */
  int width;         /* of a column's text, its padding included */
  Points points;
  const Points *actors; /* of each actor of the view */
} Bands;

static Column *list_columns(const Page *page, uint32_t *count) {
  const View *view = page->view;
  Column *columns = ARENA_ARRAY(page->arena, Column, view->step_count + view->stage_count + 1);
  *count = 0;
  for (uint32_t i = 0; i < view->stage_count; i++) {
    for (uint32_t k = 0; k < view->stages[i].step_count; k++)
      columns[(*count)++] = (Column){i, view->stages[i].first_step + k};
    if (view->stages[i].step_count == 0) columns[(*count)++] = (Column){i, NONE};
  }
  return columns;
}

/* Of the client, or of an actor. */
static Points map_points(const Page *page, const ViewActor *actor, const Column *columns, uint32_t count) {
  double *x = ARENA_ARRAY(page->arena, double, count + 1), *y = ARENA_ARRAY(page->arena, double, count + 1);
  double *slopes = ARENA_ARRAY(page->arena, double, count + 1);
  size_t points = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (columns[i].step == NONE) continue;
    const ViewStep *step = &page->view->steps[columns[i].step];
    const ViewFeeling *feeling = actor ? &actor->feelings[columns[i].step] : NULL;
    if (!(feeling ? feeling->has_emotion : step->has_emotion)) continue;
    x[points] = i + 0.5;
    y[points++] = feeling ? feeling->emotion : step->emotion;
  }
  if (points > 0) curve_slopes(x, y, points, slopes);
  return (Points){x, y, slopes, points};
}

/* ---- rules and rows ---- */

static bool stage_begins(const Bands *b, uint32_t column) {
  return column == b->from || b->columns[column].stage != b->columns[column - 1].stage;
}

/* The nine joints are in reading order: top, middle, bottom; left, middle, right. */
static Str joint(const Page *page, int which) {
  size_t bytes = page->style.ascii ? 1 : 3;
  return (Str){page->signs->corners + (size_t)which * bytes, bytes};
}

/* How a rule joins a line between two columns. */
typedef enum { RULE_TOP, RULE_STAGES, RULE_LANES, RULE_BOTTOM } Rule;

static Str joint_between(const Bands *b, Rule rule, uint32_t column) {
  bool stage = stage_begins(b, column);
  switch (rule) {
    case RULE_TOP: return stage ? joint(b->page, 1) : str_of(b->page->signs->horizontal);
    case RULE_STAGES: return stage ? joint(b->page, 4) : joint(b->page, 1);
    case RULE_LANES: return stage ? str_of(b->page->signs->vertical) : str_of(b->page->signs->dotted);
    case RULE_BOTTOM: return joint(b->page, 7);
  }
  return STR("");
}

static void put_rule(const Bands *b, Rule rule) {
  const Page *page = b->page;
  bool lanes = rule == RULE_LANES;
  Buf line = {0};
  buf_repeat(&line, STR(" "), LABELS);
  for (uint32_t i = b->from; i < b->to; i++) {
    Str left = rule == RULE_TOP ? joint(page, 0) : rule == RULE_BOTTOM ? joint(page, 6) : joint(page, 3);
    buf_add(&line, i > b->from ? joint_between(b, rule, i) : lanes ? str_of(page->signs->vertical) : left);
    buf_repeat(&line, str_of(lanes ? page->signs->across : page->signs->horizontal), (size_t)b->width);
  }
  buf_add(&line, lanes ? str_of(page->signs->vertical)
                       : joint(page, rule == RULE_TOP      ? 2
                                     : rule == RULE_BOTTOM ? 8
                                                           : 5));
  page_put(page, buf_str(&line), INK_FAINT, 0);
  buf_free(&line);
  page_newline(page);
}

/* "── Line of visibility ─────": over the whole band. */
static void put_named_rule(const Bands *b, Str name) {
  const Page *page = b->page;
  int width = LABELS + (int)(b->to - b->from) * (b->width + 1) + 1;
  Str *lines;
  size_t count = grid_wrap(page->arena, grid_text(page->arena, name, page->style.ascii), width - 8, &lines);
  for (size_t i = 0; i < count; i++) {
    page_repeat(page, page->signs->heavy, 2, INK_FAINT);
    page_put(page, arena_format(page->arena, " " STR_FMT " ", STR_ARG(lines[i])), INK_PLAIN, 0);
    page_repeat(page, page->signs->heavy, width - 4 - grid_columns(lines[i]), INK_FAINT);
    page_newline(page);
  }
}

/* A row of blocks, one for each column; frees them. */
static void put_row(const Bands *b, Block *labels, Block *cells) {
  const Page *page = b->page;
  size_t height = labels->len;
  uint32_t count = b->to - b->from;
  for (uint32_t i = 0; i < count; i++)
    if (cells[i].len > height) height = cells[i].len;
  for (size_t row = 0; row < height; row++) {
    PageLine label = row < labels->len ? labels->at[row] : (PageLine){0};
    page_put(page, label.text, label.ink, LABELS);
    for (uint32_t i = 0; i < count; i++) {
      PageLine line = row < cells[i].len ? cells[i].at[row] : (PageLine){0};
      page_put(page, str_of(stage_begins(b, b->from + i) ? page->signs->vertical : page->signs->dotted), INK_FAINT, 2);
      page_put(page, line.text, line.ink, b->width - 1);
    }
    page_put(page, str_of(page->signs->vertical), INK_FAINT, 0);
    page_newline(page);
  }
  for (uint32_t i = 0; i < count; i++) vec_free(&cells[i]);
  vec_free(labels);
}

/* ---- the parts of a band ---- */

static uint32_t stage_end(const Bands *b, uint32_t column) {
  uint32_t end = column + 1;
  while (end < b->to && !stage_begins(b, end)) end++;
  return end;
}

static void put_stages(const Bands *b) {
  const Page *page = b->page;
  Block *blocks = ARENA_ARRAY(page->arena, Block, b->to - b->from);
  size_t height = 0;
  for (uint32_t i = b->from; i < b->to; i = stage_end(b, i)) {
    Block *block = &blocks[i - b->from];
    int columns = (int)(stage_end(b, i) - i) * (b->width + 1) - 3;
    bool goes_on = i == b->from && i > 0 && b->columns[i - 1].stage == b->columns[i].stage;
    const ViewStage *stage = &page->view->stages[b->columns[i].stage];
    if (goes_on) block_add_format(page, block, columns, INK_STRONG, "", STR_FMT ", continued", STR_ARG(stage->title));
    else block_add_stage(page, block, columns, stage);
    if (block->len > height) height = block->len;
  }
  put_rule(b, RULE_TOP);
  for (size_t row = 0; row < height; row++) {
    page_put(page, (Str){0}, INK_PLAIN, LABELS);
    for (uint32_t i = b->from; i < b->to; i = stage_end(b, i)) {
      const Block *block = &blocks[i - b->from];
      PageLine line = row < block->len ? block->at[row] : (PageLine){0};
      page_put(page, str_of(page->signs->vertical), INK_FAINT, 2);
      page_put(page, line.text, line.ink, (int)(stage_end(b, i) - i) * (b->width + 1) - 2);
    }
    page_put(page, str_of(page->signs->vertical), INK_FAINT, 0);
    page_newline(page);
  }
  for (uint32_t i = 0; i < b->to - b->from; i++) vec_free(&blocks[i]);
  put_rule(b, RULE_STAGES);
}

static void put_steps(const Bands *b) {
  Block *cells = ARENA_ARRAY(b->page->arena, Block, b->to - b->from), labels = {0};
  for (uint32_t i = b->from; i < b->to; i++)
    if (b->columns[i].step != NONE)
      block_add_step(b->page, &cells[i - b->from], b->width - 2, &b->page->view->steps[b->columns[i].step]);
  put_row(b, &labels, cells);
}

static bool anybody_feels(const View *view, uint32_t step) {
  for (uint32_t i = 0; i < view->actor_count; i++)
    if (view->actors[i].feelings[step].has_emotion) return true;
  return view->steps[step].has_emotion;
}

static bool lane_is_empty(const Bands *b, const ViewLane *lane) {
  for (uint32_t i = b->from; i < b->to; i++) {
    uint32_t step = b->columns[i].step;
    if (step == NONE) continue;
    if (lane->kind == LANE_EMOTION ? anybody_feels(b->page->view, step) : lane->cells[step].count > 0) return false;
  }
  return true;
}

static void put_entries(const Bands *b, const ViewLane *lane) {
  const Page *page = b->page;
  Block *cells = ARENA_ARRAY(page->arena, Block, b->to - b->from), labels = {0};
  block_add(page, &labels, LABELS - 1, INK_STRONG, "", lane->title);
  for (uint32_t i = b->from; i < b->to; i++) {
    if (b->columns[i].step == NONE) continue;
    const Cell *cell = &lane->cells[b->columns[i].step];
    for (uint32_t k = 0; k < cell->count; k++)
      block_add_entry(page, &cells[i - b->from], b->width - 2, &cell->entries[k], cell->count == 1);
  }
  put_row(b, &labels, cells);
}

/* What stands where the curve does not pass: the borders of the columns, and the middle of the scale. */
static Str background(const Bands *b, int x, int row) {
  const Signs *signs = b->page->signs;
  if ((x + 1) % (b->width + 1) == 0)
    return str_of(stage_begins(b, b->from + (uint32_t)((x + 1) / (b->width + 1))) ? signs->vertical : signs->dotted);
  return row == CURVE_ROWS / 2 ? str_of(signs->across) : STR(" ");
}

static void put_curve_row(const Bands *b, const CurvePicture *picture, int row) {
  const Page *page = b->page;
  Buf line = {0};
  Ink ink = INK_FAINT, next;
  for (int x = 0; x < picture->width; x++) {
    uint32_t code = picture->cells[row * picture->width + x];
    unsigned whose = picture->whose[row * picture->width + x];
    next = !code                  ? INK_FAINT
           : whose                ? (Ink)(INK_ACTOR + whose - 1)
           : row < CURVE_ROWS / 2 ? INK_GOOD
           : row > CURVE_ROWS / 2 ? INK_BAD
                                  : INK_PLAIN;
    if (next != ink) {
      page_put(page, buf_str(&line), ink, 0);
      line.len = 0;
      ink = next;
    }
    if (!code) buf_add(&line, background(b, x, row));
    else curve_put(&line, code);
  }
  page_put(page, buf_str(&line), ink, 0);
  buf_free(&line);
}

/* "Emotion    +2 ": the lane's name at the left, the scale at the right. */
static void put_curve_label(const Bands *b, const Block *labels, int row) {
  const Page *page = b->page;
  const View *view = page->view;
  Str mark = row == 0                ? view->scale_max
             : row == CURVE_ROWS / 2 ? view->scale_middle
             : row == CURVE_ROWS - 1 ? view->scale_min
                                     : STR("");
  mark = grid_text(page->arena, mark, page->style.ascii);
  int room = LABELS - 2 - grid_columns(mark);
  Str label = (size_t)row < labels->len ? labels->at[row].text : STR("");
  if (room <= grid_columns(label)) page_put(page, label, INK_STRONG, LABELS);
  else {
    page_put(page, label, INK_STRONG, room + 1);
    page_put(page, mark, INK_FAINT, LABELS - room - 1);
  }
}

/* What an actor feels, in a row of its own. */
static void put_feelings(const Bands *b, uint32_t actor) {
  const Page *page = b->page;
  Block *cells = ARENA_ARRAY(page->arena, Block, b->to - b->from), labels = {0};
  block_add_name(page, &labels, LABELS - 1, actor + 1, page->view->actors[actor].title);
  for (uint32_t i = b->from; i < b->to; i++)
    if (b->columns[i].step != NONE)
      block_add_feeling(page, &cells[i - b->from], b->width - 2,
                        &page->view->actors[actor].feelings[b->columns[i].step], actor + 1);
  put_row(b, &labels, cells);
}

static void put_emotions(const Bands *b, const ViewLane *lane) {
  const Page *page = b->page;
  Block *cells = ARENA_ARRAY(page->arena, Block, b->to - b->from), labels = {0};
  CurvePicture picture =
      curve_draw(page->arena, b->points, b->from, b->to, b->width + 1, CURVE_ROWS, page->style.ascii);
  for (uint32_t i = 0; i < page->view->actor_count; i++)
    curve_add(page->arena, &picture, b->actors[i], b->from, b->to, b->width + 1, page->style.ascii, i + 1);
  block_add(page, &labels, LABELS - 5, INK_STRONG, "", lane->title);
  for (int row = 0; row < CURVE_ROWS; row++) {
    put_curve_label(b, &labels, row);
    page_put(page, str_of(page->signs->vertical), INK_FAINT, 0);
    put_curve_row(b, &picture, row);
    page_put(page, str_of(page->signs->vertical), INK_FAINT, 0);
    page_newline(page);
  }
  vec_free(&labels);
  for (uint32_t i = b->from; i < b->to; i++)
    if (b->columns[i].step != NONE)
      block_add_emotion(page, &cells[i - b->from], b->width - 2, &page->view->steps[b->columns[i].step]);
  if (page->view->actor_count)
    block_add_name(page, &labels, LABELS - 1, 0,
                   page->view->persona.present ? page->view->persona.name : STR("Client"));
  put_row(b, &labels, cells);
  for (uint32_t i = 0; i < page->view->actor_count; i++)
    if (page->view->actors[i].has_curve) put_feelings(b, i);
}

static void put_band(const Bands *b) {
  const View *view = b->page->view;
  page_newline(b->page);
  put_stages(b);
  size_t from = b->page->to->len;
  put_steps(b);
  for (uint32_t i = 0; i < view->lane_count; i++) {
    const ViewLane *lane = &view->lanes[i];
    if (lane->line.len == 0 && lane_is_empty(b, lane)) continue;
    if (lane->line.len > 0) put_named_rule(b, lane->line);
    else put_rule(b, RULE_LANES);
    if (lane->kind == LANE_EMOTION) put_emotions(b, lane);
    else put_entries(b, lane);
  }
  for (uint32_t i = b->from; i < b->to; i++)
    if (b->columns[i].step != NONE)
      page_note_step(b->page, b->columns[i].step, from, LABELS + 1 + (int)(i - b->from) * (b->width + 1), b->width);
  put_rule(b, RULE_BOTTOM);
}

void page_bands(const Page *page) {
  Bands b = {.page = page};
  b.columns = list_columns(page, &b.column_count);
  if (b.column_count == 0) return;
  int room = page->style.width - LABELS - 1;
  uint32_t fit = (uint32_t)(room / (NARROWEST + 1)), bands;
  fit = fit < 1 ? 1 : fit > b.column_count ? b.column_count : fit;
  bands = (b.column_count + fit - 1) / fit;
  fit = (b.column_count + bands - 1) / bands; /* bands of about the same length */
  b.width = room / (int)fit - 1;
  if (b.width > WIDEST) b.width = WIDEST;
  b.points = map_points(page, NULL, b.columns, b.column_count);
  Points *actors = ARENA_ARRAY(page->arena, Points, page->view->actor_count);
  for (uint32_t i = 0; i < page->view->actor_count; i++)
    actors[i] = map_points(page, &page->view->actors[i], b.columns, b.column_count);
  b.actors = actors;
  for (b.from = 0; b.from < b.column_count; b.from = b.to) {
    b.to = b.from + fit < b.column_count ? b.from + fit : b.column_count;
    put_band(&b);
  }
}
