/* journey.json: what a `project` block says, for programs that write settings. Its keys are those of the schema's rows.
 */
#include <jansson.h>

#include "base/limits.h"
#include "base/nearest.h"
#include "project/settings.h"
#include "syntax/syntax.h"
#include "unit/value.h"

typedef struct {
  Project *p;
  const Unit *unit;
  Str text; /* of the unit */
} Reader;

typedef struct {
  Span key, value; /* with their quotes */
} Member;

static Diagnostic *say(Reader *r, DiagnosticCode code, Span span, Str help, Str message) {
  return diagnose(&r->p->diagnostics, code, r->unit->number, span, help.at, STR_FMT, STR_ARG(message));
}

/* ---- where the members of an object stand; the text is known to be JSON ---- */

static uint32_t past_spaces(Str text, uint32_t at) {
  while (at < text.len && strchr(" \t\r\n", text.at[at])) at++;
  return at;
}

static uint32_t past_string(Str text, uint32_t at) {
  for (at++; at < text.len && text.at[at] != '"'; at++) at += text.at[at] == '\\';
  return at + 1;
}

static uint32_t past_value(Str text, uint32_t at) {
  int depth = 0;
  do {
    char c = text.at[at];
    if (c == '"') at = past_string(text, at);
    else {
      if (c == '{' || c == '[') depth++;
      if (c == '}' || c == ']') depth--;
      at++;
    }
  } while (at < text.len && (depth > 0 || !strchr(",}] \t\r\n", text.at[at])));
  return at;
}

/* The next member; `*at` stands at the object's brace first. */
static bool next_member(Str text, uint32_t *at, Member *member) {
  *at = past_spaces(text, *at + 1); /* the brace, or the comma */
  if (*at >= text.len || text.at[*at] != '"') return false;
  member->key = (Span){*at, past_string(text, *at)};
  uint32_t value = past_spaces(text, past_spaces(text, member->key.end) + 1);
  member->value = (Span){value, past_value(text, value)};
  *at = past_spaces(text, member->value.end);
  return true;
}

/* ---- values ---- */

static json_t *parse(Str text) { return json_loadb(text.at, text.len, JSON_DECODE_ANY, NULL); }

/* The text of a string; false where the value is something else. */
static bool read_text(Reader *r, Span span, Str *text) {
  json_t *value = parse(source_text(&r->unit->source, span));
  bool is_text = json_is_string(value);
  if (is_text) *text = arena_copy(r->p->arena, (Str){json_string_value(value), json_string_length(value)});
  json_decref(value);
  return is_text;
}

static Str quoted(Reader *r, Str text) { return arena_format(r->p->arena, "\"" STR_FMT "\"", STR_ARG(text)); }

static void complain_value(Reader *r, Str key, Str wanted, Span span) {
  Str raw = source_text(&r->unit->source, span);
  bool is_short = raw.len <= 40 && !memchr(raw.at, '\n', raw.len);
  say(r, DIAG_WRONG_VALUE, span, STR("docs/settings.md lists what may stand here"),
      arena_format(r->p->arena, "`" STR_FMT "` takes " STR_FMT ", not " STR_FMT, STR_ARG(key), STR_ARG(wanted),
                   STR_ARG(is_short ? raw : STR("this"))));
}

static Str choice_list(Reader *r, const ValueRule *rule) {
  Buf words = {0};
  for (int i = 0; rule->choices[i]; i++)
    buf_printf(&words, "%s\"%s\"", i == 0 ? "" : rule->choices[i + 1] ? ", " : " or ", rule->choices[i]);
  return buf_take(&words, r->p->arena);
}

static bool read_choice(Reader *r, Str key, const ValueRule *rule, Span span, Value *value) {
  Str word;
  int choice = -1;
  bool is_text = read_text(r, span, &word);
  if (is_text) choice = value_choice(rule, word);
  value->extra = (uint16_t)choice;
  if (choice >= 0) return true;
  Nearest nearest = nearest_to(is_text ? word : STR(""));
  for (int i = 0; rule->choices[i]; i++) nearest_offer(&nearest, str_of(rule->choices[i]));
  complain_value(r, key, choice_list(r, rule), span);
  if (nearest.best.len == 0) return false;
  Diagnostic *added = &r->p->diagnostics.list.at[r->p->diagnostics.list.len - 1];
  added->help = arena_format(r->p->arena, "did you mean \"" STR_FMT "\"?", STR_ARG(nearest.best));
  diagnostic_fix_if_sure(added, nearest_is_sure(&nearest), span, quoted(r, nearest.best));
  return false;
}

