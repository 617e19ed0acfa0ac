/* Diagnostics as text and as JSON, over files that are put together by hand. */
#include <jansson.h>

#include "base/limits.h"
#include "base/os.h"
#include "check.h"
#include "write/diagnostics_json.h"
#include "write/diagnostics_text.h"

/* ---- a project of one or two files that nobody parsed ---- */

typedef struct {
  Arena *arena;
  Unit units[2], *pointers[2];
  Project project;
  Diagnostics list;
} Files;

static void files_open(Files *files, const char *first, const char *second) {
  *files = (Files){.arena = arena_new()};
  files->units[0].source = (Source){STR("a.journey"), str_of(first)};
  files->units[1].source = (Source){STR("b.journey"), str_of(second)};
  for (size_t i = 0; i < 2; i++) files->pointers[i] = &files->units[i];
  files->project = (Project){.arena = files->arena, .units = files->pointers, .unit_count = 2};
  files->list.arena = files->arena;
}

static void files_close(Files *files) {
  vec_free(&files->list.list);
  arena_free(files->arena);
}

/* The place of the first `word` in a file. */
static Span span_of(const Files *files, uint32_t unit, const char *word) {
  Str text = files->units[unit].source.text;
  const char *at = strstr(text.at, word);
  uint32_t start = at ? (uint32_t)(at - text.at) : 0;
  return (Span){start, start + (uint32_t)strlen(word)};
}

static void check_text(const Files *files, bool all, const char *expected) {
  Buf buf = {0};
  diagnostics_write_text(&files->project, &files->list, (DiagnosticsStyle){.all = all}, &buf);
  CHECK_STR(buf_str(&buf), expected);
  buf_free(&buf);
}

/* What is written for one mark under `word` in `line`. */
static void check_mark(const char *line, const char *word, const char *expected) {
  Files files;
  files_open(&files, line, "");
  diagnose(&files.list, DIAG_UNKNOWN_NAME, 0, span_of(&files, 0, word), NULL, "here");
  Buf buf = {0};
  diagnostics_write_text(&files.project, &files.list, (DiagnosticsStyle){0}, &buf);
  Str text = buf_str(&buf);
  const char *from = strstr(text.at, "\n\n") + 2, *to = strstr(from, "\n\n");
  CHECK_STR(((Str){from, (size_t)(to - from)}), expected);
  buf_free(&buf);
  files_close(&files);
}

/* ---- text ---- */

static void test_whole(void) {
  Files files;
  files_open(&files, "journey \"A\" {\n  owner sucess\n}\n", "team success \"Success\"\n");
  Diagnostic *d = diagnose(&files.list, DIAG_UNKNOWN_NAME, 0, span_of(&files, 0, "sucess"), "is it spelt right?",
                           "there is no team called `%s`", "sucess");
  diagnostic_relate(&files.list, d, 1, span_of(&files, 1, "success"), "`success` is declared here");
  diagnostic_fix(d, d->span, STR("success"));
  diagnose(&files.list, DIAG_NO_OWNER, 1, (Span){0, 4}, NULL, "nobody owns it");
  check_text(&files, false,
             "error E0203: there is no team called `sucess`\n"
             "  a.journey:2:9\n"
             "\n"
             "    2 |   owner sucess\n"
             "      |         ^^^^^^\n"
             "\n"
             "  b.journey:1:6: `success` is declared here\n"
             "    1 | team success \"Success\"\n"
             "      |      -------\n"
             "\n"
             "  help: is it spelt right?\n"
             "  fix:  write `success` instead of `sucess`\n"
             "\n"
             "warning W0501: nobody owns it\n"
             "  b.journey:1:1\n"
             "\n"
             "    1 | team success \"Success\"\n"
             "      | ^^^^\n"
             "\n"
             "1 error, 1 warning in 2 files\n"
             "`journey explain E0203` tells more\n");
  files_close(&files);
}

/* In a terminal, sentences break at words; wide letters, long words and lines of their own keep to the columns. */
static void test_narrow(void) {
  Files files;
  files_open(&files, "journey \"A\" {\n  owner sucess with a long tail behind it\n}\n", "team success \"Success\"\n");
  Diagnostic *d = diagnose(&files.list, DIAG_UNKNOWN_NAME, 0, span_of(&files, 0, "sucess"),
                           "is it spelt right, or is it declared elsewhere?\nsecond line",
                           "no team is called 契約契約 or `sucess`");
  diagnostic_relate(&files.list, d, 1, span_of(&files, 1, "success"), "`success`, which is like it, is declared here");
  Buf buf = {0};
  diagnostics_write_text(&files.project, &files.list, (DiagnosticsStyle){.width = 42}, &buf);
  CHECK_STR(buf_str(&buf), "error E0203: no team is called 契約契約 or\n"
                           "             `sucess`\n"
                           "  a.journey:2:9\n"
                           "\n"
                           "    2 |   owner sucess with a long tail b…\n"
                           "      |         ^^^^^^\n"
                           "\n"
                           "  b.journey:1:6: `success`, which is like\n"
                           "    it, is declared here\n"
                           "    1 | team success \"Success\"\n"
                           "      |      -------\n"
                           "\n"
                           "  help: is it spelt right, or is it\n"
                           "        declared elsewhere?\n"
                           "        second line\n"
                           "\n"
                           "1 error in 1 file\n"
                           "`journey explain E0203` tells more\n");
  buf_free(&buf);
  files_close(&files);
}

