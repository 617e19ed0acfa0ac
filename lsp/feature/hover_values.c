/* Values that are no names: what they mean, in words. */
#include <math.h>

#include "flow/flow.h"
#include "lsp/feature/hover_parts.h"
#include "lsp/feature/named_file.h"
#include "lsp/feature/pages.h"
#include "metric/explain.h"
#include "unit/value.h"
#include "view/figure_words.h"
#include "view/words.h"

/* ---- emotions ---- */

typedef struct {
  const Project *p;
  double wanted, distance;
  Str word;
} NearestEmotion;

static void look_at_emotion(void *context, Ref ref) {
  NearestEmotion *nearest = context;
  const Unit *unit = project_unit(nearest->p, ref);
  const Value *value = unit_value(unit, ref.at, 2);
  if (!value || fabs(value->number - nearest->wanted) >= nearest->distance) return;
  nearest->distance = fabs(value->number - nearest->wanted);
  nearest->word = unit_id(unit, ref.at);
}

static const char *emotion_words(double emotion) {
  return emotion >= 0.75   ? "very good"
         : emotion >= 0.25 ? "good"
         : emotion > -0.25 ? "neither good nor bad"
         : emotion > -0.75 ? "bad"
                           : "very bad";
}

void hover_emotion(const Hover *hover, double emotion) {
  const Journey *journey = project_journey_of(hover->p, hover->statement);
  Arena *arena = hover->arena;
  Buf number = {0};
  buf_number(&number, emotion, 2);
  Str usual = buf_take(&number, arena);
  bool own_scale = journey && (journey->scale_min != -1 || journey->scale_max != 1);
  prose_line(hover->prose, "",
             own_scale ? arena_format(arena, "%s: " STR_FMT " on this map's scale from %g to %g",
                                      emotion_words(emotion), STR_ARG(emotion_on_scale(journey, emotion, arena)),
                                      journey->scale_min, journey->scale_max)
                       : arena_format(arena, "%s: " STR_FMT " from -1 to 1", emotion_words(emotion), STR_ARG(usual)));
}

static void hover_emotion_number(const Hover *hover) {
  double emotion;
  Arena *arena = hover->arena;
  if (!feels_emotion(hover->p, hover->statement, &emotion)) return;
  NearestEmotion nearest = {.p = hover->p, .wanted = emotion, .distance = 0.15};
  project_visible(hover->p, hover->spot->unit, K_EMOTION, look_at_emotion, &nearest);
  prose_heading(hover->prose, unit_raw(hover->unit, hover->found.value), STR("emotion"));
  hover_emotion(hover, emotion);
  if (nearest.word.len > 0)
    prose_line(hover->prose, "", arena_format(arena, "about as " STR_FMT, STR_ARG(nearest.word)));
  hover_curve(hover, hover->statement);
}

/* ---- dates and times ---- */

static Str ago_words(int32_t days, Arena *arena) {
  uint32_t distance = (uint32_t)(days < 0 ? -days : days);
  const char *unit = distance < 61 ? "days" : distance < 731 ? "months" : "years";
  uint32_t count = distance < 61 ? distance : distance < 731 ? (uint32_t)lround(distance / 30.44) : distance / 365;
  if (days == 0) return STR("today");
  if (distance == 1) return days > 0 ? STR("tomorrow") : STR("yesterday");
  return arena_format(arena, days > 0 ? "in %u %s" : "%u %s ago", count, unit);
}

static void hover_date(const Hover *hover) {
  static const char *const weekdays[] = {"Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"};
  int32_t day = (int32_t)hover->found.value->number, due;
  Arena *arena = hover->arena;
  prose_heading(hover->prose,
                arena_format(arena, "%s, " STR_FMT, weekdays[(day % 7 + 7) % 7], STR_ARG(words_date(day, arena))),
                ago_words(day - hover->p->today, arena));
  const Journey *journey = project_journey_of(hover->p, hover->statement);
  Keyword keyword = (Keyword)project_statement(hover->p, hover->statement)->keyword;
  if (keyword == K_REVIEWED && journey && journey_review_due(hover->p, journey, &due))
    prose_line(hover->prose, "next review",
               arena_format(arena, STR_FMT ", " STR_FMT, STR_ARG(words_date(due, arena)),
                            STR_ARG(ago_words(due - hover->p->today, arena))));
}

