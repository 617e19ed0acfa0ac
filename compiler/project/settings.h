/* How settings are put together: the same words in a `project` block and in journey.json. */
#ifndef JOURNEY_PROJECT_SETTINGS_H
#define JOURNEY_PROJECT_SETTINGS_H

#include "project/project.h"

/* `code` is a DiagnosticCode; DIAG_COUNT, and errors, which stay errors, are passed over. */
void settings_set_rule(Settings *settings, unsigned code, DiagnosticSeverity severity);
/* Any other keyword of a `project`, by its one value. */
void settings_set(Settings *settings, Keyword keyword, const Value *value);

#endif
