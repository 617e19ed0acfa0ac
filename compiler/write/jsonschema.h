/* The JSON Schema (draft 2020-12) of what write/json.h writes, made from the rows of schema.def; published as
 * docs/journey.schema.json. Strict: what it does not know is an error. */
#ifndef JOURNEY_WRITE_JSONSCHEMA_H
#define JOURNEY_WRITE_JSONSCHEMA_H

#include "base/buf.h"

void jsonschema_write(Buf *to);

#endif
