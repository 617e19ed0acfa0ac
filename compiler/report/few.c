#include "report/few.h"

#include "flow/flow.h"
#include "flow/routes.h"
#include "plan/pareto.h"

typedef struct {
  const Project *p;
  const Report *report;
  Arena *arena;
  VEC(FewGroup) groups;
} Build;

/* Puts the items in order, marks the vital ones, and adds the group where something weighs anything. */
static void add_group(Build *build, FewGroup group, const FewItem *items, const double *weights, size_t count) {
  Pareto few = pareto(weights, count, PARETO_SHARE, build->arena);
  if (few.count == 0) return;
  FewItem *sorted = ARENA_ARRAY(build->arena, FewItem, count);
  double whole = 0;
  for (size_t i = 0; i < count; i++) whole += weights[i] > 0 ? weights[i] : 0;
  for (size_t i = 0; i < count; i++) {
    double weight = weights[few.order[i]];
    sorted[i] = items[few.order[i]];
    sorted[i].share = weight > 0 ? weight / whole : 0;
    sorted[i].vital = i < few.count;
  }
  group.items = sorted;
  group.count = (uint32_t)count;
  group.vital_count = (uint32_t)few.count;
  group.carried = few.carried;
  vec_push(&build->groups, group);
}

static Str percent(double share, const char *of, Arena *arena) {
  Buf words = {0};
  buf_number(&words, share * 100, 1);
  buf_printf(&words, "%% %s", of);
  return buf_take(&words, arena);
}

/* The segments of a file are one whole. */
static void add_segments(Build *build) {
  const Report *report = build->report;
  for (uint32_t from = 0, to; from < report->segment_count; from = to) {
    for (to = from; to < report->segment_count && report->segments[to].file == report->segments[from].file;) to++;
    FewItem *items = ARENA_ARRAY(build->arena, FewItem, to - from);
    double *weights = ARENA_ARRAY(build->arena, double, to - from);
    for (uint32_t i = from; i < to; i++) {
      const ReportSegment *segment = &report->segments[i];
      Str clients = segment->clients >= 0 ? percent(segment->clients, "of the clients", build->arena) : STR("");
      items[i - from] = (FewItem){.title = segment->title, .note = clients};
      weights[i - from] = segment->revenue;
    }
    add_group(build, (FewGroup){.kind = STR("Segments"), .title = STR(""), .of = "of the revenue"}, items, weights,
              to - from);
  }
}

static void add_pains(Build *build) {
  const Report *report = build->report;
  FewItem *items = ARENA_ARRAY(build->arena, FewItem, report->pain_count);
  double *weights = ARENA_ARRAY(build->arena, double, report->pain_count);
  for (uint32_t i = 0; i < report->pain_count; i++) {
    const ReportPain *pain = &report->pains[i];
    Str where =
        report->map_count > 1
            ? arena_format(build->arena, "%s" STR_FMT ", in " STR_FMT, pain->severity.len ? ", at " : "at ",
                           STR_ARG(pain->step), STR_ARG(report->maps[pain->map].view->title))
            : arena_format(build->arena, "%s" STR_FMT, pain->severity.len ? ", at " : "at ", STR_ARG(pain->step));
    items[i] = (FewItem){.title = pain->title,
                         .note = arena_format(build->arena, STR_FMT STR_FMT, STR_ARG(pain->severity), STR_ARG(where))};
    weights[i] = pain->weight;
  }
  add_group(build, (FewGroup){.kind = STR("Pains"), .title = STR(""), .of = "of the weight"}, items, weights,
            report->pain_count);
}

/* "1–4 → 3 → 4, then leaves": the numbers of the steps, as on the map. */
static Str route_words(const Build *build, const Route *route) {
  static const char *const ends[] = {"completes", "leaves", "nobody knows"};
  Buf words = {0};
  for (uint32_t i = 0, last; i < route->step_count; i = last + 1) {
    for (last = i; last + 1 < route->step_count && route->steps[last + 1] == route->steps[last] + 1;) last++;
    if (last < i + 2) last = i;
    buf_printf(&words, "%s%u", i ? " → " : "", (unsigned)route->steps[i] + 1);
    if (last > i) buf_printf(&words, "–%u", (unsigned)route->steps[last] + 1);
  }
  buf_printf(&words, "%s%s", route->step_count ? ", then " : "", ends[route->end]);
  return buf_take(&words, build->arena);
}

static Str last_step(const Build *build, const Journey *journey, const Route *route) {
  if (route->step_count == 0) return STR("");
  Str title = item_title(build->p, &journey->steps[route->steps[route->step_count - 1]].item, build->arena);
  return arena_format(build->arena, "the last step: " STR_FMT, STR_ARG(title));
}

static void add_routes(Build *build, const Journey *journey) {
  Flows flows = flows_of(build->p, journey, build->arena);
  for (uint32_t f = 0; f < flows.count && flows.graph.arrow_count > 0; f++) {
    Routes routes = routes_likeliest(&flows.at[f].chain, PARETO_SHARE, build->arena);
    FewItem *items = ARENA_ARRAY(build->arena, FewItem, routes.count);
    for (uint32_t i = 0; i < routes.count; i++)
      items[i] = (FewItem){.title = route_words(build, &routes.at[i]),
                           .note = last_step(build, journey, &routes.at[i]),
                           .share = routes.at[i].share,
                           .vital = routes.enough};
    Str title = item_title(build->p, &journey->item, build->arena),
        path = flow_title(build->p, &flows.at[f], build->arena);
    if (path.len) title = arena_format(build->arena, STR_FMT ", " STR_FMT, STR_ARG(title), STR_ARG(path));
    FewGroup group = {.kind = STR("Ways"),
                      .title = title,
                      .of = "of the clients",
                      .items = items,
                      .count = routes.count,
                      .vital_count = routes.enough ? routes.count : 0,
                      .carried = routes.carried,
                      .open = !routes.enough};
    if (routes.count) vec_push(&build->groups, group);
  }
}

const Few *few_new(const Project *project, const Report *report, Arena *arena) {
  Build build = {.p = project, .report = report, .arena = arena};
  add_segments(&build);
  add_pains(&build);
  for (uint32_t i = 0; i < report->map_count; i++) add_routes(&build, report->maps[i].journey);
  Few *few = ARENA_NEW(arena, Few);
  FewGroup *groups = ARENA_ARRAY(arena, FewGroup, build.groups.len);
  if (build.groups.len) memcpy(groups, build.groups.at, build.groups.len * sizeof *groups);
  few->groups = groups;
  few->count = (uint32_t)build.groups.len;
  vec_free(&build.groups);
  return few;
}
