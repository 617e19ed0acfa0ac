/* What VS Code has of the language without a server is what the schema says: the colours of editors/vscode/syntaxes,
 * and the snippets. `test_textmate write` makes the files again. tests/editors/grammar.test.mjs holds the colours to
 * grammar/queries/highlights.scm and to the server's. */
#include <jansson.h>

#include "base/os.h"
#include "check.h"
#include "lsp/feature/semantics.h"
#include "lsp/feature/snippets.h"
#include "lsp/protocol/semantics.h"
#include "words.h"

/* ---- tokens, as in grammar/grammar.js ---- */

#define WIDER_SPACE \
  "\xC2\x85" \
  "\u00A0\u2000-\u200B\u200E\u200F\u2028-\u202F\u205F-\u2069\u3000\uFEFF"
#define SPACES "[\\s" WIDER_SPACE "]*"
#define LETTER \
  "0-9A-Za-z_\u00AA\u00B2\u00B3\u00B5\u00B9\u00BA\u00BC-\u00BE\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u1FFF" \
  "\u200C\u200D\u2070-\u209F\u20D0-\u218F\u2300-\u2BFF\u2C00-\u2DFF\u2E2F" \
  "\u3003-\u3007\u3021-\uD7FF\uE000-\uFDFF\uFE00-\uFE0F\uFE20-\uFE2F\uFE70-\uFEFE" \
  "\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFF66-\uFFEF\U00010000-\U0010FFFF"
#define MORE "[-.'\u00B7\u2019]?[" LETTER "]"
#define ENDS "(?!" MORE ")"
#define SIGN "[+\\-\u2212]"
#define CURRENCY "[\u20A0-\u20CF$\u00A3\u00A5]"
#define DIGITS "[0-9]+(?:\\.[0-9]+)?"
#define AMOUNT DIGITS "[kKmM]?"
#define DATE "[0-9]{4}-[0-9]{2}-[0-9]{2}"
#define TIME "[0-9]{1,2}:[0-9]{2}"
#define DURATION "(?:" DIGITS "(?:s|min|h|d|w|mo|y))+"
#define RANGE SIGN "?" DIGITS "\\.\\." SIGN "?" DIGITS
#define PERCENT SIGN "?" DIGITS "[ \\t]?%"
#define MONEY SIGN "?(?:" CURRENCY AMOUNT "|" AMOUNT CURRENCY ")|" SIGN AMOUNT "[A-Z]{3}|" AMOUNT "[A-Z]{3}" ENDS
#define NUMBER SIGN DIGITS "|" DIGITS ENDS
/* A name is what no other token is: `24h-support` is one, `24h` is none. */
#define NAME \
  "(?!" RANGE "|" PERCENT "|" TIME "|" AMOUNT CURRENCY "|(?:" DATE "|" DURATION "|" AMOUNT "[A-Z]{3}|" DIGITS ")" ENDS \
  ")((?>[" LETTER "](?:" MORE ")*))"
#define ARROW "->|\u2192"
#define OPERATOR ">=|<=|!=|[><=\u2265\u2264]"
#define STRAY ARROW "|[^\\s{}\",\u201C\u201E\u00AB" LETTER WIDER_SPACE "]"
#define LINE_ENDS "(?=[{}])|$"

/* ---- what is coloured how: each kind of name has its own scope, and the server's kinds are mapped to the same ---- */

static const char *const scopes[MEANING_COUNT + 1] = {
    [MEANING_KEYWORD] = "keyword.other.journey",          [MEANING_JOURNEY] = "entity.name.type.class.journey",
    [MEANING_STAGE] = "entity.name.namespace.journey",    [MEANING_STEP] = "entity.name.function.journey",
    [MEANING_CLIENT] = "entity.name.type.client.journey", [MEANING_TEAM] = "entity.name.type.interface.journey",
    [MEANING_SYSTEM] = "entity.name.type.struct.journey", [MEANING_EVIDENCE] = "variable.other.readwrite.journey",
    [MEANING_METRIC] = "variable.other.property.journey", [MEANING_FINDING] = "variable.other.event.journey",
    [MEANING_WORD] = "variable.other.enummember.journey", [MEANING_CHECK] = "entity.name.function.decorator.journey",
    [MEANING_TEXT] = "string.quoted.double.journey",      [MEANING_NUMBER] = "constant.numeric.journey",
    [MEANING_OPERATOR] = "keyword.operator.journey",      [MEANING_COMMENT] = "comment.line.double-slash.journey",
    [MEANING_COUNT] = "variable.other.journey", /* of more than one kind */
};

