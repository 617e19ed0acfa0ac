#include "command/baseline.h"

#include <stdio.h>

#include "base/os.h"
#include "project/baseline.h"
#include "write/diagnostics_text.h"

static void keep_errors(Diagnostics *all) {
  size_t kept = 0;
  for (size_t i = 0; i < all->list.len; i++)
    if (all->list.at[i].own ? all->list.at[i].severity == SEVERITY_ERROR
                            : diagnostic_info(all->list.at[i].code).severity == SEVERITY_ERROR)
      all->list.at[kept++] = all->list.at[i];
  all->list.len = kept;
}

static size_t recorded(const Baseline *baseline, size_t *files) {
  size_t sum = 0;
  for (uint32_t i = 0; i < baseline->count; i++) {
    sum += baseline->entries[i].count;
    *files += i == 0 || !str_is(baseline->entries[i].file, baseline->entries[i - 1].file);
  }
  return sum;
}

/* Where the settings do not name it, checks will not know of it. */
static void tell_setting(const Project *project, const char *path, Arena *arena) {
  Str named = project->settings.baseline_path, written = os_absolute(arena, str_of(path));
  if (named.len > 0 && str_is(os_absolute(arena, named), written)) return;
  Str home = os_absolute(arena, project_folder(arena));
  Str shown = os_relative(arena, written, home);
  command_tell("Checks and editors heed it once project.journey says so: project { baseline \"" STR_FMT "\" }",
               STR_ARG(shown));
}

static int tell(const Project *project, const Baseline *baseline, Diagnostics *all, const char *path, Arena *arena) {
  size_t files = 0, count = recorded(baseline, &files);
  keep_errors(all);
  command_tell("%s: %zu message%s of %zu file%s recorded", path, count, count == 1 ? "" : "s", files,
               files == 1 ? "" : "s");
  tell_setting(project, path, arena);
  if (all->list.len == 0) return EXIT_CLEAN;
  command_print(STR("Not recorded, since an error stays an error:\n\n"));
  Buf text = {0};
  diagnostics_write_text(project, all, command_diagnostics_style(1, false), &text);
  int code = command_print(buf_str(&text));
  buf_free(&text);
  return code == EXIT_CLEAN ? EXIT_FOUND : code;
}

int command_write_baseline(const CommandInput *input, const char *path, Arena *arena) {
  CommandInput whole = *input;
  whole.no_baseline = true;
  Project *project = command_load(&whole, arena);
  if (!project) return EXIT_COULD_NOT_RUN;
  Diagnostics all = command_check(project, NULL, arena);
  Baseline baseline = baseline_of(project, &all, str_of(path), arena);
  Buf text = {0};
  Str why;
  baseline_write(&baseline, &text);
  int code = os_write_file(arena, path, buf_str(&text), &why)
                 ? tell(project, &baseline, &all, path, arena)
                 : command_fail("%s: can't be written: " STR_FMT, path, STR_ARG(why));
  buf_free(&text);
  vec_free(&all.list);
  project_free(project);
  return code;
}

void command_tell_needless(const Project *project, size_t needless) {
  if (needless == 0 || project->settings.baseline == NONE) return;
  Str path = project->units[project->settings.baseline]->source.path;
  command_fail("%zu %s of " STR_FMT " %s no longer needed; `journey check --write-baseline " STR_FMT "` drops %s",
               needless, needless == 1 ? "entry" : "entries", STR_ARG(path), needless == 1 ? "is" : "are",
               STR_ARG(path), needless == 1 ? "it" : "them");
}
