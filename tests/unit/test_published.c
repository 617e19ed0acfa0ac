/* What is made from the schema and kept in docs/ is what the schema says today, and its examples are right.
 * `test_published write` makes the files again. */
#include <stdlib.h>

#include "base/os.h"
#include "check.h"
#include "unit/unit.h"
#include "write/jsonschema.h"
#include "write/luatypes.h"
#include "write/reference.h"
#include "write/settings_jsonschema.h"

static const struct {
  const char *path;
  void (*write)(Buf *to);
} published[] = {{"docs/journey.schema.json", jsonschema_write},
                 {"docs/journey.json.schema.json", settings_jsonschema_write},
                 {"docs/language.md", reference_write},
                 {"stdlib/types/journey.lua", luatypes_write}};

static void test_published(bool write) {
  Arena *arena = arena_new();
  for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
    Buf buf = {0};
    Str path = arena_format(arena, JOURNEY_ROOT "/%s", published[i].path), text = {0}, why = {0};
    published[i].write(&buf);
    if (write) CHECK(os_write_file(arena, path.at, buf_str(&buf), &why));
    CHECK(os_read_file(arena, path.at, 1 << 24, &text, &why));
    bool same = str_is(text, buf_str(&buf));
    if (!same) fprintf(stderr, "%s is out of date: run `test_published write`\n", published[i].path);
    CHECK(same);
    buf_free(&buf);
  }
  arena_free(arena);
}

/* ---- the examples of the keywords, each inside the blocks in which it may stand ---- */

static bool starts_with_word(const char *text, const char *word) {
  size_t len = strlen(word);
  return strncmp(text, word, len) == 0 && (text[len] == ' ' || text[len] == 0);
}

/* The head of a block of `keyword`, with a name where it wants one. */
static void open_block(Buf *to, Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  buf_add_c(to, row->word);
  if (keyword == K_CHANGE) buf_add(to, STR(" x"));
  else if (row->how_often == DECLARES) buf_add(to, STR(" x \"X\""));
  else if (keyword == K_ACTOR_OF) buf_add(to, STR(" x"));
  else if (keyword == K_MEMBER) buf_add(to, STR(" \"X\""));
  buf_add(to, STR(" {\n"));
}

static size_t open_blocks(Buf *to, Keyword keyword) {
  if (keyword == K_FILE) return 0;
  size_t depth = open_blocks(to, schema_row(keyword)->where[0]);
  open_block(to, keyword);
  return depth + 1;
}

/* An example shows the keyword alone, or behind the statement that it belongs to: the first keyword of the example. */
static Keyword first_keyword(Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  if (starts_with_word(row->example, row->word) || keyword == K_ARROW) return keyword;
  for (const Keyword *k = row->where; *k != K_NONE; k++)
    if (*k == K_ARROW || starts_with_word(row->example, schema_row(*k)->word)) return *k;
  return K_NONE;
}

/* The example without its `{ … }`, in its blocks. */
static void write_in_place(Buf *to, Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  Keyword first = first_keyword(keyword);
  CHECK(first != K_NONE);
  size_t depth = first == K_NONE ? 0 : open_blocks(to, schema_row(first)->where[0]);
  Str example = str_of(row->example), dots = STR(" { … }");
  if (str_ends(example, dots)) example = str_slice(example, 0, example.len - dots.len);
  buf_add(to, example);
  buf_repeat(to, STR("\n}"), depth);
  buf_add_byte(to, '\n');
}

/* What cannot be known here: names declared elsewhere, properties that the block around the example would have. */
static bool is_expected(DiagnosticCode code) {
  return code == DIAG_UNKNOWN_NAME || code == DIAG_MISSING_PROPERTY || code == DIAG_NOT_A_VARIANT;
}

static void check_clean(Str text, const char *what) {
  Arena *arena = arena_new();
  Unit *unit = unit_new(arena, (Source){str_of(what), text}, 0);
  for (size_t i = 0; i < unit->diagnostics.list.len; i++) {
    const Diagnostic *diagnostic = &unit->diagnostics.list.at[i];
    if (is_expected(diagnostic->code)) continue;
    fprintf(stderr, "%s: %s " STR_FMT "\n" STR_FMT "\n", what, diagnostic_info(diagnostic->code).code,
            STR_ARG(diagnostic->message), STR_ARG(text));
    CHECK(false);
  }
  unit_free(unit);
}

static void test_examples(void) {
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++) {
    Buf text = {0};
    write_in_place(&text, k);
    check_clean(buf_str(&text), schema_row(k)->word);
    buf_free(&text);
  }
}

/* The whole examples of the introduction; a touchpoint gets a stage around it. */
static void test_intro(void) {
  Str rest = str_of(reference_intro), mark = STR("```journey\n");
  while (rest.len > mark.len) {
    if (!str_starts(rest, mark)) {
      rest = str_slice(rest, 1, rest.len);
      continue;
    }
    rest = str_slice(rest, mark.len, rest.len);
    const char *end = strstr(rest.at, "```");
    Buf text = {0};
    bool bare = str_starts(rest, STR("touchpoint"));
    size_t depth = bare ? open_blocks(&text, K_STAGE) : 0;
    buf_add(&text, str_slice(rest, 0, (size_t)(end - rest.at)));
    buf_repeat(&text, STR("}\n"), depth);
    /* The two touchpoints that say the same have the same name. */
    if (!bare) check_clean(buf_str(&text), "introduction");
    buf_free(&text);
  }
}

int main(int count, char **words) {
  test_published(count > 1 && strcmp(words[1], "write") == 0);
  test_examples();
  test_intro();
  return CHECK_DONE();
}
