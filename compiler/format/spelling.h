/* How a leaf is written in the one style. */
#ifndef JOURNEY_FORMAT_SPELLING_H
#define JOURNEY_FORMAT_SPELLING_H

#include "base/buf.h"
#include "format/tokens.h"

/* Adds the token. The lines of a text block stand two columns right of `indent`, where that cannot change the text. */
void spell(Buf *to, const Tokens *tokens, const Token *token, unsigned indent, Str line_end);
/* How many columns it takes on one line, or LONG_TEXT for a text block of several lines. */
unsigned spelled_columns(const Tokens *tokens, const Token *token);
enum { LONG_TEXT = 1u << 20 };
/* Columns of a terminal: accents take none, East Asian letters two. */
unsigned columns_of(Str text);

#endif
