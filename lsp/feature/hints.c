#include "lsp/feature/hints.h"

#include <math.h>

#include "flow/flow.h"
#include "lsp/feature/known.h"

#define ALL 0.995    /* a reach that nobody would tell from 100% */
#define NOTHING 1e-9 /* what shares may miss of 100% by the way they are written */

typedef struct {
  const Spot *spot;
  const Project *p;
  const Unit *unit;
  Span span;
  Arena *arena;
  VEC(Hint) list;
  const Figures *figures; /* read when a measure first asks */
  bool figures_read;
  bool journeys;
} Hints;

static bool is_shown(const Hints *hints, uint32_t at) { return hints->span.start <= at && at <= hints->span.end; }

static void add(Hints *hints, uint32_t at, Str label, Str tooltip) {
  if (label.len > 0 && is_shown(hints, at)) vec_push(&hints->list, (Hint){at, label, tooltip});
}

/* Behind the last value of the statement's own. */
static uint32_t end_of_values(const Unit *unit, uint32_t at) {
  const Statement *statement = &unit->statements[at];
  uint32_t end = statement_head(statement).end;
  for (uint16_t i = 0; i < statement->value_count; i++) {
    uint32_t value = unit->values[statement->first_value + i].span.end;
    if (value > end) end = value;
  }
  return end;
}

static uint32_t line_end(const Unit *unit, uint32_t at) {
  Span line = source_line(&unit->source, at);
  while (line.end > at && (unit->source.text.at[line.end - 1] == ' ' || unit->source.text.at[line.end - 1] == '\t'))
    line.end--;
  return line.end;
}

/* ---- the numbers of a place ---- */

static void add_numbers(Hints *hints, const Journey *journey, Place place, uint32_t at) {
  enum { MOST = 8, SHOWN = 2 };
  Known known;
  KnownNumber numbers[MOST];
  if (!known_of(hints->spot, journey, &known)) return;
  size_t count = known_numbers(&known, place, true, numbers, MOST);
  Buf label = {0}, tooltip = {0};
  for (size_t i = 0; i < count; i++) {
    Str words = known_words(numbers[i].value, hints->arena),
        line = known_line(numbers[i].metric, numbers[i].value, hints->arena);
    if (i < SHOWN)
      buf_printf(&label, "%s" STR_FMT " " STR_FMT, i ? " \u00B7 " : "", STR_ARG(numbers[i].metric->title),
                 STR_ARG(words));
    buf_printf(&tooltip, "%s" STR_FMT, i ? "\n" : "", STR_ARG(line));
  }
  Str text = buf_take(&label, hints->arena);
  add(hints, line_end(hints->unit, end_of_values(hints->unit, at)), text, buf_take(&tooltip, hints->arena));
}

static void add_place(Hints *hints, uint32_t at) {
  Ref ref = {hints->spot->unit, at};
  Place place;
  const Journey *journey = project_journey_of(hints->p, ref);
  if (journey && place_at(hints->p, journey, ref, &place)) add_numbers(hints, journey, place, at);
}

/* ---- measures without a value ---- */

static void add_measure(Hints *hints, uint32_t at) {
  if (!hints->figures_read && hints->spot->late)
    hints->figures = late_figures(hints->spot->late, hints->spot->snapshot, hints->arena);
  hints->figures_read = true;
  const Value *name = unit_value(hints->unit, at, 0);
  const Figure *figure = figures_get(hints->figures, (Ref){hints->spot->unit, at});
  if (!name || !figure || figure->value.kind == V_NONE) return;
  MetricValue value = {.state = METRIC_COUNTED,
                       .value = figure->value,
                       .has_interval = figure->has_interval,
                       .low = figure->low,
                       .high = figure->high,
                       .has_n = true,
                       .n = figure->n};
  Str words = known_words(&value, hints->arena);
  add(hints, name->span.end,
      figure->stale ? arena_format(hints->arena, STR_FMT ", out of date", STR_ARG(words)) : words, figure->how);
}

/* ---- paths ---- */

