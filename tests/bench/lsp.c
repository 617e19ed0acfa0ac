/* lsp BUILD FOLDER [--quick] [--alone] [--only small|large|many] : drives `journey lsp` over pipes as an editor would,
 * and beside it the servers of other languages that are found in $PATH; prints medians and 99th percentiles beside what
 * is to be reached. lsp BUILD FOLDER --edits [COUNT] : whether memory grows over so many edits (100,000). Times go from
 * the moment before a message is written to the moment at which the last byte of its answer was read. The server has
 * two processors, this program one of its own where there is a third. No editor's delay is in the times but in that of
 * the burst. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/os.h"
#include "base/os_process.h"
#include "lsp_session.h"

typedef struct {
  bool known;
  size_t samples;
  double median, worst; /* worst: the 99th percentile */
} Figures;

typedef enum {
  START,
  PUSHED,
  PULLED,
  COMPLETION,
  HOVER,
  SYMBOLS,
  TOKENS,
  DELTA,
  MEMORY,
  PEAK,
  IDLE,
  LARGE_START,
  LARGE_PUSHED,
  LARGE_PULLED,
  LARGE_BURST,
  LARGE_MEMORY,
  MANY_START,
  MANY_ALL,
  MANY_OWN,
  MANY_START_PULLED,
  MANY_PULLED,
  MANY_MEMORY,
  MANY_IDLE,
  ROWS
} RowName;

/* At most; 0: nothing is asked for. */
typedef struct {
  const char *title, *what, *unit;
  double median, worst;
} Row;

static const double NONE = 1e-9; /* as a limit: nothing at all */

static const Row rows[ROWS] = {
    [START] = {"A map of 25 touchpoints, %u lines", "process start to first diagnostics", "ms", 15, 0},
    [PUSHED] = {NULL, "change to diagnostics, pushed", "ms", 0.5, 2},
    [PULLED] = {NULL, "change to diagnostics, pulled", "ms", 0.5, 2},
    [COMPLETION] = {NULL, "completion right after an edit", "ms", 0.5, 2},
    [HOVER] = {NULL, "hover right after an edit", "ms", 0.5, 2},
    [SYMBOLS] = {NULL, "symbols right after an edit", "ms", 0.5, 2},
    [TOKENS] = {NULL, "tokens right after an edit", "ms", 0.5, 2},
    [DELTA] = {NULL, "tokens, what differs, right after an edit", "ms", 0.5, 2},
    [MEMORY] = {NULL, "memory after opening", "MB", 12, 0},
    [PEAK] = {NULL, "  at its highest", "MB", 0, 0},
    [IDLE] = {NULL, "processor use in 5 s of nothing", "ms", NONE, 0},
    [LARGE_START] = {"One file of 10,000 touchpoints, %u lines", "process start to first diagnostics", "ms", 0, 0},
    [LARGE_PUSHED] = {NULL, "change to diagnostics, pushed", "ms", 30, 0},
    [LARGE_PULLED] = {NULL, "change to diagnostics, pulled", "ms", 30, 0},
    [LARGE_BURST] = {NULL, "hover right behind 20 keys at 80 ms", "ms", 30, 0},
    [LARGE_MEMORY] = {NULL, "memory", "MB", 0, 0},
    [MANY_START] = {"1,000 files of 10 touchpoints", "process start to all diagnostics, pushed", "ms", 300, 0},
    [MANY_ALL] = {NULL, "change in what all import to all diagnostics", "ms", 60, 0},
    [MANY_OWN] = {NULL, "  to its own", "ms", 5, 0},
    [MANY_START_PULLED] = {NULL, "process start to all diagnostics, pulled", "ms", 300, 0},
    [MANY_PULLED] = {NULL, "change in what all import, pulled", "ms", 60, 0},
    [MANY_MEMORY] = {NULL, "memory", "MB", 0, 0},
    [MANY_IDLE] = {NULL, "processor use in 5 s of nothing", "ms", NONE, 0},
};

