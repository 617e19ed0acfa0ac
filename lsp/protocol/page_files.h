/* Pages for clients that can't show what a command prints: files in a folder of the user's own, where each is made
 * again whenever it is asked for. */
#ifndef JOURNEY_LSP_PROTOCOL_PAGE_FILES_H
#define JOURNEY_LSP_PROTOCOL_PAGE_FILES_H

#include "base/buf.h"

/* Writes the page; its path, or empty with `*why`. `of` tells the files of one name apart; `what` is the end of the
 * name, "plan.md". Pages that nobody has asked for in a month are taken away. */
Str page_file_write(Arena *arena, uint64_t of, Str journey, const char *what, Str content, Str *why);

#endif
