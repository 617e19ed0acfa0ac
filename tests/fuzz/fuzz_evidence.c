/* Whatever bytes come as a file of evidence: what is counted adds up, nothing is lost, and no message shows an e-mail
 * address that stands in the file. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "evidence/evidence.h"
#include "evidence/personal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char map[] =
    "evidence found method survey { file \"%s\" column score \"Score\" column date \"Date\" column touchpoint \"Step\" "
    "column "
    "segment \"Plan\" where \"Country\" is \"ES\" scale 0..10 fresh-for 6mo }\n"
    "evidence bare method survey { file \"%s\" header none column score \"1\" column date \"2\" column touchpoint "
    "\"3\" }\n"
    "evidence table method crm { file \"%s\" header none column date \"1\" column start \"2\" column new \"3\" column "
    "lost "
    "\"4\" }\n"
    "segment pro \"Pro\"\n"
    "journey j { measure churn from table\n stage s \"Start\" {\n measure nps from found, bare\n"
    "touchpoint pay \"Pay\" { observed-as \"payment\" observed-as \"\xE4\xBB\x98\xE6\xAC\xBE\"\n measure nps from "
    "bare\n"
    "measure nps for pro every year from found\n measure csat column \"2\" where \"1\" at-least \"5\" from bare\n"
    "measure csat where \"2\" at-most \"2026-03-01\" from bare\n measure csat where \"3\" contains \"a\" from bare\n"
    "measure csat where \"3\" is \"Yes\" from bare } } }\n";

static char path[] = "/tmp/journey-fuzz-evidence-XXXXXX";
static int file = -1;

static void remove_file(void) { unlink(path); }

static void fail(const char *what) {
  fprintf(stderr, "does not hold: %s\n", what);
  abort();
}

static void write_file(const uint8_t *data, size_t size) {
  if (file < 0) {
    file = mkstemp(path);
    atexit(remove_file);
  }
  if (file < 0 || ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != (ssize_t)size)
    fail("a file can be written");
}

static void check_tally(const Tally *tally) {
  uint64_t count = 0;
  for (uint32_t i = 0; i < tally->score_count; i++) {
    count += tally->scores[i].count;
    if (i && !(tally->scores[i - 1].value < tally->scores[i].value)) fail("scores are in order, each once");
  }
  if (tally->scores && count > tally->n) fail("no more scores than rows");
  if (tally->score_count && !(tally->min <= tally->max)) fail("the least is no more than the most");
}

static void check_answers(const Answers *answers, uint64_t rows) {
  uint64_t dated = 0;
  check_tally(&answers->all);
  if (answers->all.n > 2 * rows) fail("no row counts twice"); /* of two files at most */
  for (uint32_t i = 0; i < answers->period_count; i++) {
    check_tally(&answers->periods[i].tally);
    dated += answers->periods[i].tally.n;
    if (i && answers->periods[i - 1].first_day >= answers->periods[i].first_day) fail("periods are in order");
  }
  if (dated > answers->all.n) fail("no more rows in periods than in all");
}

static void check_text(Str text) {
  static const Str own = {path, sizeof path - 1};
  if (personal_in(text, false) == PERSONAL_EMAIL && !memmem(text.at, text.len, own.at, own.len))
    fail("no address is shown");
}

static void check_all(const Project *p, const Evidence *evidence, const Diagnostics *said) {
  const EvidenceFile *files;
  size_t count = evidence_files(evidence, &files);
  uint64_t rows = 0;
  for (size_t i = 0; i < count; i++) {
    if (files[i].bad_rows > files[i].rows || files[i].counted > files[i].rows) fail("no more rows than there are");
    if (files[i].rows > rows) rows = files[i].rows;
  }
  for (uint32_t at = 0; at < p->units[1]->statement_count; at++) {
    const Answers *answers = evidence_answers(evidence, (Ref){1, at});
    if (answers) check_answers(answers, rows);
  }
  for (size_t i = 0; i < said->list.len; i++) {
    check_text(said->list.at[i].message);
    check_text(said->list.at[i].help);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena *arena = arena_new();
  Str why;
  write_file(data, size);
  ProjectText text = {STR("/tmp/map.journey"), arena_format(arena, map, path, path, path)};
  const char *name = "/tmp/map.journey";
  ProjectOptions options = {.paths = &name,
                            .path_count = 1,
                            .texts = &text,
                            .text_count = 1,
                            .only_texts = true,
                            .today = 20779,
                            .threads = 1};
  Project *p = project_load(&options, arena, &why);
  if (!p) fail("the map can be loaded");
  Diagnostics said = {.arena = arena};
  check_all(p, evidence_read(p, NULL, NULL, arena, &said), &said);
  vec_free(&said.list);
  project_free(p);
  arena_free(arena);
  return 0;
}
