#include "lsp/server/loop.h"

#include "command/command.h"

static const char help[] =
    "journey lsp   the language server: what an editor asks while a map is written\n"
    "\n"
    "Editors start it; docs/editors.md says how. It speaks the Language Server Protocol on standard input and output.\n"
    "\n"
    "  --stdio   said by some editors; there is no other way\n"
    "\n"
    "Exit code: 0 after `shutdown` and `exit`, 1 where the editor went without them.\n";

static int run(int argc, char **argv) {
  const char *const *paths;
  size_t count;
  bool stdio = false;
  const Option options[] = {{"stdio", 0, &stdio, NULL}, {0}};
  if (!options_read(&verb_lsp, argc, argv, options, &paths, &count)) return EXIT_COULD_NOT_RUN;
  if (count > 0) return command_fail("lsp takes no files: the editor says which are open");
  return lsp_run(NULL);
}

const Verb verb_lsp = {"lsp", "the language server, for editors", help, run};
