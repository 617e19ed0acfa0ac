/* The model as JSON, for other programs; docs/journey.schema.json describes it (see write/model.h for its shape).
 *
 *   durations  minutes, as a number
 *   shares     0 to 1
 *   dates      "2026-10-01"
 *   money      {"amount": 40, "currency": "€"}: the sign or letters, where there are any
 *   emotions   "value" on the map's own scale, which stands in "scale"; "word" where a word was written
 *   measured   a number, {"share": 0.38}, {"minutes": 90} or {"amount": …, "currency": …}
 *   counted    of a measure that states no value: what the files of its evidence come to
 *   names      the id of what is named; parts of a journey with the way to them: "decision.sign.hidden-fees"
 *
 * Variants are written out: each journey is whole. Every id and title is there, also where it was made from the other.
 * The declarations of the files follow, and of the standard library those that something in the document names. */
#ifndef JOURNEY_WRITE_JSON_H
#define JOURNEY_WRITE_JSON_H

#include "metric/figures.h"

/* `only`: that journey, with what its file sees; NULL: all of them. `figures`: what the measures that state no value
 * come to, under "counted"; may be NULL. */
void json_write(const Project *project, const Journey *only, const Figures *figures, Buf *to);

#endif
