/* bench BUILD FOLDER [--quick] : generates projects in FOLDER, runs the programs of BUILD over them, and prints tables.
 * What is compared runs in turns, so that a busy moment of the machine falls on both; figures are medians. Reading a
 * file counts on both sides. A bare parse gets one processor, `check` gets two. */
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/os.h"
#include "base/vec.h"

enum { MOST_RUNS = 31 };

/* What counts as linear growth: 1, and a tenth for the caches that a larger project no longer fits. */
static const double LINEAR = 1.1;

typedef VEC(const char *) Command;

typedef struct {
  double seconds, kib; /* medians */
} Figures;

static const char *build, *folder;
static Arena *arena;
static cpu_set_t one_processor, two_processors, every_processor;

static const char *format(const char *pattern, ...) __attribute__((format(printf, 1, 2)));
static const char *format(const char *pattern, ...) {
  va_list args;
  va_start(args, pattern);
  Buf buf = {0};
  buf_vprintf(&buf, pattern, args);
  va_end(args);
  return buf_take(&buf, arena).at;
}

static void fail(const char *what) {
  fprintf(stderr, "bench: %s\n", what);
  exit(2);
}

static void choose_processors(void) {
  int taken = 0;
  if (sched_getaffinity(0, sizeof every_processor, &every_processor) != 0)
    fail("the processors of this machine can't be asked for");
  for (size_t i = 0; i < CPU_SETSIZE && taken < 2; i++) {
    if (!CPU_ISSET(i, &every_processor)) continue;
    if (taken++ == 0) CPU_SET(i, &one_processor);
    CPU_SET(i, &two_processors);
  }
}

/* ---- running programs ---- */

static const char *output_path(void) { return format("%s/output", folder); }

/* Its standard output goes to the file `output`. */
static void run_once(const Command *command, const cpu_set_t *processors, double *seconds, double *kib) {
  const char *output = output_path();
  double start = os_clock();
  pid_t child = fork();
  if (child == 0) {
    sched_setaffinity(0, sizeof *processors, processors);
    int to = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (to < 0 || dup2(to, 1) < 0) _exit(99);
    execvp(command->at[0], (char *const *)(void *)command->at);
    _exit(99);
  }
  int status = 0;
  struct rusage usage;
  if (child < 0 || wait4(child, &status, 0, &usage) != child) fail("a program can't be run");
  if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) fail(format("%s %s … failed", command->at[0], command->at[1]));
  *seconds = os_clock() - start;
  *kib = (double)usage.ru_maxrss;
}

static int by_size(const void *a, const void *b) {
  double difference = *(const double *)a - *(const double *)b;
  return difference < 0 ? -1 : difference > 0;
}

static double median(double *figures, int count) {
  qsort(figures, (size_t)count, sizeof *figures, by_size);
  return figures[count / 2];
}

/* Runs the first on one processor and, in turns with it, the second on two; either may be NULL. */
static void run_in_turns(const Command *first, const Command *second, int runs, Figures *of_first, Figures *of_second) {
  double seconds[2][MOST_RUNS], kib[2][MOST_RUNS];
  for (int i = 0; i < runs; i++) {
    if (first) run_once(first, &one_processor, &seconds[0][i], &kib[0][i]);
    if (second) run_once(second, &two_processors, &seconds[1][i], &kib[1][i]);
  }
  if (first) *of_first = (Figures){median(seconds[0], runs), median(kib[0], runs)};
  if (second) *of_second = (Figures){median(seconds[1], runs), median(kib[1], runs)};
}

static Command command_of(const char *program, ...) {
  Command command = {0};
  va_list args;
  va_start(args, program);
  for (const char *word = program; word; word = va_arg(args, const char *)) vec_push(&command, word);
  va_end(args);
  vec_push(&command, NULL);
  return command;
}

static const char *program(const char *name) { return format("%s/%s", build, name); }

static void run_silently(Command command) {
  double seconds, kib;
  run_once(&command, &two_processors, &seconds, &kib);
  vec_free(&command);
}

/* What the last program printed. */
static Str output_text(void) {
  Str text = {0}, why;
  if (!os_read_file(arena, output_path(), 1 << 20, &text, &why)) fail("the output of a program is gone");
  return text;
}

