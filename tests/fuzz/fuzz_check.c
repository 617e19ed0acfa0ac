/* Whatever bytes come as a file: it is read, lowered, linked, checked and drawn in every way, without a crash or a leak. */
#include <stdlib.h>
#include <unistd.h>

#include "project/project.h"
#include "view/view.h"
#include "write/diagnostics_json.h"
#include "write/diagnostics_text.h"
#include "write/json.h"
#include "write/markdown.h"
#include "write/svg.h"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TODAY = 20700, MOST_DRAWN = 8 };

static void draw(const Project *p, const Journey *journey, Arena *arena) {
  Buf out = {0};
  const View *view = view_new(p, journey, arena);
  view_summary(view, arena);
  svg_write(view, &out);
  markdown_write(view, &out);
  json_write(p, journey, &out);
  buf_free(&out);
}

static void tell(const Project *p) {
  Buf out = {0};
  for (uint32_t u = 0; u < p->unit_count; u++) {
    diagnostics_write_text(p, &p->units[u]->diagnostics, false, false, &out);
    diagnostics_write_json(p, &p->units[u]->diagnostics, &out);
  }
  diagnostics_write_text(p, &p->diagnostics, true, true, &out);
  json_write(p, NULL, &out);
  buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena *arena = arena_new();
  Str text = {size > 0 ? (const char *)data : "", size}, why = {0};
  ProjectOptions options = {.stdin_text = &text, .stdin_path = STR("map.journey"), .today = TODAY, .threads = 1};
  Project *p = project_load(&options, arena, &why);
  if (p) {
    tell(p);
    for (uint32_t i = 0; i < p->journey_count && i < MOST_DRAWN; i++) draw(p, &p->journeys[i], arena);
  }
  project_free(p);
  arena_free(arena);
  return 0;
}

/* In an empty folder, so that what a file names is never there. */
int LLVMFuzzerInitialize(int *count, char ***arguments) {
  (void)count, (void)arguments;
  return 0;
}
