/* Where clients go, drawn from left to right: a bar for each step, as high as many are there, and ribbons for the
 * arrows, as thick as many go that way. What leads to the next step runs straight on; what skips steps or leads back
 * goes above the bars, each where nothing else is; who leaves goes down.
 *
 *   stages and steps, with who comes there
 *   arcs: arrows that skip steps, or lead back
 *   bars, and between them who walks on
 *   who leaves; below that, who is not accounted for
 */
#include <math.h>

#include "base/limits.h"
#include "view/flow_words.h"
#include "view/place.h"

#define LEFT 218.0  /* of the steps: where they start */
#define RIGHT 118.0 /* of the steps: where they complete */
#define START 100.0 /* from the first bar to that of the first step */
#define PITCH 100.0 /* from one step to the next, at least */
#define PITCH_MOST 190.0
#define BAR 13.0       /* how wide a bar is */
#define BAR_MOST 132.0 /* how high one is at which all are */
#define BARS_MOST 230.0
#define REPEATS_MOST 3.0 /* who comes more often is drawn as if they came that often */
#define LEAVES 10.0      /* from a bar to who leaves there */
#define LEAVES_MOST 40.0
#define UNACCOUNTED 60.0 /* from a bar to who is not accounted for */
#define UNACCOUNTED_MOST 26.0
#define THINNEST 1.6
#define ARC_GAP 12.0   /* between an arc and what is below it */
#define ARC_LEAST 18.0 /* so that a share can stand on it */
#define ARC_MOST 60.0

typedef struct {
  uint32_t from, to;  /* nodes: 0 starts, 1 … steps, then completes */
  double share;       /* of those who are at `from` */
  double thick;       /* where it leaves */
  double into;        /* where it arrives */
  double out_y, in_y; /* its middle there */
  double arc_y;       /* the middle of its level part, where it is not straight */
} Link;

typedef struct {
  double x, y, height;        /* of the bar */
  double repeated;            /* of it: who is here again */
  double leaves, unaccounted; /* shares */
  double out_y, in_y;         /* where the next ribbon is attached */
} Node;

typedef struct {
  Place *place;
  const ViewFlow *flow;
  Arena *arena;
  Node *nodes;
  uint32_t count; /* of nodes */
  VEC(Link) links;
  double pitch, per_client;
  double bars_top, bars_bottom;
} Draw;

static bool is_straight(const Link *link) { return link->to == link->from + 1; }
static bool is_back(const Link *link) { return link->to <= link->from; }
static double bar_right(const Draw *draw, uint32_t node) { return draw->nodes[node].x + BAR; }
static bool is_undrawn(const Draw *draw, const Link *link) {
  const ViewObserved *observed = draw->flow->observed;
  return observed && observed->undrawn[link->from * draw->count + link->to];
}
static Ink link_ink(const Draw *draw, const Link *link) {
  return is_undrawn(draw, link) ? I_SEVERE : is_back(link) ? I_FAIR : I_ACCENT;
}
static double thickness(double amount) { return fmax(amount, THINNEST); }

/* ---- how many go where ---- */

static double amount_at(const ChainStep *step) {
  double reach = isnan(step->reach) ? fmin(step->visits, 1) : step->reach;
  return fmin(step->visits, REPEATS_MOST * reach);
}

static void add_link(Draw *draw, uint32_t from, uint32_t to, double share) {
  for (size_t i = draw->links.len; i-- > 0 && draw->links.at[i].from == from;)
    if (draw->links.at[i].to == to) {
      draw->links.at[i].share += share;
      return;
    }
  vec_push(&draw->links, (Link){.from = from, .to = to, .share = share});
}

static void add_links(Draw *draw, uint32_t node, const Crossing *crossing) {
  for (uint32_t i = 0; i < crossing->count; i++)
    add_link(draw, node, crossing->ways[i].to + 1, crossing->ways[i].share);
  if (crossing->completes > 0) add_link(draw, node, draw->count - 1, crossing->completes);
  draw->nodes[node].leaves = crossing->leaves;
  draw->nodes[node].unaccounted = crossing->unaccounted;
}

