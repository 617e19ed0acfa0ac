/* The map in words: for screen readers, for phones, and for whoever wants to copy a line. */
#include "text/measure.h"
#include "write/html_parts.h"

/* The numbers of the sources, raised. */
static void sources(Buf *to, Str numbers) { html_element(to, "sup", NULL, numbers); }

/* ---- about ---- */

static void fact(Buf *to, const char *label, Str value) {
  if (value.len == 0) return;
  buf_printf(to, "<dt>%s</dt>", label);
  html_element(to, "dd", NULL, value);
}

static void list(Buf *to, const ViewList *list) {
  html_element(to, "dt", NULL, list->label);
  buf_add_c(to, "<dd><ul>");
  for (uint32_t i = 0; i < list->count; i++) html_element(to, "li", NULL, list->lines[i]);
  buf_add_c(to, "</ul></dd>");
}

static void trend(Buf *to, const ViewCount *count) {
  uint32_t all = count->trend_count;
  if (all < 2) return;
  buf_add_c(to, "<details style=\"margin:0\"><summary><small style=\"display:inline\">");
  svg_escape(to, count->trend[0].period);
  buf_add_c(to, " to ");
  svg_escape(to, count->trend[all - 1].period);
  buf_add_c(to, "</small></summary><small>");
  for (uint32_t i = 0; i < all; i++) {
    if (i) buf_add_c(to, "<br>");
    svg_escape(to, count->trend[i].period);
    buf_add_c(to, ": ");
    svg_escape(to, count->trend[i].text);
  }
  buf_add_c(to, "</small></details>");
}

/* What stands behind a number that was counted. */
static void count(Buf *to, const Entry *entry) {
  html_element(to, "small", NULL, entry->details);
  trend(to, entry->count);
}

/* The name is kept apart: where it runs from right to left, the numbers behind it don't. */
static void entry_text(Buf *to, const Entry *entry) {
  bool apart = entry->kind == ENTRY_MEASURE && text_is_rtl(entry->name) && str_starts(entry->text, entry->name);
  if (apart) html_element(to, "bdi", NULL, entry->name);
  svg_escape(to, apart ? str_slice(entry->text, entry->name.len, entry->text.len) : entry->text);
}

static void measure(Buf *to, const Entry *entry) {
  if (entry->state == 3) {
    html_element(to, "del", NULL, entry->text);
    return;
  }
  entry_text(to, entry);
  if (entry->before.len) buf_add_byte(to, ' '), html_element(to, "del", NULL, entry->before);
  if (entry->too_close) buf_add_c(to, " (too close to tell)");
  sources(to, entry->sources);
  if (entry->label.len) buf_add_c(to, ", "), svg_escape(to, entry->label);
  buf_add_c(to, entry->level == 1 ? " (missed)" : entry->level == 2 ? " (met)" : "");
  if (entry->count) count(to, entry);
}

static void figures(Buf *to, const View *view) {
  static const char *const trends[] = {" (worse)", "", " (better)"};
  if (view->figure_count == 0) return;
  buf_add_c(to, "<dt>Compared with ");
  svg_escape(to, view->before_title);
  buf_add_c(to, "</dt><dd><ul>");
  for (uint32_t i = 0; i < view->figure_count; i++) {
    const ViewFigure *figure = &view->figures[i];
    buf_add_c(to, "<li>");
    svg_escape(to, figure->name);
    buf_add_c(to, ": ");
    if (!str_is(figure->before, figure->now)) svg_escape(to, figure->before), buf_add_c(to, " → ");
    svg_escape(to, figure->now);
    buf_printf(to, "%s</li>", trends[figure->trend + 1]);
  }
  buf_add_c(to, "</ul></dd>");
}

static void measures(Buf *to, const View *view) {
  if (view->measure_count == 0) return;
  buf_add_c(to, "<dt>Measures</dt><dd><ul>");
  for (uint32_t i = 0; i < view->measure_count; i++) {
    buf_add_c(to, "<li>");
    measure(to, &view->measures[i]);
    buf_add_c(to, "</li>");
  }
  buf_add_c(to, "</ul></dd>");
}

