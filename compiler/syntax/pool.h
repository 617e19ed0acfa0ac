/* The memory of one syntax tree. While a pool is open, all that tree-sitter asks for on this thread comes from it,
 * piece after piece, and goes back with the pool as a whole: a tree of a million nodes is not taken apart again. */
#ifndef JOURNEY_SYNTAX_POOL_H
#define JOURNEY_SYNTAX_POOL_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Pool Pool;

/* So that tree-sitter asks here for memory; before anything of it is used. With no pool open, it comes from the heap.
 */
void pool_install(void);
/* Opens it on this thread, on which no other may be open. `expected`: bytes that it will probably hold. */
Pool *pool_open(size_t expected);
/* What was taken from it stays. */
void pool_close(Pool *pool);
/* With all that was taken from it. */
void pool_free(Pool *pool);

#endif
