#include "lsp/feature/rename.h"

#include "base/os.h"
#include "lsp/feature/uses.h"
#include "project/scope.h"
#include "project/settings.h"

static const Statement *statement_of(const Snapshot *s, Ref ref) { return project_statement(s->project, ref); }

static const char *word_of(const Snapshot *s, Ref ref) {
  return schema_row((Keyword)statement_of(s, ref)->keyword)->word;
}

/* ---- what is renamed ---- */

static bool may_be_renamed(const Spot *spot, RenameTarget *target, Arena *arena, Str *why) {
  const Snapshot *s = spot->snapshot;
  if (!s->files[target->declaration.unit])
    *why = arena_format(
        arena, "`" STR_FMT "` comes with the program and can't be renamed; declare a %s of your own, and use that",
        STR_ARG(target->name), word_of(s, target->declaration));
  else if (statement_of(s, target->declaration)->keyword == K_USE)
    *why =
        arena_format(arena, "the metric `" STR_FMT "` is called as its file: rename the file", STR_ARG(target->name));
  return why->len == 0;
}

/* The title of which a name was made stands for it. */
static bool stands_for_name(const Spot *spot, const SpotFound *found) {
  const Statement *statement = &spot_unit(spot)->statements[found->statement];
  if (!schema_declares((Keyword)statement->keyword)) return false;
  if (found->value->type == V_ID) return true;
  return found->value->type == V_TEXT && !statement->own_id &&
         found->value == &spot_unit(spot)->values[statement->first_value];
}

bool rename_find(const Spot *spot, Arena *arena, RenameTarget *target, Str *why) {
  SpotFound found = spot_find(spot);
  Ref at = {spot->unit, found.statement};
  *why = STR("");
  if (found.kind != SPOT_VALUE) return false;
  *target = (RenameTarget){at, found.span, STR("")};
  if (found.value->type == V_REF || found.value->type == V_CODE) {
    target->declaration = uses_meaning(spot->snapshot->project, at, found.value, spot->offset, &target->span);
    if (!ref_ok(target->declaration)) return false;
  } else if (!stands_for_name(spot, &found)) return false;
  target->name = arena_copy(arena, scope_name(spot->snapshot->project, target->declaration));
  return may_be_renamed(spot, target, arena, why);
}

/* ---- the new name ---- */

/* Whether the language reads it as the name of a declaration. */
static bool is_name(Str name, Arena *arena) {
  Source source = {STR(""), arena_format(arena, "team " STR_FMT "\n", STR_ARG(name))};
  Unit *unit = unit_new(arena_new(), source, 0);
  bool is = unit->statement_count == 1 && unit->diagnostics.list.len == 0 && str_is(unit_id(unit, 0), name) &&
            !memchr(name.at, '.', name.len);
  unit_free(unit);
  return is;
}

static bool is_path_end(Str name) {
  return str_is_c(name, "starts") || str_is_c(name, "leaves") || str_is_c(name, "ends");
}

static Str why_no_name(Str name, Arena *arena) {
  Buf slug = {0};
  unit_slug(&slug, name);
  Str proposed = buf_take(&slug, arena);
  if (str_is_c(proposed, "untitled") || !is_name(proposed, arena)) /* there is not a letter in it */
    return STR("a name is made of letters, digits and hyphens; write one such as `first-visit`");
  return arena_format(
      arena, "`" STR_FMT "` can't be a name: names are one word of letters, digits and hyphens; write `" STR_FMT "`",
      STR_ARG(name), STR_ARG(proposed));
}

static bool sees(const Project *p, uint32_t from, uint32_t unit) {
  for (uint32_t i = p->scope->first_visible[from]; i < p->scope->first_visible[from + 1]; i++)
    if (p->scope->visible[i] == unit) return true;
  return false;
}

/* Whether any file may mean the one by the other's name. */
static bool are_seen_together(const Project *p, uint32_t a, uint32_t b) {
  for (uint32_t u = 0; u < p->unit_count; u++)
    if ((u == a || sees(p, u, a)) && (u == b || sees(p, u, b))) return true;
  return false;
}

static Ref next_of(const Project *p, Ref place, Str name, Keyword keyword) {
  uint32_t entry = NONE;
  for (Ref other; ref_ok(other = scope_next(p, place, name, &entry));)
    if ((Keyword)project_statement(p, other)->keyword == keyword) return other;
  return NO_REF;
}

/* What has the new name already, where both may be meant: in the same journey, or in files that some file sees both;
 * NO_REF where nothing has. */
static Ref namesake(const Project *p, Ref declaration, Str name) {
  const Statement *statement = project_statement(p, declaration);
  Keyword keyword = (Keyword)statement->keyword;
  if (statement->parent != NONE) return next_of(p, (Ref){declaration.unit, statement->parent}, name, keyword);
  for (uint32_t u = 0; u < p->unit_count; u++) {
    Ref other = next_of(p, (Ref){u, NONE}, name, keyword);
    if (ref_ok(other) && are_seen_together(p, declaration.unit, u)) return other;
  }
  return NO_REF;
}

