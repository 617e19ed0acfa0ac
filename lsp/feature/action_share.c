/* Declarations move to a file that other maps can use, too: one that is used here already, or a new one. */
#include "base/os.h"
#include "lsp/feature/actions.h"
#include "lsp/feature/patch.h"
#include "lsp/feature/paths.h"
#include "project/scope.h"

/* ---- what is moved ---- */

static bool can_be_shared(const Unit *unit, uint32_t at) {
  Keyword keyword = (Keyword)unit->statements[at].keyword;
  return unit->statements[at].parent == NONE && keyword != K_JOURNEY && schema_declares(keyword);
}

static bool is_chosen(const Unit *unit, uint32_t at, Span range) {
  Span span = unit->statements[at].span;
  return can_be_shared(unit, at) && span.start <= range.end && range.start <= span.end;
}

static uint32_t next_chosen(const Unit *unit, uint32_t from, Span range) {
  for (uint32_t at = from; at < unit->statement_count; at = unit->statements[at].after)
    if (is_chosen(unit, at, range)) return at;
  return NONE;
}

static uint32_t outermost(const Unit *unit, uint32_t at) {
  while (unit->statements[at].parent != NONE) at = unit->statements[at].parent;
  return at;
}

/* What a chosen declaration names of this file that would stay here: a file can't use the one that uses it. NO_REF
 * where there is nothing. */
static Ref left_behind(const Spot *spot, uint32_t at, Span range) {
  const Project *p = spot->snapshot->project;
  const Unit *unit = spot_unit(spot);
  for (uint32_t i = at; i < unit->statements[at].after; i++)
    for (uint16_t v = 0; v < unit->statements[i].value_count; v++) {
      const Value *value = &unit->values[unit->statements[i].first_value + v];
      Ref named = value->type == V_REF ? project_resolve(p, (Ref){spot->unit, i}, value) : NO_REF;
      if (ref_ok(named) && named.unit == spot->unit && !is_chosen(unit, outermost(unit, named.at), range)) return named;
    }
  return NO_REF;
}

/* ---- where to ---- */

static Str usual_file(const Unit *unit, uint32_t first, Span range) {
  for (uint32_t at = first; at != NONE; at = next_chosen(unit, unit->statements[at].after, range)) {
    Keyword keyword = (Keyword)unit->statements[at].keyword;
    if (keyword != K_PERSONA && keyword != K_SEGMENT && keyword != K_TEAM) return STR("shared");
  }
  return STR("people");
}

static bool is_taken(const Spot *spot, Str path) {
  return snapshot_unit(spot->snapshot, path) != NONE || os_kind(path.at) != OS_NOTHING;
}

/* A file beside this one, by a name that none has. */
static Str new_file(const Spot *spot, Str name, Arena *arena) {
  Str path = os_beside(arena, spot->file->path, arena_format(arena, STR_FMT ".journey", STR_ARG(name)));
  for (int number = 2; is_taken(spot, path); number++)
    path = os_beside(arena, spot->file->path, arena_format(arena, STR_FMT "-%d.journey", STR_ARG(name), number));
  return path;
}

/* ---- listing ---- */

typedef struct {
  Actions *actions;
  Str what, disabled;
} Offer;

static void offer(const Offer *o, Str path, bool is_new) {
  Str shown = paths_between(o->actions->arena, o->actions->spot->file->path, path);
  Action *action = actions_add(o->actions, ACTION_EXTRACT, "refactor.extract",
                               arena_format(o->actions->arena, "Move " STR_FMT " to %s" STR_FMT, STR_ARG(o->what),
                                            is_new ? "a new file, " : "", STR_ARG(shown)));
  if (!action) return;
  action->span = o->actions->range;
  action->text = path;
  action->disabled = o->disabled;
}

/* `mary`, or how many there are. */
static Str words_for(const Unit *unit, uint32_t first, Span range, Arena *arena) {
  int count = 0;
  for (uint32_t at = first; at != NONE; at = next_chosen(unit, unit->statements[at].after, range)) count++;
  if (count > 1) return arena_format(arena, "these %d declarations", count);
  Str id = unit_id(unit, first);
  const char *word = schema_row((Keyword)unit->statements[first].keyword)->word;
  return id.len > 0 ? arena_format(arena, "the %s `" STR_FMT "`", word, STR_ARG(id))
                    : arena_format(arena, "this %s", word);
}

void actions_of_sharing(Actions *actions) {
  const Spot *spot = actions->spot;
  const Unit *unit = spot_unit(spot);
  uint32_t first = next_chosen(unit, 0, actions->range);
  if (first == NONE || spot->file->path.len == 0) return;
  Offer o = {actions, words_for(unit, first, actions->range, actions->arena), STR("")};
  for (uint32_t at = first; at != NONE; at = next_chosen(unit, unit->statements[at].after, actions->range)) {
    Ref stays = left_behind(spot, at, actions->range);
    if (ref_ok(stays) && o.disabled.len == 0)
      o.disabled =
          arena_format(actions->arena, "it names `" STR_FMT "`, which would stay here: choose both, or move that first",
                       STR_ARG(unit_id(unit, stays.at)));
  }
  const struct Scope *scope = spot->snapshot->project->scope;
  for (uint32_t i = scope->first_import[spot->unit]; i < scope->first_import[spot->unit + 1]; i++) {
    const File *file = spot->snapshot->files[scope->imports[i].unit];
    if (file && scope->imports[i].unit != spot->unit) offer(&o, file->path, false);
  }
  Str path = new_file(spot, usual_file(unit, first, actions->range), actions->arena);
  if (actions->makes_files) offer(&o, path, true);
}

