#include "command/touched.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "command/revision.h"
#include "project/settings.h"

/* ---- what changed ---- */

static void add_changed(Touched *touched, const RevisionPaths *paths, Arena *arena) {
  Str *all = ARENA_ARRAY(arena, Str, touched->count + paths->count + 1);
  if (touched->count > 0) memcpy(all, touched->changed, touched->count * sizeof *all);
  if (paths->count > 0) memcpy(all + touched->count, paths->at, paths->count * sizeof *all);
  touched->changed = all;
  touched->count += paths->count;
}

static bool ask_git(const char *since, Touched *touched, Arena *arena) {
  Str top, commit, why;
  RevisionPaths changes;
  if (str_is(str_of(since), STR("")) || str_is(str_of(since), STR("..."))) /* a variable of CI that isn't set */
    return command_fail("--since names no revision; say which: main, or main... for where this branch left it"), false;
  if (!revision_top(arena, os_working_folder(arena), &top, &why))
    return command_fail("--since asks git, but " STR_FMT "; `journey check --with-dependents FILES` asks nobody",
                        STR_ARG(why)),
           false;
  if (!revision_find(arena, top, str_of(since), &commit))
    return command_fail("--since %s: " STR_FMT, since, STR_ARG(revision_why_not(arena, top, str_of(since)))), false;
  if (!revision_changes(arena, top, commit, &changes, &why))
    return command_fail("--since %s: git says: " STR_FMT, since, STR_ARG(why)), false;
  add_changed(touched, &changes, arena);
  return true;
}

/* pre-commit names no file that a commit takes away; between which revisions it looks is in its environment. */
static void ask_gone(Touched *touched, Arena *arena) {
  Str top, why, range = STR("");
  const char *from = getenv("PRE_COMMIT_FROM_REF"), *to = getenv("PRE_COMMIT_TO_REF");
  if (!revision_top(arena, os_working_folder(arena), &top, &why)) return;
  if (from && to && *from && *to && *from != '-') range = arena_format(arena, "%s...%s", from, to);
  RevisionPaths gone = revision_gone(arena, top, range);
  add_changed(touched, &gone, arena);
}

static void take_paths(const CommandInput *input, Touched *touched, Arena *arena) {
  RevisionPaths paths = {ARENA_ARRAY(arena, Str, input->path_count + 1), input->path_count};
  for (size_t i = 0; i < paths.count; i++) paths.at[i] = os_absolute(arena, str_of(input->paths[i]));
  add_changed(touched, &paths, arena);
}

/* ---- where to look ---- */

/* The project around the working folder, or else that of the first file. */
static Str home_of(const CommandInput *input, Arena *arena) {
  Str here = project_folder(arena), absolute = os_absolute(arena, here);
  if (input->path_count == 0 || os_is_in(os_absolute(arena, str_of(input->paths[0])), absolute)) return here;
  return project_folder_of(arena, str_of(input->paths[0]));
}

static bool are_there(const CommandInput *all) {
  for (size_t i = 0; i < all->path_count; i++)
    if (os_kind(all->paths[i]) == OS_NOTHING)
      return command_fail("%s: there is no such file or folder", all->paths[i]), false;
  return true;
}

static bool add_all(Dependents *dependents, const CommandInput *all, Arena *arena) {
  Str why;
  for (size_t i = 0; i < all->path_count; i++)
    if (!dependents_add(dependents, arena_copy(arena, str_of(all->paths[i])), &why))
      return command_fail(STR_FMT, STR_ARG(why)), false;
  return true;
}

/* The innermost folder around the file, up to `top`, that has settings of its own; else `top`. */
static Str project_within(Str top, Str path, Arena *arena) {
  static const char *const names[] = {SETTINGS_FILE, SETTINGS_MAP};
  for (Str folder = os_folder(path); os_is_in(folder, top) && folder.len > top.len; folder = os_folder(folder))
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
      if (os_kind(arena_format(arena, STR_FMT "/%s", STR_ARG(folder), names[i]).at) == OS_FILE)
        return arena_copy(arena, folder);
  return top;
}

/* The project, and files of it that are named and lie where no maps are looked for: in a hidden folder, or outside. */
static const char *const *all_paths(const Touched *touched, bool named, Str home, size_t *count, Arena *arena) {
  const char **paths = ARENA_ARRAY(arena, const char *, touched->count + 1);
  paths[(*count)++] = arena_copy(arena, home).at;
  for (size_t i = 0; i < touched->count && named; i++)
    if (str_ends(touched->changed[i], STR(".journey")) && os_kind(touched->changed[i].at) == OS_FILE)
      paths[(*count)++] = touched->changed[i].at;
  return paths;
}

