#include "view/view.h"

#include "view/build.h"
#include "view/words.h"

/* ---- reading ---- */

const Value *build_value(const Build *build, Ref ref, unsigned slot) {
  return ref_ok(ref) ? unit_value(project_unit(build->project, ref), ref.at, slot) : NULL;
}

Str build_text(const Build *build, Ref ref, unsigned slot) {
  return ref_ok(ref) ? unit_text_of(project_unit(build->project, ref), build->arena, ref.at, slot) : STR("");
}

Ref build_child(const Build *build, Ref ref, Keyword keyword) {
  if (!ref_ok(ref)) return NO_REF;
  uint32_t at = unit_child(project_unit(build->project, ref), ref.at, keyword);
  return at == NONE ? NO_REF : (Ref){ref.unit, at};
}

Str build_title(const Build *build, Ref ref) {
  if (!ref_ok(ref)) return STR("");
  Item item = item_of(ref);
  return item_title(build->project, &item, build->arena);
}

Str build_titles(const Build *build, const Item *item, Keyword keyword) {
  Ref *refs;
  size_t count = item_refs(build->project, item, keyword, build->arena, &refs);
  Buf buf = {0};
  for (size_t i = 0; i < count; i++) {
    if (i) buf_add_c(&buf, ", ");
    buf_add(&buf, build_title(build, refs[i]));
  }
  return buf_take(&buf, build->arena);
}

bool build_colour(const Build *build, Ref team, uint32_t *colour) {
  return ref_ok(team) && item_colour(build->project, &(Item){.at = team}, colour);
}

const char *build_choice(const Build *build, Ref ref, unsigned slot) {
  if (!ref_ok(ref)) return NULL;
  const Value *value = build_value(build, ref, slot);
  Keyword keyword = (Keyword)project_statement(build->project, ref)->keyword;
  return value ? schema_row(keyword)->values[value->slot].choices[value->extra] : NULL;
}

/* ---- the head ---- */

static Str kind_words(const char *choice) {
  static const struct {
    const char *choice;
    Str words;
  } kinds[] = {{"current-state", STR("Current state")},        {"future-state", STR("Future state")},
               {"day-in-the-life", STR("Day in the life")},    {"service-blueprint", STR("Service blueprint")},
               {"client-journey", STR("Client journey")},      {"customer-journey", STR("Customer journey")},
               {"buyers-journey", STR("Buyer\u2019s journey")}};
  for (size_t i = 0; choice && i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp(kinds[i].choice, choice) == 0) return kinds[i].words;
  return STR("");
}

static void build_review(Build *build) {
  View *view = build->view;
  Ref reviewed = item_get(build->project, &build->journey->item, K_REVIEWED);
  const Value *date = build_value(build, reviewed, 0);
  if (!date) return;
  view->reviewed = words_date((int32_t)date->number, build->arena);
  const char *every = build_choice(build, build_child(build, reviewed, K_EVERY), 0);
  if (every) view->reviewed = arena_format(build->arena, STR_FMT ", due every %s", STR_ARG(view->reviewed), every);
  int32_t due;
  if (!journey_review_due(build->project, build->journey, &due) || due >= build->project->today) return;
  view->review_overdue = true;
  view->review_note =
      arena_format(build->arena, "Review overdue since " STR_FMT, STR_ARG(words_date(due, build->arena)));
}

/* "with 12 clients, by interview" */
Str build_validation(const Build *build, Ref validated) {
  Buf words = {0};
  Ref with = build_child(build, validated, K_VALIDATED_WITH), by = build_child(build, validated, K_VALIDATED_BY);
  const Value *clients = build_value(build, with, 0), *method = build_value(build, by, 0);
  const char *whom = build_choice(build, with, 1);
  if (clients) {
    buf_add_c(&words, " with ");
    buf_number(&words, clients->number, 0);
    buf_printf(&words, " %s", whom ? whom : "clients");
  }
  Ref means = method ? project_resolve(build->project, by, method) : NO_REF;
  if (ref_ok(means))
    buf_printf(&words, ", by " STR_FMT, STR_ARG(words_lower_first(build_title(build, means), build->arena)));
  return buf_take(&words, build->arena);
}

