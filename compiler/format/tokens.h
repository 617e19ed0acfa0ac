/* The leaves of the syntax tree, in order, with all that the layout needs to know of the tree. */
#ifndef JOURNEY_FORMAT_TOKENS_H
#define JOURNEY_FORMAT_TOKENS_H

#include "base/vec.h"
#include "syntax/syntax.h"

typedef struct {
  Span span;
  uint32_t match;   /* of a `{`: its `}`, or 0 */
  uint8_t kind;     /* NodeKind; NODE_BLOCK is a `{` */
  uint8_t depth;    /* blocks around it; a `{` and its `}` stand outside of theirs */
  uint8_t newlines; /* in front of it: 0, 1, or 2 for a blank line */
  bool starts : 1;  /* begins a statement, an arrow or a broken line */
  bool kept : 1;    /* its whole line stays as it is, byte for byte */
} Token;

typedef struct {
  Str text; /* without a byte order mark in front */
  VEC(Token) list;
  uint64_t shape; /* a hash of the tree's nodes */
  size_t mended;  /* blocks that were closed by mending */
  bool any_kept;
} Tokens;

/* The text must be valid UTF-8 without NUL, and outlive the tokens. With `mend_blocks`, blocks that are never closed
 * are closed where lowering does it: see syntax.h. */
Tokens tokens_read(Str text, bool mend_blocks);
/* Of a tree that somebody has already; `text` is what it was made of. */
Tokens tokens_of(Syntax *syntax, Str text);
void tokens_free(Tokens *tokens);
static inline Str token_text(const Tokens *tokens, const Token *token) {
  return str_slice(tokens->text, token->span.start, token->span.end);
}
/* The token behind the last one of the line that begins with `first`. */
size_t tokens_line_end(const Tokens *tokens, size_t first);
/* Whether both are read as the same file: the same tree, and the same leaves once they are spelled the same way. */
bool tokens_same(const Tokens *a, const Tokens *b);

#endif