static bool check_name(const Snapshot *s, Ref declaration, Str name, Arena *arena, Str *why) {
  const Project *p = s->project;
  Keyword keyword = (Keyword)statement_of(s, declaration)->keyword;
  *why = STR("");
  if (!is_name(name, arena)) *why = why_no_name(name, arena);
  else if ((keyword == K_STAGE || keyword == K_TOUCHPOINT) && is_path_end(name))
    *why = arena_format(arena, "`" STR_FMT "` has a meaning of its own in paths; choose another name", STR_ARG(name));
  else if (keyword == K_CHECK && diagnostic_is_code(name))
    *why = arena_format(arena, "`" STR_FMT "` looks like the code of a message; choose another name", STR_ARG(name));
  Ref other = why->len == 0 ? namesake(p, declaration, name) : NO_REF;
  if (!ref_ok(other) || ref_is(other, declaration)) return why->len == 0;
  const Unit *unit = project_unit(p, other);
  const char *word = word_of(s, other);
  if (unit->library)
    *why = arena_format(arena, "`" STR_FMT "` is a %s that comes with the program; choose another name", STR_ARG(name),
                        word);
  else
    *why =
        arena_format(arena, "there is a %s called `" STR_FMT "` already, in " STR_FMT ", line %u; choose another name",
                     word, STR_ARG(name), STR_ARG(os_file_name(unit->source.path)),
                     source_position(&unit->source, unit->statements[other.at].span.start).line);
  return false;
}

/* ---- the edits ---- */

static void edit_use(const Snapshot *s, const Use *use, Str name, Edits *edits) {
  const File *file = s->files[use->at.unit];
  bool declares = use->kind == USE_DECLARES || use->kind == USE_OVERLAYS;
  uint32_t end = use->span.end, start = use->span.start;
  if (declares && !use->value) /* neither name nor title */
    edits_replace(edits, file, (Span){end, end}, arena_format(edits->arena, " " STR_FMT, STR_ARG(name)));
  else if (declares && use->value->type == V_TEXT)
    edits_replace(edits, file, (Span){start, start}, arena_format(edits->arena, STR_FMT " ", STR_ARG(name)));
  else edits_replace(edits, file, use->span, name);
}

/* ---- whether each name means what it meant ---- */

typedef struct {
  const Snapshot *s;
  Project *after;
  Unit **units; /* that were changed */
  size_t count;
  Arena *arena;
  Str *why;
} Trial;

static Ref meaning(const Project *p, Ref at, const Value *value) {
  if (value->type == V_REF) return project_resolve(p, at, value);
  bool silence = project_statement(p, at)->keyword == K_SILENCE;
  return project_check(p, silence ? at.unit : NONE, unit_raw(project_unit(p, at), value));
}

static const Value *next_name(const Unit *unit, uint32_t at, uint16_t *next) {
  const Statement *statement = &unit->statements[at];
  while (*next < statement->value_count) {
    const Value *value = &unit->values[statement->first_value + (*next)++];
    if (value->type == V_REF || (value->type == V_CODE && value->extra == DIAG_COUNT)) return value;
  }
  return NULL;
}

/* A name that was inserted moves the values of its statement, not their order. */
static bool means_the_same(const Trial *trial, uint32_t u, uint32_t at) {
  const Unit *before = trial->s->project->units[u], *after = trial->after->units[u];
  uint16_t i = 0, k = 0;
  for (const Value *old, *new; (old = next_name(before, at, &i));) {
    new = next_name(after, at, &k);
    if (!new || !ref_is(meaning(trial->s->project, (Ref){u, at}, old), meaning(trial->after, (Ref){u, at}, new))) {
      *trial->why = arena_format(
          trial->arena, "in " STR_FMT ", line %u, this name would mean something else; choose another",
          STR_ARG(os_file_name(before->source.path)), source_position(&before->source, old->span.start).line);
      return false;
    }
  }
  return true;
}

static bool all_mean_the_same(const Trial *trial) {
  const Project *p = trial->s->project;
  for (uint32_t u = 0; u < p->unit_count; u++) {
    if (p->units[u]->library) continue;
    if (p->units[u]->statement_count != trial->after->units[u]->statement_count) {
      *trial->why = STR("with this name the file would be read in another way; choose another");
      return false;
    }
    for (uint32_t at = 0; at < p->units[u]->statement_count; at++)
      if (!means_the_same(trial, u, at)) return false;
  }
  return true;
}

static size_t errors_of(const Project *p, uint32_t u, Diagnostics *found) {
  found->list.len = 0;
  for (size_t i = 0; i < p->units[u]->diagnostics.list.len; i++)
    vec_push(&found->list, p->units[u]->diagnostics.list.at[i]);
  project_complain(p, u, found);
  return diagnostics_count(found, SEVERITY_ERROR);
}

