/* Measures and what they ask of files: which rows, and which column of them. */
#include "evidence/build.h"

/* ---- finding them ---- */

static bool is_of(const Item *item, Ref ref) {
  for (uint32_t i = 0; i < item->count; i++)
    if (ref_is(item->over[i], ref)) return true;
  return ref_is(item->at, ref);
}

/* The stage or step of the journey that the statement is a part of; NULL: none, or it is the journey itself. */
static const Item *place_of(const Journey *journey, Ref ref) {
  for (uint32_t s = 0; journey && s < journey->stage_count; s++)
    if (is_of(&journey->stages[s].item, ref)) return &journey->stages[s].item;
  for (uint32_t s = 0; journey && s < journey->step_count; s++)
    if (is_of(&journey->steps[s].item, ref)) return &journey->steps[s].item;
  return NULL;
}

/* Some other message says already what is wrong with the line: of the file, of linking, or one that was said before. */
static bool line_is_wrong(const Evidence *evidence, Ref at) {
  const Project *p = evidence->p;
  const Unit *unit = project_unit(p, at);
  Span line = source_line(&unit->source, unit->statements[at.at].span.start);
  const Diagnostics *lists[] = {&unit->diagnostics, &p->diagnostics, evidence->to};
  size_t counts[] = {unit->diagnostics.list.len, p->diagnostics.list.len, evidence->said_before};
  for (int l = 0; l < 3; l++)
    for (size_t i = 0; i < counts[l]; i++) {
      const Diagnostic *d = &lists[l]->list.at[i];
      if (d->unit == at.unit && diagnostic_info(d->code).severity == SEVERITY_ERROR && d->span.start >= line.start &&
          d->span.start <= line.end)
        return true;
    }
  return false;
}

static Str metric_word(const Evidence *evidence, const Measure *measure) {
  return unit_text_of(project_unit(evidence->p, measure->at), evidence->arena, measure->at.at, 0);
}

Str evidence_title(const Evidence *evidence, Ref ref) {
  Item item = item_of(ref);
  return item_title(evidence->p, &item, evidence->arena);
}

Span measure_span(const Evidence *evidence, const Measure *measure) {
  const Value *name = unit_value(project_unit(evidence->p, measure->at), measure->at.at, 0);
  return name ? name->span : statement_head(project_statement(evidence->p, measure->at));
}

static void say_no_evidence(Evidence *evidence, const Measure *measure) {
  Str word = metric_word(evidence, measure);
  Str help = arena_format(evidence->arena,
                          "write the value, as in `measure " STR_FMT " 12`, or name evidence that has a file to be "
                          "counted: `measure " STR_FMT " from survey`",
                          STR_ARG(word), STR_ARG(word));
  diagnose(evidence->to, DIAG_MISSING_VALUE, measure->at.unit, measure_span(evidence, measure), help.at,
           "the measure `" STR_FMT "` has neither a value nor evidence to count it from", STR_ARG(word));
}

static void say_no_file(Evidence *evidence, const Measure *measure, Ref from) {
  Diagnostic *said =
      diagnose(evidence->to, DIAG_MISSING_VALUE, measure->at.unit, measure_span(evidence, measure),
               "write the value, or name the file in the evidence, as in: file \"data/answers.csv\"",
               "the measure `" STR_FMT "` has no value, and \"" STR_FMT "\" names no file to count it from",
               STR_ARG(metric_word(evidence, measure)), STR_ARG(evidence_title(evidence, from)));
  diagnostic_relate(evidence->to, said, from.unit, evidence_span(evidence->p, from), "the evidence is declared here");
}

/* Links the measure with the files of its evidence. */
static void want(Evidence *evidence, Measure *measure, const Ref *refs, size_t count) {
  uint32_t number = (uint32_t)evidence->measures.len;
  for (size_t i = 0; i < count; i++) {
    Reading *reading = reading_of(evidence, refs[i]);
    if (!reading) continue;
    if (!ref_ok(measure->evidence)) measure->evidence = refs[i];
    vec_push(&reading->wanted, number);
  }
}

static Every every_of(const Project *p, const Item *measure) {
  Ref every = item_get(p, measure, K_EVERY);
  const Value *value = ref_ok(every) ? unit_value(project_unit(p, every), every.at, 0) : NULL;
  return value ? (Every)value->extra : EVERY_MONTH;
}

