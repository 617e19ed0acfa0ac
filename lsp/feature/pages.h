/* The documentation beside the program: what links in messages lead to. */
#ifndef JOURNEY_LSP_FEATURE_PAGES_H
#define JOURNEY_LSP_FEATURE_PAGES_H

#include "schema/schema.h"

/* The address of a page of docs/, such as "language.md", where it was installed with the program or lies in the folder
 * that the program was built in; empty where it is in neither. */
Str page_uri(Arena *arena, Str page);
/* The page of a diagnostic's code. */
Str page_of_code(Arena *arena, Str code);

typedef struct {
  Str uri;         /* empty: there is no such page */
  uint32_t line;   /* of a heading, from 0 */
  uint32_t length; /* of that line, in ASCII */
} Page;

/* The keyword's part of the page of the language. */
Page page_of_keyword(Arena *arena, Keyword keyword);

#endif
