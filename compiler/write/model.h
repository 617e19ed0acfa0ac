/* The shape of the JSON model, which follows from the schema: what write/json.h writes and write/jsonschema.h
 * describes.
 *
 * A statement is an object: its values by the names of their slots, and what stands inside it by the keyword's `key`,
 * in an array where it may stand more than once. A property with one value and nothing inside it is that value alone.
 */
#ifndef JOURNEY_WRITE_MODEL_H
#define JOURNEY_WRITE_MODEL_H

#include "schema/schema.h"

/* What may stand inside `parent` in the model, in the schema's order; K_FILE is the document. Returns a count. */
size_t model_children(Keyword parent, Keyword children[K_COUNT]);
/* Whether it is a value alone rather than an object. */
bool model_is_bare(Keyword keyword);
/* Whether it stands in an array. */
bool model_is_list(Keyword keyword);
/* Lists that are there even when they are empty: journeys, stages, touchpoints. */
bool model_is_always_there(Keyword keyword);

#endif
