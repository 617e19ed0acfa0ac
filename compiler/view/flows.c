/* The paths of a view: what is drawn of them, and what the lane of each step says. */
#include "view/build.h"
#include "view/flow_words.h"

/* The numbers of what the shares of a set stand on: those of its path, or of the first path without a title. */
static Str flow_sources(const Build *build, uint32_t flow) {
  const Graph *graph = &build->flows.graph;
  uint32_t set = graph->untitled || graph->titled_count == 0 ? flow : flow + 1;
  if (set > 0) return build_sources(build, graph->titled[set - 1], NULL).numbers;
  Item *paths;
  size_t count = item_all(build->project, build->journey, &build->journey->item, K_PATH_, build->arena, &paths);
  for (size_t i = 0; i < count; i++) {
    Str numbers = build_sources(build, paths[i].at, NULL).numbers;
    if (numbers.len && build_text(build, paths[i].at, 0).len == 0) return numbers;
  }
  return STR("");
}

void build_flows(Build *build) {
  View *view = build->view;
  build->flows = flows_of(build->project, build->journey, build->arena);
  if (build->flows.graph.arrow_count == 0) return;
  const Journey *base = build->journey->base;
  Flows before = {0};
  if (base) before = flows_of(build->project, base, build->arena);
  ViewFlow *made = ARENA_ARRAY(build->arena, ViewFlow, build->flows.count);
  for (uint32_t i = 0; i < build->flows.count; i++) {
    const Flow *flow = &build->flows.at[i];
    made[i] = (ViewFlow){.title = flow_title(build->project, flow, build->arena),
                         .summary = flow_summary(&flow->result, build->arena),
                         .sources = flow_sources(build, i),
                         .flow = flow,
                         .stages = view->stages,
                         .stage_count = view->stage_count,
                         .steps = view->steps,
                         .step_count = view->step_count};
    const Flow *alike = base ? flow_alike(build->project, &build->flows, i, &before) : NULL;
    if (alike)
      made[i].against = flow_against(&flow->result, &alike->result,
                                     item_title(build->project, &base->item, build->arena), build->arena);
  }
  view->flows = made;
  view->flow_count = build->flows.count;
}

static Str share_words(const Build *build, double share) {
  if (share > 0.9995) return STR("all");
  return arena_format(build->arena, STR_FMT "%%", STR_ARG(flow_hundred(share, build->arena)));
}

/* On which condition they go there: what the arrows to a step (or OUTSIDE, or COMPLETE) say; empty where they say
 * nothing. */
static Str when_of(const Build *build, GraphArrows arrows, uint32_t aim) {
  Buf out = {0};
  for (uint32_t i = 0; i < arrows.count; i++) {
    Ref when = arrows.at[i].to == aim ? build_child(build, arrows.at[i].at, K_WHEN) : NO_REF;
    Str text = build_text(build, when, 0);
    if (text.len) buf_printf(&out, "%s" STR_FMT, out.len ? "; " : "", STR_ARG(text));
  }
  return buf_take(&out, build->arena);
}

typedef struct {
  const Build *build;
  const Flow *flow;
  GraphArrows arrows;
  Str set; /* the title of the path, where there are several */
  BuildEntries *to;
} Saying;

/* "60% to Demo", "all leave"; `key` stays the same where a step gets another title. */
static void say(const Saying *saying, double share, Str where, Str key, Str when) {
  Arena *arena = saying->build->arena;
  Str part = share_words(saying->build, share);
  Str words = arena_format(arena, STR_FMT " " STR_FMT, STR_ARG(part), STR_ARG(where));
  if (share <= 0) return;
  if (saying->set.len) words = arena_format(arena, STR_FMT ": " STR_FMT, STR_ARG(saying->set), STR_ARG(words));
  vec_push(saying->to, (Entry){.kind = ENTRY_TEXT,
                               .at = saying->arrows.at[0].at,
                               .text = words,
                               .name = key,
                               .value = part,
                               .label = STR(""),
                               .details = when});
}

static void say_all(const Saying *saying, uint32_t step) {
  const Build *build = saying->build;
  const Crossing *crossing = &saying->flow->chain.steps[step];
  for (uint32_t i = 0; i < crossing->count; i++) {
    uint32_t aim = crossing->ways[i].to;
    Str title = item_title(build->project, &build->journey->steps[aim].item, build->arena);
    say(saying, crossing->ways[i].share,
        arena_format(build->arena, "%s " STR_FMT, aim <= step ? "back to" : "to", STR_ARG(title)),
        item_id(build->project, &build->journey->steps[aim].item), when_of(build, saying->arrows, aim));
  }
  say(saying, crossing->completes, STR("complete"), STR("complete"), when_of(build, saying->arrows, COMPLETE));
  say(saying, crossing->leaves, STR("leave"), STR("leave"), when_of(build, saying->arrows, OUTSIDE));
  say(saying, crossing->unaccounted, STR("not accounted for"), STR("not accounted for"), STR(""));
}

void build_paths(const Build *build, const Step *step, BuildEntries *to) {
  const Flows *flows = &build->flows;
  for (uint32_t i = 0; i < flows->count && flows->graph.arrow_count > 0; i++) {
    uint32_t set = flows->graph.untitled || flows->graph.titled_count == 0 ? i : i + 1;
    GraphArrows arrows = graph_arrows(&flows->graph, step->number, set);
    if (arrows.count == 0 || arrows.at[0].set != set) continue;
    Str title = flows->count > 1 ? build->view->flows[i].title : STR("");
    say_all(&(Saying){build, &flows->at[i], arrows, title, to}, step->number);
  }
}
