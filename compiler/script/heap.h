/* Memory for Lua: many small blocks that come and go, and end all at once. A block is taken from the front of a chunk,
 * or from those of its size that were given back; large ones are malloc's. */
#ifndef JOURNEY_SCRIPT_HEAP_H
#define JOURNEY_SCRIPT_HEAP_H

#include <stdbool.h>
#include <stddef.h>

enum { HEAP_STEP = 16, HEAP_SIZES = 64 }; /* blocks of up to 1 KiB are the heap's own */

typedef struct HeapBlock HeapBlock;
typedef struct {
  HeapBlock *free[HEAP_SIZES + 1]; /* by size, in steps */
  HeapBlock *chunks, *large;
  char *at, *end; /* of the chunk that is being filled */
  size_t held;    /* bytes that it has of the system */
} Heap;

/* As realloc of a block of `old_size` bytes (0: none), for `size` > 0. NULL where memory is out, or the heap would hold
 * more than `most` bytes. */
void *heap_resize(Heap *heap, void *old, size_t old_size, size_t size, size_t most);
void heap_give(Heap *heap, void *block, size_t size);
/* All blocks are gone. */
void heap_free(Heap *heap);

#endif