/* ---- projects ---- */

typedef struct {
  const char *kind;
  int touchpoints, files;
  const char *place;      /* its folder */
  const char *first;      /* its file, where it is one */
  double bytes, tree_kib; /* tree_kib: of one file alone */
  Figures bare, check;
} Sample;

static void generate(Sample *p) {
  p->place = format("%s/%s-%d-%d", folder, p->kind, p->touchpoints, p->files);
  p->first = format("%s/map-0000.journey", p->place);
  run_silently(command_of(program("tests/bench/bench_generate"), p->place, format("%d", p->touchpoints),
                          format("%d", p->files), p->kind, NULL));
}

typedef struct {
  Command *command;
  double *bytes;
} Found;

static void found_file(void *context, Str path) {
  Found *found = context;
  struct stat info;
  vec_push(found->command, arena_copy(arena, path).at);
  if (stat(path.at, &info) == 0) *found->bytes += (double)info.st_size;
}

static void measure(Sample *p, int runs) {
  generate(p);
  Command bare = {0};
  Command check =
      command_of(program("journey"), "check", "--today", "2026-11-22", p->files == 1 ? p->first : p->place, NULL);
  vec_push(&bare, program("tests/bench/bench_bare_parse"));
  Str why;
  if (p->files > 1) os_walk(arena, p->place, STR(".journey"), found_file, &(Found){&bare, &p->bytes}, &why);
  else found_file(&(Found){&bare, &p->bytes}, str_of(p->first));
  vec_push(&bare, NULL);
  run_in_turns(&bare, NULL, 1, &p->bare, NULL);
  p->tree_kib = atof(output_text().at);
  run_in_turns(&bare, &check, runs, &p->bare, &p->check);
  vec_free(&bare);
  vec_free(&check);
}

static void print_project(const Sample *p) {
  printf("%-7s %8d %6d %9.1f %10.1f %10.1f %7.2f %7.1f %9.1f %8.1f", p->kind, p->touchpoints, p->files,
         p->bytes / 1048576, p->bare.seconds * 1000, p->check.seconds * 1000, p->check.seconds / p->bare.seconds,
         p->bytes / 1e6 / p->check.seconds, p->check.kib / 1024, p->check.kib * 1024 / p->bytes);
  if (p->files == 1) printf(" %8.2f", p->check.kib / p->tree_kib);
  putchar('\n');
  fflush(stdout);
}

/* A column for each phase, in milliseconds: the names above the first sample. */
static void print_phases(const Sample *p, bool first) {
  run_silently(command_of(program("tests/bench/bench_phases"), p->files == 1 ? p->first : p->place,
                          p->files == 1 ? "1" : "2", NULL));
  Str text = output_text();
  if (first) {
    printf("\nIn one process, ms     ");
    for (Str rest = text; rest.len > 0;) {
      Str line = str_cut_line(&rest);
      Str name = str_cut(&line, ' ');
      printf(" %10.*s", (int)name.len, name.at);
    }
    printf("\nkind    touchpts.  files\n");
  }
  printf("%-7s %8d %6d", p->kind, p->touchpoints, p->files);
  while (text.len > 0) {
    Str line = str_cut_line(&text);
    str_cut(&line, ' ');
    printf(" %10.2f", atof(line.at));
  }
  putchar('\n');
}

/* ---- what is to be reached ---- */

/* Characters, of which each takes a column. */
static size_t columns(const char *text) {
  size_t count = 0;
  for (; *text; text++) count += ((unsigned char)*text & 0xC0) != 0x80;
  return count;
}

static void goal(const char *what, double measured, double limit, const char *unit) {
  printf("%s%*s %8.2f %8.2f %-3s %s\n", what, 74 - (int)columns(what), "", measured, limit, unit,
         measured <= limit ? "reached" : "NOT REACHED");
}

static unsigned lines_of(const char *path) {
  Str text = {0}, why;
  unsigned lines = 0;
  if (!os_read_file(arena, path, 1 << 24, &text, &why)) fail("a generated file is gone");
  for (size_t i = 0; i < text.len; i++) lines += text.at[i] == '\n';
  return lines;
}

