#include "command/fix.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/os.h"
#include "source/fix.h"
#include "write/text_diff.h"

typedef struct {
  Str absolute;
  Str shown;
  Str before, after;
  size_t fixed;
} File;

typedef struct {
  CommandInput *input;
  Arena *arena;
  Str folder;      /* of the project, with a slash behind it */
  VEC(File) files; /* that were mended, in byte order of their paths */
  Str stdin_before, stdin_text;
  size_t stdin_fixed;
} Fixing;

/* ---- what may be touched ---- */

/* What could not be read as it stands is nothing to write back. */
static bool is_readable(const Unit *unit) {
  for (size_t i = 0; i < unit->diagnostics.list.len; i++) {
    DiagnosticCode code = unit->diagnostics.list.at[i].code;
    if (code == DIAG_NOT_UTF8 || code == DIAG_NUL_BYTE || code == DIAG_UNREADABLE) return false;
  }
  return true;
}

static bool is_stdin(const Fixing *fixing, uint32_t unit) { return command_reads_stdin(fixing->input) && unit == 1; }

static bool may_touch(const Fixing *fixing, const Project *p, uint32_t unit) {
  if (unit >= p->unit_count || !project_is_own(p, unit) || !is_readable(p->units[unit])) return false;
  if (command_reads_stdin(fixing->input)) return unit == 1;
  Str path = p->units[unit]->source.path;
  if (os_kind(path.at) != OS_FILE) return false;
  return project_is_named(p, unit) || str_starts(os_absolute(fixing->arena, path), fixing->folder);
}

/* ---- one pass ---- */

static void keep_text(Fixing *fixing, const Project *p, uint32_t unit, Str text, size_t made) {
  if (is_stdin(fixing, unit)) {
    fixing->stdin_text = text;
    fixing->stdin_fixed += made;
    return;
  }
  Source source = p->units[unit]->source;
  Str absolute = os_absolute(fixing->arena, source.path);
  size_t at = 0;
  while (at < fixing->files.len && str_compare(fixing->files.at[at].absolute, absolute) < 0) at++;
  if (at == fixing->files.len || !str_is(fixing->files.at[at].absolute, absolute)) {
    vec_push(&fixing->files, (File){0});
    memmove(&fixing->files.at[at + 1], &fixing->files.at[at], (fixing->files.len - 1 - at) * sizeof(File));
    fixing->files.at[at] = (File){.absolute = absolute,
                                  .shown = arena_copy(fixing->arena, source.path),
                                  .before = arena_copy(fixing->arena, source.text)};
  }
  fixing->files.at[at].after = text;
  fixing->files.at[at].fixed += made;
}

typedef struct {
  const Fixing *fixing;
  const Project *p;
} Touching;

static bool may_touch_one(void *context, uint32_t unit) {
  const Touching *touching = context;
  return may_touch(touching->fixing, touching->p, unit);
}

static size_t fix_all(Fixing *fixing, const Project *p, const Diagnostics *all) {
  size_t total = 0;
  for (size_t from = 0, to; from < all->list.len; from = to) {
    uint32_t unit = all->list.at[from].unit;
    for (to = from; to < all->list.len && all->list.at[to].unit == unit;) to++;
    if (!may_touch(fixing, p, unit)) continue;
    size_t made;
    Str text = fix_text(p->units[unit]->source.text, &all->list.at[from], to - from, fixing->arena, &made);
    if (made > 0) keep_text(fixing, p, unit, text, made);
    total += made;
  }
  return total;
}

static void hand_on(Fixing *fixing) {
  ProjectText *texts = ARENA_ARRAY(fixing->arena, ProjectText, fixing->files.len);
  for (size_t i = 0; i < fixing->files.len; i++)
    texts[i] = (ProjectText){fixing->files.at[i].absolute, fixing->files.at[i].after};
  fixing->input->texts = texts;
  fixing->input->text_count = fixing->files.len;
}

