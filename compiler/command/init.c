#include <stdio.h>

#include "base/embedded.h"
#include "base/limits.h"
#include "base/os.h"
#include "command/command.h"
#include "command/luarc_json.h"
#include "write/excerpt.h"

static const char help[] =
    "journey init [FOLDER]   makes a folder ready for maps, and an editor for metrics in Lua\n"
    "\n"
    "  $ journey init                 this folder\n"
    "  $ journey init maps            the folder maps, which is made where it isn't there\n"
    "\n"
    "It writes\n"
    "  project.journey                what holds for all maps of the folder; most of it is waiting in comments\n"
    "  .luarc.json                    tells the Lua language server of your editor about\n"
    "  " LUARC_TYPES "/journey.lua     what metrics, checks and tests see, to be completed while you type\n"
    "\n"
    "What is there already stays as it is: a .luarc.json gets one line more, and only the type file is written anew\n"
    "when it comes from an older journey. Nothing else is touched, so it may be run again at any time.\n"
    "Exit code: 0 done, 1 something is left for you to do, 2 could not run.\n";

static const char types_name[] = LUARC_TYPES "/journey.lua";

typedef struct {
  Arena *arena;
  const char *folder;
  Buf told;      /* a line for each file */
  bool has_left; /* something is left to do by hand */
  bool failed;
} Init;

static const char *path_of(const Init *init, const char *name) {
  if (strcmp(init->folder, ".") == 0) return name;
  return os_beside(init->arena, arena_format(init->arena, "%s/", init->folder), str_of(name)).at;
}

static void tell(Init *init, const char *name, const char *what) {
  int width = (int)(strlen(types_name) + (strcmp(init->folder, ".") == 0 ? 0 : strlen(init->folder) + 1));
  buf_printf(&init->told, "%-*s  %s\n", width, excerpt_name(init->arena, str_of(path_of(init, name))).at, what);
}

static void write_file(Init *init, const char *name, Str text, const char *done) {
  Str why;
  const char *path = path_of(init, name);
  if (os_write_file(init->arena, path, text, &why)) {
    tell(init, name, done);
    return;
  }
  command_fail("%s: can't be written: " STR_FMT, path, STR_ARG(why));
  init->failed = true;
}

static bool read_file(Init *init, const char *name, Str *text) {
  Str why;
  const char *path = path_of(init, name);
  if (os_read_file(init->arena, path, LIMIT_SETTINGS_BYTES, text, &why)) return true;
  command_fail("%s: can't be read: " STR_FMT, path, STR_ARG(why));
  init->failed = true;
  return false;
}

/* ---- .luarc.json ---- */

static void leave(Init *init, const char *name, Str why) {
  init->has_left = true;
  tell(init, name, "left as it is");
  buf_printf(&init->told, "  " STR_FMT ". Add this to it yourself:\n    %s\n", STR_ARG(why), LUARC_LINE);
}

static void make_luarc(Init *init) {
  static const char name[] = ".luarc.json", commented[] = ".luarc.jsonc";
  Str text, more, why = {0};
  if (os_kind(path_of(init, commented)) != OS_NOTHING && os_kind(path_of(init, name)) == OS_NOTHING) {
    if (read_file(init, commented, &text) && !strstr(text.at, LUARC_TYPES))
      leave(init, commented, STR("It may hold comments"));
    else tell(init, commented, "as it was");
    return;
  }
  if (os_kind(path_of(init, name)) == OS_NOTHING) {
    write_file(init, name, str_of(luarc_new), "written: editors complete and check Lua files by it");
    return;
  }
  if (!read_file(init, name, &text)) return;
  switch (luarc_add(text, init->arena, &more, &why)) {
    case LUARC_HAS_IT: tell(init, name, "as it was"); break;
    case LUARC_ADDED: write_file(init, name, more, "one line added: where the types are"); break;
    case LUARC_CANNOT:
      if (strstr(text.at, LUARC_TYPES)) tell(init, name, "as it was");
      else leave(init, name, arena_format(init->arena, "I" STR_FMT, STR_ARG(str_slice(why, 1, why.len))));
  }
}

