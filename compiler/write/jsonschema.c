#include "write/jsonschema.h"

#include <stdio.h>

#include "write/json_out.h"
#include "write/model.h"

/* ---- values ---- */

static void write_type(JsonOut *out, const char *type) { json_c(out, "type", type); }

static void write_text(JsonOut *out) {
  write_type(out, "string");
  json_num(out, "minLength", 1);
}

static void write_between(JsonOut *out, double min, double max) {
  write_type(out, "number");
  json_num(out, "minimum", min);
  json_num(out, "maximum", max);
}

static void write_pattern(JsonOut *out, const char *pattern) {
  write_type(out, "string");
  json_c(out, "pattern", pattern);
}

static void write_ref(JsonOut *out, const char *name) {
  Buf path = {0};
  buf_printf(&path, "#/$defs/%s", name);
  json_str(out, "$ref", buf_str(&path));
  buf_free(&path);
}

static void write_choices(JsonOut *out, const char *const *choices) {
  json_begin_array(out, "enum");
  for (; *choices; choices++) json_c(out, NULL, *choices);
  json_end_array(out);
}

static void write_names(JsonOut *out) {
  write_type(out, "array");
  json_num(out, "minItems", 1);
  json_begin_object(out, "items");
  write_text(out);
  json_end_object(out);
}

/* The words of a schema for one value, without its description. */
static void write_value(JsonOut *out, const ValueRule *rule) {
  static const char *const operators[] = {">=", "<=", ">", "<", "=", "!=", NULL};
  switch (rule->type) {
    case V_REFS: write_names(out); break;
    case V_CHOICE: write_choices(out, rule->choices); break;
    case V_NUMBER: write_between(out, rule->min, rule->max); break;
    case V_SHARE: write_between(out, 0, 1); break;
    case V_DURATION:
      write_type(out, "number");
      json_num(out, "minimum", 0);
      break;
    case V_EMOTION: write_type(out, "number"); break;
    case V_MONEY: write_ref(out, "money"); break;
    case V_RANGE: write_ref(out, "range"); break;
    case V_QUANTITY: write_ref(out, "quantity"); break;
    case V_DATE: write_pattern(out, "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"); break;
    case V_TIME: write_pattern(out, "^([01][0-9]|2[0-3]):[0-5][0-9]$"); break;
    case V_COLOUR: write_pattern(out, "^#[0-9a-f]{6}$"); break;
    case V_OPERATOR: write_choices(out, operators); break;
    case V_TEXT: write_type(out, "string"); break;
    default: write_text(out); break;
  }
}

/* What the value is, where its type does not say it; NULL where it does. */
static const char *value_words(const ValueRule *rule) {
  switch (rule->type) {
    case V_REF: return "The id of a declared %s.";
    case V_REFS: return "Each is the id of a declared %s.";
    case V_SHARE: return "A share from 0 to 1.";
    case V_DURATION: return "In minutes.";
    case V_TIME: return "Hours and minutes.";
    case V_DATE: return "Year, month and day.";
    case V_EMOTION: return "On the journey's `scale`.";
    case V_PATH: return "A file, relative to the one that names it.";
    default: return NULL;
  }
}

static void write_description(JsonOut *out, const char *doc, const ValueRule *rule) {
  const char *words = rule ? value_words(rule) : NULL;
  if (!doc && !words) return;
  Buf text = {0};
  if (doc) buf_add_c(&text, doc);
  if (doc && words) buf_add_byte(&text, ' ');
  if (words) {
    Str rest = str_of(words), before = str_cut(&rest, '%');
    buf_add(&text, before);
    if (rest.len) {
      buf_add_c(&text, schema_target_words(rule->target));
      buf_add(&text, str_slice(rest, 1, rest.len));
    }
  }
  json_str(out, "description", buf_str(&text));
  buf_free(&text);
}

/* ---- keywords ---- */

typedef struct {
  char text[64];
} Name;

/* The word; where an earlier keyword of another shape has it, with what it stands in: "needs-of-persona". */
static Name name_of(Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  Name name;
  bool taken = false;
  for (Keyword k = K_FILE + 1; k < keyword; k++)
    taken |= schema_is_content(k) && !model_is_bare(k) && strcmp(schema_row(k)->word, row->word) == 0;
  snprintf(name.text, sizeof name.text, "%s%s%s", keyword == K_ARROW ? "arrow" : row->word, taken ? "-of-" : "",
           taken ? schema_row(row->where[0])->word : "");
  return name;
}

