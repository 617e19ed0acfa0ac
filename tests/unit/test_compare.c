/* What may never differ, whatever the order and the spelling; what moves when steps are shuffled; and the drawn map. */
#include "compare/compare.h"

#include "base/os.h"
#include "unit/check.h"
#include "view/differences.h"

static unsigned long long state = 88172645463325252ull;

static unsigned below(unsigned limit) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (unsigned)(state >> 33) % limit;
}

static void shuffle(unsigned *order, unsigned count) {
  for (unsigned i = 0; i < count; i++) order[i] = i;
  for (unsigned i = count; i > 1; i--) {
    unsigned other = below(i), kept = order[i - 1];
    order[i - 1] = order[other];
    order[other] = kept;
  }
}

static Project *load(Arena *arena, Str text) {
  Str why;
  ProjectText *file = ARENA_NEW(arena, ProjectText);
  *file = (ProjectText){STR("/nowhere/map.journey"), text};
  static const char *const paths[] = {"/nowhere/map.journey"};
  ProjectOptions options = {.paths = paths, .path_count = 1, .texts = file, .text_count = 1, .only_texts = true};
  Project *project = project_load(&options, arena, &why);
  CHECK(project && project->units[1]->diagnostics.list.len == 0 && project->diagnostics.list.len == 0);
  return project;
}

/* ---- order and spelling ---- */

enum { SPELLINGS = 2, MOST = 12 };
typedef const char *Lines[MOST][SPELLINGS];

static const Lines of_step = {
    {"via web, email", "via email, web"},
    {"client \"Reads the contract\"", "client “Reads the contract”"},
    {"client \"Signs\"", "client \"\"\"\n  Signs\n\"\"\""},
    {"feels -1 \"Anxious\" from study", "feels −1.0 \"Anxious\" { from study }"},
    {"takes 90min", "takes 1.5h"},
    {"waits 1w", "waits 7d"},
    {"needs \"A price\" unmet", "// a remark\nneeds \"A price\" unmet"},
    {"costs €1500", "costs €1.5k"},
    {"pain fees \"Fees\" severity high", "pain fees \"Fees\" {\n severity high\n}"},
    {"pain \"Delays\" { because \"Late\" hurts \"Much\" }", "pain \"Delays\" hurts \"Much\" because \"Late\""}};
static const Lines of_journey = {
    {"owner sales", "owner sales // ours"},
    {"type current-state", "type   current-state"},
    {"mapped-by sales, legal", "mapped-by legal, sales"},
    {"path {\n a -> b 60%\n a -> leaves 40%\n}", "path {\n a -> leaves 40.0%\n s.a -> s.b 60%\n}"},
    {"opportunity one \"One\" solves fees effort 2", "opportunity one \"One\" effort 2.0 solves a.fees"},
    {"measure nps 12 target 30", "measure nps 12.0 {\n target 30\n}"},
    {"expect nps >= 10", "expect nps ≥ 10"}};
static const Lines of_file = {
    {"team sales \"Sales\" colour #fff", "team sales \"Sales\" colour #FFFFFF"},
    {"team legal \"Legal\"", "team legal \"Legal\" {\n}"},
    {"evidence study \"A study\" answered 39", "evidence study \"A study\" {\n answered 39\n}"}};

static void add_lines(Buf *to, const Lines lines) {
  unsigned count = 0, order[MOST];
  while (count < MOST && lines[count][0]) count++;
  shuffle(order, count);
  for (unsigned i = 0; i < count; i++) buf_printf(to, "%s\n", lines[order[i]][below(SPELLINGS)]);
}

static Str spelled_anew(Arena *arena) {
  Buf text = {0};
  bool files_first = below(2);
  if (files_first) add_lines(&text, of_file);
  buf_add_c(&text, "journey map \"A map\" {\n");
  bool first = below(2);
  if (first) add_lines(&text, of_journey);
  buf_add_c(&text, "stage s \"S\" {\ntouchpoint a \"A\" {\n");
  add_lines(&text, of_step);
  buf_add_c(&text, "}\ntouchpoint b \"B\"\n}\n");
  if (!first) add_lines(&text, of_journey);
  buf_add_c(&text, "}\n");
  if (!files_first) add_lines(&text, of_file);
  return buf_take(&text, arena);
}

