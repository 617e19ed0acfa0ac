/* What to do first, on a page: the drawing, and the same as a table. */
#include "view/plan_words.h"
#include "write/html_parts.h"

void html_plan(Buf *to, const Block *drawing) {
  if (drawing->count == 0) return;
  buf_add_c(to, "<section class=\"plan\" aria-hidden=\"true\">");
  html_open_svg(to, "", drawing->width, drawing->height, true);
  svg_group(to, "", STR("plan"), 0, 0);
  svg_block(to, drawing);
  buf_add_c(to, "</g></svg></section>\n");
}

static void open_cell(Buf *to, const char *label) { buf_printf(to, "<td role=\"cell\" data-l=\"%s\">", label); }

static void small(Buf *to, const char *text) { buf_printf(to, "<small>%s</small>", text); }

static void title_cell(Buf *to, const Plan *plan, const PlanItem *item) {
  buf_add_c(to, "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">");
  if (item->rank) buf_printf(to, "%u. ", (unsigned)item->rank);
  svg_escape(to, item->title);
  if (plan_is_easy_win(item)) small(to, "Easy win");
  if (item->status[0]) small(to, item->status);
  if (plan->journey_count > 1) {
    buf_add_c(to, "<small>");
    svg_escape(to, item->journey_title);
    buf_add_c(to, "</small>");
  }
  buf_add_c(to, "</th>");
}

static void owner_and_due(Buf *to, const PlanItem *item, Arena *arena) {
  open_cell(to, "Owner");
  if (plan_is_unowned(item)) buf_add_c(to, "<b>No owner</b>");
  svg_escape(to, item->owner);
  buf_add_c(to, "</td>");
  open_cell(to, "Due");
  buf_add(to, plan_due_words(item, arena));
  if (plan_is_undated(item)) buf_add_c(to, "<b>No date</b>");
  if (item->overdue) buf_add_c(to, "<small><b>Overdue</b></small>");
  buf_add_c(to, "</td>");
}

static void pain(Buf *to, const PlanPain *pain) {
  buf_add_c(to, "<p>");
  svg_escape(to, pain->title);
  if (pain->severity.len) buf_add_c(to, " ("), svg_escape(to, pain->severity), buf_add_byte(to, ')');
  buf_add_c(to, "</p>");
}

static void solves_cell(Buf *to, const PlanItem *item) {
  open_cell(to, "Solves");
  for (uint32_t i = 0; i < item->solve_count; i++) pain(to, &item->solves[i]);
  for (uint32_t i = 0; i < item->meet_count; i++) {
    buf_add_c(to, "<p>Meets: ");
    svg_escape(to, item->meets[i]);
    buf_add_c(to, "</p>");
  }
  buf_add_c(to, "</td></tr>\n");
}

static void item_row(Buf *to, const Plan *plan, const PlanItem *item, Arena *arena) {
  title_cell(to, plan, item);
  open_cell(to, "Score");
  buf_add(to, plan_score_words(plan, item, arena));
  if (item->missing.len) buf_add(to, item->missing);
  buf_add_c(to, "</td>");
  owner_and_due(to, item, arena);
  solves_cell(to, item);
}

void html_plan_table(Buf *to, const Plan *plan) {
  static const char *const heads[] = {"Opportunity", "Score", "Owner", "Due", "Solves"};
  if (plan->count == 0) return;
  Arena *arena = arena_new();
  buf_add_c(to, "<h2>What to do first, as a table</h2>\n<p>");
  buf_add(to, plan_summary(plan, arena));
  buf_printf(to, " " STR_FMT ". " PLAN_EASY_WIN_RULE "</p>\n", STR_ARG(plan_ranking_words(plan, arena)));
  buf_add_c(to,
            "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"What to do first\"><table role=\"table\">"
            "<thead role=\"rowgroup\"><tr role=\"row\">");
  for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
    buf_printf(to, "<th scope=\"col\" role=\"columnheader\">%s</th>", heads[i]);
  buf_add_c(to, "</tr></thead><tbody role=\"rowgroup\">\n");
  for (uint32_t i = 0; i < plan->count; i++) item_row(to, plan, &plan->items[i], arena);
  buf_add_c(to, "</tbody></table></div>\n");
  arena_free(arena);
}