/* ---- the types ---- */

static const char written_by[] = "-- Written by journey ";

/* "0.1.0" as a number that grows; 0 where it is none. */
static long version_number(const char *text) {
  int major = 0, minor = 0, patch = 0;
  if (sscanf(text, "%4d.%4d.%4d", &major, &minor, &patch) != 3) return 0;
  return (major * 10000L + minor) * 10000L + patch;
}

static void make_types(Init *init) {
  const EmbeddedFile *types = embedded_file(STR("stdlib/types/journey.lua"));
  Str now, text = arena_format(init->arena,
                               "%s" JOURNEY_VERSION ", by `journey init`, which writes it anew when journey is newer: "
                               "keep nothing of your own in it.\n" STR_FMT,
                               written_by, STR_ARG(types->text));
  Str why;
  if (os_kind(path_of(init, types_name)) == OS_NOTHING) {
    if (os_make_folders(init->arena, path_of(init, LUARC_TYPES), &why))
      write_file(init, types_name, text, "written: what metrics, checks and tests see");
    else
      command_fail("%s: this folder can't be made: " STR_FMT, path_of(init, LUARC_TYPES), STR_ARG(why)),
          init->failed = true;
    return;
  }
  if (!read_file(init, types_name, &now)) return;
  if (str_is(now, text)) tell(init, types_name, "as it was");
  else if (!str_starts(now, str_of(written_by))) tell(init, types_name, "left as it is: journey has not written it");
  else if (version_number(now.at + strlen(written_by)) > version_number(JOURNEY_VERSION))
    tell(init, types_name, "left as it is: a newer journey has written it");
  else write_file(init, types_name, text, "written anew: it was of an older journey");
}

/* ---- project.journey ---- */

static Str quoted(Arena *arena, Str text) {
  Buf out = {0};
  buf_add_byte(&out, '"');
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] == '"' || text.at[i] == '\\') buf_add_byte(&out, '\\');
    buf_add_byte(&out, (unsigned char)text.at[i] < ' ' ? ' ' : text.at[i]);
  }
  buf_add_byte(&out, '"');
  return buf_take(&out, arena);
}

static const char project_rest[] = " {\n"
                                   "  // Take away the // in front of what you want, and change it.\n"
                                   "\n"
                                   "  // How often a map is to be looked at again, where it doesn't say so itself.\n"
                                   "  // review-every quarter\n"
                                   "\n"
                                   "  // How long the answers of clients may be relied on.\n"
                                   "  // fresh-for 12mo\n"
                                   "\n"
                                   "  // How opportunities are ranked: rice, ice, impact-effort, opportunity-score.\n"
                                   "  // ranked-by impact-effort\n"
                                   "\n"
                                   "  // How grave a message is here: error, warning, information, hint or off.\n"
                                   "  // rule W0501 error \"Every map has an owner\"\n"
                                   "}\n";

/* The file that the `project` of the folder stands in; empty: there is none, or it is of a project around. */
static Str block_file(Init *init, const Project *project) {
  if (!ref_ok(project->settings.block)) return STR("");
  Str path = project_unit(project, project->settings.block)->source.path;
  Str folder = os_absolute(init->arena, str_of(init->folder)), file = os_absolute(init->arena, path);
  bool inside = str_starts(file, folder) && (folder.len == 1 || file.at[folder.len] == '/');
  return inside ? arena_copy(init->arena, os_relative(init->arena, file, folder)) : STR("");
}