static void test_said_fix(void) {
  Files files;
  files_open(&files, "ownr x\n", "");
  Diagnostic *d =
      diagnose(&files.list, DIAG_UNKNOWN_KEYWORD, 0, (Span){0, 4}, "did you mean `owner`?", "`ownr` is unknown");
  diagnostic_fix(d, d->span, STR("owner"));
  check_text(&files, false,
             "error E0201: `ownr` is unknown\n  a.journey:1:1\n\n    1 | ownr x\n      | ^^^^\n\n"
             "  help: did you mean `owner`?\n\n1 error in 1 file\n"
             "`journey explain E0201` tells more\n");
  files_close(&files);
}

static void test_fixes(void) {
  Files files;
  files_open(&files, "stage \"A\" {{\n", "");
  Diagnostic *d = diagnose(&files.list, DIAG_UNMATCHED_BRACE, 0, (Span){10, 11}, NULL, "two");
  diagnostic_fix(d, d->span, (Str){0});
  d = diagnose(&files.list, DIAG_UNCLOSED_BLOCK, 0, (Span){13, 13}, NULL, "three");
  diagnostic_fix(d, d->span, STR("}\n"));
  check_text(&files, false,
             "error E0103: two\n  a.journey:1:11\n\n    1 | stage \"A\" {{\n      |           ^\n\n"
             "  fix:  remove `{`\n\n"
             "error E0101: three\n  a.journey:2:1\n\n  fix:  add `}`\n\n2 errors in 1 file\n"
             "`journey explain E0103` tells more\n");
  files_close(&files);
}

static void test_marks(void) {
  check_mark("\tvia\temial", "emial",
             "    1 |     via emial\n"
             "      |         ^^^^^");
  check_mark("персона \"Анна\" роль", "роль",
             "    1 | персона \"Анна\" роль\n"
             "      |                ^^^^");
  check_mark("stage 契約 \"契約\" via 電話", "電話",
             "    1 | stage 契約 \"契約\" via 電話\n"
             "      |                       ^^^^");
  check_mark("a 👩‍👩‍👧 🇩🇪 é b", "b",
             "    1 | a 👩‍👩‍👧 🇩🇪 é b\n"
             "      |           ^");
  check_mark("a \x1b[31m \xff b", "b",
             "    1 | a \uFFFD[31m \uFFFD b\n"
             "      |           ^");
  check_mark("stage \"A\" {\n}", "stage \"A\" {\n}",
             "    1 | stage \"A\" {\n"
             "      | ^^^^^^^^^^^");
}

static void test_long_lines(void) {
  check_mark("client \"Reads the contract, asks two questions, signs it, and sends it back by post\" vai x", "vai",
             "    1 | …ntract, asks two questions, signs it, and sends it back by post\" vai x\n"
             "      |                                                                   ^^^");
  check_mark("client \"Reads the contract, asks two questions, signs it, and sends it back by post\" vai x", "client",
             "    1 | client \"Reads the contract, asks two questions, signs it, and sends it …\n"
             "      | ^^^^^^");
  check_mark("0123456789012345678901234567890123456789xyz0123456789012345678901234567890123456789012345678901234567890",
             "xyz",
             "    1 | …8901234567890123456789xyz012345678901234567890123456789012345678901234…\n"
             "      |                        ^^^");
}

static void test_many(void) {
  Files files;
  files_open(&files, "x\n", "y\n");
  for (int i = 0; i < LIMIT_DIAGNOSTICS_SHOWN + 5; i++)
    diagnose(&files.list, DIAG_NO_OWNER, 0, (Span){0, 1}, NULL, "m");
  diagnose(&files.list, DIAG_NO_OWNER, 1, (Span){0, 1}, NULL, "last");
  Buf buf = {0};
  diagnostics_write_text(&files.project, &files.list, (DiagnosticsStyle){0}, &buf);
  buf_add_byte(&buf, '\0');
  CHECK(strstr(buf.at, "\n5 more in a.journey; `--all` shows them\n\nwarning W0501: last\n"));
  CHECK(strstr(buf.at, "\n206 warnings in 2 files\n"));
  buf.len = 0;
  diagnostics_write_text(&files.project, &files.list, (DiagnosticsStyle){.colour = true, .all = true}, &buf);
  buf_add_byte(&buf, '\0');
  CHECK(!strstr(buf.at, "more in"));
  CHECK(strstr(buf.at, "\033[1;33mwarning W0501\033[0m: "));
  buf_free(&buf);
  files_close(&files);
}