static void read_flow(Draw *draw) {
  const Flow *flow = draw->flow->flow;
  uint32_t steps = flow->chain.step_count;
  double most = 1;
  draw->count = steps + 2;
  draw->nodes = ARENA_ARRAY(draw->arena, Node, draw->count);
  for (uint32_t i = 0; i < steps; i++) most = fmax(most, amount_at(&flow->result.steps[i]));
  draw->per_client = fmin(BAR_MOST, BARS_MOST / most);
  draw->nodes[0].height = draw->per_client;
  draw->nodes[draw->count - 1].height = flow->result.completes * draw->per_client;
  add_links(draw, 0, &flow->chain.starts);
  for (uint32_t i = 0; i < steps; i++) {
    const ChainStep *step = &flow->result.steps[i];
    Node *node = &draw->nodes[i + 1];
    node->height = amount_at(step) * draw->per_client;
    if (!isnan(step->reach)) node->repeated = node->height - fmin(1, step->reach) * draw->per_client;
    if (node->height > 0) add_links(draw, i + 1, &flow->chain.steps[i]);
  }
}

/* Ribbons that arrive fill the bar at most: where bars are shortened they are, too. */
static void weigh_links(Draw *draw) {
  double *came = ARENA_ARRAY(draw->arena, double, draw->count);
  for (size_t i = 0; i < draw->links.len; i++) {
    Link *link = &draw->links.at[i];
    link->thick = draw->nodes[link->from].height * link->share;
    came[link->to] += link->thick;
  }
  for (size_t i = 0; i < draw->links.len; i++) {
    Link *link = &draw->links.at[i];
    double height = draw->nodes[link->to].height;
    link->into = came[link->to] > height ? link->thick * height / came[link->to] : link->thick;
  }
}

/* ---- where bars stand ---- */

/* On the left and right of a bar, from above: what leads back, the nearest first; what skips, the farthest first; what
 * runs straight. So ribbons don't cross where they leave or arrive. */
static int compare_leaving(const void *a, const void *b) {
  const Link *x = a, *y = b;
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  bool back = is_back(x);
  if (back != is_back(y)) return back ? -1 : 1;
  return x->to == y->to ? 0 : x->to > y->to ? -1 : 1;
}

static int compare_arriving(const void *a, const void *b) {
  const Link *x = *(Link *const *)a, *y = *(Link *const *)b;
  if (x->to != y->to) return x->to < y->to ? -1 : 1;
  bool back = is_back(x);
  if (back != is_back(y)) return back ? -1 : 1;
  return x->from == y->from ? 0 : x->from < y->from ? -1 : 1;
}

/* Straight ribbons are level: each bar hangs on the one that comes to it. */
static void place_bars(Draw *draw) {
  Link *links = draw->links.at, **arriving = ARENA_ARRAY(draw->arena, Link *, draw->links.len + 1);
  if (draw->links.len > 0) qsort(links, draw->links.len, sizeof *links, compare_leaving);
  for (size_t i = 0; i < draw->links.len; i++) arriving[i] = &links[i];
  if (draw->links.len > 0) qsort(arriving, draw->links.len, sizeof *arriving, compare_arriving);
  double level = 0;
  size_t in = 0, out = 0;
  for (uint32_t i = 0; i < draw->count; i++) {
    Node *node = &draw->nodes[i];
    double back = 0, skipping = 0;
    bool hangs = false;
    size_t end = in;
    node->x = i == 0 ? LEFT - START : LEFT + (i - 1) * draw->pitch;
    for (; end < draw->links.len && arriving[end]->to == i; end++) {
      if (is_straight(arriving[end])) hangs = true;
      else *(is_back(arriving[end]) ? &back : &skipping) += arriving[end]->into;
    }
    node->y = level - back - (hangs ? skipping : 0);
    for (double y = node->y; in < end; in++) {
      arriving[in]->in_y = y + arriving[in]->into / 2;
      y += arriving[in]->into;
    }
    double y = node->y;
    bool goes_on = false;
    for (; out < draw->links.len && links[out].from == i; out++) {
      links[out].out_y = y + links[out].thick / 2;
      if (!goes_on && !is_back(&links[out])) level = y;
      if (is_straight(&links[out])) level = y;
      goes_on |= !is_back(&links[out]);
      y += links[out].thick;
    }
    node->out_y = y;
  }
}