/* The latest one counts. */
static void build_validated(Build *build) {
  Item *all;
  size_t count = item_all(build->project, build->journey, &build->journey->item, K_VALIDATED, build->arena, &all);
  Ref last = NO_REF;
  double latest = 0;
  for (size_t i = 0; i < count; i++) {
    const Value *date = build_value(build, all[i].at, 0);
    if (date && (!ref_ok(last) || date->number >= latest)) last = all[i].at, latest = date->number;
  }
  if (!ref_ok(last)) return;
  build->view->validated =
      arena_format(build->arena, STR_FMT STR_FMT, STR_ARG(words_date((int32_t)latest, build->arena)),
                   STR_ARG(build_validation(build, last)));
}

static ViewList build_list(const Build *build, const Item *persona, Keyword keyword, Str label) {
  Item *all;
  size_t count = item_all(build->project, NULL, persona, keyword, build->arena, &all);
  Str *lines = ARENA_ARRAY(build->arena, Str, count);
  for (size_t i = 0; i < count; i++) lines[i] = build_text(build, all[i].at, keyword == K_PERSONA_NEED);
  return (ViewList){label, lines, (uint32_t)count};
}

static void segment_fact(const Build *build, const Item *segment, Keyword keyword, const char *format, Buf *to) {
  Ref ref = item_get(build->project, segment, keyword);
  const Value *value = build_value(build, ref, 0);
  if (!value) return;
  const Unit *unit = project_unit(build->project, ref);
  Str words = value->type == V_TEXT     ? words_lower_first(unit_text(unit, build->arena, value), build->arena)
              : value->type == V_CHOICE ? str_of(build_choice(build, ref, 0))
                                        : words_quantity(unit, value, build->arena);
  if (words.len == 0) return;
  if (to->len) buf_add_c(to, ", ");
  buf_printf(to, format, STR_ARG(words));
}

/* "22% of clients, 48% of revenue, over 500 people, €40k a year each, strategic. An owner hands over" */
static Str build_segment(const Build *build, Ref ref) {
  if (!ref_ok(ref)) return STR("");
  Item item = item_of(ref);
  Buf words = {0};
  segment_fact(build, &item, K_SEGMENT_CLIENTS, STR_FMT " of clients", &words);
  segment_fact(build, &item, K_SEGMENT_REVENUE, STR_FMT " of revenue", &words);
  segment_fact(build, &item, K_SIZE, STR_FMT, &words);
  segment_fact(build, &item, K_WORTH, STR_FMT " a year each", &words);
  segment_fact(build, &item, K_RELATIONSHIP, STR_FMT, &words);
  Str channels = build_titles(build, &item, K_VIA);
  if (channels.len) buf_printf(&words, "%svia " STR_FMT, words.len ? ", " : "", STR_ARG(channels));
  Str about = item_text(build->project, &item, K_ABOUT, 0, build->arena);
  if (about.len) buf_printf(&words, "%s" STR_FMT, words.len ? ". " : "", STR_ARG(about));
  return buf_take(&words, build->arena);
}

static void build_persona(Build *build) {
  Ref ref = item_ref(build->project, &build->journey->item, K_PERSONA_OF);
  if (!ref_ok(ref)) return;
  static const struct {
    Keyword keyword;
    Str label;
  } lists[] = {{K_PERSONA_GOAL, STR("Goals")},     {K_PERSONA_NEED, STR("Needs")},
               {K_MOTIVATION, STR("Motivations")}, {K_BEHAVIOUR, STR("Behaviours")},
               {K_PREFERENCE, STR("Preferences")}, {K_FRUSTRATION, STR("Frustrations")}};
  const size_t most = sizeof lists / sizeof *lists;
  const Project *p = build->project;
  Item item = item_of(ref);
  ViewPersona *persona = &build->view->persona;
  persona->present = true;
  persona->name = item_title(p, &item, build->arena);
  persona->role = item_text(p, &item, K_ROLE, 0, build->arena);
  persona->demographics = item_text(p, &item, K_DEMOGRAPHICS, 0, build->arena);
  persona->quote = item_text(p, &item, K_QUOTE, 0, build->arena);
  persona->about = item_text(p, &item, K_ABOUT, 0, build->arena);
  persona->segment = build_title(build, item_ref(p, &item, K_SEGMENT_OF));
  persona->segment_facts = build_segment(build, item_ref(p, &item, K_SEGMENT_OF));
  persona->sources = build_sources(build, NO_REF, &item).numbers;
  ViewList *found = ARENA_ARRAY(build->arena, ViewList, most);
  for (size_t i = 0; i < most; i++) {
    ViewList list = build_list(build, &item, lists[i].keyword, lists[i].label);
    if (list.count) found[persona->list_count++] = list;
  }
  persona->lists = found;
}

