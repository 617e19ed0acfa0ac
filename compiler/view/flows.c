/* The paths of a view: what is drawn of them, and what the lane of each step says. */
#include "view/build.h"
#include "view/flow_words.h"

void build_flows(Build *build) {
  View *view = build->view;
  build->flows = flows_of(build->project, build->journey, build->arena);
  if (build->flows.graph.arrow_count == 0) return;
  ViewFlow *made = ARENA_ARRAY(build->arena, ViewFlow, build->flows.count);
  for (uint32_t i = 0; i < build->flows.count; i++) {
    const Flow *flow = &build->flows.at[i];
    made[i] = (ViewFlow){.title = flow_title(build->project, flow, build->arena),
                         .summary = flow_summary(&flow->result, build->arena),
                         .flow = flow,
                         .stages = view->stages,
                         .stage_count = view->stage_count,
                         .steps = view->steps,
                         .step_count = view->step_count};
  }
  view->flows = made;
  view->flow_count = build->flows.count;
}

/* "60% to Demo", "all leave" */
static Str share_words(const Build *build, double share, Str where) {
  if (share > 0.9995) return arena_format(build->arena, "all " STR_FMT, STR_ARG(where));
  return arena_format(build->arena, STR_FMT "%% " STR_FMT, STR_ARG(flow_hundred(share, build->arena)), STR_ARG(where));
}

static void add_entry(const Build *build, BuildEntries *to, Ref at, Str set, double share, Str where) {
  Str words = share_words(build, share, where);
  if (share <= 0) return;
  vec_push(to, (Entry){.kind = ENTRY_TEXT,
                       .at = at,
                       .text = set.len ? arena_format(build->arena, STR_FMT ": " STR_FMT, STR_ARG(set), STR_ARG(words))
                                       : words,
                       .label = STR(""),
                       .details = STR("")});
}

static void add_crossing(const Build *build, const Flow *flow, Str set, uint32_t step, Ref at, BuildEntries *to) {
  const Crossing *crossing = &flow->chain.steps[step];
  for (uint32_t i = 0; i < crossing->count; i++) {
    uint32_t aim = crossing->ways[i].to;
    Str title = item_title(build->project, &build->journey->steps[aim].item, build->arena);
    add_entry(build, to, at, set, crossing->ways[i].share,
              arena_format(build->arena, "%s " STR_FMT, aim <= step ? "back to" : "to", STR_ARG(title)));
  }
  add_entry(build, to, at, set, crossing->leaves, STR("leave"));
  add_entry(build, to, at, set, crossing->unaccounted, STR("not accounted for"));
}

void build_paths(const Build *build, const Step *step, BuildEntries *to) {
  const Flows *flows = &build->flows;
  for (uint32_t i = 0; i < flows->count && flows->graph.arrow_count > 0; i++) {
    uint32_t set = flows->graph.untitled || flows->graph.titled_count == 0 ? i : i + 1;
    GraphArrows arrows = graph_arrows(&flows->graph, step->number, set);
    if (arrows.count == 0 || arrows.at[0].set != set) continue;
    Str title = flows->count > 1 ? build->view->flows[i].title : STR("");
    add_crossing(build, &flows->at[i], title, step->number, arrows.at[0].at, to);
  }
}