static double html_kib(const char *place) {
  Command found = {0};
  double bytes = 0;
  Str why;
  os_walk(arena, place, STR(".html"), found_file, &(Found){&found, &bytes}, &why);
  vec_free(&found);
  return bytes / 1024;
}

static void print_small(void) {
  Sample one = {.kind = "rich", .touchpoints = 25, .files = 1};
  const char *html = format("%s/html", folder);
  Figures version, bare, check, page;
  generate(&one);
  one_processor = two_processors = every_processor; /* nothing is compared here */
  Command commands[] = {command_of(program("journey"), "--version", NULL),
                        command_of(program("tests/bench/bench_bare_parse"), one.first, NULL),
                        command_of(program("journey"), "check", one.first, NULL),
                        command_of(program("journey"), "build", "--format", "html", "-o", html, one.first, NULL)};
  run_in_turns(&commands[0], &commands[2], MOST_RUNS, &version, &check);
  run_in_turns(&commands[1], &commands[3], MOST_RUNS, &bare, &page);
  printf("\nCold start, whole process         ms       MB\n");
  printf("--version                   %8.2f %8.1f\n", version.seconds * 1000, version.kib / 1024);
  printf("bare parse of %4u lines    %8.2f %8.1f\n", lines_of(one.first), bare.seconds * 1000, bare.kib / 1024);
  printf("check of the same           %8.2f %8.1f\n", check.seconds * 1000, check.kib / 1024);
  printf("build --format html of it   %8.2f %8.1f\n", page.seconds * 1000, page.kib / 1024);
  printf("\n%-74s %8s %8s\n", "To reach", "measured", "at most");
  goal(format("cold check of a file of %u lines, whole process", lines_of(one.first)), check.seconds * 1000, 8, "ms");
  goal("  its memory", check.kib / 1024, 12, "MB");
  goal("build --format html of 25 touchpoints", page.seconds * 1000, 30, "ms");
  goal("  the file", html_kib(html), 200, "KB");
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) vec_free(&commands[i]);
}

static void print_report(void) {
  enum { RUNS = 9, MAPS = 100 };
  Sample maps = {.kind = "rich", .touchpoints = 25 * MAPS, .files = MAPS};
  Figures report;
  generate(&maps);
  Command command = command_of(program("journey"), "report", "-o", format("%s/report.html", folder), maps.place, NULL);
  run_in_turns(NULL, &command, RUNS, NULL, &report);
  goal("report of 100 maps of 25 touchpoints, on 2 processors", report.seconds * 1000, 1000, "ms");
  vec_free(&command);
}

static void print_goals(const Sample *small, const Sample *large, const Sample *many) {
  const char *kind = large->kind;
  goal(format("check of one file of 100,000 %s touchpoints ÷ bare parse", kind),
       large->check.seconds / large->bare.seconds, 1.4, "");
  goal(format("check of 1,000 %s files on 2 processors ÷ bare parse on one", kind),
       many->check.seconds / many->bare.seconds, 0.8, "");
  double own_growth = large->bare.seconds / small->bare.seconds / 10;
  goal(format("time from 10,000 to 100,000 %s touchpoints ÷ 10 (bare parse: %.2f)", kind, own_growth),
       large->check.seconds / small->check.seconds / 10, LINEAR, "");
  goal(format("memory from 10,000 to 100,000 %s touchpoints ÷ 10", kind), large->check.kib / small->check.kib / 10,
       LINEAR, "");
  goal(format("peak memory, one %s file ÷ the syntax tree alone", kind), large->check.kib / large->tree_kib, 1.5, "");
  goal(format("peak memory, 1,000 %s files ÷ their text", kind), many->check.kib * 1024 / many->bytes, 8, "");
}

