/* Who owns what, what hurts, what is done about it, and what is overdue. */
#include "view/layout_plan.h"
#include "view/plan_words.h"
#include "view/style.h"
#include "view/words.h"
#include "write/plan.h"
#include "write/report_parts.h"

static void open_table(Buf *to, const char *label, const char *columns) {
  buf_printf(
      to,
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table><thead><tr>%s</tr></thead><tbody>\n",
      label, columns);
}

static void close_table(Buf *to) { buf_add_c(to, "</tbody></table></div>\n"); }

static void cell(Buf *to, const char *class, Str text) {
  if (text.len) html_element(to, "td", class, text);
  else buf_add_c(to, "<td></td>");
}

/* ---- who owns what ---- */

static void team_style(Buf *to, const ReportTeam *team) {
  if (team->has_colour)
    buf_printf(to, " style=\"--c:#%06x;--d:#%06x\"", (unsigned)readable(team->colour, false),
               (unsigned)readable(team->colour, true));
  else buf_add_c(to, " style=\"--c:var(--mu);--d:var(--mu)\"");
}

static void team_row(Buf *to, const ReportMatrix *matrix, const ReportTeam *team) {
  buf_add_c(to, "<tr><th scope=\"row\" class=\"team\"");
  team_style(to, team);
  buf_add_c(to, "><i></i>");
  svg_escape(to, team->title);
  buf_add_c(to, "</th>");
  for (uint32_t i = 0; i < matrix->stage_count; i++) {
    const ReportCell *c = &team->cells[i];
    buf_add_c(to, "<td>");
    if (c->owned || c->acts) {
      buf_printf(to, "<span class=\"%s\"", c->owned ? "own" : "acts");
      team_style(to, team);
      buf_printf(to, " title=\"owns %u, does something at %u of %u\">%u</span>", c->owned, c->acts, matrix->steps[i],
                 c->owned ? c->owned : c->acts);
    }
    buf_add_c(to, "</td>");
  }
  buf_add_c(to, "</tr>\n");
}

static void gap_row(Buf *to, const ReportMatrix *matrix) {
  buf_add_c(to, "<tr><th scope=\"row\" class=\"bd\">Nobody</th>");
  for (uint32_t i = 0; i < matrix->stage_count; i++) {
    if (matrix->unowned[i])
      buf_printf(to, "<td><span class=\"gap\">%u of %u</span></td>", matrix->unowned[i], matrix->steps[i]);
    else buf_add_c(to, "<td class=\"mu\">\xE2\x80\x93</td>");
  }
  buf_add_c(to, "</tr>\n");
}

