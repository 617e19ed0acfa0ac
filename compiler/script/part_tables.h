/* Inside of script/: making and reading the tables of part.h. */
#ifndef JOURNEY_SCRIPT_PART_TABLES_H
#define JOURNEY_SCRIPT_PART_TABLES_H

#include "script/part.h"
#include "script/state.h"

/* Called guarded: may raise errors of Lua. `arena` is where texts and lists live, as long as the state. */
Parts *parts_open(lua_State *lua, const Project *p, Arena *arena);
void parts_close(Parts *parts); /* once the state is gone */
/* Leaves the table of a part: the same one as long as the same journey is talked of. */
void part_push(lua_State *lua, Parts *parts, const Part *part);
/* The part that a table stands for; false where it is no such table. */
bool part_at(lua_State *lua, int index, Part *part);
/* The part that a statement is, as it is seen in `journey` (NULL: outside of journeys). */
Part part_of_statement(Parts *parts, const Journey *journey, Ref ref);
/* The keyword that `word` (its word or its key) is inside of `parent`; K_NONE: none. */
Keyword part_child(Keyword parent, const char *word);

#endif