/* The rules for such a name directly behind a keyword. */
static const char *const name_rules[MEANING_COUNT + 1] = {
    [MEANING_JOURNEY] = "#journey",   [MEANING_STAGE] = "#stage",   [MEANING_STEP] = "#step",
    [MEANING_CLIENT] = "#client",     [MEANING_TEAM] = "#team",     [MEANING_SYSTEM] = "#system",
    [MEANING_EVIDENCE] = "#evidence", [MEANING_METRIC] = "#metric", [MEANING_FINDING] = "#finding",
    [MEANING_WORD] = "#word",         [MEANING_CHECK] = "#check",   [MEANING_COUNT] = "#any",
};

static bool both(bool (*holds)(Keyword), Keyword keyword, const char *word) {
  return holds(keyword) && strcmp(schema_row(keyword)->word, word) == 0;
}

static Meaning meaning_of(Keyword keyword, bool reference) {
  if (!reference) return semantics_meaning(keyword);
  const ValueRule *value = &schema_row(keyword)->values[0];
  Keyword target = value->type == V_EMOTION ? K_EMOTION : value->target;
  return target >= K_COUNT ? MEANING_COUNT : semantics_meaning(target);
}

/* What the name behind the word is; MEANING_COUNT where that depends. */
static Meaning meaning_of_word(const char *word, bool (*holds)(Keyword), bool reference) {
  Meaning meaning = MEANING_COUNT;
  bool first = true;
  for (int k = K_FILE + 1; k < K_COUNT; k++) {
    if (!both(holds, (Keyword)k, word)) continue;
    Meaning one = meaning_of((Keyword)k, reference);
    meaning = first || one == meaning ? one : MEANING_COUNT;
    first = false;
  }
  return meaning;
}

/* "(?:a|b)" of the words whose names mean this, but for those that refer where a name is declared; empty without any.
 */
static Buf words_meaning(bool (*holds)(Keyword), Meaning meaning, bool reference) {
  const char *words[K_COUNT], *others[K_COUNT];
  size_t count = words_that(holds, words), other_count = words_that(refers, others);
  bool inside = holds == declares_inside;
  Buf to = {0};
  for (size_t i = 0; i < count; i++) {
    if (inside && bsearch(&words[i], others, other_count, sizeof *others, by_word)) continue;
    if (meaning_of_word(words[i], holds, reference) == meaning) buf_printf(&to, "%s%s", to.len ? "|" : "(?:", words[i]);
  }
  if (to.len) buf_add_byte(&to, ')');
  return to;
}

/* ---- rules ---- */

static json_t *include(const char *what) { return json_pack("{s:s}", "include", what); }

static json_t *match(const char *expression, const char *name) {
  return json_pack("{s:s, s:s}", "match", expression, "name", name);
}

static json_t *named(const char *name) { return json_pack("{s:s}", "name", name); }

/* The first two groups of an expression; NULL: it is only read over. */
static json_t *captures(const char *first, const char *second) {
  json_t *to = json_object();
  if (first) json_object_set_new(to, "1", named(first));
  if (second) json_object_set_new(to, "2", named(second));
  return to;
}

/* A member of a file or block: it reaches to the end of its line, or to a brace. */
static json_t *member(const char *expression, json_t *groups, const char *rest) {
  return json_pack("{s:s, s:o, s:s, s:[o]}", "begin", expression, "beginCaptures", groups, "end", LINE_ENDS, "patterns",
                   include(rest));
}

static const char *expression(Buf *buf, const char *before, const char *words, const char *behind) {
  buf->len = 0;
  buf_printf(buf, "%s%s%s%c", before, words, behind, 0);
  return buf->at;
}

