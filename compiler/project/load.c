/* From paths to units: which files there are, reading and lowering them on all processors, and what they import. */
#include "project/load.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/embedded.h"
#include "base/limits.h"
#include "base/nearest.h"
#include "base/os.h"
#include "project/baseline.h"
#include "project/link.h"
#include "project/scope.h"
#include "project/settings.h"

typedef struct {
  Str path; /* for messages and for opening */
  uint64_t identity;
  const Str *text; /* NULL: on the disk */
  bool library;    /* of the standard library */
  bool baseline;   /* lists old warnings */
  bool given;      /* by the user, by its name */
} File;

typedef struct {
  Project *p;
  const ProjectOptions *options;
  Arena *arena;
  Str folder;      /* the working folder */
  VEC(File) files; /* of the units to come, in their order; files.at[0] is the prelude */
  VEC(Unit *) units;
  VEC(Script) scripts;
  struct {
    uint32_t *at;
    size_t cap;
  } known; /* identity → file: open addressing */
} Load;

/* ---- texts that stand for files ---- */

/* The first text whose path is not before `path`. */
static size_t first_text(const ProjectOptions *options, Str path) {
  size_t from = 0, to = options->text_count;
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    if (str_compare(options->texts[middle].path, path) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

static const Str *text_of(Load *load, Str path) {
  const ProjectOptions *options = load->options;
  if (options->text_count == 0) return NULL;
  Str absolute = os_absolute(load->arena, path);
  size_t at = first_text(options, absolute);
  return at < options->text_count && str_is(options->texts[at].path, absolute) ? &options->texts[at].text : NULL;
}

/* What begins the paths of all that is in the folder. */
static Str folder_prefix(Load *load, Str folder) {
  Str absolute = os_absolute(load->arena, folder);
  return absolute.len == 1 ? absolute : arena_format(load->arena, STR_FMT "/", STR_ARG(absolute));
}

static OsKind kind_of(Load *load, Str path) {
  const ProjectOptions *options = load->options;
  if (text_of(load, path)) return OS_FILE;
  if (!options->only_texts) return os_kind(path.at);
  Str prefix = folder_prefix(load, path);
  size_t at = first_text(options, prefix);
  return at < options->text_count && str_starts(options->texts[at].path, prefix) ? OS_FOLDER : OS_NOTHING;
}

/* ---- the list of files ---- */

static uint32_t *known_slot(Load *load, uint64_t identity) {
  size_t slot = (identity * 0x9e3779b97f4a7c15u >> 20) % load->known.cap;
  while (load->known.at[slot] != NONE && load->files.at[load->known.at[slot]].identity != identity)
    slot = (slot + 1) % load->known.cap;
  return &load->known.at[slot];
}

static void grow_known(Load *load) {
  load->known.cap = load->known.cap ? load->known.cap * 2 : 256;
  free(load->known.at);
  load->known.at = mem_alloc(load->known.cap * sizeof *load->known.at);
  memset(load->known.at, 0xFF, load->known.cap * sizeof *load->known.at);
  for (uint32_t i = 0; i < load->files.len; i++) *known_slot(load, load->files.at[i].identity) = i;
}

/* The file's number; a file that is named twice, also by a link, is one file. */
static uint32_t add_file(Load *load, Str path, const Str *text) {
  uint64_t identity = text || load->options->only_texts ? 0 : os_identity(path.at);
  if (!text) text = text_of(load, path);
  if (identity == 0) identity = load->files.len == 0 ? 1 : str_hash(path) | 2; /* the prelude is like no other */
  if (load->files.len * 2 >= load->known.cap) grow_known(load);
  uint32_t *slot = known_slot(load, identity);
  if (*slot != NONE) return *slot;
  *slot = (uint32_t)load->files.len;
  vec_push(&load->files, (File){.path = path, .identity = identity, .text = text});
  return (uint32_t)load->files.len - 1;
}

static uint32_t add_library_file(Load *load, Str path, const Str *text) {
  uint32_t number = add_file(load, path, text);
  load->files.at[number].library = true;
  return number;
}

/* As short as it can be said from the working folder. */
static Str shown(Load *load, Str path) {
  bool plain = path.len > 0 && path.at[0] != '/' && path.at[0] != '.' && !memmem(path.at, path.len, "/.", 2) &&
               !memmem(path.at, path.len, "//", 2);
  return plain ? path : os_relative(load->arena, os_absolute(load->arena, path), load->folder);
}

static void found_file(void *context, Str path) {
  Load *load = context;
  add_file(load, shown(load, path), NULL);
}

/* As on the disk, hidden folders and node_modules are passed over. */
static void add_texts_of(Load *load, Str folder) {
  const ProjectOptions *options = load->options;
  Str prefix = folder_prefix(load, folder);
  for (size_t i = first_text(options, prefix); i < options->text_count; i++) {
    Str path = options->texts[i].path, inside = str_slice(path, prefix.len - 1, path.len);
    if (!str_starts(path, prefix)) break;
    if (str_ends(path, STR(".journey")) && !memmem(inside.at, inside.len, "/.", 2) &&
        !memmem(inside.at, inside.len, "/node_modules/", 14))
      add_file(load, shown(load, path), NULL);
  }
}

static int by_path(const void *a, const void *b) {
  return str_compare(((const File *)a)->path, ((const File *)b)->path);
}

/* Whether a file is open in an editor decides nothing about its place. */
static void sort_files(Load *load, size_t first) {
  if (load->files.len < first + 2) return;
  qsort(load->files.at + first, load->files.len - first, sizeof *load->files.at, by_path);
  memset(load->known.at, 0xFF, load->known.cap * sizeof *load->known.at);
  for (uint32_t i = 0; i < load->files.len; i++) *known_slot(load, load->files.at[i].identity) = i;
}

static bool add_folder(Load *load, Str folder, Str *why) {
  size_t before = load->files.len;
  Str reason;
  if (load->options->text_count > 0) add_texts_of(load, folder);
  if (!load->options->only_texts && !os_walk(load->arena, folder.at, STR(".journey"), found_file, load, &reason)) {
    *why = arena_format(load->arena, STR_FMT ": can't be looked through: " STR_FMT, STR_ARG(folder), STR_ARG(reason));
    return false;
  }
  if (load->options->text_count > 0) sort_files(load, before);
  if (load->files.len > before || before > 1 || load->options->may_be_empty) return true;
  *why =
      arena_format(load->arena, STR_FMT ": there is no .journey file in this folder; `journey new` makes a first one",
                   STR_ARG(folder));
  return false;
}

/* The nearest folder, from `start` outwards, that something marks as a project; empty: none. */
static Str marked_folder(Arena *arena, Str start) {
  static const char *const marks[] = {SETTINGS_FILE, SETTINGS_MAP, ".git"};
  for (Str folder = start; folder.len > 1; folder = os_folder(folder))
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
      if (os_kind(arena_format(arena, STR_FMT "/%s", STR_ARG(folder), marks[i]).at) != OS_NOTHING)
        return arena_copy(arena, folder);
  return STR("");
}

Str project_folder(Arena *arena) {
  Str start = os_working_folder(arena), folder = marked_folder(arena, start);
  return folder.len == 0 || str_is(folder, start) ? STR(".") : folder;
}

Str project_folder_of(Arena *arena, Str path) {
  Str start = os_absolute(arena, path);
  if (os_kind(start.at) != OS_FOLDER) start = arena_copy(arena, os_folder(start));
  Str folder = marked_folder(arena, start);
  return folder.len > 0 ? folder : start;
}

static bool names_folders(const ProjectOptions *options) {
  for (size_t i = 0; i < options->path_count; i++)
    if (os_kind(options->paths[i]) != OS_FOLDER) return false;
  return !options->stdin_text && !options->only_texts;
}

/* The settings of the project of what was named first: they hold whichever of its files are checked. */
static void add_settings(Load *load) {
  const ProjectOptions *options = load->options;
  Str first = options->home                                        ? str_of(options->home)
              : options->stdin_text && options->stdin_path.len > 0 ? options->stdin_path
              : options->path_count > 0                            ? str_of(options->paths[0])
                                                                   : STR(".");
  if (options->may_be_empty && options->path_count == 0 && !options->home) return;
  Str folder = project_folder_of(load->arena, first);
  static const char *const names[] = {SETTINGS_FILE, SETTINGS_MAP};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    Str path = arena_format(load->arena, STR_FMT "/%s", STR_ARG(folder), names[i]);
    if (kind_of(load, path) == OS_FILE) add_file(load, shown(load, path), NULL);
  }
}

/* In two steps: the list may lie elsewhere once the file is added. */
static void add_given_file(Load *load, Str path) {
  uint32_t number = add_file(load, shown(load, path), NULL);
  load->files.at[number].given = true;
}

static uint32_t add_given_baseline(Load *load) {
  uint32_t number = add_file(load, shown(load, arena_copy(load->arena, str_of(load->options->baseline))), NULL);
  load->files.at[number].baseline = true;
  return number;
}

static bool add_path(Load *load, Str path, Str *why) {
  switch (kind_of(load, path)) {
    case OS_FOLDER: return add_folder(load, path, why);
    case OS_NOTHING:
      *why = arena_format(load->arena, STR_FMT ": there is no such file or folder", STR_ARG(path));
      return false;
    default: add_given_file(load, path); return true;
  }
}

static const Str prelude_path = STR("stdlib/prelude.journey");
static Unit *prelude; /* made at the first use, and never freed: all projects share it */

static void make_prelude(void) {
  const EmbeddedFile *file = embedded_file(prelude_path);
  prelude = unit_new(arena_new(), (Source){.path = prelude_path, .text = file ? file->text : STR("")}, 0);
  prelude->library = true;
}

static Unit *share_prelude(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, make_prelude);
  return unit_share(prelude);
}

