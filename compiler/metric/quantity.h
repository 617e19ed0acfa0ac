/* A number, and what it counts. */
#ifndef JOURNEY_METRIC_QUANTITY_H
#define JOURNEY_METRIC_QUANTITY_H

#include "project/project.h"

/* What a number counts: only like can be compared with like. */
typedef struct {
  ValueType kind; /* V_NUMBER; V_SHARE, 0..1; V_DURATION, minutes; V_MONEY */
  double number;
  Str currency; /* of V_MONEY: "€", "USD" */
} Quantity;

/* The value as people write it: "12", "38%", "3d 4h", "€40". */
Str quantity_text(Quantity quantity, Arena *arena);
/* The same with its interval, rounded to what that supports: "−36 ± 25", "21% (11 to 36%)", "94 ± 11 days", "€40 ± 3".
 * The larger arm of the interval is given with two digits where it begins with 1 or 2, else with one, and the value to
 * the same place. Where both arms round to the same, or differ by less than a tenth, it is ± the larger one, else the
 * interval itself. `low`, `high`: NAN where there is no interval. */
Str quantity_text_within(Quantity quantity, double low, double high, Arena *arena);
Quantity quantity_of(const Unit *unit, const Value *value);
/* Whether they can be compared. */
bool quantity_is_like(Quantity a, Quantity b);
/* What the numbers of a metric are, by the unit that is declared for it. */
ValueType quantity_kind_of_unit(Str unit);

#endif