static void order_and_spelling_mean_nothing(void) {
  for (int i = 0; i < 200 && check_failures == 0; i++) {
    Arena *arena = arena_new();
    Str before = spelled_anew(arena), after = spelled_anew(arena);
    Project *was = load(arena, before), *is = load(arena, after);
    const Comparison *comparison = compare_projects(was, is, arena);
    CHECK(comparison->difference_count == 0);
    if (comparison->difference_count > 0)
      printf("---- these differ\n" STR_FMT "---- and\n" STR_FMT, STR_ARG(before), STR_ARG(after));
    project_free(was);
    project_free(is);
    arena_free(arena);
  }
}

/* ---- the fewest that moved ---- */

enum { STEPS = 14 };

static Str steps_in_order(Arena *arena, const unsigned *order) {
  Buf text = {0};
  buf_add_c(&text, "journey \"A\" {\nstage \"S\" {\n");
  for (unsigned i = 0; i < STEPS; i++) buf_printf(&text, "touchpoint s%u \"Step %u\"\n", order[i], order[i]);
  buf_add_c(&text, "}\n}\n");
  return buf_take(&text, arena);
}

/* By trying all that end at each place. */
static unsigned longest_rise(const unsigned *order) {
  unsigned best = 0, ending[STEPS];
  for (unsigned i = 0; i < STEPS; i++) {
    ending[i] = 1;
    for (unsigned k = 0; k < i; k++)
      if (order[k] < order[i] && ending[k] + 1 > ending[i]) ending[i] = ending[k] + 1;
    if (ending[i] > best) best = ending[i];
  }
  return best;
}

static void the_fewest_move(void) {
  unsigned sorted[STEPS], order[STEPS];
  for (unsigned i = 0; i < STEPS; i++) sorted[i] = i;
  for (int round = 0; round < 100; round++) {
    Arena *arena = arena_new();
    shuffle(order, STEPS);
    Project *was = load(arena, steps_in_order(arena, sorted)), *is = load(arena, steps_in_order(arena, order));
    const Comparison *comparison = compare_projects(was, is, arena);
    unsigned moved = 0;
    for (uint32_t i = 0; i < comparison->difference_count; i++) {
      CHECK(comparison->differences[i].kind == DIFFERENCE_CHANGED);
      moved += comparison->differences[i].moved.len > 0;
    }
    CHECK(moved == STEPS - longest_rise(order));
    CHECK(comparison->property_count == 0);
    project_free(was);
    project_free(is);
    arena_free(arena);
  }
}

/* ---- stages ---- */

static uint32_t stages_that(const Comparison *comparison, DifferenceKind kind) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < comparison->difference_count; i++)
    count += comparison->differences[i].keyword == K_STAGE && comparison->differences[i].kind == kind;
  return count;
}

/* Under another name, a stage is the same where a third of its steps still are, and another one where fewer are. */
static void stages_are_what_they_hold(void) {
  static const Str was_text =
      STR("journey \"A\" {\nstage \"Delivery\" {\ntouchpoint a \"Waits\"\ntouchpoint b \"Signs\"\n"
          "touchpoint c \"Unpacks\"\ntouchpoint d \"Tries on\"\n}\n}\n");
  static const Str texts[] = {
      STR("journey \"A\" {\nstage \"First use\" {\ntouchpoint a \"Waits\"\ntouchpoint d \"Tries on\"\n}\n}\n"),
      STR("journey \"A\" {\nstage \"First use\" {\ntouchpoint a \"Waits\"\n}\n}\n")};
  for (int i = 0; i < 2; i++) {
    Arena *arena = arena_new();
    Project *was = load(arena, was_text), *is = load(arena, texts[i]);
    const Comparison *comparison = compare_projects(was, is, arena);
    CHECK(stages_that(comparison, DIFFERENCE_ADDED) == (uint32_t)i);
    CHECK(stages_that(comparison, DIFFERENCE_DROPPED) == (uint32_t)i);
    project_free(was);
    project_free(is);
    arena_free(arena);
  }
}

/* ---- the drawn map ---- */