static bool read_number(Reader *r, Str key, const ValueRule *rule, Span span, Value *value) {
  json_t *json = parse(source_text(&r->unit->source, span));
  bool is_number = json_is_number(json);
  value->number = json_number_value(json);
  json_decref(json);
  Str wanted = value_words(rule, r->p->arena);
  if (!is_number) complain_value(r, key, wanted, span);
  else if (value->number < rule->min || value->number > rule->max)
    say(r, DIAG_OUT_OF_RANGE, span, arena_format(r->p->arena, "write " STR_FMT, STR_ARG(wanted)),
        arena_format(r->p->arena, "%g is out of range for `" STR_FMT "`", value->number, STR_ARG(key)));
  else return true;
  return false;
}

static bool read_duration(Reader *r, Str key, Span span, Value *value) {
  Str text;
  if (read_text(r, span, &text) && value_duration(text, &value->number)) return true;
  complain_value(r, key, STR("a duration such as \"30d\" or \"12mo\""), span);
  return false;
}

static bool read_value(Reader *r, Str key, const ValueRule *rule, Span span, Value *value) {
  switch (rule->type) {
    case V_CHOICE: return read_choice(r, key, rule, span, value);
    case V_NUMBER: return read_number(r, key, rule, span, value);
    case V_DURATION: return read_duration(r, key, span, value);
    default: return false;
  }
}

/* ---- rules ---- */

static void complain_reason(Reader *r, Str code, Span span) {
  say(r, DIAG_MISSING_VALUE, span,
      arena_format(r->p->arena,
                   "say in a few words why: \"" STR_FMT "\": {\"severity\": \"off\", \"reason\": \"\xE2\x80\xA6\"}",
                   STR_ARG(code)),
      arena_format(r->p->arena, STR_FMT " is switched off without a reason", STR_ARG(code)));
}

static void complain_key(Reader *r, Span key, Str name, Nearest nearest, Str where) {
  Str help = nearest.best.len > 0 ? arena_format(r->p->arena, "did you mean \"" STR_FMT "\"?", STR_ARG(nearest.best))
                                  : STR("docs/settings.md lists what may stand here");
  Diagnostic *added =
      say(r, DIAG_UNKNOWN_KEYWORD, key, help,
          arena_format(r->p->arena, "\"" STR_FMT "\" means nothing " STR_FMT, STR_ARG(name), STR_ARG(where)));
  if (nearest.best.len > 0) diagnostic_fix_if_sure(added, nearest_is_sure(&nearest), key, quoted(r, nearest.best));
}

/* {"severity": "off", "reason": "…"}; false where it says no severity. */
static bool read_long_rule(Reader *r, Str code, Span span, Value *severity, Str *reason) {
  const ValueRule *values = schema_row(K_RULE)->values;
  bool said = false, tried = false;
  Member member;
  for (uint32_t at = span.start; next_member(r->text, &at, &member);) {
    Str key = STR("");
    read_text(r, member.key, &key);
    if (str_is_c(key, values[1].name)) tried = true, said = read_choice(r, key, &values[1], member.value, severity);
    else if (str_is_c(key, values[2].name)) {
      if (!read_text(r, member.value, reason)) complain_value(r, key, STR("a text in quotes"), member.value);
    } else {
      Nearest nearest = nearest_to(key);
      nearest_offer(&nearest, str_of(values[1].name));
      nearest_offer(&nearest, str_of(values[2].name));
      complain_key(r, member.key, key, nearest, STR("in a rule"));
    }
  }
  if (!tried)
    say(r, DIAG_MISSING_VALUE, (Span){span.start, span.start + 1}, STR("for example: {\"severity\": \"hint\"}"),
        arena_format(r->p->arena, "this rule about " STR_FMT " gives no severity", STR_ARG(code)));
  return said;
}

static void complain_code(Reader *r, Span span, Str name) {
  bool is_code = diagnostic_is_code(name);
  Nearest nearest = is_code ? nearest_to(name) : settings_nearest_check(r->p, NONE, name);
  for (int code = 0; code < DIAG_COUNT && is_code; code++)
    if (code != DIAG_OWN_CHECK) nearest_offer(&nearest, str_of(diagnostic_info((DiagnosticCode)code).code));
  bool near = nearest.best.len > 0 && (!is_code || nearest.distance <= 1);
  const char *what = is_code ? "no message has the code" : "there is no check called";
  Diagnostic *added =
      say(r, DIAG_UNKNOWN_CODE, span,
          near      ? arena_format(r->p->arena, is_code ? "did you mean " STR_FMT "?" : "did you mean \"" STR_FMT "\"?",
                                   STR_ARG(nearest.best))
          : is_code ? STR("`journey explain` lists all codes")
                    : STR("name the code of a message, such as W0603, or a check of the project"),
          arena_format(r->p->arena, "%s \"" STR_FMT "\"", what, STR_ARG(name)));
  if (near) diagnostic_fix_if_sure(added, nearest_is_sure(&nearest), span, quoted(r, nearest.best));
}