static bool list_files(Load *load, Str *why) {
  const ProjectOptions *options = load->options;
  static const Str none = STR(""); /* its unit is there already */
  add_library_file(load, prelude_path, &none);
  if (options->stdin_text) {
    Str path = options->stdin_path.len > 0 ? arena_copy(load->arena, options->stdin_path) : STR("standard input");
    uint32_t number = add_file(load, shown(load, path), NULL);
    load->files.at[number].text = options->stdin_text;
  } else if (options->path_count == 0 && !options->may_be_empty)
    return add_folder(load, project_folder(load->arena), why);
  for (size_t i = 0; i < options->path_count; i++)
    if (!add_path(load, arena_copy(load->arena, str_of(options->paths[i])), why)) return false;
  return true;
}

/* ---- reading and lowering ---- */

typedef struct {
  Load *load;
  uint32_t first;
} Wave;

static DiagnosticCode read_code(Str why, const char *path) {
  if (os_kind(path) == OS_NOTHING) return DIAG_NO_SUCH_FILE;
  return str_starts(why, STR("it is larger")) ? DIAG_TOO_LARGE : DIAG_UNREADABLE;
}

static bool is_script(Str path) { return str_ends(path, STR(".lua")); }

/* One that can't be read is for those to complain of who want to run it. */
static Unit *script_unit(Arena *arena, const File *file, uint32_t number) {
  Source source = {.path = arena_copy(arena, file->path), .text = STR("")};
  Str why;
  bool read = file->text || os_read_file(arena, file->path.at, LIMIT_LUA_FILE, &source.text, &why);
  if (file->text) source.text = arena_copy(arena, *file->text);
  Unit *unit = unit_of_text(arena, source, number);
  unit->script = read;
  return unit;
}

