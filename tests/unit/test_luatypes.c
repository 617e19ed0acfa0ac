/* The type file for editors tells the truth: a script walks all tables of a map that says everything, and compares what
 * it finds with the classes of the file; the library holds what the file names, and nothing else. */
#include <ctype.h>
#include <stdlib.h>

#include "base/embedded.h"
#include "base/os.h"
#include "check.h"
#include "check/check.h"
#include "metric/metric.h"
#include "script/testing_state.h"
#include "write/luatypes.h"

/* ---- the type file, read ---- */

/* The word or type at the beginning: up to a space that stands in no brackets and no quotes. */
static Str cut_type(Str *rest) {
  size_t end = 0;
  int depth = 0;
  bool quoted = false;
  for (; end < rest->len; end++) {
    char c = rest->at[end];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (strchr("([{<", c)) depth++;
    if (strchr(")]}>", c)) depth--;
    if (c == ' ' && depth == 0) break;
  }
  Str type = str_slice(*rest, 0, end);
  *rest = str_trim(str_slice(*rest, end, rest->len));
  return type;
}

static bool starts(Str line, const char *with, Str *rest) {
  if (!str_starts(line, str_of(with))) return false;
  *rest = str_slice(line, strlen(with), line.len);
  return true;
}

/* return { Journey = { ["id"] = 'string', … }, … }: what walk.lua reads. Classes behind the map's own are not walked;
 * `checks` are the fields that only checks have, `metrics` those that only metrics have. */
static void write_types(Str file, Buf *to) {
  bool open = false;
  Str class = {0};
  Buf checks = {0}, metrics = {0};
  buf_add_c(to, "return { found = {},\n");
  while (file.len) {
    Str line = str_cut(&file, '\n'), rest;
    if (str_starts(line, STR("-- ---- numbers"))) break;
    if (starts(line, "---@class ", &rest) && !str_ends(rest, STR("lib"))) {
      buf_add_c(to, open ? "},\n" : "");
      buf_printf(to, STR_FMT " = {", STR_ARG(rest));
      open = true;
      class = rest;
    } else if (open && starts(line, "---@field ", &rest)) {
      Str name = cut_type(&rest), type = cut_type(&rest);
      buf_printf(to, str_starts(name, STR("[")) ? STR_FMT : "[\"" STR_FMT "\"]", STR_ARG(name));
      buf_printf(to, " = '" STR_FMT "', ", STR_ARG(type));
      Buf *only = str_starts(rest, STR("In checks:"))    ? &checks
                  : str_starts(rest, STR("In metrics:")) ? &metrics
                                                         : NULL;
      if (only) buf_printf(only, "[\"" STR_FMT "." STR_FMT "\"] = true, ", STR_ARG(class), STR_ARG(name));
    }
  }
  buf_printf(to, "}, checks = { " STR_FMT " }, metrics = { " STR_FMT "} }\n", STR_ARG(buf_str(&checks)),
             STR_ARG(buf_str(&metrics)));
  buf_free(&checks);
  buf_free(&metrics);
}

/* ---- the map ---- */

static Str read_file(Arena *arena, const char *path) {
  Str text = {0}, why;
  CHECK(os_read_file(arena, path, 1 << 20, &text, &why));
  return text;
}

/* walk_check.lua reports what it finds wrong, or one word. */
static void check_walked(const Project *project, Arena *arena) {
  Diagnostics all = {.arena = arena};
  size_t said = 0;
  check_project(project, NULL, &all);
  for (size_t i = 0; i < all.list.len; i++) {
    const Diagnostic *one = &all.list.at[i];
    if (one->code != DIAG_OWN_CHECK && one->code != DIAG_CHECK_FAILED) continue;
    said++;
    CHECK_STR(one->message, "walked");
  }
  CHECK(said == 1);
  vec_free(&all.list);
}

static void test_tables(Str types) {
  char folder[] = "/tmp/journey-luatypes-XXXXXX";
  static const char *const files[] = {"everything.journey", "walk.lua", "walk_check.lua", "types.lua"};
  enum { FILES = sizeof files / sizeof *files };
  Arena *arena = arena_new();
  Buf table = {0};
  Str why = {0};
  CHECK(mkdtemp(folder) != NULL);
  write_types(types, &table);
  for (size_t i = 0; i < FILES; i++) {
    Str source = arena_format(arena, JOURNEY_ROOT "/tests/data/lua/%s", files[i]);
    Str text = i == FILES - 1 ? buf_str(&table) : read_file(arena, source.at);
    CHECK(os_write_file(arena, arena_format(arena, "%s/%s", folder, files[i]).at, text, &why));
  }
  const char *path = folder;
  ProjectOptions options = {.paths = &path, .path_count = 1, .today = 20000, .threads = 1};
  Project *project = project_load(&options, arena, &why);
  CHECK(project && project->journey_count == 2);
  MetricTable metrics = metrics_run(project, NULL, &project->journeys[1], arena);
  bool walked = false;
  for (uint32_t i = 0; i < metrics.count; i++) {
    if (!str_is_c(metrics.rows[i].metric.id, "walk")) continue;
    if (metrics.rows[i].failure.message.len) fprintf(stderr, STR_FMT "\n", STR_ARG(metrics.rows[i].failure.message));
    walked = metrics.rows[i].journey.state == METRIC_COMPUTED && metrics.rows[i].journey.value.number > 150;
  }
  CHECK(walked);
  check_walked(project, arena);
  for (size_t i = 0; i < FILES; i++) remove(arena_format(arena, "%s/%s", folder, files[i]).at);
  remove(folder);
  buf_free(&table);
  project_free(project);
  arena_free(arena);
}

