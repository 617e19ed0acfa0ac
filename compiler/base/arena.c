#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

typedef struct Chunk {
  struct Chunk *next;
  size_t used, size;
  alignas(max_align_t) char bytes[];
} Chunk;

typedef struct End {
  struct End *next;
  void (*end)(void *context);
  void *context;
} End;

struct Arena {
  Chunk *chunks;
  End *ends;    /* in its own memory */
  size_t usual; /* the size of the next chunk that is shared */
};

enum { CHUNK_FIRST = 1024, CHUNK_LARGEST = 1 << 20 };

static void out_of_memory(size_t size) {
  fprintf(stderr, "journey: out of memory (%zu more bytes were needed); nothing was changed\n", size);
  exit(MEM_EXIT);
}

void *mem_alloc(size_t size) {
  void *memory = malloc(size > 0 ? size : 1);
  if (!memory) out_of_memory(size);
  return memory;
}

void *mem_realloc(void *old, size_t size) {
  void *memory = realloc(old, size > 0 ? size : 1);
  if (!memory) out_of_memory(size);
  return memory;
}

Arena *arena_new(void) {
  Arena *arena = mem_alloc(sizeof *arena);
  *arena = (Arena){.usual = CHUNK_FIRST};
  return arena;
}

void arena_free(Arena *arena) {
  if (!arena) return;
  for (End *end = arena->ends; end; end = end->next) end->end(end->context);
  for (Chunk *chunk = arena->chunks, *next; chunk; chunk = next) {
    next = chunk->next;
    free(chunk);
  }
  free(arena);
}

/* A request larger than half a chunk gets one of its own, behind the one that is being filled. */
static Chunk *add_chunk(Arena *arena, size_t size) {
  bool own = size > arena->usual / 2;
  size_t bytes = own ? size : arena->usual;
  if (!own && arena->usual < CHUNK_LARGEST) arena->usual *= 2;
  Chunk *chunk = calloc(1, sizeof *chunk + bytes);
  if (!chunk) out_of_memory(bytes);
  chunk->size = bytes;
  if (own && arena->chunks) {
    chunk->next = arena->chunks->next;
    arena->chunks->next = chunk;
  } else {
    chunk->next = arena->chunks;
    arena->chunks = chunk;
  }
  return chunk;
}

/* Behind the chunk that is being filled, where there is one. */
void arena_take_over(Arena *arena, Arena *from) {
  Chunk **place = arena->chunks ? &arena->chunks->next : &arena->chunks;
  Chunk *rest = *place;
  *place = from->chunks;
  while (*place) place = &(*place)->next;
  *place = rest;
  End **last = &arena->ends;
  while (*last) last = &(*last)->next;
  *last = from->ends;
  free(from);
}

void *arena_alloc(Arena *arena, size_t size) {
  size_t step = alignof(max_align_t);
  size = (size + step - 1) / step * step;
  if (size == 0) size = step;
  Chunk *chunk = arena->chunks;
  if (!chunk || chunk->size - chunk->used < size) chunk = add_chunk(arena, size);
  void *memory = chunk->bytes + chunk->used;
  chunk->used += size;
  return memory;
}

void arena_at_end(Arena *arena, void (*end)(void *context), void *context) {
  End *added = ARENA_NEW(arena, End);
  *added = (End){arena->ends, end, context};
  arena->ends = added;
}

Str arena_copy(Arena *arena, Str s) {
  char *copy = arena_alloc(arena, s.len + 1);
  if (s.len > 0) memcpy(copy, s.at, s.len);
  return (Str){copy, s.len};
}

Str arena_format(Arena *arena, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Buf buf = {0};
  buf_vprintf(&buf, format, args);
  va_end(args);
  return buf_take(&buf, arena);
}
