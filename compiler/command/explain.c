#include "base/embedded.h"
#include "command/command.h"

static const char help[] =
    "journey explain [CODE]   tells the long story of a diagnostic, with an example before and after\n"
    "\n"
    "  $ journey explain W0603\n"
    "  $ journey explain            lists all codes\n";

static int list_codes(void) {
  Buf out = {0};
  for (int code = 0; code < DIAG_COUNT; code++) {
    DiagnosticInfo info = diagnostic_info((DiagnosticCode)code);
    buf_printf(&out, "%s  %s\n", info.code, info.title);
  }
  int result = command_print(buf_str(&out));
  buf_free(&out);
  return result;
}

static int run(int argc, char **argv) {
  const char *const *codes;
  size_t count;
  if (!options_read(&verb_explain, argc, argv, (const Option[]){{0}}, &codes, &count)) return EXIT_COULD_NOT_RUN;
  if (count == 0) return list_codes();
  for (size_t i = 0; i < count; i++) {
    DiagnosticCode code;
    Str page;
    if (!diagnostic_find(str_of(codes[i]), &code))
      return command_fail("there is no code %s; `journey explain` lists all of them", codes[i]);
    Arena *arena = arena_new();
    Str path = arena_format(arena, "docs/diagnostics/%s.md", diagnostic_info(code).code);
    int result =
        embedded_find(path, &page) ? command_print(page) : command_fail("%s has no page in this build", codes[i]);
    arena_free(arena);
    if (result != EXIT_CLEAN) return result;
  }
  return EXIT_CLEAN;
}

const Verb verb_explain = {"explain", "the long story of a diagnostic, by its code", help, run};
