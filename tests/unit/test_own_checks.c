/* Checks of a project's own: one that takes its process down costs itself alone, and what comes back from that process
 * is believed only where it adds up. (Linked so that loading a check goes through __wrap_ruleset_load.) */
#include <signal.h>

#include "check.h"
#include "check/check.h"
#include "script/ruleset.h"

bool __real_ruleset_load(Ruleset *set, const CheckSource *source, SandboxError *error);
bool __wrap_ruleset_load(Ruleset *set, const CheckSource *source, SandboxError *error);

/* What a fault of the interpreter would do: no script that is known brings it down. */
bool __wrap_ruleset_load(Ruleset *set, const CheckSource *source, SandboxError *error) {
  if (str_is_c(source->name.id, "crash")) raise(SIGKILL);
  if (str_is_c(source->name.id, "leave")) _exit(0);
  return __real_ruleset_load(set, source, error);
}

#define LUA "return function(journey, report) report { at = journey, message = \"said\", help = \"h\" } end"

static Project *load(Arena *arena) {
  static const ProjectText texts[] = {
      {{"/p/a.lua", 8}, {LUA, sizeof LUA - 1}},
      {{"/p/map.journey", 14},
       STR("check first \"A\" warning computed-by \"a.lua\"\ncheck crash \"B\" warning computed-by \"a.lua\"\n"
           "check leave \"C\" warning computed-by \"a.lua\"\ncheck last \"D\" hint computed-by \"a.lua\"\n"
           "journey j \"J\" { stage s { touchpoint t via web } }\n")}};
  static const char *const paths[] = {"/p/map.journey"};
  Str why = {0};
  ProjectOptions options = {
      .paths = paths, .path_count = 1, .texts = texts, .text_count = 2, .only_texts = true, .threads = 1};
  Project *project = project_load(&options, arena, &why);
  CHECK(project);
  return project;
}

static void crashes(const Project *p, Arena *arena) {
  Diagnostics all = {.arena = arena};
  int said = 0, failed = 0;
  check_project(p, NULL, &all);
  for (size_t i = 0; i < all.list.len; i++) {
    const Diagnostic *one = &all.list.at[i];
    if (one->code == DIAG_CHECK_FAILED && failed++ == 0)
      CHECK_STR(one->message, "the check \"crash\" fails: it brought down the process that ran it (signal 9)");
    else if (one->code == DIAG_CHECK_FAILED)
      CHECK_STR(one->message, "the check \"leave\" fails: it brought down the process that ran it");
    if (one->code != DIAG_OWN_CHECK) continue;
    CHECK_STR(one->own->id, said++ == 0 ? "first" : "last");
    CHECK_STR(one->own->title, said == 1 ? "A" : "D");
    CHECK(one->severity == (said == 1 ? SEVERITY_WARNING : SEVERITY_HINT));
  }
  CHECK(said == 2 && failed == 2);
  vec_free(&all.list);
}

static void packing(const Project *p, Arena *arena) {
  CheckSource source = {.name = {STR("x"), STR("X")}, .severity = SEVERITY_HINT};
  Diagnostics given = {.arena = arena}, read = {.arena = arena};
  Diagnostic *one = diagnose(&given, DIAG_OWN_CHECK, 1, (Span){2, 5}, "do", "message");
  diagnostic_relate(&given, one, 2, (Span){0, 3}, "%s", "there");
  diagnostic_fix_if_sure(one, true, (Span){4, 4}, STR("new"));
  diagnose(&given, DIAG_OWN_CHECK, 1, (Span){7, 8}, NULL, "second");
  Buf bytes = {0};
  reports_write(&given, &bytes);
  CHECK(reports_read(p, &source, buf_str(&bytes), &read) && read.list.len == 2);
  one = &read.list.at[0];
  CHECK(one->unit == 1 && one->span.start == 2 && one->span.end == 5 && one->own == &source.name);
  CHECK(one->severity == SEVERITY_HINT && one->fix_is_sure && one->fix.start == 4 && one->related_count == 1);
  CHECK_STR(one->message, "message");
  CHECK_STR(one->help, "do");
  CHECK_STR(one->replacement, "new");
  CHECK_STR(one->related[0].text, "there");
  for (size_t length = 0; length < bytes.len; length++) {
    read.list.len = 0;
    CHECK(!reports_read(p, &source, (Str){bytes.at, length}, &read));
  }
  for (size_t at = 0; at < bytes.len;
       at++) { /* whatever stands there: no place beyond a file, no text beyond the bytes */
    char was = bytes.at[at];
    bytes.at[at] = (char)0xFF;
    read.list.len = 0;
    reports_read(p, &source, buf_str(&bytes), &read);
    for (size_t i = 0; i < read.list.len; i++)
      CHECK(read.list.at[i].unit < p->unit_count &&
            read.list.at[i].span.end <= p->units[read.list.at[i].unit]->source.text.len);
    bytes.at[at] = was;
  }
  buf_free(&bytes);
  vec_free(&given.list);
  vec_free(&read.list);
}

static void words(void) {
  CHECK(diagnostic_is_code(STR("W0603")) && diagnostic_is_code(STR("w6o3")) && diagnostic_is_code(STR("H12345")));
  CHECK(!diagnostic_is_code(STR("no-photo")) && !diagnostic_is_code(STR("words")) && !diagnostic_is_code(STR("")));
  CHECK(!diagnostic_is_code(STR("photo2")) && !diagnostic_is_code(STR("w1-late")));
}

int main(void) {
  Arena *arena = arena_new();
  Project *project = load(arena);
  crashes(project, arena);
  packing(project, arena);
  words();
  project_free(project);
  arena_free(arena);
  return CHECK_DONE();
}
