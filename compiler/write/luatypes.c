#include "write/luatypes.h"

#include "schema/schema.h"

/* ---- which keywords are tables ---- */

static bool is_list(Keyword keyword) { return schema_row(keyword)->how_often == MANY || schema_declares(keyword); }

/* A property with one value and nothing inside is that value alone: as in script/model.c. */
static bool is_bare(Keyword keyword) {
  const ValueRule *values = schema_row(keyword)->values;
  return !schema_declares(keyword) && values[0].type != V_NONE && values[1].type == V_NONE &&
         !schema_has_block(keyword);
}

static bool is_child(Keyword parent, Keyword child) { return schema_is_content(child) && schema_allows(parent, child); }

static bool is_table(Keyword keyword) { return schema_is_content(keyword) && !is_bare(keyword); }

static void reach(bool reached[K_COUNT], Keyword keyword);

static void reach_values(bool reached[K_COUNT], Keyword keyword) {
  for (const ValueRule *rule = schema_row(keyword)->values; rule->type != V_NONE; rule++) {
    if (rule->type != V_REF && rule->type != V_REFS) continue;
    for (Keyword k = K_FILE + 1; k < K_COUNT; k++)
      if (schema_target_matches(rule->target, k)) reach(reached, k);
  }
}

/* All tables that a script can come to from `keyword`. */
static void reach(bool reached[K_COUNT], Keyword keyword) {
  if (reached[keyword]) return;
  reached[keyword] = true;
  reach_values(reached, keyword);
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++)
    if (is_child(keyword, k)) reach(reached, k);
}

/* ---- names of types ---- */

static bool has_namesake(Keyword keyword) {
  Str word = str_of(schema_row(keyword)->word);
  for (Keyword k = schema_find_anywhere(word, K_NONE); k != K_NONE; k = schema_find_anywhere(word, k))
    if (k != keyword && is_table(k)) return true;
  return false;
}

/* "hands-over" is HandsOver. Where two tables have one word, the one that stands deeper has its place in front:
 * StepActor. */
static void add_class(Buf *to, Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  if (keyword == K_TOUCHPOINT || keyword == K_ARROW) {
    buf_add_c(to, keyword == K_ARROW ? "Arrow" : "Step");
    return;
  }
  if (has_namesake(keyword) && row->where[0] != K_FILE && row->where[0] != K_JOURNEY) add_class(to, row->where[0]);
  bool start = true;
  for (const char *c = row->word; *c; c++) {
    if (*c != '-') buf_add_byte(to, start && *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c);
    start = *c == '-';
  }
}

/* The table of another journey is its id, and where a path starts or ends there is a word. */
static void add_target(Buf *to, Keyword target) {
  switch (target) {
    case K_STEP: buf_add(to, STR("Step|Stage|string")); break;
    case K_AUDIENCE: buf_add(to, STR("Persona|Segment|Channel")); break;
    case K_JOURNEY: buf_add(to, STR("string")); break;
    case K_METRIC: buf_add(to, STR("Metric|string")); break;
    default: add_class(to, target);
  }
}

static void add_targets(Buf *to, Keyword target) {
  bool several = target == K_STEP || target == K_AUDIENCE || target == K_METRIC;
  buf_add_c(to, several ? "(" : "");
  add_target(to, target);
  buf_add_c(to, several ? ")[]" : "[]");
}

static void add_choices(Buf *to, const char *const *choices) {
  for (size_t i = 0; choices[i]; i++) buf_printf(to, "%s\"%s\"", i ? "|" : "", choices[i]);
}

static void add_value(Buf *to, const ValueRule *rule) {
  switch (rule->type) {
    case V_REF: add_target(to, rule->target); break;
    case V_REFS: add_targets(to, rule->target); break;
    case V_CHOICE: add_choices(to, rule->choices); break;
    case V_RANGE: buf_add(to, STR("Range")); break;
    case V_NUMBER:
    case V_SHARE:
    case V_DURATION:
    case V_MONEY:
    case V_DATE:
    case V_TIME:
    case V_EMOTION:
    case V_QUANTITY: buf_add(to, STR("number")); break;
    default: buf_add(to, STR("string"));
  }
}

/* How a number is meant, where its name doesn't say so. */
static const char *measure_of(ValueType type) {
  switch (type) {
    case V_SHARE: return " From 0 to 1.";
    case V_DURATION: return " In minutes.";
    case V_TIME: return " In minutes since midnight.";
    case V_DATE: return " In days since 1970, as `journey.today`.";
    case V_MONEY: return " The amount, without its currency.";
    case V_EMOTION: return " On the map's own scale.";
    case V_QUANTITY: return " A share is 0 to 1, a duration minutes.";
    default: return "";
  }
}

/* ---- fields ---- */

static bool is_word_of_lua(const char *name) {
  static const char *const words[] = {"and", "end",    "for",    "if",   "in",   "not",
                                      "or",  "repeat", "return", "then", "until"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(words[i], name) == 0) return true;
  return false;
}

static void add_name(Buf *to, const char *name) {
  buf_add(to, STR("---@field "));
  buf_printf(to, is_word_of_lua(name) ? "[\"%s\"] " : "%s ", name);
}

/* Each line of the text as a comment. */
static void add_comment(Buf *to, Str text) {
  while (text.len) {
    Str line = str_cut_line(&text);
    buf_add(to, STR("---"));
    buf_add(to, line);
    buf_add_byte(to, '\n');
  }
}

