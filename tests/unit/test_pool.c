/* The memory of a syntax tree: whatever tree-sitter asks for lies inside of a piece, and nothing lies in anything else.
 */
#include <stdlib.h>

#include "check.h"
#include "syntax/pool.h"

/* What tree-sitter asks for memory. */
extern void *(*ts_current_malloc)(size_t size);
extern void *(*ts_current_realloc)(void *old, size_t size);
extern void (*ts_current_free)(void *old);

enum {
  EXPECTED = 400004, /* no multiple of eight: what a text of an odd length asks for */
  STEP = 4096,
  HEADS = 32 /* what stands in front of the bytes of a piece, that of malloc included */
};

/* How much of the first piece is left behind `first`, as far as the blocks of a step tell. */
static size_t fill(const char *first) {
  size_t filled = 0;
  while (filled + 2 * STEP < EXPECTED) {
    const char *block = ts_current_malloc(STEP);
    CHECK(block == first + filled);
    filled += STEP;
  }
  return filled;
}

/* The last block grows to the very last byte; the next must come from another piece. */
static void test_last_byte(void) {
  Pool *pool = pool_open(EXPECTED);
  char *first = ts_current_malloc(STEP);
  size_t used = STEP + fill(first + STEP);
  char *last = ts_current_malloc(8), *grown = ts_current_realloc(last, EXPECTED - used);
  char *next = ts_current_malloc(8);
  CHECK(grown == last); /* else the piece isn't full, and nothing is shown */
  CHECK(next < first || next >= first + EXPECTED + HEADS);
  pool_close(pool);
  pool_free(pool);
}

/* A block of no bytes at the very end of a piece is still the pool's: giving it back is nothing. */
static void test_nothing(void) {
  Pool *pool = pool_open(EXPECTED);
  for (int i = 0; i < EXPECTED / 8 + 8 && check_failures == 0; i++) {
    char *nothing = ts_current_malloc(0);
    CHECK(nothing && ts_current_malloc(0) != nothing);
    ts_current_free(nothing);
  }
  pool_close(pool);
  pool_free(pool);
}

/* What stood in a block stands in the larger one, too, wherever that lies. */
static void test_grow(void) {
  Pool *pool = pool_open(0);
  char *text = ts_current_malloc(8);
  memcpy(text, "journey", 8);
  for (size_t size = 16; size < 4 << 20; size *= 2) {
    CHECK(ts_current_malloc(8) != NULL); /* so that it can't grow where it is */
    text = ts_current_realloc(text, size);
    CHECK(strcmp(text, "journey") == 0);
  }
  pool_close(pool);
  pool_free(pool);
}

int main(void) {
  test_last_byte();
  test_nothing();
  test_grow();
  return CHECK_DONE();
}
