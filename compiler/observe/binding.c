#include "observe/binding.h"

/* ---- activities of steps ---- */

/* Lower case ASCII, without what names are written apart with. */
static Str plain_name(Str name, Arena *arena) {
  char *to = ARENA_ARRAY(arena, char, name.len + 1);
  size_t len = 0;
  for (size_t i = 0; i < name.len; i++) {
    char c = name.at[i];
    if (c == ' ' || c == '-' || c == '_' || c == '.') continue;
    to[len++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
  }
  return (Str){to, len};
}

static uint32_t find_activity(const EventLog *log, Str name) {
  uint32_t low = 0, high = log->activity_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (str_compare(log->activities[middle], name) < 0) low = middle + 1;
    else high = middle;
  }
  return low < log->activity_count && str_is(log->activities[low], name) ? low : NONE;
}

typedef struct {
  uint32_t activity, step;
} Pair;

typedef struct {
  const Project *p;
  const Journey *journey;
  const EventLog *log;
  Arena *arena;
  Str *plain; /* of each activity */
  VEC(Pair) pairs;
} Pairing;

static StepSeen pair_step(Pairing *pairing, uint32_t number) {
  const Item *item = &pairing->journey->steps[number].item;
  Item *said;
  size_t count = item_all(pairing->p, pairing->journey, item, K_OBSERVED_AS, pairing->arena, &said);
  size_t before = pairing->pairs.len;
  for (size_t i = 0; i < count; i++) {
    Str name = unit_text_of(project_unit(pairing->p, said[i].at), pairing->arena, said[i].at.at, 0);
    uint32_t activity = find_activity(pairing->log, name);
    if (activity != NONE) vec_push(&pairing->pairs, (Pair){activity, number});
  }
  if (count > 0) return pairing->pairs.len > before ? STEP_SEEN : STEP_UNKNOWN;
  Str id = plain_name(item_id(pairing->p, item), pairing->arena);
  Str title = plain_name(item_title(pairing->p, item, pairing->arena), pairing->arena);
  for (uint32_t a = 0; a < pairing->log->activity_count; a++)
    if (str_is(pairing->plain[a], id) || str_is(pairing->plain[a], title)) vec_push(&pairing->pairs, (Pair){a, number});
  return pairing->pairs.len > before ? STEP_SEEN : STEP_UNSEEN;
}

static int compare_pairs(const void *a, const void *b) {
  const Pair *x = a, *y = b;
  if (x->activity != y->activity) return x->activity < y->activity ? -1 : 1;
  return x->step < y->step ? -1 : x->step > y->step;
}

static void number_nodes(Binding *binding, const uint8_t *seen, Arena *arena) {
  uint32_t count = binding->journey->step_count;
  uint32_t *step_of = ARENA_ARRAY(arena, uint32_t, count + 1), *node_of = ARENA_ARRAY(arena, uint32_t, count + 1);
  for (uint32_t i = 0; i < count; i++) {
    node_of[i] = seen[i] == STEP_SEEN ? binding->node_count : NONE;
    if (seen[i] == STEP_SEEN) step_of[binding->node_count++] = i;
  }
  binding->step_of = step_of;
  binding->node_of = node_of;
  binding->start = binding->node_count;
  binding->end = binding->node_count + 1;
}

static void list_nodes(Binding *binding, Pairing *pairing) {
  uint32_t activities = binding->log->activity_count;
  uint32_t *first = ARENA_ARRAY(pairing->arena, uint32_t, activities + 2);
  uint32_t *nodes = ARENA_ARRAY(pairing->arena, uint32_t, pairing->pairs.len + 1), count = 0;
  if (pairing->pairs.len > 0) qsort(pairing->pairs.at, pairing->pairs.len, sizeof *pairing->pairs.at, compare_pairs);
  size_t at = 0;
  for (uint32_t a = 0; a < activities; a++) {
    first[a] = count;
    for (; at < pairing->pairs.len && pairing->pairs.at[at].activity == a; at++) {
      uint32_t node = binding->node_of[pairing->pairs.at[at].step];
      bool again = count > first[a] && nodes[count - 1] == node;
      if (!again) nodes[count++] = node;
    }
  }
  first[activities] = count;
  binding->first = first;
  binding->nodes = nodes;
}