static void add_doc(Buf *to, Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  add_comment(to, str_of(row->doc));
  buf_add(to, STR("---\n---```journey\n"));
  add_comment(to, str_of(row->example));
  buf_add(to, STR("---```\n"));
}

static void add_slot(Buf *to, const ValueRule *rule) {
  add_name(to, rule->name);
  add_value(to, rule);
  buf_add_c(to, rule->optional ? "?" : "");
  buf_add_c(to, measure_of(rule->type));
  buf_add_byte(to, '\n');
}

/* The type of a property: `Pain[]`, `string?`, `"goal"|"partly"`. */
static void add_property_type(Buf *to, Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  Buf type = {0};
  if (!is_bare(keyword)) add_class(&type, keyword);
  else add_value(&type, row->values);
  if (is_bare(keyword) && row->values->optional) buf_add(&type, STR("|true")); /* `moment-of-truth` alone */
  bool several = memchr(type.at, '|', type.len) != NULL && type.at[type.len - 1] != ']';
  if (several) buf_add_byte(to, '(');
  buf_add(to, buf_str(&type));
  if (several) buf_add_byte(to, ')');
  buf_add_c(to, is_list(keyword) ? "[]" : row->how_often == REQUIRED ? "" : "?");
  buf_free(&type);
}

/* What the tables of places say in their own way stands in front. */
static bool is_derived(Keyword parent, Keyword child) {
  if (parent == K_JOURNEY) return child == K_STAGE || child == K_OWNER || child == K_SCALE;
  return (parent == K_STAGE && (child == K_OWNER || child == K_TOUCHPOINT)) ||
         (parent == K_TOUCHPOINT && child == K_OWNER);
}

static void add_property(Buf *to, Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  add_doc(to, keyword);
  add_name(to, row->key);
  add_property_type(to, keyword);
  if (is_bare(keyword)) buf_add_c(to, measure_of(row->values->type));
  buf_add_byte(to, '\n');
}

static const char *derived_fields(Keyword keyword) {
  switch (keyword) {
    case K_JOURNEY:
      return "---@field stages Stage[] In order.\n"
             "---@field steps Step[] All steps of all stages, in order.\n"
             "---@field owner Team? The team that answers for the journey.\n"
             "---@field scale Range The scale of `step.feels.value`; -2 to 2 where the map says nothing.\n"
             "---@field today integer Days since 1970; the date of `--today`, where it is given.\n"
             "---@field pains Pain[] The pains of all steps.\n"
             "---@field arrows Arrow[] The arrows of all paths.\n"
             "---@field allMeasures Measure[] Its own measures, and those of all stages and steps.\n"
             "---@field stageCount integer How many stages it has.\n"
             "---@field stepCount integer How many steps it has.\n"
             "---@field variant boolean Whether it extends another journey.\n"
             "---@field reviewDue integer? The day of its next review.\n";
    case K_EVIDENCE: return "---@field freshUntil integer? The last day on which it may be relied on.\n";
    case K_STAGE:
      return "---@field number integer Counted from 1.\n"
             "---@field steps Step[] The steps of this stage, in order.\n"
             "---@field touchpoints Step[] The same as `steps`.\n"
             "---@field owner Team? Its own, or else the journey's.\n"
             "---@field inherited boolean Whether a variant has it from its base as it is.\n";
    case K_TOUCHPOINT:
      return "---@field number integer Counted from 1, through the whole journey.\n"
             "---@field stage Stage The stage that it is a step of.\n"
             "---@field emotion number? How the client feels, from -1 to 1 on every scale; nil where nothing is said.\n"
             "---@field owner Team? Its own, or else its stage's, or else the journey's.\n"
             "---@field inherited boolean Whether a variant has it from its base as it is.\n";
    case K_PAIN:
      return "---@field step Step The step that it is a pain of.\n"
             "---@field inherited boolean? Whether a variant has it from its base as it is.\n";
    case K_OPPORTUNITY: return "---@field inherited boolean? Whether a variant has it from its base as it is.\n";
    case K_MEASURE:
      return "---@field step Step? The step that it is measured at.\n"
             "---@field stage Stage? The stage that it is measured at.\n";
    default: return "";
  }
}

static void add_declared(Buf *to, const KeywordRow *row) {
  add_name(to, row->values[0].name);
  buf_add(to, STR("string The name by which other statements call it.\n"));
  add_name(to, row->values[1].name);
  buf_add(to, STR("string Its title, or its id where it has none.\n"));
}

static void add_table(Buf *to, Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  buf_add_byte(to, '\n');
  add_doc(to, keyword);
  buf_add(to, STR("---@class "));
  add_class(to, keyword);
  buf_add_byte(to, '\n');
  bool declares = schema_declares(keyword);
  if (declares) add_declared(to, row);
  buf_add_c(to, derived_fields(keyword));
  for (const ValueRule *rule = row->values + (declares ? 2 : 0); rule->type != V_NONE; rule++) add_slot(to, rule);
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++)
    if (is_child(keyword, k) && !is_derived(keyword, k)) add_property(to, k);
}

void luatypes_write(Buf *to) {
  bool reached[K_COUNT] = {0};
  reach(reached, K_JOURNEY);
  buf_add_c(to, luatypes_before);
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++)
    if (reached[k] && is_table(k)) add_table(to, k);
  buf_add_c(to, luatypes_after);
}