static Server servers[SERVERS];
static bool present[SERVERS];
static Figures table[ROWS][SERVERS];
static unsigned small_lines, large_lines;
static bool quick;
static const char *build, *folder;
static Arena *arena;
static cpu_set_t two_processors;

static void fail(const char *what) {
  fprintf(stderr, "lsp: %s\n", what);
  exit(2);
}

/* The first two for the servers, the third for this program. */
static void choose_processors(void) {
  cpu_set_t every, own;
  int taken = 0;
  CPU_ZERO(&own);
  if (sched_getaffinity(0, sizeof every, &every) != 0) fail("the processors of this machine can't be asked for");
  for (size_t i = 0; i < CPU_SETSIZE && taken < 3; i++) {
    if (!CPU_ISSET(i, &every)) continue;
    if (taken < 2) CPU_SET(i, &two_processors);
    else CPU_SET(i, &own);
    taken++;
  }
  if (taken == 3) sched_setaffinity(0, sizeof own, &own);
}

/* ---- documents ---- */

static const char *generate(unsigned touchpoints, unsigned files) {
  const char *place = arena_format(arena, "%s/%u-%u", folder, touchpoints, files).at;
  const char *program = arena_format(arena, "%s/tests/bench/bench_generate", build).at;
  const char *argv[] = {program, place, arena_format(arena, "%u", touchpoints).at, arena_format(arena, "%u", files).at,
                        "usual", NULL};
  Str out, complaint;
  if (os_run(arena, argv, STR(""), &out, &complaint) != 0) fail("maps can't be generated");
  return place;
}

static Str read_text(const char *place, const char *name) {
  Str text = {0}, why;
  if (!os_read_file(arena, arena_format(arena, "%s/%s", place, name).at, 1 << 26, &text, &why))
    fail("a generated file is gone");
  return text;
}

static unsigned lines_of(Str text) {
  unsigned lines = 0;
  for (size_t i = 0; i < text.len; i++) lines += text.at[i] == '\n';
  return lines;
}

static Str text_of(const Server *server, const char *place) {
  if (!server->write) return read_text(place, server->file);
  Buf text = {0};
  server->write(&text, place);
  return buf_take(&text, arena);
}

/* ---- figures ---- */

static int by_size(const void *a, const void *b) {
  double difference = *(const double *)a - *(const double *)b;
  return difference < 0 ? -1 : difference > 0;
}

/* Frees the samples. */
static void keep(RowName row, unsigned server, Samples *samples, bool all) {
  if (all && samples->len > 0) {
    qsort(samples->at, samples->len, sizeof *samples->at, by_size);
    size_t worst = (samples->len * 99 + 99) / 100;
    table[row][server] = (Figures){true, samples->len, samples->at[samples->len / 2], samples->at[worst - 1]};
  } else fprintf(stderr, "  nothing came in time: %s\n", rows[row].what);
  vec_free(samples);
}

static void keep_one(RowName row, unsigned server, double figure) {
  Samples one = {0};
  vec_push(&one, figure);
  keep(row, server, &one, true);
}

/* When all that is computed late has been computed. */
static void measure_idle(RowName row, unsigned server, Session *session) {
  session_settle(session, quick ? 2 : 5);
  double before = session_used(session);
  sleep(quick ? 1 : 5);
  keep_one(row, server, session_used(session) - before);
}

/* ---- a small document, of each server ---- */

static void measure_start(RowName row, unsigned s, const char *place, Str text, unsigned runs) {
  Samples samples = {0};
  bool all = true;
  for (unsigned i = 0; i < runs && all; i++) {
    Session session;
    all = session_open(&session, &servers[s], place, text, false, &two_processors) &&
          client_wait(&session.client, client_published_since, 0, 10);
    vec_push(&samples, (session.client.published_at - session.client.started) * 1000);
    session_close(&session);
  }
  keep(row, s, &samples, all);
}

