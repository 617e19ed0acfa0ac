/* What a project says of itself, in its `project` block; settings_json.c reads the same from journey.json. */
#include "project/settings.h"

#include "project/link.h"
#include "project/load.h"
#include "project/scope.h"

enum { USUALLY_TOO_LARGE = 60 };

static void set_usual(Settings *settings) {
  *settings = (Settings){.ranked_by = RANKED_BY_UNSAID,
                         .too_large = USUALLY_TOO_LARGE,
                         .block = NO_REF,
                         .file = NONE,
                         .map = NONE,
                         .baseline = NONE};
  for (int code = 0; code < DIAG_COUNT; code++)
    settings->severity[code] = (uint8_t)diagnostic_info((DiagnosticCode)code).severity;
}

void settings_set_rule(Settings *settings, unsigned code, DiagnosticSeverity severity) {
  if (code >= DIAG_COUNT) return;
  bool error = diagnostic_info((DiagnosticCode)code).severity == SEVERITY_ERROR;
  if (!error) settings->severity[code] = (uint8_t)severity;
}

void settings_set_named(Settings *settings, Str check, DiagnosticSeverity severity) {
  vec_push(&settings->named, (NamedRule){check, severity});
}

void settings_set(Settings *settings, Keyword keyword, const Value *value) {
  static const int months[] = {1, 3, 6, 12}; /* as `review-every` lists them */
  switch (keyword) {
    case K_RANKED_BY: settings->ranked_by = (Ranking)value->extra; break;
    case K_TOO_LARGE: settings->too_large = (uint32_t)value->number; break;
    case K_FRESH_FOR: settings->fresh_for = value->number; break;
    case K_REVIEW_EVERY: settings->review_every = months[value->extra]; break;
    default: break;
  }
}

void settings_set_baseline(Project *p, Ref at, Span value, Str name) {
  if (name.len == 0) return;
  p->settings.baseline_path = os_beside(p->arena, p->units[at.unit]->source.path, name);
  if (p->scope->no_baseline || p->scope->baseline != NONE) return;
  p->settings.baseline = project_baseline(p, at);
  if (p->settings.baseline != NONE) return;
  bool there = os_kind(p->settings.baseline_path.at) == OS_FILE;
  diagnose(&p->diagnostics, there ? DIAG_WRONG_VALUE : DIAG_NO_SUCH_FILE, at.unit, value,
           arena_format(p->arena, "`journey check --write-baseline " STR_FMT "` writes one",
                        STR_ARG(there ? STR("journey-baseline.json") : p->settings.baseline_path))
               .at,
           there ? "\"" STR_FMT "\" is no baseline" : "there is no baseline \"" STR_FMT "\"", STR_ARG(name));
}

/* ---- the block ---- */

/* The rule of the same block in front of this one about the same code or check; NULL: none. */
static const Value *rule_before(const Unit *unit, uint32_t at, const Value *code) {
  for (uint32_t other = unit_child(unit, unit->statements[at].parent, K_RULE); other < at;
       other = unit_next_sibling(unit, other)) {
    const Value *before = unit->statements[other].keyword == K_RULE ? unit_value(unit, other, 0) : NULL;
    if (!before || !unit_value(unit, other, 1) || before->extra != code->extra) continue;
    if (code->extra < DIAG_COUNT || str_is(unit_raw(unit, before), unit_raw(unit, code))) return before;
  }
  return NULL;
}

/* Two rules about one code: which of them counts? */
static void read_rule(Project *p, const Unit *unit, uint32_t at) {
  const Value *code = unit_value(unit, at, 0), *severity = unit_value(unit, at, 1);
  if (!code || !severity) return;
  Str name = unit_raw(unit, code);
  bool is_code = code->extra < DIAG_COUNT;
  if (!is_code && diagnostic_is_code(name)) return; /* lowering has said that there is none */
  const Value *first = rule_before(unit, at, code);
  if (first) {
    Diagnostic *added = diagnose(&p->diagnostics, DIAG_REPEATED, unit->number, code->span, "keep one of them",
                                 "there are two rules about " STR_FMT, STR_ARG(name));
    diagnostic_relate(&p->diagnostics, added, unit->number, first->span, "first given here");
    return;
  }
  if (is_code) settings_set_rule(&p->settings, code->extra, (DiagnosticSeverity)severity->extra);
  else settings_set_named(&p->settings, name, (DiagnosticSeverity)severity->extra);
}

static void read_block(Project *p, Ref block) {
  const Unit *unit = project_unit(p, block);
  const Value *title = unit_value(unit, block.at, 0);
  p->settings.block = block;
  p->settings.map = block.unit;
  if (title) p->settings.title = unit_text(unit, p->arena, title);
  for (uint32_t at = unit_first_child(unit, block.at); at != NONE; at = unit_next_sibling(unit, at)) {
    Keyword keyword = (Keyword)unit->statements[at].keyword;
    const Value *value = unit_value(unit, at, 0);
    if (keyword == K_RULE) read_rule(p, unit, at);
    else if (value && keyword == K_BASELINE)
      settings_set_baseline(p, (Ref){unit->number, at}, value->span, unit_text(unit, p->arena, value));
    else if (value) settings_set(&p->settings, keyword, value);
  }
}

static void read_file(Project *p) {
  for (uint32_t u = 1; u < p->unit_count && p->settings.file == NONE; u++) {
    if (!settings_is_file(p->units[u]->source.path)) continue;
    p->settings.file = u;
    if (p->units[u]->diagnostics.list.len == 0) settings_read_json(p, p->units[u]);
  }
}

static void complain_second(Project *p, Ref again) {
  Diagnostic *added =
      diagnose(&p->diagnostics, DIAG_SECOND_PROJECT, again.unit, statement_head(project_statement(p, again)),
               "keep one, and move its lines into the other",
               "a project describes itself once, and this is the second `project`");
  diagnostic_relate(&p->diagnostics, added, p->settings.block.unit,
                    statement_head(project_statement(p, p->settings.block)), "the first one");
}

void link_settings(Project *p) {
  set_usual(&p->settings);
  p->settings.baseline = p->scope->baseline;
  read_file(p);
  for (uint32_t u = 1; u < p->unit_count; u++) {
    const Unit *unit = p->units[u];
    if (p->settings.map == NONE && str_is(os_file_name(unit->source.path), STR(SETTINGS_MAP))) p->settings.map = u;
    for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) {
      if (unit->statements[at].keyword != K_PROJECT) continue;
      if (ref_ok(p->settings.block)) complain_second(p, (Ref){u, at});
      else read_block(p, (Ref){u, at});
    }
  }
}
