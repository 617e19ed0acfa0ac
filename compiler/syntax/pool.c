#include "syntax/pool.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

#include "base/arena.h"

enum { SMALLEST_PIECE = 256 << 10, LARGEST_PIECE = 32 << 20, LARGEST_SPARE = 1 << 20, ALIGNMENT = 8 };

typedef struct Piece {
  struct Piece *before;
  char *end;
  _Alignas(16) char bytes[];
} Piece;

struct Pool {
  Piece *piece;      /* the one that is being filled, in front of those that are full */
  char *next, *last; /* the next free byte; what was handed out last, which may still grow */
  size_t next_size;
};

static _Thread_local Pool *open_pool;
static pthread_key_t spare; /* a piece that the thread keeps for its next pool, so that a file costs no new pages */

static Piece *new_piece(size_t size) {
  Piece *piece = pthread_getspecific(spare);
  if (piece && (size_t)(piece->end - piece->bytes) >= size) {
    pthread_setspecific(spare, NULL);
    return piece;
  }
  piece = mem_alloc(sizeof *piece + size);
  piece->end = piece->bytes + size;
  return piece;
}

static void free_piece(Piece *piece) {
  bool keep = piece->end - piece->bytes <= LARGEST_SPARE && !pthread_getspecific(spare);
  if (!keep || pthread_setspecific(spare, piece) != 0) free(piece);
}

static void add_piece(Pool *pool, size_t least) {
  size_t size = pool->next_size < least ? least : pool->next_size;
  Piece *piece = new_piece(size);
  piece->before = pool->piece;
  pool->piece = piece;
  pool->next = piece->bytes;
  pool->next_size = size * 2 < LARGEST_PIECE ? size * 2 : LARGEST_PIECE;
}

/* At least one unit, so that each block lies inside of its piece. */
static size_t aligned(size_t size) { return size > 0 ? (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT; }

static void *take(size_t size) {
  Pool *pool = open_pool;
  if (!pool) return mem_alloc(size);
  size = aligned(size);
  if (size > (size_t)(pool->piece->end - pool->next)) add_piece(pool, size);
  pool->last = pool->next;
  pool->next += size;
  return pool->last;
}

static void *take_zeros(size_t count, size_t size) {
  void *taken = take(count * size);
  memset(taken, 0, count * size);
  return taken;
}

static bool holds(const Pool *pool, const char *at, size_t *to_end) {
  for (const Piece *piece = pool->piece; piece; piece = piece->before) {
    if (at < piece->bytes || at >= piece->end) continue;
    *to_end = (size_t)(piece->end - at);
    return true;
  }
  return false;
}

/* How much stood there isn't known: at most what lies between it and the end of its piece. */
static void *take_more(void *old, size_t size) {
  Pool *pool = open_pool;
  size_t to_end = 0;
  if (!old) return take(size);
  if (!pool || !holds(pool, old, &to_end)) return mem_realloc(old, size);
  if (old == pool->last && aligned(size) <= to_end) {
    pool->next = pool->last + aligned(size);
    return old;
  }
  void *taken = take(size);
  memmove(taken, old, size < to_end ? size : to_end); /* they may overlap, behind what stood there */
  return taken;
}

static void give_back(void *old) {
  size_t to_end;
  if (old && !(open_pool && holds(open_pool, old, &to_end))) free(old);
}

static void install(void) {
  pthread_key_create(&spare, free);
  ts_set_allocator(take, take_zeros, take_more, give_back);
}

void pool_install(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install);
}

Pool *pool_open(size_t expected) {
  pool_install();
  Pool *pool = mem_alloc(sizeof *pool);
  size_t first = expected < SMALLEST_PIECE ? SMALLEST_PIECE : expected > LARGEST_PIECE ? LARGEST_PIECE : expected;
  *pool = (Pool){.next_size = aligned(first)};
  add_piece(pool, 0);
  open_pool = pool;
  return pool;
}

void pool_close(Pool *pool) {
  (void)pool;
  open_pool = NULL;
}

void pool_free(Pool *pool) {
  if (!pool) return;
  for (Piece *piece = pool->piece, *before; piece; piece = before) {
    before = piece->before;
    free_piece(piece);
  }
  free(pool);
}