static void ideas(Buf *to, const View *view) {
  if (view->idea_count == 0) return;
  buf_add_c(to, "<dt>Opportunities beyond a single step</dt><dd><ul>");
  for (uint32_t i = 0; i < view->idea_count; i++) {
    const Entry *entry = &view->ideas[i];
    if (entry->state == 3) continue;
    buf_add_c(to, "<li>");
    svg_escape(to, entry->text);
    if (entry->label.len) buf_add_c(to, " ("), svg_escape(to, entry->label), buf_add_byte(to, ')');
    html_element(to, "small", NULL, entry->details);
    buf_add_c(to, "</li>");
  }
  buf_add_c(to, "</ul></dd>");
}

static bool has_about(const View *view) {
  return view->kind.len || view->covers.len || view->audience.len || view->vocabulary.len || view->evidence.len ||
         view->doc.len || view->scenario.len || view->objective.len || view->owner.len || view->mapped_by.len ||
         view->reviewed.len || view->validated.len || view->persona.present || view->measure_count ||
         view->idea_count || view->base_title.len;
}

static void about(Buf *to, const View *view) {
  const ViewPersona *persona = &view->persona;
  if (!has_about(view)) return;
  buf_add_c(to, "<h2>About this map</h2><dl>");
  fact(to, "Kind", view->kind);
  fact(to, "Covers", view->covers);
  fact(to, "For", view->audience);
  fact(to, "Stage names", view->vocabulary);
  fact(to, "Variant of", view->base_title);
  fact(to, "About", view->doc);
  if (persona->present) {
    buf_add_c(to, "<dt>Persona</dt><dd>");
    svg_escape(to, persona->name);
    sources(to, persona->sources);
    buf_add_c(to, "</dd>");
  }
  fact(to, "Role", persona->role);
  fact(to, "Who they are", persona->demographics);
  fact(to, "Segment", persona->segment);
  fact(to, "Its share", persona->segment_facts);
  fact(to, "In short", persona->about);
  fact(to, "In their words", persona->quote);
  for (uint32_t i = 0; i < persona->list_count; i++) list(to, &persona->lists[i]);
  fact(to, "Scenario", view->scenario);
  fact(to, "Objective", view->objective);
  fact(to, "Owner", view->owner);
  fact(to, "Mapped by", view->mapped_by);
  fact(to, "Reviewed", view->reviewed);
  fact(to, "Review", view->review_note);
  fact(to, "Validated", view->validated);
  figures(to, view);
  fact(to, "Evidence", view->evidence);
  measures(to, view);
  ideas(to, view);
  buf_add_c(to, "</dl>\n");
}

/* ---- the table ---- */

static void small(Buf *to, Str text) { html_element(to, "small", NULL, text); }

static void entry_label(Buf *to, const Entry *entry) {
  if (entry->label.len == 0) return;
  if (entry->text.len) buf_add_c(to, " (");
  svg_escape(to, entry->label);
  if (entry->kind == ENTRY_MEASURE && entry->level) buf_add_c(to, entry->level == 1 ? ", missed" : ", met");
  if (entry->text.len) buf_add_byte(to, ')');
}

static void entry_cell(Buf *to, const Entry *entry) {
  if (entry->state == 3) {
    buf_add_c(to, "<div>");
    html_element(to, "del", NULL, entry->text);
    buf_add_c(to, "</div>");
    return;
  }
  bool action = entry->kind == ENTRY_ACTION;
  Str whose = action ? entry->label : entry->who;
  buf_add_c(to, entry->state ? "<div><ins>" : "<div>");
  if (whose.len) {
    html_element(to, "b", NULL, whose);
    buf_add_c(to, ": ");
  }
  entry_text(to, entry);
  sources(to, entry->sources);
  if (!action) entry_label(to, entry);
  if (entry->state) buf_add_c(to, "</ins> ");
  html_element(to, "del", NULL, entry->before);
  if (entry->too_close) small(to, STR("too close to tell"));
  if (entry->count) count(to, entry);
  else if (entry->list_count == 0) small(to, entry->details); /* lists have a section of their own */
  buf_add_c(to, "</div>");
}

static void emotion_before(Buf *to, const ViewStep *step) {
  bool same = step->has_emotion && str_is(step->emotion_label, step->emotion_label_before) &&
              str_is(step->emotion_text, step->emotion_text_before);
  if (!step->had_emotion || same) return;
  buf_add_c(to, "<p><del>");
  svg_escape(to, step->emotion_label_before);
  buf_add_byte(to, ' ');
  svg_escape(to, step->emotion_text_before);
  buf_add_c(to, "</del></p>");
}

