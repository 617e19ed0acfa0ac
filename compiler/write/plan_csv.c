/* The plan for a spreadsheet. */
#include <math.h>

#include "write/csv.h"
#include "write/plan.h"

/* An empty field where there is none. */
static void add_number(Buf *to, bool there, double number) { csv_number(to, there ? number : (double)NAN); }

/* Joined by "; ". */
static void add_solved(Buf *to, const PlanItem *item) {
  Buf joined = {0};
  for (uint32_t i = 0; i < item->solve_count; i++)
    buf_printf(&joined, "%s" STR_FMT, i ? "; " : "", STR_ARG(item->solves[i].title));
  csv_text(to, buf_str(&joined));
  joined.len = 0;
  csv_text(to, item->solve_count ? item->solves[0].severity : STR(""));
  for (uint32_t i = 0; i < item->meet_count; i++)
    buf_printf(&joined, "%s" STR_FMT, i ? "; " : "", STR_ARG(item->meets[i]));
  csv_text(to, buf_str(&joined));
  buf_free(&joined);
}

static void add_row(Buf *to, const PlanItem *item) {
  csv_text(to, item->title); /* first: an empty number would not be seen as the first field */
  add_number(to, item->rank > 0, item->rank);
  add_number(to, item->rank > 0, item->score);
  csv_text(to, item->id);
  csv_text(to, item->journey_title);
  csv_text(to, item->owner);
  csv_text(to, item->due_written);
  csv_text(to, str_of(item->status));
  csv_text(to, str_of(quadrant_title(item->quadrant)));
  csv_text(to, item->overdue ? STR("yes") : STR("no"));
  add_solved(to, item);
  for (int i = 0; i < NUMBER_COUNT; i++) add_number(to, item->numbers.has[i], item->numbers.of[i]);
  csv_text(to, item->missing);
  csv_end(to);
}

void plan_write_csv(const Plan *plan, Buf *to) {
  static const char *const columns[] = {"opportunity", "rank",   "score",    "id",      "journey", "owner",
                                        "due",         "status", "quadrant", "overdue", "solves",  "worst severity",
                                        "meets"};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) csv_text(to, str_of(columns[i]));
  for (int i = 0; i < NUMBER_COUNT; i++) csv_text(to, str_of(priority_number_word((PriorityNumber)i)));
  csv_text(to, STR("missing"));
  csv_end(to);
  for (uint32_t i = 0; i < plan->count; i++) add_row(to, &plan->items[i]);
}