static void move_bars(Draw *draw, double by) {
  for (uint32_t i = 0; i < draw->count; i++) draw->nodes[i].y += by, draw->nodes[i].out_y += by;
  for (size_t i = 0; i < draw->links.len; i++) {
    draw->links.at[i].in_y += by;
    draw->links.at[i].out_y += by;
    draw->links.at[i].arc_y += by;
  }
  draw->bars_top += by;
  draw->bars_bottom += by;
}

static void find_bounds(Draw *draw) {
  draw->bars_top = INFINITY;
  draw->bars_bottom = -INFINITY;
  for (uint32_t i = 0; i < draw->count; i++) {
    draw->bars_top = fmin(draw->bars_top, draw->nodes[i].y);
    draw->bars_bottom = fmax(draw->bars_bottom, draw->nodes[i].y + draw->nodes[i].height);
  }
}

/* ---- where arcs run ---- */

static double span_from(const Link *link) { return fmin(link->from + 0.5, link->to - 0.5); }
static double span_to(const Link *link) { return fmax(link->from + 0.5, link->to - 0.5); }

static int compare_span(const void *a, const void *b) {
  const Link *x = *(Link *const *)a, *y = *(Link *const *)b;
  double length = span_to(x) - span_from(x) - (span_to(y) - span_from(y));
  if (length != 0) return length < 0 ? -1 : 1;
  return x->from != y->from ? (x->from < y->from ? -1 : 1) : x->to < y->to ? -1 : x->to > y->to;
}

static double arc_weight(const Link *link) { return thickness(fmin(ARC_MOST, fmin(link->thick, link->into))); }
static double arc_room(const Link *link) { return fmax(ARC_LEAST, arc_weight(link)); }

/* Above the bars that it passes, and the arcs that it meets there. */
static double arc_height(const Draw *draw, Link *const *arcs, size_t i) {
  const Link *arc = arcs[i];
  double floor = INFINITY;
  uint32_t first = arc->from < arc->to ? arc->from : arc->to, last = arc->from < arc->to ? arc->to : arc->from;
  for (uint32_t n = first; n <= last; n++) floor = fmin(floor, draw->nodes[n].y);
  for (size_t k = 0; k < i; k++)
    if (span_from(arcs[k]) <= span_to(arc) && span_from(arc) <= span_to(arcs[k]))
      floor = fmin(floor, arcs[k]->arc_y - arc_room(arcs[k]) / 2);
  return floor - ARC_GAP - arc_room(arc) / 2;
}

/* The short ones below. */
static void place_arcs(Draw *draw) {
  Link **arcs = ARENA_ARRAY(draw->arena, Link *, draw->links.len + 1);
  size_t count = 0;
  for (size_t i = 0; i < draw->links.len; i++)
    if (!is_straight(&draw->links.at[i])) arcs[count++] = &draw->links.at[i];
  if (count > 0) qsort(arcs, count, sizeof *arcs, compare_span);
  for (size_t i = 0; i < count; i++) {
    arcs[i]->arc_y = arc_height(draw, arcs, i);
    draw->bars_top = fmin(draw->bars_top, arcs[i]->arc_y - arc_room(arcs[i]) / 2);
  }
}

