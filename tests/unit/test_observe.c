/* What an event log shows, against numbers counted by hand; what differs, against faults that were put in. */
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/os.h"
#include "check.h"
#include "observe/differ.h"
#include "observe/times.h"

static bool near(double a, double b) { return fabs(a - b) < 1e-9; }

/* ---- a folder with a map and a log ---- */

typedef struct {
  Arena *arena;
  Project *project;
  EventLog *log;
  Binding *binding;
} Read;

static Read read_map(const char *path) {
  Read read = {.arena = arena_new()};
  Str why = STR("");
  read.project =
      project_load(&(ProjectOptions){.paths = &path, .path_count = 1, .today = 20000, .threads = 1}, read.arena, &why);
  CHECK(read.project && read.project->journey_count == 1);
  Ref evidence = journey_log(read.project, &read.project->journeys[0], NULL);
  CHECK(ref_ok(evidence));
  read.log = log_read(read.project, evidence, NULL, NULL, read.arena, &why);
  CHECK(read.log != NULL);
  if (!read.log) exit(1);
  read.binding = bind_journey(read.project, &read.project->journeys[0], read.log, read.arena);
  return read;
}

static void end(Read *read) {
  log_free(read->log);
  project_free(read->project);
  arena_free(read->arena);
}

static Read read_made(const char *folder, Str map, Str log) {
  Arena *arena = arena_new();
  Str why, path = arena_format(arena, "%s/made.journey", folder);
  CHECK(os_write_file(arena, path.at, map, &why));
  CHECK(os_write_file(arena, arena_format(arena, "%s/made.csv", folder).at, log, &why));
  Read read = read_map(path.at);
  arena_free(arena);
  return read;
}

/* ---- counted by hand ---- */

enum { HOME, CART, PAID, START, END };

static void check_move(const Observation *o, uint32_t from, uint32_t to, uint64_t count, uint64_t n, bool drawn) {
  const ObservedMove *move = observed_move(o, from, to);
  CHECK((move != NULL) == (count > 0));
  if (!move) return;
  CHECK(move->count == count && move->share.n == n && move->drawn == drawn);
  CHECK(near(move->share.value, (double)count / (double)n));
}

/* tests/data/observe/tiny.csv, its rows in order:
 *   a  home 0s, cart 30s, home 90s, cart 100s, cart 110s, pay 170s      phone
 *   b  home 0s, cart 10s, (help 12s), cart 20s                          computer
 *   c  home · d  (help) · e  pay · f  (look, which is the stage's)      and three rows that can't be read
 * "Wraps it up" has no activity: cart -> wrap -> paid is walked through it unseen. */
static void counts_by_hand(void) {
  Read read = read_map(JOURNEY_ROOT "/tests/data/observe/tiny.journey");
  const Observation *o = observe(read.binding, ALL_CASES, read.arena);
  CHECK(read.log->rows == 17 && read.log->bad == 3 && read.log->bad_shown == 3 && read.log->event_count == 14);
  CHECK(read.log->bad_rows[0].line == 15 && read.log->bad_rows[2].line == 17);
  CHECK(read.binding->node_count == 3);
  CHECK(o->cases == 6 && o->events == 14 && o->on_map == 4 && o->events_on_map == 12);
  CHECK(o->steps[HOME].cases == 3 && o->steps[HOME].visits == 4 && o->steps[HOME].repeats == 1);
  CHECK(o->steps[CART].cases == 2 && o->steps[CART].visits == 3 && o->steps[CART].repeats == 1);
  CHECK(o->steps[PAID].cases == 2 && o->steps[PAID].visits == 2 && o->steps[PAID].repeats == 0);
  CHECK(near(o->steps[HOME].reach.value, 0.5) && o->steps[HOME].reach.n == 6);
  CHECK(near(o->steps[HOME].goes_on.value, 2.0 / 3) && near(o->steps[CART].goes_on.value, 0.5));
  CHECK(o->steps[PAID].goes_on.n == 0);
  CHECK(near(o->steps[HOME].leaves.value, 1.0 / 3) && near(o->steps[CART].leaves.value, 0.5));
  CHECK(near(o->steps[PAID].leaves.value, 0) && near(o->steps[PAID].position, 2)); /* third of a, first of e */
  CHECK(near(o->completes.value, 0.5) && o->completes.n == 4);
  CHECK(near(o->stages[0].reach.value, 4.0 / 6) && near(o->stages[1].reach.value, 0.5));
  check_move(o, START, HOME, 3, 4, true);
  check_move(o, START, PAID, 1, 4, false);
  check_move(o, HOME, CART, 3, 4, true);
  check_move(o, HOME, END, 1, 4, true);
  check_move(o, CART, HOME, 1, 3, false);
  check_move(o, CART, PAID, 1, 3, true);
  check_move(o, CART, END, 1, 3, false);
  check_move(o, PAID, END, 2, 2, true);
  check_move(o, HOME, PAID, 0, 0, false);
  CHECK(o->moves_made == 13 && o->moves_drawn == 10 && near(o->fitness, 10.0 / 13) && near(o->fits.value, 0.25));
  end(&read);
}

