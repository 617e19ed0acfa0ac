/* The rules about what a map should say, beyond what the schema and linking know: who owns it, why it hurts, what is
 * done about it, whether it is kept up, and whether its paths add up. One file each; all of them together are linear in
 * the project's size.
 *
 * A base journey is checked as a whole, a variant only in what it changes and adds, so that nothing is said twice. */
#ifndef JOURNEY_CHECK_CHECK_H
#define JOURNEY_CHECK_CHECK_H

#include "evidence/evidence.h"
#include "project/project.h"

/* Adds what is wrong in the user's own files; not sorted, but in the same order whatever the threads did. */
void check_project(const Project *p, const Evidence *evidence, Diagnostics *to);

#endif
