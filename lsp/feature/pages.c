#include "lsp/feature/pages.h"

#include <pthread.h>

#include "base/os.h"
#include "lsp/text/uri.h"

enum { LONGEST = 4096 };

static char folder[LONGEST]; /* found at the first use, never changed after; empty: there is none */

static void find_folder(void) {
  static const char *const beside[] = {"../share/doc/journey", "../../docs"};
  Arena *arena = arena_new();
  Str program = os_program(arena);
  for (size_t i = 0; i < sizeof beside / sizeof *beside && !folder[0] && program.len > 0; i++) {
    Str found = os_absolute(arena, os_beside(arena, program, str_of(beside[i])));
    Str language = arena_format(arena, STR_FMT "/language.md", STR_ARG(found));
    if (os_kind(language.at) == OS_FILE && found.len < LONGEST) memcpy(folder, found.at, found.len);
  }
  arena_free(arena);
}

Str page_uri(Arena *arena, Str page) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, find_folder);
  if (!folder[0]) return STR("");
  Str path = arena_format(arena, "%s/" STR_FMT, folder, STR_ARG(page));
  return os_kind(path.at) == OS_FILE ? uri_of_path(arena, path) : STR("");
}

Str page_of_code(Arena *arena, Str code) {
  return page_uri(arena, arena_format(arena, "diagnostics/" STR_FMT ".md", STR_ARG(code)));
}

/* ---- keywords ---- */

/* As the page has it: "### `stage`", "### `goal` (persona)", "### Arrow `->`". */
static Str heading_of(Arena *arena, Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  const char *place = row->where[0] == K_FILE ? "file" : schema_row(row->where[0])->word;
  Str word = arena_format(arena, "### %s`%s`", keyword == K_ARROW ? "Arrow " : "", row->word);
  return schema_has_namesake(keyword) ? arena_format(arena, STR_FMT " (%s)", STR_ARG(word), place) : word;
}

Page page_of_keyword(Arena *arena, Keyword keyword) {
  enum { LARGEST = 1 << 20 };
  Page page = {.uri = page_uri(arena, STR("language.md"))};
  Str heading = heading_of(arena, keyword), text, why;
  if (page.uri.len == 0 || !os_read_file(arena, uri_path(arena, page.uri).at, LARGEST, &text, &why)) return page;
  for (uint32_t line = 0; text.len > 0; line++)
    if (str_is(str_cut_line(&text), heading)) page.line = line, page.length = (uint32_t)heading.len;
  return page;
}
