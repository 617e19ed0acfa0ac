#include "syntax/syntax.h"

#include <stdlib.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_journey(void);

enum { MOST_SYMBOLS = 256 };

struct Syntax {
  TSTree *tree;
  TSTreeCursor cursor;
  uint8_t kinds[MOST_SYMBOLS]; /* NodeKind of each symbol of the grammar */
};

static const struct {
  const char *name;
  NodeKind kind;
} names[] = {
  {"statement", NODE_STATEMENT}, {"arrow", NODE_ARROW},         {"broken", NODE_BROKEN},
  {"block", NODE_BLOCK},         {"unmatched", NODE_UNMATCHED}, {"keyword", NODE_KEYWORD},
  {"name", NODE_NAME},           {"string", NODE_STRING},       {"unclosed_string", NODE_UNCLOSED_STRING},
  {"text_block", NODE_TEXT_BLOCK}, {"number", NODE_NUMBER},     {"percent", NODE_PERCENT},
  {"duration", NODE_DURATION},   {"money", NODE_MONEY},         {"date", NODE_DATE},
  {"range", NODE_RANGE},         {"colour", NODE_COLOUR},       {"operator", NODE_OPERATOR},
  {"stray", NODE_STRAY},         {",", NODE_COMMA},             {"->", NODE_SIGN},
  {"}", NODE_CLOSE},             {"comment", NODE_COMMENT},     {"doc_comment", NODE_DOC_COMMENT},
};

static void learn_symbols(Syntax *syntax) {
  const TSLanguage *language = tree_sitter_journey();
  uint32_t count = ts_language_symbol_count(language);
  for (uint32_t symbol = 0; symbol < count && symbol < MOST_SYMBOLS; symbol++) {
    const char *name = ts_language_symbol_name(language, (TSSymbol)symbol);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
      if (strcmp(name, names[i].name) == 0) syntax->kinds[symbol] = (uint8_t)names[i].kind;
  }
}

static TSTree *parse(Str text) {
  TSParser *parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_journey());
  TSTree *tree = ts_parser_parse_string(parser, NULL, text.at, (uint32_t)text.len);
  ts_parser_delete(parser);
  return tree;
}

static bool is_open(TSNode text_block) {
  return ts_node_is_missing(ts_node_child(text_block, ts_node_child_count(text_block) - 1));
}

/* Where a text block starts that goes on to the end of the file, or UINT32_MAX. */
static uint32_t unclosed_text_block(const TSTree *tree, Str text) {
  uint32_t last = (uint32_t)text.len;
  while (last > 0 && strchr(" \t\r\n", text.at[last - 1])) last--;
  if (last == 0) return UINT32_MAX;
  TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree)); /* from above: ts_node_parent starts at the root each time */
  TSNode node;
  do node = ts_tree_cursor_current_node(&cursor);
  while (strcmp(ts_node_type(node), "text_block") != 0 && ts_tree_cursor_goto_first_child_for_byte(&cursor, last - 1) >= 0);
  ts_tree_cursor_delete(&cursor);
  bool block = strcmp(ts_node_type(node), "text_block") == 0;
  bool last_of_all = strcmp(ts_node_type(node), "\"\"\"") == 0; /* then it stands in an error, not in a text block */
  return last_of_all || (block && is_open(node)) ? ts_node_start_byte(node) : UINT32_MAX;
}

static TSTree *parse_repaired(Str text) {
  TSTree *tree = parse(text);
  uint32_t start = unclosed_text_block(tree, text);
  if (start == UINT32_MAX) return tree;
  char *repaired = mem_alloc(text.len);
  memcpy(repaired, text.at, text.len);
  repaired[start] = repaired[start + 1] = ' ';
  ts_tree_delete(tree);
  tree = parse((Str){repaired, text.len});
  free(repaired);
  return tree;
}

Syntax *syntax_parse(Str text) {
  Syntax *syntax = mem_alloc(sizeof *syntax);
  memset(syntax, 0, sizeof *syntax);
  learn_symbols(syntax);
  syntax->tree = parse_repaired(text);
  syntax->cursor = ts_tree_cursor_new(ts_tree_root_node(syntax->tree));
  return syntax;
}

void syntax_free(Syntax *syntax) {
  if (!syntax) return;
  ts_tree_cursor_delete(&syntax->cursor);
  ts_tree_delete(syntax->tree);
  free(syntax);
}

#define TEXT_OF(number) #number
#define ABI_RANGE(least, most) "tree-sitter (language ABI " TEXT_OF(least) " to " TEXT_OF(most) ")"
const char *syntax_library(void) { return ABI_RANGE(TREE_SITTER_MIN_COMPATIBLE_LANGUAGE_VERSION, TREE_SITTER_LANGUAGE_VERSION); }

void syntax_start(Syntax *syntax) { ts_tree_cursor_reset(&syntax->cursor, ts_tree_root_node(syntax->tree)); }
bool syntax_down(Syntax *syntax) { return ts_tree_cursor_goto_first_child(&syntax->cursor); }
bool syntax_next(Syntax *syntax) { return ts_tree_cursor_goto_next_sibling(&syntax->cursor); }
void syntax_up(Syntax *syntax) { ts_tree_cursor_goto_parent(&syntax->cursor); }

Node syntax_node(const Syntax *syntax) {
  TSNode node = ts_tree_cursor_current_node(&syntax->cursor);
  TSSymbol symbol = ts_node_symbol(node);
  Node out = {.span = {ts_node_start_byte(node), ts_node_end_byte(node)}};
  out.kind = symbol == (TSSymbol)-1 ? NODE_ERROR : symbol < MOST_SYMBOLS ? (NodeKind)syntax->kinds[symbol] : NODE_OTHER;
  if (out.span.start == out.span.end) out.missing = ts_node_is_missing(node);
  return out;
}