static void build_head(Build *build) {
  const Project *p = build->project;
  const Item *item = &build->journey->item;
  View *view = build->view;
  view->id = unit_id(project_unit(p, build->journey->at), build->journey->at.at);
  view->title = item_title(p, item, build->arena);
  const char *kind = item_choice(p, item, K_TYPE, 0);
  view->kind = kind_words(kind);
  if (kind && strcmp(kind, "service-blueprint") == 0) view->shape = SHAPE_BLUEPRINT;
  if (kind && strcmp(kind, "day-in-the-life") == 0) view->shape = SHAPE_DAY;
  view->doc = unit_doc(project_unit(p, build->journey->at), build->arena, build->journey->at.at);
  view->scenario = item_text(p, item, K_SCENARIO, 0, build->arena);
  view->objective = item_text(p, item, K_OBJECTIVE, 0, build->arena);
  view->owner = build_title(build, item_ref(p, item, K_OWNER));
  view->mapped_by = build_titles(build, item, K_MAPPED_BY);
  view->covers = kind_words(item_choice(p, item, K_COVERS, 0));
  view->audience = build_titles(build, item, K_FOR);
  view->vocabulary = build_title(build, item_ref(p, item, K_VOCABULARY_OF));
  if (build->journey->base) view->base_title = item_title(p, &build->journey->base->item, build->arena);
  view->scale_min = emotion_on_scale(build->journey, -1, build->arena);
  view->scale_middle = emotion_on_scale(build->journey, 0, build->arena);
  view->scale_max = emotion_on_scale(build->journey, 1, build->arena);
  build_review(build);
  build_validated(build);
  build_persona(build);
  view->measure_count = build_measures(build, item, &view->measures);
}

/* ---- stages and steps ---- */

static bool same_words(Str a, Str b) {
  if (a.len != b.len) return false;
  for (size_t i = 0; i < a.len; i++) {
    char x = a.at[i], y = b.at[i];
    if (x >= 'A' && x <= 'Z') x |= 32;
    if (y >= 'A' && y <= 'Z') y |= 32;
    if (x != y) return false;
  }
  return true;
}

/* What `as` names, where the stage is not called so. */
static Str usual_name(const Build *build, const Item *stage) {
  Str usual = build_title(build, item_ref(build->project, stage, K_AS));
  return same_words(usual, item_title(build->project, stage, build->arena)) ? STR("") : usual;
}

static void build_stages(Build *build) {
  const Journey *journey = build->journey;
  ViewStage *stages = ARENA_ARRAY(build->arena, ViewStage, journey->stage_count);
  for (uint32_t i = 0; i < journey->stage_count; i++) {
    const Stage *stage = &journey->stages[i];
    Ref owner = item_ref(build->project, &stage->item, K_OWNER);
    stages[i] = (ViewStage){.id = item_id(build->project, &stage->item),
                            .title = item_title(build->project, &stage->item, build->arena),
                            .goal = item_text(build->project, &stage->item, K_GOAL, 0, build->arena),
                            .objective = item_text(build->project, &stage->item, K_OBJECTIVE, 0, build->arena),
                            .owner = build_title(build, owner),
                            .usual = usual_name(build, &stage->item),
                            .first_step = stage->first_step,
                            .step_count = stage->step_count,
                            .at = stage->item.at};
    stages[i].measure_count = build_measures(build, &stage->item, &stages[i].measures);
    stages[i].has_owner_colour = build_colour(build, owner, &stages[i].owner_colour);
  }
  build->view->stages = stages;
  build->view->stage_count = journey->stage_count;
}

static void build_emotion(const Build *build, const Step *step, ViewStep *to) {
  ViewFeeling feeling = {0};
  build_feeling(build, item_get(build->project, &step->item, K_FEELS), &step->item, &feeling);
  to->has_emotion = feeling.has_emotion;
  to->emotion = feeling.emotion;
  to->emotion_label = feeling.label;
  to->emotion_text = feeling.text;
  to->emotion_source = feeling.source;
  to->emotion_sources = feeling.sources;
}

static void build_serves(const Build *build, const Step *step, ViewStep *to) {
  static const Str goal = STR("goal"), partly = STR("partly");
  Ref serves = item_get(build->project, &step->item, K_SERVES);
  Str how = str_of(build_choice(build, serves, 0));
  to->serves = how.len == 0 || str_is(how, goal) ? 0 : str_is(how, partly) ? 1 : 2;
  to->serves_text = build_text(build, serves, 1);
}

