/* `journey score --explain` for people. */
#include <math.h>

#include "base/calendar.h"
#include "script/compute.h"
#include "view/figure_words.h"
#include "write/excerpt.h"
#include "write/places.h"
#include "write/score.h"
#include "write/terminal_grid.h"
#include "write/text_table.h"

typedef struct {
  const Project *project;
  const Explanation *of;
  Places *places;
  TextTable text;
  int width;
} Page;

/* ---- lines ---- */

static void add_heading(const Page *page, const char *text) {
  buf_add_byte(page->text.to, '\n');
  table_text(&page->text, page->width, TABLE_STRONG, str_of(text));
}

/* Indented by two columns. */
static void add_line(const Page *page, Str text) {
  Str *lines;
  Arena *arena = page->text.arena;
  size_t count = grid_wrap(arena, grid_text(arena, text, page->text.ascii), page->width - 4, &lines);
  for (size_t i = 0; i < count; i++) {
    buf_add_c(page->text.to, "  ");
    buf_add(page->text.to, lines[i]);
    while (page->text.to->len && page->text.to->at[page->text.to->len - 1] == ' ') page->text.to->len--;
    buf_add_byte(page->text.to, '\n');
  }
}

static Str number_words(double number, Arena *arena) {
  Buf out = {0};
  buf_number(&out, number, 3);
  return buf_take(&out, arena);
}