static void add_measure(Evidence *evidence, Ref at) {
  const Project *p = evidence->p;
  const Unit *unit = project_unit(p, at);
  const Value *name = unit_value(unit, at.at, 0);
  Item item = item_of(at);
  Measure measure = {.at = at, .states_value = unit_value(unit, at.at, 1) != NULL, .evidence = NO_REF};
  if (!name || (evidence->file_count == 0 && measure.states_value)) return;
  measure.metric = project_resolve(p, at, name);
  measure.journey = project_journey_of(p, at);
  measure.place = place_of(measure.journey, (Ref){at.unit, unit->statements[at.at].parent});
  measure.counter.every = every_of(p, &item);
  measure.column_at = item_get(p, &item, K_MEASURE_COLUMN);
  measure.column = item_text(p, &item, K_MEASURE_COLUMN, 0, evidence->arena);
  Ref *refs;
  size_t count = claim_evidence(p, measure.place, at, evidence->arena, &refs);
  want(evidence, &measure, refs, count);
  if (ref_ok(measure.evidence)) vec_push(&evidence->measures, measure);
  else if (!measure.states_value && ref_ok(measure.metric) && !line_is_wrong(evidence, at)) {
    if (count > 0) say_no_file(evidence, &measure, refs[0]);
    else if (unit_child(unit, at.at, K_FROM) == NONE) say_no_evidence(evidence, &measure);
  }
}

void bind_measures(Evidence *evidence) {
  const Project *p = evidence->p;
  for (uint32_t u = 0; u < p->unit_count; u++) {
    const Unit *unit = p->units[u];
    if (!project_is_own(p, u)) continue;
    for (uint32_t at = 0; at < unit->statement_count; at++)
      if (unit->statements[at].keyword == K_MEASURE) add_measure(evidence, (Ref){u, at});
  }
}

/* ---- what they ask of one file ---- */

static void add_names(const Evidence *evidence, const Item *item, Names *names, Numbers *to) {
  Arena *arena = evidence->arena;
  Item *observed;
  size_t count = item_all(evidence->p, NULL, item, K_OBSERVED_AS, arena, &observed);
  vec_push(to, names_add(names, fold_copy(item_id(evidence->p, item), arena)));
  vec_push(to, names_add(names, fold_copy(item_title(evidence->p, item, arena), arena)));
  for (size_t i = 0; i < count; i++) {
    Str text = unit_text_of(project_unit(evidence->p, observed[i].at), arena, observed[i].at.at, 0);
    vec_push(to, names_add(names, fold_copy(text, arena)));
  }
}

static void add_place(const Evidence *evidence, Reading *reading, const Measure *measure, uint32_t binding) {
  const Journey *journey = measure->journey;
  Numbers names = {0};
  add_names(evidence, measure->place, &reading->places, &names);
  for (uint32_t s = 0; s < journey->stage_count; s++) {
    if (&journey->stages[s].item != measure->place) continue;
    for (uint32_t i = 0; i < journey->stages[s].step_count; i++)
      add_names(evidence, &journey->steps[journey->stages[s].first_step + i].item, &reading->places, &names);
  }
  while (reading->by_place.len < reading->places.count) vec_push(&reading->by_place, (Numbers){0});
  for (size_t i = 0; i < names.len; i++) {
    Numbers *list = &reading->by_place.at[names.at[i]];
    if (list->len == 0 || list->at[list->len - 1] != binding) vec_push(list, binding);
  }
  vec_free(&names);
}

static void add_segments(const Evidence *evidence, Reading *reading, const Ref *audience, size_t count,
                         Binding *binding) {
  Numbers names = {0};
  for (size_t i = 0; i < count; i++) {
    Item item = item_of(audience[i]);
    Ref segment = item_ref(evidence->p, &item, K_SEGMENT_OF);
    add_names(evidence, &item, &reading->segments, &names);
    if (!ref_ok(segment)) continue;
    item = item_of(segment);
    add_names(evidence, &item, &reading->segments, &names);
  }
  uint32_t *list = ARENA_ARRAY(evidence->arena, uint32_t, names.len);
  for (size_t i = 0; i < names.len; i++) list[i] = names.at[i];
  binding->segments = list;
  binding->segment_count = (uint32_t)names.len;
  vec_free(&names);
}