static bool adds_no_errors(const Trial *trial) {
  Diagnostics found = {.arena = trial->arena};
  bool fine = true;
  for (size_t i = 0; i < trial->count && fine; i++) {
    uint32_t u = trial->units[i]->number;
    size_t before = errors_of(trial->s->project, u, &found);
    fine = errors_of(trial->after, u, &found) <= before;
  }
  if (!fine) *trial->why = STR("with this name something in the file would be wrong; choose another");
  vec_free(&found.list);
  return fine;
}

/* A stage may go under one of the field's names by its own: then it says so from now on. */
static void keep_stage_name(const Trial *trial, Ref declaration, Edits *edits) {
  const Project *p = trial->s->project;
  const Statement *statement = project_statement(p, declaration);
  if (statement->keyword != K_STAGE || statement->value_count == 0) return;
  for (uint32_t i = 0; i < p->journey_count && i < trial->after->journey_count; i++)
    for (uint32_t k = 0; k < p->journeys[i].stage_count; k++) {
      const Journey *before = &p->journeys[i], *after = &trial->after->journeys[i];
      if (!ref_is(before->stages[k].item.at, declaration) || k >= after->stage_count) continue;
      Ref meant = stage_name_of(p, before, &before->stages[k]);
      if (!ref_ok(meant) || ref_is(meant, stage_name_of(trial->after, after, &after->stages[k]))) continue;
      const Unit *unit = project_unit(p, declaration);
      uint32_t end = unit->values[statement->first_value + statement->value_count - 1].span.end;
      Str name = unit_id(project_unit(p, meant), meant.at);
      edits_replace(edits, trial->s->files[declaration.unit], (Span){end, end},
                    arena_format(edits->arena, " as " STR_FMT, STR_ARG(name)));
      return;
    }
}

static void take_units(Trial *trial, const Edits *edits) {
  trial->units = ARENA_ARRAY(trial->arena, Unit *, trial->s->project->unit_count);
  for (uint32_t u = 0; u < trial->s->project->unit_count; u++) {
    const File *file = trial->s->files[u];
    Str text = file ? edits_applied(edits, file, trial->arena) : STR("");
    if (!file || !trial->s->project->units[u]->statement_count || str_is(text, file->text)) continue;
    Source source = {trial->s->project->units[u]->source.path, text};
    trial->units[trial->count++] = unit_new(arena_new(), source, u);
  }
}

bool rename_edit(const Snapshot *snapshot, Ref declaration, Str name, Edits *edits, Str *why) {
  const Project *p = snapshot->project;
  Trial trial = {.s = snapshot, .arena = edits->arena, .why = why};
  if (str_is(scope_name(p, declaration), name) && statement_of(snapshot, declaration)->own_id) return true;
  if (!check_name(snapshot, declaration, name, edits->arena, why)) return false;
  Uses uses = uses_of(snapshot, declaration, NONE, edits->arena);
  for (uint32_t i = 0; i < uses.count; i++) edit_use(snapshot, &uses.at[i], name, edits);
  take_units(&trial, edits);
  trial.after = project_edited(p, trial.units, trial.count, p->texts, p->text_count, trial.arena);
  bool fine = !trial.after || (all_mean_the_same(&trial) && adds_no_errors(&trial));
  if (fine && trial.after) keep_stage_name(&trial, declaration, edits);
  project_free(trial.after);
  for (size_t i = 0; i < trial.count; i++) unit_free(trial.units[i]);
  return fine;
}

/* ---- what is no map ---- */

static bool is_of_name(char c) {
  return (unsigned char)c >= 0x80 || strchr("-_.", c) || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static bool is_quote(char c) { return c == '"' || c == '\''; }

/* Whether the name at that place is all of a text in quotes, or one of the parts of a.b.c. */
static bool is_quoted(Str text, size_t at, size_t end) {
  bool whole = (is_quote(text.at[at - 1]) || text.at[at - 1] == '.') && (is_quote(text.at[end]) || text.at[end] == '.');
  if (!whole) return false;
  while (at > 0 && is_of_name(text.at[at - 1])) at--;
  while (end < text.len && is_of_name(text.at[end])) end++;
  return at > 0 && end < text.len && is_quote(text.at[at - 1]) && text.at[end] == text.at[at - 1];
}

static void look_in(Mentions *mentions, const File *file, Str name) {
  Str text = file->text;
  for (size_t at = 1; at < text.len;) {
    const char *found = memmem(text.at + at, text.len - at, name.at, name.len);
    if (!found) return;
    at = (size_t)(found - text.at);
    size_t end = at + name.len;
    if (end < text.len && is_quoted(text, at, end)) vec_push(mentions, (Mention){file, {(uint32_t)at, (uint32_t)end}});
    at = end;
  }
}

Mentions rename_mentions(const Snapshot *snapshot, Str name) {
  Mentions mentions = {0};
  for (uint32_t u = 0; name.len > 0 && u < snapshot->project->unit_count; u++) {
    const Unit *unit = snapshot->project->units[u];
    if (snapshot->files[u] && (unit->script || settings_is_file(unit->source.path)))
      look_in(&mentions, snapshot->files[u], name);
  }
  return mentions;
}