/* The settings that the folder has, or NULL: a file that holds them, or a `project` in one of its files. */
static const char *settings_of(Init *init, bool *has_maps) {
  Str why;
  const char *folder = init->folder, *found = NULL;
  const ProjectOptions options = {.paths = &folder, .path_count = 1, .may_be_empty = true, .today = os_today()};
  if (os_kind(path_of(init, "project.journey")) != OS_NOTHING) found = "project.journey";
  else if (os_kind(path_of(init, "journey.json")) != OS_NOTHING) found = "journey.json";
  Project *project = project_load(&options, init->arena, &why);
  if (!project) return found;
  *has_maps = project->journey_count > 0;
  Str block = block_file(init, project);
  if (!found && block.len) found = block.at;
  project_free(project);
  return found;
}

static void make_project(Init *init, bool *has_maps) {
  static const char name[] = "project.journey";
  const char *found = settings_of(init, has_maps);
  if (found) {
    tell(init, found, "as it was: the project's settings");
    return;
  }
  Str title = os_file_name(os_absolute(init->arena, str_of(init->folder)));
  if (!title.len) title = STR("Our journeys");
  Str text =
      arena_format(init->arena,
                   "// What holds for all maps in this folder and below it; `journey check` tells when something "
                   "is wrong with it.\nproject " STR_FMT "%s",
                   STR_ARG(quoted(init->arena, title)), project_rest);
  write_file(init, name, text, "written: what holds for all maps of this folder");
}

/* ---- the whole ---- */

static int end(Init *init, bool has_maps) {
  if (init->failed) return EXIT_COULD_NOT_RUN;
  bool here = strcmp(init->folder, ".") == 0;
  const char *folder = excerpt_name(init->arena, str_of(init->folder)).at;
  buf_add(&init->told, STR("\nNow:\n"));
  if (!has_maps)
    buf_printf(&init->told, "  journey new%s%s\n", here ? "        " : " current-state ",
               here ? "a map to start from" : folder);
  buf_printf(&init->told, "  journey check%s%s\n", here ? "      what is wrong or weak in your maps" : " ",
             here ? "" : folder);
  buf_add(&init->told, STR("A number of your own takes ten lines of Lua: `journey explain guide` leads you there.\n"));
  int code = command_print(buf_str(&init->told));
  return code == EXIT_CLEAN && init->has_left ? EXIT_FOUND : code;
}

/* A folder within a project has its settings from there: a second set of them would surprise. */
static int is_inside(const char *around) {
  return command_fail("this folder belongs to the project in %s, which is where settings are looked for; `journey init "
                      "%s` goes there, and `journey init .` makes a project of its own here",
                      around, around);
}

static int run(int argc, char **argv) {
  const char *const *words;
  size_t count;
  const Option options[] = {{0}};
  if (!options_read(&verb_init, argc, argv, options, &words, &count)) return EXIT_COULD_NOT_RUN;
  if (count > 1) return command_fail("init takes one folder, no more: journey init FOLDER");
  if (count && !*words[0])
    return command_fail("the folder has no name: leave it out for this folder, or journey init FOLDER");
  Arena *arena = arena_new();
  Init init = {.arena = arena, .folder = count ? words[0] : "."};
  const char *around = project_folder(arena).at;
  Str why;
  int code = EXIT_COULD_NOT_RUN;
  bool has_maps = false, marked = os_kind(arena_format(arena, "%s/project.journey", around).at) != OS_NOTHING ||
                                  os_kind(arena_format(arena, "%s/journey.json", around).at) != OS_NOTHING;
  if (!count && marked && strcmp(around, ".") != 0) {
    code = is_inside(around);
  } else if (!os_make_folders(arena, init.folder, &why)) {
    command_fail("%s: this folder can't be made: " STR_FMT, init.folder, STR_ARG(why));
  } else {
    make_project(&init, &has_maps);
    make_luarc(&init);
    make_types(&init);
    code = end(&init, has_maps);
  }
  buf_free(&init.told);
  arena_free(arena);
  return code;
}

const Verb verb_init = {"init", "a folder made ready for maps, and for metrics in Lua", help, run};