static Str percent(double share, Arena *arena) {
  double shown = share * 100;
  return arena_format(arena, shown > 0 && shown < 0.95 ? "%.1f%%" : "%.0f%%", shown);
}

typedef struct {
  double sum;
  uint32_t silent;   /* arrows without a share */
  const Arrow *last; /* in the text */
} Shares;

static Shares shares_of(GraphArrows arrows) {
  Shares shares = {.sum = 0};
  for (uint32_t i = 0; i < arrows.count; i++) {
    const Arrow *arrow = &arrows.at[i];
    if (arrow->share) shares.sum += arrow->share->number;
    else shares.silent++;
    if (!shares.last || arrow->at.at > shares.last->at.at) shares.last = arrow;
  }
  return shares;
}

static void join(Buf *to, Str words) {
  if (words.len > 0) buf_printf(to, "%s" STR_FMT, to->len > 0 ? " \u00B7 " : "", STR_ARG(words));
}

/* What is left of 100% where shares are missing, or don't add up. */
static Str left_words(const Flows *flows, const Arrow *arrow, const Shares *shares, Arena *arena) {
  double rest = 1 - shares->sum;
  if (!arrow->share && shares->silent == 1 && shares->sum <= 0) return STR(""); /* all go that way */
  if (!arrow->share) return percent(rest > 0 ? rest / shares->silent : 0, arena);
  if (shares->silent > 0 || shares->last != arrow || rest <= NOTHING) return STR("");
  bool is_last = arrow->from + 1 == flows->journey->step_count;
  return arena_format(arena, STR_FMT " %s", STR_ARG(percent(rest, arena)), is_last ? "complete" : "unaccounted for");
}

/* Who comes there of all who start; of those who leave, how many that is. */
static Str reach_words(const Flow *flow, const Arrow *arrow, bool is_first, Arena *arena) {
  if (arrow->from >= flow->chain.step_count) return STR("");
  const ChainStep *from = &flow->result.steps[arrow->from];
  double share = arrow->to == OUTSIDE ? from->leaves : arrow->to == COMPLETE ? from->completes : NAN;
  if (isfinite(share)) return arena_format(arena, STR_FMT " of all", STR_ARG(percent(share, arena)));
  double reach = arrow->to < flow->chain.step_count && is_first ? flow->result.steps[arrow->to].reach : NAN;
  return reach < ALL ? arena_format(arena, "reach " STR_FMT, STR_ARG(percent(reach, arena))) : STR("");
}

static Str reach_tooltip(const Hints *hints, const Flows *flows, const Flow *flow, const Arrow *arrow) {
  Arena *arena = hints->arena;
  bool ends = arrow->to == OUTSIDE || arrow->to == COMPLETE;
  if (ends && arrow->from < flow->chain.step_count) {
    const ChainStep *from = &flow->result.steps[arrow->from];
    return arena_format(arena, STR_FMT " of all clients who start %s here",
                        STR_ARG(percent(arrow->to == OUTSIDE ? from->leaves : from->completes, arena)),
                        arrow->to == OUTSIDE ? "leave" : "complete the journey");
  }
  if (ends || arrow->to >= flow->chain.step_count || !isfinite(flow->result.steps[arrow->to].reach)) return STR("");
  Str title = item_title(hints->p, &flows->journey->steps[arrow->to].item, arena);
  return arena_format(arena, STR_FMT " of all clients who start come to \u201C" STR_FMT "\u201D",
                      STR_ARG(percent(flow->result.steps[arrow->to].reach, arena)), STR_ARG(title));
}

