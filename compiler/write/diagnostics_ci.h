/* Diagnostics for the systems that run checks on a server, each in the form that it reads. Files are named from the
 * folder of the repository, since that is what all of these systems look for. docs/ci.md shows what each makes of it.
 */
#ifndef JOURNEY_WRITE_DIAGNOSTICS_CI_H
#define JOURNEY_WRITE_DIAGNOSTICS_CI_H

#include "project/project.h"

typedef struct {
  const Project *project;
  const Diagnostics *list;
  Str root;            /* the folder of the repository, as an absolute path */
  bool warnings_fail;  /* --deny-warnings */
  const bool *checked; /* whether each unit was, where not all that were named are: --since; else NULL */
  const char *version;
} CiReport;

/* The folder around the first file of the project that holds a .git, else the working folder. */
Str ci_root(const Project *project, Arena *arena);

/* SARIF 2.1.0, with the rules that were broken and their pages. Columns are those of UTF-16. */
void diagnostics_write_sarif(const CiReport *report, Buf *to);
/* JUnit's XML: a suite for each file that was checked, a failed test for each diagnostic that fails the check. What
 * doesn't is told in the suite's output; a file in which nothing fails is one test that passed. */
void diagnostics_write_junit(const CiReport *report, Buf *to);
/* Workflow commands of GitHub Actions, one a line: they become annotations. Nothing where there is nothing to say. */
void diagnostics_write_github(const CiReport *report, Buf *to);
/* GitLab's Code Quality report. */
void diagnostics_write_gitlab(const CiReport *report, Buf *to);

#endif
