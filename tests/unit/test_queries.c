/* The queries of grammar/ and of editors/ fit the grammar, and the words in them and in editors' own files are those of
 * the schema. `test_queries write` puts the schema's words into them again. */
#include <tree_sitter/api.h>

#include "base/os.h"
#include "check.h"
#include "words.h"

const TSLanguage *tree_sitter_journey(void);

static const struct {
  const char *folder;
  const char *names[9];
} queries[] = {
    {"grammar/queries", {"highlights", "locals", "folds", "indents", "injections", "tags"}},
    {"editors/helix/queries/journey", {"highlights", "indents", "injections", "textobjects", "rainbows"}},
    {"editors/zed/languages/journey",
     {"highlights", "brackets", "indents", "injections", "outline", "overrides", "textobjects"}},
};

static const struct {
  const char *name;
  bool (*holds)(Keyword keyword);
} lists[] = {
    {"properties", is_property},
    {"declares at the top", declares_at_top},
    {"declares inside", declares_inside},
    {"refers", refers},
};

/* How a language writes a list of words, and how it begins a comment. */
typedef struct {
  const char *comment, *line, *before, *after;
  const char *open, *opened, *close; /* the list bears its own name between the first two; NULL: it has none */
} Spelling;

static const Spelling in_queries = {"; ", "", "\"", "\"", NULL, NULL, NULL};
static const Spelling in_vim = {"\" ", "      \\ ", "'", "',", "let s:", " = [\n", "      \\ ]\n"};

static const Spelling in_emacs = {";; ", "", "\"", "\"", NULL, NULL, NULL};
static const Spelling in_shell = {"# ", "        ", "", "", "    ", "='\n", "    '\n"};

static const struct {
  const char *path;
  const Spelling *spelling;
} others[] = {{"editors/neovim/syntax/journey.vim", &in_vim},
              {"editors/emacs/journey-mode.el", &in_emacs},
              {"editors/kakoune/journey.kak", &in_shell}};

/* The words, sorted, each once, in lines of the given indentation. */
static void add_words(Buf *to, bool (*holds)(Keyword), const Spelling *spelling, Str indentation) {
  const char *words[K_COUNT];
  size_t count = words_that(holds, words), column = 0;
  for (size_t i = 0; i < count; i++) {
    size_t len = strlen(words[i]) + strlen(spelling->before) + strlen(spelling->after) + 1;
    bool wraps = column + len > 118;
    if (column == 0 || wraps) {
      if (wraps) buf_add_byte(to, '\n');
      buf_add(to, indentation);
      buf_add_c(to, spelling->line);
      column = indentation.len + strlen(spelling->line);
    } else buf_add_byte(to, ' ');
    buf_printf(to, "%s%s%s", spelling->before, words[i], spelling->after);
    column += len;
  }
  buf_add_byte(to, '\n');
}

/* ---- the files ---- */

/* let s:declares_inside = [ … ] */
static void add_named_list(Buf *to, size_t list, const Spelling *spelling) {
  buf_add_c(to, spelling->open);
  for (const char *at = lists[list].name; *at; at++) buf_add_byte(to, *at == ' ' ? '_' : *at);
  buf_add_c(to, spelling->opened);
  add_words(to, lists[list].holds, spelling, STR(""));
  buf_add_c(to, spelling->close);
}

/* What stands behind a comment's sign, without spaces around it; nothing where the line is no comment. */
static Str comment_text(Str line, const Spelling *spelling) {
  Str words = str_trim(line), sign = str_of(spelling->comment);
  return str_starts(words, sign) ? str_slice(words, sign.len, words.len) : STR("");
}

/* The file as the schema wants it: what stands between the comments `words: LIST` and `end` made anew. */
static void renew(Buf *to, Str text, const Spelling *spelling) {
  bool skips = false;
  while (text.len > 0) {
    Str line = str_cut(&text, '\n'), words = comment_text(line, spelling);
    if (skips && !str_is_c(words, "end")) continue;
    skips = false;
    buf_add(to, line);
    buf_add_byte(to, '\n');
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
      if (!str_starts(words, STR("words: ")) || !str_is_c(str_slice(words, 7, words.len), lists[i].name)) continue;
      skips = true;
      if (spelling->open) add_named_list(to, i, spelling);
      else add_words(to, lists[i].holds, spelling, str_slice(line, 0, (size_t)(str_trim(line).at - line.at)));
    }
  }
}

static void check_query(const char *name, Str text) {
  uint32_t offset = 0;
  TSQueryError error = TSQueryErrorNone;
  TSQuery *query = ts_query_new(tree_sitter_journey(), text.at, (uint32_t)text.len, &offset, &error);
  if (!query) fprintf(stderr, "%s: error %d at byte %u\n", name, (int)error, offset);
  CHECK(query != NULL);
  if (query) ts_query_delete(query);
}

/* Neovim reads the queries of grammar/ as they are: its plugin carries them along, but for the tags. */
static const struct { const char *from, *to; } carried = {"grammar/queries", "editors/neovim/queries/journey"};

static void check_carried(Arena *arena, const char *folder, const char *name, Str text, bool write) {
  if (strcmp(folder, carried.from) != 0 || strcmp(name, "tags") == 0) return;
  Str path = arena_format(arena, JOURNEY_ROOT "/%s/%s.scm", carried.to, name), copy = {0}, why = {0};
  if (write) CHECK(os_write_file(arena, path.at, text, &why));
  bool same = os_read_file(arena, path.at, 1 << 20, &copy, &why) && str_is(copy, text);
  if (!same) fprintf(stderr, "%s is not as in %s: run `test_queries write`\n", path.at, folder);
  CHECK(same);
}

/* Compares the file with what the schema says, or writes that; `renewed` is it. */
static void check_file(Arena *arena, const char *name, const Spelling *spelling, bool write, Buf *renewed) {
  Str path = arena_format(arena, JOURNEY_ROOT "/%s", name), text = {0}, why = {0};
  CHECK(os_read_file(arena, path.at, 1 << 20, &text, &why));
  renew(renewed, text, spelling);
  bool up_to_date = write || str_is(text, buf_str(renewed));
  if (write) CHECK(os_write_file(arena, path.at, buf_str(renewed), &why));
  if (!up_to_date) fprintf(stderr, "%s is not what the schema says: run `test_queries write`\n", name);
  CHECK(up_to_date);
}

int main(int count, char **arguments) {
  Arena *arena = arena_new();
  bool write = count > 1 && strcmp(arguments[1], "write") == 0;
  for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
    for (const char *const *name = queries[i].names; *name; name++) {
      Str path = arena_format(arena, "%s/%s.scm", queries[i].folder, *name);
      Buf text = {0};
      check_file(arena, path.at, &in_queries, write, &text);
      check_query(path.at, buf_str(&text));
      check_carried(arena, queries[i].folder, *name, buf_str(&text), write);
      buf_free(&text);
    }
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    Buf text = {0};
    check_file(arena, others[i].path, others[i].spelling, write, &text);
    buf_free(&text);
  }
  arena_free(arena);
  return CHECK_DONE();
}
