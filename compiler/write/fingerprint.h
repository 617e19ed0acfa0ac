/* Which diagnostic is which, from one state of a project to the next: by its code, its file and what in it it is about
 * (project/about.h), whatever lines come or go. Of several that are the same in all of this, the first is the first. */
#ifndef JOURNEY_WRITE_FINGERPRINT_H
#define JOURNEY_WRITE_FINGERPRINT_H

#include "project/project.h"

/* A number for each diagnostic of the list, no two the same, and the same on every machine. `paths` has a name for each
 * unit, which must not depend on where the project lies. */
const uint64_t *fingerprints(const Project *project, const Diagnostics *list, const Str *paths, Arena *arena);
/* A number for a text, the same on every machine. */
uint64_t fingerprint_of(Str text);
/* For each number, how many in front of it are the same. */
const uint32_t *same_before(const uint64_t *numbers, size_t count, Arena *arena);
/* As it is written: sixteen hexadecimal digits. */
Str fingerprint_text(uint64_t fingerprint, Arena *arena);

#endif