/* For each kind of name, the keywords that have it behind them. */
static void add_openings(json_t *to, bool (*holds)(Keyword), bool reference) {
  Buf text = {0};
  for (int meaning = 0; meaning <= MEANING_COUNT; meaning++) {
    Buf words = words_meaning(holds, (Meaning)meaning, reference);
    if (words.len) {
      buf_add_byte(&words, 0);
      expression(&text, "(", words.at, ENDS ")(?!" SPACES "(?:" ARROW "))");
      json_t *rule = member(text.at, captures(scopes[MEANING_KEYWORD], NULL), name_rules[meaning]);
      json_array_append_new(json_object_get(rule, "patterns"), include("#values"));
      json_array_append_new(to, rule);
    }
    buf_free(&words);
  }
  buf_free(&text);
}

/* Keywords that go on with a line, and the name behind them. */
static void add_continuations(json_t *to) {
  Buf text = {0};
  for (int meaning = 0; meaning <= MEANING_COUNT; meaning++) {
    Buf words = words_meaning(refers, (Meaning)meaning, true);
    if (words.len) {
      buf_add_byte(&words, 0);
      expression(&text, "(", words.at, ENDS ")" SPACES NAME);
      json_array_append_new(to, json_pack("{s:s, s:o}", "match", text.at, "captures",
                                          captures(scopes[MEANING_KEYWORD], scopes[meaning])));
    }
    buf_free(&words);
  }
  const char *words[K_COUNT];
  size_t count = words_that(is_property, words);
  Buf all = {0};
  for (size_t i = 0; i < count; i++) buf_printf(&all, "%s%s", i ? "|" : "(?:", words[i]);
  buf_add(&all, (Str){")" ENDS "\0", sizeof ")" ENDS});
  json_array_append_new(to, match(all.at, scopes[MEANING_KEYWORD]));
  buf_free(&all);
  buf_free(&text);
}

/* What may stand in a file, or in a block. */
static json_t *members(bool inside) {
  json_t *list = json_array(), *groups;
  json_array_append_new(list, include("#comment"));
  json_array_append_new(list, include("#block"));
  json_array_append_new(list, include("#arrow"));
  if (inside) add_openings(list, refers, true);
  add_openings(list, inside ? declares_inside : declares_at_top, false);
  groups = captures(scopes[MEANING_KEYWORD], NULL);
  json_array_append_new(list, member(NAME "(?:" SPACES NAME ")?", groups, "#values"));
  json_array_append_new(list, match("\\}", "punctuation.section.block.end.journey"));
  json_array_append_new(list, member("(?=[^\\s{}" WIDER_SPACE "])", json_object(), "#tail"));
  return json_pack("{s:o}", "patterns", list);
}

static json_t *block(void) {
  return json_pack("{s:s, s:{s:o}, s:s, s:{s:o}, s:[o]}", "begin", "\\{", "beginCaptures", "0",
                   named("punctuation.section.block.begin.journey"), "end", "\\}", "endCaptures", "0",
                   named("punctuation.section.block.end.journey"), "patterns", include("#inside"));
}

static json_t *arrow(void) {
  json_t *rule = member(NAME "(?=" SPACES "(?:" ARROW "))", captures(scopes[MEANING_STEP], NULL), "#leg");
  json_array_append_new(json_object_get(rule, "patterns"), include("#tail"));
  return rule;
}

/* One leg of an arrow; the next stands in it, so that none is found behind other values. */
static json_t *leg(void) {
  json_t *groups = captures(scopes[MEANING_OPERATOR], scopes[MEANING_STEP]);
  json_t *rule = member("\\G" SPACES "(" ARROW ")(?:" SPACES NAME ")?", groups, "#leg");
  json_array_append_new(json_object_get(rule, "patterns"), include("#tail"));
  return rule;
}