/* A check of the project's own is known where any file declares it. */
static bool is_lowered_error(Reader *r, DiagnosticCode code, Str name, const Value *severity) {
  if (severity->extra == SEVERITY_ERROR) return false;
  if (code < DIAG_COUNT) return diagnostic_info(code).severity == SEVERITY_ERROR;
  return check_severity(r->p, project_check(r->p, NONE, name)) == SEVERITY_ERROR;
}

static void read_rule(Reader *r, const Member *member) {
  Str name = STR(""), reason = STR("");
  DiagnosticCode code = DIAG_COUNT;
  Value severity = {0};
  read_text(r, member->key, &name);
  if (diagnostic_find(name, &code) && code == DIAG_OWN_CHECK) {
    say(r, DIAG_UNKNOWN_CODE, member->key, STR("write the name of the check that you mean: \"no-photo\": \"error\""),
        arena_format(r->p->arena, "messages of your own checks go by their names, not by " STR_FMT, STR_ARG(name)));
    return;
  }
  if (code == DIAG_COUNT && !ref_ok(project_check(r->p, NONE, name))) {
    complain_code(r, member->key, name);
    return;
  }
  bool is_long = r->text.at[member->value.start] == '{';
  if (is_long ? !read_long_rule(r, name, member->value, &severity, &reason)
              : !read_choice(r, name, &schema_row(K_RULE)->values[1], member->value, &severity))
    return;
  if (is_lowered_error(r, code, name, &severity))
    say(r, DIAG_ERROR_STAYS, member->key, STR("mend what it is about; only what makes a map weak can be left as it is"),
        arena_format(r->p->arena, STR_FMT " is an error, and can't be %s", STR_ARG(name),
                     severity.extra == SEVERITY_OFF ? "switched off" : "made less grave"));
  else if (severity.extra == SEVERITY_OFF && str_trim(reason).len == 0) complain_reason(r, name, member->value);
  if (code < DIAG_COUNT) settings_set_rule(&r->p->settings, code, (DiagnosticSeverity)severity.extra);
  else settings_set_named(&r->p->settings, name, (DiagnosticSeverity)severity.extra);
}

static void read_rules(Reader *r, Str key, Span span) {
  Member member;
  if (r->text.at[span.start] != '{') {
    complain_value(r, key, STR("an object such as {\"W0603\": \"error\"}"), span);
    return;
  }
  for (uint32_t at = span.start; next_member(r->text, &at, &member);) read_rule(r, &member);
}

/* ---- the file ---- */

static Keyword keyword_of(Str key) {
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++)
    if (schema_allows(K_PROJECT, k) && str_is_c(key, schema_row(k)->key)) return k;
  return K_NONE;
}

static Nearest nearest_key(Str key) {
  Nearest nearest = nearest_to(key);
  nearest_offer(&nearest, str_of(schema_row(K_PROJECT)->values[0].name));
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++) {
    const KeywordRow *row = schema_row(k);
    if (!schema_allows(K_PROJECT, k)) continue;
    nearest_offer(&nearest, str_of(row->key));
    nearest_offer_also(&nearest, row->word, str_of(row->key));
    nearest_offer_also(&nearest, row->also, str_of(row->key));
  }
  return nearest;
}

static void read_baseline(Reader *r, Str key, Span span) {
  Str name;
  if (!read_text(r, span, &name))
    complain_value(r, key, STR("the name of a file, such as \"journey-baseline.json\""), span);
  else settings_set_baseline(r->p, (Ref){r->unit->number, 0}, span, name);
}

static void read_member(Reader *r, const Member *member) {
  Str key = STR("");
  Value value = {0};
  read_text(r, member->key, &key);
  Keyword keyword = keyword_of(key);
  if (str_is(key, STR("$schema"))) return;
  if (str_is_c(key, schema_row(K_PROJECT)->values[0].name)) {
    if (!read_text(r, member->value, &r->p->settings.title))
      complain_value(r, key, STR("a text in quotes"), member->value);
  } else if (keyword == K_NONE) complain_key(r, member->key, key, nearest_key(key), STR("in " SETTINGS_FILE));
  else if (keyword == K_RULE) read_rules(r, key, member->value);
  else if (keyword == K_BASELINE) read_baseline(r, key, member->value);
  else if (read_value(r, key, schema_row(keyword)->values, member->value, &value))
    settings_set(&r->p->settings, keyword, &value);
}