/* Waits are from the last event of one visit to the first of the next: home to cart 30, 10 and 10 seconds. */
static void waits_by_hand(void) {
  Read read = read_map(JOURNEY_ROOT "/tests/data/observe/tiny.journey");
  const Observation *o = observe(read.binding, ALL_CASES, read.arena);
  const ObservedMove *move = observed_move(o, HOME, CART);
  CHECK(move->wait.n == 3 && near(move->wait.median, 10) && near(move->wait.p90, 26)); /* 10 + 0.8 × 20 */
  CHECK(near(o->steps[CART].before.median, 10) && o->steps[HOME].before.n == 1);
  CHECK(near(o->steps[HOME].before.median, 60) && near(o->steps[PAID].before.median, 60));
  CHECK(o->steps[CART].next.n == 2 && near(o->steps[CART].next.median, 60));
  CHECK(o->length.n == 2 && near(o->length.median, 85) && near(o->length.p90, 153));
  CHECK(o->variants_all == 4 && o->variant_count == 4 && near(o->variants[0].share.value, 0.25));
  CHECK(o->unknown_all == 1 && o->unknown[0].events == 2 && near(o->unknown[0].reach.value, 2.0 / 6));
  CHECK(o->unknown[0].after_count == 1);
  CHECK(read.binding->seen[2] == STEP_UNSEEN && read.binding->seen[4] == STEP_UNKNOWN);
  end(&read);
}

static void parts_by_hand(void) {
  Read read = read_map(JOURNEY_ROOT "/tests/data/observe/tiny.journey");
  const Observation *o = observe(read.binding, (Selection){NULL, CART, PAID}, read.arena);
  CHECK(o->cases == 2 && o->on_map == 2 && near(o->completes.value, 0.5)); /* a: cart, home, cart, paid; b: cart */
  CHECK(o->length.n == 1 && near(o->length.median, 140));
  Split split;
  Str why;
  CHECK(observe_by(read.binding, ALL_CASES, STR("device"), read.arena, &split, &why) && split.count == 2);
  CHECK_STR(split.parts[0].name, "computer");
  CHECK(split.parts[0].cases == 3 && split.parts[1].cases == 3 && split.parts[1].observation->on_map == 2);
  CHECK(observe_by(read.binding, ALL_CASES, STR("device,month"), read.arena, &split, &why) && split.count == 2);
  CHECK_STR(split.parts[1].name, "phone, 2026-03");
  CHECK(observe_by(read.binding, ALL_CASES, STR("week"), read.arena, &split, &why) && split.count == 2);
  CHECK_STR(split.parts[0].name, "2026-02-23");
  CHECK(!observe_by(read.binding, ALL_CASES, STR("planet"), read.arena, &split, &why));
  CHECK_STR(why, "the log has no column \"planet\"; it can be split by device, month, week or day");
  end(&read);
}

/* ---- two steps of one activity ---- */

