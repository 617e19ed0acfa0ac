/* What the files that build a report share. */
#ifndef JOURNEY_REPORT_BUILD_H
#define JOURNEY_REPORT_BUILD_H

#include "base/vec.h"
#include "report/report.h"

typedef struct {
  const Project *p;
  const Figures *figures; /* may be NULL */
  Arena *arena;
  Report *report;
} Build;

static inline Str build_title(const Build *build, Ref ref) {
  Item item = item_of(ref);
  return ref_ok(ref) ? item_title(build->p, &item, build->arena) : STR("");
}

void build_report_measures(Build *build); /* of maps and stages */
void build_people(Build *build);          /* personas and segments */
void build_owners(Build *build);          /* the matrices */
void build_pains(Build *build);           /* after build_plan */
void build_evidence(Build *build);        /* the evidence that the maps' files declare */

#endif
