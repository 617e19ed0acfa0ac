#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <utf8proc.h>

#include "base/nearest.h"
#include "base/os.h"
#include "command/command.h"
#include "preview/preview.h"
#include "script/sandbox.h"
#include "syntax/syntax.h"
#include "write/picture.h"
#include "write/terminal_help.h"

static const Verb *const verbs[] = {&verb_init,   &verb_new,      &verb_check,  &verb_fmt,     &verb_build,
                                    &verb_show,   &verb_evidence, &verb_score,  &verb_test,    &verb_paths,
                                    &verb_plan,   &verb_diff,     &verb_report, &verb_observe, &verb_preview,
                                    &verb_import, &verb_explain,  &verb_lsp};
enum { VERBS = sizeof verbs / sizeof *verbs };

static const char introduction[] =
    "journey keeps client journey maps as text: written in .journey files, checked, scored and drawn.\n"
    "\n"
    "A first map:\n"
    "  $ journey new                    a map to start from, in this folder\n"
    "  $ journey check                  what is wrong or weak in it, and what to do\n"
    "  $ journey show                   the map, here in the terminal\n"
    "  $ journey build                  the map as a page to look at, print and send\n"
    "\n"
    "All verbs:\n";

static int print_wrapped(Str text) {
  Buf out = {0};
  terminal_write_help(text, os_terminal_width(1), &out);
  int code = command_print(buf_str(&out));
  buf_free(&out);
  return code;
}

static int print_help(void) {
  Buf out = {0};
  buf_add_c(&out, introduction);
  for (int i = 0; i < VERBS; i++) buf_printf(&out, "  %-9s %s\n", verbs[i]->name, verbs[i]->line);
  buf_add_c(&out,
            "\n`journey VERB --help` teaches each by example; `journey --version` tells what this one is made of.\n");
  int code = print_wrapped(buf_str(&out));
  buf_free(&out);
  return code;
}

static int print_version(void) {
  Buf out = {0};
  buf_printf(&out, "journey %s\n", JOURNEY_VERSION);
  buf_printf(&out, "with %s, %s, utf8proc %s, libunibreak\n", syntax_library(), sandbox_library(), utf8proc_version());
  Arena *arena = arena_new();
  Str why, pictures = picture_library(arena, &why);
  if (pictures.len) buf_printf(&out, "PNG and PDF by " STR_FMT "\n", STR_ARG(pictures));
  else buf_printf(&out, "without PNG and PDF: " STR_FMT "\n", STR_ARG(why));
  Str live = preview_library(arena, &why);
  if (live.len) buf_printf(&out, "live preview: " STR_FMT "\n", STR_ARG(live));
  else buf_printf(&out, "without live preview: " STR_FMT "\n", STR_ARG(why));
  arena_free(arena);
  int code = command_print(buf_str(&out));
  buf_free(&out);
  return code;
}

static const Verb *find_verb(const char *name) {
  for (int i = 0; i < VERBS; i++)
    if (strcmp(verbs[i]->name, name) == 0) return verbs[i];
  return NULL;
}

static int unknown_verb(const char *name) {
  Nearest nearest = nearest_to(str_of(name));
  static const char *const also[VERBS] = {"setup initialise initialize luarc",
                                          "create start template",
                                          "lint validate verify",
                                          "format tidy pretty",
                                          "draw render export html svg",
                                          "view display print",
                                          "data csv survey sources answers columns",
                                          "metrics metric measure kpi",
                                          "tests spec unit-test run",
                                          "path flow funnel reach routes",
                                          "roadmap rank prioritise priorities backlog",
                                          "compare changes what-changed",
                                          "dashboard overview portal project all",
                                          "log events mining behaviour behavior",
                                          "live watch serve server browser",
                                          "convert mermaid",
                                          "why doc",
                                          "language-server langserver editor"};
  for (int i = 0; i < VERBS; i++) {
    nearest_offer(&nearest, str_of(verbs[i]->name));
    nearest_offer_also(&nearest, also[i], str_of(verbs[i]->name));
  }
  if (nearest.best.len > 0)
    return command_fail("there is no verb %s; did you mean `journey " STR_FMT "`?", name, STR_ARG(nearest.best));
  return command_fail("there is no verb %s; `journey --help` shows which there are", name);
}

static bool asks_for_help(int argc, char **argv) {
  for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
    if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) return true;
  return false;
}

int main(int argc, char **argv) {
  mallopt(M_TOP_PAD, 4 << 20); /* a syntax tree is built of a million small pieces: fewer trips to the system */
  signal(SIGPIPE, SIG_IGN);    /* a reader that leaves early is no fault: os_write_stdout knows */
  if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return print_help();
  if (strcmp(argv[1], "--version") == 0) return print_version();
  bool help = strcmp(argv[1], "help") == 0;
  if (help && argc == 2) return print_help();
  const char *name = help ? argv[2] : argv[1];
  const Verb *verb = find_verb(name);
  if (!verb) return unknown_verb(name);
  if (help || asks_for_help(argc - 1, argv + 1)) return print_wrapped(str_of(verb->help));
  return verb->run(argc - 1, argv + 1);
}
