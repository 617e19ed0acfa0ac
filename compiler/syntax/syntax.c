#include "syntax/syntax.h"

#include <pthread.h>
#include <stdlib.h>
#include <tree_sitter/api.h>

#include "syntax/pool.h"
#include "syntax/repair.h"

const TSLanguage *tree_sitter_journey(void);

enum { MOST_SYMBOLS = 256, POOL_BYTES_PER_BYTE = 12 /* a tree of usual text fits in the pool's first piece */ };

struct Syntax {
  Pool *pool; /* holds the tree */
  TSTree *tree;
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

static TSTree *parse(Str text) {
  TSParser *parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_journey());
  TSTree *tree = ts_parser_parse_string(parser, NULL, text.at, (uint32_t)text.len);
  ts_parser_delete(parser);
  return tree;
}

/* Mending one thing may bring the next to light: a text block, then a block. Blocks are mended where `opens` is given.
 */
static TSTree *parse_repaired(Str text, Opens *opens) {
  enum { MOST_REPAIRS = 3 };
  TSTree *tree = parse(text);
  char *repaired = NULL;
  for (int i = 0; i < MOST_REPAIRS; i++) {
    char *next = repair_text(tree, text, opens);
    if (!next) break;
    free(repaired);
    repaired = next;
    text.at = repaired;
    tree = parse(text);
  }
  free(repaired);
  return tree;
}

Syntax *syntax_parse(Str text, bool mend_blocks) {
  Syntax *syntax = mem_alloc(sizeof *syntax);
  memset(syntax, 0, sizeof *syntax);
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, learn_symbols);
  syntax->pool = pool_open(text.len * POOL_BYTES_PER_BYTE);
  syntax->tree = parse_repaired(text, mend_blocks ? &syntax->opens : NULL);
  pool_close(syntax->pool);
  syntax->cursor = ts_tree_cursor_new(ts_tree_root_node(syntax->tree));
  return syntax;
}

void syntax_free(Syntax *syntax) {
  if (!syntax) return;
  ts_tree_cursor_delete(&syntax->cursor);
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
