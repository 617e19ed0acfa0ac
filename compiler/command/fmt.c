#include <stdio.h>

#include "base/limits.h"
#include "base/os.h"
#include "command/command.h"
#include "format/format.h"
#include "write/text_diff.h"

static const char help[] =
    "journey fmt [PATH…]   tidies the spelling and the columns of maps, and never their meaning\n"
    "\n"
    "  $ journey fmt                      all files of the project around this folder\n"
    "  $ journey fmt onboarding.journey   one file\n"
    "  $ journey fmt --diff maps/         only shows what would change\n"
    "  $ journey fmt --check              for CI: lists the files that would change\n"
    "  $ journey fmt - < text             standard input to standard output, for editors\n"
    "\n"
    "  --check   writes nothing; exits with 1 where a file would change\n"
    "  --diff    writes nothing; shows the changed lines, and exits with 1 where there are any\n"
    "\n"
    "What is not understood stays as it is; the rest is tidied all the same.\n"
    "\n"
    "Exit code: 0 done, 1 files would change (--check, --diff), 2 could not run, or not on every file.\n";

typedef struct {
  bool check, diff, to_stdout;
  bool tells; /* which files it changed */
  bool changes, failed;
  Str folder;
} Run;

/* ---- one file ---- */

static void fail(Run *run, Str path, const char *what, Str why) {
  command_fail(STR_FMT ": %s" STR_FMT, STR_ARG(path), what, STR_ARG(why));
  run->failed = true;
}

static void tell_kept(Str path, Str text, const Formatted *formatted) {
  enum { MOST_TOLD = 5 };
  Source source = {.path = path, .text = text};
  for (size_t i = 0; i < formatted->kept_count && i < MOST_TOLD; i++) {
    unsigned first = source_position(&source, formatted->kept[i].start).line;
    unsigned last = source_position(&source, formatted->kept[i].end).line;
    if (first == last)
      command_fail(STR_FMT ":%u: something in this line is not understood; it stays as it is", STR_ARG(path), first);
    else
      command_fail(STR_FMT ":%u: something in lines %u to %u is not understood; they stay as they are", STR_ARG(path),
                   first, first, last);
  }
  if (formatted->kept_count > MOST_TOLD)
    command_fail(STR_FMT ": and %zu more places", STR_ARG(path), formatted->kept_count - MOST_TOLD);
  if (formatted->kept_count > 0) command_fail(STR_FMT ": `journey check` says what is wrong there", STR_ARG(path));
}

static void print(Run *run, Str text) {
  if (command_print(text) != EXIT_CLEAN) run->failed = true;
}

static void hand_over(Run *run, Arena *arena, Str path, Str text, const Formatted *formatted) {
  Str why;
  if (run->diff) {
    Buf diff = {0};
    text_diff_write(path, text, formatted->text, command_colour(1), &diff);
    print(run, buf_str(&diff));
    buf_free(&diff);
  } else if (run->check) {
    if (formatted->changed) run->failed |= command_tell(STR_FMT, STR_ARG(path)) != EXIT_CLEAN;
  } else if (run->to_stdout) print(run, formatted->text);
  else if (formatted->changed && !os_write_file(arena, path.at, formatted->text, &why)) {
    fail(run, path, "can't be written: ", why);
    return;
  } else if (formatted->changed && run->tells) command_note("tidied " STR_FMT, STR_ARG(path));
  run->changes |= formatted->changed;
}

static void format(Run *run, Arena *arena, Str path, Str text) {
  Formatted formatted = format_text(arena, text);
  if (formatted.status == FORMAT_REFUSED) {
    fail(run, path, "stays as it is, since it is no UTF-8 text; save it again from your editor with the encoding UTF-8",
         STR(""));
    if (run->to_stdout && !run->check && !run->diff) print(run, text);
    return;
  }
  tell_kept(path, text, &formatted);
  hand_over(run, arena, path, text, &formatted);
}

static void format_file(void *context, Str path) {
  Run *run = context;
  Arena *arena = arena_new();
  Str text, why;
  Str shown = os_relative(arena, os_absolute(arena, path), run->folder);
  if (os_read_file(arena, path.at, LIMIT_FILE_BYTES, &text, &why)) format(run, arena, shown, text);
  else fail(run, shown, "can't be read: ", why);
  arena_free(arena);
}

/* ---- which files ---- */

static void remember(void *context, Str path) {
  VEC(Str) *found = context;
  vec_push(found, path);
}

static void format_folder(Run *run, Arena *arena, Str folder) {
  VEC(Str) found = {0};
  Str why;
  if (!os_walk(arena, folder.at, STR(".journey"), remember, &found, &why))
    fail(run, folder, "can't be looked through: ", why);
  else if (found.len == 0)
    fail(run, folder, "there is no .journey file in this folder; `journey new` makes a first one", STR(""));
  for (size_t i = 0; i < found.len; i++) format_file(run, found.at[i]);
  vec_free(&found);
}

static void format_stdin(Run *run, Arena *arena) {
  Str text, why, name = STR("standard input");
  run->to_stdout = true;
  if (os_read_stdin(arena, LIMIT_FILE_BYTES, &text, &why)) format(run, arena, name, text);
  else fail(run, name, "can't be read: ", why);
}

static void format_path(Run *run, Arena *arena, const char *path) {
  Str copy = arena_copy(arena, str_of(path));
  if (strcmp(path, "-") == 0) format_stdin(run, arena);
  else if (os_kind(path) == OS_FOLDER) format_folder(run, arena, copy);
  else if (os_kind(path) == OS_NOTHING) fail(run, copy, "there is no such file or folder", STR(""));
  else if (!str_ends(copy, STR(".journey")))
    fail(run, copy, "stays as it is, since its name does not end in .journey", STR(""));
  else format_file(run, copy);
}

int command_fmt(const char *const *paths, size_t count) {
  Run run = {.tells = true};
  Arena *arena = arena_new();
  run.folder = os_working_folder(arena);
  for (size_t i = 0; i < count; i++)
    if (str_ends(str_of(paths[i]), STR(".journey")) && os_kind(paths[i]) == OS_FILE)
      format_file(&run, arena_copy(arena, str_of(paths[i])));
  arena_free(arena);
  return run.failed ? EXIT_COULD_NOT_RUN : EXIT_CLEAN;
}

static int run_fmt(int argc, char **argv) {
  Run run = {0};
  const char *const *paths;
  size_t count;
  const Option options[] = {{"check", 0, &run.check, NULL}, {"diff", 0, &run.diff, NULL}, {0}};
  if (!options_read(&verb_fmt, argc, argv, options, &paths, &count)) return EXIT_COULD_NOT_RUN;
  Arena *arena = arena_new();
  run.folder = os_working_folder(arena);
  for (size_t i = 0; i < count; i++) format_path(&run, arena, paths[i]);
  if (count == 0) format_folder(&run, arena, project_folder(arena));
  arena_free(arena);
  if (run.failed) return EXIT_COULD_NOT_RUN;
  return (run.check || run.diff) && run.changes ? EXIT_FOUND : EXIT_CLEAN;
}

const Verb verb_fmt = {"fmt", "tidies the spelling and the columns of maps, never their meaning", help, run_fmt};