static void hover_duration(const Hover *hover) {
  enum { DAY = 1440, MONTH = 43830 };
  Str raw = unit_raw(hover->unit, hover->found.value), words = words_duration(raw, hover->arena);
  double minutes = hover->found.value->number;
  Str about = STR("");
  if (minutes >= 60.0 * DAY && !str_ends(raw, STR("mo")))
    about = arena_format(hover->arena, "about %.0f months", minutes / MONTH);
  else if (minutes >= 90 && minutes < 2 * DAY && str_ends(raw, STR("min")))
    about = arena_format(hover->arena, "about " STR_FMT, STR_ARG(words_minutes(minutes, hover->arena)));
  prose_heading(hover->prose, words, about);
}

/* ---- shares and amounts ---- */

/* "about 3 in 5" */
static Str odds(double share, Arena *arena) {
  static const int parts[] = {2, 3, 4, 5, 10};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    double count = round(share * parts[i]), off = fabs(share * parts[i] - count);
    if (count >= 1 && count < parts[i] && off < 0.03 * parts[i])
      return arena_format(arena, "%s%.0f in %d", off < 1e-6 ? "" : "about ", count, parts[i]);
  }
  return share > 0 && share < 0.1 ? arena_format(arena, "about 1 in %.0f", round(1 / share)) : STR("");
}

static uint32_t step_of(const Journey *journey, const GraphArrows *arrows) {
  return arrows->count > 0 && arrows->at[0].from < journey->step_count ? arrows->at[0].from : NONE;
}

/* Of all clients who start, who goes that way. */
static void add_arrow(const Hover *hover) {
  const Journey *journey = project_journey_of(hover->p, hover->statement);
  if (!journey) return;
  Flows flows = flows_of(hover->p, journey, hover->arena);
  for (uint32_t i = 0; i < flows.graph.arrow_count; i++) {
    const Arrow *arrow = &flows.graph.arrows[i];
    if (!ref_is(arrow->at, hover->statement) || !arrow->share) continue;
    GraphArrows one = {arrow, 1};
    uint32_t from = step_of(journey, &one);
    const Flow *flow = &flows.at[flows.graph.untitled ? arrow->set : arrow->set - 1];
    if (from == NONE || !(flow->result.steps[from].visits < INFINITY)) return;
    prose_line(hover->prose, "",
               arena_format(hover->arena,
                            "of those at \u201C" STR_FMT "\u201D \u00B7 %.0f for every 100 clients who start",
                            STR_ARG(item_title(hover->p, &journey->steps[from].item, hover->arena)),
                            100 * flow->result.steps[from].visits * arrow->share->number));
    return;
  }
}

static void hover_share(const Hover *hover) {
  uint32_t parent = hover->unit->statements[hover->found.statement].parent;
  bool is_measured = parent != NONE && hover->unit->statements[parent].keyword == K_MEASURE;
  prose_heading(hover->prose, unit_raw(hover->unit, hover->found.value),
                is_measured ? STR("") : odds(hover->found.value->number, hover->arena));
  if (hover->unit->statements[hover->found.statement].keyword == K_ARROW) add_arrow(hover);
}

/* "40,000" */
static Str plain_number(double number, Arena *arena) {
  bool is_whole = number == floor(number) && fabs(number) < 1e15;
  Buf words = {0};
  if (number < 0 && is_whole) buf_add_byte(&words, '-');
  if (is_whole) buf_add(&words, figure_number((uint64_t)fabs(number), arena));
  else buf_number(&words, number, 2);
  return buf_take(&words, arena);
}

static void hover_money(const Hover *hover) {
  Quantity amount = quantity_of(hover->unit, hover->found.value);
  bool letters = amount.currency.len == 3 && (unsigned char)amount.currency.at[0] < 0x80;
  Str number = plain_number(amount.number, hover->arena);
  prose_heading(hover->prose,
                letters ? arena_format(hover->arena, STR_FMT " " STR_FMT, STR_ARG(number), STR_ARG(amount.currency))
                        : arena_format(hover->arena, STR_FMT STR_FMT, STR_ARG(amount.currency), STR_ARG(number)),
                STR(""));
}

/* ---- codes and files ---- */

static void hover_code(const Hover *hover) {
  const Value *value = hover->found.value;
  Str raw = unit_raw(hover->unit, value);
  if (value->extra < DIAG_COUNT) {
    DiagnosticInfo info = diagnostic_info((DiagnosticCode)value->extra);
    prose_heading(hover->prose, str_of(info.title),
                  arena_format(hover->arena, "%s %s", diagnostic_severity_word(info.severity), info.code));
    prose_link(hover->prose, "More about it", page_of_code(hover->arena, str_of(info.code)));
    return;
  }
  Ref check = project_check(hover->p, NONE, raw);
  if (ref_ok(check)) hover_thing(hover, check);
}

