/* Lines and columns of many offsets: each file is indexed once, on first use, so that a hundred thousand diagnostics
 * cost one pass over the text, however long its lines are. */
#ifndef JOURNEY_WRITE_PLACES_H
#define JOURNEY_WRITE_PLACES_H

#include "project/project.h"

typedef struct Places Places;

/* Lives in `arena`, as do the indices. */
Places *places_new(const Project *project, Arena *arena);
/* Offsets behind the end count as the end. `unit` is below project->unit_count. */
Position places_position(Places *places, uint32_t unit, uint32_t offset);
/* The same with columns that count UTF-16 code units, as SARIF and editors do: an emoji has two. */
Position places_position_utf16(Places *places, uint32_t unit, uint32_t offset);
/* The line in which `offset` stands, without its end. */
Span places_line(Places *places, uint32_t unit, uint32_t offset);

#endif
