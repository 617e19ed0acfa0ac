/* The syntax tree of one file. This room alone sees tree-sitter (with the formatter). Parsing never fails. */
#ifndef JOURNEY_SYNTAX_SYNTAX_H
#define JOURNEY_SYNTAX_SYNTAX_H

#include "source/source.h"

typedef enum {
  NODE_OTHER,
  NODE_STATEMENT,
  NODE_ARROW,
  NODE_BROKEN,
  NODE_BLOCK,
  NODE_UNMATCHED,
  NODE_ERROR,
  NODE_KEYWORD,
  NODE_NAME,
  NODE_STRING,
  NODE_UNCLOSED_STRING,
  NODE_TEXT_BLOCK,
  NODE_NUMBER,
  NODE_PERCENT,
  NODE_DURATION,
  NODE_MONEY,
  NODE_DATE,
  NODE_TIME,
  NODE_RANGE,
  NODE_COLOUR,
  NODE_OPERATOR,
  NODE_STRAY,
  NODE_COMMA,
  NODE_SIGN, /* -> */
  NODE_CLOSE,
  NODE_COMMENT,
  NODE_DOC_COMMENT,
} NodeKind;

typedef struct {
  NodeKind kind;
  bool missing; /* not in the text: the parser put it there to go on */
  Span span;
} Node;

typedef struct Syntax Syntax;

/* What is never closed would swallow the rest of the file. A text block that isn't becomes one line; a block, with
 * `mend_blocks`, gets its `}` where its lines show that it is over. See repair.h. */
Syntax *syntax_parse(Str text, bool mend_blocks);
/* Where two texts differ: the bytes `old` of one became the bytes `new` of the other; both start at the same byte, and
 * begin and end with whole characters. Empty where they are the same. */
typedef struct {
  Span old, new;
} SyntaxEdit;
SyntaxEdit syntax_edit(Str before, Str after);
/* The same tree, with blocks mended, of a text that is kept: what it has in common with `before`, the tree of
 * `before_text` that this function made, is not read again. NULL: there is none. Valid UTF-8 both; `edit` is their
 * syntax_edit. */
Syntax *syntax_parse_again(const Syntax *before, Str before_text, Str text, SyntaxEdit edit);
/* The places of each `{` that was closed so. */
size_t syntax_mended(const Syntax *syntax, const uint32_t **opens);
void syntax_free(Syntax *syntax);

/* Which library reads the language: "tree-sitter (language ABI 13 to 14)". */
const char *syntax_library(void);

/* A walk over the tree, from its root; `down` and `next` say whether there was such a node. */
void syntax_start(Syntax *syntax);
bool syntax_down(Syntax *syntax);
bool syntax_next(Syntax *syntax);
void syntax_up(Syntax *syntax);
Node syntax_node(const Syntax *syntax);
/* Whether the statements or arrows at which both walks stand are one and the same node, taken over from one tree into
 * the other: nothing in it or below it has changed but its place. */
bool syntax_is_same(const Syntax *a, const Syntax *b);

#endif
