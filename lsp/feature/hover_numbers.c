/* Numbers: measures, metrics, and the evidence that they stand on. */
#include "lsp/feature/hover_parts.h"
#include "metric/expect.h"
#include "metric/explain.h"
#include "metric/measure.h"
#include "script/files.h"
#include "view/figure_words.h"
#include "view/view.h"
#include "view/words.h"

/* ---- a place ---- */

void hover_numbers(const Hover *hover, const Journey *journey, Place place, size_t most) {
  Known known;
  if (!known_of(hover->spot, journey, &known)) return;
  KnownNumber *numbers = ARENA_ARRAY(hover->arena, KnownNumber, most);
  size_t count = known_numbers(&known, place, false, numbers, most);
  hover->prose->in_lines = false; /* a paragraph of their own */
  for (size_t i = 0; i < count; i++)
    prose_line(hover->prose, "", known_line(numbers[i].metric, numbers[i].value, hover->arena));
}

/* ---- metrics ---- */

/* Up to the next empty line. */
static Str cut_paragraph(Str *rest) {
  const char *start = rest->at;
  size_t length = 0;
  while (rest->len > 0) {
    Str line = str_cut_line(rest);
    if (str_trim(line).len > 0) length = (size_t)(line.at + line.len - start);
    else if (length > 0) break;
    else start = rest->at;
  }
  return (Str){start, length};
}

/* What it is called and how it is reckoned stand first; the rest is for `journey score --explain`. */
void hover_formula(const Hover *hover, Ref metric) {
  LuaFile file = {0};
  Str why;
  if (!lua_names_file(hover->p, metric) || !lua_file_of(hover->p, metric, hover->arena, &file, &why)) return;
  Str rest = explain_comment(file.text, hover->arena), about = cut_paragraph(&rest), formula = cut_paragraph(&rest);
  prose_text(hover->prose, about);
  if (formula.len > 0 && formula.at[0] == ' ') prose_code(hover->prose, "text", formula);
  prose_line(hover->prose, "computed by", file.path);
}

/* What it comes to, of each journey. */
static void add_journeys(const Hover *hover, Str id) {
  enum { MOST = 5 };
  size_t told = 0;
  hover->prose->in_lines = false;
  for (uint32_t j = 0; j < hover->p->journey_count && told < MOST; j++) {
    const Journey *journey = &hover->p->journeys[j];
    Known known;
    if (!known_of(hover->spot, journey, &known)) continue;
    for (uint32_t r = 0; r < known.table->count; r++) {
      const MetricRow *row = &known.table->rows[r];
      const MetricValue *value =
          str_is(row->metric.id, id) ? known_value(&known, row, (Place){.kind = PLACE_JOURNEY}) : NULL;
      if (!value) continue;
      Str title = item_title(hover->p, &journey->item, hover->arena);
      prose_line(
          hover->prose, "",
          arena_format(hover->arena, STR_FMT ": " STR_FMT, STR_ARG(title), STR_ARG(known_words(value, hover->arena))));
      told++;
    }
  }
}

void hover_metric(const Hover *hover, Ref ref) {
  static const char *const better[] = {"", "higher is better", "lower is better"};
  Metric metric = metric_info(hover->p, ref, hover->arena);
  prose_heading(hover->prose, metric.title, arena_format(hover->arena, "metric " STR_FMT, STR_ARG(metric.id)));
  prose_text(hover->prose, unit_doc(project_unit(hover->p, ref), hover->arena, ref.at));
  Item item = item_of(ref);
  if (project_statement(hover->p, ref)->keyword == K_METRIC)
    prose_text(hover->prose, item_text(hover->p, &item, K_ABOUT, 0, hover->arena));
  prose_line(hover->prose, "unit", metric.unit);
  prose_line(hover->prose, "", str_of(better[metric.better]));
  hover_formula(hover, ref);
  add_journeys(hover, metric.id);
}

/* ---- evidence ---- */

/* The same declaration in the state of which evidence was read. */
static Ref evidence_then(const Hover *hover, Ref now) {
  const Snapshot *then = hover->spot->late->snapshot;
  const File *file = hover->spot->snapshot->files[now.unit];
  if (then == hover->spot->snapshot) return now;
  uint32_t unit = file ? snapshot_unit(then, file->path) : NONE;
  Str id = unit_id(project_unit(hover->p, now), now.at);
  const Unit *before = unit == NONE ? NULL : then->project->units[unit];
  for (uint32_t at = 0; before && at < before->statement_count; at = before->statements[at].after)
    if (before->statements[at].keyword == K_EVIDENCE && str_is(unit_id(before, at), id)) return (Ref){unit, at};
  return NO_REF;
}