static bool is_folders(const CommandInput *input) {
  for (size_t i = 0; i < input->path_count; i++)
    if (os_kind(input->paths[i]) != OS_FOLDER) return false;
  return true;
}

static void look_around(const TouchedBy *by, const CommandInput *input, Touched *touched, Arena *arena) {
  bool only = by->since && input->path_count > 0; /* where to look is said */
  Str home = only ? project_folder_of(arena, str_of(input->paths[0])) : home_of(input, arena);
  touched->all.is_whole = !only || is_folders(input);
  touched->all.home = arena_copy(arena, home).at;
  touched->all.may_be_empty = true;
  if (only) return;
  touched->all.path_count = 0;
  touched->all.paths = all_paths(touched, !by->since, home, &touched->all.path_count, arena);
}

/* ---- what is touched ---- */

static void add_settings(const TouchedBy *by, const Touched *touched, Dependents *dependents, Arena *arena) {
  static const char *const names[] = {SETTINGS_FILE, SETTINGS_MAP};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    dependents_add_settings(dependents, arena_format(arena, "%s/%s", touched->all.home, names[i]));
  if (by->extra) dependents_add_settings(dependents, arena_copy(arena, str_of(by->extra)));
}

static void spread(Dependents *dependents, const Touched *touched) {
  for (size_t i = 0; i < touched->count; i++) dependents_touch(dependents, touched->changed[i]);
  dependents_spread(dependents, !touched->by->since);
}

static void tell_missing(const CommandInput *input, Dependents *dependents, Arena *arena) {
  for (size_t i = 0; i < input->path_count; i++)
    if (os_kind(input->paths[i]) == OS_NOTHING &&
        !dependents_speak_of(dependents, arena_copy(arena, str_of(input->paths[i]))))
      command_fail("%s is not there, and no map speaks of it", input->paths[i]);
}

/* ---- several projects in one repository ---- */

typedef struct {
  Str top, folder, home; /* of the files of `folder`: they stand beside each other */
  Arena *arena;
} Homes;

static Str home_of_map(Homes *homes, Str path) {
  Str absolute = os_absolute(homes->arena, path), folder = os_folder(absolute);
  if (homes->folder.len > 0 && str_is(folder, homes->folder)) return homes->home;
  homes->folder = folder;
  return homes->home = project_within(homes->top, absolute, homes->arena);
}

/* Of a map, the part that is its project; where there is none yet, it is made, but only for what is touched. */
static Touched *part_of(TouchedParts *parts, const Touched *touched, Homes *homes, Str path, bool make) {
  Str home = home_of_map(homes, path);
  for (size_t i = 0; i < parts->count; i++)
    if (str_is(str_of(parts->at[i].all.home), home)) return &parts->at[i];
  if (!make) return NULL;
  Touched *part = &parts->at[parts->count++];
  *part = *touched;
  part->any = true;
  part->all.home = home.at;
  part->all.path_count = 0;
  part->all.paths = all_paths(touched, str_is(home, homes->top), home, &part->all.path_count, homes->arena);
  return part;
}

static void add_map(Touched *part, Str path, size_t most, Arena *arena) {
  if (!part->reads) part->reads = ARENA_ARRAY(arena, const char *, most);
  part->reads[part->read_count++] = arena_copy(arena, path).at;
}

/* What is to be read of each project: where a Lua file may look at all maps, all of them. */
static void choose(const Touched *touched, Dependents *dependents, TouchedParts *parts, Arena *arena) {
  DependentPaths maps = dependents_maps(dependents, true, false), read = dependents_maps(dependents, true, true);
  bool all = dependents_ask_for_all(dependents);
  Homes homes = {.top = arena_copy(arena, os_absolute(arena, str_of(touched->all.home))), .arena = arena};
  bool one = touched->by->since != NULL; /* the project is the one around the working folder, or the PATHs */
  parts->at = ARENA_ARRAY(arena, Touched, maps.count + 1);
  if (one || maps.count == 0) parts->at[parts->count++] = *touched;
  parts->at[0].any = maps.count > 0;
  for (uint32_t i = 0; i < maps.count && !one; i++) part_of(parts, touched, &homes, maps.paths[i], true);
  for (uint32_t i = 0; i < read.count && maps.count > 0; i++) {
    Touched *part = one ? &parts->at[0] : part_of(parts, touched, &homes, read.paths[i], false);
    if (part) add_map(part, read.paths[i], read.count, arena);
  }
  for (size_t i = 0; i < parts->count; i++) {
    Touched *part = &parts->at[i];
    part->input = part->all;
    part->reads_all = part->any && all;
    if (part->reads_all) continue;
    part->input.paths = part->reads;
    part->input.path_count = part->read_count;
  }
}

