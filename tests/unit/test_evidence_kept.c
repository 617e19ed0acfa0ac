/* Evidence that is kept between edits: over series of edits it is what a fresh reading finds, with the same messages at
 * the same places, and files are opened again only where they, or what is asked of them, have changed. */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/os.h"
#include "check.h"
#include "evidence/evidence.h"

enum { TODAY = 20779, AGED = 3600, FRESH = -3600 };

/* ---- equality ---- */

static bool same_span(Span a, Span b) { return a.start == b.start && a.end == b.end; }

static bool same_diagnostic(const Diagnostic *a, const Diagnostic *b) {
  bool same = a->code == b->code && a->unit == b->unit && same_span(a->span, b->span) &&
              str_is(a->message, b->message) && str_is(a->help, b->help) && a->related_count == b->related_count &&
              a->has_fix == b->has_fix && a->fix_is_sure == b->fix_is_sure;
  for (uint32_t i = 0; i < a->related_count && same; i++)
    same = a->related[i].unit == b->related[i].unit && same_span(a->related[i].span, b->related[i].span) &&
           str_is(a->related[i].text, b->related[i].text);
  return same && (!a->has_fix || (same_span(a->fix, b->fix) && str_is(a->replacement, b->replacement)));
}

static bool same_list(const Diagnostics *a, const Diagnostics *b) {
  bool same = a->list.len == b->list.len;
  for (size_t i = 0; i < a->list.len && same; i++) same = same_diagnostic(&a->list.at[i], &b->list.at[i]);
  return same;
}

/* To the last bit. */
static bool same_number(double a, double b) { return memcmp(&a, &b, sizeof a) == 0; }

static bool same_tally(const Tally *a, const Tally *b) {
  bool same = a->n == b->n && same_number(a->sum, b->sum) && same_number(a->sum_of_squares, b->sum_of_squares) &&
              same_number(a->shift, b->shift) && same_number(a->min, b->min) && same_number(a->max, b->max) &&
              a->score_count == b->score_count && (a->scores == NULL) == (b->scores == NULL) &&
              same_number(a->start, b->start) && same_number(a->end, b->end) && same_number(a->new, b->new) &&
              same_number(a->lost, b->lost);
  for (uint32_t i = 0; i < a->score_count && same && a->scores; i++)
    same = same_number(a->scores[i].value, b->scores[i].value) && a->scores[i].count == b->scores[i].count;
  return same;
}

static bool same_answers(const Answers *a, const Answers *b) {
  if (!a || !b) return a == b;
  bool same = ref_is(a->measure, b->measure) && same_tally(&a->all, &b->all) && a->period_count == b->period_count &&
              a->has_days == b->has_days && a->first_day == b->first_day && a->last_day == b->last_day &&
              a->has_scale == b->has_scale && same_number(a->scale_min, b->scale_min) &&
              same_number(a->scale_max, b->scale_max) && ref_is(a->evidence, b->evidence) && a->stale == b->stale;
  for (uint32_t i = 0; i < a->period_count && same; i++)
    same = a->periods[i].first_day == b->periods[i].first_day && str_is(a->periods[i].name, b->periods[i].name) &&
           same_tally(&a->periods[i].tally, &b->periods[i].tally);
  return same;
}

static bool same_dialect(const TableDialect *a, const TableDialect *b) {
  return a->format == b->format && a->encoding == b->encoding && a->header == b->header && a->dates == b->dates &&
         a->delimiter == b->delimiter && a->quote == b->quote && a->decimal == b->decimal && a->packed == b->packed &&
         a->dates_unclear == b->dates_unclear && a->dates_mixed == b->dates_mixed &&
         a->decimal_unclear == b->decimal_unclear;
}

static bool same_file(const EvidenceFile *a, const EvidenceFile *b) {
  bool same = ref_is(a->evidence, b->evidence) && str_is(a->path, b->path) && a->is_read == b->is_read &&
              same_dialect(&a->dialect, &b->dialect) && same_dialect(&a->said, &b->said) &&
              a->column_count == b->column_count && a->rows == b->rows && a->bad_rows == b->bad_rows &&
              a->counted == b->counted && a->measure_count == b->measure_count &&
              a->has_fresh_until == b->has_fresh_until && a->fresh_until == b->fresh_until &&
              a->has_days == b->has_days && a->first_day == b->first_day && a->last_day == b->last_day &&
              memcmp(a->column_of, b->column_of, sizeof a->column_of) == 0;
  for (uint32_t i = 0; i < a->column_count && same; i++)
    same = str_is(a->columns[i], b->columns[i]) && a->is_asked_for[i] == b->is_asked_for[i];
  for (uint32_t i = 0; i < a->measure_count && same; i++) same = ref_is(a->measures[i], b->measures[i]);
  return same;
}

