/* What `journey VERB --help` says, in a terminal that may be narrow. */
#ifndef JOURNEY_WRITE_TERMINAL_HELP_H
#define JOURNEY_WRITE_TERMINAL_HELP_H

#include "base/buf.h"

/* Adds `text`, lines of which are paragraphs (at the left edge), or what is typed with its meaning behind two spaces or
 * more. Lines that are longer than `width` columns wrap at words, meanings below each other; paragraphs flow anew. What
 * is typed stays whole. A width of 0 is no terminal: nothing is changed. */
void terminal_write_help(Str text, int width, Buf *to);

#endif
