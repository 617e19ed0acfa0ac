#include "write/settings_jsonschema.h"

#include "schema/schema.h"
#include "source/diagnostic.h"
#include "write/json_out.h"

static void write_choices(JsonOut *out, const char *const *choices, const char *without) {
  json_begin_array(out, "enum");
  for (; *choices; choices++)
    if (!without || strcmp(*choices, without) != 0) json_c(out, NULL, *choices);
  json_end_array(out);
}

static void write_text(JsonOut *out) {
  json_c(out, "type", "string");
  json_c(out, "pattern", "\\S");
}

/* What settings_json.c takes for a value of that rule. */
static void write_value(JsonOut *out, const ValueRule *rule) {
  switch (rule->type) {
    case V_CHOICE: write_choices(out, rule->choices, NULL); break;
    case V_NUMBER:
      json_c(out, "type", "number");
      json_num(out, "minimum", rule->min);
      json_num(out, "maximum", rule->max);
      break;
    case V_DURATION:
      json_c(out, "type", "string");
      json_c(out, "pattern", "^([0-9]+(\\.[0-9]+)?(s|min|h|d|w|mo|y))+$");
      break;
    default: json_c(out, "type", "string"); break;
  }
}

/* ---- rules ---- */

static void write_rule(JsonOut *out, DiagnosticInfo info) {
  json_begin_object(out, info.code);
  json_c(out, "description", info.title);
  json_c(out, "$ref", "#/$defs/rule");
  json_end_object(out);
}

static void write_rules(JsonOut *out) {
  json_c(out, "type", "object");
  json_begin_object(out, "properties");
  for (int code = 0; code < DIAG_COUNT; code++) {
    DiagnosticInfo info = diagnostic_info((DiagnosticCode)code);
    if (info.severity != SEVERITY_ERROR && code != DIAG_OWN_CHECK) write_rule(out, info);
  }
  json_end_object(out);
  json_begin_object(out, "patternProperties"); /* all that isn't shaped like a code */
  json_begin_object(out, "^(?![EWHIewhi][A-Za-z]{0,4}[0-9][0-9A-Za-z]{0,4}$)");
  json_c(out, "description", "A check of the project's own, by its name.");
  json_c(out, "$ref", "#/$defs/rule");
  json_end_object(out);
  json_end_object(out);
  json_bool(out, "additionalProperties", false);
}

/* {"severity": "hint", "reason": "…"}: switching off needs the reason. */
static void write_long_rule(JsonOut *out, const ValueRule *severity, const ValueRule *reason, bool off) {
  json_begin_object(out, NULL);
  json_c(out, "type", "object");
  json_begin_object(out, "properties");
  json_begin_object(out, severity->name);
  if (off) json_c(out, "const", diagnostic_severity_word(SEVERITY_OFF));
  else write_choices(out, severity->choices, diagnostic_severity_word(SEVERITY_OFF));
  json_end_object(out);
  json_begin_object(out, reason->name);
  write_text(out);
  json_end_object(out);
  json_end_object(out);
  json_begin_array(out, "required");
  json_c(out, NULL, severity->name);
  if (off) json_c(out, NULL, reason->name);
  json_end_array(out);
  json_bool(out, "additionalProperties", false);
  json_end_object(out);
}

static void write_rule_definition(JsonOut *out) {
  const KeywordRow *row = schema_row(K_RULE);
  const ValueRule *severity = &row->values[1], *reason = &row->values[2];
  json_begin_object(out, "$defs");
  json_begin_object(out, "rule");
  json_c(out, "description", row->doc);
  json_begin_array(out, "anyOf");
  json_begin_object(out, NULL);
  write_choices(out, severity->choices, diagnostic_severity_word(SEVERITY_OFF));
  json_end_object(out);
  write_long_rule(out, severity, reason, false);
  write_long_rule(out, severity, reason, true);
  json_end_array(out);
  json_end_object(out);
  json_end_object(out);
}

/* ---- the document ---- */

static void write_property(JsonOut *out, const char *key, const char *description, const ValueRule *rule) {
  json_begin_object(out, key);
  json_c(out, "description", description);
  if (rule) write_value(out, rule);
  else write_rules(out);
  json_end_object(out);
}

void settings_jsonschema_write(Buf *to) {
  static const ValueRule address = {.type = V_TEXT};
  JsonOut out = json_out(to);
  const KeywordRow *project = schema_row(K_PROJECT);
  json_begin_object(&out, NULL);
  json_c(&out, "$schema", "https://json-schema.org/draft/2020-12/schema");
  json_c(&out, "title", "Settings of a project of journey maps");
  json_c(&out, "description",
         "journey.json, in the folder of the project. A `project` block in a .journey file says the same, and wins.");
  json_c(&out, "type", "object");
  json_begin_object(&out, "properties");
  write_property(&out, "$schema", "Where this schema is.", &address);
  write_property(&out, project->values[0].name, "What the project is called.", &project->values[0]);
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++) {
    const KeywordRow *row = schema_row(k);
    if (schema_allows(K_PROJECT, k)) write_property(&out, row->key, row->doc, k == K_RULE ? NULL : row->values);
  }
  json_end_object(&out);
  json_bool(&out, "additionalProperties", false);
  write_rule_definition(&out);
  json_end_object(&out);
  json_end(&out);
}
