/* The JSON Schema of journey.json, which follows from what may stand in a `project`. */
#ifndef JOURNEY_WRITE_SETTINGS_JSONSCHEMA_H
#define JOURNEY_WRITE_SETTINGS_JSONSCHEMA_H

#include "base/buf.h"

void settings_jsonschema_write(Buf *to);

#endif
