/* Checks of the project's own, and what is ruled about them by name: `silence no-photo "…"`, `rule no-photo error`. */
#include "project/link.h"
#include "project/scope.h"
#include "project/settings.h"

static bool is_own_check(const Project *p, Ref ref) {
  return ref_ok(ref) && project_is_own(p, ref.unit) && project_statement(p, ref)->keyword == K_CHECK;
}

static Ref check_seen_from(const Project *p, uint32_t unit, Str name) {
  Resolved found = scope_resolve(p, (Ref){unit, 0}, name, K_CHECK);
  return found.count > 0 && is_own_check(p, found.found) ? found.found : NO_REF;
}

Ref project_check(const Project *p, uint32_t unit, Str name) {
  Ref found = unit == NONE ? NO_REF : check_seen_from(p, unit, name);
  if (!ref_ok(found) && unit != NONE && p->settings.map != NONE) found = check_seen_from(p, p->settings.map, name);
  for (uint32_t u = 1; u < p->unit_count && unit == NONE && !ref_ok(found); u++) found = check_seen_from(p, u, name);
  return found;
}

typedef struct {
  const Project *p;
  Refs list;
} Checks;

static void add_check(void *context, Ref ref) {
  Checks *checks = context;
  if (!is_own_check(checks->p, ref)) return;
  Str id = unit_id(project_unit(checks->p, ref), ref.at);
  for (size_t i = 0; i < checks->list.len; i++) {
    Ref other = checks->list.at[i];
    if (str_is(id, unit_id(project_unit(checks->p, other), other.at))) return;
  }
  vec_push(&checks->list, ref);
}

void project_checks(const Project *p, uint32_t unit, void (*found)(void *context, Ref check), void *context) {
  Checks checks = {.p = p};
  project_visible(p, unit, K_CHECK, add_check, &checks);
  if (p->settings.map != NONE) project_visible(p, p->settings.map, K_CHECK, add_check, &checks);
  for (size_t i = 0; i < checks.list.len; i++) found(context, checks.list.at[i]);
  vec_free(&checks.list);
}

DiagnosticSeverity check_severity(const Project *p, Ref check) {
  const Value *severity = unit_value(project_unit(p, check), check.at, 2);
  return severity ? (DiagnosticSeverity)severity->extra : SEVERITY_WARNING;
}

/* ---- names that mean nothing ---- */

typedef struct {
  const Project *p;
  Nearest nearest;
} Offer;

static void offer_check(void *context, Ref check) {
  Offer *offer = context;
  nearest_offer(&offer->nearest, unit_id(project_unit(offer->p, check), check.at));
}

Nearest settings_nearest_check(const Project *p, uint32_t unit, Str name) {
  Offer offer = {p, nearest_to(name)};
  if (unit != NONE) project_checks(p, unit, offer_check, &offer);
  for (uint32_t u = 1; u < p->unit_count && unit == NONE; u++)
    for (uint32_t at = 0; project_is_own(p, u) && at < p->units[u]->statement_count;
         at = p->units[u]->statements[at].after)
      if (p->units[u]->statements[at].keyword == K_CHECK) offer_check(&offer, (Ref){u, at});
  return offer.nearest;
}

static void complain_unknown(const Project *p, Ref at, const Value *value, Str name, Diagnostics *to) {
  bool silence = project_statement(p, at)->keyword == K_SILENCE;
  Nearest nearest = settings_nearest_check(p, silence ? at.unit : NONE, name);
  bool near = nearest.best.len > 0;
  Str help = near ? arena_format(to->arena, "did you mean `" STR_FMT "`?", STR_ARG(nearest.best))
                  : STR("name the code of a message, such as W0603, or a check that this file or the project's sees");
  Diagnostic *added = diagnose(to, DIAG_UNKNOWN_CODE, at.unit, value->span, help.at,
                               "there is no check called `" STR_FMT "`", STR_ARG(name));
  if (near) diagnostic_fix_if_sure(added, nearest_is_sure(&nearest), value->span, nearest.best);
}

static void complain_error(const Project *p, Ref at, const Value *value, Ref check, const char *what, Diagnostics *to) {
  Diagnostic *added = diagnose(
      to, DIAG_ERROR_STAYS, at.unit, value->span, "mend what it is about, or declare the check with another severity",
      "the messages of `" STR_FMT "` are errors, and can't be %s", STR_ARG(unit_raw(project_unit(p, at), value)), what);
  diagnostic_relate(to, added, check.unit, statement_head(project_statement(p, check)), "declared here as errors");
}

static void check_ruling(const Project *p, Ref at, Diagnostics *to) {
  const Unit *unit = project_unit(p, at);
  bool silence = unit->statements[at.at].keyword == K_SILENCE;
  const Value *value = unit_value(unit, at.at, 0), *severity = silence ? NULL : unit_value(unit, at.at, 1);
  if (!value || value->extra < DIAG_COUNT || (!silence && !severity)) return;
  Str name = unit_raw(unit, value);
  if (diagnostic_is_code(name)) return; /* lowering has said so */
  Ref check = project_check(p, silence ? at.unit : NONE, name);
  if (!ref_ok(check)) complain_unknown(p, at, value, name, to);
  else if (check_severity(p, check) == SEVERITY_ERROR && (silence || severity->extra != SEVERITY_ERROR))
    complain_error(p, at, value, check,
                   silence                           ? "silenced"
                   : severity->extra == SEVERITY_OFF ? "switched off"
                                                     : "made less grave",
                   to);
}

void complain_rulings(const Project *p, uint32_t unit, Diagnostics *to) {
  const Unit *in = p->units[unit];
  for (uint32_t at = 0; in->has_silences && unit > 0 && at < in->statement_count; at++)
    if (in->statements[at].keyword == K_SILENCE) check_ruling(p, (Ref){unit, at}, to);
  Ref block = p->settings.block;
  if (block.unit != unit) return;
  for (uint32_t at = unit_first_child(in, block.at); at != NONE; at = unit_next_sibling(in, at))
    if (in->statements[at].keyword == K_RULE) check_ruling(p, (Ref){unit, at}, to);
}
