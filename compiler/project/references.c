#include "project/references.h"

#include "base/os.h"
#include "project/load.h"
#include "project/settings.h"

static void add(Arena *arena, References *to, Str beside, Str name, ReferenceKind kind) {
  if (name.len == 0 || memchr(name.at, '\0', name.len)) return;
  vec_push(&to->list, (Reference){os_beside(arena, beside, name), kind});
}

/* ---- Lua files ---- */

static size_t count_of(Str text, Str word) {
  size_t count = 0;
  const char *found;
  while (text.len > 0 && (found = memmem(text.at, text.len, word.at, word.len))) {
    text = str_slice(text, (size_t)(found - text.at) + word.len, text.len);
    count++;
  }
  return count;
}

/* `scope = "project"`, `uses(…)`: what such a file finds out about one map may lie in any other. */
static void script_references(Arena *arena, Str path, Str text, References *to) {
  size_t all = count_of(text, STR("require")), known = 0;
  Str rest = text, name;
  for (; load_next_require(&rest, &name); known++) {
    Str file = arena_format(arena, STR_FMT ".lua", STR_ARG(name));
    for (size_t i = 0; i < name.len; i++)
      if (file.at[i] == '.') ((char *)file.at)[i] = '/';
    add(arena, to, path, file, REFERENCE_SCRIPT);
  }
  to->any_script = known < all;
  to->asks_for_all = count_of(text, STR("scope")) + count_of(text, STR("uses")) > 0;
}

/* ---- the text of a map ---- */

static bool is_path_keyword(Keyword keyword) {
  const ValueRule *first = schema_row(keyword)->values;
  return first && first->name && first->type == V_PATH;
}

static ReferenceKind kind_of(Keyword keyword) {
  return keyword == K_USE ? REFERENCE_MAP : keyword == K_COMPUTED_BY ? REFERENCE_SCRIPT : REFERENCE_DATA;
}

static bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static bool has_word(Str line, Str word) {
  for (Str rest = line; rest.len >= word.len;) {
    const char *found = memmem(rest.at, rest.len, word.at, word.len);
    if (!found) return false;
    const char *behind = found + word.len;
    bool begins = found == line.at || !is_name_byte(found[-1]);
    bool ends = behind == line.at + line.len || !is_name_byte(*behind);
    if (begins && ends) return true;
    rest = (Str){behind, (size_t)(line.at + line.len - behind)};
  }
  return false;
}

/* Whatever stands between two straight quotes of the line. False where other signs are among them, so that only parsing
 * tells which texts there are: quotes of word processors, escapes, texts of several lines, one that is never closed. */
static bool add_quoted(Arena *arena, Str path, Str line, ReferenceKind kind, References *to) {
  static const Str others[] = {{"\\", 1}, {"\"\"\"", 3}, {"\xE2\x80\x9C", 3}, {"\xE2\x80\x9E", 3}, {"\xC2\xAB", 2}};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (memmem(line.at, line.len, others[i].at, others[i].len)) return false;
  bool open = false;
  for (const char *quote; (quote = memchr(line.at, '"', line.len)); open = !open) {
    size_t len = (size_t)(quote - line.at);
    if (open) add(arena, to, path, str_slice(line, 0, len), kind);
    line = str_slice(line, len + 1, line.len);
  }
  return !open;
}

static Str line_around(Str text, const char *at) {
  const char *start = at, *end = memchr(at, '\n', (size_t)(text.at + text.len - at));
  while (start > text.at && start[-1] != '\n') start--;
  return (Str){start, (size_t)((end ? end : text.at + text.len) - start)};
}

/* The lines in which the keyword stands. False where one of them is written so that only parsing tells its text. */
static bool add_lines(Arena *arena, Str path, Str text, Keyword keyword, References *to) {
  Str word = str_of(schema_row(keyword)->word);
  const char *found;
  for (Str rest = text; rest.len > 0 && (found = memmem(rest.at, rest.len, word.at, word.len));) {
    Str line = line_around(text, found);
    if (has_word(line, word)) {
      if (!add_quoted(arena, path, line, kind_of(keyword), to)) return false;
    }
    const char *end = line.at + line.len;
    rest = (Str){end, (size_t)(text.at + text.len - end)};
  }
  return true;
}

static void parsed_references(Arena *arena, Str path, Str text, References *to) {
  Arena *scratch = arena_new();
  Unit *unit = unit_new(scratch, (Source){.path = path, .text = arena_copy(scratch, text)}, 0);
  references_of_unit(arena, unit, to);
  unit_free(unit);
}

/* Whether a line begins with it, behind spaces of whatever kind and the end of what stands before. */
static bool begins_line(Str text, Str word) {
  const char *found;
  for (Str rest = text; rest.len > 0 && (found = memmem(rest.at, rest.len, word.at, word.len));) {
    const char *before = found;
    while (before > text.at && (strchr(" \t\f\v}", before[-1]) || (unsigned char)before[-1] >= 0x80)) before--;
    if (before == text.at || is_line_end(before[-1])) return true;
    rest = (Str){found + word.len, (size_t)(text.at + text.len - found) - word.len};
  }
  return false;
}

static void map_references(Arena *arena, Str path, Str text, References *to) {
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++)
    if (is_path_keyword(k) && !add_lines(arena, path, text, k, to)) {
      to->list.len = 0;
      parsed_references(arena, path, text, to);
      break;
    }
  to->governs = to->governs || begins_line(text, str_of(schema_row(K_PROJECT)->word));
}

/* ---- journey.json ---- */

static void settings_references(Arena *arena, Str path, Str text, References *to) {
  Unit *unit = unit_of_text(arena_new(), (Source){path, text}, 0);
  add(arena, to, path, settings_baseline(unit, arena), REFERENCE_DATA);
  unit_free(unit);
}

/* ---- both ---- */

static bool is_settings(Str path) { return settings_is_file(path) || str_is(os_file_name(path), STR(SETTINGS_MAP)); }

void references_of_text(Arena *arena, Str path, Str text, References *to) {
  if (str_ends(path, STR(".lua"))) script_references(arena, path, text, to);
  else if (settings_is_file(path)) settings_references(arena, path, text, to);
  else map_references(arena, path, text, to);
  to->governs = to->governs || is_settings(path);
}

void references_of_unit(Arena *arena, const Unit *unit, References *to) {
  Str path = unit->source.path;
  if (unit->baseline) {
    to->governs = true;
    return;
  }
  if (unit->script || settings_is_file(path)) {
    references_of_text(arena, path, unit->source.text, to);
    return;
  }
  for (uint32_t at = 0; at < unit->statement_count; at++) {
    Keyword keyword = (Keyword)unit->statements[at].keyword;
    to->governs = to->governs || keyword == K_PROJECT;
    if (is_path_keyword(keyword)) add(arena, to, path, unit_text_of(unit, arena, at, 0), kind_of(keyword));
  }
  to->governs = to->governs || is_settings(path);
}