/* The values of a line, in which a name may be a keyword; in a statement, a list goes on behind a comma. */
static json_t *values(bool statement) {
  json_t *list = json_array();
  json_array_append_new(list, include("#comment"));
  json_array_append_new(list, include("#text"));
  json_array_append_new(list, include("#number"));
  json_array_append_new(list,
                        json_pack("{s:s, s:o}", "match", statement ? "(,)(?:" SPACES NAME ")?" : "(,)", "captures",
                                  captures("punctuation.separator.journey", statement ? scopes[MEANING_COUNT] : NULL)));
  json_array_append_new(list, json_pack("{s:s, s:o}", "match", "(" OPERATOR ")(?:" SPACES NAME ")?", "captures",
                                        captures(scopes[MEANING_OPERATOR], NULL)));
  json_array_append_new(list, json_pack("{s:s}", "match", "(?:" STRAY ")(?:" SPACES NAME ")?"));
  add_continuations(list);
  json_array_append_new(list, json_pack("{s:s}", "match", NAME));
  return json_pack("{s:o}", "patterns", list);
}

static json_t *comment(void) {
  return json_pack("{s:[o, o]}", "patterns", match("///(?!/).*", "comment.line.documentation.journey"),
                   match("//.*", scopes[MEANING_COMMENT]));
}

static json_t *number(void) {
  return json_pack("{s:[o, o, o, o, o]}", "patterns", match("#[0-9A-Fa-f]{3,8}", "constant.other.colour.journey"),
                   match(DATE ENDS, "constant.numeric.date.journey"), match(TIME, "constant.numeric.time.journey"),
                   match("(?:" RANGE "|" PERCENT "|" MONEY "|" DURATION ENDS ")", scopes[MEANING_NUMBER]),
                   match(NUMBER, scopes[MEANING_NUMBER]));
}

static json_t *quoted(const char *begin, const char *end, const char *name, bool escapes) {
  json_t *patterns = json_array();
  if (escapes) json_array_append_new(patterns, match("\\\\.", "constant.character.escape.journey"));
  return json_pack("{s:s, s:{s:o}, s:s, s:{s:o}, s:s, s:o}", "begin", begin, "beginCaptures", "0",
                   named("punctuation.definition.string.begin.journey"), "end", end, "endCaptures", "0",
                   named("punctuation.definition.string.end.journey"), "name", name, "patterns", patterns);
}

/* Where the quotes aren't closed, the text stops at a brace, so that the block is kept. */
static json_t *text(void) {
  const char *name = scopes[MEANING_TEXT];
  json_t *list = json_array();
  json_array_append_new(list, quoted("\"\"\"", "\"{3,5}", "string.quoted.triple.journey", true));
  json_array_append_new(list, quoted("\"(?=(?:[^\"\\\\]|\\\\.)*\")", "\"", name, true));
  json_array_append_new(list, quoted("\u201C(?=[^\u201D]*\u201D)", "\u201D", name, false));
  json_array_append_new(list, quoted("\u201E(?=[^\u201C\u201D]*[\u201C\u201D])", "[\u201C\u201D]", name, false));
  json_array_append_new(list, quoted("\u00AB(?=[^\u00BB]*\u00BB)", "\u00BB", name, false));
  json_array_append_new(list, match("\"(?:[^\"\\\\\\n{}]|\\\\[^\\n])*\\\\?", "string.unclosed.journey"));
  json_array_append_new(list, match("[\u201C\u201E\u00AB][^\u201C\u201D\u00BB\\n{}]*", "string.unclosed.journey"));
  return json_pack("{s:o}", "patterns", list);
}

static json_t *grammar(void) {
  json_t *repository = json_pack("{s:o, s:o, s:o, s:o, s:o}", "file", members(false), "inside", members(true), "block",
                                 block(), "arrow", arrow(), "leg", leg());
  json_object_set_new(repository, "values", values(true));
  json_object_set_new(repository, "tail", values(false));
  json_object_set_new(repository, "comment", comment());
  json_object_set_new(repository, "text", text());
  json_object_set_new(repository, "number", number());
  for (int meaning = 0; meaning <= MEANING_COUNT; meaning++)
    if (name_rules[meaning])
      json_object_set_new(
          repository, name_rules[meaning] + 1,
          json_pack("{s:s, s:o}", "match", "\\G" SPACES NAME, "captures", captures(scopes[meaning], NULL)));
  return json_pack("{s:s, s:s, s:s, s:[o], s:o}", "comment",
                   "Made from compiler/schema/schema.def by `test_textmate write`.", "name", "journey", "scopeName",
                   "source.journey", "patterns", include("#file"), "repository", repository);
}

/* ---- snippets ---- */