static void measure_pushed(unsigned s, const char *place, Str text, unsigned count) {
  Session session;
  Samples samples = {0};
  if (session_open(&session, &servers[s], place, text, false, &two_processors) && session_settle(&session, 0.5)) {
    keep_one(MEMORY, s, session_memory(&session, "VmRSS:"));
    keep_one(PEAK, s, session_memory(&session, "VmHWM:"));
    measure_idle(IDLE, s, &session);
    bool all = session_push(&session, count, &samples);
    keep(PUSHED, s, &samples, all);
  }
  session_close(&session);
}

static void measure_pulled(RowName row, unsigned s, const char *place, Str text, unsigned count) {
  Session session;
  Samples samples = {0};
  if (session_open(&session, &servers[s], place, text, true, &two_processors) &&
      json_object_get(session.offers, "diagnosticProvider")) {
    client_wait(&session.client, client_never, 0, 0.3);
    bool all = session_pull(&session, count, &samples);
    keep(row, s, &samples, all);
  }
  session_close(&session);
}

static void measure_asks(unsigned s, const char *place, Str text, unsigned count) {
  static const char *const offered[ASK_COUNT] = {"completionProvider", "hoverProvider", "documentSymbolProvider",
                                                 "semanticTokensProvider", "semanticTokensProvider"};
  Session session;
  if (session_open(&session, &servers[s], place, text, servers[s].pulls, &two_processors)) {
    client_wait(&session.client, client_never, 0, 1);
    for (unsigned what = 0; what < ASK_COUNT; what++) {
      Samples samples = {0};
      if (!json_is_true(json_object_get(session.offers, offered[what])) &&
          !json_is_object(json_object_get(session.offers, offered[what])))
        continue;
      bool all = session_ask(&session, what, count, &samples);
      keep(COMPLETION + what, s, &samples, all);
    }
  }
  session_close(&session);
}

static void measure_small(unsigned s, const char *place) {
  Str text = text_of(&servers[s], place);
  unsigned count = s == 0 ? 2000 : 100;
  fprintf(stderr, "%s\n", servers[s].name);
  if (quick) count /= 10;
  measure_start(START, s, place, text, quick ? 5 : s == 0 ? 101 : 15);
  if (!table[START][s].known) return;
  measure_pushed(s, place, text, count);
  measure_pulled(PULLED, s, place, text, count);
  measure_asks(s, place, text, count);
}

/* ---- large ones, of ours ---- */

static void measure_large(void) {
  const char *place = generate(10000, 1);
  Str text = text_of(&servers[0], place);
  Session session;
  Samples samples = {0}, bursts = {0};
  large_lines = lines_of(text);
  measure_start(LARGE_START, 0, place, text, quick ? 1 : 5);
  if (!table[LARGE_START][0].known) return;
  if (session_open(&session, &servers[0], place, text, false, &two_processors) && session_settle(&session, 0.5)) {
    bool all = session_push(&session, quick ? 20 : 200, &samples);
    keep(LARGE_PUSHED, 0, &samples, all);
    all = session_burst(&session, quick ? 2 : 10, &bursts);
    keep(LARGE_BURST, 0, &bursts, all);
    keep_one(LARGE_MEMORY, 0, session_memory(&session, "VmRSS:"));
  }
  session_close(&session);
  measure_pulled(LARGE_PULLED, 0, place, text, quick ? 20 : 200);
}

/* A team that all files name: the change that mends its name, and the one that breaks it again. It is broken on the
 * disk, so that every file has something to say from the beginning. */
static const EditKind mended = {"team team-0", "", 1};
enum { MANY = 1000 };

static const char *generate_many(Server *server, Str *text) {
  const char *place = generate(10 * MANY, MANY);
  *server = servers[0];
  server->file = "people.journey";
  Document people = {0};
  document_set(&people, text_of(server, place));
  EditKind broken = {mended.after, "x", 0};
  document_edit(&people, &broken, 1);
  *text = arena_copy(arena, buf_str(&people.text));
  document_free(&people);
  Str why;
  if (!os_write_file(arena, arena_format(arena, "%s/people.journey", place).at, *text, &why))
    fail("no file is written");
  return place;
}