static const EvidenceFile *file_of(const Hover *hover, Ref evidence, Ref *then) {
  const Late *late = hover->spot->late;
  *then = late && late->evidence ? evidence_then(hover, evidence) : NO_REF;
  const EvidenceFile *file = ref_ok(*then) ? evidence_file(late->evidence, *then) : NULL;
  return file && file->is_read ? file : NULL;
}

static Str rows_words(const EvidenceFile *file, Arena *arena) {
  Buf words = {0};
  buf_printf(&words, STR_FMT " rows", STR_ARG(figure_number(file->rows, arena)));
  if (file->counted < file->rows)
    buf_printf(&words, ", " STR_FMT " count", STR_ARG(figure_number(file->counted, arena)));
  if (file->bad_rows) buf_printf(&words, ", " STR_FMT " can't be read", STR_ARG(figure_number(file->bad_rows, arena)));
  if (file->has_days) buf_printf(&words, ", " STR_FMT, STR_ARG(words_days(file->first_day, file->last_day, arena)));
  return buf_take(&words, arena);
}

static Str fresh_words(int32_t until, int32_t today, Arena *arena) {
  return arena_format(arena, "%s " STR_FMT, until < today ? "out of date since" : "may be relied on until",
                      STR_ARG(words_date(until, arena)));
}

void hover_evidence(const Hover *hover, Ref evidence) {
  Ref then;
  int32_t until;
  const EvidenceFile *file = file_of(hover, evidence, &then);
  if (file) prose_line(hover->prose, "", rows_words(file, hover->arena));
  bool known =
      file ? evidence_good_until(hover->spot->late->snapshot->project, hover->spot->late->evidence, then, &until)
           : evidence_fresh_until(hover->p, evidence, &until);
  if (known) prose_line(hover->prose, "", fresh_words(until, hover->p->today, hover->arena));
}

/* ---- measures ---- */

typedef struct {
  Metric metric;
  MetricValue value;
  Str failure; /* why it could not be counted */
} MeasureFound;

/* The metric as its Lua file describes it, where that is known; else as the map does. */
static Metric metric_of(const Hover *hover, const Journey *journey, Ref ref) {
  Metric metric = metric_info(hover->p, ref, hover->arena);
  Known known;
  for (uint32_t r = 0; known_of(hover->spot, journey, &known) && r < known.table->count; r++)
    if (str_is(known.table->rows[r].metric.id, metric.id)) return known.table->rows[r].metric;
  return metric;
}

static void read_stated(const Hover *hover, Ref measure, MeasureFound *found) {
  const Unit *unit = project_unit(hover->p, measure);
  const Value *value = unit_value(unit, measure.at, 1);
  uint32_t at = unit_child(unit, measure.at, K_MARGIN);
  const Value *margin = at == NONE ? NULL : unit_value(unit, at, 0);
  found->value.state = METRIC_MEASURED;
  found->value.value = quantity_of(unit, value);
  found->value.has_interval = margin != NULL;
  if (margin) found->value.low = value->number - margin->number, found->value.high = value->number + margin->number;
}

static void read_counted(const Hover *hover, Ref measure, MeasureFound *found) {
  const Late *late = hover->spot->late;
  const Figures *figures = late ? late_figures(late, hover->spot->snapshot, hover->arena) : NULL;
  const Figure *figure = figures_get(figures, measure);
  if (!figure) return;
  found->failure = figure->failure;
  if (figure->value.kind == V_NONE) return;
  found->value = (MetricValue){.state = METRIC_COUNTED,
                               .value = figure->value,
                               .has_interval = figure->has_interval,
                               .low = figure->low,
                               .high = figure->high,
                               .has_n = true,
                               .n = figure->n,
                               .how = figure->how,
                               .trend = figure->trend,
                               .trend_count = figure->trend_count,
                               .stale = figure->stale,
                               .near_target = figure->near_target};
}

static Str spark(const MetricValue *value, Arena *arena) {
  enum { MOST = 12 };
  ViewPoint *points = ARENA_ARRAY(arena, ViewPoint, value->trend_count + 1);
  for (uint32_t i = 0; i < value->trend_count; i++)
    points[i] = (ViewPoint){.period = value->trend[i].period, .value = value->trend[i].value};
  ViewCount count = {.trend = points, .trend_count = value->trend_count};
  return figure_spark(&count, MOST, false, arena);
}

/* Which column of its file a measure counts. */
static Str column_of(const Hover *hover, Ref measure, const EvidenceFile *file) {
  Item item = item_of(measure);
  Str own = item_text(hover->p, &item, K_MEASURE_COLUMN, 0, hover->arena);
  if (own.len > 0 || !file || file->column_of[COLUMN_SCORE] < 0) return own;
  return evidence_column(file, (uint32_t)file->column_of[COLUMN_SCORE], hover->arena);
}

