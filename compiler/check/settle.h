/* The last word on diagnostics: what is silenced, and how grave the project finds the rest. Whoever shows diagnostics,
 * or counts them, settles them first. */
#ifndef JOURNEY_CHECK_SETTLE_H
#define JOURNEY_CHECK_SETTLE_H

#include "project/project.h"

/* `all` are those of files, linking, checks and metrics. Takes away what a `silence` keeps quiet and what the project
 * has switched off, gives each the severity that the project wants, adds silences that silence nothing, and sorts.
 * Those are only said where there is no error, since behind an error much stays unsaid that a silence may be for. */
void diagnostics_settle(const Project *p, Diagnostics *all);
/* The same of diagnostics of one file alone, without the complaint about silences that silence nothing, which takes all
 * that is said of the project. What else stands in `all` is weighed, but silenced by nothing. */
void diagnostics_settle_file(const Project *p, uint32_t unit, Diagnostics *all);

#endif
