#include "base/limits.h"
#include "base/os.h"
#include "command/command.h"
#include "import/mermaid.h"
#include "write/excerpt.h"

#include <stdio.h>

static const char help[] =
    "journey import FILE   makes a .journey file of Mermaid journey diagrams\n"
    "\n"
    "  $ journey import day.mmd                 writes day.journey beside it\n"
    "  $ journey import README.md -o maps       all journey diagrams of a Markdown file, into the folder maps\n"
    "  $ journey import day.mmd -o - | less     - is standard output\n"
    "\n"
    "  -o, --output DIR   the folder to write into; that of FILE where not given\n"
    "  --force            write over a file that is there already\n"
    "\n"
    "What is wrong in the diagram is said with its line, and kept as a comment in the new file.\n"
    "Exit code: 0 imported, 1 imported with problems, 2 could not run.\n";

static Str target_path(Arena *arena, const char *file, const char *folder) {
  Str name = os_file_name(str_of(file));
  size_t dot = name.len;
  while (dot > 0 && name.at[dot - 1] != '.') dot--;
  Str stem = dot > 1 ? str_slice(name, 0, dot - 1) : name;
  Str beside = folder ? arena_format(arena, "%s/", folder) : str_of(file);
  return os_beside(arena, beside, arena_format(arena, STR_FMT ".journey", STR_ARG(stem)));
}

static int write_out(Arena *arena, const char *file, const char *folder, bool force, Str text) {
  Str why;
  if (folder && strcmp(folder, "-") == 0) return command_print(text);
  if (folder && !os_make_folders(arena, folder, &why))
    return command_fail("%s: this folder can't be made: " STR_FMT, folder, STR_ARG(why));
  Str path = target_path(arena, file, folder);
  if (!force && os_kind(path.at) != OS_NOTHING)
    return command_fail(STR_FMT ": is there already; --force writes over it", STR_ARG(path));
  if (!os_write_file(arena, path.at, text, &why))
    return command_fail(STR_FMT ": can't be written: " STR_FMT, STR_ARG(path), STR_ARG(why));
  return command_tell(STR_FMT, STR_ARG(path));
}

static int import(Arena *arena, const char *file, const char *folder, bool force) {
  Str text, why;
  if (!os_read_given(arena, file, LIMIT_FILE_BYTES, &text, &why))
    return command_fail("%s: can't be read: " STR_FMT, file, STR_ARG(why));
  Buf out = {0}, said = {0};
  ImportProblems problems = {.arena = arena};
  bool imported = mermaid_import(arena, text, str_of(file), &out, &problems);
  import_problems_print(&problems, excerpt_name(arena, str_of(file)), &said);
  fwrite(said.at ? said.at : "", 1, said.len, stderr);
  int code = imported ? write_out(arena, file, folder, force, buf_str(&out)) : EXIT_COULD_NOT_RUN;
  if (code == EXIT_CLEAN && problems.list.len > 0) code = EXIT_FOUND;
  vec_free(&problems.list);
  buf_free(&out);
  buf_free(&said);
  return code;
}

static int run(int argc, char **argv) {
  const char *folder = NULL;
  bool force = false;
  const char *const *files;
  size_t count;
  const Option options[] = {{"output", 'o', NULL, &folder}, {"force", 0, &force, NULL}, {0}};
  if (!options_read(&verb_import, argc, argv, options, &files, &count)) return EXIT_COULD_NOT_RUN;
  if (count == 0) return command_fail("import needs a file: journey import day.mmd");
  int worst = EXIT_CLEAN;
  for (size_t i = 0; i < count; i++) {
    Arena *arena = arena_new();
    int code = import(arena, files[i], folder, force);
    if (code > worst) worst = code;
    arena_free(arena);
  }
  return worst;
}

const Verb verb_import = {"import", "a .journey file from Mermaid journey diagrams", help, run};
