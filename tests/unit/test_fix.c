/* What is beyond doubt among words that are near, and a text with its fixes made. */
#include "base/nearest.h"
#include "check.h"
#include "source/fix.h"

/* ---- near words ---- */

static void check_sure(const char *written, const char *const *words, const char *best, bool sure) {
  Nearest nearest = nearest_to(str_of(written));
  for (; *words; words++) nearest_offer(&nearest, str_of(*words));
  CHECK_STR(nearest.best, best);
  if (nearest_is_sure(&nearest) != sure) fprintf(stderr, "%s for %s\n", best, written);
  CHECK(nearest_is_sure(&nearest) == sure);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_sure_words(void) {
  check_sure("tuochpoint", WORDS("stage", "touchpoint"), "touchpoint", true); /* swapped */
  check_sure("stge", WORDS("stage", "touchpoint"), "stage", true);            /* missing */
  check_sure("staage", WORDS("stage", "touchpoint"), "stage", true);          /* too much */
  check_sure("Stage", WORDS("stage", "touchpoint"), "stage", true);           /* letter case */
  check_sure("stoge", WORDS("stage", "touchpoint"), "stage", false);          /* another letter */
  check_sure("tsgae", WORDS("stage", "touchpoint"), "stage", false);          /* two slips */
  check_sure("step1", WORDS("step", "other"), "step", false);                 /* a digit too much */
  check_sure("step", WORDS("step1", "other"), "step1", false);                /* a digit missing */
  check_sure("step21", WORDS("step12", "other"), "step12", false);            /* digits swapped */
  check_sure("sale", WORDS("sales", "salve"), "sales", false);                /* two are as near */
  check_sure("sale", WORDS("salve", "sales", "sale"), "sale", true);          /* and one is nearer */
  check_sure("Sales", WORDS("sales", "SALES"), "sales", false);
  check_sure("sale", WORDS("sales", "sales"), "sales", true); /* one word, offered twice */
  Nearest part = nearest_to(STR("future"));
  nearest_offer_part(&part, STR("future-state"));
  CHECK(part.best.len > 0 && !nearest_is_sure(&part)); /* a part of a word is no slip */
  check_sure("banana", WORDS("stage", "touchpoint"), "", false);
}

static void test_short_words_and_parts(void) {
  check_sure("ot", WORDS("at", "to"), "to", true); /* two letters may be swapped, no more */
  check_sure("ta", WORDS("to", "as"), "", false);
  check_sure("TO", WORDS("at", "to"), "to", true);
  Nearest nearest = nearest_to(STR("future"));
  nearest_offer_part(&nearest, STR("current-state"));
  CHECK_STR(nearest.best, "");
  nearest_offer_part(&nearest, STR("future-state"));
  CHECK_STR(nearest.best, "future-state");
  nearest = nearest_to(STR("state"));
  nearest_offer_part(&nearest, STR("current-state"));
  nearest_offer_part(&nearest, STR("future-state"));
  CHECK(!nearest_is_sure(&nearest)); /* one of two */
}

static void test_synonyms(void) {
  Nearest nearest = nearest_to(STR("phase"));
  nearest_offer_also(&nearest, "phase section", STR("stage"));
  CHECK_STR(nearest.best, "stage");
  CHECK(nearest_is_sure(&nearest));
  nearest_offer_also(&nearest, "part phase", STR("chapter"));
  CHECK(!nearest_is_sure(&nearest)); /* two are called so */
  nearest = nearest_to(STR("phaes"));
  nearest_offer_also(&nearest, "phase section", STR("stage"));
  CHECK_STR(nearest.best, "stage");
  CHECK(!nearest_is_sure(&nearest)); /* a slip in a synonym */
}

/* ---- texts ---- */

typedef struct {
  const char *replacement; /* NULL: ends the list */
  uint32_t start, end;
  bool sure;
} Fix;

static void check_fixed(const char *text, const Fix *fixes, const char *expected, size_t made) {
  Arena *arena = arena_new();
  Diagnostics list = {.arena = arena};
  for (; fixes->replacement; fixes++) {
    Diagnostic *added = diagnose(&list, DIAG_STRAY_CHARACTER, 0, (Span){0, 1}, NULL, "x");
    diagnostic_fix_if_sure(added, fixes->sure, (Span){fixes->start, fixes->end}, str_of(fixes->replacement));
  }
  diagnose(&list, DIAG_STRAY_CHARACTER, 0, (Span){0, 1}, NULL, "one without a fix");
  size_t done;
  CHECK_STR(fix_text(str_of(text), list.list.at, list.list.len, arena, &done), expected);
  CHECK(done == made);
  vec_free(&list.list);
  arena_free(arena);
}

#define FIXES(...) ((const Fix[]){__VA_ARGS__, {0}})

static void test_texts(void) {
  check_fixed("abcdef", FIXES({"X", 4, 5, true}, {"", 0, 1, true}, {"YY", 2, 3, true}), "bYYdXf", 3);
  check_fixed("abcdef", FIXES({"X", 1, 3, true}, {"Y", 2, 4, true}), "aXdef", 1);   /* they overlap */
  check_fixed("abcdef", FIXES({"X", 1, 3, true}, {"Y", 3, 4, true}), "aXdef", 1);   /* they touch */
  check_fixed("abcdef", FIXES({"X", 2, 2, true}, {"Y", 2, 2, true}), "abXcdef", 1); /* two at one place */
  check_fixed("abcdef", FIXES({"X", 0, 0, true}, {"Y", 6, 6, true}), "XabcdefY", 2);
  check_fixed("abcdef", FIXES({"X", 0, 6, false}, {"Y", 1, 2, true}), "aYcdef", 1); /* not beyond doubt */
  check_fixed("abcdef", FIXES({"X", 5, 7, true}), "abcdef", 0);                     /* behind the end */
  check_fixed("", FIXES({"X", 0, 0, true}), "X", 1);
}

/* ---- lines ---- */

static void check_without(const char *text, const char *words, const char *expected) {
  Arena *arena = arena_new();
  Source source = {STR("x.journey"), str_of(text)};
  uint32_t at = (uint32_t)(strstr(text, words) - text);
  Span span = source_without(&source, (Span){at, at + (uint32_t)strlen(words)});
  Str left = arena_format(arena, "%.*s%s", (int)span.start, text, text + span.end);
  CHECK_STR(left, expected);
  arena_free(arena);
}

static void test_lines(void) {
  check_without("a\n  b c\nd\n", "b c", "a\nd\n");
  check_without("a\r\n\tb c  \r\nd", "b c", "a\r\nd");
  check_without("a\n  b c", "b c", "a\n");
  check_without("a\n  b c // d\n", "b c", "a\n  // d\n");
  check_without("a b\nc\n", "b", "a\nc\n");
  check_without("a { b } c\n", "b", "a { } c\n");
}

int main(void) {
  test_sure_words();
  test_short_words_and_parts();
  test_synonyms();
  test_texts();
  test_lines();
  return CHECK_DONE();
}
