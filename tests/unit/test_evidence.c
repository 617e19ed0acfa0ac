/* What is counted from files: exports of survey tools in tests/data/evidence, and the parts of the counting. */
#include "evidence/evidence.h"

#include <math.h>

#include "base/calendar.h"
#include "check.h"
#include "evidence/fold.h"
#include "evidence/personal.h"
#include "evidence/tally.h"

/* ---- exports ---- */

static void add_scores(Buf *to, const Tally *tally) {
  for (uint32_t i = 0; i < tally->score_count; i++) {
    buf_add_byte(to, ' ');
    buf_number(to, tally->scores[i].value, 3);
    buf_printf(to, "x%llu", (unsigned long long)tally->scores[i].count);
  }
}

static void add_answers(const Project *p, const Evidence *evidence, Ref measure, Buf *to) {
  const Unit *unit = project_unit(p, measure);
  const Answers *answers = evidence_answers(evidence, measure);
  buf_add(to, unit_raw(unit, unit_value(unit, measure.at, 0)));
  if (!answers) {
    buf_add_c(to, ": nothing\n");
    return;
  }
  buf_printf(to, " n=%llu sum=", (unsigned long long)answers->all.n);
  buf_number(to, answers->all.sum, 3);
  add_scores(to, &answers->all);
  if (answers->all.start > 0)
    buf_printf(to, " start=%g end=%g new=%g lost=%g", answers->all.start, answers->all.end, answers->all.new,
               answers->all.lost);
  for (uint32_t i = 0; i < answers->period_count; i++) {
    buf_printf(to, "; " STR_FMT ":", STR_ARG(answers->periods[i].name));
    add_scores(to, &answers->periods[i].tally);
    if (answers->all.start > 0) buf_printf(to, " start=%g", answers->periods[i].tally.start);
  }
  buf_add_c(to, "\n");
}

static void all_exports(void) {
  static const char expected[] =
      "churn n=3 sum=0 start=3715 end=3845 new=230 lost=100; 2026-01: start=1200; 2026-02: start=1250; 2026-03: "
      "start=1265\n"
      "retention n=3 sum=0 start=3715 end=3845 new=230 lost=100; 2026-01: start=1200; 2026-02: start=1250; 2026-03: "
      "start=1265\n"
      "nps n=2 sum=10 3x1 7x1; 2026-01: 3x1; 2026-02: 7x1\n"
      "nps n=15 sum=114 0x1 3x1 4x1 6x1 8x2 9x5 10x4; 2026 Q1: 0x1 8x1 9x2 10x3; 2026 Q2: 3x1 4x1 6x1 8x1 9x3 10x1\n"
      "nps n=3 sum=27 8x1 9x1 10x1; 2026-01: 9x1 10x1; 2026-03: 8x1\n"
      "nps n=1 sum=9 9x1; 2026-01: 9x1\n"
      "nps n=2 sum=19 9x1 10x1; 2026-05: 9x1 10x1\n"
      "csat n=3 sum=12 3x1 4x1 5x1; 2026-01: 5x1; 2026-02: 3x1; 2026-03: 4x1\n"
      "nps n=3 sum=25 6x1 9x1 10x1; 2026-03: 9x1 10x1; 2026-04: 6x1\n"
      "nps n=2 sum=17 8x1 9x1; 2026-04: 9x1; 2026-05: 8x1\n"
      "csat n=2 sum=7.5 3x1 4.5x1; 2026-02: 3x1 4.5x1\n"
      "conversion n=2 sum=1 0x1 1x1; 2026-02: 0x1 1x1\n"
      "nps n=1 sum=9 9x1; 2026-04: 9x1\n"
      "nps n=2 sum=12 3x1 9x1; 2026: 3x1 9x1\n";
  Arena *arena = arena_new();
  Str why = {0};
  const char *path = JOURNEY_ROOT "/tests/data/evidence/surveys.journey";
  ProjectOptions options = {.paths = &path, .path_count = 1, .today = 20779, .threads = 1};
  Project *p = project_load(&options, arena, &why);
  CHECK(p != NULL);
  Diagnostics said = {.arena = arena};
  Evidence *evidence = evidence_read(p, NULL, NULL, arena, &said);
  CHECK(diagnostics_count(&said, SEVERITY_ERROR) == 0);
  Buf text = {0};
  const Unit *unit = p->units[1];
  for (uint32_t at = 0; at < unit->statement_count; at++)
    if (unit->statements[at].keyword == K_MEASURE) add_answers(p, evidence, (Ref){1, at}, &text);
  CHECK_STR(buf_str(&text), expected);
  buf_free(&text);
  vec_free(&said.list);
  project_free(p);
  arena_free(arena);
}