/* ---- drawing ---- */

static Str percent(const Draw *draw, double share) {
  return arena_format(draw->arena, STR_FMT "%%", STR_ARG(flow_hundred(share, draw->arena)));
}

static Str of_hundred(const Draw *draw, double share) {
  return arena_format(draw->arena, STR_FMT " of 100", STR_ARG(flow_hundred(share, draw->arena)));
}

static Str node_title(const Draw *draw, uint32_t node) {
  if (node == 0) return STR("Start");
  return node + 1 == draw->count ? STR("Complete") : draw->flow->steps[node - 1].title;
}

static void tip_last(Draw *draw, Str tip) { draw->place->marks.at[draw->place->marks.len - 1].tip = tip; }

static void tip_link(Draw *draw, const Link *link) {
  tip_last(draw,
           arena_format(draw->arena, STR_FMT " \u2192 " STR_FMT ": " STR_FMT, STR_ARG(node_title(draw, link->from)),
                        STR_ARG(node_title(draw, link->to)), STR_ARG(percent(draw, link->share))));
}

/* Numbers of a path, to a tenth, behind its letter. */
static void add_path(Buf *path, char letter, const double *numbers, size_t count) {
  buf_add_byte(path, letter);
  for (size_t i = 0; i < count; i++) {
    if (i) buf_add_byte(path, ' ');
    buf_number(path, numbers[i], 1);
  }
}
#define PATH(path, letter, ...) \
  add_path((path), (letter), (const double[]){__VA_ARGS__}, sizeof((const double[]){__VA_ARGS__}) / sizeof(double))

static void share_text(Draw *draw, const Link *link, Anchor anchor, double x, double y) {
  Ink ink = link_ink(draw, link);
  place_text_at(draw->place, percent(draw, link->share), T_TAG, ink, anchor, x, y - 8, draw->pitch);
  draw->place->marks.at[draw->place->marks.len - 1].halo = I_PAPER;
}

static void draw_straight(Draw *draw, const Link *link) {
  double x = bar_right(draw, link->from), to = draw->nodes[link->to].x, middle = (x + to) / 2;
  double out = thickness(link->thick) / 2, in = thickness(link->into) / 2;
  Buf path = {0};
  PATH(&path, 'M', x, link->out_y - out);
  PATH(&path, 'C', middle, link->out_y - out, middle, link->in_y - in, to, link->in_y - in);
  PATH(&path, 'V', link->in_y + in);
  PATH(&path, 'C', middle, link->in_y + in, middle, link->out_y + out, x, link->out_y + out);
  buf_add_byte(&path, 'Z');
  bool completes = link->to + 1 == draw->count;
  place_path(draw->place, LOOK_RIBBON, completes ? I_GOOD : link_ink(draw, link), buf_take(&path, draw->arena));
  tip_link(draw, link);
}

static void draw_arrowhead(Draw *draw, Ink ink, double x, double y) {
  Buf path = {0};
  PATH(&path, 'M', x - 7, y - 5);
  PATH(&path, 'L', x, y, x - 7, y + 5);
  buf_add_byte(&path, 'Z');
  place_path(draw->place, LOOK_FILL, ink, buf_take(&path, draw->arena));
}

/* As thick everywhere, measured up and down. */
static Str skip_path(Draw *draw, const Link *link, double from, double to) {
  double rise = fmin((draw->pitch - BAR) * 0.95, (to - from) / 2), half = arc_weight(link) / 2,
         out = thickness(link->thick) / 2, in = thickness(link->into) / 2, y = link->arc_y;
  Buf path = {0};
  PATH(&path, 'M', from, link->out_y - out);
  PATH(&path, 'C', from + rise / 2, link->out_y - out, from + rise / 2, y - half, from + rise, y - half);
  PATH(&path, 'H', to - rise);
  PATH(&path, 'C', to - rise / 2, y - half, to - rise / 2, link->in_y - in, to, link->in_y - in);
  PATH(&path, 'V', link->in_y + in);
  PATH(&path, 'C', to - rise / 2, link->in_y + in, to - rise / 2, y + half, to - rise, y + half);
  PATH(&path, 'H', from + rise);
  PATH(&path, 'C', from + rise / 2, y + half, from + rise / 2, link->out_y + out, from, link->out_y + out);
  buf_add_byte(&path, 'Z');
  return buf_take(&path, draw->arena);
}

