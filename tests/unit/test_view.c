/* The view: what a map says, built from a real file. */
#include "check.h"
#include "view/view.h"

#define TODAY 20800 /* 13 Dec 2026 */

static const char source[] =
    "journey onboarding \"Onboarding\" {\n"
    "  type current-state\n"
    "  persona sarah\n"
    "  owner success\n"
    "  reviewed 2026-06-01 every quarter\n"
    "  validated 2026-05-02 with 9 clients by interview\n"
    "  validated 2026-09-12 with 12 clients by interview\n"
    "  measure nps 12 target 30 margin 8\n"
    "  measure time-to-value 94d target 45d margin 11d\n"
    "  stage decision \"Decision\" {\n"
    "    owner sales\n"
    "    measure conversion 41% target 40%\n"
    "    touchpoint sign \"Signs\" {\n"
    "      via email, phone\n"
    "      feels -2 \"Anxious\" from calls\n"
    "      takes 30min\n"
    "      waits 1d\n"
    "      needs \"One price\" unmet\n"
    "      backstage finance \"Checks the credit\" using crm\n"
    "      supported-by crm\n"
    "      moment-of-truth \"A third of all deals end here\"\n"
    "      pain fees \"Hidden fees\" {\n"
    "        severity high\n"
    "        because \"Quotes come first\"\n"
    "        because \"Scope comes last.\"\n"
    "        seen-in calls 38%\n"
    "      }\n"
    "    }\n"
    "    touchpoint call \"Is called\" via phone feels excited \"Somebody listens\"\n"
    "    touchpoint nothing \"Waits\"\n"
    "  }\n"
    "  stage later \"Later\" { touchpoint sign \"Signs again\" via email }\n"
    "  opportunity page \"One page\" {\n"
    "    solves fees\n"
    "    impact 4\n"
    "    effort 2\n"
    "    status planned\n"
    "    due 2027-01-15\n"
    "  }\n"
    "  opportunity calm \"A calmer tone everywhere\" { status proposed }\n"
    "}\n"
    "journey better \"Better\" extends onboarding {\n"
    "  type future-state\n"
    "  change decision.sign { feels +1 \"Knows the price\" }\n"
    "  drop decision.nothing\n"
    "}\n"
    "persona sarah \"Sarah Chen\" { goal \"Close the books\"  frustration \"Being sold to\" }\n"
    "team success \"Customer success\" colour #2b6cb0\n"
    "team sales \"Sales\" colour #c52\n"
    "team finance \"Finance\"\n"
    "system crm \"CRM\"\n"
    "evidence calls \"Sales calls\" { method interview }\n";

static const Cell *cell_of(const View *view, const char *lane, uint32_t step) {
  static const Cell none;
  for (uint32_t i = 0; i < view->lane_count; i++)
    if (str_is_c(view->lanes[i].id, lane)) return &view->lanes[i].cells[step];
  return &none;
}

static void check_head(const View *view) {
  CHECK_STR(view->title, "Onboarding");
  CHECK_STR(view->kind, "Current state");
  CHECK_STR(view->owner, "Customer success");
  CHECK_STR(view->reviewed, "1 Jun 2026, due every quarter");
  CHECK(view->review_overdue && str_starts(view->review_note, STR("Review overdue since ")));
  CHECK_STR(view->validated, "12 Sep 2026 with 12 clients, by interview");
  CHECK_STR(view->persona.name, "Sarah Chen");
  CHECK(view->persona.list_count == 2);
  CHECK_STR(view->persona.lists[1].lines[0], "Being sold to");
  CHECK(view->measure_count == 2 && view->measures[0].level == 1);
  CHECK_STR(view->measures[0].text, "Net Promoter Score 12 ± 8");
  CHECK_STR(view->measures[0].label, "target 30");
  CHECK_STR(view->measures[1].value, "94 ± 11 days");
  CHECK(view->stages[0].measure_count == 1 && view->stages[0].measures[0].level == 2);
}