/* A value alone; where it may be missing, `true` says that the keyword stands there. */
static void write_bare(JsonOut *out, const ValueRule *rule) {
  if (!rule->optional) {
    write_value(out, rule);
    return;
  }
  json_begin_array(out, "anyOf");
  json_begin_object(out, NULL);
  write_value(out, rule);
  json_end_object(out);
  json_begin_object(out, NULL);
  json_bool(out, "const", true);
  json_end_object(out);
  json_end_array(out);
}

static void write_property(JsonOut *out, Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  bool bare = model_is_bare(keyword);
  json_begin_object(out, row->key);
  write_description(out, row->doc, bare ? row->values : NULL);
  if (model_is_list(keyword)) {
    write_type(out, "array");
    if (!model_is_always_there(keyword)) json_num(out, "minItems", 1);
    json_begin_object(out, "items");
  }
  if (bare) write_bare(out, row->values);
  else write_ref(out, name_of(keyword).text);
  if (model_is_list(keyword)) json_end_object(out);
  json_end_object(out);
}

static void write_slot(JsonOut *out, const ValueRule *rule) {
  json_begin_object(out, rule->name);
  write_description(out, NULL, rule);
  write_value(out, rule);
  json_end_object(out);
  if (rule->type != V_EMOTION) return;
  json_begin_object(out, "word");
  json_c(out, "description", "The id of the declared emotion, where a word was written.");
  write_text(out);
  json_end_object(out);
}

static void write_doc_slot(JsonOut *out) {
  json_begin_object(out, "doc");
  json_c(out, "description", "The documentation that stands in front of it.");
  write_type(out, "string");
  json_end_object(out);
}

static bool is_required(Keyword parent, Keyword child) {
  return child == K_SCALE || model_is_always_there(child) ||
         (schema_row(child)->how_often == REQUIRED && parent != K_FILE);
}

static void write_required(JsonOut *out, Keyword keyword, const Keyword *children, size_t count) {
  const KeywordRow *row = schema_row(keyword);
  json_begin_array(out, "required");
  for (size_t i = 0; row->values[i].type != V_NONE; i++)
    if (!row->values[i].optional || (row->how_often == DECLARES && i < 2)) json_c(out, NULL, row->values[i].name);
  for (size_t i = 0; i < count; i++)
    if (is_required(keyword, children[i])) json_c(out, NULL, schema_row(children[i])->key);
  json_end_array(out);
}

/* The schema of a keyword that is an object. */
static void write_object(JsonOut *out, Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  Keyword children[K_COUNT];
  size_t count = model_children(keyword, children);
  json_begin_object(out, name_of(keyword).text);
  json_c(out, "description", row->doc);
  write_type(out, "object");
  json_begin_object(out, "properties");
  for (const ValueRule *rule = row->values; rule->type != V_NONE; rule++) write_slot(out, rule);
  if (row->how_often == DECLARES) write_doc_slot(out);
  if (keyword == K_MEASURE) {
    json_begin_object(out, "counted");
    write_ref(out, "counted");
    json_end_object(out);
  }
  for (size_t i = 0; i < count; i++) write_property(out, children[i]);
  json_end_object(out);
  write_required(out, keyword, children, count);
  json_bool(out, "additionalProperties", false);
  json_end_object(out);
}

/* ---- the document ---- */

static void write_pair(JsonOut *out, const char *name, const char *doc, const char *first, const char *second,
                       bool both_are_numbers) {
  json_begin_object(out, name);
  json_c(out, "description", doc);
  write_type(out, "object");
  json_begin_object(out, "properties");
  json_begin_object(out, first);
  write_type(out, "number");
  json_end_object(out);
  json_begin_object(out, second);
  if (both_are_numbers) write_type(out, "number");
  else write_text(out);
  json_end_object(out);
  json_end_object(out);
  json_begin_array(out, "required");
  json_c(out, NULL, first);
  if (both_are_numbers) json_c(out, NULL, second);
  json_end_array(out);
  json_bool(out, "additionalProperties", false);
  json_end_object(out);
}

static void write_alone(JsonOut *out, const char *key, const ValueRule *rule) {
  json_begin_object(out, NULL);
  write_type(out, "object");
  json_begin_object(out, "properties");
  json_begin_object(out, key);
  write_value(out, rule);
  json_end_object(out);
  json_end_object(out);
  json_begin_array(out, "required");
  json_c(out, NULL, key);
  json_end_array(out);
  json_bool(out, "additionalProperties", false);
  json_end_object(out);
}

