/* A few lines for people, written twice at once: in Markdown, and plain. */
#ifndef JOURNEY_LSP_FEATURE_PROSE_H
#define JOURNEY_LSP_FEATURE_PROSE_H

#include "base/buf.h"

typedef struct {
  Arena *arena;
  Buf markdown, plain; /* freed with the arena */
  bool in_lines;       /* the last thing was a line */
} Prose;

Prose *prose_new(Arena *arena);
/* "**Title** rest" as a paragraph. Texts are taken as they are: signs of Markdown in them are shown, not meant. */
void prose_heading(Prose *prose, Str title, Str rest);
/* A paragraph, in Markdown already: of a comment or a `note`. Its tags are shown, not meant. */
void prose_text(Prose *prose, Str text);
/* "label: value", close to the line before; without a label only the value. Nothing where the value is empty. */
void prose_line(Prose *prose, const char *label, Str value);
/* Lines that stay as they are, in letters of one width. */
void prose_code(Prose *prose, const char *language, Str text);
/* Only in Markdown: nobody can follow it in plain text. Nothing where the address is empty. */
void prose_link(Prose *prose, const char *words, Str uri);
static inline bool prose_is_empty(const Prose *prose) { return prose->markdown.len == 0; }

#endif
