#include "base/embedded.h"
#include "write/ci_parts.h"
#include "write/fingerprint.h"
#include "write/json_out.h"

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
/* The name by which code scanning knows the top of a repository. */
#define ROOT "%SRCROOT%"
/* The last part changes when the same thing would get another number. */
#define FINGERPRINT "journey/v1"

static const char *level_of(DiagnosticSeverity severity) {
  return severity == SEVERITY_ERROR ? "error" : severity == SEVERITY_WARNING ? "warning" : "note";
}

static void write_text(JsonOut *out, const char *key, Str text) {
  json_begin_object(out, key);
  json_str(out, "text", text);
  json_end_object(out);
}

/* In a SARIF message, brackets make a link unless a backslash stands in front of them. */
static void write_message(JsonOut *out, Arena *arena, Str text) {
  Buf plain = {0};
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] == '[' || text.at[i] == ']' || text.at[i] == '\\') buf_add_byte(&plain, '\\');
    buf_add_byte(&plain, text.at[i]);
  }
  write_text(out, "message", buf_take(&plain, arena));
}

/* ---- rules: the codes that occur, in the order in which they do ---- */

typedef struct {
  VEC(const Diagnostic *) first; /* a diagnostic of each rule */
  uint32_t of_code[DIAG_COUNT];  /* its rule's number from 1; 0: it has none yet */
  const uint32_t *of;            /* the rule of each diagnostic of the list */
} Rules;

static uint32_t rule_of(Rules *rules, const Diagnostic *diagnostic) {
  if (!diagnostic->own && rules->of_code[diagnostic->code]) return rules->of_code[diagnostic->code] - 1;
  for (size_t i = 0; diagnostic->own && i < rules->first.len; i++)
    if (str_is(diagnostic_label(rules->first.at[i]), diagnostic_label(diagnostic))) return (uint32_t)i;
  vec_push(&rules->first, diagnostic);
  if (!diagnostic->own) rules->of_code[diagnostic->code] = (uint32_t)rules->first.len;
  return (uint32_t)rules->first.len - 1;
}

static Rules find_rules(const Diagnostics *list, Arena *arena) {
  Rules rules = {0};
  uint32_t *of = ARENA_ARRAY(arena, uint32_t, list->list.len);
  for (size_t i = 0; i < list->list.len; i++) of[i] = rule_of(&rules, &list->list.at[i]);
  rules.of = of;
  return rules;
}

/* The page of `journey explain`, without its first line, which is the title. */
static void write_page(JsonOut *out, const Ci *ci, const Diagnostic *diagnostic) {
  Str page;
  if (diagnostic->own ||
      !embedded_find(arena_format(ci->arena, "docs/diagnostics/" STR_FMT ".md", STR_ARG(diagnostic_label(diagnostic))),
                     &page))
    return;
  str_cut_line(&page);
  page = str_trim(page);
  json_begin_object(out, "help");
  json_str(out, "text", page);
  json_str(out, "markdown", page);
  json_end_object(out);
}

/* "a severe pain without a why" is the rule ASeverePainWithoutAWhy: names of rules have no spaces. */
static Str name_of(Str title, Arena *arena) {
  Buf name = {0};
  bool begins = true;
  for (size_t i = 0; i < title.len; i++) {
    char c = title.at[i];
    bool small = c >= 'a' && c <= 'z', letter = small || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) buf_add_byte(&name, begins && small ? (char)(c - 'a' + 'A') : c);
    if (c != '\'') begins = !letter;
  }
  return buf_take(&name, arena);
}

static void write_rule(JsonOut *out, const Ci *ci, const Diagnostic *diagnostic) {
  DiagnosticSeverity severity = diagnostic->own ? diagnostic->severity : diagnostic_info(diagnostic->code).severity;
  json_begin_object(out, NULL);
  json_str(out, "id", diagnostic_label(diagnostic));
  if (!diagnostic->own) json_str(out, "name", name_of(ci_title(diagnostic), ci->arena));
  write_text(out, "shortDescription", ci_title(diagnostic));
  write_page(out, ci, diagnostic);
  json_begin_object(out, "defaultConfiguration");
  json_c(out, "level", level_of(severity));
  json_end_object(out);
  json_end_object(out);
}

static void write_tool(JsonOut *out, const Ci *ci, const Rules *rules) {
  json_begin_object(out, "tool");
  json_begin_object(out, "driver");
  json_c(out, "name", "journey");
  json_c(out, "semanticVersion", ci->report->version);
  json_begin_array(out, "rules");
  for (size_t i = 0; i < rules->first.len; i++) write_rule(out, ci, rules->first.at[i]);
  json_end_array(out);
  json_end_object(out);
  json_end_object(out);
}

/* ---- places ---- */

/* A path as a URI: all but the plainest characters, and so a colon too, are written by their numbers. */
static Str uri_of(Str path, Arena *arena) {
  Buf uri = {0};
  if (str_starts(path, STR("/"))) buf_add(&uri, STR("file://"));
  for (size_t i = 0; i < path.len; i++) {
    unsigned char c = (unsigned char)path.at[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || (c && strchr("-._~/", c))) buf_add_byte(&uri, (char)c);
    else buf_printf(&uri, "%%%02X", c);
  }
  return buf_take(&uri, arena);
}

