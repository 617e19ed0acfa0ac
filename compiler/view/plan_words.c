#include "view/plan_words.h"

#include "view/words.h"

Str plan_ranking_words(const Plan *plan, Arena *arena) {
  return arena_format(arena, "Ranked by %s: %s", priority_title(plan->by), priority_formula(plan->by));
}

static void add_count(Buf *to, uint32_t count, const char *one, const char *many) {
  if (count == 0) return;
  buf_printf(to, "%s%u %s", to->len ? ", " : ": ", (unsigned)count, count == 1 ? one : many);
}

Str plan_summary(const Plan *plan, Arena *arena) {
  uint32_t easy = 0, overdue = 0, unowned = 0, undated = 0;
  for (uint32_t i = 0; i < plan->open_count; i++) {
    easy += plan_is_easy_win(&plan->items[i]);
    overdue += plan->items[i].overdue;
    unowned += plan_is_unowned(&plan->items[i]);
    undated += plan_is_undated(&plan->items[i]);
  }
  Buf counts = {0};
  add_count(&counts, easy, "easy win", "easy wins");
  add_count(&counts, overdue, "overdue", "overdue");
  add_count(&counts, unowned, "without an owner", "without an owner");
  add_count(&counts, undated, "without a date", "without a date");
  Str details = buf_take(&counts, arena);
  bool one = plan->open_count == 1;
  Str closed = plan->closed_count == 0 ? STR("")
                                       : arena_format(arena, " %u %s done or dropped.", (unsigned)plan->closed_count,
                                                      plan->closed_count == 1 ? "is" : "are");
  return arena_format(arena, "%u %s open" STR_FMT "." STR_FMT, (unsigned)plan->open_count,
                      one ? "opportunity is" : "opportunities are", STR_ARG(details), STR_ARG(closed));
}

Str plan_score_words(const Plan *plan, const PlanItem *item, Arena *arena) {
  if (item->rank == 0) return STR("");
  double highest = plan->items[0].score;
  return arena_format(arena, "%.*f", highest < 10 ? 2 : highest < 1000 ? 1 : 0, item->score);
}

Str plan_due_words(const PlanItem *item, Arena *arena) {
  return item->has_due ? words_date(item->due, arena) : STR("");
}
