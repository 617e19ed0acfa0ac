/* The few that carry most (Pareto): the fewest segments that bring 80% of the revenue, the fewest pains that carry 80%
 * of all weight, the fewest ways that 80% of the clients go. */
#ifndef JOURNEY_REPORT_FEW_H
#define JOURNEY_REPORT_FEW_H

#include "report/report.h"

typedef struct {
  Str title, note; /* note: more about it; may be empty. Of a way: "1–4 → 6, then leaves", the numbers of its steps */
  double share;    /* of the whole, 0 … 1 */
  bool vital;
} FewItem;

typedef struct {
  Str kind, title;      /* "Segments", and whose they are; title may be empty */
  const char *of;       /* "of the revenue" */
  const FewItem *items; /* the heaviest first */
  uint32_t count, vital_count;
  double carried; /* by the vital ones */
  bool open;      /* of ways: they are the likeliest, there are more, and no few carry 80% */
} FewGroup;

typedef struct {
  const FewGroup *groups; /* those in which something weighs anything */
  uint32_t count;
} Few;

/* Lives in `arena`. */
const Few *few_new(const Project *project, const Report *report, Arena *arena);

#endif