static void lower_file(void *context, size_t i) {
  Wave *wave = context;
  uint32_t number = wave->first + (uint32_t)i;
  const File *file = &wave->load->files.at[number];
  if (wave->load->units.at[number]) return;
  Arena *arena = arena_new();
  if (is_script(file->path)) {
    wave->load->units.at[number] = script_unit(arena, file, number);
    return;
  }
  Source source = {.path = arena_copy(arena, file->path), .text = STR("")}; /* the unit may outlive this project */
  Str why = STR("");
  bool settings = settings_is_file(file->path) || file->baseline;
  if (file->text) source.text = arena_copy(arena, *file->text);
  else
    (file->given && wave->load->options->takes_pipes ? os_read_given : os_read_file)(
        arena, file->path.at, LIMIT_FILE_BYTES, &source.text, &why);
  Unit *unit = settings ? unit_of_text(arena, source, number) : unit_new(arena, source, number);
  if (why.len > 0)
    diagnose(&unit->diagnostics, read_code(why, file->path.at), number, (Span){0, 0},
             os_kind(file->path.at) == OS_OTHER ? "put a plain file in its place, or take it away"
                                                : "see that the file is there and may be read",
             "this file can't be read: " STR_FMT, STR_ARG(why));
  unit->library = file->library;
  if (file->baseline && why.len == 0) baseline_read(unit);
  wave->load->units.at[number] = unit;
}

