/* The rules about what a map should say, beyond what the schema and linking know: who owns it, why it hurts, what is
 * done about it, whether it is kept up, and whether its paths add up. One file each; all of them together are linear in
 * the project's size.
 *
 * A base journey is checked as a whole, a variant only in what it changes and adds, so that nothing is said twice.
 * What lies on a line that is wrong already is left out: by what the files and the project say, and where that is done
 * later (ProjectOptions.later) by what `to` holds before check_file and check_files. Nothing is settled
 * (check/settle.h), nor sorted, but in the same order whatever the threads did. What `to` holds already stays as it is.
 */
#ifndef JOURNEY_CHECK_CHECK_H
#define JOURNEY_CHECK_CHECK_H

#include "evidence/evidence.h"
#include "project/project.h"

/* What lasts between states of a project, and between projects: the standard library's checks, loaded once. Holds
 * nothing of any project between calls. One call at a time. */
typedef struct Checker Checker;
Checker *checker_new(void);
void checker_free(Checker *checker); /* NULL is fine */

/* What the rules say of what stands in one file: of its journeys, and of what it declares beside them. */
void check_file(Checker *checker, const Project *p, uint32_t unit, Diagnostics *to);
/* The same of all of the user's own files, and of the project as a whole. Quick: no process is started, no file read.
 * On all of the project's threads. */
void check_files(Checker *checker, const Project *p, Diagnostics *to);
/* What takes a process of its own, or reads files: the project's own checks in Lua, and what event logs say against
 * the map. `evidence` may be NULL. */
void check_late(const Project *p, const Evidence *evidence, Diagnostics *to);

/* All of it, once: check_files, then check_late. */
void check_project(const Project *p, const Evidence *evidence, Diagnostics *to);

#endif
