/* The documentation beside the program: what links in messages lead to. */
#ifndef JOURNEY_LSP_FEATURE_PAGES_H
#define JOURNEY_LSP_FEATURE_PAGES_H

#include "base/buf.h"

/* The address of a page of docs/, such as "language.md", where it was installed with the program or lies in the folder
 * that the program was built in; empty where it is in neither. */
Str page_uri(Arena *arena, Str page);
/* The page of a diagnostic's code. */
Str page_of_code(Arena *arena, Str code);

#endif