static void nothing(const Touched *touched, TouchedParts *parts, Arena *arena) {
  parts->at = ARENA_ARRAY(arena, Touched, 1);
  parts->count = 1;
  parts->at[0] = *touched;
  parts->at[0].input = touched->all;
  parts->at[0].input.path_count = 0;
}

/* Settings of other folders touch what lies there. */
static void add_changed_settings(Dependents *dependents, const Touched *touched) {
  for (size_t i = 0; i < touched->count; i++)
    if (settings_is_file(touched->changed[i])) dependents_add_settings(dependents, touched->changed[i]);
}

bool touched_find(const TouchedBy *by, const CommandInput *input, TouchedParts *parts, Arena *arena) {
  Touched touched = {.by = by, .all = *input};
  *parts = (TouchedParts){0};
  if (!by->since) take_paths(input, &touched, arena);
  else if (!ask_git(by->since, &touched, arena)) return false;
  if (by->gone) ask_gone(&touched, arena);
  look_around(by, input, &touched, arena);
  if (!are_there(&touched.all)) return false; /* also where nothing differs: CI would pass */
  if (touched.count == 0) return nothing(&touched, parts, arena), true;
  Dependents *dependents = dependents_new(arena, 0);
  bool fine = add_all(dependents, &touched.all, arena);
  if (fine) {
    add_settings(by, &touched, dependents, arena);
    if (!by->since) add_changed_settings(dependents, &touched);
    dependents_read(dependents);
    spread(dependents, &touched);
    if (!by->since) tell_missing(input, dependents, arena);
    choose(&touched, dependents, parts, arena);
  }
  dependents_free(dependents);
  return fine;
}

/* ---- what is said of it ---- */

/* Of one persona alone is said that it stands on all maps: whether there is another, one of the other files knows. */
static bool has_one_persona(const Project *p) {
  size_t personas = 0;
  for (uint32_t u = 1; u < p->unit_count; u++)
    for (uint32_t at = 0; at < p->units[u]->statement_count; at = p->units[u]->statements[at].after)
      personas += project_is_own(p, u) && p->units[u]->statements[at].keyword == K_PERSONA;
  return personas == 1;
}

Project *touched_load(Touched *touched, Arena *arena) {
  Project *project = command_load(&touched->input, arena);
  if (project && touched->any && !touched->reads_all && has_one_persona(project)) {
    project_free(project);
    project = command_load(&touched->all, arena);
  }
  if (!project) return NULL;
  touched->dependents = dependents_new(arena, 1);
  add_settings(touched->by, touched, touched->dependents, arena);
  dependents_of_project(touched->dependents, project);
  spread(touched->dependents, touched);
  return project;
}

void touched_keep(const Touched *touched, const Project *project, Diagnostics *all) {
  size_t kept = 0;
  for (size_t i = 0; i < all->list.len; i++) {
    const Diagnostic *one = &all->list.at[i];
    bool placed = one->unit < project->unit_count;
    if (!placed || dependents_is_touched(touched->dependents, project->units[one->unit]->source.path))
      all->list.at[kept++] = *one;
  }
  all->list.len = kept;
}

const bool *touched_units(const Touched *touched, const Project *project, Arena *arena) {
  bool *units = ARENA_ARRAY(arena, bool, project->unit_count);
  for (uint32_t u = 1; u < project->unit_count; u++)
    units[u] = project_is_own(project, u) && !project->units[u]->script && !project->units[u]->baseline &&
               dependents_is_touched(touched->dependents, project->units[u]->source.path);
  return units;
}

Str touched_summary(const Touched *touched, const Project *project, Arena *arena) {
  uint32_t count = 0;
  const bool *units = touched_units(touched, project, arena);
  for (uint32_t u = 0; u < project->unit_count; u++) count += units[u];
  Str what = touched->by->since ? arena_format(arena, "what differs from %s", touched->by->since) : STR("what changed");
  if (count == 0) return arena_format(arena, "Nothing to check: no map depends on " STR_FMT "\n", STR_ARG(what));
  return arena_format(arena, "No problems in %u file%s: " STR_FMT ", and what depends on it\n", count,
                      count == 1 ? "" : "s", STR_ARG(what));
}

void touched_free(Touched *touched) {
  if (touched->dependents) dependents_free(touched->dependents);
}