static Str back_path(Draw *draw, const Link *link, double from, double to) {
  double turn = 24 + arc_weight(link) * 0.7, y = link->arc_y;
  Buf path = {0};
  PATH(&path, 'M', from, link->out_y);
  PATH(&path, 'C', from + turn, link->out_y, from + turn, y, from, y);
  PATH(&path, 'H', to);
  PATH(&path, 'C', to - turn, y, to - turn, link->in_y, to, link->in_y);
  return buf_take(&path, draw->arena);
}

static void draw_arc(Draw *draw, const Link *link) {
  double from = bar_right(draw, link->from), to = draw->nodes[link->to].x;
  if (is_back(link)) {
    place_path(draw->place, LOOK_PIPE, link_ink(draw, link), back_path(draw, link, from, to));
    draw->place->marks.at[draw->place->marks.len - 1].weight = arc_weight(link);
    tip_link(draw, link);
    draw_arrowhead(draw, link_ink(draw, link), to, link->in_y);
  } else {
    place_path(draw->place, LOOK_RIBBON, link_ink(draw, link), skip_path(draw, link, from, to));
    tip_link(draw, link);
  }
}

static void label_link(Draw *draw, const Link *link) {
  if (link->share > 0.9995) return;
  double from = bar_right(draw, link->from), to = draw->nodes[link->to].x;
  if (is_straight(link)) {
    double y = link->into >= 16 ? link->in_y : link->in_y - link->into / 2 - 9;
    share_text(draw, link, ANCHOR_END, to - 8, y);
  } else share_text(draw, link, ANCHOR_MIDDLE, (from + to) / 2, link->arc_y);
}

/* Down to `bottom`, from the lower part of a bar; returns its right edge. */
static double draw_stem(Draw *draw, double x, double top, double amount, double left, double bottom, bool dashed) {
  double out = thickness(amount), width = fmin(out, dashed ? UNACCOUNTED_MOST : LEAVES_MOST),
         bend = fmin(30, (bottom - top - out) * 0.6);
  double right = left + width;
  Ink ink = dashed ? I_MUTED : I_BAD;
  Buf path = {0};
  PATH(&path, 'M', x, top);
  PATH(&path, 'C', x + (right - x) * 0.7, top, right, top + bend * 0.4, right, top + out + bend);
  PATH(&path, 'V', bottom);
  PATH(&path, 'H', left);
  PATH(&path, 'V', top + out + bend);
  PATH(&path, 'C', left, top + out + bend * 0.5, x + (left - x) * 0.7, top + out, x, top + out);
  buf_add_byte(&path, 'Z');
  Str shape = buf_take(&path, draw->arena);
  place_path(draw->place, LOOK_RIBBON, ink, shape);
  if (dashed) place_path(draw->place, LOOK_DASHED, ink, shape);
  return right;
}

static void draw_end(Draw *draw, Ink ink, double share, double all, double middle, double y) {
  place_text_at(draw->place, percent(draw, share), T_TAG, ink, ANCHOR_MIDDLE, middle, y, draw->pitch);
  place_text_at(draw->place, of_hundred(draw, all), T_SMALL, I_MUTED, ANCHOR_MIDDLE, middle, y + 16, draw->pitch);
}

