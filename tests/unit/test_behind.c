/* What stands behind a map, and those who go through it beside the client: sources with numbers, actors, handovers. */
#include "check.h"
#include "view/view.h"

#define TODAY 20800 /* 13 Dec 2026 */

static const char source[] =
    "team sales \"Sales\" colour #b45309 { member \"Ana Ruiz\" role \"Lead\"  availability \"Weekdays\" }\n"
    "team finance \"Finance\"\n"
    "segment ent \"Enterprise\" clients 20% revenue 65% worth €40k relationship strategic\n"
    "persona sarah \"Sarah\" segment ent { needs price \"The price\" }\n"
    "evidence calls \"Calls\" { method interview  collected 2026-01-05  answered 39  fresh-for 6mo }\n"
    "evidence survey \"Survey\" { method survey  collected 2026-10-01  fresh-for 12mo }\n"
    "journey base \"Base\" {\n"
    "  covers customer-journey\n"
    "  for ent, phone\n"
    "  persona sarah\n"
    "  mapped-by sales\n"
    "  version 2026-10-01 \"First\"\n"
    "  version 2026-11-01 \"Second\"\n"
    "  claim \"Most read reviews\" source \"A book\"\n"
    "  actor partner \"Partner\" colour #7c3aed\n"
    "  stage signing \"Signing\" as decision {\n"
    "    objective \"Fewer questions\"\n"
    "    touchpoint a \"Reads\" from survey {\n"
    "      feels -1 \"Unsure\"\n"
    "      at 07:30\n"
    "      serves nothing \"Filing\"\n"
    "      actor partner feels +1 \"Paid\" from calls { does \"Waits\"  thinks \"Good\"  needs \"A pen\" unmet }\n"
    "      needs price partly importance 9\n"
    "      hands-over \"The contract\" to finance\n"
    "      hands-over \"The rest\"\n"
    "      costs €40\n"
    "      pain fee \"A fee\" { because \"One\"  because \"Two\"  hurts \"Trick\"  seen-in calls 38% }\n"
    "    }\n"
    "    touchpoint b \"Signs\" { feels 0  actor partner feels anxious }\n"
    "  }\n"
    "}\n"
    "journey variant \"Variant\" extends base { change signing.b { actor partner feels +2 } }\n";

static const Cell *cell_of(const View *view, const char *lane, uint32_t step) {
  static const Cell none;
  for (uint32_t i = 0; i < view->lane_count; i++)
    if (str_is_c(view->lanes[i].id, lane)) return &view->lanes[i].cells[step];
  return &none;
}

static const ViewSection *section_of(const View *view, const char *title) {
  static const ViewSection none;
  for (uint32_t i = 0; i < view->section_count; i++)
    if (str_is_c(view->sections[i].title, title)) return &view->sections[i];
  return &none;
}

static void check_head(const View *view) {
  CHECK_STR(view->covers, "Customer journey");
  CHECK_STR(view->audience, "Enterprise, Phone");
  CHECK_STR(view->evidence, "2 sources, 1 out of date");
  CHECK(view->evidence_stale);
  CHECK_STR(view->persona.segment_facts, "20% of clients, 65% of revenue, €40k a year each, strategic");
  CHECK_STR(view->stages[0].usual, "Decision");
  CHECK_STR(view->stages[0].objective, "Fewer questions");
}

static void check_step(const View *view) {
  const ViewStep *step = &view->steps[0];
  CHECK_STR(step->clock, "07:30");
  CHECK(step->serves == 2);
  CHECK_STR(step->serves_text, "Filing");
  CHECK_STR(step->emotion_source, "Survey"); /* the step's, since it names none */
  CHECK_STR(view->steps[1].emotion_sources, "");
  CHECK_STR(step->emotion_sources, "1");
}

static void check_actor(const View *view) {
  CHECK(view->actor_count == 1 && view->actors[0].has_curve && view->actors[0].colour == 0x7C3AED);
  const ViewFeeling *feelings = view->actors[0].feelings;
  CHECK(feelings[0].emotion > 0.49 && feelings[0].emotion < 0.51 && feelings[0].highest);
  CHECK_STR(feelings[0].label, "+1");
  CHECK_STR(feelings[0].sources, "2");
  CHECK_STR(feelings[1].text, "Anxious");
  CHECK(feelings[1].lowest);
  const Entry *does = cell_of(view, "client", 0)->entries, *need = cell_of(view, "needs", 0)->entries;
  CHECK(cell_of(view, "client", 0)->count == 1);
  CHECK_STR(does->who, "Partner");
  CHECK(cell_of(view, "needs", 0)->count == 2);
  CHECK_STR(need[0].text, "The price");
  CHECK_STR(need[0].details, "Importance 9");
  CHECK_STR(need[1].who, "Partner");
  CHECK_STR(need[1].sources, "1");
}

static void check_lanes(const View *view) {
  const Cell *handoffs = cell_of(view, "handoffs", 0);
  CHECK(handoffs->count == 2);
  CHECK_STR(handoffs->entries[0].label, "to Finance");
  CHECK(handoffs->entries[1].level == 1);
  CHECK_STR(cell_of(view, "costs", 0)->entries[0].text, "€40");
  const Entry *pain = cell_of(view, "pains", 0)->entries;
  CHECK(pain->list_count == 3);
  CHECK_STR(pain->lists[0].lines[1], "Two");
  CHECK_STR(pain->lists[2].lines[0], "Calls, 38%");
  CHECK_STR(pain->sources, "2");
}

static void check_sections(const View *view) {
  const ViewSection *sources = section_of(view, "Sources");
  CHECK(sources->count == 2 && sources->kind == SECTION_SOURCES);
  CHECK_STR(sources->facts[0].name, "Survey");
  CHECK_STR(sources->facts[0].text, "Survey (solicited, quantitative), collected 1 Oct 2026, fresh until 26 Sep 2027");
  CHECK_STR(sources->facts[1].alert, "out of date since 4 Jul 2026");
  CHECK_STR(section_of(view, "Quoted from elsewhere")->facts[0].text, "“Most read reviews” — A book");
  CHECK_STR(section_of(view, "Teams")->facts[0].text, "Ana Ruiz (Lead). Weekdays");
  CHECK_STR(section_of(view, "Teams")->facts[1].alert, "took no part in the mapping");
  CHECK_STR(section_of(view, "History")->facts[0].text, "Second"); /* the newest first */
  CHECK_STR(section_of(view, "Pains, the worst first")->facts[0].name, "A fee");
}

int main(void) {
  Arena *arena = arena_new();
  Str text = str_of(source), why = {0};
  ProjectOptions options = {.stdin_text = &text, .stdin_path = STR("test.journey"), .today = TODAY, .threads = 1};
  Project *project = project_load(&options, arena, &why);
  CHECK(project != NULL && project->journey_count == 2);
  if (!project || project->journey_count != 2) return CHECK_DONE();
  const View *view = view_new(project, &project->journeys[0], NULL, arena);
  check_head(view);
  check_step(view);
  check_actor(view);
  check_lanes(view);
  check_sections(view);
  CHECK(strstr(view_summary(view, arena).at, "“Partner” has a curve, too") != NULL);
  const View *variant = view_drawn(project, &project->journeys[1], NULL, arena);
  CHECK(variant->actors[0].feelings[1].emotion > 0.99); /* of the variant, also beside its base */
  CHECK(variant->actors[0].feelings[0].highest == false);
  project_free(project);
  arena_free(arena);
  return CHECK_DONE();
}