/* ---- stopping ---- */

static bool stop_at_once(void *context, Str file, uint64_t read, uint64_t size) {
  (void)file, (void)read, (void)size;
  return ++*(int *)context < 2;
}

static void stopping(void) {
  Arena *arena = arena_new();
  Str why = {0};
  const char *path = JOURNEY_ROOT "/tests/data/evidence/surveys.journey";
  ProjectOptions options = {.paths = &path, .path_count = 1, .today = 20779, .threads = 1};
  Project *p = project_load(&options, arena, &why);
  Diagnostics said = {.arena = arena};
  int asked = 0;
  Evidence *evidence = evidence_read(p, stop_at_once, &asked, arena, &said);
  CHECK(evidence_was_stopped(evidence) && asked == 2);
  vec_free(&said.list);
  project_free(p);
  arena_free(arena);
}

/* ---- counting ---- */

static int32_t day_of(int year, int month, int day) { return calendar_days((CalendarDay){year, month, day}); }

static RowValues row_of(double score, int32_t day) {
  return (RowValues){.score = score, .start = NAN, .end = NAN, .new = NAN, .lost = NAN, .has_day = true, .day = day};
}

static void periods(void) {
  static const char *const names[] = {"2026-08", "2026 Q3", "2026 H2", "2026"};
  Arena *arena = arena_new();
  for (Every every = EVERY_MONTH; every <= EVERY_YEAR; every++) {
    int32_t first = period_first_day(every, day_of(2026, 8, 31));
    CHECK(first == day_of(2026, every == EVERY_MONTH ? 8 : every == EVERY_YEAR ? 1 : 7, 1));
    CHECK_STR(period_name(every, first, arena), names[every]);
  }
  /* Out of order, at the ends of periods, in a leap year. */
  static const int DAYS[][3] = {{2024, 3, 1}, {2024, 2, 29}, {2023, 12, 31}, {2024, 3, 31}, {2024, 1, 1}, {2024, 2, 1}};
  Counter counter = {.every = EVERY_MONTH};
  for (int i = 0; i < 6; i++) {
    RowValues row = row_of(i, day_of(DAYS[i][0], DAYS[i][1], DAYS[i][2]));
    counter_add(&counter, &row);
  }
  Answers answers = {0};
  counter_finish(&counter, &answers, arena);
  static const char *const months[] = {"2023-12", "2024-01", "2024-02", "2024-03"};
  static const uint64_t counts[] = {1, 1, 2, 2};
  CHECK(answers.period_count == 4);
  for (uint32_t i = 0; i < answers.period_count && i < 4; i++) {
    CHECK_STR(answers.periods[i].name, months[i]);
    CHECK(answers.periods[i].tally.n == counts[i]);
  }
  CHECK(answers.first_day == day_of(2023, 12, 31) && answers.last_day == day_of(2024, 3, 31));
  arena_free(arena);
}

/* Squares are summed about a score, so that large ones keep their digits. */
static void squares(void) {
  Arena *arena = arena_new();
  Counter counter = {0};
  for (int i = 0; i < 3; i++) {
    RowValues row = row_of(1e9 + i, 0);
    counter_add(&counter, &row);
  }
  Answers answers = {0};
  counter_finish(&counter, &answers, arena);
  double mean = answers.all.sum / 3, off = mean - answers.all.shift;
  CHECK(fabs(answers.all.sum_of_squares - 3 * off * off - 2) < 1e-9);
  CHECK(answers.all.min <= 1e9 && answers.all.max >= 1e9 + 2);
  arena_free(arena);
}