/* Who leaves, nearest to the bar; right of it who is not accounted for, further down. */
static void draw_ends(Draw *draw, uint32_t i, double leaves_y, double unaccounted_y) {
  const Node *node = &draw->nodes[i];
  const ChainResult *result = &draw->flow->flow->result;
  const Chain *chain = &draw->flow->flow->chain;
  double x = bar_right(draw, i), top = node->out_y, left = x + LEAVES;
  double unaccounted = node->unaccounted * node->height, leaves = node->leaves * node->height;
  if (unaccounted > 0) {
    double start = x + UNACCOUNTED;
    double right = draw_stem(draw, x, top, unaccounted, start, unaccounted_y, true);
    double all = i == 0 ? chain->starts.unaccounted : result->steps[i - 1].unaccounted;
    draw_end(draw, I_MUTED, node->unaccounted, all, (start + right) / 2, unaccounted_y + 5);
    top += unaccounted;
  }
  if (leaves <= 0) return;
  double right = draw_stem(draw, x, top, leaves, left, leaves_y, false);
  double all = i == 0 ? chain->starts.leaves : result->steps[i - 1].leaves;
  draw_end(draw, I_BAD, node->leaves, all, (left + right) / 2, leaves_y + 5);
}

static void draw_bar(Draw *draw, uint32_t i) {
  const Node *node = &draw->nodes[i];
  Ink ink = i + 1 == draw->count ? I_GOOD : I_ACCENT;
  double height = thickness(node->height);
  if (node->height <= 0) {
    place_rect(draw->place, LOOK_DASHED, I_RULE, node->x, node->y - 4, BAR, 8, 2);
    return;
  }
  place_rect(draw->place, LOOK_FILL, ink, node->x, node->y, BAR, height, fmin(2, height / 2));
  if (node->repeated > 0.5)
    place_rect(draw->place, LOOK_FILL, I_FAIR, node->x, node->y, BAR, node->repeated, fmin(2, node->repeated / 2));
}

/* ---- the head ---- */

static double step_head(Draw *draw, uint32_t step, double y) {
  const ChainStep *result = &draw->flow->flow->result.steps[step];
  double x = draw->nodes[step + 1].x, width = draw->pitch - 12, top = y;
  y += place_text(draw->place, draw->flow->steps[step].title, T_TAG, I_INK, x, y, width) + 2;
  if (!isnan(result->reach))
    y += place_text(draw->place, of_hundred(draw, result->reach), T_SMALL, I_MUTED, x, y, width);
  if (result->endless && result->reach > 0)
    y += place_text(draw->place, STR("never get out"), T_SMALL, I_BAD, x, y, width);
  else if (result->visits > result->reach * 1.005) {
    Buf often = {0};
    double times = result->visits / result->reach;
    buf_number(&often, times, times < 1.1 ? 2 : 1);
    buf_add_c(&often, " times");
    y += place_text(draw->place, buf_take(&often, draw->arena), T_SMALL, I_FAIR, x, y, width);
  }
  const ViewObserved *observed = draw->flow->observed;
  if (observed && observed->notes[step].len > 0)
    y += place_text(draw->place, observed->notes[step], T_SMALL, I_MUTED, x, y, width);
  return y - top;
}

static double stage_width(const Draw *draw, const ViewStage *stage) { return stage->step_count * draw->pitch - 6; }

/* As high as the longest title needs. */
static double band_height(const Draw *draw) {
  double height = 0;
  for (uint32_t i = 0; i < draw->flow->stage_count; i++) {
    const ViewStage *stage = &draw->flow->stages[i];
    if (stage->step_count == 0) continue;
    Place measured = place_new(draw->place->layout, draw->arena, 0);
    height = fmax(height, place_text(&measured, stage->title, T_LANE, I_INK, 0, 0, stage_width(draw, stage) - 16));
    vec_free(&measured.marks);
  }
  return height + 19;
}