static void write_matrix(Buf *to, const ReportMatrix *matrix) {
  buf_add_c(to, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Who owns what: ");
  svg_escape(to, matrix->title.len ? matrix->title : STR("all maps"));
  buf_add_c(to, "\"><table class=\"matrix\"><thead><tr><th scope=\"col\">Team</th>");
  for (uint32_t i = 0; i < matrix->stage_count; i++) {
    buf_add_c(to, "<th scope=\"col\">");
    svg_escape(to, matrix->stages[i]);
    buf_printf(to, "<small>%u %s</small></th>", matrix->steps[i], matrix->steps[i] == 1 ? "step" : "steps");
  }
  buf_add_c(to, "</tr></thead><tbody>\n");
  for (uint32_t i = 0; i < matrix->team_count; i++) team_row(to, matrix, &matrix->teams[i]);
  gap_row(to, matrix);
  close_table(to);
}

void report_owners(Buf *to, const Report *report) {
  enum { MOST_OPEN = 3 };
  report_section(to, "owners", "Who owns what");
  buf_add_c(to, "<p class=\"lead key\">How many steps of each stage a team answers for. <span class=\"own\" "
                "style=\"--c:var(--mu);--d:var(--mu)\">2</span>owns them <span class=\"acts\" "
                "style=\"--c:var(--mu);--d:var(--mu)\">2</span>does something at "
                "them, and owns none <span class=\"gap\">2 of 3</span>nobody answers for them</p>");
  for (uint32_t i = 0; i < report->matrix_count; i++) {
    const ReportMatrix *matrix = &report->matrices[i];
    if (matrix->stage_count == 0) continue;
    if (matrix->title.len == 0) {
      buf_add_c(to, "<h3>All maps, by the usual names of their stages</h3>");
      write_matrix(to, matrix);
      continue;
    }
    buf_add_c(to, report->matrix_count <= MOST_OPEN ? "<details open><summary>" : "<details><summary>");
    svg_escape(to, matrix->title);
    buf_add_c(to, "</summary>");
    write_matrix(to, matrix);
    buf_add_c(to, "</details>\n");
  }
  buf_add_c(to, "</section>\n");
}

/* ---- pains ---- */

#define VITAL "\xE2\x97\x86" /* a black diamond: the Pareto mark */

static const char *level_class(int level) { return level >= 4 ? "bd" : level == 3 ? "se" : level == 2 ? "fa" : "mu"; }

static void pain_row(Buf *to, const Report *report, const ReportPain *pain, double heaviest) {
  const ReportMap *map = &report->maps[pain->map];
  buf_printf(to, "<tr><td class=\"%s\"><b>", level_class(pain->level));
  svg_escape(to, pain->severity.len ? pain->severity : STR("not rated"));
  buf_printf(
      to, "</b><span class=\"track\"><span class=\"bar\" style=\"width:%.1f%%\"></span></span></td><th scope=\"row\">",
      heaviest > 0 ? pain->weight / heaviest * 100 : 0);
  svg_escape(to, pain->title);
  if (pain->vital)
    buf_add_c(to, " <span class=\"ac\" title=\"one of the fewest that carry 80% of all weight\">" VITAL "</span>");
  html_element(to, "small", NULL, pain->why);
  buf_add_c(to, "</th><td>");
  report_link(to, map, pain->step_anchor, pain->step);
  html_element(to, "small", NULL, map->view->title);
  buf_add_c(to, "</td>");
  cell(to, NULL, pain->seen_in);
  cell(to, pain->solved_by.len ? NULL : "bd", pain->solved_by.len ? pain->solved_by : STR("nothing yet"));
  buf_add_c(to, "</tr>\n");
}

void report_pains(Buf *to, const Report *report) {
  report_section(to, "pains", "Pains");
  double heaviest = 0;
  for (uint32_t i = 0; i < report->pain_count; i++)
    if (report->pains[i].weight > heaviest) heaviest = report->pains[i].weight;
  buf_add_c(to,
            "<p class=\"lead\">The most severe first. A pain weighs its severity, 1 to 4, times the largest share in "
            "which it was seen. What a variant only takes over is not listed again.</p>");
  if (report->vital_count)
    buf_printf(to, "<p class=\"ac\"><b>%s %u of %u carry 80%% of all weight</b></p>", VITAL, report->vital_count,
               report->pain_count);
  open_table(to, "Pains",
             "<th scope=\"col\">Severity and weight</th><th scope=\"col\">Pain</th><th scope=\"col\">Where</th><th "
             "scope=\"col\">Seen in</th><th scope=\"col\">Solved by</th>");
  for (uint32_t i = 0; i < report->pain_count; i++) pain_row(to, report, &report->pains[i], heaviest);
  if (report->pain_count == 0)
    buf_add_c(to, "<tr><td colspan=\"5\" class=\"mu\">No pain is written down yet.</td></tr>");
  close_table(to);
  buf_add_c(to, "</section>\n");
}

/* ---- plan ---- */

static void marks(Buf *to, const PlanItem *item, Arena *arena) {
  buf_add_c(to, "<td>");
  if (item->owner.len) html_element(to, "span", NULL, item->owner);
  else if (!item->closed) buf_add_c(to, "<b class=\"bd\">no owner</b>");
  if (item->has_due)
    html_element(to, "small", item->overdue ? "bd" : NULL,
                 arena_format(arena, item->overdue ? "overdue since " STR_FMT : "due " STR_FMT,
                              STR_ARG(words_date(item->due, arena))));
  else if (!item->closed) buf_add_c(to, "<small class=\"bd\">no date</small>");
  buf_add_c(to, "</td>");
}

static void plan_row(Buf *to, const Plan *plan, const PlanItem *item, Arena *arena) {
  buf_add_c(to, "<tr><td class=\"n\">");
  if (item->rank) buf_printf(to, "<b>%u</b>", item->rank);
  buf_add_c(to, "</td><td class=\"n\">");
  if (item->rank) buf_add(to, plan_score_words(plan, item, arena));
  else html_element(to, "small", NULL, item->missing);
  buf_add_c(to, "</td><th scope=\"row\">");
  svg_escape(to, item->title);
  html_element(to, "small", NULL, item->journey_title);
  buf_printf(to, "</th><td class=\"%s\">%s</td>", plan_is_easy_win(item) ? "gd" : "mu", quadrant_title(item->quadrant));
  marks(to, item, arena);
  cell(to, NULL, str_of(item->status));
  buf_add_c(to, "<td>");
  for (uint32_t i = 0; i < item->solve_count; i++) html_element(to, "div", NULL, item->solves[i].title);
  buf_add_c(to, "</td></tr>\n");
}

static void unsolved(Buf *to, const Plan *plan) {
  if (plan->unsolved_count == 0) return;
  buf_add_c(to, "<h3 class=\"bd\" style=\"margin-top:20px\">Severe pains that nothing solves</h3><ul>");
  for (uint32_t i = 0; i < plan->unsolved_count; i++) {
    const PlanPain *pain = &plan->unsolved[i];
    buf_add_c(to, "<li>");
    svg_escape(to, pain->title);
    buf_add_c(to, " <span class=\"mu\">(");
    svg_escape(to, pain->severity);
    buf_add_c(to, ", ");
    svg_escape(to, pain->step);
    buf_add_c(to, ")</span></li>");
  }
  buf_add_c(to, "</ul>\n");
}

void report_plan(Buf *to, const Report *report) {
  const Plan *plan = report->plan;
  Arena *arena = arena_new();
  report_section(to, "plan", "Plan");
  buf_printf(to, "<p class=\"lead\">Opportunities in hand, ranked by %s: %s.</p>", priority_title(plan->by),
             priority_formula(plan->by));
  if (layout_plan_has_plot(plan)) {
    buf_add_c(to, "\n<div class=\"plot\"><template shadowrootmode=\"open\">");
    plan_write_plot(plan, 860, 520, to);
    buf_add_c(to, "</template></div>\n");
  }
  open_table(to, "Plan",
             "<th scope=\"col\" class=\"n\">Rank</th><th scope=\"col\" class=\"n\">Score</th><th "
             "scope=\"col\">Opportunity</th><th "
             "scope=\"col\">Kind</th><th "
             "scope=\"col\">Who, until when</th><th scope=\"col\">Status</th><th scope=\"col\">Solves</th>");
  for (uint32_t i = 0; i < plan->open_count; i++) plan_row(to, plan, &plan->items[i], arena);
  if (plan->open_count == 0)
    buf_add_c(to, "<tr><td colspan=\"7\" class=\"mu\">No opportunity is written down yet.</td></tr>");
  close_table(to);
  unsolved(to, plan);
  buf_add_c(to, "</section>\n");
  arena_free(arena);
}

/* ---- upkeep ---- */

static void upkeep_row(Buf *to, const ReportMap *map) {
  const View *view = map->view;
  buf_add_c(to, "<tr><th scope=\"row\">");
  report_link(to, map, STR(""), view->title);
  buf_add_c(to, "</th>");
  cell(to, view->reviewed.len ? NULL : "bd", view->reviewed.len ? view->reviewed : STR("never reviewed"));
  cell(to, view->review_overdue ? "bd" : "gd",
       view->review_overdue ? view->review_note
       : view->reviewed.len ? STR("in time")
                            : STR(""));
  cell(to, view->validated.len ? NULL : "bd",
       view->validated.len ? view->validated : STR("never validated with clients"));
  cell(to, NULL, view->mapped_by);
  buf_add_c(to, "</tr>\n");
}

static void evidence_row(Buf *to, const ReportEvidence *evidence) {
  buf_add_c(to, "<tr>");
  report_row_head(to, evidence->title);
  cell(to, NULL, evidence->method);
  cell(to, evidence->collected.len ? NULL : "bd", evidence->collected.len ? evidence->collected : STR("no date"));
  buf_add_c(to, "<td class=\"n\">");
  if (evidence->answered > 0) buf_number(to, evidence->answered, 0);
  buf_printf(to, "</td><td class=\"%s\">", evidence->stale ? "bd" : evidence->fresh_until.len ? "gd" : "mu");
  svg_escape(to, evidence->fresh_until.len ? evidence->fresh_until : STR("not said"));
  buf_add_c(to, evidence->stale ? ": stale</td></tr>\n" : "</td></tr>\n");
}

void report_upkeep(Buf *to, const Report *report) {
  report_section(to, "upkeep", "Upkeep");
  buf_add_c(to, "<p class=\"lead\">A map is worth what its last look at reality is worth.</p>");
  open_table(to, "Reviews",
             "<th scope=\"col\">Map</th><th scope=\"col\">Reviewed</th><th scope=\"col\">Next review</th><th "
             "scope=\"col\">Validated</th><th scope=\"col\">Mapped by</th>");
  for (uint32_t i = 0; i < report->map_count; i++) upkeep_row(to, &report->maps[i]);
  close_table(to);
  if (report->evidence_count) {
    open_table(to, "Evidence",
               "<th scope=\"col\">Evidence</th><th scope=\"col\">Method</th><th scope=\"col\">Collected</th><th "
               "scope=\"col\" class=\"n\">Answers</th><th scope=\"col\">Fresh until</th>");
    for (uint32_t i = 0; i < report->evidence_count; i++) evidence_row(to, &report->evidence[i]);
    close_table(to);
  }
  buf_add_c(to, "</section>\n");
}

/* ---- what the search looks through ---- */

static void entry(Buf *to, Str anchor, Str step, Str text, const char *what, Str where) {
  buf_add_c(to, "<li data-to=\"#");
  svg_escape(to, anchor);
  if (step.len) {
    buf_add_c(to, "\" data-step=\"step-");
    svg_escape(to, step);
  }
  buf_add_c(to, "\"><b>");
  svg_escape(to, text);
  buf_printf(to, "</b><i>%s%s", what, where.len ? ", " : "");
  svg_escape(to, where);
  buf_add_c(to, "</i></li>\n");
}

static void index_map(Buf *to, const ReportMap *map) {
  const View *view = map->view;
  entry(to, map->anchor, STR(""), view->title, "Map", view->kind);
  for (uint32_t s = 0; s < view->step_count; s++) {
    const ViewStep *step = &view->steps[s];
    if (step->state == 3) continue;
    entry(to, map->anchor, step->anchor, step->title, "Step", view->title);
    if (step->emotion_text.len) entry(to, map->anchor, step->anchor, step->emotion_text, "Emotion", step->title);
    for (uint32_t lane = 0; lane < view->lane_count; lane++)
      for (uint32_t i = 0; view->lanes[lane].cells && i < view->lanes[lane].cells[s].count; i++) {
        const Entry *e = &view->lanes[lane].cells[s].entries[i];
        if (e->kind == ENTRY_TEXT || e->kind == ENTRY_THOUGHT || e->kind == ENTRY_NEED || e->kind == ENTRY_ACTION)
          entry(to, map->anchor, step->anchor, e->text, "", step->title);
      }
  }
}

void report_index(Buf *to, const Report *report) {
  static const Str none = STR("");
  buf_add_c(to, "<ul id=\"index\" hidden>\n");
  for (uint32_t i = 0; i < report->map_count; i++) index_map(to, &report->maps[i]);
  for (uint32_t i = 0; i < report->persona_count; i++)
    entry(to, STR("clients"), none, report->personas[i].name, "Persona", report->personas[i].role);
  for (uint32_t i = 0; i < report->pain_count; i++)
    entry(to, report->maps[report->pains[i].map].anchor, report->pains[i].step_anchor, report->pains[i].title, "Pain",
          report->pains[i].step);
  for (uint32_t i = 0; i < report->plan->open_count; i++)
    entry(to, STR("plan"), none, report->plan->items[i].title, "Opportunity", report->plan->items[i].owner);
  for (uint32_t i = 0; i < report->evidence_count; i++)
    entry(to, STR("upkeep"), none, report->evidence[i].title, "Evidence", report->evidence[i].method);
  buf_add_c(to, "</ul>\n");
}