/* ---- doing it ---- */

typedef struct {
  const Spot *spot;
  Span range;
  Str path;
  uint32_t unit; /* of the path; NONE: a new file */
  Arena *arena;
  Buf text; /* of what is moved */
  Buf uses; /* the files that it needs there */
  VEC(uint32_t) used;
} Moving;

static bool sees(const Project *p, uint32_t from, uint32_t unit) {
  for (uint32_t i = p->scope->first_visible[from]; i < p->scope->first_visible[from + 1]; i++)
    if (p->scope->visible[i] == unit) return true;
  return false;
}

/* A file whose names are needed where the declaration goes. */
static void need(Moving *m, uint32_t unit) {
  const Snapshot *snapshot = m->spot->snapshot;
  bool known = !snapshot->files[unit] || unit == m->spot->unit || unit == m->unit ||
               (m->unit != NONE && sees(snapshot->project, m->unit, unit));
  for (size_t i = 0; i < m->used.len && !known; i++) known = m->used.at[i] == unit;
  if (known) return;
  vec_push(&m->used, unit);
  buf_printf(&m->uses, "use \"" STR_FMT "\"" STR_FMT,
             STR_ARG(paths_between(m->arena, m->path, snapshot->files[unit]->path)),
             STR_ARG(source_line_end(&spot_unit(m->spot)->source)));
}

/* The text of a declaration as it is written in its new place: paths begin at another folder there. */
static void add_text(Moving *m, uint32_t at) {
  const Unit *unit = spot_unit(m->spot);
  const Project *p = m->spot->snapshot->project;
  Span span = patch_with_comments(unit, at);
  uint32_t done = span.start;
  for (uint32_t i = at; i < unit->statements[at].after; i++)
    for (uint16_t v = 0; v < unit->statements[i].value_count; v++) {
      const Value *value = &unit->values[unit->statements[i].first_value + v];
      Ref named = value->type == V_REF ? project_resolve(p, (Ref){m->spot->unit, i}, value) : NO_REF;
      if (ref_ok(named)) need(m, named.unit);
      if (value->type != V_PATH) continue;
      Str path = os_absolute(m->arena, os_beside(m->arena, m->spot->file->path, unit_text(unit, m->arena, value)));
      buf_add(&m->text, str_slice(unit->source.text, done, value->span.start));
      buf_add(&m->text, paths_quoted(m->arena, paths_between(m->arena, m->path, path)));
      done = value->span.end;
    }
  buf_add(&m->text, str_slice(unit->source.text, done, span.end));
  buf_add(&m->text, source_line_end(&unit->source));
}

static void put_there(Moving *m, Edits *edits) {
  Str end = source_line_end(&spot_unit(m->spot)->source);
  Buf all = {0};
  buf_add(&all, buf_str(&m->uses));
  if (m->uses.len > 0) buf_add(&all, end);
  buf_add(&all, buf_str(&m->text));
  if (m->unit == NONE) {
    edits_make(edits, m->path, patch_styled(m->arena, buf_take(&all, m->arena)));
    return;
  }
  buf_free(&all);
  const File *file = m->spot->snapshot->files[m->unit];
  Str text = file->text;
  bool ended = text.len == 0 || text.at[text.len - 1] == '\n' || text.at[text.len - 1] == '\r';
  uint32_t last = (uint32_t)text.len, top = paths_first_use(file->unit);
  Patch patch = patch_new(m->arena, file);
  if (m->uses.len > 0) patch_put(&patch, (Span){top, top}, buf_take(&m->uses, m->arena));
  patch_put(&patch, (Span){last, last},
            arena_format(m->arena, "%s" STR_FMT STR_FMT, ended ? "" : end.at, STR_ARG(text.len > 0 ? end : STR("")),
                         STR_ARG(buf_str(&m->text))));
  patch_end(&patch, edits);
}

bool action_extract(const Spot *spot, const Action *action, Edits *edits) {
  const Unit *unit = spot_unit(spot);
  Moving m = {.spot = spot, .range = action->span, .path = action->text, .arena = edits->arena};
  m.unit = snapshot_unit(spot->snapshot, m.path);
  uint32_t first = next_chosen(unit, 0, m.range);
  if (first == NONE || m.unit == spot->unit || (m.unit != NONE && !spot->snapshot->files[m.unit]->unit)) return false;
  Patch patch = patch_new(m.arena, spot->file);
  for (uint32_t at = first; at != NONE; at = next_chosen(unit, unit->statements[at].after, m.range)) {
    add_text(&m, at);
    patch_take(&patch, patch_with_comments(unit, at));
  }
  if (m.unit == NONE || !sees(spot->snapshot->project, spot->unit, m.unit)) {
    uint32_t top = paths_first_use(unit);
    Str end = source_line_end(&unit->source);
    patch_put(&patch, (Span){top, top},
              arena_format(m.arena, "use " STR_FMT STR_FMT STR_FMT,
                           STR_ARG(paths_quoted(m.arena, paths_between(m.arena, spot->file->path, m.path))),
                           STR_ARG(end), STR_ARG(paths_has_use(unit) ? STR("") : end)));
  }
  put_there(&m, edits);
  patch_end(&patch, edits);
  buf_free(&m.text);
  buf_free(&m.uses);
  vec_free(&m.used);
  return true;
}