/* Until nothing more comes, since what takes longer than the rest comes behind it. */
static bool open_all(Session *session, const Server *server, const char *place, Str text, Samples *to) {
  bool all = session_open(session, server, place, text, false, &two_processors) &&
             client_wait(&session->client, client_published_files, MANY, 10);
  if (all) session_settle(session, 0.5);
  vec_push(to, (session->client.file_published_at - session->client.started) * 1000);
  return all;
}

static void measure_many_pushed(const Server *server, const char *place, Str text) {
  Session session;
  Samples starts = {0}, changes = {0}, own = {0};
  bool all = true;
  for (unsigned i = 0; i < (quick ? 1 : 10) && all; i++) {
    all = open_all(&session, server, place, text, &starts);
    session_close(&session);
  }
  keep(MANY_START, 0, &starts, all);
  if (open_all(&session, server, place, text, &starts)) {
    for (unsigned i = 0; i < (quick ? 4 : 40) && all; i++)
      all = session_change_all(&session, &mended, MANY, &changes, &own);
    keep(MANY_OWN, 0, &own, true);
    keep(MANY_ALL, 0, &changes, all);
    keep_one(MANY_MEMORY, 0, session_memory(&session, "VmRSS:"));
    measure_idle(MANY_IDLE, 0, &session);
  }
  vec_free(&starts);
  session_close(&session);
}

static void measure_many_pulled(const Server *server, const char *place, Str text) {
  Session session;
  Samples starts = {0}, changes = {0};
  bool all = true;
  for (unsigned i = 0; i < (quick ? 1 : 10) && all; i++) {
    all = session_open(&session, server, place, text, true, &two_processors) &&
          session_pull_all(&session, NULL, MANY, &starts);
    session_close(&session);
  }
  keep(MANY_START_PULLED, 0, &starts, all);
  if (session_open(&session, server, place, text, true, &two_processors) &&
      session_pull_all(&session, NULL, MANY, &starts)) {
    for (unsigned i = 0; i < (quick ? 4 : 40) && all; i++) {
      client_wait(&session.client, client_never, 0, 0.3);
      all = session_pull_all(&session, &mended, MANY, &changes);
    }
    keep(MANY_PULLED, 0, &changes, all);
  }
  vec_free(&starts);
  session_close(&session);
}

/* ---- the table ---- */

static void print_figures(const Figures *figures) {
  char text[64] = "-";
  if (figures->known && figures->samples == 1) snprintf(text, sizeof text, "%.2f", figures->median);
  else if (figures->known) snprintf(text, sizeof text, "%.2f / %.2f", figures->median, figures->worst);
  printf("  %20s", text);
}

static const char *verdict(const Row *row, const Figures *figures) {
  if (row->median == 0) return "";
  bool reached = figures->known && figures->median <= row->median && (row->worst == 0 || figures->worst <= row->worst);
  return reached ? "reached" : "NOT REACHED";
}

static void print_limit(double limit) {
  if (limit == NONE) printf(" %8s", "none");
  else if (limit > 0) printf(" %8.2f", limit);
  else printf(" %8s", "");
}

static void print_row(const Row *row, const Figures *figures) {
  printf("  %-44s", row->what);
  if (figures->known) printf(" %8.2f", figures->median);
  else printf(" %8s", "-");
  print_limit(row->median);
  if (figures->known && figures->samples > 1) printf(" %8.2f", figures->worst);
  else printf(" %8s", "");
  print_limit(row->worst);
  printf(" %-2s %-11s", row->unit, verdict(row, figures));
  for (unsigned s = 1; s < SERVERS; s++)
    if (present[s] && row - rows < LARGE_START) print_figures(&figures[s]);
  putchar('\n');
}