static void nearest_step_is_meant(const char *folder) {
  Read read = read_made(
      folder,
      STR("evidence log { file \"made.csv\" column case \"c\" column activity \"a\" }\n"
          "journey j { stage s {\n touchpoint one \"One\" { observed-as \"x\" }\n"
          " touchpoint two \"Two\" { observed-as \"y\" }\n touchpoint three \"Three\" { observed-as \"x\" }\n } }\n"),
      STR("c,a\n1,x\n1,y\n1,x\n2,y\n2,x\n"));
  const Observation *o = observe(read.binding, ALL_CASES, read.arena);
  CHECK(o->steps[0].cases == 1 && o->steps[1].cases == 2 && o->steps[2].cases == 2);
  CHECK(o->moves_made == 7 && o->moves_drawn == 6); /* client 2 begins in the middle */
  end(&read);
}

/* How it should be is not held against how it was, unless it says so itself. */
static void future_is_free(const char *folder) {
  Arena *arena = arena_new();
  Read read = read_made(folder,
                        STR("evidence log { file \"made.csv\" column case \"c\" column activity \"a\" }\n"
                            "journey j { stage s {\n touchpoint one \"One\" { observed-as \"x\" }\n } }\n"),
                        STR("c,a\n1,x\n"));
  end(&read);
  const char *path = arena_format(arena, "%s/made.journey", folder).at;
  const char *const tails[] = {"", "path { from log\n one -> leaves 50% }"};
  for (int i = 0; i < 2; i++) {
    Str why, map = arena_format(arena,
                                "evidence log { file \"made.csv\" column case \"c\" column activity \"a\" }\n"
                                "journey j { type future-state\n stage s {\n touchpoint one \"One\" { observed-as "
                                "\"x\" }\n }\n%s\n}\n",
                                tails[i]);
    CHECK(os_write_file(arena, path, map, &why));
    Project *project =
        project_load(&(ProjectOptions){.paths = &path, .path_count = 1, .today = 20000, .threads = 1}, arena, &why);
    CHECK(project && ref_ok(journey_log(project, &project->journeys[0], NULL)) == (i == 1));
    project_free(project);
  }
  arena_free(arena);
}

/* ---- formulas ---- */

static int compare_floats(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return x < y ? -1 : x > y;
}

static void quantiles(void) {
  unsigned state = 7;
  for (size_t count = 1; count < 300; count++) {
    float times[300];
    double sorted[300];
    for (size_t i = 0; i < count; i++) {
      state = state * 1103515245u + 12345u;
      times[i] = (float)(state >> 16 & (count % 3 == 0 ? 3 : 0x7fff));
    }
    Times got = times_of(times, count);
    qsort(times, count, sizeof *times, compare_floats);
    for (size_t i = 0; i < count; i++) sorted[i] = times[i];
    CHECK(fabs(got.median - sorted_quantile(sorted, count, 0.5)) < 1e-3);
    CHECK(fabs(got.p90 - sorted_quantile(sorted, count, 0.9)) < 1e-3);
  }
  CHECK(isnan(times_of(NULL, 0).median));
}

/* Fisher's tea: 3 of 4 against 1 of 4 is 17/70 to one side. 0 of 10 against 10 of 10 is one of 184,756. */
static void fisher(void) {
  CHECK(near(fisher_exact(3, 4, 1, 4), 34.0 / 70) && near(fisher_exact(1, 4, 3, 4), 34.0 / 70));
  CHECK(near(fisher_exact(0, 10, 10, 10), 2.0 / 184756) && near(fisher_exact(2, 4, 2, 4), 1));
  CHECK(near(fisher_exact(0, 0, 1, 5), 1) && near(fisher_exact(0, 5, 0, 9), 1));
  CHECK(fisher_exact(500000, 1000000, 400000, 1000000) < 1e-300);
}

/* ---- what differs ---- */