/* ---- the library ---- */

/* "function string.find(" or "string = {}" or "---@field huge number" of a library's class: whether the file has it. */
static bool is_named(Str types, const char *library, const char *name) {
  Arena *arena = arena_new();
  const char *dot = *library ? "." : "";
  Str function = arena_format(arena, "\nfunction %s%s%s(", library, dot, name);
  Str table = arena_format(arena, "%s = {}\n", name), field = arena_format(arena, "\n---@field %s ", name);
  bool is = strstr(types.at, function.at) || (!*library && strstr(types.at, table.at)) ||
            (strcmp(library, "math") == 0 && strstr(types.at, field.at));
  arena_free(arena);
  return is;
}

/* Each name of the table on top stands in the file. */
static size_t check_names(lua_State *lua, Str types, const char *library) {
  size_t count = 0;
  for (lua_pushnil(lua); lua_next(lua, -2); lua_pop(lua, 1), count++) {
    const char *name = lua_tostring(lua, -2);
    bool is = is_named(types, library, name);
    if (!is) fprintf(stderr, "the type file says nothing of %s %s\n", library, name);
    CHECK(is);
    if (!*library && lua_istable(lua, -1)) check_names(lua, types, name);
  }
  return count;
}

/* Whether metrics or checks have it beside the library: walk.lua and walk_check.lua know. */
static bool is_of_metrics(const char *name) {
  static const char *const names[] = {"value",   "evidence", "explain", "stats", "print",  "today",
                                      "written", "here",     "file",    "uses",  "keyword"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(names[i], name) == 0) return true;
  return false;
}

static int walk_library(lua_State *lua, void *types) {
  Testing testing = {0};
  library_copy(lua);
  testing_push(lua, &testing);
  lua_setfield(lua, -2, "Test"); /* a test calls it `t` */
  CHECK(check_names(lua, *(Str *)types, "") > 10);
  /* And each name of the file is in the library: it begins a line with `function a.b(`. */
  for (const char *at = strstr(((Str *)types)->at, "\nfunction "); at; at = strstr(at + 1, "\nfunction ")) {
    char words[64] = {0};
    CHECK(sscanf(at, "\nfunction %60[a-z0-9A-Z.]", words) == 1);
    char *dot = strchr(words, '.');
    if (dot) *dot = 0;
    bool there = lua_getfield(lua, -1, words) != LUA_TNIL;
    if (there && dot) there = lua_getfield(lua, -1, dot + 1) == LUA_TFUNCTION, lua_pop(lua, 1);
    lua_pop(lua, 1);
    if (there || is_of_metrics(words)) continue;
    fprintf(stderr, "no script has %s%s%s\n", words, dot ? "." : "", dot ? dot + 1 : "");
    CHECK(there);
  }
  return 0;
}

static void test_library(Str types) {
  Arena *arena = arena_new();
  Sandbox *sandbox = sandbox_new(arena, SANDBOX_BUDGET, NULL, NULL);
  SandboxError error;
  CHECK(sandbox && sandbox_build(sandbox, walk_library, &types, &error));
  sandbox_free(sandbox);
  arena_free(arena);
}

/* ---- names of classes ---- */

static bool is_class(Str types, Str name) {
  Arena *arena = arena_new();
  Str class = arena_format(arena, "\n---@class " STR_FMT, STR_ARG(name)), end = STR("\n: ");
  Str alias = arena_format(arena, "\n---@alias " STR_FMT " ", STR_ARG(name));
  bool is = strstr(types.at, alias.at) != NULL;
  for (const char *at = strstr(types.at, class.at); at && !is; at = strstr(at + 1, class.at))
    is = memchr(end.at, at[class.len], end.len) != NULL;
  arena_free(arena);
  return is;
}

/* Words with a capital in front, outside of quotes; one letter alone stands for any type. */
static size_t check_type(Str types, Str type) {
  size_t count = 0;
  bool quoted = false;
  for (size_t i = 0; i < type.len; i++) {
    quoted = quoted != (type.at[i] == '"');
    size_t end = i;
    while (end < type.len && isalnum((unsigned char)type.at[end])) end++;
    Str name = str_slice(type, i, end);
    if (end > i) i = end - 1;
    if (quoted || name.len < 2 || !isupper((unsigned char)name.at[0])) continue;
    if (!is_class(types, name)) fprintf(stderr, "there is no class " STR_FMT "\n", STR_ARG(name));
    CHECK(is_class(types, name));
    count++;
  }
  return count;
}

static void test_names(Str types) {
  size_t count = 0;
  for (Str rest = types, line, type; rest.len;) {
    line = str_cut(&rest, '\n');
    bool named = starts(line, "---@field ", &type) || starts(line, "---@param ", &type);
    if (!named && !starts(line, "---@return ", &type)) continue;
    if (named) cut_type(&type);
    count += check_type(types, cut_type(&type));
  }
  CHECK(count > 100);
}

int main(void) {
  const EmbeddedFile *file = embedded_file(STR("stdlib/types/journey.lua"));
  CHECK(file != NULL);
  if (!file) return CHECK_DONE();
  Arena *arena = arena_new();
  Str types = arena_copy(arena, file->text);
  test_tables(types);
  test_library(types);
  test_names(types);
  arena_free(arena);
  return CHECK_DONE();
}
