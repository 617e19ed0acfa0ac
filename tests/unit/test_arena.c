/* What is called when an arena is freed: the last one first, also of arenas that it took over. */
#include "base/buf.h"
#include "check.h"

static Buf heard;

static void hear(void *context) { buf_add_c(&heard, context); }

int main(void) {
  char one[] = "1", two[] = "2", three[] = "3";
  Arena *arena = arena_new(), *other = arena_new();
  arena_at_end(arena, hear, one);
  arena_at_end(arena, hear, two);
  arena_at_end(other, hear, three);
  arena_take_over(arena, other);
  CHECK(heard.len == 0);
  arena_free(arena);
  CHECK_STR(buf_str(&heard), "213");
  buf_free(&heard);
  arena_free(arena_new());
  return CHECK_DONE();
}
