/* Whatever bytes come as a diagram: they are refused, or become a journey in which no error is found, and which is a
 * diagram again that can be imported without a complaint. */
#include <stdio.h>
#include <stdlib.h>

#include "check/check.h"
#include "import/mermaid.h"
#include "view/view.h"
#include "write/mermaid.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_BUILT = 4 };

static void fail(const char *what, Str text) {
  fprintf(stderr, "does not hold: %s\n" STR_FMT "\n", what, STR_ARG(text));
  abort();
}

static void build_again(const Project *p, const Journey *journey, Arena *arena) {
  Buf diagram = {0}, text = {0};
  ImportProblems problems = {.arena = arena};
  mermaid_write(view_new(p, journey, NULL, arena), &diagram);
  if (!mermaid_import(arena, buf_str(&diagram), STR("again.mmd"), &text, &problems))
    fail("what was built is imported", buf_str(&diagram));
  if (problems.list.len > 0) fail("what was built is imported without a problem", buf_str(&diagram));
  vec_free(&problems.list);
  buf_free(&diagram);
  buf_free(&text);
}

static void check(Str text, Arena *arena) {
  Str why = {0};
  Diagnostics all = {.arena = arena};
  ProjectOptions options = {.stdin_text = &text, .stdin_path = STR("diagram.journey"), .today = 20700, .threads = 1};
  Project *p = project_load(&options, arena, &why);
  if (!p) fail("what was imported is loaded", text);
  check_project(p, NULL, &all);
  size_t errors = diagnostics_count(&all, SEVERITY_ERROR) + diagnostics_count(&p->diagnostics, SEVERITY_ERROR);
  for (uint32_t u = 0; u < p->unit_count; u++) errors += diagnostics_count(&p->units[u]->diagnostics, SEVERITY_ERROR);
  if (errors > 0) fail("what was imported has no errors", text);
  for (uint32_t i = 0; i < p->journey_count && i < MOST_BUILT; i++) build_again(p, &p->journeys[i], arena);
  vec_free(&all.list);
  project_free(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena *arena = arena_new();
  Str text = {size > 0 ? (const char *)data : "", size};
  Buf journey = {0};
  ImportProblems problems = {.arena = arena};
  bool imported = mermaid_import(arena, text, STR("diagram.txt"), &journey, &problems);
  if (imported) check(buf_str(&journey), arena);
  else if (problems.list.len + problems.left_out == 0) fail("a refusal says why", text);
  vec_free(&problems.list);
  buf_free(&journey);
  arena_free(arena);
  return 0;
}