static int thread_count(const ProjectOptions *options) {
  return options->threads > 0 ? options->threads : os_processors();
}

static void lower_wave(Load *load, uint32_t first) {
  Wave wave = {load, first};
  const ProjectOptions *options = load->options;
  for (uint32_t u = first; u < load->files.len; u++)
    vec_push(&load->units, u == 0          ? share_prelude()
                           : options->unit ? options->unit(options->unit_context, load->files.at[u].path, u)
                                           : NULL);
  if (first == 0) wave.first++; /* a thread for it would take the one file off the main thread's faster heap */
  os_parallel(load->files.len - wave.first, thread_count(load->options), lower_file, &wave);
}

/* ---- imports ---- */

/* A file of the standard library that may have been meant; empty: none. */
static Str library_meant(Str name) {
  static const Str folder = STR("stdlib/");
  Nearest nearest = nearest_to(name);
  for (const EmbeddedFile *file = embedded_files; file->path; file++) {
    Str path = str_of(file->path);
    if (str_starts(path, folder)) nearest_offer(&nearest, str_slice(path, folder.len, path.len));
  }
  return nearest.best;
}

/* The path of a file that is there, seen from further out, or beside the unit; empty: none. */
static Str path_meant(Load *load, const Unit *unit, Str name) {
  enum { FURTHEST_OUT = 6 };
  bool absolute = name.len > 0 && name.at[0] == '/';
  Str meant = os_file_name(name);
  for (int out = 0; out <= FURTHEST_OUT && !absolute && name.len > 0; out++) {
    if (!str_is(meant, name) && os_kind(os_beside(load->arena, unit->source.path, meant).at) == OS_FILE) return meant;
    meant = arena_format(load->arena, "../" STR_FMT, STR_ARG(out == 0 ? name : meant));
  }
  return STR("");
}

static void add_script(Load *load, Ref at, Str path) {
  vec_push(&load->scripts, (Script){at, add_file(load, path, NULL)});
}

