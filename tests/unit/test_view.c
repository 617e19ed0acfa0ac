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

static const View *view_of(const Project *project, const char *id, Arena *arena) {
  for (uint32_t i = 0; i < project->journey_count; i++) {
    const View *view = view_new(project, &project->journeys[i], arena);
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
  Str summary = view_summary(view, arena);
  CHECK(str_starts(summary, STR("A journey map of Sarah Chen with 4 steps in 2 stages: Decision and Later.")));
  project_free(project);
  arena_free(arena);
  return CHECK_DONE();
}
