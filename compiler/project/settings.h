/* How settings are put together: the same words in a `project` block and in journey.json. */
#ifndef JOURNEY_PROJECT_SETTINGS_H
#define JOURNEY_PROJECT_SETTINGS_H

#include "base/nearest.h"
#include "base/os.h"
#include "project/project.h"

#define SETTINGS_FILE "journey.json"
#define SETTINGS_MAP "project.journey" /* where the `project` block is looked for, whichever files were named */

static inline bool settings_is_file(Str path) { return str_is(os_file_name(path), STR(SETTINGS_FILE)); }
/* The file that a journey.json names as its baseline; empty: none, or it can't be read. */
Str settings_baseline(const Unit *unit, Arena *arena);
/* Keeps the baseline that the settings name, in a unit and at a value; says where there is none. */
void settings_set_baseline(Project *p, Ref at, Span value, Str name);
/* What journey.json says; whatever is wrong with it becomes a diagnostic of the project. */
void settings_read_json(Project *p, const Unit *unit);
/* `code` is a DiagnosticCode; DIAG_COUNT, and errors, which stay errors, are passed over. */
void settings_set_rule(Settings *settings, unsigned code, DiagnosticSeverity severity);
/* The same of a check of the project's own. */
void settings_set_named(Settings *settings, Str check, DiagnosticSeverity severity);
/* The name of a check that is nearest to `name`, among those that hold for the file; `unit` NONE: among all. */
Nearest settings_nearest_check(const Project *p, uint32_t unit, Str name);
/* Any other keyword of a `project`, by its one value. */
void settings_set(Settings *settings, Keyword keyword, const Value *value);

#endif
