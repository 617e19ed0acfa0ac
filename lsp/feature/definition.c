#include "lsp/feature/definition.h"

#include "lsp/feature/lua_files.h"
#include "lsp/feature/named_file.h"
#include "lsp/feature/pages.h"
#include "lsp/feature/uses.h"
#include "script/files.h"

static Targets targets_new(Span origin, uint32_t room, Arena *arena) {
  return (Targets){origin, ARENA_ARRAY(arena, Target, room + 1), 0};
}

static void add_statement(Targets *targets, const Project *p, Ref ref) {
  targets->at[targets->count++] =
      (Target){.unit = ref.unit, .whole = project_statement(p, ref)->span, .name = name_span(p, ref)};
}

static void add_file(Targets *targets, NamedFile file) {
  if (file.path.len > 0 || file.unit != NONE)
    targets->at[targets->count++] = (Target){.unit = file.unit, .path = file.path};
}

static void add_page(Targets *targets, Page page) {
  if (page.uri.len == 0) return;
  targets->at[targets->count++] =
      (Target){.unit = NONE, .path = page.uri, .is_page = true, .line = page.line, .length = page.length};
}

/* ---- what the cursor touches ---- */

typedef struct {
  SpotFound found;
  Ref here;
  Ref meaning; /* NO_REF: nothing that has a name */
  Span origin;
} Touched;

static Touched touch(const Spot *spot) {
  Touched touched = {.found = spot_find(spot), .meaning = NO_REF};
  touched.here = (Ref){spot->unit, touched.found.statement};
  touched.origin = touched.found.span;
  const Value *value = touched.found.value;
  if (touched.found.kind == SPOT_VALUE && (value->type == V_REF || value->type == V_CODE))
    touched.meaning = uses_meaning(spot->snapshot->project, touched.here, value, spot->offset, &touched.origin);
  else if (touched.found.kind != SPOT_NOTHING) touched.meaning = spot_meaning(spot);
  return touched;
}

/* ---- definition, declaration ---- */

static void add_script(Targets *targets, const Snapshot *snapshot, Ref computed, Arena *arena) {
  const Unit *unit = project_unit(snapshot->project, computed);
  uint32_t by =
      unit->statements[computed.at].keyword == K_USE ? computed.at : unit_child(unit, computed.at, K_COMPUTED_BY);
  const Value *file = by == NONE ? NULL : unit_value(unit, by, 0);
  if (file) add_file(targets, named_file(snapshot, (Ref){computed.unit, by}, file, arena));
}

/* Of a .lua file: the statements that make a metric or a check of it. */
static Targets of_script(const Spot *spot, Arena *arena) {
  Span origin = {spot->offset, spot->offset};
  LuaNamings all = lua_namings_at(spot, &origin, arena);
  Targets targets = targets_new(origin, all.count, arena);
  for (uint32_t i = 0; i < all.count; i++) add_statement(&targets, spot->snapshot->project, all.at[i].declaration);
  return targets;
}

/* A metric by `use` is declared by its file; and whoever stands on the declaration of one wants to see what it does. */
static bool is_script(const Spot *spot, const Touched *touched) {
  Ref meaning = touched->meaning;
  if (!ref_ok(meaning) || !lua_names_file(spot->snapshot->project, meaning)) return false;
  return ref_is(meaning, touched->here) || project_statement(spot->snapshot->project, meaning)->keyword == K_USE;
}

static Targets declared(const Spot *spot, bool first, Arena *arena) {
  const Project *p = spot->snapshot->project;
  if (spot_unit(spot)->script) return of_script(spot, arena);
  Touched touched = touch(spot);
  Targets targets = targets_new(touched.origin, 1, arena);
  const Value *value = touched.found.kind == SPOT_VALUE ? touched.found.value : NULL;
  if (!first && is_script(spot, &touched)) add_script(&targets, spot->snapshot, touched.meaning, arena);
  if (targets.count > 0) return targets;
  if (ref_ok(touched.meaning)) add_statement(&targets, p, first ? uses_root(p, touched.meaning) : touched.meaning);
  else if (value && value->type == V_PATH) add_file(&targets, named_file(spot->snapshot, touched.here, value, arena));
  else if (value && value->type == V_CODE && value->extra < DIAG_COUNT)
    add_page(&targets, (Page){.uri = page_of_code(arena, unit_raw(spot_unit(spot), value))});
  return targets;
}

Targets definition_of(const Spot *spot, Arena *arena) { return declared(spot, false, arena); }
Targets declaration_of(const Spot *spot, Arena *arena) { return declared(spot, true, arena); }

/* ---- implementation ---- */

static bool extends(const Journey *journey, Ref base) {
  for (const Journey *at = journey->base; at; at = at->base)
    if (ref_is(at->at, base)) return true;
  return false;
}

static void add_variants(Targets *targets, const Project *p, Ref base) {
  for (uint32_t i = 0; i < p->journey_count; i++)
    if (extends(&p->journeys[i], base)) add_statement(targets, p, p->journeys[i].at);
}

static void add_changes(Targets *targets, const Project *p, const Uses *uses) {
  for (uint32_t i = 0; i < uses->count; i++) {
    const Use *use = &uses->at[i];
    bool changes = use->kind == USE_CHANGES && project_statement(p, use->at)->keyword == K_CHANGE;
    if (!changes && use->kind != USE_OVERLAYS) continue;
    add_statement(targets, p, use->at);
    targets->at[targets->count - 1].name = use->span;
  }
}

Targets implementation_of(const Spot *spot, Arena *arena) {
  const Project *p = spot->snapshot->project;
  Touched touched = touch(spot);
  if (!ref_ok(touched.meaning)) return (Targets){.origin = touched.origin};
  Keyword keyword = (Keyword)project_statement(p, touched.meaning)->keyword;
  bool has_parts = schema_is_of_journey(keyword);
  Uses uses = has_parts ? uses_of(spot->snapshot, touched.meaning, NONE, arena) : (Uses){NULL, 0};
  Targets targets = targets_new(touched.origin, keyword == K_JOURNEY ? p->journey_count : uses.count + 1, arena);
  if (keyword == K_JOURNEY) add_variants(&targets, p, touched.meaning);
  else if (has_parts) add_changes(&targets, p, &uses);
  else add_script(&targets, spot->snapshot, touched.meaning, arena);
  return targets;
}

/* ---- type definition ---- */

Targets type_definition_of(const Spot *spot, Arena *arena) {
  const Project *p = spot->snapshot->project;
  Touched touched = touch(spot);
  Targets targets = targets_new(touched.origin, 1, arena);
  if (touched.found.kind == SPOT_NOTHING) return targets;
  Ref of = ref_ok(touched.meaning) ? touched.meaning : touched.here;
  add_page(&targets, page_of_keyword(arena, (Keyword)project_statement(p, of)->keyword));
  return targets;
}