/* The number of the file that a `use` names; NONE where it isn't there, or is a metric in Lua. */
static uint32_t imported_file(Load *load, Ref use, bool *missing) {
  const Unit *unit = load->units.at[use.unit];
  const Value *value = unit_value(unit, use.at, 0);
  if (!value) return NONE;
  Str name = unit_text(unit, load->arena, value);
  Str path = shown(load, os_beside(load->arena, unit->source.path, name));
  OsKind kind = kind_of(load, path);
  bool lua = str_ends(name, STR(".lua"));
  const EmbeddedFile *library =
      kind == OS_NOTHING ? embedded_file(arena_format(load->arena, "stdlib/" STR_FMT, STR_ARG(name))) : NULL;
  if (library) return lua ? NONE : add_library_file(load, str_of(library->path), &library->text);
  if (kind == OS_NOTHING || kind == OS_FOLDER) {
    *missing = true;
    Str meant = library_meant(name);
    const char *help = "paths begin at the folder of this file";
    if (meant.len == 0 && kind == OS_NOTHING) meant = path_meant(load, unit, name);
    if (meant.len > 0) help = arena_format(load->arena, "did you mean \"" STR_FMT "\"?", STR_ARG(meant)).at;
    diagnose(&load->p->diagnostics, DIAG_NO_SUCH_FILE, use.unit, value->span, help,
             kind == OS_FOLDER ? "\"" STR_FMT "\" is a folder, not a file" : "there is no file \"" STR_FMT "\"",
             STR_ARG(name));
    return NONE;
  }
  if (!lua) return add_file(load, path, NULL);
  add_script(load, use, path);
  return NONE;
}

/* What is made up while the script runs isn't found, and its errors point at the .journey file alone. */
bool load_next_require(Str *text, Str *name) {
  static const Str word = STR("require");
  const char *found;
  while (text->len > 0 && (found = memmem(text->at, text->len, word.at, word.len))) {
    *text = str_slice(*text, (size_t)(found - text->at) + word.len, text->len);
    while (text->len > 0 && strchr(" \t(", text->at[0])) *text = str_slice(*text, 1, text->len);
    if (text->len < 2 || (text->at[0] != '"' && text->at[0] != '\'')) continue;
    const char *end = memchr(text->at + 1, text->at[0], text->len - 1);
    *name = end ? (Str){text->at + 1, (size_t)(end - text->at) - 1} : STR("");
    if (name->len == 0 || name->len > 200 || name->at[0] == '/' || name->at[0] == '.') continue;
    if (str_ends(*name, STR(".lua"))) name->len -= 4;
    return true;
  }
  return false;
}

/* A file beside the one that asks, or below. */
static void follow_requires(Load *load, const Unit *unit) {
  Str rest = unit->source.text, name;
  while (load_next_require(&rest, &name)) {
    Str file = arena_format(load->arena, STR_FMT ".lua", STR_ARG(name));
    for (size_t i = 0; i < name.len; i++)
      if (file.at[i] == '.') ((char *)file.at)[i] = '/';
    Str path = shown(load, os_beside(load->arena, unit->source.path, file));
    if (kind_of(load, path) == OS_FILE) add_file(load, path, NULL);
  }
}

/* A metric's or a check's `computed-by`; that it isn't there is said by whoever runs it. */
static void add_computed_by(Load *load, Ref at) {
  const Unit *unit = load->units.at[at.unit];
  Str name = unit_text_of(unit, load->arena, at.at, 0);
  Str path = shown(load, os_beside(load->arena, unit->source.path, name));
  if (is_script(path) && kind_of(load, path) == OS_FILE) add_script(load, at, path);
}

/* The file that settings name; that it isn't there, or is a map, is said by who reads the settings. */
static void add_baseline(Load *load, Ref at, Str name) {
  if (load->options->no_baseline || load->options->baseline || name.len == 0) return;
  Str path = shown(load, os_beside(load->arena, load->units.at[at.unit]->source.path, name));
  if (kind_of(load, path) != OS_FILE) return;
  size_t before = load->files.len;
  uint32_t number = add_file(load, path, NULL);
  if (number == before) load->files.at[number].baseline = true;
  vec_push(&load->scripts, (Script){at, number});
}

typedef VEC(Import) Imports;