static void many_scores(void) {
  Arena *arena = arena_new();
  for (int most = MOST_SCORES; most <= MOST_SCORES + 1; most++) {
    Counter counter = {0};
    for (int i = 0; i < 3 * most; i++) {
      RowValues row = row_of(i % most, 0);
      counter_add(&counter, &row);
    }
    Answers answers = {0};
    counter_finish(&counter, &answers, arena);
    CHECK(answers.all.n == (uint64_t)(3 * most));
    CHECK(answers.all.score_count == (most > MOST_SCORES ? 0u : (uint32_t)most));
    CHECK((answers.all.scores != NULL) == (most <= MOST_SCORES));
    for (uint32_t i = 0; i < answers.all.score_count; i++)
      CHECK(answers.all.scores[i].count == 3 && (uint32_t)answers.all.scores[i].value == i);
  }
  arena_free(arena);
}

/* ---- texts ---- */

static void folding(void) {
  Buf scratch = {0};
  CHECK_STR(fold(STR("  Pago \t"), &scratch), "pago");
  CHECK_STR(fold(STR("ESPAÑA"), &scratch), "españa");
  CHECK_STR(fold(STR("espan\u0303a"), &scratch), "españa");
  CHECK_STR(fold(STR("Straße"), &scratch), "strasse");
  CHECK_STR(fold(STR("付款"), &scratch), "付款");
  buf_free(&scratch);
  Names names = {0};
  char texts[500][8];
  for (uint32_t i = 0; i < 500; i++) {
    snprintf(texts[i], sizeof texts[i], "n%u", (unsigned)i);
    CHECK(names_add(&names, str_of(texts[i])) == i);
  }
  CHECK(names_add(&names, STR("n7")) == 7 && names_find(&names, STR("n499")) == 499);
  CHECK(names_find(&names, STR("n500")) == NO_NAME && names.count == 500);
  names_free(&names);
  CHECK(names_find(&names, STR("n1")) == NO_NAME);
}

static void personal_data(void) {
  static const char *const emails[] = {"ana@example.org", "write to Ana.B+x@mail.example.co.uk, please", "<a@b.de>"};
  static const char *const phones[] = {"+34 600 123 456", "+14155550123",  "call 030/1234567 89",  "(020) 7946 0958",
                                       "555-123-4567",    "0176 12345678", "call +49 (0)30 123456"};
  static const char *const nothing[] = {"2026-03-14",
                                        "14/03/2026 10:22",
                                        "05.06.2026 12.30.15",
                                        "1,234,567.89",
                                        "0.1234567891",
                                        "192.168.100.200",
                                        "1700000000",
                                        "550e8400-e29b-41d4-a716-446655440000",
                                        "@journey",
                                        "a @ b",
                                        "5 @ 3.50",
                                        "order 4711-0815",
                                        "2026-03-14T10:22:01+01:00",
                                        "v1.2.3-rc1",
                                        "100 000 000",
                                        "ana@localhost",
                                        "R_3kJ0012345678",
                                        "978-3-16-148410-0",
                                        "10 - Extremely likely"};
  for (size_t i = 0; i < sizeof emails / sizeof *emails; i++)
    CHECK(personal_in(str_of(emails[i]), false) == PERSONAL_EMAIL);
  for (size_t i = 0; i < sizeof phones / sizeof *phones; i++) {
    CHECK(personal_in(str_of(phones[i]), false) == PERSONAL_PHONE);
    if (personal_in(str_of(phones[i]), false) != PERSONAL_PHONE) fprintf(stderr, "no phone: %s\n", phones[i]);
  }
  for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
    CHECK(personal_in(str_of(nothing[i]), false) == PERSONAL_NOTHING);
    if (personal_in(str_of(nothing[i]), false)) fprintf(stderr, "personal: %s\n", nothing[i]);
  }
  CHECK(personal_in(STR("600 123 456"), true) == PERSONAL_PHONE);
  CHECK(personal_in(STR("600123456"), true) == PERSONAL_PHONE);
  CHECK(personal_in(STR("1234567"), true) == PERSONAL_NOTHING);
  CHECK(personal_is_phone_column(STR("Teléfono")) && personal_is_phone_column(STR("Phone number")));
  CHECK(personal_is_phone_column(STR("TEL")) && personal_is_phone_column(STR("电话号码")));
  CHECK(!personal_is_phone_column(STR("Hotel")) && !personal_is_phone_column(STR("Score")));
}

int main(void) {
  all_exports();
  stopping();
  periods();
  squares();
  many_scores();
  folding();
  personal_data();
  return CHECK_DONE();
}