static void pair_steps(Binding *binding, Arena *arena) {
  const EventLog *log = binding->log;
  Pairing pairing = {binding->project, binding->journey, log, arena, NULL, {0}};
  uint8_t *seen = ARENA_ARRAY(arena, uint8_t, binding->journey->step_count + 1);
  uint32_t seen_count = 0;
  pairing.plain = ARENA_ARRAY(arena, Str, log->activity_count + 1);
  for (uint32_t a = 0; a < log->activity_count; a++) pairing.plain[a] = plain_name(log->activities[a], arena);
  for (uint32_t i = 0; i < binding->journey->step_count; i++) {
    seen[i] = (uint8_t)(seen_count < OBSERVED_STEPS ? pair_step(&pairing, i) : STEP_UNSEEN);
    seen_count += seen[i] == STEP_SEEN;
  }
  binding->seen = seen;
  number_nodes(binding, seen, arena);
  list_nodes(binding, &pairing);
  vec_free(&pairing.pairs);
}

static void pair_stages(Binding *binding, Arena *arena) {
  uint32_t *stage_of = ARENA_ARRAY(arena, uint32_t, binding->log->activity_count + 1);
  for (uint32_t a = 0; a < binding->log->activity_count; a++) stage_of[a] = NONE;
  for (uint32_t s = 0; s < binding->journey->stage_count; s++) {
    Item *said;
    size_t count =
        item_all(binding->project, binding->journey, &binding->journey->stages[s].item, K_OBSERVED_AS, arena, &said);
    for (size_t i = 0; i < count; i++) {
      Str name = unit_text_of(project_unit(binding->project, said[i].at), arena, said[i].at.at, 0);
      uint32_t activity = find_activity(binding->log, name);
      if (activity != NONE && stage_of[activity] == NONE) stage_of[activity] = s;
    }
  }
  binding->stage_of = stage_of;
}

/* ---- moves that are drawn ---- */

typedef struct {
  Binding *binding;
  bool *drawn, *completes;
  bool *walked; /* of each step: already walked through unseen, from this node */
} Drawing;

static void draw_from(const Drawing *drawing, uint32_t node, uint32_t step);

static void draw_to(const Drawing *drawing, uint32_t node, uint32_t to) {
  const Binding *binding = drawing->binding;
  bool ends = to == OUTSIDE || to == COMPLETE || to >= binding->journey->step_count;
  uint32_t aim = ends ? binding->end : binding->node_of[to];
  if (aim != NONE) drawing->drawn[node * (binding->node_count + 2) + aim] = true;
  else if (binding->seen[to] == STEP_UNSEEN && !drawing->walked[to]) {
    drawing->walked[to] = true;
    draw_from(drawing, node, to);
  }
}

/* All that the arrows of a step (or OUTSIDE) lead to, for the node from which it is reached unseen. */
static void draw_from(const Drawing *drawing, uint32_t node, uint32_t step) {
  const Binding *binding = drawing->binding;
  bool last = step + 1 == binding->journey->step_count;
  for (uint32_t set = 0; set <= binding->graph.titled_count; set++) {
    GraphArrows arrows = graph_arrows(&binding->graph, step, set);
    for (uint32_t i = 0; i < arrows.count; i++) {
      draw_to(drawing, node, arrows.at[i].to);
      if (node < binding->node_count && arrows.at[i].to == COMPLETE) drawing->completes[node] = true;
    }
    if (arrows.count == 0 && (set == 0 ? binding->graph.untitled || binding->graph.titled_count == 0 : true))
      draw_to(drawing, node, step == OUTSIDE ? 0 : step + 1);
  }
  if (last && node < binding->node_count) {
    drawing->completes[node] = true;
    draw_to(drawing, node, COMPLETE);
  }
}

static void draw_moves(Binding *binding, Arena *arena) {
  uint32_t size = binding->node_count + 2, steps = binding->journey->step_count;
  Drawing drawing = {binding, ARENA_ARRAY(arena, bool, (size_t)size *size),
                     ARENA_ARRAY(arena, bool, binding->node_count + 1), ARENA_ARRAY(arena, bool, steps + 1)};
  binding->graph = graph_read(binding->project, binding->journey, arena);
  for (uint32_t node = 0; node <= binding->start; node++) {
    memset(drawing.walked, 0, steps);
    draw_from(&drawing, node, node == binding->start ? OUTSIDE : binding->step_of[node]);
  }
  binding->drawn = drawing.drawn;
  binding->completes = drawing.completes;
}

Binding *bind_journey(const Project *p, const Journey *journey, const EventLog *log, Arena *arena) {
  Binding *binding = ARENA_NEW(arena, Binding);
  binding->project = p;
  binding->journey = journey;
  binding->log = log;
  pair_steps(binding, arena);
  pair_stages(binding, arena);
  draw_moves(binding, arena);
  return binding;
}