static ViewStep build_step(const Build *build, const Step *step) {
  Ref moment = item_get(build->project, &step->item, K_MOMENT);
  ViewStep view = {.id = item_id(build->project, &step->item),
                   .title = item_title(build->project, &step->item, build->arena),
                   .moment_of_truth = ref_ok(moment),
                   .moment_text = build_text(build, moment, 0),
                   .number = step->number + 1,
                   .state = step->state,
                   .at = step->item.at};
  build_emotion(build, step, &view);
  build_serves(build, step, &view);
  double minutes;
  if (item_number(build->project, &step->item, K_AT, 0, &minutes))
    view.clock = arena_format(build->arena, "%02d:%02d", (int)minutes / 60, (int)minutes % 60);
  return view;
}

static void mark_extremes(ViewStep *steps, uint32_t count) {
  ViewStep *lowest = NULL, *highest = NULL;
  for (uint32_t i = 0; i < count; i++) {
    if (!steps[i].has_emotion) continue;
    if (!lowest || steps[i].emotion < lowest->emotion) lowest = &steps[i];
    if (!highest || steps[i].emotion > highest->emotion) highest = &steps[i];
  }
  if (!lowest || lowest->emotion >= highest->emotion) return;
  lowest->lowest = true;
  highest->highest = true;
}

static void build_mean(const Build *build, const ViewStep *steps, uint32_t count) {
  uint32_t felt = 0;
  double sum = 0;
  for (uint32_t i = 0; i < count; i++)
    if (steps[i].has_emotion) sum += steps[i].emotion, felt++;
  if (felt == 0) return;
  build->view->has_mean = true;
  build->view->mean_emotion = sum / felt;
  build->view->mean_label = emotion_on_scale(build->journey, sum / felt, build->arena);
}

static int compare_ids(const void *a, const void *b) {
  const ViewStep *x = *(ViewStep *const *)a, *y = *(ViewStep *const *)b;
  int order = str_compare(x->id, y->id);
  return order ? order : x < y ? -1 : x > y;
}

static void build_anchors(const Build *build, ViewStep *steps) {
  const Journey *journey = build->journey;
  ViewStep **sorted = ARENA_ARRAY(build->arena, ViewStep *, journey->step_count);
  for (uint32_t i = 0; i < journey->step_count; i++) sorted[i] = &steps[i], steps[i].anchor = steps[i].id;
  if (journey->step_count) qsort(sorted, journey->step_count, sizeof *sorted, compare_ids);
  for (uint32_t i = 1; i < journey->step_count; i++) {
    if (!str_is(sorted[i]->id, sorted[i - 1]->id)) continue;
    const Stage *stage = &journey->stages[journey->steps[sorted[i] - steps].stage];
    sorted[i]->anchor = arena_format(build->arena, STR_FMT "." STR_FMT, STR_ARG(item_id(build->project, &stage->item)),
                                     STR_ARG(sorted[i]->id));
  }
}

const View *view_new(const Project *project, const Journey *journey, const Figures *figures, Arena *arena) {
  View *view = ARENA_NEW(arena, View);
  Refs sources = {0};
  Build build = {
      .project = project, .journey = journey, .arena = arena, .view = view, .figures = figures, .sources = &sources};
  build.source_number = ARENA_ARRAY(arena, uint32_t *, project->unit_count);
  build_head(&build);
  build_stages(&build);
  ViewStep *steps = ARENA_ARRAY(arena, ViewStep, journey->step_count);
  for (uint32_t i = 0; i < journey->step_count; i++) steps[i] = build_step(&build, &journey->steps[i]);
  build_anchors(&build, steps);
  mark_extremes(steps, journey->step_count);
  if (view->shape == SHAPE_DAY) build_day(&build, steps);
  build_mean(&build, steps, journey->step_count);
  view->steps = steps;
  view->step_count = journey->step_count;
  build_actors(&build);
  build_flows(&build);
  build_lanes(&build);
  view->plan = plan_new(project, &journey, 1, (PlanOptions){0}, arena);
  build_sections(&build);
  vec_free(&sources);
  return view;
}

const View *view_drawn(const Project *project, const Journey *journey, const Figures *figures, Arena *arena) {
  const View *view = view_new(project, journey, figures, arena);
  return journey->base ? view_compare(view, view_new(project, journey->base, figures, arena), NULL, arena) : view;
}