static void write_artifact(JsonOut *out, const Ci *ci, uint32_t unit) {
  Str path = ci->paths[unit];
  json_begin_object(out, "artifactLocation");
  json_str(out, "uri", uri_of(path, ci->arena));
  if (!str_starts(path, STR("/"))) json_c(out, "uriBaseId", ROOT);
  json_end_object(out);
}

static void write_region(JsonOut *out, const Ci *ci, const char *key, uint32_t unit, Span span) {
  Position start = places_position_utf16(ci->places, unit, span.start);
  Position end = places_position_utf16(ci->places, unit, span.end);
  json_begin_object(out, key);
  json_num(out, "startLine", start.line);
  json_num(out, "startColumn", start.column);
  json_num(out, "endLine", end.line);
  json_num(out, "endColumn", end.column);
  json_end_object(out);
}

/* The standard library is part of the program: there is no file to point to. */
static void write_place(JsonOut *out, const Ci *ci, uint32_t unit, Span span) {
  if (unit >= ci->report->project->unit_count || !project_is_own(ci->report->project, unit)) return;
  json_begin_object(out, "physicalLocation");
  write_artifact(out, ci, unit);
  write_region(out, ci, "region", unit, span);
  json_end_object(out);
}

/* ---- results ---- */

static void write_related(JsonOut *out, const Ci *ci, const Diagnostic *diagnostic) {
  if (!diagnostic->related_count) return;
  json_begin_array(out, "relatedLocations");
  for (uint32_t i = 0; i < diagnostic->related_count; i++) {
    const Related *related = &diagnostic->related[i];
    json_begin_object(out, NULL);
    json_num(out, "id", i + 1);
    write_place(out, ci, related->unit, related->span);
    write_message(out, ci->arena, related->text);
    json_end_object(out);
  }
  json_end_array(out);
}

static void write_fix(JsonOut *out, const Ci *ci, const Diagnostic *diagnostic) {
  if (!diagnostic->has_fix || !diagnostic->fix_is_sure || !ci_has_place(ci, diagnostic)) return;
  json_begin_array(out, "fixes");
  json_begin_object(out, NULL);
  json_begin_array(out, "artifactChanges");
  json_begin_object(out, NULL);
  write_artifact(out, ci, diagnostic->unit);
  json_begin_array(out, "replacements");
  json_begin_object(out, NULL);
  write_region(out, ci, "deletedRegion", diagnostic->unit, diagnostic->fix);
  write_text(out, "insertedContent", diagnostic->replacement);
  json_end_object(out);
  json_end_array(out);
  json_end_object(out);
  json_end_array(out);
  json_end_object(out);
  json_end_array(out);
}

static void write_result(JsonOut *out, const Ci *ci, const Diagnostic *diagnostic, uint32_t rule, uint64_t print) {
  json_begin_object(out, NULL);
  json_str(out, "ruleId", diagnostic_label(diagnostic));
  json_num(out, "ruleIndex", rule);
  json_c(out, "level", level_of(ci_fails(ci, diagnostic) ? SEVERITY_ERROR : diagnostic->severity));
  write_message(out, ci->arena, ci_words(ci, diagnostic));
  if (ci_has_place(ci, diagnostic)) {
    json_begin_array(out, "locations");
    json_begin_object(out, NULL);
    write_place(out, ci, diagnostic->unit, diagnostic->span);
    json_end_object(out);
    json_end_array(out);
  }
  write_related(out, ci, diagnostic);
  write_fix(out, ci, diagnostic);
  json_begin_object(out, "partialFingerprints");
  json_str(out, FINGERPRINT, fingerprint_text(print, ci->arena));
  json_end_object(out);
  json_end_object(out);
}

/* Where the repository lies is nobody's business, and would make the same check say something else elsewhere. */
static void write_root(JsonOut *out) {
  json_begin_object(out, "originalUriBaseIds");
  json_begin_object(out, ROOT);
  write_text(out, "description", STR("The top of the repository."));
  json_end_object(out);
  json_end_object(out);
}

void diagnostics_write_sarif(const CiReport *report, Buf *to) {
  Ci ci = ci_begin(report);
  const Diagnostics *list = report->list;
  const uint64_t *prints = fingerprints(report->project, list, ci.paths, ci.arena);
  Rules rules = find_rules(list, ci.arena);
  JsonOut out = json_out(to);
  json_begin_object(&out, NULL);
  json_c(&out, "$schema", SCHEMA);
  json_c(&out, "version", "2.1.0");
  json_begin_array(&out, "runs");
  json_begin_object(&out, NULL);
  write_tool(&out, &ci, &rules);
  json_c(&out, "columnKind", "utf16CodeUnits");
  write_root(&out);
  json_begin_array(&out, "results");
  for (size_t i = 0; i < list->list.len; i++) write_result(&out, &ci, &list->list.at[i], rules.of[i], prints[i]);
  json_end_array(&out);
  json_end_object(&out);
  json_end_array(&out);
  json_end_object(&out);
  json_end(&out);
  vec_free(&rules.first);
  ci_end(&ci);
}
