#include "lsp/feature/references.h"

#include "lsp/feature/lua_files.h"
#include "lsp/feature/named_file.h"

typedef VEC(Use) Found;

static void end(void *context) {
  Found *found = context;
  vec_free(found);
}

static Found *found_new(Arena *arena) {
  Found *found = ARENA_NEW(arena, Found);
  arena_at_end(arena, end, found);
  return found;
}

static Uses taken(const Found *found) { return (Uses){found->at, (uint32_t)found->len}; }

/* ---- who names a file ---- */

/* Reading a path's text and looking for its file is slow: only what ends as the file is called may mean it. */
static bool may_name(Str raw, Str file) {
  return raw.len >= file.len + 2 && str_ends(str_slice(raw, 0, raw.len - 1), file);
}

static void add_paths(const Snapshot *snapshot, uint32_t u, Str path, Arena *arena, Found *found) {
  const Unit *unit = snapshot->project->units[u];
  Str name = path;
  for (size_t i = path.len; i > 0 && name.len == path.len; i--)
    if (path.at[i - 1] == '/') name = str_slice(path, i, path.len);
  for (uint32_t at = 0; at < unit->statement_count; at++) {
    const Statement *statement = &unit->statements[at];
    const Value *value = statement->value_count > 0 ? &unit->values[statement->first_value] : NULL;
    if (!value || value->type != V_PATH || !may_name(unit_raw(unit, value), name)) continue;
    if (str_is(named_file(snapshot, (Ref){u, at}, value, arena).path, path))
      vec_push(found, (Use){USE_NAMES, {u, at}, value, value->span});
  }
}

static Uses uses_of_file(const Snapshot *snapshot, Str path, uint32_t unit, Arena *arena) {
  Found *found = found_new(arena);
  for (uint32_t u = 0; u < snapshot->project->unit_count; u++)
    if (snapshot->files[u] && (unit == NONE || u == unit)) add_paths(snapshot, u, path, arena, found);
  return taken(found);
}

static Uses uses_at(const Spot *spot, uint32_t unit, Arena *arena) {
  SpotFound found = spot_find(spot);
  Ref meaning = spot_meaning(spot);
  if (ref_ok(meaning)) return uses_of(spot->snapshot, meaning, unit, arena);
  if (found.kind != SPOT_VALUE || found.value->type != V_PATH) return (Uses){NULL, 0};
  NamedFile file = named_file(spot->snapshot, (Ref){spot->unit, found.statement}, found.value, arena);
  return file.path.len > 0 ? uses_of_file(spot->snapshot, file.path, unit, arena) : (Uses){NULL, 0};
}

/* Of a .lua file: the statements that name it, and where the metrics that they declare are named. */
static Uses uses_of_script(const Spot *spot, Arena *arena) {
  const Project *p = spot->snapshot->project;
  Span origin;
  LuaNamings all = lua_namings_at(spot, &origin, arena);
  Found *found = found_new(arena);
  for (uint32_t i = 0; i < all.count; i++) {
    Uses uses = uses_of(spot->snapshot, all.at[i].declaration, NONE, arena);
    const Value *file = unit_value(project_unit(p, all.at[i].naming), all.at[i].naming.at, 0);
    bool is_path = file && file->type == V_PATH && !ref_is(all.at[i].naming, all.at[i].declaration);
    if (is_path) vec_push(found, (Use){USE_NAMES, all.at[i].naming, file, file->span});
    for (uint32_t k = 0; k < uses.count; k++) vec_push(found, uses.at[k]);
  }
  return taken(found);
}

Uses references_of(const Spot *spot, Arena *arena) {
  return spot_unit(spot)->script ? uses_of_script(spot, arena) : uses_at(spot, NONE, arena);
}

/* ---- the ends of paths ---- */

static uint32_t journey_around(const Unit *unit, uint32_t at) {
  while (at != NONE && unit->statements[at].keyword != K_JOURNEY) at = unit->statements[at].parent;
  return at;
}

/* The same word in all arrows of the journey. */
static Uses same_ends(const Spot *spot, const SpotFound *at, Arena *arena) {
  const Unit *unit = spot_unit(spot);
  Found *found = found_new(arena);
  uint32_t journey = journey_around(unit, at->statement);
  Str word = unit_raw(unit, at->value);
  for (uint32_t i = journey; i != NONE && i < unit->statements[journey].after; i++) {
    if (unit->statements[i].keyword != K_ARROW) continue;
    const Value *value = unit_value(unit, i, at->value->slot);
    if (value && value->type == V_REF && str_is(unit_raw(unit, value), word))
      vec_push(found, (Use){USE_NAMES, {spot->unit, i}, value, value->span});
  }
  return taken(found);
}

Uses highlights_of(const Spot *spot, Arena *arena) {
  Uses uses = uses_at(spot, spot->unit, arena);
  if (uses.count > 0) return uses;
  SpotFound found = spot_find(spot);
  bool arrow = found.kind == SPOT_VALUE && found.value->type == V_REF &&
               spot_unit(spot)->statements[found.statement].keyword == K_ARROW;
  return arrow ? same_ends(spot, &found, arena) : uses;
}
