/* The plan for a wiki or a merge request. */
#include "view/plan_words.h"
#include "write/markdown.h"
#include "write/plan.h"

static void add_marks(Buf *to, const PlanItem *item) {
  if (plan_is_easy_win(item)) buf_add_c(to, "<br>**easy win**");
  if (item->status[0]) buf_printf(to, "<br>%s", item->status);
  if (item->missing.len) buf_printf(to, "<br>not ranked: " STR_FMT, STR_ARG(item->missing));
}

static void add_pain(Buf *to, const PlanPain *pain) {
  markdown_add(to, pain->title);
  if (pain->severity.len == 0) return;
  buf_add_c(to, " (");
  markdown_add(to, pain->severity);
  buf_add_byte(to, ')');
}

static void add_solves(Buf *to, const PlanItem *item) {
  for (uint32_t i = 0; i < item->solve_count; i++) {
    if (i) buf_add_c(to, "<br>");
    add_pain(to, &item->solves[i]);
  }
  for (uint32_t i = 0; i < item->meet_count; i++) {
    buf_add_c(to, i || item->solve_count ? "<br>meets: " : "meets: ");
    markdown_add(to, item->meets[i]);
  }
}

static void add_row(Buf *to, const Plan *plan, const PlanItem *item, Arena *arena) {
  buf_add_c(to, "| ");
  if (item->rank) buf_printf(to, "%u", (unsigned)item->rank);
  buf_printf(to, " | " STR_FMT " | ", STR_ARG(plan_score_words(plan, item, arena)));
  markdown_add(to, item->title);
  add_marks(to, item);
  if (plan->journey_count > 1) buf_add_c(to, " | "), markdown_add(to, item->journey_title);
  buf_add_c(to, " | ");
  if (plan_is_unowned(item)) buf_add_c(to, "**no owner**");
  markdown_add(to, item->owner);
  buf_printf(to, " | " STR_FMT "%s | ", STR_ARG(plan_due_words(item, arena)),
             item->overdue           ? "<br>**overdue**"
             : plan_is_undated(item) ? "**no date**"
                                     : "");
  add_solves(to, item);
  buf_add_c(to, " |\n");
}

static void add_unsolved(Buf *to, const Plan *plan) {
  if (plan->unsolved_count == 0) return;
  buf_add_c(to, "\n## Severe pains that nothing solves yet\n\n");
  for (uint32_t i = 0; i < plan->unsolved_count; i++) {
    buf_add_c(to, "- ");
    add_pain(to, &plan->unsolved[i]);
    buf_add_c(to, ", at ");
    markdown_add(to, plan->unsolved[i].step);
    if (plan->journey_count > 1) buf_add_c(to, ", in "), markdown_add(to, plan->unsolved[i].journey);
    buf_add_byte(to, '\n');
  }
}

void plan_write_markdown(const Plan *plan, Buf *to) {
  Arena *arena = arena_new();
  bool several = plan->journey_count > 1;
  buf_add_c(to, "# What to do first");
  if (plan->title.len) buf_add_c(to, ": "), markdown_add(to, plan->title);
  buf_printf(to, "\n\n" STR_FMT "\n",
             STR_ARG(plan->count + plan->closed_count ? plan_summary(plan, arena) : STR(PLAN_NOTHING)));
  if (plan->count) {
    buf_printf(to, STR_FMT ".\n\n", STR_ARG(plan_ranking_words(plan, arena)));
    buf_printf(to, "| | Score | Opportunity |%s Owner | Due | Solves |\n", several ? " Journey |" : "");
    buf_printf(to, "|---:|---:|---|%s---|---|---|\n", several ? "---|" : "");
    for (uint32_t i = 0; i < plan->count; i++) add_row(to, plan, &plan->items[i], arena);
    buf_add_c(to, "\n" PLAN_EASY_WIN_RULE "\n");
  }
  add_unsolved(to, plan);
  arena_free(arena);
}
