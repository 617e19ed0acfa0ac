/* What the files of testing share. */
#ifndef JOURNEY_SCRIPT_TESTING_STATE_H
#define JOURNEY_SCRIPT_TESTING_STATE_H

#include "base/buf.h"
#include "script/state.h"
#include "script/testing.h"

typedef struct {
  Str path, text;
  const TestWorld *world;
  Arena *arena;
  TestOutcome outcome;
  Buf printed; /* by the test, and by what it asked */
  bool failed; /* by a comparison: stays so whatever the script does with pcall */
} Testing;

/* Leaves `t`. */
void testing_push(lua_State *lua, Testing *testing);

/* Takes what was printed since the last time: by the test itself, then by the metric that it asked. */
void testing_take_prints(Sandbox *sandbox, Testing *testing, const TestNumber *number);

/* The value at `index` as an author writes it, cut where it is long. */
Str testing_words(lua_State *lua, int index, Arena *arena);
/* Whether both are the same, tables by what they hold; if not, where they differ is in `*place` (empty: as a whole) and
 * what stands there in `*found` and `*expected`. */
bool testing_same(lua_State *lua, int found_at, int expected_at, Arena *arena, Str *place, Str *found, Str *expected);

/* Calls `visit` for each pair of the table at `index`, in order, with the key and the value on top, until it answers
 * false. */
typedef bool TestingVisit(lua_State *lua, void *context);
bool testing_each(lua_State *lua, int index, TestingVisit *visit, void *context);

#endif