/* Whether all files that the unit names are there. */
static bool import_all(Load *load, uint32_t u, Imports *imports) {
  const Unit *unit = load->units.at[u];
  bool missing = false;
  if (unit->script) follow_requires(load, unit);
  if (settings_is_file(unit->source.path)) add_baseline(load, (Ref){u, 0}, settings_baseline(unit, load->arena));
  for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) {
    Keyword keyword = (Keyword)unit->statements[at].keyword;
    uint32_t computed =
        unit->library || !schema_allows(keyword, K_COMPUTED_BY) ? NONE : unit_child(unit, at, K_COMPUTED_BY);
    if (computed != NONE) add_computed_by(load, (Ref){u, computed});
    uint32_t baseline = keyword == K_PROJECT ? unit_child(unit, at, K_BASELINE) : NONE;
    if (baseline != NONE) add_baseline(load, (Ref){u, baseline}, unit_text_of(unit, load->arena, baseline, 0));
    if (keyword != K_USE) continue;
    uint32_t file = imported_file(load, (Ref){u, at}, &missing);
    if (file != NONE) vec_push(imports, (Import){file, at});
  }
  return !missing;
}

static void list_scripts(Load *load) {
  struct Scope *scope = load->p->scope;
  scope->script_count = (uint32_t)load->scripts.len;
  scope->scripts = ARENA_ARRAY(load->arena, Script, load->scripts.len);
  if (load->scripts.len > 0) memcpy(scope->scripts, load->scripts.at, load->scripts.len * sizeof *scope->scripts);
  if (load->scripts.len > 1) qsort(scope->scripts, scope->script_count, sizeof *scope->scripts, ref_compare);
  vec_free(&load->scripts);
}

/* Each wave of files may name others; these are the next wave. */
static void follow_imports(Load *load) {
  Imports imports = {0};
  VEC(uint32_t) firsts = {0};
  VEC(bool) incomplete = {0};
  for (uint32_t done = 0, u = 0; done < load->files.len;) {
    lower_wave(load, done);
    done = (uint32_t)load->units.len;
    for (; u < done; u++) {
      vec_push(&firsts, (uint32_t)imports.len);
      vec_push(&incomplete, !import_all(load, u, &imports));
    }
  }
  vec_push(&firsts, (uint32_t)imports.len);
  struct Scope *scope = load->p->scope;
  scope->imports = ARENA_ARRAY(load->arena, Import, imports.len);
  scope->first_import = ARENA_ARRAY(load->arena, uint32_t, firsts.len);
  scope->incomplete = ARENA_ARRAY(load->arena, bool, incomplete.len);
  if (imports.len > 0) memcpy(scope->imports, imports.at, imports.len * sizeof *imports.at);
  list_scripts(load);
  memcpy(scope->first_import, firsts.at, firsts.len * sizeof *firsts.at);
  memcpy(scope->incomplete, incomplete.at, incomplete.len * sizeof *incomplete.at);
  vec_free(&imports);
  vec_free(&firsts);
  vec_free(&incomplete);
}

/* A file that the user named and that cannot be read ends the command: nothing can be said about it. */
static bool named_were_read(Load *load, Str *why) {
  if (load->options->only_texts) return true;
  for (size_t i = 0; i < load->options->path_count; i++) {
    if (os_kind(load->options->paths[i]) == OS_FOLDER) continue;
    uint32_t number = *known_slot(load, os_identity(load->options->paths[i]));
    const Unit *unit = number == NONE ? NULL : load->units.at[number];
    const Diagnostic *first = unit && unit->diagnostics.list.len > 0 ? &unit->diagnostics.list.at[0] : NULL;
    if (!first || first->code < DIAG_NO_SUCH_FILE || first->code > DIAG_TOO_LARGE || first->code == DIAG_NOT_UTF8 ||
        first->code == DIAG_NUL_BYTE)
      continue;
    *why = arena_format(load->arena, STR_FMT ": " STR_FMT, STR_ARG(unit->source.path), STR_ARG(first->message));
    return false;
  }
  return true;
}

