/* Declarations move to a file that other maps can use, too: one that is used here already, or a new one. */
#include "base/os.h"
#include "lsp/feature/actions.h"
#include "lsp/feature/patch.h"
#include "lsp/feature/paths.h"
#include "lsp/text/uri.h"
#include "project/scope.h"

/* ---- what is moved ---- */

/* The declarations of the top level that are chosen, and all that they name of this file: another file could not name
 * it, since the two would use each other. */
typedef struct {
  const Spot *spot;
  bool *chosen;          /* by statement */
  uint32_t count, asked; /* how many there are, and how many were asked for */
  uint32_t first;
  Ref stays; /* what one of them names and can't be moved; NO_REF: nothing */
} Choice;

static bool can_be_shared(const Unit *unit, uint32_t at) {
  Keyword keyword = (Keyword)unit->statements[at].keyword;
  return unit->statements[at].parent == NONE && keyword != K_JOURNEY && schema_declares(keyword);
}

static uint32_t outermost(const Unit *unit, uint32_t at) {
  while (unit->statements[at].parent != NONE) at = unit->statements[at].parent;
  return at;
}

static void choose(Choice *c, uint32_t at) {
  c->count += !c->chosen[at];
  c->chosen[at] = true;
  if (at < c->first) c->first = at;
}

/* Whether anything was added. */
static bool choose_named(Choice *c, uint32_t at) {
  const Unit *unit = spot_unit(c->spot);
  uint32_t before = c->count;
  for (uint32_t i = at; i < unit->statements[at].after; i++)
    for (uint16_t v = 0; v < unit->statements[i].value_count; v++) {
      const Value *value = &unit->values[unit->statements[i].first_value + v];
      Ref named =
          value->type == V_REF ? project_resolve(c->spot->snapshot->project, (Ref){c->spot->unit, i}, value) : NO_REF;
      if (!ref_ok(named) || named.unit != c->spot->unit) continue;
      uint32_t top = outermost(unit, named.at);
      if (can_be_shared(unit, top)) choose(c, top);
      else c->stays = named;
    }
  return c->count > before;
}

static Choice choose_all(const Spot *spot, Span range, Arena *arena) {
  const Unit *unit = spot_unit(spot);
  Choice c = {spot, ARENA_ARRAY(arena, bool, unit->statement_count + 1), 0, 0, NONE, NO_REF};
  for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) {
    Span span = unit->statements[at].span;
    if (can_be_shared(unit, at) && span.start <= range.end && range.start <= span.end) choose(&c, at);
  }
  c.asked = c.count;
  for (bool more = c.count > 0; more;) {
    more = false;
    for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after)
      more = (c.chosen[at] && choose_named(&c, at)) || more;
  }
  return c;
}

static uint32_t next_chosen(const Choice *c, uint32_t at) {
  const Unit *unit = spot_unit(c->spot);
  for (at = unit->statements[at].after; at < unit->statement_count; at = unit->statements[at].after)
    if (c->chosen[at]) return at;
  return NONE;
}

/* ---- where to ---- */

