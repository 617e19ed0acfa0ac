/* What clients did, beside what a map says: `journey observe`. */
#ifndef JOURNEY_WRITE_OBSERVE_H
#define JOURNEY_WRITE_OBSERVE_H

#include "observe/differ.h"
#include "write/terminal.h"

typedef struct {
  const Project *project;
  const Journey *journey;
  const EventLog *log;
  const Binding *binding;
  const Observation *observation;
  Findings findings;
  const Split *split; /* NULL: none */
  uint32_t from, to;  /* nodes that it is confined to, or NONE */
} Observed;

/* The source, what becomes of clients, what went otherwise for some of them, a row for each step, where they go, the
 * usual paths, what is beside the map, and how well it fits; of a split a table for its parts. */
void observe_write_text(const Observed *observed, TerminalStyle style, Buf *to);
/* {"version": 1, "observed": [{"journey", "log", "cases", …}]}; shares 0 to 1 with "low", "high" and "n", times in
 * seconds; null is a number that nothing is known of. docs/observe.md has all keys. */
void observe_write_json(const Observed *observed, size_t count, Buf *to);

#endif
