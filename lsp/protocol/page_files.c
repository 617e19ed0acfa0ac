#include "lsp/protocol/page_files.h"

#include <stdlib.h>

#include "base/os.h"

enum { HASH_DIGITS = 8, KEPT_DAYS = 30, SECONDS_A_DAY = 24 * 60 * 60 };

static Str folder_of_pages(Arena *arena) {
  const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
  if (cache && cache[0] == '/') return arena_format(arena, "%s/journey", cache);
  if (home && home[0] == '/') return arena_format(arena, "%s/.cache/journey", home);
  return STR("/tmp/journey");
}

/* "0cddf429-onboarding-map.html": others may keep things in the same folder. */
static bool is_page(Str name) {
  for (size_t i = 0; i < HASH_DIGITS; i++)
    if (i >= name.len || !memchr("0123456789abcdef", name.at[i], 16)) return false;
  return name.len > HASH_DIGITS && name.at[HASH_DIGITS] == '-' &&
         (str_ends(name, STR(".html")) || str_ends(name, STR(".md")) || str_ends(name, STR(".txt")));
}

Str page_file_write(Arena *arena, uint64_t of, Str journey, const char *what, Str content, Str *why) {
  Str folder = folder_of_pages(arena),
      path = arena_format(arena, STR_FMT "/%0*x-" STR_FMT "-%s", STR_ARG(folder), HASH_DIGITS,
                          (unsigned)(of & 0xFFFFFFFF), STR_ARG(journey), what);
  bool written = os_make_folders(arena, folder.at, why) && os_write_file(arena, path.at, content, why);
  if (written) os_sweep(folder.at, (int64_t)KEPT_DAYS * SECONDS_A_DAY, is_page);
  else *why = arena_format(arena, STR_FMT " can't be written: " STR_FMT, STR_ARG(path), STR_ARG(*why));
  return written ? path : STR("");
}