static const char *part_of(unsigned row) { return row < LARGE_START ? "small" : row < MANY_START ? "large" : "many"; }

static void print_table(const char *only) {
  printf("\n%-46s %8s %8s %8s %8s %14s", "", "median", "at most", "99th", "at most", "");
  for (unsigned s = 1; s < SERVERS; s++)
    if (present[s]) printf("  %20s", servers[s].name);
  putchar('\n');
  for (unsigned i = 0; i < ROWS; i++) {
    if (only && strcmp(only, part_of(i)) != 0) continue;
    if (rows[i].title) {
      printf(rows[i].title, i == START ? small_lines : large_lines);
      putchar('\n');
    }
    print_row(&rows[i], table[i]);
  }
}

/* ---- which servers there are ---- */

static void find_servers(bool alone) {
  present[0] = true;
  for (unsigned s = 1; s < SERVERS && !alone; s++) {
    const char *argv[] = {"sh", "-c", "command -v \"$0\"", servers[s].argv[0], NULL};
    Str out, complaint;
    present[s] = os_run(arena, argv, STR(""), &out, &complaint) == 0;
    if (!present[s])
      printf("%s is not installed here, and left out: tests/bench/peers.sh installs it.\n", servers[s].name);
  }
}

/* ---- many edits ---- */

/* With what is computed late, which waits until nobody types. */
static double memory_at_rest(Session *session) {
  session_settle(session, 2);
  return session_memory(session, "VmRSS:");
}

static void count_memory(unsigned edits) {
  enum { FIRST = 1000 };
  const char *place = generate(25, 1);
  Session session;
  double first = 0, last = 0;
  bool all = session_open(&session, &servers[0], place, text_of(&servers[0], place), false, &two_processors);
  for (unsigned i = 1; i <= edits && all; i++) {
    all = session_edit(&session);
    if (i == FIRST) first = memory_at_rest(&session);
  }
  last = memory_at_rest(&session);
  session_close(&session);
  if (!all) fail("an edit was never answered by diagnostics");
  printf("memory after %d edits %.2f MB, after %u edits %.2f MB: %.2f times, at most 1.20: %s\n", FIRST, first, edits,
         last, last / first, last <= first * 1.2 ? "reached" : "NOT REACHED");
}

static void measure_many(void) {
  Server shared;
  Str text;
  const char *place = generate_many(&shared, &text);
  measure_many_pushed(&shared, place, text);
  measure_many_pulled(&shared, place, text);
}

static void measure_all(const char *only) {
  const char *place = generate(25, 1);
  small_lines = lines_of(text_of(&servers[0], place));
  servers_write_schema(place);
  for (unsigned s = 0; s < SERVERS; s++)
    if (present[s] && (!only || strcmp(only, "small") == 0)) measure_small(s, place);
  if (!only || strcmp(only, "large") == 0) measure_large();
  if (!only || strcmp(only, "many") == 0) measure_many();
}

int main(int count, char **arguments) {
  if (count < 3) fail("lsp BUILD FOLDER [--quick] [--alone] [--only small|large|many] | --edits [COUNT]");
  bool alone = false;
  const char *only = NULL;
  arena = arena_new();
  build = arguments[1];
  folder = arguments[2];
  servers_fill(servers, arena_format(arena, "%s/journey", build).at);
  choose_processors();
  for (int i = 3; i < count; i++) {
    quick |= strcmp(arguments[i], "--quick") == 0;
    alone |= strcmp(arguments[i], "--alone") == 0;
    if (strcmp(arguments[i], "--only") == 0 && i + 1 < count) only = arguments[i + 1];
    if (strcmp(arguments[i], "--edits") == 0) {
      count_memory(i + 1 < count ? (unsigned)atoi(arguments[i + 1]) : 100000);
      return 0;
    }
  }
  find_servers(alone);
  measure_all(only);
  print_table(only);
  arena_free(arena);
  return 0;
}