Str settings_baseline(const Unit *unit, Arena *arena) {
  Str text = unit->source.text, mark = STR("\xEF\xBB\xBF");
  size_t skipped = str_starts(text, mark) ? mark.len : 0;
  if (text.len > LIMIT_SETTINGS_BYTES) return STR("");
  json_t *root = json_loadb(text.at + skipped, text.len - skipped, 0, NULL);
  const json_t *name = json_object_get(root, schema_row(K_BASELINE)->key);
  Str copy =
      json_is_string(name) ? arena_copy(arena, (Str){json_string_value(name), json_string_length(name)}) : STR("");
  json_decref(root);
  return copy;
}

static Str syntax_words(enum json_error_code code) {
  switch (code) {
    case json_error_premature_end_of_input: return STR("this file ends in the middle");
    case json_error_end_of_input_expected: return STR("there is more behind the last brace");
    case json_error_duplicate_key: return STR("this key stands here twice");
    default: return STR("this file is no JSON from here on");
  }
}

/* The parser stands behind what it could not use: the last thing in front of that is shown. */
static void complain_syntax(Reader *r, const json_error_t *error) {
  enum json_error_code code = json_error_code(error);
  uint32_t end = error->position > 0 ? (uint32_t)error->position : 0;
  if (end > r->text.len) end = (uint32_t)r->text.len;
  while (end > 0 && strchr(" \t\r\n", r->text.at[end - 1])) end--;
  uint32_t start = end;
  while (start > 0 && ((unsigned char)r->text.at[start - 1] & 0xC0) == 0x80) start--;
  if (start > 0) start--;
  Diagnostic *added =
      say(r, DIAG_BAD_SETTINGS, (Span){start, end},
          code == json_error_duplicate_key
              ? STR("keep one of them")
              : STR("look just in front of here for a comma, a quote or a brace that is missing or too much"),
          syntax_words(code));
  uint32_t before = start;
  while (before > 0 && strchr(" \t\r\n", r->text.at[before - 1])) before--;
  if (start < end && strchr("}]", r->text.at[start]) && before > 0 && r->text.at[before - 1] == ',')
    diagnostic_fix_if_sure(added, true, (Span){before - 1, before}, STR(""));
}

/* What jansson reads is what stands in the text; false after saying what is wrong. */
static bool is_json_object(Reader *r) {
  if (r->text.len > LIMIT_SETTINGS_BYTES) {
    say(r, DIAG_BAD_SETTINGS, (Span){0, 0}, STR("settings are short; see what else is in it"),
        arena_format(r->p->arena, "this file is larger than %d MiB", LIMIT_SETTINGS_MIB));
    return false;
  }
  size_t bad = source_first_invalid(r->text, 0);
  if (bad < r->text.len) {
    say(r, DIAG_BAD_SETTINGS, (Span){(uint32_t)bad, (uint32_t)bad + 1},
        STR("open it in your editor and save it again with the encoding UTF-8"),
        STR("from here on, the file isn't UTF-8 text"));
    return false;
  }
  json_error_t error;
  json_t *root = json_loadb(r->text.at, r->text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
  bool fine = json_is_object(root);
  if (!root) complain_syntax(r, &error);
  else if (!fine)
    say(r, DIAG_BAD_SETTINGS, (Span){0, 1}, STR("for example: {\"reviewEvery\": \"quarter\"}"),
        STR("the settings stand between braces"));
  json_decref(root);
  return fine;
}

void settings_read_json(Project *p, const Unit *unit) {
  Reader r = {p, unit, unit->source.text};
  Str mark = STR("\xEF\xBB\xBF");
  if (str_starts(r.text, mark)) { /* places are counted from the start: the mark becomes spaces */
    Buf copy = {0};
    buf_add(&copy, STR("   "));
    buf_add(&copy, str_slice(r.text, mark.len, r.text.len));
    r.text = buf_take(&copy, p->arena);
  }
  if (!is_json_object(&r)) return;
  Member member;
  for (uint32_t at = past_spaces(r.text, 0); next_member(r.text, &at, &member);) read_member(&r, &member);
}