static void check_steps(const View *view) {
  const ViewStep *sign = &view->steps[0], *call = &view->steps[1];
  CHECK(view->step_count == 4);
  CHECK_STR(sign->anchor, "sign");
  CHECK_STR(view->steps[3].anchor, "later.sign");
  CHECK(sign->moment_of_truth && sign->lowest && !sign->highest);
  CHECK_STR(sign->emotion_label, "\xE2\x88\x92"
                                 "2");
  CHECK_STR(sign->emotion_source, "Sales calls");
  CHECK(call->highest && call->emotion > 0.89 && call->emotion < 0.91);
  CHECK_STR(call->emotion_text, "Excited: Somebody listens");
  CHECK(!view->steps[2].has_emotion);
}

static void check_cells(const View *view) {
  CHECK(cell_of(view, "client", 0)->count == 0); /* no step says what the client does: there is no such lane */
  CHECK(cell_of(view, "touchpoint", 0)->count == 2);
  CHECK_STR(cell_of(view, "touchpoint", 0)->entries[1].text, "Phone");
  CHECK_STR(cell_of(view, "time", 0)->entries[0].text, "30 min");
  CHECK_STR(cell_of(view, "time", 0)->entries[1].text, "1 day");
  CHECK(cell_of(view, "needs", 0)->entries[0].level == 3);
  const Entry *pain = cell_of(view, "pains", 0)->entries;
  CHECK(pain->level == 3);
  CHECK_STR(pain->details, "Why it happens: Quotes come first. Scope comes last. Seen in Sales calls, 38%.");
  CHECK_STR(cell_of(view, "opportunities", 0)->entries[0].label, "planned, due 15 Jan 2027");
  CHECK_STR(cell_of(view, "opportunities", 0)->entries[0].details, "Impact 4, effort 2");
  CHECK(cell_of(view, "opportunities", 1)->count == 0);
  CHECK(view->idea_count == 1); /* the one that solves no pain of a step */
  CHECK_STR(view->ideas[0].text, "A calmer tone everywhere");
  CHECK(cell_of(view, "systems", 0)->count == 1); /* named twice, shown once */
  CHECK_STR(cell_of(view, "owner", 2)->entries[0].text, "Sales");
  CHECK(cell_of(view, "owner", 2)->entries[0].colour == 0xCC5522);
}

static void check_variant(const View *view) {
  CHECK_STR(view->id, "better");
  CHECK_STR(view->base_title, "Onboarding");
  CHECK(view->step_count == 3 && view->steps[0].state == 1 && view->steps[1].state == 0);
  CHECK_STR(view->steps[0].emotion_text, "Knows the price");
}

/* Beside its base: what was dropped stands in its old place, and the other steps keep their numbers. */
static void check_compared(const View *variant, const View *base, Arena *arena) {
  const View *view = view_compare(variant, base, NULL, arena);
  CHECK(view->compared && view->step_count == 4);
  CHECK_STR(view->before_title, "Onboarding");
  CHECK(view->steps[0].state == 1 && view->steps[0].had_emotion);
  CHECK_STR(view->steps[0].emotion_text_before, "Anxious");
  CHECK(view->steps[1].state == 0 && view->steps[1].number == 2);
  CHECK(view->steps[2].state == 3 && view->steps[2].number == 0);
  CHECK_STR(view->steps[2].title, "Waits");
  CHECK(view->steps[3].state == 0 && view->steps[3].number == 3);
  CHECK(view->stages[0].step_count == 3 && view->stages[1].first_step == 3);
  CHECK_STR(view->figures[0].before, "4");
  CHECK_STR(view->figures[0].now, "3");
  CHECK_STR(view->figures[1].name, "Mean emotion");
  CHECK(view->figures[1].trend == 1);
}