static const ViewStep *step_of(const View *view, const char *title) {
  for (uint32_t i = 0; i < view->step_count; i++)
    if (str_is_c(view->steps[i].title, title)) return &view->steps[i];
  CHECK(false); /* there is no such step */
  return view->steps;
}

static uint32_t marks_in(const View *view, const ViewStep *step, Keyword lane) {
  uint32_t count = 0, at = (uint32_t)(step - view->steps);
  for (uint32_t i = 0; i < view->lane_count; i++)
    for (uint32_t e = 0; view->lanes[i].shows == lane && e < view->lanes[i].cells[at].count; e++)
      count += view->lanes[i].cells[at].entries[e].state > 0;
  return count;
}

static uint32_t marks_of(const View *view, const ViewStep *step, EntryKind kind) {
  uint32_t count = 0, at = (uint32_t)(step - view->steps);
  for (uint32_t i = 0; i < view->lane_count; i++)
    for (uint32_t e = 0; view->lanes[i].cells && e < view->lanes[i].cells[at].count; e++)
      count += view->lanes[i].cells[at].entries[e].kind == kind && view->lanes[i].cells[at].entries[e].state;
  return count;
}

static int trend_of(const View *view, const char *figure) {
  for (uint32_t i = 0; i < view->figure_count; i++)
    if (str_is_c(view->figures[i].name, figure)) return view->figures[i].trend;
  CHECK(false); /* there is no such figure */
  return 0;
}

static Project *load_file(Arena *arena, const char *path) {
  Str why;
  ProjectOptions options = {.paths = &path, .path_count = 1};
  return project_load(&options, arena, &why);
}

static void the_map_is_marked(void) {
  Arena *arena = arena_new();
  Project *was = load_file(arena, "tests/data/diff/parcel/before.journey"),
          *is = load_file(arena, "tests/data/diff/parcel/after.journey");
  const Comparison *comparison = compare_projects(was, is, arena);
  CHECK(comparison->journey_count == 1);
  const View *view = view_of_difference(comparison, &comparison->journeys[0], STR("before"), NULL, NULL, arena);
  CHECK(view->compared && view->step_count == 9 && view->stage_count == 3);
  CHECK_STR(view->before_title, "before");
  CHECK_STR(view->stages[1].title_before, "Waiting");
  CHECK(step_of(view, "Pays")->state == 0);
  CHECK(step_of(view, "Reads the confirmation")->state == 0);
  CHECK_STR(step_of(view, "Reads the confirmation")->moved, "to the front");
  CHECK_STR(step_of(view, "Stays at home")->moved, "from stage “Waiting”");
  CHECK(step_of(view, "Gets a message an hour before")->state == 2);
  CHECK(step_of(view, "Throws the box away")->state == 3);
  CHECK(step_of(view, "Writes a review")->state == 0);
  CHECK_STR(step_of(view, "Signs for it with a finger")->title_before, "Signs for it");
  const ViewStep *choose = step_of(view, "Chooses a day"), *track = step_of(view, "Looks where it is");
  CHECK(choose->state == 1 && choose->had_emotion);
  CHECK(marks_of(view, choose, ENTRY_TIME) == 0);  /* 0.5h is 30min */
  CHECK(marks_in(view, choose, K_CLIENT) == 0);    /* on two lines */
  CHECK(marks_of(view, choose, ENTRY_OWNER) == 0); /* the same team under another title */
  CHECK(marks_of(view, track, ENTRY_OWNER) == 1);
  CHECK(marks_of(view, track, ENTRY_CHANNEL) == 0);
  CHECK(marks_of(view, track, ENTRY_NEED) == 1 && marks_of(view, track, ENTRY_PAIN) == 1);
  CHECK(trend_of(view, "Severe pains") == 1 && trend_of(view, "Waiting") == 1 && trend_of(view, "Busy") == 0);
  CHECK_STR(view->sections[0].title, "What else is different");
  project_free(was);
  project_free(is);
  arena_free(arena);
}

int main(void) {
  order_and_spelling_mean_nothing();
  the_fewest_move();
  stages_are_what_they_hold();
  the_map_is_marked();
  return CHECK_DONE();
}
