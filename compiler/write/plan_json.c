/* The plan for programs. */
#include "write/json_out.h"
#include "write/plan.h"

static void add_pain(JsonOut *out, const PlanPain *pain) {
  json_begin_object(out, NULL);
  json_str(out, "title", pain->title);
  if (pain->severity.len) json_str(out, "severity", pain->severity);
  if (pain->level) json_num(out, "level", pain->level);
  if (pain->step.len) json_str(out, "step", pain->step);
  if (pain->journey.len) json_str(out, "journey", pain->journey);
  json_end_object(out);
}

static void add_links(JsonOut *out, const PlanItem *item) {
  json_begin_array(out, "solves");
  for (uint32_t i = 0; i < item->solve_count; i++) add_pain(out, &item->solves[i]);
  json_end_array(out);
  json_begin_array(out, "meets");
  for (uint32_t i = 0; i < item->meet_count; i++) json_str(out, NULL, item->meets[i]);
  json_end_array(out);
}

static void add_item(JsonOut *out, const PlanItem *item) {
  json_begin_object(out, NULL);
  if (item->rank) json_num(out, "rank", item->rank), json_num(out, "score", item->score);
  else if (item->missing.len) json_str(out, "missing", item->missing);
  json_str(out, "id", item->id);
  json_str(out, "title", item->title);
  json_str(out, "journey", item->journey_title);
  if (item->owner.len) json_str(out, "owner", item->owner);
  if (item->has_due) json_str(out, "due", item->due_written);
  if (item->status[0]) json_c(out, "status", item->status);
  if (item->quadrant != QUADRANT_NONE) json_c(out, "quadrant", quadrant_title(item->quadrant));
  json_bool(out, "easyWin", plan_is_easy_win(item));
  json_bool(out, "overdue", item->overdue);
  for (int i = 0; i < NUMBER_COUNT; i++)
    if (item->numbers.has[i]) json_num(out, priority_number_word((PriorityNumber)i), item->numbers.of[i]);
  add_links(out, item);
  json_end_object(out);
}

void plan_write_json(const Plan *plan, Buf *to) {
  JsonOut out = json_out(to);
  json_begin_object(&out, NULL);
  json_num(&out, "version", 1);
  json_c(&out, "by", priority_words[plan->by]);
  json_c(&out, "formula", priority_formula(plan->by));
  json_begin_array(&out, "opportunities");
  for (uint32_t i = 0; i < plan->count; i++) add_item(&out, &plan->items[i]);
  json_end_array(&out);
  json_begin_array(&out, "unsolvedPains");
  for (uint32_t i = 0; i < plan->unsolved_count; i++) add_pain(&out, &plan->unsolved[i]);
  json_end_array(&out);
  json_end_object(&out);
  json_end(&out);
}
