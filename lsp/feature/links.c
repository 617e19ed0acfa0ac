#include "lsp/feature/links.h"

#include "base/os.h"
#include "lsp/feature/named_file.h"
#include "lsp/feature/pages.h"
#include "lsp/text/uri.h"

typedef VEC(Link) LinkList;

/* ---- files ---- */

/* Without its quotes. */
static Span inside(const Unit *unit, Span span) {
  Str raw = source_text(&unit->source, span);
  bool quoted = raw.len >= 2 && raw.at[0] == '"' && raw.at[raw.len - 1] == '"';
  return quoted ? (Span){span.start + 1, span.end - 1} : span;
}

/* Beside the file that names it, if it is there. */
static Str path_of(const Spot *spot, const Value *value, Arena *arena) {
  Str name = unit_text(spot_unit(spot), arena, value);
  if (name.len == 0) return STR("");
  Str path = os_absolute(arena, os_beside(arena, spot->file->path, name));
  return os_kind(path.at) == OS_FILE ? path : STR("");
}

static bool link_file(const Spot *spot, uint32_t at, const Value *value, Arena *arena, Link *link) {
  NamedFile named = {STR(""), NONE};
  if (value->type == V_PATH) named = named_file(spot->snapshot, (Ref){spot->unit, at}, value, arena);
  else named.path = path_of(spot, value, arena);
  const File *file = named.unit == NONE ? NULL : spot->snapshot->files[named.unit];
  *link = (Link){.span = inside(spot_unit(spot), value->span)};
  if (file) link->target = file->uri;
  else if (named.path.len > 0) link->target = uri_of_path(arena, named.path);
  return link->target.len > 0;
}

/* ---- pages ---- */

static bool link_page(const Value *value, Arena *arena, Link *link) {
  if (value->extra >= DIAG_COUNT) return false;
  DiagnosticInfo info = diagnostic_info((DiagnosticCode)value->extra);
  *link = (Link){value->span, page_of_code(arena, str_of(info.code)), str_of(info.title)};
  return link->target.len > 0;
}

/* ---- addresses ---- */

static bool ends_address(char c) {
  return (unsigned char)c <= ' ' || c == '"' || c == '<' || c == '>' || c == '`' || c == '\\' || c == '|' || c == '^' ||
         (unsigned char)c >= 0x80;
}

/* Without what a sentence puts behind it: "(see https://example.org/a)." */
static size_t address_end(Str text, size_t at) {
  size_t end = at, open = 0;
  while (end < text.len && !ends_address(text.at[end])) open += text.at[end++] == '(';
  while (end > at && strchr(".,;:!?'*_)]}", text.at[end - 1])) {
    if (text.at[end - 1] == ')' && open > 0) break;
    end--;
  }
  return end;
}

/* The next address at or behind `from`; false where there is none. */
static bool next_address(Str text, size_t from, Span *span) {
  for (size_t at = from; at + 8 < text.len; at++) {
    const char *found = memchr(text.at + at, 'h', text.len - at);
    if (!found) return false;
    at = (size_t)(found - text.at);
    Str rest = str_slice(text, at, text.len);
    size_t scheme = str_starts(rest, STR("https://")) ? 8 : str_starts(rest, STR("http://")) ? 7 : 0;
    size_t end = scheme ? address_end(text, at) : at;
    if (end <= at + scheme) continue;
    *span = (Span){(uint32_t)at, (uint32_t)end};
    return true;
  }
  return false;
}

static void add_addresses(const Spot *spot, LinkList *list) {
  Str text = spot_unit(spot)->source.text;
  Span span = {0, 0};
  while (next_address(text, span.end, &span))
    vec_push(list, (Link){.span = span, .target = str_slice(text, span.start, span.end)});
}

/* ---- all ---- */

static int by_place(const void *a, const void *b) {
  uint32_t left = ((const Link *)a)->span.start, right = ((const Link *)b)->span.start;
  return left < right ? -1 : left > right;
}

size_t links_of(const Spot *spot, Arena *arena, Link **links) {
  const Unit *unit = spot_unit(spot);
  LinkList list = {0};
  if (!spot->file) return 0;
  for (uint32_t at = 0; at < unit->statement_count; at++) {
    const Statement *statement = &unit->statements[at];
    for (uint16_t v = 0; v < statement->value_count; v++) {
      const Value *value = &unit->values[statement->first_value + v];
      bool is_file = value->type == V_PATH || (value->type == V_TEXT && statement->keyword == K_SOURCE);
      Link link;
      if (is_file ? link_file(spot, at, value, arena, &link) : value->type == V_CODE && link_page(value, arena, &link))
        vec_push(&list, link);
    }
  }
  size_t files = list.len;
  add_addresses(spot, &list);
  if (files > 0 && list.len > files) qsort(list.at, list.len, sizeof *list.at, by_place);
  size_t count = list.len;
  *links = ARENA_ARRAY(arena, Link, count);
  if (count > 0) memcpy(*links, list.at, count * sizeof **links);
  vec_free(&list);
  return count;
}
