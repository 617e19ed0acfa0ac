#include "base/embedded.h"
#include "base/os.h"
#include "command/command.h"
#include "script/files.h"
#include "write/excerpt.h"

static const char help[] =
    "journey explain [CODE]   tells the long story of a message, with an example before and after\n"
    "\n"
    "  $ journey explain W0603\n"
    "  $ journey explain no-photo   a check of the project around this folder\n"
    "  $ journey explain guide      ten minutes to a metric of your own, in Lua; then `metrics` and `checks` tell all\n"
    "  $ journey explain            lists all codes\n";

/* Pages that are about no code. */
static bool find_page(const char *name, Str *page) {
  static const char *const pages[][2] = {
      {"guide", "docs/guide-metrics.md"}, {"metrics", "docs/metrics.md"}, {"checks", "docs/checks.md"}};
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
    if (strcmp(name, pages[i][0]) == 0) return embedded_find(str_of(pages[i][1]), page);
  return false;
}

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

/* ---- checks of the project's own ---- */

/* The comment at the top of a Lua file, without its dashes. */
static Str first_comment(Str text, Arena *arena) {
  Buf words = {0};
  while (str_starts(text, STR("--"))) {
    Str line = str_cut_line(&text);
    line = str_slice(line, 2, line.len);
    if (str_starts(line, STR(" "))) line = str_slice(line, 1, line.len);
    buf_printf(&words, STR_FMT "\n", STR_ARG(line));
  }
  return buf_take(&words, arena);
}

static int explain_check(const Project *p, Ref at, Arena *arena) {
  Item item = item_of(at);
  Buf out = {0};
  LuaFile file;
  Str why, about = item_text(p, &item, K_ABOUT, 0, arena);
  buf_printf(&out, "# " STR_FMT ": " STR_FMT "\n\n", STR_ARG(item_id(p, &item)), STR_ARG(item_title(p, &item, arena)));
  if (about.len) buf_printf(&out, STR_FMT "\n\n", STR_ARG(about));
  if (lua_names_file(p, at) && lua_file_of(p, at, arena, &file, &why)) {
    Str comment = first_comment(file.text, arena);
    if (comment.len) buf_printf(&out, STR_FMT "\n", STR_ARG(comment));
    buf_printf(&out, "A check of this project, computed by " STR_FMT ".\n", STR_ARG(excerpt_name(arena, file.path)));
  }
  buf_printf(&out, "Where it is right to leave it: silence " STR_FMT " \"Why\"\n", STR_ARG(item_id(p, &item)));
  Buf safe = {0}; /* what a project says of itself */
  excerpt_add_safe(&safe, buf_str(&out));
  int code = command_print(buf_str(&safe));
  buf_free(&safe);
  buf_free(&out);
  return code;
}

static int explain_name(const char *name) {
  Arena *arena = arena_new();
  Str why;
  ProjectOptions options = {.may_be_empty = true, .today = os_today()};
  Str folder = project_folder(arena);
  options.paths = &folder.at;
  options.path_count = 1;
  Project *p = diagnostic_is_code(str_of(name)) ? NULL : project_load(&options, arena, &why);
  Ref check = p ? project_check(p, NONE, str_of(name)) : NO_REF;
  int code = ref_ok(check)
                 ? explain_check(p, check, arena)
                 : command_fail("there is no code %s, nor a check of that name in the project around this folder; "
                                "`journey explain` lists all codes",
                                name);
  project_free(p);
  arena_free(arena);
  return code;
}

static int run(int argc, char **argv) {
  const char *const *codes;
  size_t count;
  if (!options_read(&verb_explain, argc, argv, (const Option[]){{0}}, &codes, &count)) return EXIT_COULD_NOT_RUN;
  if (count == 0) return list_codes();
  for (size_t i = 0; i < count; i++) {
    DiagnosticCode code;
    Str page;
    if (!diagnostic_find(str_of(codes[i]), &code)) {
      if (diagnostic_is_code(str_of(codes[i])))
        return command_fail("there is no code %s; `journey explain` lists all of them", codes[i]);
      int named = find_page(codes[i], &page) ? command_print(page) : explain_name(codes[i]);
      if (named != EXIT_CLEAN) return named;
      continue;
    }
    Arena *arena = arena_new();
    Str path = arena_format(arena, "docs/diagnostics/%s.md", diagnostic_info(code).code);
    int result =
        embedded_find(path, &page) ? command_print(page) : command_fail("%s has no page in this build", codes[i]);
    arena_free(arena);
    if (result != EXIT_CLEAN) return result;
  }
  return EXIT_CLEAN;
}

const Verb verb_explain = {"explain", "the long story of a message, by its code", help, run};