static void emotion_cell(Buf *to, const ViewStep *step, Arena *arena) {
  emotion_before(to, step);
  if (!step->has_emotion) return;
  buf_add_c(to, "<p>");
  html_element(to, "b", NULL, step->emotion_label);
  buf_add_byte(to, ' ');
  svg_escape(to, step->emotion_text);
  sources(to, step->emotion_sources);
  if (step->lowest) small(to, STR("Lowest point"));
  if (step->highest) small(to, STR("Highest point"));
  if (step->emotion_source.len) small(to, arena_format(arena, "From " STR_FMT, STR_ARG(step->emotion_source)));
  buf_add_c(to, "</p>");
}

/* A column for each actor stands behind that of the client's emotion. */
static void feeling_cells(Buf *to, const View *view, uint32_t step, Arena *arena) {
  for (uint32_t i = 0; i < view->actor_count; i++) {
    const ViewActor *actor = &view->actors[i];
    const ViewFeeling *feeling = &actor->feelings[step];
    if (!actor->has_curve) continue;
    buf_add_c(to, "<td role=\"cell\">");
    if (feeling->has_emotion) {
      html_element(to, "b", NULL, feeling->label);
      buf_add_byte(to, ' ');
      svg_escape(to, feeling->text);
      sources(to, feeling->sources);
      if (feeling->lowest) small(to, STR("Lowest point"));
      if (feeling->highest) small(to, STR("Highest point"));
      if (feeling->source.len) small(to, arena_format(arena, "From " STR_FMT, STR_ARG(feeling->source)));
    }
    buf_add_c(to, "</td>");
  }
}

static uint32_t actor_columns(const View *view) {
  uint32_t count = 0, lanes = 0;
  for (uint32_t i = 0; i < view->actor_count; i++) count += view->actors[i].has_curve;
  for (uint32_t i = 0; i < view->lane_count; i++) lanes += view->lanes[i].kind == LANE_EMOTION;
  return count * lanes;
}

static void cell(Buf *to, const View *view, const ViewLane *lane, uint32_t step, Arena *arena) {
  buf_add_c(to, "<td role=\"cell\">");
  if (lane->kind == LANE_EMOTION) emotion_cell(to, &view->steps[step], arena);
  for (uint32_t i = 0; lane->cells && i < lane->cells[step].count; i++) entry_cell(to, &lane->cells[step].entries[i]);
  buf_add_c(to, "</td>");
  if (lane->kind == LANE_EMOTION) feeling_cells(to, view, step, arena);
}

