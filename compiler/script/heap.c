#include "script/heap.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK = 256 << 10, SMALL = HEAP_STEP * HEAP_SIZES };

/* In front of a chunk and of a large block; a small block that was given back begins with `next` alone. */
struct HeapBlock {
  HeapBlock *next, *before;
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const bool is_divided = false; /* a sanitizer is to see each block */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
static const bool is_divided = false;
#else
static const bool is_divided = true;
#endif
#else
static const bool is_divided = true;
#endif

static size_t steps_of(size_t size) { return (size + HEAP_STEP - 1) / HEAP_STEP; }

static bool is_small(size_t size) { return is_divided && size <= SMALL; }

static void *take_small(Heap *heap, size_t size, size_t most) {
  size_t steps = steps_of(size), bytes = steps * HEAP_STEP;
  HeapBlock *block = heap->free[steps];
  if (block) {
    heap->free[steps] = block->next;
    return block;
  }
  if ((size_t)(heap->end - heap->at) < bytes) { /* what is left of the chunk is lost: less than a hundredth */
    HeapBlock *chunk = heap->held + CHUNK <= most ? malloc(CHUNK) : NULL;
    if (!chunk) return NULL;
    chunk->next = heap->chunks;
    heap->chunks = chunk;
    heap->held += CHUNK;
    heap->at = (char *)chunk + sizeof *chunk;
    heap->end = (char *)chunk + CHUNK;
  }
  void *taken = heap->at;
  heap->at += bytes;
  return taken;
}

static void link_large(Heap *heap, HeapBlock *block) {
  block->next = heap->large;
  block->before = NULL;
  if (block->next) block->next->before = block;
  heap->large = block;
}

static void unlink_large(Heap *heap, HeapBlock *block) {
  if (block->next) block->next->before = block->before;
  if (block->before) block->before->next = block->next;
  else heap->large = block->next;
}

/* `old` may be NULL. On failure the old one stays. */
static void *resize_large(Heap *heap, void *old, size_t old_size, size_t size, size_t most) {
  if (size > old_size && heap->held + (size - old_size) > most) return NULL;
  HeapBlock *block = old ? (HeapBlock *)old - 1 : NULL;
  if (block) unlink_large(heap, block);
  HeapBlock *new = realloc(block, sizeof *new + size);
  if (!new) {
    if (block) link_large(heap, block);
    return NULL;
  }
  heap->held += size - (old ? old_size : 0);
  link_large(heap, new);
  return new + 1;
}

void *heap_resize(Heap *heap, void *old, size_t old_size, size_t size, size_t most) {
  if (!old) old_size = 0;
  if (old && is_small(old_size) && is_small(size) && steps_of(old_size) == steps_of(size)) return old;
  if (!is_small(size) && (!old || !is_small(old_size))) return resize_large(heap, old, old_size, size, most);
  void *new = is_small(size) ? take_small(heap, size, most) : resize_large(heap, NULL, 0, size, most);
  if (!new || !old) return new;
  memcpy(new, old, old_size < size ? old_size : size);
  heap_give(heap, old, old_size);
  return new;
}

void heap_give(Heap *heap, void *given, size_t size) {
  HeapBlock *block = given;
  if (!block) return;
  if (is_small(size)) {
    block->next = heap->free[steps_of(size)];
    heap->free[steps_of(size)] = block;
    return;
  }
  unlink_large(heap, block - 1);
  free(block - 1);
  heap->held -= size;
}

static void free_list(HeapBlock *list) {
  for (HeapBlock *next; list; list = next) {
    next = list->next;
    free(list);
  }
}

void heap_free(Heap *heap) {
  free_list(heap->chunks);
  free_list(heap->large);
  *heap = (Heap){0};
}
