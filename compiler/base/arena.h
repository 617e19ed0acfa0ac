/* Memory policy: a Unit, a Project and a command each own one arena; whatever they hand out lives as long as it does.
 * Out of memory ends the process with a message: nothing is half-written, since files are renamed into place. */
#ifndef JOURNEY_BASE_ARENA_H
#define JOURNEY_BASE_ARENA_H

#include "base/str.h"

typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *arena); /* NULL is fine */
/* All that `from` handed out lives as long as `arena` from now on; `from` itself is freed. */
void arena_take_over(Arena *arena, Arena *from);
/* Calls `end` when the arena is freed, before its memory goes: for what holds memory of its own. The last one first. */
void arena_at_end(Arena *arena, void (*end)(void *context), void *context);
/* `size` bytes of zeros, aligned for any type. Never NULL. */
void *arena_alloc(Arena *arena, size_t size);
/* A copy, with a NUL behind it that is not counted. */
Str arena_copy(Arena *arena, Str s);
Str arena_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(arena, T) ((T *)arena_alloc((arena), sizeof(T)))
#define ARENA_ARRAY(arena, T, n) ((T *)arena_alloc((arena), sizeof(T) * (n)))

#define MEM_EXIT 2 /* the exit code when memory is out */
/* malloc, realloc and calloc that end the process when memory is out; for what grows (see base/buf.h, base/vec.h). */
void *mem_alloc(size_t size);
void *mem_realloc(void *old, size_t size);

#endif