static void test_severities(void) {
  Files files;
  files_open(&files, "team a\nteam b\n", "");
  static const DiagnosticSeverity given[] = {SEVERITY_HINT, SEVERITY_INFORMATION, SEVERITY_INFORMATION,
                                             SEVERITY_WARNING};
  for (size_t i = 0; i < 4; i++) {
    Diagnostic *d = diagnose(&files.list, DIAG_NO_OWNER, 0, (Span){5, 6}, i == 0 ? "name one" : NULL, "nobody");
    CHECK(d->severity == SEVERITY_WARNING);
    d->severity = given[i];
    for (uint32_t r = 0; r < i; r++) diagnostic_relate(&files.list, d, 0, (Span){7 * r, 7 * r + 4}, "place %u", r + 1);
    CHECK(d->related_count == i);
  }
  check_text(&files, false,
             "hint W0501: nobody\n  a.journey:1:6\n\n  help: name one\n\n"
             "information W0501: nobody\n  a.journey:1:6\n\n"
             "information W0501: nobody\n  a.journey:1:6\n\n"
             "warning W0501: nobody\n  a.journey:1:6\n\n    1 | team a\n      |      ^\n\n"
             "  a.journey:1:1: place 1\n    1 | team a\n      | ----\n\n"
             "  a.journey:2:1: place 2\n    2 | team b\n      | ----\n\n"
             "  a.journey:3:1: place 3\n\n"
             "1 warning, 2 for information, 1 hint in 1 file\n`journey explain W0501` tells more\n");
  files_close(&files);
}

/* ---- JSON ---- */

static void test_json(void) {
  Files files;
  files_open(&files, "stage 契約\r\n  vai \xff\"x\"", "team a");
  Diagnostic *d =
      diagnose(&files.list, DIAG_UNKNOWN_KEYWORD, 0, span_of(&files, 0, "vai"), "say \"via\"", "no\tkeyword \xff");
  diagnostic_relate(&files.list, d, 1, (Span){5, 6}, "here");
  diagnostic_fix(d, d->span, STR("via"));
  Buf buf = {0};
  diagnostics_write_json(&files.project, &files.list, &buf);
  json_error_t error;
  json_t *root = json_loadb(buf.at, buf.len, 0, &error), *one = json_array_get(json_object_get(root, "diagnostics"), 0);
  CHECK(root);
  CHECK(json_integer_value(json_object_get(root, "errors")) == 1);
  const char *code, *severity, *message, *path, *related, *replacement;
  int line, column, offset, fix_end;
  CHECK(json_unpack(one, "{s:s, s:s, s:s, s:s, s:{s:i, s:i, s:i}, s:[{s:s}], s:{s:s, s:{s:i}}}", "code", &code,
                    "severity", &severity, "message", &message, "path", &path, "start", "line", &line, "column",
                    &column, "offset", &offset, "related", "message", &related, "fix", "replacement", &replacement,
                    "end", "column", &fix_end) == 0);
  CHECK_STR(str_of(code), "E0201");
  CHECK_STR(str_of(message), "no\tkeyword \uFFFD");
  CHECK(line == 2 && column == 3 && offset == 16 && fix_end == 6);
  json_decref(root);
  buf_free(&buf);
  files_close(&files);
}

/* ---- a hundred thousand of them, one line and many ---- */

static void test_fast(char filler) {
  Buf text = {0};
  for (int i = 0; i < 100000; i++) buf_printf(&text, "%c a }%c", i % 2 ? '\t' : ' ', filler);
  buf_add_byte(&text, '\0');
  Files files;
  files_open(&files, text.at, "");
  for (uint32_t i = 0; i < 100000; i++) {
    Diagnostic *d = diagnose(&files.list, DIAG_UNMATCHED_BRACE, 0, (Span){i * 5 + 3, i * 5 + 4}, "help", "message");
    diagnostic_relate(&files.list, d, 0, (Span){500000 - i * 5, 500000 - i * 5}, "related");
  }
  double before = os_computed();
  Buf out = {0};
  diagnostics_write_text(&files.project, &files.list, (DiagnosticsStyle){.all = true}, &out);
  double middle = os_computed();
  diagnostics_write_json(&files.project, &files.list, &out);
  double after = os_computed();
  printf("100,000 diagnostics: text %.0f ms, JSON %.0f ms\n", 1000 * (middle - before), 1000 * (after - middle));
  CHECK(after - before < 60); /* what is not linear takes hours */
  buf_free(&out);
  buf_free(&text);
  files_close(&files);
}

int main(void) {
  test_whole();
  test_narrow();
  test_said_fix();
  test_fixes();
  test_marks();
  test_long_lines();
  test_many();
  test_severities();
  test_json();
  test_fast('\n');
  test_fast(' ');
  return CHECK_DONE();
}