static double draw_head(Draw *draw, double y) {
  double band = band_height(draw), steps = 0;
  for (uint32_t i = 0; i < draw->flow->stage_count; i++) {
    const ViewStage *stage = &draw->flow->stages[i];
    if (stage->step_count == 0) continue;
    double x = draw->nodes[stage->first_step + 1].x - 8, width = stage_width(draw, stage);
    place_rect(draw->place, LOOK_FILL, I_BAND, x, y, width, band, 0);
    place_rect(draw->place, LOOK_FILL, I_INK, x, y, width, 3, 0);
    place_text(draw->place, stage->title, T_LANE, I_INK, x + 8, y + 11, width - 16);
  }
  for (uint32_t i = 0; i < draw->flow->step_count; i++) steps = fmax(steps, step_head(draw, i, y + band + 12));
  return y + band + 12 + steps;
}

/* A line from the head of each step to its bar, behind all else. */
static void draw_leaders(Draw *draw, double from) {
  for (uint32_t i = 1; i + 1 < draw->count; i++)
    place_line(draw->place, LOOK_STROKE, I_HAIR, draw->nodes[i].x + BAR / 2, from + 4, 0, draw->nodes[i].y - from - 8);
}

static void name_node(Draw *draw, uint32_t i, Ink ink, double share, double x, Anchor anchor) {
  const Node *node = &draw->nodes[i];
  double y = node->y + node->height / 2 - 18;
  place_text_at(draw->place, node_title(draw, i), T_LANE, ink, anchor, x, y, RIGHT);
  place_text_at(draw->place, flow_hundred(share, draw->arena), T_BODY, ink, anchor, x, y + 18, RIGHT);
}

/* ---- what the marks mean ---- */

typedef struct {
  Look look;
  Ink ink;
  const char *words;
  bool present;
} Meaning;

static void draw_meanings(Draw *draw, double y) {
  bool back = false, repeated = false, leaves = false, unaccounted = false, undrawn = false;
  for (size_t i = 0; i < draw->links.len; i++) {
    undrawn |= is_undrawn(draw, &draw->links.at[i]);
    back |= is_back(&draw->links.at[i]) && !is_undrawn(draw, &draw->links.at[i]);
  }
  for (uint32_t i = 0; i < draw->count; i++) {
    repeated |= draw->nodes[i].repeated > 0.5;
    leaves |= draw->nodes[i].leaves > 0;
    unaccounted |= draw->nodes[i].unaccounted > 0;
  }
  const Meaning meanings[] = {{LOOK_FILL, I_ACCENT, "who comes to a step", true},
                              {LOOK_FILL, I_FAIR, "who is there again", repeated},
                              {LOOK_RIBBON, I_ACCENT, "goes on, as % of those at the step", true},
                              {LOOK_RIBBON, I_FAIR, "goes back", back},
                              {LOOK_RIBBON, I_SEVERE, "goes where the map draws no arrow", undrawn},
                              {LOOK_RIBBON, I_BAD, "leaves", leaves},
                              {LOOK_DASHED, I_MUTED, "no arrow says where to", unaccounted}};
  double x = 0;
  for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
    Str words = str_of(meanings[i].words);
    if (!meanings[i].present) continue;
    place_rect(draw->place, meanings[i].look, meanings[i].ink, x, y + 2, 18, 12, 2);
    place_text(draw->place, words, T_SMALL, I_MUTED, x + 26, y, 400);
    x += 26 + place_width(words, T_SMALL) + 26;
  }
}

/* ---- all of it ---- */

