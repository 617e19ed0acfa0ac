#include "check/settle.h"

#include <stdlib.h>

typedef struct {
  uint32_t unit, parent; /* the statement that is kept quiet */
  uint32_t at;           /* the `silence` */
  uint16_t code;         /* DIAG_COUNT: `name` */
  Str name;              /* of a check of the project's own */
  bool used;
} Silence;

typedef VEC(Silence) Silences;

/* ---- the silences of the project, by what they stand in ---- */

static int by_parent(const void *left, const void *right) {
  const Silence *a = left, *b = right;
  if (a->unit != b->unit) return a->unit < b->unit ? -1 : 1;
  if (a->parent != b->parent) return a->parent < b->parent ? -1 : 1;
  if (a->code != b->code) return a->code < b->code ? -1 : 1;
  int names = str_compare(a->name, b->name);
  if (names != 0) return names;
  return a->at == b->at ? 0 : a->at < b->at ? -1 : 1;
}

static bool is_silenceable(const Project *p, uint32_t unit, Str name) {
  Ref check = project_check(p, unit, name);
  return ref_ok(check) && check_severity(p, check) != SEVERITY_ERROR;
}

static void gather_unit(const Project *p, const Unit *unit, Silences *to) {
  for (uint32_t at = 0; at < unit->statement_count; at++) {
    const Statement *statement = &unit->statements[at];
    const Value *code = statement->keyword == K_SILENCE ? unit_value(unit, at, 0) : NULL;
    if (!code) continue;
    bool named = code->extra >= DIAG_COUNT;
    Str name = named ? unit_raw(unit, code) : STR("");
    if (named ? !is_silenceable(p, unit->number, name)
              : diagnostic_info((DiagnosticCode)code->extra).severity == SEVERITY_ERROR)
      continue;
    vec_push(to, (Silence){unit->number, statement->parent, at, code->extra, name, false});
  }
}

static Silences gather(const Project *p) {
  Silences silences = {0};
  for (uint32_t u = 0; u < p->unit_count; u++)
    if (p->units[u]->has_silences) gather_unit(p, p->units[u], &silences);
  if (silences.len > 1) qsort(silences.at, silences.len, sizeof *silences.at, by_parent);
  return silences;
}

/* The first silence of that code or name in that very statement, or NULL. */
static Silence *find_silence(Silences *silences, uint32_t unit, uint32_t parent, uint16_t code, Str name) {
  Silence wanted = {.unit = unit, .parent = parent, .code = code, .name = name};
  size_t from = 0, to = silences->len;
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    if (by_parent(&silences->at[middle], &wanted) < 0) from = middle + 1;
    else to = middle;
  }
  Silence *found = from < silences->len ? &silences->at[from] : NULL;
  bool same = found && found->unit == unit && found->parent == parent && found->code == code;
  return same && str_is(found->name, name) ? found : NULL;
}

/* ---- what a diagnostic stands in ---- */

/* The last statement that begins at or in front of the byte; NONE where there is none. */
static uint32_t last_before(const Unit *unit, uint32_t byte) {
  uint32_t behind = unit_first_from(unit, byte + 1);
  return behind > 0 ? behind - 1 : NONE;
}

static bool is_silenced(const Project *p, Silences *silences, const Diagnostic *diagnostic) {
  if (diagnostic->unit >= p->unit_count || !p->units[diagnostic->unit]->has_silences) return false;
  const Unit *unit = p->units[diagnostic->unit];
  uint32_t byte = diagnostic->span.start;
  uint16_t code = diagnostic->own ? DIAG_COUNT : (uint16_t)diagnostic->code;
  Str name = diagnostic->own ? diagnostic->own->id : STR("");
  for (uint32_t at = last_before(unit, byte); at != NONE; at = unit->statements[at].parent) {
    if (unit->statements[at].span.end <= byte) continue;
    Silence *silence = find_silence(silences, unit->number, at, code, name);
    if (silence) return silence->used = true;
  }
  return false;
}

/* ---- silences that silence nothing ---- */

static void complain_unused(const Project *p, const Silence *silence, Diagnostics *to) {
  const Unit *unit = p->units[silence->unit];
  const Value *code = unit_value(unit, silence->at, 0);
  Diagnostic *added =
      diagnose(to, DIAG_UNUSED_SILENCE, silence->unit, code->span, "take the line away",
               "there is no " STR_FMT " here that would have to be silenced", STR_ARG(unit_raw(unit, code)));
  diagnostic_fix_if_sure(added, true, source_without(&unit->source, unit->statements[silence->at].span), STR(""));
}

/* Another file of the project, which was not asked for, may be what a silence is for: in a file that is only imported,
 * or in a team or a metric, of which other maps may speak. */
static bool is_all_known(const Project *p, const Silence *silence) {
  if (p->is_whole) return true;
  return project_is_named(p, silence->unit) && project_journey_of(p, (Ref){silence->unit, silence->at});
}

static void complain_all_unused(const Project *p, const Silences *silences, Diagnostics *to) {
  if (silences->len == 0 || diagnostics_count(to, SEVERITY_ERROR) > 0) return;
  for (size_t i = 0; i < silences->len; i++)
    if (!silences->at[i].used && is_all_known(p, &silences->at[i])) complain_unused(p, &silences->at[i], to);
}

/* ---- all of it ---- */

static void silence_all(const Project *p, Silences *silences, Diagnostics *all) {
  size_t kept = 0;
  for (size_t i = 0; i < all->list.len && silences->len > 0; i++)
    if (!is_silenced(p, silences, &all->list.at[i])) all->list.at[kept++] = all->list.at[i];
  if (silences->len > 0) all->list.len = kept;
}

/* A check declares how grave its messages are, and the project may say otherwise. */
static DiagnosticSeverity severity_of(const Project *p, const Diagnostic *diagnostic) {
  if (!diagnostic->own) return (DiagnosticSeverity)p->settings.severity[diagnostic->code];
  if (diagnostic->severity == SEVERITY_ERROR) return SEVERITY_ERROR;
  for (size_t i = p->settings.named.len; i-- > 0;)
    if (str_is(p->settings.named.at[i].check, diagnostic->own->id)) return p->settings.named.at[i].severity;
  return diagnostic->severity;
}

static void weigh_all(const Project *p, Diagnostics *all) {
  size_t kept = 0;
  for (size_t i = 0; i < all->list.len; i++) {
    Diagnostic diagnostic = all->list.at[i];
    diagnostic.severity = severity_of(p, &diagnostic);
    if (diagnostic.severity != SEVERITY_OFF) all->list.at[kept++] = diagnostic;
  }
  all->list.len = kept;
}

void diagnostics_settle(const Project *p, Diagnostics *all) {
  Silences silences = gather(p);
  silence_all(p, &silences, all);
  complain_all_unused(p, &silences, all);
  vec_free(&silences);
  weigh_all(p, all);
  diagnostics_sort(all);
}

void diagnostics_settle_file(const Project *p, uint32_t unit, Diagnostics *all) {
  Silences silences = {0};
  if (p->units[unit]->has_silences) gather_unit(p, p->units[unit], &silences);
  if (silences.len > 1) qsort(silences.at, silences.len, sizeof *silences.at, by_parent);
  silence_all(p, &silences, all);
  vec_free(&silences);
  weigh_all(p, all);
  diagnostics_sort(all);
}