static Str day_words(int32_t day, Arena *arena) {
  CalendarDay date = calendar_day(day);
  return arena_format(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static Str line_words(const Page *page, Ref ref) {
  uint32_t line = places_position(page->places, ref.unit, project_statement(page->project, ref)->span.start).line;
  return arena_format(page->text.arena, STR_FMT ", line %u",
                      STR_ARG(excerpt_name(page->text.arena, project_unit(page->project, ref)->source.path)), line);
}

/* ---- sections ---- */

static void add_title(const Page *page) {
  const Explanation *of = page->of;
  Arena *arena = page->text.arena;
  Str place = place_words(page->project, of->journey, of->place, arena);
  Str in = of->place.kind == PLACE_STAGE || of->place.kind == PLACE_STEP
               ? arena_format(arena, ", in \u201c" STR_FMT "\u201d",
                              STR_ARG(item_title(page->project, &of->journey->item, arena)))
               : STR("");
  table_text(&page->text, page->width, TABLE_STRONG,
             arena_format(arena, STR_FMT " (" STR_FMT ") of " STR_FMT STR_FMT, STR_ARG(of->metric.title),
                          STR_ARG(of->metric.id), STR_ARG(place), STR_ARG(in)));
  buf_add_byte(page->text.to, '\n');
}

static void add_target(const Page *page) {
  const MetricValue *value = &page->of->value;
  const char *verdict = "";
  bool higher = value->value.number >= value->target.number, lower = value->value.number <= value->target.number;
  if (value->near_target) verdict = ": too close to tell whether it is met";
  else if (page->of->metric.better != BETTER_UNKNOWN && quantity_is_like(value->value, value->target))
    verdict = (page->of->metric.better == BETTER_LOWER ? lower : higher) ? ": met" : ": missed";
  add_line(page, arena_format(page->text.arena, "target " STR_FMT "%s",
                              STR_ARG(quantity_text(value->target, page->text.arena)), verdict));
}

/* A number of another kind than its metric, such as the mean of what is else a share, has no unit of it; shares and
 * times show themselves what they are. */
static Str scale_words(const Metric *metric, const MetricValue *value, Arena *arena) {
  static const char *const better[] = {"", "higher is better", "lower is better"};
  bool has_unit = value->value.kind == V_NUMBER && quantity_kind_of_unit(metric->unit) == V_NUMBER && metric->unit.len;
  return arena_format(arena, STR_FMT "%s%s", STR_ARG(has_unit ? metric->unit : STR("")),
                      has_unit && metric->better != BETTER_UNKNOWN ? ", " : "", better[metric->better]);
}

static Str plain_words(const MetricValue *value, double number, Arena *arena) {
  return quantity_text_within((Quantity){value->value.kind, number, value->value.currency}, NAN, NAN, arena);
}

static void add_interval(const Page *page) {
  const MetricValue *value = &page->of->value;
  Arena *arena = page->text.arena;
  add_line(page,
           arena_format(arena, "exactly " STR_FMT "; between " STR_FMT " and " STR_FMT "%s",
                        STR_ARG(plain_words(value, value->value.number, arena)),
                        STR_ARG(plain_words(value, value->low, arena)), STR_ARG(plain_words(value, value->high, arena)),
                        value->state == METRIC_MEASURED ? " by its stated margin" : " at 95% confidence"));
}

static void add_value(const Page *page) {
  static const char *const source[] = {"", "stated in the map", "counted from its file", "computed from the map", ""};
  const MetricValue *value = &page->of->value;
  Arena *arena = page->text.arena;
  if (value->state == METRIC_FAILED)
    return add_line(page, arena_format(arena, "It fails: " STR_FMT,
                                       STR_ARG(excerpt_name(arena, metric_failure_words(value->failure, arena)))));
  if (value->state == METRIC_NOTHING) return add_line(page, STR("There is nothing to say of it here."));
  Str words = value->has_interval              ? quantity_text_within(value->value, value->low, value->high, arena)
              : value->state == METRIC_COUNTED ? plain_words(value, value->value.number, arena)
                                               : quantity_text(value->value, arena);
  Str n = value->has_n ? arena_format(arena, ", " STR_FMT, STR_ARG(figure_n(value->n, arena))) : STR("");
  add_line(page, arena_format(arena, STR_FMT STR_FMT ", %s", STR_ARG(words), STR_ARG(n), source[value->state]));
  if (value->has_interval) add_interval(page);
  Str scale = scale_words(&page->of->metric, value, arena);
  if (scale.len) add_line(page, scale);
  if (value->how.len) add_line(page, value->how);
  if (value->stale) add_line(page, STR("out of date: its newest row is older than it may be relied on"));
  if (value->has_target) add_target(page);
}

static void add_reasons(const Page *page, bool is_metric, const char *heading) {
  const MetricValue *value = &page->of->value;
  Arena *arena = page->text.arena;
  bool any = false;
  for (uint32_t i = 0; i < value->reason_count; i++) {
    const MetricReason *reason = &value->reasons[i];
    if (reason->is_metric != is_metric) continue;
    if (!any) add_heading(page, heading);
    any = true;
    Str number = reason->has_number ? number_words(reason->number, arena) : is_metric ? STR("nothing to say") : STR("");
    Str of = is_metric ? arena_format(arena, " of " STR_FMT,
                                      STR_ARG(place_words(page->project, reason->journey, reason->place, arena)))
                       : STR("");
    add_line(page, arena_format(arena, STR_FMT STR_FMT "%s" STR_FMT, STR_ARG(reason->text), STR_ARG(of),
                                number.len ? ": " : "", STR_ARG(number)));
  }
}

static void add_settings(const Page *page) {
  Arena *arena = page->text.arena;
  if (page->of->setting_count) add_heading(page, "Settings");
  for (uint32_t i = 0; i < page->of->setting_count; i++) {
    const ExplainedSetting *setting = &page->of->settings[i];
    Str from = STR("as the Lua file says");
    if (ref_ok(setting->set))
      from = arena_format(arena, "set in " STR_FMT "; the Lua file says " STR_FMT,
                          STR_ARG(line_words(page, setting->set)), STR_ARG(number_words(setting->usual, arena)));
    add_line(page, arena_format(arena, STR_FMT ": " STR_FMT ", " STR_FMT, STR_ARG(setting->name),
                                STR_ARG(number_words(setting->value, arena)), STR_ARG(from)));
  }
}

static void add_trend(const Page *page) {
  const MetricValue *value = &page->of->value;
  Arena *arena = page->text.arena;
  if (value->trend_count < 2) return;
  add_heading(page, "By period");
  for (uint32_t i = 0; i < value->trend_count; i++) {
    const FigurePoint *point = &value->trend[i];
    Quantity quantity = {value->value.kind, point->value, value->value.currency};
    add_line(page, arena_format(arena, STR_FMT "  " STR_FMT ", " STR_FMT, STR_ARG(point->period),
                                STR_ARG(quantity_text_within(quantity, point->low, point->high, arena)),
                                STR_ARG(figure_n(point->n, arena))));
  }
}

static void add_file(const Page *page, const ExplainedEvidence *evidence) {
  const EvidenceFile *file = evidence->file;
  Arena *arena = page->text.arena;
  Buf line = {0};
  buf_printf(&line, STR_FMT " rows", STR_ARG(figure_number(file->rows, arena)));
  if (file->counted < file->rows)
    buf_printf(&line, ", " STR_FMT " of them left out by its `where`",
               STR_ARG(figure_number(file->rows - file->counted, arena)));
  if (file->bad_rows)
    buf_printf(&line, ", " STR_FMT " that can't be read", STR_ARG(figure_number(file->bad_rows, arena)));
  if (evidence->answers && evidence->answers->all.n)
    buf_printf(&line, "; " STR_FMT " have a score that counts here",
               STR_ARG(figure_number(evidence->answers->all.n, arena)));
  add_line(page, buf_take(&line, arena));
  const Answers *answers = evidence->answers;
  bool has_days = answers ? answers->has_days : file->has_days;
  if (has_days)
    add_line(page, arena_format(arena, "from " STR_FMT " to " STR_FMT,
                                STR_ARG(day_words(answers ? answers->first_day : file->first_day, arena)),
                                STR_ARG(day_words(answers ? answers->last_day : file->last_day, arena))));
}

static void add_evidence(const Page *page) {
  Arena *arena = page->text.arena;
  if (page->of->evidence_count) add_heading(page, "Evidence");
  for (uint32_t i = 0; i < page->of->evidence_count; i++) {
    const ExplainedEvidence *evidence = &page->of->evidence[i];
    Str file = evidence->file ? excerpt_name(arena, evidence->file->path) : STR("it names no file");
    add_line(page, arena_format(arena, "\u201c" STR_FMT "\u201d (" STR_FMT "): " STR_FMT, STR_ARG(evidence->title),
                                STR_ARG(line_words(page, evidence->evidence)), STR_ARG(file)));
    if (evidence->file) add_file(page, evidence);
  }
}

static void add_sources(const Page *page) {
  Arena *arena = page->text.arena;
  const Explanation *of = page->of;
  add_heading(page, "Where it is written");
  if (ref_ok(of->value.measure))
    add_line(page, arena_format(arena, "the measure: " STR_FMT, STR_ARG(line_words(page, of->value.measure))));
  if (of->metric.at.unit)
    add_line(page, arena_format(arena, "the metric: " STR_FMT, STR_ARG(line_words(page, of->metric.at))));
  if (of->file.len && of->value.state != METRIC_MEASURED)
    add_line(page, arena_format(arena, "the formula: " STR_FMT, STR_ARG(excerpt_name(arena, of->file))));
}

static void end_paragraph(const Page *page, Buf *paragraph) {
  if (paragraph->len) add_line(page, arena_copy(page->text.arena, buf_str(paragraph)));
  paragraph->len = 0;
}

/* Formulas, which are indented, stay as they are; other lines flow together. */
static void add_about(const Page *page) {
  Str about = page->of->about;
  Buf paragraph = {0};
  if (!about.len) return;
  add_heading(page, "What it means");
  while (about.len) {
    Str line = str_cut_line(&about);
    bool flows = line.len && line.at[0] != ' ';
    if (!flows) end_paragraph(page, &paragraph);
    if (!line.len) buf_add_byte(page->text.to, '\n');
    else if (!flows) add_line(page, line);
    else {
      if (paragraph.len) buf_add_byte(&paragraph, ' ');
      buf_add(&paragraph, line);
    }
  }
  end_paragraph(page, &paragraph);
  buf_free(&paragraph);
}

void score_write_explanation(const Project *project, const Explanation *explanation, TerminalStyle style, Buf *to) {
  enum { NARROWEST = 30 };
  if (style.width < NARROWEST) style.width = NARROWEST;
  Page page = {project, explanation, NULL, {arena_new(), to, style.colour, style.ascii, style.width, 0}, style.width};
  page.places = places_new(project, page.text.arena);
  add_title(&page);
  add_value(&page);
  add_reasons(&page, false, "How it came about");
  add_reasons(&page, true, "Other metrics that it asked for");
  add_settings(&page);
  add_trend(&page);
  add_evidence(&page);
  add_sources(&page);
  add_about(&page);
  arena_free(page.text.arena);
}