/* Whether there was anything to fix; `*failed` where the project could not be loaded. */
static bool fix_once(Fixing *fixing, bool *failed) {
  Arena *arena = arena_new();
  Project *p = command_load(fixing->input, arena);
  size_t made = 0;
  *failed = !p;
  if (p) {
    Diagnostics all = command_check(p, NULL, arena);
    fix_put_off_names(all.list.at, all.list.len, may_touch_one, &(Touching){fixing, p});
    made = fix_all(fixing, p, &all);
    vec_free(&all.list);
  }
  project_free(p);
  arena_free(arena);
  if (made > 0) hand_on(fixing);
  return made > 0;
}

/* ---- the results ---- */

static int show_diff(Str path, Str before, Str after) {
  Buf diff = {0};
  text_diff_write(path, before, after, command_colour(1), &diff);
  int code = command_print(buf_str(&diff));
  buf_free(&diff);
  return code;
}

static void tell(FixStyle style, size_t fixed, Str path) {
  if (style.quiet) command_note("fixed %zu in " STR_FMT, fixed, STR_ARG(path));
  else command_tell("fixed %zu in " STR_FMT, fixed, STR_ARG(path));
}

static int write_file(Fixing *fixing, FixStyle style, const File *file) {
  Str why;
  if (str_is(file->before, file->after)) return EXIT_CLEAN;
  if (style.dry_run)
    return show_diff(file->shown, file->before, file->after) == EXIT_CLEAN ? EXIT_FOUND : EXIT_COULD_NOT_RUN;
  if (!os_write_file(fixing->arena, file->absolute.at, file->after, &why))
    return command_fail(STR_FMT ": can't be written: " STR_FMT, STR_ARG(file->shown), STR_ARG(why));
  tell(style, file->fixed, file->shown);
  return EXIT_CLEAN;
}

static int write_stdin(Fixing *fixing, FixStyle style) {
  static const Str name = {"standard input", sizeof "standard input" - 1};
  Str path = fixing->input->stdin_path ? str_of(fixing->input->stdin_path) : name;
  bool same = str_is(fixing->stdin_before, fixing->stdin_text);
  if (style.dry_run) {
    int code = same ? EXIT_CLEAN : show_diff(path, fixing->stdin_before, fixing->stdin_text);
    return code == EXIT_CLEAN && !same ? EXIT_FOUND : code;
  }
  if (!same) tell(style, fixing->stdin_fixed, path);
  return command_print(fixing->stdin_text);
}

static int write_all(Fixing *fixing, FixStyle style) {
  if (command_reads_stdin(fixing->input)) return write_stdin(fixing, style);
  int code = EXIT_CLEAN;
  for (size_t i = 0; i < fixing->files.len; i++) {
    int one = write_file(fixing, style, &fixing->files.at[i]);
    if (one > code) code = one;
  }
  return code;
}

int command_fix(CommandInput *input, FixStyle style, Arena *arena) {
  Str first = input->path_count > 0 && !command_reads_stdin(input) ? str_of(input->paths[0]) : STR(".");
  Fixing *fixing = ARENA_NEW(arena, Fixing); /* `input` goes on to point into it */
  fixing->input = input;
  fixing->arena = arena;
  fixing->folder = arena_format(arena, STR_FMT "/", STR_ARG(project_folder_of(arena, first)));
  Str why;
  if (command_reads_stdin(input)) {
    if (!os_read_stdin(arena, LIMIT_FILE_BYTES, &fixing->stdin_before, &why))
      return command_fail("standard input: can't be read: " STR_FMT, STR_ARG(why));
    fixing->stdin_text = fixing->stdin_before;
    input->stdin_text = &fixing->stdin_text;
  }
  bool failed = false;
  for (int pass = 0; pass < LIMIT_FIX_PASSES && fix_once(fixing, &failed);) pass++;
  int code = failed ? EXIT_COULD_NOT_RUN : write_all(fixing, style);
  vec_free(&fixing->files);
  return code;
}