static void row(Buf *to, const View *view, uint32_t step, Arena *arena) {
  const ViewStep *s = &view->steps[step];
  buf_add_c(to, "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">");
  if (s->state == 3) html_element(to, "del", NULL, s->title);
  else {
    buf_printf(to, "%u. ", s->number);
    svg_escape(to, s->title);
  }
  if (s->title_before.len) buf_add_byte(to, ' '), html_element(to, "del", NULL, s->title_before);
  if (s->clock.len) small(to, arena_format(arena, "%s" STR_FMT, s->on_clock ? "" : "At ", STR_ARG(s->clock)));
  small(to, s->later);
  if (s->serves) small(to, s->serves == 1 ? STR("Serves the goal partly") : STR("Serves no goal"));
  small(to, s->serves_text);
  if (s->moment_of_truth) {
    buf_add_c(to, "<small>Moment of truth");
    if (s->moment_text.len) buf_add_c(to, ": "), svg_escape(to, s->moment_text);
    buf_add_c(to, "</small>");
  }
  static const Str states[] = {STR(""), STR("Changed"), STR("New"), STR("Dropped")};
  small(to, states[s->state & 3]);
  if (s->moved.len) small(to, arena_format(arena, "Moved " STR_FMT, STR_ARG(s->moved)));
  buf_add_c(to, "</th>");
  for (uint32_t i = 0; i < view->lane_count; i++) cell(to, view, &view->lanes[i], step, arena);
  buf_add_c(to, "</tr>\n");
}

static void stage_rows(Buf *to, const View *view, const ViewStage *stage, Arena *arena) {
  buf_printf(to, "<tbody role=\"rowgroup\"><tr role=\"row\"><th scope=\"rowgroup\" role=\"rowheader\" colspan=\"%u\">",
             view->lane_count + actor_columns(view) + 1);
  svg_escape(to, stage->title);
  if (stage->title_before.len) buf_add_byte(to, ' '), html_element(to, "del", NULL, stage->title_before);
  if (stage->goal.len) small(to, arena_format(arena, "The client\xE2\x80\x99s goal: " STR_FMT, STR_ARG(stage->goal)));
  if (stage->usual.len) small(to, arena_format(arena, "Usually called " STR_FMT, STR_ARG(stage->usual)));
  if (stage->objective.len)
    small(to, arena_format(arena, "The firm\xE2\x80\x99s objective: " STR_FMT, STR_ARG(stage->objective)));
  if (stage->owner.len) small(to, arena_format(arena, "Owner: " STR_FMT, STR_ARG(stage->owner)));
  for (uint32_t i = 0; i < stage->measure_count; i++) {
    buf_add_c(to, "<small>");
    measure(to, &stage->measures[i]);
    buf_add_c(to, "</small>");
  }
  buf_add_c(to, "</th></tr>\n");
  for (uint32_t i = 0; i < stage->step_count; i++) row(to, view, stage->first_step + i, arena);
  buf_add_c(to, "</tbody>\n");
}

/* A text in quotes, as CSS has it; nothing in it ends the style element. */
static void css_text(Buf *to, Str text, const char *behind) {
  buf_add_byte(to, '"');
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.at[i];
    if (c < ' ' || c == '"' || c == '\\' || c == '<') buf_printf(to, "\\%x ", c ? c : 0xFFFDu);
    else buf_add_byte(to, (char)c);
  }
  buf_printf(to, "%s\"", behind);
}

static void label_rule(Buf *to, uint32_t *column, Str title, const char *behind) {
  buf_printf(to, ".steps td:nth-child(%u)::before{content:", (unsigned)++*column);
  css_text(to, title, behind);
  buf_add_byte(to, '}');
}

void html_labels(Buf *to, const View *view) {
  uint32_t column = 1;
  for (uint32_t i = 0; i < view->lane_count; i++) {
    label_rule(to, &column, view->lanes[i].title, "");
    for (uint32_t a = 0; view->lanes[i].kind == LANE_EMOTION && a < view->actor_count; a++)
      if (view->actors[a].has_curve) label_rule(to, &column, view->actors[a].title, " feels");
  }
}

static void head_row(Buf *to, const View *view) {
  buf_add_c(to, "<thead role=\"rowgroup\"><tr role=\"row\"><th scope=\"col\" role=\"columnheader\">Step</th>");
  for (uint32_t i = 0; i < view->lane_count; i++) {
    buf_add_c(to, "<th scope=\"col\" role=\"columnheader\">");
    svg_escape(to, view->lanes[i].title);
    buf_add_c(to, "</th>");
    for (uint32_t a = 0; view->lanes[i].kind == LANE_EMOTION && a < view->actor_count; a++) {
      if (!view->actors[a].has_curve) continue;
      buf_add_c(to, "<th scope=\"col\" role=\"columnheader\">");
      svg_escape(to, view->actors[a].title);
      buf_add_c(to, " feels</th>");
    }
  }
  buf_add_c(to, "</tr></thead>\n");
}

static void steps(Buf *to, const View *view, Arena *arena) {
  buf_add_c(to, "\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"The map as a table\">"
                "<table class=\"steps\" role=\"table\"><caption>");
  svg_escape(to, view->title);
  buf_add_c(to, ", step by step</caption>\n");
  head_row(to, view);
  for (uint32_t i = 0; i < view->stage_count; i++) stage_rows(to, view, &view->stages[i], arena);
  buf_add_c(to, "</table></div>");
}

void html_table(Buf *to, const View *view) {
  Arena *arena = arena_new();
  buf_add_c(to, "<section class=\"text\">");
  about(to, view);
  if (view->plan) html_plan_table(to, view->plan);
  buf_add_c(to, "<h2>The map as a table</h2>\n");
  html_element(to, "p", NULL, view_summary(view, arena));
  if (view->stage_count > 0) steps(to, view, arena);
  buf_add_c(to, "</section>\n");
  arena_free(arena);
}