Str node_title(const Binding *binding, uint32_t node, Arena *arena) {
  if (node >= binding->start) return node == binding->start ? STR("the start") : STR("the end");
  return item_title(binding->project, &binding->journey->steps[binding->step_of[node]].item, arena);
}

uint32_t step_named(const Project *p, const Journey *journey, Str words, Arena *arena) {
  for (uint32_t i = 0; i < journey->step_count; i++) {
    const Step *step = &journey->steps[i];
    Str id = item_id(p, &step->item), stage = item_id(p, &journey->stages[step->stage].item);
    Str full = arena_format(arena, STR_FMT "." STR_FMT, STR_ARG(stage), STR_ARG(id));
    if (str_is(words, id) || str_is(words, full) || str_is(words, item_title(p, &step->item, arena))) return i;
  }
  return NONE;
}

/* ---- which log ---- */

typedef struct {
  const Project *p;
  Refs found;
} Finding;

static void found_evidence(void *context, Ref ref) {
  Finding *finding = context;
  if (is_event_log(finding->p, ref)) vec_push(&finding->found, ref);
}

size_t visible_logs(const Project *p, const Journey *journey, Arena *arena, Ref **logs) {
  Finding finding = {p, {0}};
  project_visible(p, journey->at.unit, K_EVIDENCE, found_evidence, &finding);
  *logs = ARENA_ARRAY(arena, Ref, finding.found.len + 1);
  size_t count = finding.found.len;
  if (count > 0) memcpy(*logs, finding.found.at, count * sizeof(Ref));
  vec_free(&finding.found);
  return count;
}

static bool has_observed_as(const Project *p, const Journey *journey) {
  Arena *arena = arena_new();
  bool has = false;
  for (uint32_t i = 0; i < journey->step_count && !has; i++)
    has = ref_ok(item_get(p, &journey->steps[i].item, K_OBSERVED_AS));
  for (uint32_t i = 0; i < journey->stage_count && !has; i++)
    has = ref_ok(item_get(p, &journey->stages[i].item, K_OBSERVED_AS));
  arena_free(arena);
  return has;
}

/* Whether a `from` of the journey's paths names it. */
static bool paths_name(const Project *p, const Journey *journey, Ref log, Arena *arena) {
  Item *paths;
  size_t count = item_all(p, journey, &journey->item, K_PATH_, arena, &paths);
  for (size_t i = 0; i < count; i++) {
    Ref *refs;
    size_t named = claim_evidence(p, NULL, paths[i].at, arena, &refs);
    for (size_t k = 0; k < named; k++)
      if (ref_is(refs[k], log)) return true;
  }
  return false;
}

/* Whether anything within the journey's own block names it in a `from`. */
static bool journey_names(const Project *p, const Journey *journey, Ref log) {
  const Unit *unit = project_unit(p, journey->at);
  for (uint32_t at = journey->at.at; at < unit->statements[journey->at.at].after; at++) {
    if (unit->statements[at].keyword != K_FROM) continue;
    const Statement *from = &unit->statements[at];
    for (uint32_t v = 0; v < from->value_count; v++)
      if (ref_is(project_resolve(p, (Ref){journey->at.unit, at}, &unit->values[from->first_value + v]), log))
        return true;
  }
  return false;
}

/* How it should be is not how it was: only what it says itself binds it. */
static bool is_future(const Project *p, const Journey *journey) {
  const char *type = item_choice(p, &journey->item, K_TYPE, 0);
  return type && strcmp(type, "future-state") == 0;
}

Ref journey_log(const Project *p, const Journey *journey, bool *several) {
  Arena *arena = arena_new();
  Ref *logs, found = NO_REF;
  size_t count = visible_logs(p, journey, arena, &logs), named = 0;
  bool in_paths = false, future = is_future(p, journey);
  for (size_t i = 0; i < count; i++) {
    bool in_path = !future && paths_name(p, journey, logs[i], arena);
    if (!in_path && (in_paths || !journey_names(p, journey, logs[i]))) continue;
    named = in_path && !in_paths ? 1 : named + 1;
    in_paths |= in_path;
    found = logs[i];
  }
  if (named == 0 && count == 1 && !future && has_observed_as(p, journey)) found = logs[0], named = 1;
  if (several) *several = named > 1 || (named == 0 && count > 1);
  arena_free(arena);
  return named == 1 ? found : NO_REF;
}
