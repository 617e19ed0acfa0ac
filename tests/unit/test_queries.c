/* The editors' queries in grammar/queries fit the grammar, and the words in them are those of the schema.
 * `test_queries write` puts the schema's words into them again. */
#include <tree_sitter/api.h>

#include "base/os.h"
#include "check.h"
#include "schema/schema.h"

const TSLanguage *tree_sitter_journey(void);

static const char *const queries[] = {"highlights", "locals", "folds", "indents", "injections", "tags"};

/* ---- which words ---- */

static bool is_property(Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  if (row->how_often == DECLARES || keyword == K_ARROW) return false;
  for (const Keyword *where = row->where; *where != K_NONE; where++)
    if (*where != K_FILE) return true;
  return false;
}

static bool declares_in(Keyword keyword, bool file) {
  return schema_declares(keyword) && schema_allows(K_FILE, keyword) == file;
}
static bool declares_at_top(Keyword keyword) { return declares_in(keyword, true); }
static bool declares_inside(Keyword keyword) { return declares_in(keyword, false); }

static bool refers(Keyword keyword) {
  ValueType first = keyword == K_ARROW ? V_NONE : schema_row(keyword)->values[0].type;
  return first == V_REF || first == V_REFS || first == V_EMOTION;
}

static const struct {
  const char *name;
  bool (*holds)(Keyword keyword);
} lists[] = {
    {"properties", is_property},
    {"declares at the top", declares_at_top},
    {"declares inside", declares_inside},
    {"refers", refers},
};

static int by_word(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* The words in quotes, sorted, each once, in lines of the given indentation. */
static void add_words(Buf *to, bool (*holds)(Keyword), Str indentation) {
  const char *words[K_COUNT];
  size_t count = 0, column = 0;
  for (int k = K_FILE + 1; k < K_COUNT; k++)
    if (holds((Keyword)k)) words[count++] = schema_row((Keyword)k)->word;
  qsort(words, count, sizeof *words, by_word);
  for (size_t i = 0; i < count; i++) {
    if (i > 0 && strcmp(words[i], words[i - 1]) == 0) continue;
    size_t len = strlen(words[i]) + 3;
    bool wraps = column + len > 118;
    if (column == 0 || wraps) {
      if (wraps) buf_add_byte(to, '\n');
      buf_add(to, indentation);
      column = indentation.len;
    } else buf_add_byte(to, ' ');
    buf_printf(to, "\"%s\"", words[i]);
    column += len;
  }
  buf_add_byte(to, '\n');
}

/* ---- the files ---- */

/* The file as the schema wants it: what stands between `; words: LIST` and `; end` made anew. */
static void renew(Buf *to, Str text) {
  bool (*holds)(Keyword) = NULL;
  while (text.len > 0) {
    Str line = str_cut(&text, '\n'), words = str_trim(line);
    if (holds && !str_is_c(words, "; end")) continue;
    holds = NULL;
    buf_add(to, line);
    buf_add_byte(to, '\n');
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
      if (str_starts(words, STR("; words: ")) && str_is_c(str_slice(words, 9, words.len), lists[i].name))
        holds = lists[i].holds;
    if (holds) add_words(to, holds, str_slice(line, 0, (size_t)(words.at - line.at)));
  }
}

static void check_query(const char *name, Str text) {
  uint32_t offset = 0;
  TSQueryError error = TSQueryErrorNone;
  TSQuery *query = ts_query_new(tree_sitter_journey(), text.at, (uint32_t)text.len, &offset, &error);
  if (!query) fprintf(stderr, "%s.scm: error %d at byte %u\n", name, (int)error, offset);
  CHECK(query != NULL);
  if (query) ts_query_delete(query);
}

static void check_file(Arena *arena, const char *name, bool write) {
  Str path = arena_format(arena, JOURNEY_ROOT "/grammar/queries/%s.scm", name), text = {0}, why = {0};
  CHECK(os_read_file(arena, path.at, 1 << 20, &text, &why));
  Buf renewed = {0};
  renew(&renewed, text);
  bool up_to_date = write || str_is(text, buf_str(&renewed));
  if (write) CHECK(os_write_file(arena, path.at, buf_str(&renewed), &why));
  if (!up_to_date) fprintf(stderr, "%s.scm is not what the schema says: run `test_queries write`\n", name);
  CHECK(up_to_date);
  check_query(name, buf_str(&renewed));
  buf_free(&renewed);
}

int main(int count, char **arguments) {
  Arena *arena = arena_new();
  bool write = count > 1 && strcmp(arguments[1], "write") == 0;
  for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) check_file(arena, queries[i], write);
  arena_free(arena);
  return CHECK_DONE();
}
