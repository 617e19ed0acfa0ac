/* The plan for a spreadsheet. */
#include "write/plan.h"

/* What a spreadsheet would calculate, or run. */
static bool is_formula(Str text) { return text.len > 0 && memchr("=+-@\t\r", text.at[0], 6); }

static void add_text(Buf *to, Str text) {
  bool quoted = is_formula(text);
  for (size_t i = 0; i < text.len; i++) quoted = quoted || memchr(",\"\r\n", text.at[i], 4);
  if (quoted) buf_add_byte(to, '"');
  if (is_formula(text)) buf_add_byte(to, '\'');
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] == '"') buf_add_byte(to, '"');
    buf_add_byte(to, text.at[i]);
  }
  if (quoted) buf_add_byte(to, '"');
  buf_add_byte(to, ',');
}

static void add_number(Buf *to, bool there, double number) {
  if (there) buf_number(to, number, 9);
  buf_add_byte(to, ',');
}

static void add_yes(Buf *to, bool yes) { buf_add_c(to, yes ? "yes," : "no,"); }

/* Joined by "; ". */
static void add_solved(Buf *to, const PlanItem *item) {
  Buf joined = {0};
  for (uint32_t i = 0; i < item->solve_count; i++)
    buf_printf(&joined, "%s" STR_FMT, i ? "; " : "", STR_ARG(item->solves[i].title));
  add_text(to, buf_str(&joined));
  joined.len = 0;
  add_text(to, item->solve_count ? item->solves[0].severity : STR(""));
  for (uint32_t i = 0; i < item->meet_count; i++)
    buf_printf(&joined, "%s" STR_FMT, i ? "; " : "", STR_ARG(item->meets[i]));
  add_text(to, buf_str(&joined));
  buf_free(&joined);
}

static void end_row(Buf *to) {
  to->len--; /* the comma */
  buf_add_c(to, "\r\n");
}

static void add_row(Buf *to, const PlanItem *item) {
  add_number(to, item->rank > 0, item->rank);
  add_number(to, item->rank > 0, item->score);
  add_text(to, item->title);
  add_text(to, item->id);
  add_text(to, item->journey_title);
  add_text(to, item->owner);
  add_text(to, item->due_written);
  add_text(to, str_of(item->status));
  add_text(to, str_of(quadrant_title(item->quadrant)));
  add_yes(to, item->overdue);
  add_solved(to, item);
  for (int i = 0; i < NUMBER_COUNT; i++) add_number(to, item->numbers.has[i], item->numbers.of[i]);
  add_text(to, item->missing);
  end_row(to);
}

void plan_write_csv(const Plan *plan, Buf *to) {
  buf_add_c(to, "rank,score,opportunity,id,journey,owner,due,status,quadrant,overdue,solves,worst severity,meets,");
  for (int i = 0; i < NUMBER_COUNT; i++) buf_printf(to, "%s,", priority_number_word((PriorityNumber)i));
  buf_add_c(to, "missing\r\n");
  for (uint32_t i = 0; i < plan->count; i++) add_row(to, &plan->items[i]);
}