/* VS Code's own words for the day; the usual word where the server would offer those that are known. */
static void add_body(Buf *to, Str body) {
  Str stop = STR("${");
  while (body.len > 0) {
    const char *sign = str_starts(body, stop) ? memchr(body.at, '=', body.len) : NULL;
    const char *end = sign ? memchr(body.at, '}', body.len) : NULL;
    if (!end || sign > end) {
      buf_add_byte(to, body.at[0]);
      body = str_slice(body, 1, body.len);
      continue;
    }
    buf_add(to, str_slice(body, 0, (size_t)(sign - body.at)));
    if (end - sign == 6 && memcmp(sign, "=today", 6) == 0)
      buf_add(to, STR("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"));
    body = str_slice(body, (size_t)(end - body.at), body.len);
  }
}

static json_t *snippet_json(const Snippet *snippet) {
  Buf body = {0};
  add_body(&body, str_of(snippet->body));
  json_t *lines = json_array();
  for (Str rest = buf_str(&body); rest.len > 0;) {
    Str line = str_cut(&rest, '\n');
    json_array_append_new(lines, json_stringn(line.at, line.len));
  }
  buf_free(&body);
  return json_pack("{s:o, s:s}", "body", lines, "description", snippet->detail);
}

/* By "touchpoint: a step …". They have no prefix, for VS Code would show them beside what the server offers, which
 * knows more: src/snippets.ts offers them while there is none, and "Insert Snippet" always. Each once: `measure` is the
 * same in a stage and in a step. */
static json_t *snippets(void) {
  json_t *all = json_object();
  for (const Snippet *snippet = snippets_all(); snippet->keyword != K_NONE; snippet++) {
    Buf name = {0};
    buf_printf(&name, "%s: %s%c", schema_row(snippet->keyword)->word, snippet->detail, 0);
    if (!json_object_get(all, name.at)) json_object_set_new(all, name.at, snippet_json(snippet));
    buf_free(&name);
  }
  return all;
}

/* ---- the server's tokens, in themes that know none ---- */

static json_t *token_scopes(void) {
  json_t *all = json_object();
  for (int meaning = 0; meaning < MEANING_COUNT; meaning++)
    json_object_set_new(all, semantics_type((Meaning)meaning), json_pack("[s]", scopes[meaning]));
  return all;
}

static void check_token_scopes(void) {
  json_t *package = json_load_file(JOURNEY_ROOT "/editors/vscode/package.json", 0, NULL), *expected = token_scopes();
  const json_t *contributed = json_object_get(json_object_get(package, "contributes"), "semanticTokenScopes");
  const json_t *got = json_object_get(json_array_get(contributed, 0), "scopes");
  bool same = json_equal(got, expected);
  if (!same) {
    fprintf(stderr, "editors/vscode/package.json: contributes.semanticTokenScopes[0].scopes is to be\n");
    json_dumpf(expected, stderr, JSON_INDENT(2));
  }
  CHECK(same);
  json_decref(package);
  json_decref(expected);
}

/* ---- files ---- */

static void check_made(const char *path, json_t *content, bool write) {
  Arena *arena = arena_new();
  Str text = {0}, why = {0}, whole = arena_format(arena, JOURNEY_ROOT "/%s", path);
  char *made = json_dumps(content, JSON_INDENT(2) | JSON_ENSURE_ASCII);
  Buf expected = {0};
  buf_printf(&expected, "%s\n", made);
  if (write) CHECK(os_write_file(arena, whole.at, buf_str(&expected), &why));
  CHECK(os_read_file(arena, whole.at, 1 << 24, &text, &why));
  bool same = str_is(text, buf_str(&expected));
  if (!same) fprintf(stderr, "%s is out of date: run `test_textmate write`\n", path);
  CHECK(same);
  buf_free(&expected);
  free(made);
  json_decref(content);
  arena_free(arena);
}

int main(int count, char **words) {
  bool write = count > 1 && strcmp(words[1], "write") == 0;
  check_made("editors/vscode/syntaxes/journey.tmLanguage.json", grammar(), write);
  check_made("editors/vscode/snippets/journey.json", snippets(), write);
  check_token_scopes();
  return CHECK_DONE();
}
