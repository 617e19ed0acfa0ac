/* Addresses of files, as the protocol writes them, and their paths. */
#ifndef JOURNEY_LSP_TEXT_URI_H
#define JOURNEY_LSP_TEXT_URI_H

#include "base/buf.h"

/* The absolute path of `file:` addresses, percent signs undone: "/work/a b.journey". Anything else, such as
 * "untitled:Untitled-1", which is no file of the disk, gets a path that no file has: "/untitled:Untitled-1". */
Str uri_path(Arena *arena, Str uri);
/* Whether it is one of a file of the disk. */
bool uri_is_file(Str uri);
/* "file:///work/a%20b.journey". */
Str uri_of_path(Arena *arena, Str path);
/* Whether it begins with a scheme, and has no control characters and no spaces. */
bool uri_is_valid(Str uri);

#endif