const ProjectText *load_texts(const ProjectText *texts, size_t count, Arena *arena) {
  ProjectText *copy = ARENA_ARRAY(arena, ProjectText, count + 1);
  for (size_t i = 0; i < count; i++) copy[i] = texts[i];
  return copy;
}

Project *project_load(const ProjectOptions *options, Arena *arena, Str *why) {
  Project *p = ARENA_NEW(arena, Project);
  Load load = {.p = p, .options = options, .arena = arena, .folder = os_working_folder(arena)};
  p->arena = arena;
  p->today = options->today;
  p->texts = load_texts(options->texts, options->text_count, arena);
  p->text_count = options->text_count;
  p->threads = thread_count(options);
  p->stop = options->stop;
  p->no_scripts = options->no_scripts;
  p->diagnostics.arena = arena;
  p->scope = ARENA_NEW(arena, struct Scope);
  bool listed = list_files(&load, why);
  if (listed) p->named_count = (uint32_t)load.files.len - 1;
  p->is_whole = options->is_whole || names_folders(options);
  if (listed) add_settings(&load);
  p->scope->no_baseline = options->no_baseline;
  p->scope->baseline = listed && options->baseline ? add_given_baseline(&load) : NONE;
  if (listed) follow_imports(&load);
  p->unit_count = (uint32_t)load.units.len;
  p->units = ARENA_ARRAY(arena, Unit *, load.units.len);
  if (load.units.len > 0) memcpy(p->units, load.units.at, load.units.len * sizeof *load.units.at);
  bool fine = listed && named_were_read(&load, why);
  vec_free(&load.units);
  vec_free(&load.files);
  free(load.known.at);
  if (!fine) {
    project_free(p);
    return NULL;
  }
  p->scope->loading_said = p->diagnostics.list.len;
  project_link(p, options->later);
  return p;
}

void project_free(Project *p) {
  if (!p) return;
  for (uint32_t i = 0; i < p->unit_count; i++) unit_free(p->units[i]);
  vec_free(&p->diagnostics.list);
  vec_free(&p->settings.named);
}

bool project_complains_later(const Project *p) { return p->scope->later; }

Project *project_stoppable(const Project *p, const atomic_bool *stop, Arena *arena) {
  Project *stoppable = ARENA_NEW(arena, Project);
  *stoppable = *p;
  stoppable->stop = stop;
  return stoppable;
}

bool project_is_own(const Project *p, uint32_t unit) { return !p->units[unit]->library; }

const Str *project_text(const Project *p, Str path) {
  if (!p->text_count) return NULL;
  Arena *arena = arena_new();
  Str absolute = os_absolute(arena, path);
  const Str *found = NULL;
  for (size_t i = 0; i < p->text_count && !found; i++)
    if (str_is(p->texts[i].path, absolute)) found = &p->texts[i].text;
  arena_free(arena);
  return found;
}

uint32_t project_script(const Project *p, Ref at) {
  const struct Scope *scope = p->scope;
  const Script *found = scope->script_count > 0
                            ? bsearch(&at, scope->scripts, scope->script_count, sizeof *scope->scripts, ref_compare)
                            : NULL;
  return found && p->units[found->unit]->script ? found->unit : NONE;
}

uint32_t project_baseline(const Project *p, Ref at) {
  const struct Scope *scope = p->scope;
  const Script *found = scope->script_count > 0
                            ? bsearch(&at, scope->scripts, scope->script_count, sizeof *scope->scripts, ref_compare)
                            : NULL;
  return found && p->units[found->unit]->baseline ? found->unit : NONE;
}

uint32_t project_script_at(const Project *p, Str path) {
  for (uint32_t u = 1; u < p->unit_count; u++)
    if (p->units[u]->script && str_is(p->units[u]->source.path, path)) return u;
  return NONE;
}