static void write_quantity(JsonOut *out) {
  json_begin_object(out, "quantity");
  json_c(out, "description", "What was measured: a number, a share, a time in minutes or an amount of money.");
  json_begin_array(out, "anyOf");
  json_begin_object(out, NULL);
  write_type(out, "number");
  json_end_object(out);
  /* A measured share may be under 0% or over 100%: a growth, a change. */
  write_alone(out, "share", &(ValueRule){.type = V_EMOTION});
  write_alone(out, "minutes", &(ValueRule){.type = V_DURATION});
  json_begin_object(out, NULL);
  write_ref(out, "money");
  json_end_object(out);
  json_end_array(out);
  json_end_object(out);
}

/* ---- what was counted ---- */

static void write_described(JsonOut *out, const char *key, const char *type, const char *doc) {
  json_begin_object(out, key);
  json_c(out, "description", doc);
  write_type(out, type);
  json_end_object(out);
}

static void write_interval(JsonOut *out) {
  write_described(out, "low", "number", "The lower end of its interval, at 95%; like `value`, without its unit.");
  write_described(out, "high", "number", "The upper end.");
}

static void write_point(JsonOut *out) {
  json_begin_object(out, "trend");
  json_c(out, "description", "The same by period, in order.");
  write_type(out, "array");
  json_begin_object(out, "items");
  write_type(out, "object");
  json_begin_object(out, "properties");
  write_described(out, "period", "string", "2026-03, 2026 Q1, 2026 H1 or 2026.");
  write_described(out, "value", "number", "Missing where nobody answered.");
  write_interval(out);
  write_described(out, "n", "number", "How many were counted.");
  json_end_object(out);
  json_begin_array(out, "required");
  json_c(out, NULL, "period");
  json_c(out, NULL, "n");
  json_end_array(out);
  json_bool(out, "additionalProperties", false);
  json_end_object(out);
  json_end_object(out);
}

static void write_counted(JsonOut *out) {
  json_begin_object(out, "counted");
  json_c(out, "description", "What a measure without a value comes to, counted from the files of its evidence.");
  write_type(out, "object");
  json_begin_object(out, "properties");
  write_described(out, "failure", "string", "Why it could not be counted; then nothing else is said.");
  json_begin_object(out, "value");
  write_ref(out, "quantity");
  json_end_object(out);
  write_interval(out);
  write_described(out, "n", "number", "How many answers, rows or clients were counted.");
  write_described(out, "how", "string", "How it was counted, in words.");
  write_described(out, "stale", "boolean", "The newest row is older than it may be relied on.");
  write_described(out, "nearTarget", "boolean", "Whether the target is reached can't be told at this n.");
  write_point(out);
  json_end_object(out);
  json_bool(out, "additionalProperties", false);
  json_end_object(out);
}

static void write_defs(JsonOut *out) {
  json_begin_object(out, "$defs");
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++)
    if (schema_is_content(k) && !model_is_bare(k)) write_object(out, k);
  write_pair(out, "money", "An amount of money; where it was written, with the sign or letters of its currency.",
             "amount", "currency", false);
  write_pair(out, "range", "From the worst to the best.", "min", "max", true);
  write_quantity(out);
  write_counted(out);
  json_end_object(out);
}

static void write_constant(JsonOut *out, const char *key, const char *description, const char *value) {
  json_begin_object(out, key);
  json_c(out, "description", description);
  if (value) json_c(out, "const", value);
  else write_type(out, "string");
  json_end_object(out);
}

void jsonschema_write(Buf *to) {
  JsonOut out = json_out(to);
  Keyword children[K_COUNT];
  size_t count = model_children(K_FILE, children);
  json_begin_object(&out, NULL);
  json_c(&out, "$schema", "https://json-schema.org/draft/2020-12/schema");
  json_c(&out, "title", "Journey maps");
  json_c(
      &out, "description",
      "What `journey build --format json` writes: maps, and what they name. Times are in minutes, shares from 0 to 1, "
      "emotions on the journey's own `scale`. Variants are written out: each journey is whole. What is named is named "
      "by its id; a part of a journey with the way to it, as in stage.touchpoint.pain.");
  write_type(&out, "object");
  json_begin_object(&out, "properties");
  write_constant(&out, "$schema", "Where this schema is.", NULL);
  write_constant(&out, "journey", "The version of this shape.", "1");
  for (size_t i = 0; i < count; i++) write_property(&out, children[i]);
  json_end_object(&out);
  json_begin_array(&out, "required");
  json_c(&out, NULL, "journey");
  json_c(&out, NULL, schema_row(K_JOURNEY)->key);
  json_end_array(&out);
  json_bool(&out, "additionalProperties", false);
  write_defs(&out);
  json_end_object(&out);
  json_end(&out);
}
