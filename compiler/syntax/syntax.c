#include "syntax/syntax.h"

#include <pthread.h>
#include <stdlib.h>
#include <tree_sitter/api.h>

#include "syntax/pool.h"
#include "syntax/repair.h"

const TSLanguage *tree_sitter_journey(void);

enum { MOST_SYMBOLS = 256, POOL_BYTES_PER_BYTE = 12 /* a tree of usual text fits in the pool's first piece */ };

struct Syntax {
  Pool *pool; /* holds the tree; NULL: it can be taken over into the next one */
  TSTree *tree;
  TSTree *unmended; /* of one that can be taken over: of the text as it is */
  TSTreeCursor cursor;
  Opens opens;
};

static const struct {
  const char *name;
  NodeKind kind;
} names[] = {
    {"statement", NODE_STATEMENT},
    {"arrow", NODE_ARROW},
    {"broken", NODE_BROKEN},
    {"block", NODE_BLOCK},
    {"unmatched", NODE_UNMATCHED},
    {"keyword", NODE_KEYWORD},
    {"name", NODE_NAME},
    {"string", NODE_STRING},
    {"unclosed_string", NODE_UNCLOSED_STRING},
    {"text_block", NODE_TEXT_BLOCK},
    {"number", NODE_NUMBER},
    {"percent", NODE_PERCENT},
    {"duration", NODE_DURATION},
    {"money", NODE_MONEY},
    {"date", NODE_DATE},
    {"time", NODE_TIME},
    {"range", NODE_RANGE},
    {"colour", NODE_COLOUR},
    {"operator", NODE_OPERATOR},
    {"stray", NODE_STRAY},
    {",", NODE_COMMA},
    {"->", NODE_SIGN},
    {"}", NODE_CLOSE},
    {"comment", NODE_COMMENT},
    {"doc_comment", NODE_DOC_COMMENT},
};

/* NodeKind of each symbol of the grammar; made at the first use, never changed after. */
static uint8_t kinds[MOST_SYMBOLS];

static void learn_symbols(void) {
  const TSLanguage *language = tree_sitter_journey();
  uint32_t count = ts_language_symbol_count(language);
  for (uint32_t symbol = 0; symbol < count && symbol < MOST_SYMBOLS; symbol++) {
    const char *name = ts_language_symbol_name(language, (TSSymbol)symbol);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
      if (strcmp(name, names[i].name) == 0) kinds[symbol] = (uint8_t)names[i].kind;
  }
}

static TSTree *parse(const TSTree *old, Str text) {
  TSParser *parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_journey());
  TSTree *tree = ts_parser_parse_string(parser, old, text.at, (uint32_t)text.len);
  ts_parser_delete(parser);
  return tree;
}

/* ---- what two texts have in common ---- */

static size_t common_start(Str a, Str b) {
  size_t most = a.len < b.len ? a.len : b.len, at = 0;
  while (at + 256 <= most && memcmp(a.at + at, b.at + at, 256) == 0) at += 256;
  while (at < most && a.at[at] == b.at[at]) at++;
  return at;
}

static size_t common_end(Str a, Str b, size_t start) {
  size_t most = (a.len < b.len ? a.len : b.len) - start, end = 0;
  while (end + 256 <= most && memcmp(a.at + a.len - end - 256, b.at + b.len - end - 256, 256) == 0) end += 256;
  while (end < most && a.at[a.len - end - 1] == b.at[b.len - end - 1]) end++;
  return end;
}

static bool is_inside(Str text, size_t at) { return at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80; }

SyntaxEdit syntax_edit(Str before, Str after) {
  size_t start = common_start(before, after);
  if (start == before.len && start == after.len) return (SyntaxEdit){0};
  while (start > 0 && (is_inside(before, start) || is_inside(after, start))) start--;
  size_t end = common_end(before, after, start);
  while (end > 0 && is_inside(after, after.len - end)) end--;
  return (SyntaxEdit){{(uint32_t)start, (uint32_t)(before.len - end)}, {(uint32_t)start, (uint32_t)(after.len - end)}};
}

/* ---- a tree that is taken over ---- */

/* As tree-sitter counts them: only LF ends a line. */
static TSPoint point_behind(TSPoint point, Str text) {
  uint32_t rows = 0;
  for (size_t i = 0; i < text.len; i++) rows += text.at[i] == '\n';
  point.row += rows;
  if (rows == 0) point.column += (uint32_t)text.len;
  else point.column = (uint32_t)(text.len - 1 - (size_t)((const char *)memrchr(text.at, '\n', text.len) - text.at));
  return point;
}

static void edit_tree(TSTree *tree, Str before, Str after, SyntaxEdit edit) {
  TSInputEdit change = {.start_byte = edit.old.start, .old_end_byte = edit.old.end, .new_end_byte = edit.new.end};
  change.start_point = point_behind((TSPoint){0, 0}, str_slice(before, 0, edit.old.start));
  change.old_end_point = point_behind(change.start_point, str_slice(before, edit.old.start, edit.old.end));
  change.new_end_point = point_behind(change.start_point, str_slice(after, edit.new.start, edit.new.end));
  ts_tree_edit(tree, &change);
}

/* `old`, of `before`, stays as it is. A byte order mark is read in a way of its own, and only in front of all else. */
static TSTree *parse_edited(const TSTree *old, Str before, Str text, SyntaxEdit edit) {
  static const Str mark = STR("\xEF\xBB\xBF");
  if (str_starts(before, mark) != str_starts(text, mark)) return parse(NULL, text);
  TSTree *edited = ts_tree_copy(old);
  if (edit.old.end > edit.old.start || edit.new.end > edit.new.start) edit_tree(edited, before, text, edit);
  TSTree *tree = parse(edited, text);
  ts_tree_delete(edited);
  return tree;
}