static Str usual_file(const Choice *c) {
  for (uint32_t at = c->first; at != NONE; at = next_chosen(c, at)) {
    Keyword keyword = (Keyword)spot_unit(c->spot)->statements[at].keyword;
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

/* "the persona `mary`", "the team `sales` and what it names", "these 3 declarations". */
static Str words_for(const Choice *c, uint32_t asked_at, Arena *arena) {
  const Unit *unit = spot_unit(c->spot);
  const char *more = c->count > c->asked ? c->asked == 1 ? ", with what it names," : ", with what they name," : "";
  if (c->asked > 1) return arena_format(arena, "these %u declarations%s", c->asked, more);
  Str id = unit_id(unit, asked_at);
  const char *word = schema_row((Keyword)unit->statements[asked_at].keyword)->word;
  if (id.len == 0) return arena_format(arena, "this %s%s", word, more);
  return arena_format(arena, "the %s `" STR_FMT "`%s", word, STR_ARG(id), more);
}

/* The first of those that were asked for. */
static uint32_t asked_for(const Choice *c, Span range) {
  const Unit *unit = spot_unit(c->spot);
  uint32_t at = c->first;
  while (at != NONE && !(unit->statements[at].span.start <= range.end && range.start <= unit->statements[at].span.end))
    at = next_chosen(c, at);
  return at;
}

void actions_of_sharing(Actions *actions) {
  const Spot *spot = actions->spot;
  Choice c = choose_all(spot, actions->range, actions->arena);
  if (c.count == 0 || !uri_is_file(spot->file->uri)) return;
  Offer o = {actions, words_for(&c, asked_for(&c, actions->range), actions->arena), STR("")};
  if (ref_ok(c.stays))
    o.disabled = arena_format(actions->arena, "it names `" STR_FMT "`, which belongs to a journey and stays here",
                              STR_ARG(unit_id(spot_unit(spot), c.stays.at)));
  const struct Scope *scope = spot->snapshot->project->scope;
  for (uint32_t i = scope->first_import[spot->unit]; i < scope->first_import[spot->unit + 1]; i++) {
    const File *file = spot->snapshot->files[scope->imports[i].unit];
    if (file && scope->imports[i].unit != spot->unit) offer(&o, file->path, false);
  }
  Str path = new_file(spot, usual_file(&c), actions->arena);
  if (actions->makes_files) offer(&o, path, true);
}

/* ---- doing it ---- */

typedef struct {
  const Spot *spot;
  Str path;
  uint32_t unit; /* of the path; NONE: a new file */
  Arena *arena;
  uint32_t last; /* what was moved before; NONE: nothing */
  Buf text;      /* of what is moved */
  Buf uses;      /* the files that it needs there */
  VEC(uint32_t) used;
} Moving;

static bool sees(const Project *p, uint32_t from, uint32_t unit) {
  for (uint32_t i = p->scope->first_visible[from]; i < p->scope->first_visible[from + 1]; i++)
    if (p->scope->visible[i] == unit) return true;
  return false;
}

/* As a file at `path` names it: those of the standard library without its folder. */
static Str used_as(const Moving *m, uint32_t unit) {
  const Snapshot *snapshot = m->spot->snapshot;
  if (snapshot->files[unit]) return paths_between(m->arena, m->path, snapshot->files[unit]->path);
  Str path = snapshot->project->units[unit]->source.path, folder = STR("stdlib/");
  return str_starts(path, folder) ? str_slice(path, folder.len, path.len) : path;
}

/* A file whose names are needed where the declaration goes. */
static void need(Moving *m, uint32_t unit) {
  bool known = unit == 0 || unit == m->spot->unit || unit == m->unit ||
               (m->unit != NONE && sees(m->spot->snapshot->project, m->unit, unit));
  for (size_t i = 0; i < m->used.len && !known; i++) known = m->used.at[i] == unit;
  if (known) return;
  vec_push(&m->used, unit);
  buf_printf(&m->uses, "use " STR_FMT STR_FMT, STR_ARG(paths_quoted(m->arena, used_as(m, unit))),
             STR_ARG(source_line_end(&spot_unit(m->spot)->source)));
}

/* Lines of one kind stand together, as in a table. */
static bool stand_together(const Unit *unit, uint32_t a, uint32_t b) {
  const Statement *left = &unit->statements[a], *right = &unit->statements[b];
  return left->keyword == right->keyword && !left->has_block && !right->has_block;
}

/* The text of a declaration as it is written in its new place: paths begin at another folder there. */
static void add_text(Moving *m, uint32_t at) {
  const Unit *unit = spot_unit(m->spot);
  const Project *p = m->spot->snapshot->project;
  Span span = patch_with_comments(unit, at);
  uint32_t done = span.start;
  if (m->last != NONE && !stand_together(unit, m->last, at)) buf_add(&m->text, source_line_end(&unit->source));
  m->last = at;
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

static bool is_map(const File *file) { return file && file->unit && !file->unit->script; }

bool action_extract(const Spot *spot, const Action *action, Edits *edits) {
  const Unit *unit = spot_unit(spot);
  Moving m = {.spot = spot, .path = action->text, .last = NONE, .arena = edits->arena};
  m.unit = snapshot_unit(spot->snapshot, m.path);
  Choice c = choose_all(spot, action->span, m.arena);
  if (c.count == 0 || ref_ok(c.stays) || m.unit == spot->unit ||
      (m.unit != NONE && !is_map(spot->snapshot->files[m.unit])))
    return false;
  Patch patch = patch_new(m.arena, spot->file);
  for (uint32_t at = c.first; at != NONE; at = next_chosen(&c, at)) {
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