/* A copy of the map in which every third sign of an emotion is turned round. */
static const char *altered(const Sample *p) {
  Str text = {0}, why;
  if (!os_read_file(arena, p->first, 1 << 26, &text, &why)) fail("a generated file is gone");
  char *bytes = (char *)text.at;
  unsigned signs = 0;
  for (size_t i = 0; i + 1 < text.len; i++)
    if ((bytes[i] == '+' || bytes[i] == '-') && bytes[i - 1] == ' ' && strchr("12", bytes[i + 1]) && signs++ % 3 == 0)
      bytes[i] = bytes[i] == '+' ? '-' : '+';
  const char *path = format("%s/altered.journey", p->place);
  if (!os_write_file(arena, path, text, &why)) fail("a copy can't be written");
  return path;
}

static void print_diff(const char *kind) {
  enum { RUNS = 9 };
  Sample one = {.kind = kind, .touchpoints = 10000, .files = 1};
  generate(&one);
  const char *other = altered(&one);
  Command commands[] = {command_of(program("journey"), "check", one.first, NULL),
                        command_of(program("journey"), "check", other, NULL),
                        command_of(program("journey"), "diff", one.first, other, NULL)};
  double seconds[3][MOST_RUNS], kib;
  for (int i = 0; i < RUNS; i++)
    for (int c = 0; c < 3; c++) run_once(&commands[c], &two_processors, &seconds[c][i], &kib);
  double both = median(seconds[0], RUNS) + median(seconds[1], RUNS);
  goal(format("diff of two maps of 10,000 %s touchpoints ÷ checking both", kind), median(seconds[2], RUNS) / both, 2,
       "");
  for (int c = 0; c < 3; c++) vec_free(&commands[c]);
}

/* Neither program has more than one thread; both read the file from memory. */
static void print_table(void) {
  enum { RUNS = 9, MEGABYTES = 200, AT_LEAST = 400 /* MB/s */ };
  const char *path = format("%s/answers.csv", folder);
  double seconds[2][MOST_RUNS], kib[2][MOST_RUNS];
  run_silently(command_of(program("tests/bench/bench_table"), "write", path, format("%d", MEGABYTES), NULL));
  Command commands[] = {command_of("wc", "-l", path, NULL),
                        command_of(program("tests/bench/bench_table"), "read", path, NULL)};
  for (int i = 0; i < RUNS; i++)
    for (int c = 0; c < 2; c++) run_once(&commands[c], &one_processor, &seconds[c][i], &kib[c][i]);
  double count = median(seconds[0], RUNS), read = median(seconds[1], RUNS);
  goal(format("CSV of %d MB, quotes included: %.0f MB/s, %.1f × wc -l", MEGABYTES, MEGABYTES / read, read / count),
       read * 1000, MEGABYTES * 1000.0 / AT_LEAST, "ms");
  goal("  its memory", median(kib[1], RUNS) / 1024, 8, "MB");
  for (int c = 0; c < 2; c++) vec_free(&commands[c]);
  remove(path);
}

static const char event_map[] =
    "journey shop \"Buying\" {\n  stage look \"Looks\" {\n    touchpoint home \"Home\"\n    touchpoint catalog "
    "\"Looks\"\n"
    "    touchpoint view \"A product\" { observed-as \"product_view\" }\n  }\n  stage order \"Orders\" {\n"
    "    touchpoint add \"Cart\" { observed-as \"add_to_cart\" }\n    touchpoint cart \"Checks\"\n"
    "    touchpoint shipping \"Address\" { observed-as \"shipping_details\" }\n"
    "    touchpoint payment \"Pays\" { observed-as \"payment_details\" }\n    touchpoint purchase \"Has bought\"\n  "
    "}\n}\n"
    "evidence log \"Log\" {\n  method event-log\n  file \"events.csv\"\n  column case \"session\"\n"
    "  column activity \"event\"\n  column time \"time\"\n}\n";