/* 1,800 visits over 60 days, three devices; on days 20 to 29 eight of ten on a phone fail to pay. */
static Str made_log(Arena *arena, bool faulty) {
  Buf log = {0};
  unsigned state = 11;
  buf_add_c(&log, "visit,event,day,device,number\n");
  for (unsigned visit = 0; visit < 1800; visit++) {
    static const char *const devices[] = {"computer", "phone", "tablet"};
    unsigned day = visit * 60 / 1800, device = visit % 3;
    state = state * 1103515245u + 12345u;
    bool fails = faulty && device == 1 && day >= 20 && day < 30 && (state >> 16) % 10 < 8;
    state = state * 1103515245u + 12345u;
    bool pays = !fails && (state >> 16) % 10 < 6;
    for (int event = 0; event < 2 + fails + pays; event++)
      buf_printf(&log, "v%u,%s,2026-%02u-%02u 10:%02d,%s,%u\n", visit,
                 event == 0            ? "home"
                 : event == 1          ? "cart"
                 : fails && event == 2 ? "oops"
                                       : "pay",
                 3 + day / 30, day % 30 + 1, event, devices[device], visit);
  }
  return buf_take(&log, arena);
}

static const Str made_map =
    STR("evidence log { file \"made.csv\" column case \"visit\" column activity \"event\" column time \"day\" }\n"
        "journey j { stage s { \n touchpoint home \"Home\"  observed-as \"home\"\n"
        " touchpoint cart \"Cart\"  observed-as \"cart\"\n touchpoint pay \"Pays\"  observed-as \"pay\"\n } }\n");

static void finds_what_was_put_in(const char *folder) {
  Arena *arena = arena_new();
  Read read = read_made(folder, made_map, made_log(arena, true));
  const Observation *o = observe(read.binding, ALL_CASES, read.arena);
  Findings found = find_differences(o, ALL_CASES, read.arena);
  CHECK(found.count == 1);
  if (found.count > 0) {
    const Finding *first = &found.at[0];
    CHECK(first->attribute && str_is_c(first->attribute->name, "device") && first->value == 2);
    CHECK(first->has_days && first->last_day - first->first_day == 9 && first->cases == 100);
    CHECK(first->differences[0].outcome.kind == OUTCOME_HAS && first->differences[0].other_hits == 0);
    CHECK(first->count >= 3); /* fewer pay, more leave */
  }
  end(&read);
  read = read_made(folder, made_map, made_log(arena, false));
  found = find_differences(observe(read.binding, ALL_CASES, read.arena), ALL_CASES, read.arena);
  CHECK(found.count == 0 && found.compared > 1000);
  end(&read);
  arena_free(arena);
}

/* In whatever order the rows stand. */
static void order_is_nothing(const char *folder) {
  Arena *arena = arena_new();
  Str log = made_log(arena, true), rest = log, head = str_cut_line(&rest);
  Buf turned = {0};
  VEC(Str) lines = {0};
  while (rest.len > 0) vec_push(&lines, str_cut_line(&rest));
  buf_printf(&turned, STR_FMT "\n", STR_ARG(head));
  for (size_t i = 0; i < lines.len; i++) { /* 7919 is prime to their number */
    Str line = lines.at[i * 7919 % lines.len];
    buf_printf(&turned, STR_FMT "\n", STR_ARG(line));
  }
  Read a = read_made(folder, made_map, log), b = read_made(folder, made_map, buf_str(&turned));
  const Observation *x = observe(a.binding, ALL_CASES, a.arena), *y = observe(b.binding, ALL_CASES, b.arena);
  CHECK(x->on_map == y->on_map && x->moves_drawn == y->moves_drawn && x->move_count == y->move_count);
  for (uint32_t i = 0; i < x->move_count && i < y->move_count; i++)
    CHECK(x->moves[i].count == y->moves[i].count && x->moves[i].to == y->moves[i].to);
  CHECK(find_differences(y, ALL_CASES, b.arena).count == 1);
  end(&a);
  end(&b);
  vec_free(&lines);
  buf_free(&turned);
  arena_free(arena);
}

int main(void) {
  char folder[] = "/tmp/journey-observe-XXXXXX";
  CHECK(mkdtemp(folder) != NULL);
  counts_by_hand();
  waits_by_hand();
  parts_by_hand();
  nearest_step_is_meant(folder);
  future_is_free(folder);
  quantiles();
  fisher();
  finds_what_was_put_in(folder);
  order_is_nothing(folder);
  Arena *arena = arena_new();
  unlink(arena_format(arena, "%s/made.journey", folder).at);
  unlink(arena_format(arena, "%s/made.csv", folder).at);
  rmdir(folder);
  arena_free(arena);
  return CHECK_DONE();
}