static double draw_chart(Draw *draw, double y) {
  find_bounds(draw);
  place_arcs(draw);
  double head = draw_head(draw, y);
  move_bars(draw, head + 20 - draw->bars_top);
  bool unaccounted = false, leaves = false;
  for (uint32_t i = 0; i < draw->count; i++) {
    unaccounted |= draw->nodes[i].unaccounted > 0;
    leaves |= draw->nodes[i].leaves > 0;
  }
  double leaves_y = draw->bars_bottom + 46, unaccounted_y = leaves ? leaves_y + 58 : leaves_y;
  draw_leaders(draw, head);
  for (uint32_t i = 0; i < draw->count; i++) draw_ends(draw, i, leaves_y, unaccounted_y);
  for (size_t i = 0; i < draw->links.len; i++)
    if (is_straight(&draw->links.at[i])) draw_straight(draw, &draw->links.at[i]);
  for (size_t i = draw->links.len; i-- > 0;)
    if (!is_straight(&draw->links.at[i])) draw_arc(draw, &draw->links.at[i]);
  for (uint32_t i = 0; i < draw->count; i++) draw_bar(draw, i);
  for (size_t i = 0; i < draw->links.len; i++) label_link(draw, &draw->links.at[i]);
  const ChainResult *result = &draw->flow->flow->result;
  name_node(draw, 0, I_ACCENT, 1, draw->nodes[0].x - 8, ANCHOR_END);
  name_node(draw, draw->count - 1, I_GOOD, result->completes, bar_right(draw, draw->count - 1) + 8, ANCHOR_START);
  double bottom = draw->bars_bottom + 20;
  if (leaves) {
    place_text(draw->place, STR("Leave"), T_LANE, I_BAD, 0, leaves_y + 4, RIGHT);
    place_text(draw->place, of_hundred(draw, result->leaves), T_SMALL, I_MUTED, 0, leaves_y + 21, RIGHT);
    bottom = leaves_y + 40;
  }
  if (unaccounted) {
    place_text(draw->place, STR("Not accounted for"), T_LANE, I_MUTED, 0, unaccounted_y + 4, RIGHT + 20);
    place_text(draw->place, of_hundred(draw, result->unaccounted), T_SMALL, I_MUTED, 0, unaccounted_y + 21, RIGHT);
    bottom = unaccounted_y + 40;
  }
  return bottom;
}

Block layout_flow(const Layout *layout, const ViewFlow *flow, double width, Arena *arena) {
  double steps = fmax(1, flow->step_count), pitch = fmin(PITCH_MOST, (width - LEFT - RIGHT) / steps);
  Place place = place_new(layout, arena, width);
  Draw draw = {.place = &place, .flow = flow, .arena = arena, .pitch = fmax(PITCH, pitch)};
  place.width = fmax(width, LEFT + RIGHT + steps * draw.pitch);
  double y = 0;
  if (flow->title.len > 0) y += place_text(&place, flow->title, T_NAME, I_INK, 0, y, width) + 4;
  y += place_claim(&place, flow->summary, flow->sources, T_BODY, I_MUTED, ANCHOR_START, 0, y, fmin(width, 860)) + 4;
  if (flow->against.len > 0) y += place_text(&place, flow->against, T_STRONG, I_INK, 0, y, fmin(width, 860));
  y += 20;
  if (flow->step_count > LIMIT_FLOW_STEPS) {
    place_text(&place, STR("There are too many steps to draw them; the table has them all."), T_BODY, I_INK, 0, y,
               width);
    return place_done(&place);
  }
  read_flow(&draw);
  weigh_links(&draw);
  place_bars(&draw);
  y = draw_chart(&draw, y) + 26;
  draw_meanings(&draw, y);
  place.height = fmax(place.height, y + 20);
  vec_free(&draw.links);
  return place_done(&place);
}

Block layout_flow_head(const Layout *layout, double width, Arena *arena) {
  const View *view = layout->view;
  Place place = place_new(layout, arena, width);
  double y = place_text(&place, STR("Where clients go"), T_KICKER, I_ACCENT, 0, 0, width) + 4;
  y += place_text(&place, view->title, T_TITLE, I_INK, 0, y, width);
  if (view->flow_count == 0)
    place_text(&place, STR("No path is written here: all walk from the first step to the last."), T_BODY, I_MUTED, 0,
               y + 12, width);
  return place_done(&place);
}
