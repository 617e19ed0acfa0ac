/* A text as a client of a language server has it: edited by the protocol's rules, in the plainest way that can be
 * thought of, to hold a server's own text against. */
#ifndef JOURNEY_FUZZ_LSP_MODEL_H
#define JOURNEY_FUZZ_LSP_MODEL_H

#include "base/buf.h"

typedef enum { MODEL_UTF8, MODEL_UTF16, MODEL_UTF32 } ModelEncoding;

typedef struct {
  uint32_t line, character;
} ModelPlace;

/* Behind a line's end is its end, inside a character its beginning, below the last line the end of the text. */
size_t model_offset(Str text, ModelEncoding encoding, ModelPlace place);
/* The ends may be in the wrong order. */
void model_edit(Buf *text, ModelEncoding encoding, ModelPlace from, ModelPlace to, Str insert);
/* How many lines there are; how many units one has without its end. */
uint32_t model_lines(Str text);
uint32_t model_width(Str text, ModelEncoding encoding, uint32_t line);
/* The text as JSON, with its quotes. */
void model_write(Str text, Buf *to);

#endif