/* Two maps that share no project: entries are held against each other by what they say. */
static void check_entries(Arena *arena) {
  static const Entry old_entries[] = {{.kind = ENTRY_TEXT, .text = STR("Signs")},
                                      {.kind = ENTRY_PAIN, .text = STR("Fees"), .label = STR("High"), .level = 3},
                                      {.kind = ENTRY_PAIN, .text = STR("Queue"), .label = STR("High"), .level = 3}};
  static const Entry new_entries[] = {{.kind = ENTRY_TEXT, .text = STR("Signs on the screen")},
                                      {.kind = ENTRY_PAIN, .text = STR("Fees"), .label = STR("Low"), .level = 1},
                                      {.kind = ENTRY_PAIN, .text = STR("Log-in"), .label = STR("Low"), .level = 1}};
  static const Cell old_cell = {old_entries, 3}, new_cell = {new_entries, 3};
  static const ViewLane old_lanes[] = {{.id = STR("all"), .cells = &old_cell}, {.id = STR("gone"), .cells = &old_cell}};
  static const ViewLane new_lanes[] = {{.id = STR("all"), .cells = &new_cell}};
  static const ViewStep step = {.anchor = STR("sign"), .title = STR("Signs"), .number = 1};
  static const ViewStage stage = {.id = STR("deal"), .step_count = 1};
  const View old = {
      .steps = &step, .step_count = 1, .stages = &stage, .stage_count = 1, .lanes = old_lanes, .lane_count = 2};
  const View new = {
      .steps = &step, .step_count = 1, .stages = &stage, .stage_count = 1, .lanes = new_lanes, .lane_count = 1};
  const View *view = view_compare(&new, &old, NULL, arena);
  const Cell *cell = cell_of(view, "all", 0);
  CHECK(cell->count == 4 && view->steps[0].state == 1);
  CHECK(cell->entries[0].state == 1);
  CHECK_STR(cell->entries[0].before, "Signs");
  CHECK(cell->entries[1].state == 1);
  CHECK_STR(cell->entries[1].before, "High"); /* the text is the same: what it was called is not */
  CHECK(cell->entries[2].state == 2 && cell->entries[2].before.len == 0);
  CHECK(cell->entries[3].state == 3);
  CHECK_STR(cell->entries[3].text, "Queue");
  CHECK(view->lane_count == 2 && cell_of(view, "gone", 0)->count == 3);
  static const Entry old_ways[] = {{.text = STR("60% to Demo"), .name = STR("demo"), .value = STR("60%")},
                                   {.text = STR("40% leave"), .name = STR("leave"), .value = STR("40%")}};
  static const Entry new_ways[] = {{.text = STR("10% leave"), .name = STR("leave"), .value = STR("10%")},
                                   {.text = STR("90% to The film"), .name = STR("demo"), .value = STR("90%")}};
  static const Cell old_paths = {old_ways, 2}, new_paths = {new_ways, 2};
  static const ViewLane lane_before = {.id = STR("paths"), .cells = &old_paths};
  static const ViewLane lane_now = {.id = STR("paths"), .cells = &new_paths};
  View before = old, now = new;
  before.lanes = &lane_before, now.lanes = &lane_now;
  before.lane_count = now.lane_count = 1;
  cell = cell_of(view_compare(&now, &before, NULL, arena), "paths", 0);
  CHECK(cell->count == 2); /* each beside the share that led to the same place */
  CHECK_STR(cell->entries[0].before, "40%");
  CHECK_STR(cell->entries[1].before, "60%");
  const uint32_t nothing = NONE;
  view = view_compare(&new, &old, &(ViewPairs){.steps = &nothing}, arena); /* the same name, told to be another step */
  CHECK(view->step_count == 2 && view->steps[0].state == 3 && view->steps[1].state == 2);
  CHECK(view_compare(&new, &new, NULL, arena)->steps[0].state == 0);
}

static const View *view_of(const Project *project, const char *id, Arena *arena) {
  for (uint32_t i = 0; i < project->journey_count; i++) {
    const View *view = view_new(project, &project->journeys[i], NULL, arena);
    if (str_is_c(view->id, id)) return view;
  }
  return NULL;
}

int main(void) {
  Arena *arena = arena_new();
  Str text = str_of(source), why = {0};
  ProjectOptions options = {.stdin_text = &text, .stdin_path = STR("test.journey"), .today = TODAY, .threads = 1};
  Project *project = project_load(&options, arena, &why);
  CHECK(project != NULL);
  if (!project) return CHECK_DONE();
  const View *view = view_of(project, "onboarding", arena), *variant = view_of(project, "better", arena);
  CHECK(view && variant);
  if (view) check_head(view), check_steps(view), check_cells(view);
  if (variant) check_variant(variant);
  if (view && variant) check_compared(variant, view, arena);
  check_entries(arena);
  Str summary = view_summary(view, arena);
  CHECK(str_starts(summary, STR("A journey map of Sarah Chen with 4 steps in 2 stages: Decision and Later.")));
  project_free(project);
  arena_free(arena);
  return CHECK_DONE();
}
