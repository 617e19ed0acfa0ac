#include "command/luarc_json.h"

#include <jansson.h>

const char *const luarc_new =
    "{\n"
    "  \"$schema\": \"https://raw.githubusercontent.com/LuaLS/vscode-lua/master/setting/schema.json\",\n"
    "  \"runtime.version\": \"Lua 5.4\",\n"
    "  \"runtime.builtin\": {\n"
    "    \"basic\": \"disable\",\n"
    "    \"coroutine\": \"disable\",\n"
    "    \"debug\": \"disable\",\n"
    "    \"io\": \"disable\",\n"
    "    \"math\": \"disable\",\n"
    "    \"os\": \"disable\",\n"
    "    \"package\": \"disable\",\n"
    "    \"string\": \"disable\",\n"
    "    \"table\": \"disable\",\n"
    "    \"utf8\": \"disable\"\n"
    "  },\n"
    "  \"workspace.checkThirdParty\": false,\n"
    "  " LUARC_LINE "\n"
    "}\n";

/* ---- where something stands in a text that is valid JSON ---- */

static size_t skip_space(Str text, size_t at) {
  while (at < text.len && strchr(" \t\r\n", text.at[at])) at++;
  return at;
}

static size_t skip_string(Str text, size_t at) {
  for (at++; at < text.len && text.at[at] != '"'; at++)
    if (text.at[at] == '\\') at++;
  return at + 1;
}

static size_t skip_value(Str text, size_t at) {
  int depth = 0;
  while (at < text.len) {
    char c = text.at[at];
    if (depth == 0 && (c == ',' || c == '}' || c == ']')) return at;
    if (c == '{' || c == '[') depth++;
    if (c == '}' || c == ']') depth--;
    at = c == '"' ? skip_string(text, at) : at + 1;
  }
  return at;
}

/* Where the value of `key` begins in the object that begins at `at`; 0: it has none. Keys written with escapes are not
 * found: whoever writes settings so adds the line by hand. */
static size_t find_key(Str text, size_t at, const char *key) {
  at = skip_space(text, at + 1);
  while (at < text.len && text.at[at] == '"') {
    size_t end = skip_string(text, at);
    bool found = str_is_c(str_slice(text, at + 1, end - 1), key);
    at = skip_space(text, skip_space(text, end) + 1);
    if (found) return at;
    at = skip_value(text, at);
    at = skip_space(text, at < text.len && text.at[at] == ',' ? at + 1 : at);
  }
  return 0;
}

/* ---- adding ---- */

/* `what` as the first thing of the object or list that begins at `at`, laid out as the one that is first now. */
static Str insert(Str text, size_t at, const char *what, Arena *arena) {
  size_t first = skip_space(text, at + 1);
  bool empty = text.at[first] == '}' || text.at[first] == ']';
  Str space = str_slice(text, at + 1, first);
  Buf out = {0};
  buf_add(&out, str_slice(text, 0, at + 1));
  if (!empty) buf_add(&out, space);
  buf_add_c(&out, what);
  if (!empty) buf_add_byte(&out, ',');
  if (!empty && !space.len) buf_add_byte(&out, ' ');
  buf_add(&out, str_slice(text, at + 1, text.len));
  return buf_take(&out, arena);
}

static bool is_types(Str path) {
  if (str_starts(path, STR("./"))) path = str_slice(path, 2, path.len);
  if (str_ends(path, STR("/"))) path.len--;
  return str_is_c(path, LUARC_TYPES);
}

static bool names_types(const json_t *library) {
  size_t i;
  json_t *item;
  json_array_foreach(library, i,
                     item) if (json_is_string(item) && is_types(str_of(json_string_value(item)))) return true;
  return false;
}

/* The object of libraries in the older way: folders as keys. */
static bool keys_types(json_t *library) {
  const char *key;
  json_t *item;
  json_object_foreach(library, key, item) if (is_types(str_of(key))) return true;
  return false;
}

static LuarcEnd add_to_library(Str text, size_t at, json_t *library, Arena *arena, Str *to, Str *why) {
  if (names_types(library) || keys_types(library)) return LUARC_HAS_IT;
  if (at && json_is_array(library)) return *to = insert(text, at, "\"" LUARC_TYPES "\"", arena), LUARC_ADDED;
  if (at && json_is_object(library)) return *to = insert(text, at, "\"" LUARC_TYPES "\": true", arena), LUARC_ADDED;
  return *why = STR("what it says of workspace.library is no list"), LUARC_CANNOT;
}

static LuarcEnd add_to(Str text, json_t *root, Arena *arena, Str *to, Str *why) {
  static const char *const flat[] = {"workspace.library", "Lua.workspace.library"};
  if (!json_is_object(root)) return *why = STR("it holds no settings in braces"), LUARC_CANNOT;
  size_t start = skip_space(text, 0);
  for (size_t i = 0; i < sizeof flat / sizeof *flat; i++) {
    json_t *library = json_object_get(root, flat[i]);
    if (library) return add_to_library(text, find_key(text, start, flat[i]), library, arena, to, why);
  }
  json_t *workspace = json_object_get(root, "workspace");
  if (!workspace) return *to = insert(text, start, LUARC_LINE, arena), LUARC_ADDED;
  size_t at = find_key(text, start, "workspace");
  if (!at || !json_is_object(workspace)) return *why = STR("what it says of workspace is not in braces"), LUARC_CANNOT;
  json_t *library = json_object_get(workspace, "library");
  if (library) return add_to_library(text, find_key(text, at, "library"), library, arena, to, why);
  return *to = insert(text, at, "\"library\": [\"" LUARC_TYPES "\"]", arena), LUARC_ADDED;
}

LuarcEnd luarc_add(Str text, Arena *arena, Str *to, Str *why) {
  json_error_t error;
  json_t *root = json_loadb(text.at, text.len, JSON_REJECT_DUPLICATES, &error);
  if (!root) {
    *why = arena_format(arena, "it is no plain JSON: line %d, %s", error.line, error.text);
    return LUARC_CANNOT;
  }
  LuarcEnd end = add_to(text, root, arena, to, why);
  json_decref(root);
  json_t *again = end == LUARC_ADDED ? json_loadb(to->at, to->len, JSON_REJECT_DUPLICATES, &error) : NULL;
  if (end == LUARC_ADDED && !again) return *why = STR("it is written in a way that can't be added to"), LUARC_CANNOT;
  json_decref(again);
  return end;
}