static void add_sources(const Hover *hover, Ref measure, const Item *step, bool is_counted) {
  Ref *refs, then;
  Arena *arena = hover->arena;
  size_t count = claim_evidence(hover->p, step, measure, arena, &refs);
  for (size_t i = 0; i < count; i++) {
    const EvidenceFile *file = file_of(hover, refs[i], &then);
    Item item = item_of(refs[i]);
    Str column = is_counted && file ? column_of(hover, measure, file) : STR("");
    Str path = file ? item_text(hover->p, &item, K_DATA_FILE, 0, arena) : STR("");
    prose_line(hover->prose, "from",
               arena_format(arena, STR_FMT "%s" STR_FMT "%s" STR_FMT "%s", STR_ARG(item_title(hover->p, &item, arena)),
                            path.len ? ": " : "", STR_ARG(path), column.len ? ", column \u201C" : "", STR_ARG(column),
                            column.len ? "\u201D" : ""));
    if (file && is_counted) prose_line(hover->prose, "", rows_words(file, arena));
  }
}

void hover_measure(const Hover *hover, Ref measure) {
  Ref metric = measure_metric(hover->p, measure);
  Place place;
  Arena *arena = hover->arena;
  const Journey *journey = place_around(hover->p, measure, &place);
  if (!ref_ok(metric)) return;
  MeasureFound found = {.metric = metric_of(hover, journey, metric)};
  bool is_stated = unit_value(project_unit(hover->p, measure), measure.at, 1) != NULL;
  if (is_stated) read_stated(hover, measure, &found);
  else read_counted(hover, measure, &found);
  found.value.has_target = measure_target(hover->p, measure, &found.value.target);
  bool is_known = found.value.state != METRIC_NOTHING;
  prose_heading(hover->prose, found.metric.title, is_known ? known_words(&found.value, arena) : STR("not counted yet"));
  prose_line(hover->prose, "", found.failure);
  if (is_known) prose_line(hover->prose, "", known_target(&found.metric, &found.value, arena));
  prose_line(hover->prose, "", is_stated ? STR("stated in the map") : is_known ? found.value.how : STR(""));
  add_sources(hover, measure, place.kind == PLACE_STEP && journey ? place_item(journey, place) : NULL, !is_stated);
  if (found.value.stale) prose_line(hover->prose, "", STR("out of date: its newest row is too old to be relied on"));
  prose_line(hover->prose, "by period", is_known ? spark(&found.value, arena) : STR(""));
  hover_formula(hover, metric);
}

/* ---- promises ---- */

/* The place that is spoken of: the journey itself, or what stands behind `in`. */
static bool expected_place(const Hover *hover, const Journey *journey, Place *place) {
  uint32_t in = unit_child(hover->unit, hover->statement.at, K_EXPECT_IN);
  *place = (Place){.kind = PLACE_JOURNEY};
  if (in == NONE) return true;
  Ref at = {hover->statement.unit, in};
  const Value *name = unit_value(hover->unit, in, 0);
  Ref meant = name ? project_resolve(hover->p, at, name) : NO_REF;
  return ref_ok(meant) && place_at(hover->p, journey, meant, place);
}

static void add_now(const Hover *hover, const Metric *metric, const MetricValue *value) {
  Quantity target = quantity_of(hover->unit, unit_value(hover->unit, hover->statement.at, 2));
  bool near, holds = expect_holds(hover->unit, hover->statement.at, value, &near);
  const char *verdict = near ? ": too close to tell" : holds ? ": it holds" : ": it does not hold";
  if (!quantity_is_like(value->value, target)) verdict = "";
  prose_line(hover->prose, "now",
             arena_format(hover->arena, STR_FMT " " STR_FMT "%s", STR_ARG(metric->title),
                          STR_ARG(known_words(value, hover->arena)), verdict));
}

void hover_expect(const Hover *hover) {
  uint32_t at = hover->statement.at;
  const Value *name = unit_value(hover->unit, at, 0);
  const Journey *journey = project_journey_of(hover->p, hover->statement);
  Ref metric = name ? project_resolve(hover->p, hover->statement, name) : NO_REF;
  Known known;
  Place place;
  bool is_whole = unit_value(hover->unit, at, 1) && unit_value(hover->unit, at, 2);
  if (!is_whole || !ref_ok(metric) || !known_of(hover->spot, journey, &known)) return;
  if (!expected_place(hover, journey, &place)) return;
  Str id = metric_info(hover->p, metric, hover->arena).id;
  for (uint32_t r = 0; r < known.table->count; r++) {
    const MetricRow *row = &known.table->rows[r];
    const MetricValue *value = str_is(row->metric.id, id) ? known_value(&known, row, place) : NULL;
    if (value) add_now(hover, &row->metric, value);
  }
}
