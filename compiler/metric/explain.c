#include "metric/explain.h"

#include "base/nearest.h"
#include "metric/measure.h"
#include "metric/runner.h"
#include "script/files.h"

/* ---- names ---- */

const Metric *explain_find(const Project *p, const Journey *journey, Str id, Arena *arena, Str *nearest) {
  MetricList list = journey ? metrics_visible(p, journey->at.unit, arena) : metrics_all(p, arena);
  const Metric *metric = metric_named(list, id);
  Nearest search = nearest_to(id);
  for (uint32_t i = 0; i < list.count; i++) nearest_offer(&search, list.at[i].id);
  *nearest = search.best;
  return metric;
}

Str place_words(const Project *p, const Journey *journey, Place place, Arena *arena) {
  static const char *const kinds[] = {"", "the stage ", "the step ", "", "the persona ", "the team "};
  if (place.kind == PLACE_PROJECT) return STR("the whole project");
  Item item = place.kind >= PLACE_PERSONA ? item_of(place.at) : *place_item(journey, place);
  Str title = item_title(p, &item, arena);
  return arena_format(arena, "%s\u201c" STR_FMT "\u201d", kinds[place.kind], STR_ARG(title));
}

static bool is_named(const Project *p, const Item *item, Str words, Arena *arena) {
  return str_is(item_id(p, item), words) || str_is(item_title(p, item, arena), words);
}

typedef VEC(ExplainPlace) PlaceList;

static void find_steps(const Project *p, const Journey *journey, Str words, Arena *arena, PlaceList *list) {
  Str rest = words, stage = str_cut(&rest, '.');
  for (uint32_t s = 0; s < journey->step_count; s++) {
    const Step *step = &journey->steps[s];
    bool inside = rest.len && is_named(p, &journey->stages[step->stage].item, stage, arena) &&
                  is_named(p, &step->item, rest, arena);
    if (inside || is_named(p, &step->item, words, arena))
      vec_push(list, (ExplainPlace){journey, {.kind = PLACE_STEP, .index = s}});
  }
}

static void find_in_journey(const Project *p, const Journey *journey, Str words, Arena *arena, PlaceList *list) {
  Item own = item_of(journey->at);
  if (is_named(p, &own, words, arena)) vec_push(list, (ExplainPlace){journey, {.kind = PLACE_JOURNEY}});
  for (uint32_t s = 0; s < journey->stage_count; s++)
    if (is_named(p, &journey->stages[s].item, words, arena))
      vec_push(list, (ExplainPlace){journey, {.kind = PLACE_STAGE, .index = s}});
  find_steps(p, journey, words, arena, list);
}

static void find_parts(const Project *p, Str words, Arena *arena, PlaceList *list) {
  if (str_is_c(words, "project")) vec_push(list, (ExplainPlace){NULL, {.kind = PLACE_PROJECT}});
  for (uint32_t u = 0; u < p->unit_count; u++)
    for (uint32_t at = 0; project_is_own(p, u) && at < p->units[u]->statement_count;
         at = p->units[u]->statements[at].after) {
      Keyword keyword = (Keyword)p->units[u]->statements[at].keyword;
      Item item = item_of((Ref){u, at});
      if ((keyword != K_PERSONA && keyword != K_TEAM) || !is_named(p, &item, words, arena)) continue;
      Place place = {.kind = keyword == K_TEAM ? PLACE_TEAM : PLACE_PERSONA, .at = item.at};
      vec_push(list, (ExplainPlace){NULL, place});
    }
}

size_t places_named(const Project *p, const Journey *const *journeys, uint32_t count, Str words, Arena *arena,
                    ExplainPlace **places) {
  PlaceList list = {0};
  for (uint32_t j = 0; j < count; j++) find_in_journey(p, journeys[j], words, arena, &list);
  find_parts(p, words, arena, &list);
  size_t found = list.len;
  *places = ARENA_ARRAY(arena, ExplainPlace, found);
  if (found) memcpy(*places, list.at, found * sizeof **places);
  vec_free(&list);
  return found;
}

/* ---- what stands behind a number ---- */