static bool same_evidence(const Project *p, const Evidence *a, const Evidence *b) {
  const EvidenceFile *of_a, *of_b;
  size_t count = evidence_files(a, &of_a);
  bool same = evidence_files(b, &of_b) == count && evidence_was_stopped(a) == evidence_was_stopped(b);
  for (size_t i = 0; i < count && same; i++) same = same_file(&of_a[i], &of_b[i]);
  for (uint32_t u = 1; u < p->unit_count; u++)
    for (uint32_t at = 0; at < p->units[u]->statement_count && same; at++)
      if (p->units[u]->statements[at].keyword == K_MEASURE)
        same = same_answers(evidence_answers(a, (Ref){u, at}), evidence_answers(b, (Ref){u, at}));
  return same;
}

/* ---- a reading ---- */

static Project *load(Arena *arena, Str path, Str text, int32_t today) {
  Str why = {0};
  ProjectOptions options = {.stdin_text = &text, .stdin_path = path, .today = today, .threads = 1};
  Project *p = project_load(&options, arena, &why);
  CHECK(p != NULL);
  return p;
}

/* Whether both find the same; how many files were opened for it in `*opened`. */
static bool agrees(EvidenceKeep *keep, const Project *p, size_t *opened) {
  Arena *arena = arena_new();
  Diagnostics fresh = {.arena = arena}, kept = {.arena = arena};
  size_t before = evidence_keep_reads(keep);
  Evidence *now = evidence_read(p, NULL, NULL, arena, &fresh), *again = evidence_read_kept(keep, p, arena, &kept);
  bool same = same_evidence(p, now, again) && same_list(&fresh, &kept);
  *opened = evidence_keep_reads(keep) - before;
  vec_free(&fresh.list);
  vec_free(&kept.list);
  arena_free(arena);
  return same;
}

static size_t read_text(EvidenceKeep *keep, Str path, Str text, int32_t today) {
  Arena *arena = arena_new();
  size_t opened;
  Project *p = load(arena, path, text, today);
  bool same = agrees(keep, p, &opened);
  if (!same) printf(STR_FMT " with\n" STR_FMT "\n", STR_ARG(path), STR_ARG(text));
  CHECK(same);
  project_free(p);
  arena_free(arena);
  return opened;
}

/* ---- edits ---- */

/* Without the line; as it is where there is no such line. */
static Str without_line(Arena *arena, Str text, size_t line) {
  const char *at = text.at, *end = text.at + text.len;
  for (; at < end && line > 0; line--) {
    const char *next = memchr(at, '\n', (size_t)(end - at));
    at = next ? next + 1 : end;
  }
  const char *next = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
  Str before = {text.at, (size_t)(at - text.at)}, behind = {next ? next + 1 : end, 0};
  behind.len = (size_t)(end - behind.at);
  return arena_format(arena, STR_FMT STR_FMT, STR_ARG(before), STR_ARG(behind));
}

static size_t line_count(Str text) {
  size_t count = 0;
  for (size_t i = 0; i < text.len; i++) count += text.at[i] == '\n';
  return count;
}

/* Each line is taken away, and put back. */
static void edits(const char *file) {
  Arena *arena = arena_new();
  EvidenceKeep *keep = evidence_keep_new();
  Str path = arena_format(arena, "%s/%s", JOURNEY_ROOT, file), text, why;
  CHECK(os_read_file(arena, path.at, 1 << 20, &text, &why));
  size_t opened = read_text(keep, path, text, TODAY), files = opened, again = 0, lines = line_count(text);
  CHECK(files > 0);
  for (size_t line = 0; line < lines; line++) {
    opened += read_text(keep, path, without_line(arena, text, line), TODAY + (int32_t)line);
    again += read_text(keep, path, text, TODAY);
  }
  CHECK(opened + again < files * lines); /* most lines ask nothing else of most files */
  Str further = arena_format(arena, "// One more line\n\n" STR_FMT, STR_ARG(text));
  CHECK(read_text(keep, path, text, TODAY) == 0);
  CHECK(read_text(keep, path, further, TODAY) == 0);
  CHECK(read_text(keep, path, text, TODAY + AGED) == 0);
  evidence_keep_free(keep);
  arena_free(arena);
}

/* ---- files that change ---- */

static char folder[] = "/tmp/journey-kept-XXXXXX";

static Str path_of(Arena *arena, const char *name) { return arena_format(arena, "%s/%s", folder, name); }

/* As if it had been written long ago, so that its time is to be relied on; or at this very moment, whenever it is read:
 * on a busy machine that is later. */
static void write_file(const char *name, const char *text, long age) {
  Arena *arena = arena_new();
  Str path = path_of(arena, name), why;
  CHECK(os_write_file(arena, path.at, str_of(text), &why));
  struct timespec times[2] = {{.tv_sec = (time_t)os_time() - age}, {.tv_sec = (time_t)os_time() - age}};
  CHECK(utimensat(AT_FDCWD, path.at, times, 0) == 0);
  arena_free(arena);
}