/* "5 teams, 3 personas" */
static void add_declared(const Hover *hover, const Unit *unit) {
  uint32_t counts[K_COUNT] = {0};
  Buf words = {0};
  for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) {
    Keyword keyword = (Keyword)unit->statements[at].keyword;
    if (schema_declares(keyword)) counts[keyword]++;
  }
  for (int k = K_FILE + 1; k < K_COUNT; k++) {
    if (counts[k] == 0) continue;
    const KeywordRow *row = schema_row((Keyword)k);
    buf_printf(&words, "%s%u %s", words.len ? ", " : "", counts[k], counts[k] == 1 ? row->word : row->key);
  }
  prose_line(hover->prose, "declares", buf_take(&words, hover->arena));
}

/* The comment with which a file begins says what it is. */
static void add_first_comment(const Hover *hover, Str text) {
  Buf comment = {0};
  for (Str line = str_cut_line(&text); str_starts(line, STR("//")); line = str_cut_line(&text)) {
    while (line.len > 0 && line.at[0] == '/') line = str_slice(line, 1, line.len);
    buf_printf(&comment, "%s" STR_FMT, comment.len ? " " : "", STR_ARG(str_trim(line)));
  }
  prose_text(hover->prose, buf_take(&comment, hover->arena));
}

static void hover_path(const Hover *hover) {
  Keyword keyword = (Keyword)project_statement(hover->p, hover->statement)->keyword;
  Str name = unit_text(hover->unit, hover->arena, hover->found.value);
  prose_heading(hover->prose, name, keyword == K_DATA_FILE ? STR("file of data") : STR(""));
  uint32_t unit = named_file(hover->spot->snapshot, hover->statement, hover->found.value, hover->arena).unit;
  if (unit != NONE && hover->p->units[unit]->script) unit = NONE;
  if (unit != NONE) {
    add_first_comment(hover, hover->p->units[unit]->source.text);
    add_declared(hover, hover->p->units[unit]);
    return;
  }
  Ref parent = {hover->statement.unit, project_statement(hover->p, hover->statement)->parent};
  if (keyword == K_DATA_FILE) hover_evidence(hover, parent);
  else hover_formula(hover, keyword == K_COMPUTED_BY ? parent : hover->statement);
}

/* ---- all ---- */

static void hover_range(const Hover *hover) {
  const Value *value = hover->found.value;
  prose_heading(hover->prose, unit_raw(hover->unit, value),
                arena_format(hover->arena, "from %g, the worst, to %g, the best", value->range.min, value->range.max));
}

static void hover_end_of_path(const Hover *hover) {
  Str raw = unit_raw(hover->unit, hover->found.value);
  const char *words = str_is_c(raw, "starts")   ? "where clients come from"
                      : str_is_c(raw, "leaves") ? "clients who go this way are lost"
                      : str_is_c(raw, "ends")   ? "for clients who go this way the journey is complete"
                                                : NULL;
  if (words) prose_heading(hover->prose, raw, str_of(words));
}

/* What the keyword says of any of its values. */
static void hover_any(const Hover *hover) {
  const Value *value = hover->found.value;
  const KeywordRow *row = schema_row((Keyword)hover->unit->statements[hover->found.statement].keyword);
  if (value->type == V_TEXT || value->type == V_ID || value->type == V_COLOUR || !hover->found.rule) return;
  prose_heading(hover->prose, unit_raw(hover->unit, value), str_of(row->word));
  prose_text(hover->prose, str_of(row->doc));
  bool is_bounded = hover->found.rule->type == V_NUMBER && hover->found.rule->max <= 1000;
  if (hover->found.rule->type == V_CHOICE || is_bounded)
    prose_text(hover->prose, arena_format(hover->arena, "May be " STR_FMT ".",
                                          STR_ARG(value_words(hover->found.rule, hover->arena))));
}

void hover_value(const Hover *hover) {
  Keyword keyword = (Keyword)hover->unit->statements[hover->found.statement].keyword;
  const Value *value = hover->found.value;
  if (keyword == K_MEASURE && value->slot == 1) {
    hover_measure(hover, hover->statement);
    return;
  }
  switch (value->type) {
    case V_REF: hover_end_of_path(hover); break;
    case V_EMOTION: hover_emotion_number(hover); break;
    case V_DATE: hover_date(hover); break;
    case V_DURATION: hover_duration(hover); break;
    case V_SHARE: hover_share(hover); break;
    case V_MONEY: hover_money(hover); break;
    case V_CODE: hover_code(hover); break;
    case V_PATH: hover_path(hover); break;
    case V_RANGE: hover_range(hover); break;
    default: hover_any(hover);
  }
}