static void add_arrow(Hints *hints, const Flows *flows, const Arrow *arrow, bool is_first) {
  Shares shares = shares_of(graph_arrows(&flows->graph, arrow->from, arrow->set));
  const Flow *flow = &flows->at[flows->graph.untitled ? arrow->set : arrow->set - 1];
  Buf label = {0};
  Str left = left_words(flows, arrow, &shares, hints->arena);
  Str reach = reach_words(flow, arrow, is_first, hints->arena);
  bool is_same = left.len > 0 && str_is(reach, arena_format(hints->arena, STR_FMT " of all", STR_ARG(left)));
  join(&label, left);
  if (is_same) buf_add_c(&label, arrow->to == OUTSIDE ? " leave" : " complete");
  else join(&label, reach);
  Str text = buf_take(&label, hints->arena);
  add(hints, end_of_values(hints->unit, arrow->at.at), text, reach_tooltip(hints, flows, flow, arrow));
}

/* Of each set of paths the first arrow in the text that leads to a step. */
static const Arrow **first_arrows(const Flows *flows, Arena *arena) {
  uint32_t steps = flows->journey->step_count;
  const Arrow **first = ARENA_ARRAY(arena, const Arrow *, (size_t)(steps + 1) * (flows->graph.titled_count + 1));
  for (uint32_t i = 0; i < flows->graph.arrow_count; i++) {
    const Arrow *arrow = &flows->graph.arrows[i];
    if (arrow->to >= steps) continue;
    const Arrow **known = &first[(size_t)arrow->set * (steps + 1) + arrow->to];
    if (!*known || arrow->at.at < (*known)->at.at) *known = arrow;
  }
  return first;
}

static void add_paths(Hints *hints, const Journey *journey) {
  Flows flows = flows_of(hints->p, journey, hints->arena);
  const Arrow **first = first_arrows(&flows, hints->arena);
  for (uint32_t i = 0; i < flows.graph.arrow_count && !flows.graph.open; i++) {
    const Arrow *arrow = &flows.graph.arrows[i];
    if (arrow->at.unit != hints->spot->unit || !is_shown(hints, end_of_values(hints->unit, arrow->at.at))) continue;
    bool leads = arrow->to < journey->step_count;
    add_arrow(hints, &flows, arrow,
              leads && first[(size_t)arrow->set * (journey->step_count + 1) + arrow->to] == arrow);
  }
}

/* ---- all ---- */

static int by_place(const void *a, const void *b) {
  uint32_t left = ((const Hint *)a)->at, right = ((const Hint *)b)->at;
  return left < right ? -1 : left > right;
}

static void look_at(Hints *hints, uint32_t at, const Journey **last) {
  Keyword keyword = (Keyword)hints->unit->statements[at].keyword;
  if (keyword == K_MEASURE && !unit_value(hints->unit, at, 1)) add_measure(hints, at);
  if (keyword == K_STAGE || (keyword == K_JOURNEY && hints->journeys)) add_place(hints, at);
  if (keyword != K_PATH_) return;
  const Journey *journey = project_journey_of(hints->p, (Ref){hints->spot->unit, at});
  if (journey && journey != *last) add_paths(hints, journey);
  *last = journey;
}

size_t hints_of(const Spot *spot, Span span, bool journeys, Arena *arena, Hint **hints) {
  const Unit *unit = spot_unit(spot);
  Hints found = {.spot = spot, .p = spot->snapshot->project, .unit = unit, .arena = arena, .journeys = journeys};
  found.span = (Span){source_line(&unit->source, span.start).start, line_end(unit, span.end)};
  if (!spot->file || !spot->file->unit) return 0;
  uint32_t first = unit_first_from(unit, found.span.start); /* a journey begins far in front of its arrows */
  const Journey *last = NULL;
  for (uint32_t up = first < unit->statement_count ? unit->statements[first].parent : NONE; up != NONE;
       up = unit->statements[up].parent)
    if (unit->statements[up].keyword == K_PATH_) look_at(&found, up, &last);
  for (uint32_t at = first; at < unit->statement_count && unit->statements[at].span.start <= found.span.end; at++)
    look_at(&found, at, &last);
  size_t count = found.list.len;
  if (count > 1) qsort(found.list.at, count, sizeof *found.list.at, by_place);
  *hints = ARENA_ARRAY(arena, Hint, count + 1);
  if (count > 0) memcpy(*hints, found.list.at, count * sizeof **hints);
  vec_free(&found.list);
  return count;
}