/* A log of a million visits side by side, all attributes looked over, beside a bare count of its lines. */
static void print_log(bool quick) {
  enum { RUNS = 3, AT_MOST = 6 /* seconds, of ten million events */, MEGABYTES = 300 };
  int events = quick ? 1000000 : 10000000;
  const char *path = format("%s/events.csv", folder), *map = format("%s/shop.journey", folder);
  double seconds[2][MOST_RUNS], kib[2][MOST_RUNS];
  Str why;
  if (!os_write_file(arena, map, str_of(event_map), &why)) fail("a map can't be written");
  run_silently(
      command_of(program("tests/bench/bench_events"), path, format("%d", events / 10), format("%d", events), NULL));
  Command commands[] = {command_of("wc", "-l", path, NULL), command_of(program("journey"), "observe", map, NULL)};
  for (int i = 0; i < RUNS; i++)
    for (int c = 0; c < 2; c++) run_once(&commands[c], &one_processor, &seconds[c][i], &kib[c][i]);
  double count = median(seconds[0], RUNS), read = median(seconds[1], RUNS);
  goal(format("%d million events observed, %.0f × wc -l", events / 1000000, read / count), read * 1000,
       AT_MOST * 1000.0 * events / 1e7, "ms");
  goal("  its memory", median(kib[1], RUNS) / 1024, MEGABYTES, "MB");
  for (int c = 0; c < 2; c++) vec_free(&commands[c]);
  remove(path);
}

/* What scripts cost, and how soon one that never ends is ended. */
static void print_scripts(void) {
  run_silently(command_of(program("tests/bench/bench_script"), "metric", NULL));
  goal("effort of 10,000 steps and all their stages, from fork to answer", strtod(output_text().at, NULL), 20, "ms");
  run_silently(command_of(program("tests/bench/bench_script"), "hostile", NULL));
  goal("hostile script, time over its deadline: the worst of ten", strtod(output_text().at, NULL), 50, "ms");
}

static void tell_load(void) {
  double load = 0;
  if (getloadavg(&load, 1) == 1 && load > 0.5)
    printf("The machine is busy (load %.1f, %d processors): ratios on two processors come out too high.\n\n", load,
           os_processors());
}

static void bench(bool quick) {
  Sample projects[] = {
      {.kind = "bare", .touchpoints = 1000, .files = 1},    {.kind = "bare", .touchpoints = 10000, .files = 1},
      {.kind = "bare", .touchpoints = 100000, .files = 1},  {.kind = "bare", .touchpoints = 100000, .files = 1000},
      {.kind = "rich", .touchpoints = 1000, .files = 1},    {.kind = "rich", .touchpoints = 10000, .files = 1},
      {.kind = "rich", .touchpoints = 100000, .files = 1},  {.kind = "rich", .touchpoints = 100000, .files = 1000},
      {.kind = "variant", .touchpoints = 2000, .files = 1}, {.kind = "variant", .touchpoints = 20000, .files = 1}};
  enum { COUNT = sizeof projects / sizeof *projects, VARIANTS = COUNT - 2 };
  tell_load();
  printf("                           text, MB  bare, ms  check, ms   ratio    MB/s  peak, MB   ÷ text   ÷ tree\n"
         "kind    touchpts.  files\n");
  for (int i = 0; i < COUNT; i++) {
    if (quick && projects[i].touchpoints > 20000) continue;
    measure(&projects[i], projects[i].touchpoints >= 100000 ? 5 : 15);
    print_project(&projects[i]);
  }
  bool first = true;
  for (int i = 0; i < COUNT; i++) {
    bool shown = projects[i].touchpoints == 10000 || projects[i].touchpoints == 20000 || projects[i].files > 1;
    if (!shown || (quick && projects[i].touchpoints > 20000)) continue;
    print_phases(&projects[i], first);
    first = false;
  }
  print_small();
  print_table();
  print_log(quick);
  print_scripts();
  print_diff("bare");
  print_diff("rich");
  print_report();
  goal("time from a variant of 2,000 changes to one of 20,000 ÷ 10",
       projects[COUNT - 1].check.seconds / projects[VARIANTS].check.seconds / 10, LINEAR, "");
  if (quick) return;
  for (int i = 0; i < VARIANTS; i += 4) print_goals(&projects[i + 1], &projects[i + 2], &projects[i + 3]);
}

int main(int count, char **arguments) {
  if (count < 3) fail("bench BUILD FOLDER [--quick]");
  build = arguments[1];
  folder = arguments[2];
  arena = arena_new();
  choose_processors();
  bench(count > 3 && strcmp(arguments[3], "--quick") == 0);
  arena_free(arena);
  return 0;
}