#define MAP(plan) \
  "evidence one \"One\" method survey file \"one.csv\" column score \"Score\"\n" \
  "evidence two \"Two\" method survey file \"two.csv\" column score \"Score\"\n" \
  "journey j \"J\" {\n measure nps from one, two\n measure csat from two {\n" \
  "  where \"Plan\" is \"" plan "\"\n }\n stage s \"S\" { touchpoint t via web }\n}\n"
static const char map[] = MAP("Pro");

static void changes(void) {
  Arena *arena = arena_new();
  EvidenceKeep *keep = evidence_keep_new();
  Str path = path_of(arena, "map.journey");
  write_file("one.csv", "Plan,Score\nPro,0.1\nFree,0.7\n", AGED);
  write_file("two.csv", "Plan,Score\nPro,4\nFree,0.3\n", AGED);
  CHECK(read_text(keep, path, str_of(map), TODAY) == 2);
  CHECK(read_text(keep, path, str_of(map), TODAY) == 0);
  CHECK(read_text(keep, path, STR(MAP("Free")), TODAY) == 1);
  CHECK(read_text(keep, path, str_of(map), TODAY) == 1);
  write_file("one.csv", "Plan,Score\nPro,0.2\nFree,0.7\n", AGED - 1); /* of the same size */
  CHECK(read_text(keep, path, str_of(map), TODAY) == 2);              /* two.csv is counted behind it */
  CHECK(read_text(keep, path, str_of(map), TODAY) == 0);
  write_file("one.csv", "Plan,Score\nPro,0.3\n", FRESH); /* another writing might leave no trace */
  CHECK(read_text(keep, path, str_of(map), TODAY) == 2);
  write_file("one.csv", "Plan,Score\nPro,0.4\n", FRESH);
  CHECK(read_text(keep, path, str_of(map), TODAY) == 2);
  write_file("one.csv", "Score,Plan\n", AGED);
  CHECK(read_text(keep, path, str_of(map), TODAY) == 2);
  CHECK(unlink(path_of(arena, "one.csv").at) == 0);
  CHECK(read_text(keep, path, str_of(map), TODAY) == 1);
  write_file("one.csv", "", AGED);
  CHECK(read_text(keep, path, str_of(map), TODAY) == 1);
  CHECK(read_text(keep, path, str_of(map), TODAY) == 0);
  evidence_keep_free(keep);
  arena_free(arena);
}

/* What stands for a file counts, as long as it does. */
static void texts(void) {
  Arena *arena = arena_new();
  EvidenceKeep *keep = evidence_keep_new();
  write_file("two.csv", "Plan,Score\nPro,4\nFree,0.3\n", AGED);
  write_file("one.csv", "Plan,Score\nPro,1\n", AGED);
  static const char *const said[] = {"Plan,Score\nPro,5\n", "Plan,Score\nPro,5\n", "Plan,Score\nPro,6\n", NULL, NULL};
  static const size_t opened[] = {2, 0, 2, 2, 0};
  for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
    Str why, own = path_of(arena, "map.journey");
    const ProjectText list[] = {{own, str_of(map)}, {path_of(arena, "one.csv"), str_of(said[i] ? said[i] : "")}};
    ProjectOptions options = {.paths = &own.at, .path_count = 1, .texts = list, .today = TODAY, .threads = 1};
    options.text_count = said[i] ? 2 : 1;
    Project *p = project_load(&options, arena, &why);
    size_t count;
    CHECK(p && agrees(keep, p, &count) && count == opened[i]);
    project_free(p);
  }
  evidence_keep_free(keep);
  arena_free(arena);
}

/* Whoever stops it loses nothing of what was known. */
static void stopped(void) {
  Arena *arena = arena_new();
  EvidenceKeep *keep = evidence_keep_new();
  Str path = path_of(arena, "map.journey");
  CHECK(read_text(keep, path, str_of(map), TODAY) == 2);
  atomic_bool stop = true;
  Project *p = load(arena, path, str_of(map), TODAY);
  Diagnostics said = {.arena = arena};
  CHECK(evidence_was_stopped(evidence_read(project_stoppable(p, &stop, arena), NULL, NULL, arena, &said)));
  evidence_read_kept(keep, project_stoppable(p, &stop, arena), arena, &said);
  CHECK(read_text(keep, path, str_of(map), TODAY) == 0);
  vec_free(&said.list);
  project_free(p);
  evidence_keep_free(keep);
  arena_free(arena);
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *at) {
  (void)info, (void)kind, (void)at;
  return remove(path);
}

int main(void) {
  CHECK(mkdtemp(folder) != NULL);
  edits("tests/data/evidence/surveys.journey");
  edits("tests/data/check/evidence-wrong/map.journey");
  edits("examples/shop/shop.journey");
  changes();
  texts();
  stopped();
  nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
  return CHECK_DONE();
}