Str explain_comment(Str text, Arena *arena) {
  Buf about = {0};
  while (text.len) {
    Str line = str_cut_line(&text);
    if (!str_starts(line, STR("--"))) break;
    if (str_starts(line, STR("---@"))) continue;
    line = str_slice(line, str_starts(line, STR("-- ")) ? 3 : 2, line.len);
    buf_add(&about, line);
    buf_add_byte(&about, '\n');
  }
  return str_trim(buf_take(&about, arena));
}

static void read_lua(const Project *p, Explanation *to, Arena *arena) {
  LuaFile file = {0};
  Str why;
  bool is_counted = to->value.state == METRIC_COUNTED && !lua_names_file(p, to->metric.at);
  if (is_counted) lua_library_file("metrics/answers.lua", &file);
  else if (!lua_names_file(p, to->metric.at) || !lua_file_of(p, to->metric.at, arena, &file, &why)) return;
  to->file = file.path;
  to->about = explain_comment(file.text, arena);
}

static Ref setting_statement(const Project *p, Ref metric, Str name, Arena *arena) {
  const Unit *unit = project_unit(p, metric);
  if (unit->statements[metric.at].keyword != K_METRIC) return NO_REF;
  for (uint32_t at = unit_first_child(unit, metric.at); at != NONE; at = unit_next_sibling(unit, at))
    if (unit->statements[at].keyword == K_SET && str_is(unit_text_of(unit, arena, at, 0), name))
      return (Ref){metric.unit, at};
  return NO_REF;
}

static void read_settings(const Project *p, const ComputeFile *file, Explanation *to, Arena *arena) {
  if (!file) return;
  ExplainedSetting *settings = ARENA_ARRAY(arena, ExplainedSetting, file->setting_count);
  for (uint32_t i = 0; i < file->setting_count; i++) {
    const ComputeSetting *usual = &file->settings[i];
    Ref set = setting_statement(p, to->metric.at, usual->name, arena);
    const Value *value = ref_ok(set) ? unit_value(project_unit(p, set), set.at, 1) : NULL;
    settings[i] = (ExplainedSetting){usual->name, value ? value->number : usual->value, usual->value, set};
  }
  to->settings = settings;
  to->setting_count = file->setting_count;
}

static void read_evidence(const Project *p, const Evidence *evidence, Explanation *to, Arena *arena) {
  Ref measure = to->value.measure, *refs;
  if (!ref_ok(measure)) return;
  const Item *step = to->journey && to->place.kind == PLACE_STEP ? place_item(to->journey, to->place) : NULL;
  size_t count = claim_evidence(p, step, measure, arena, &refs);
  ExplainedEvidence *list = ARENA_ARRAY(arena, ExplainedEvidence, count);
  for (size_t i = 0; i < count; i++) {
    Item item = item_of(refs[i]);
    list[i] = (ExplainedEvidence){.evidence = refs[i], .title = item_title(p, &item, arena)};
    list[i].file = evidence ? evidence_file(evidence, refs[i]) : NULL;
    list[i].answers =
        evidence && to->value.state == METRIC_COUNTED && i == 0 ? evidence_answers(evidence, measure) : NULL;
  }
  to->evidence = list;
  to->evidence_count = (uint32_t)count;
}

const Explanation *explain_metric(const Project *p, const Evidence *evidence, Str id, const ExplainPlace *places,
                                  size_t count, Arena *arena) {
  Metrics *metrics = metrics_open(p, evidence, arena);
  metrics_keep_reasons(metrics);
  Explanation *all = ARENA_ARRAY(arena, Explanation, count);
  size_t *asked = ARENA_ARRAY(arena, size_t, count);
  for (size_t i = 0; i < count; i++) {
    Str nearest;
    const Metric *metric = explain_find(p, places[i].journey, id, arena, &nearest);
    asked[i] = metrics_ask(metrics, places[i].journey, metric, places[i].place);
  }
  metrics_compute(metrics);
  for (size_t i = 0; i < count; i++) {
    Explanation *one = &all[i];
    *one = (Explanation){.metric = *metrics_metric(metrics, asked[i]),
                         .journey = places[i].journey,
                         .place = places[i].place,
                         .value = *metrics_value(metrics, asked[i])};
    read_lua(p, one, arena);
    read_settings(p, metrics_file(metrics, asked[i]), one, arena);
    read_evidence(p, evidence, one, arena);
  }
  metrics_close(metrics);
  return all;
}