static void lacks_column(Evidence *evidence, const Reading *reading, Measure *measure, const char *what,
                         const char *holds) {
  const EvidenceFile *file = reading->file;
  measure->is_failed = true;
  if (measure->states_value || reading->is_broken || line_is_wrong(evidence, measure->at)) return;
  Str help = arena_format(evidence->arena, "say it in the evidence: column %s \"NAME\"; " STR_FMT, what,
                          STR_ARG(evidence_columns(file, evidence->arena)));
  Diagnostic *said =
      diagnose(evidence->to, DIAG_MISSING_VALUE, measure->at.unit, measure_span(evidence, measure), help.at,
               "the measure `" STR_FMT "` has no value, and nothing says which column of " STR_FMT " %s",
               STR_ARG(metric_word(evidence, measure)), STR_ARG(file->path), holds);
  diagnostic_relate(evidence->to, said, file->evidence.unit, reading->span, "the file is named here");
}

/* A file of events is for what reckons with cases, and one that a metric of the project's own reads row by row needs
 * no column of scores. */
static bool needs_no_score(const Evidence *evidence, const Reading *reading, const Measure *measure) {
  if (reading->cell_of[COLUMN_CASE] != NO_CELL && reading->cell_of[COLUMN_ACTIVITY] != NO_CELL) return true;
  if (!ref_ok(measure->metric) || !project_is_own(evidence->p, measure->metric.unit)) return false;
  return unit_child(project_unit(evidence->p, measure->metric), measure->metric.at, K_COMPUTED_BY) != NONE;
}

static bool bind_score(Evidence *evidence, Reading *reading, Measure *measure, Binding *binding) {
  static const ColumnKind of_periods[] = {COLUMN_START, COLUMN_LOST, COLUMN_END, COLUMN_NEW};
  binding->score = reading->cell_of[COLUMN_SCORE];
  if (measure->column.len > 0) {
    long column = reading_column(evidence, reading, measure->column, measure->column_at, 0);
    if (column < 0) return measure->is_failed = true, false;
    binding->score = reading_cell(reading, (size_t)column);
    return binding->score != NO_CELL;
  }
  if (binding->score != NO_CELL) return true;
  for (int i = 0; i < 4; i++)
    if (reading->cell_of[of_periods[i]] != NO_CELL) return true;
  if (!needs_no_score(evidence, reading, measure))
    lacks_column(evidence, reading, measure, "score", "holds its scores");
  return false;
}

static bool bind_audience(Evidence *evidence, Reading *reading, Measure *measure, Binding *binding) {
  Item item = item_of(measure->at);
  Ref *audience;
  size_t count = item_refs(evidence->p, &item, K_FOR, evidence->arena, &audience);
  if (count == 0) return true;
  if (reading->cell_of[COLUMN_SEGMENT] == NO_CELL) {
    lacks_column(evidence, reading, measure, "segment", "says whom its rows are of");
    return false;
  }
  add_segments(evidence, reading, audience, count, binding);
  return true;
}

static void bind_measure(Evidence *evidence, Reading *reading, uint32_t number) {
  Measure *measure = &evidence->measures.at[number];
  Binding binding = {.measure = number, .any_place = true};
  bool sound = bind_score(evidence, reading, measure, &binding) && bind_audience(evidence, reading, measure, &binding);
  if (!reading_filters(evidence, reading, measure->at, &binding.filters, &binding.filter_count))
    sound = false, measure->is_failed = true;
  if (reading->is_broken) measure->is_failed = true;
  if (!sound || measure->is_failed) return;
  uint32_t at = (uint32_t)reading->bindings.len;
  binding.any_place = !measure->place || reading->cell_of[COLUMN_TOUCHPOINT] == NO_CELL;
  if (binding.any_place) vec_push(&reading->everywhere, at);
  else add_place(evidence, reading, measure, at);
  vec_push(&reading->bindings, binding);
  measure->is_bound = true;
}

void bind_reading(Evidence *evidence, Reading *reading) {
  for (size_t i = 0; i < reading->wanted.len; i++) bind_measure(evidence, reading, reading->wanted.at[i]);
}