/* The same length: what was mended stands byte for byte in its place. */
static TSTree *parse_mended(const TSTree *old, Str before, Str text) {
  enum { NEAR = 64 }; /* differences that are as good as one */
  TSTree *edited = ts_tree_copy(old);
  for (size_t at = 0;
       (at += common_start(str_slice(before, at, before.len), str_slice(text, at, text.len))) < text.len;) {
    size_t end = at + 1;
    for (size_t i = end; i < text.len && i < end + NEAR; i++)
      if (before.at[i] != text.at[i]) end = i + 1;
    edit_tree(edited, before, text, (SyntaxEdit){{(uint32_t)at, (uint32_t)end}, {(uint32_t)at, (uint32_t)end}});
    at = end;
  }
  TSTree *tree = parse(edited, text);
  ts_tree_delete(edited);
  return tree;
}

/* ---- files that lack something ---- */

/* Mending one thing may bring the next to light: a text block, then a block. Blocks are mended where `opens` is given.
 * The tree is the first one itself where there is nothing to mend. `again`: what they have in common isn't read again.
 */
static TSTree *mended(TSTree *first, Str text, Opens *opens, bool again) {
  enum { MOST_REPAIRS = 3 };
  TSTree *tree = first;
  char *repaired = NULL;
  for (int i = 0; i < MOST_REPAIRS; i++) {
    char *next = repair_text(tree, text, opens);
    if (!next) break;
    Str mended_text = {next, text.len};
    TSTree *better = again ? parse_mended(tree, text, mended_text) : parse(NULL, mended_text);
    if (again && tree != first) ts_tree_delete(tree);
    free(repaired);
    repaired = next;
    text = mended_text;
    tree = better;
  }
  free(repaired);
  return tree;
}

static Syntax *new_syntax(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, learn_symbols);
  pool_install();
  Syntax *syntax = mem_alloc(sizeof *syntax);
  memset(syntax, 0, sizeof *syntax);
  return syntax;
}

Syntax *syntax_parse(Str text, bool mend_blocks) {
  Syntax *syntax = new_syntax();
  syntax->pool = pool_open(text.len * POOL_BYTES_PER_BYTE);
  syntax->tree = mended(parse(NULL, text), text, mend_blocks ? &syntax->opens : NULL, false);
  pool_close(syntax->pool);
  syntax->cursor = ts_tree_cursor_new(ts_tree_root_node(syntax->tree));
  return syntax;
}

Syntax *syntax_parse_again(const Syntax *before, Str before_text, Str text, SyntaxEdit edit) {
  Syntax *syntax = new_syntax();
  syntax->unmended = before ? parse_edited(before->unmended, before_text, text, edit) : parse(NULL, text);
  syntax->tree = mended(syntax->unmended, text, &syntax->opens, true);
  syntax->cursor = ts_tree_cursor_new(ts_tree_root_node(syntax->tree));
  return syntax;
}

void syntax_free(Syntax *syntax) {
  if (!syntax) return;
  ts_tree_cursor_delete(&syntax->cursor);
  if (syntax->unmended != syntax->tree) ts_tree_delete(syntax->unmended);
  if (!syntax->pool) ts_tree_delete(syntax->tree);
  pool_free(syntax->pool);
  vec_free(&syntax->opens);
  free(syntax);
}

#define TEXT_OF(number) #number
#define ABI_RANGE(least, most) "tree-sitter (language ABI " TEXT_OF(least) " to " TEXT_OF(most) ")"
const char *syntax_library(void) {
  return ABI_RANGE(TREE_SITTER_MIN_COMPATIBLE_LANGUAGE_VERSION, TREE_SITTER_LANGUAGE_VERSION);
}

size_t syntax_mended(const Syntax *syntax, const uint32_t **opens) {
  *opens = syntax->opens.at;
  return syntax->opens.len;
}

void syntax_start(Syntax *syntax) { ts_tree_cursor_reset(&syntax->cursor, ts_tree_root_node(syntax->tree)); }
bool syntax_down(Syntax *syntax) { return ts_tree_cursor_goto_first_child(&syntax->cursor); }
bool syntax_next(Syntax *syntax) { return ts_tree_cursor_goto_next_sibling(&syntax->cursor); }
void syntax_up(Syntax *syntax) { ts_tree_cursor_goto_parent(&syntax->cursor); }

Node syntax_node(const Syntax *syntax) {
  TSNode node = ts_tree_cursor_current_node(&syntax->cursor);
  TSSymbol symbol = ts_node_symbol(node);
  Node out = {.span = {ts_node_start_byte(node), ts_node_end_byte(node)}};
  out.kind = symbol == (TSSymbol)-1 ? NODE_ERROR : symbol < MOST_SYMBOLS ? (NodeKind)kinds[symbol] : NODE_OTHER;
  if (out.span.start == out.span.end) out.missing = ts_node_is_missing(node);
  return out;
}

/* A node's id is the place that its parent has for it: that of the first child tells which parent it is. */
bool syntax_is_same(const Syntax *a, const Syntax *b) {
  TSNode in_a = ts_node_child(ts_tree_cursor_current_node(&a->cursor), 0);
  TSNode in_b = ts_node_child(ts_tree_cursor_current_node(&b->cursor), 0);
  return in_a.id && in_a.id == in_b.id;
}
