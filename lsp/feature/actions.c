#include "lsp/feature/actions.h"

#include "project/scope.h"

Action *actions_add(Actions *actions, ActionWhat what, const char *kind, Str title) {
  if (actions->wanted && !actions->wanted(actions->context, kind)) return NULL;
  vec_push(&actions->list, (Action){.what = what, .kind = kind, .title = title, .at = NONE});
  return &actions->list.at[actions->list.len - 1];
}

const char *action_word(Keyword keyword) { return keyword == K_TOUCHPOINT ? "step" : schema_row(keyword)->word; }

Str action_free_name(const Project *p, Ref place, Str name, Arena *arena) {
  Str tried = name;
  uint32_t entry = NONE;
  for (int number = 2; ref_ok(scope_next(p, place, tried, &entry)); number++, entry = NONE)
    tried = arena_format(arena, STR_FMT "-%d", STR_ARG(name), number);
  return tried;
}

static bool has_sure_fix(FindingList list) {
  for (uint32_t i = 0; i < list.count; i++)
    if (list.at[i].has_fix && list.at[i].fix_is_sure) return true;
  return false;
}

static bool is_named(const Actions *actions, const char *kind) {
  return actions->wanted_by_name && actions->wanted_by_name(actions->context, kind);
}

/* What is about the whole file is offered where somebody asks for it by name; else only on the lines that it is about.
 */
static void add_of_file(Actions *actions) {
  const Unit *unit = spot_unit(actions->spot);
  bool on_use = false, any_use = false;
  for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) {
    Span span = unit->statements[at].span;
    if (unit->statements[at].keyword != K_USE) continue;
    any_use = true;
    on_use = on_use || (span.start <= actions->range.end && actions->range.start <= span.end);
  }
  if (on_use || (any_use && is_named(actions, "source.organizeImports")))
    actions_add(actions, ACTION_IMPORTS, "source.organizeImports", STR("Sort the `use` lines, and drop unused ones"));
  bool sure_here = false;
  for (size_t i = 0; i < actions->list.len; i++)
    sure_here = sure_here || (actions->list.at[i].what == ACTION_FIX && actions->list.at[i].finding->fix_is_sure);
  bool asked = is_named(actions, "source.fixAll.journey");
  if (asked ? has_sure_fix(actions->soon) || has_sure_fix(actions->late) : sure_here)
    actions_add(actions, ACTION_FIX_ALL, "source.fixAll.journey", STR("Make all fixes that are beyond doubt"));
}

void actions_list(Actions *actions) {
  actions_of_findings(actions);
  actions_of_lacks(actions);
  actions_of_journeys(actions);
  actions_of_sharing(actions);
  add_of_file(actions);
}

static bool replace(const Spot *spot, const Action *action, Edits *edits) {
  if (action->span.start > action->span.end || action->span.end > spot->file->text.len) return false;
  edits_replace(edits, spot->file, action->span, action->text);
  return true;
}

bool action_edit(const Spot *spot, const Action *action, FindingList soon, FindingList late, Edits *edits) {
  bool needs_statement = action->what == ACTION_SILENCE || action->what == ACTION_ADD || action->what == ACTION_SOLVE ||
                         action->what == ACTION_VARIANT;
  if (needs_statement && action->at >= spot_unit(spot)->statement_count) return false;
  switch (action->what) {
    case ACTION_FIX:
    case ACTION_EMOTION: return replace(spot, action, edits);
    case ACTION_FIX_ALL: return action_fix_all(spot, soon, late, edits);
    case ACTION_SILENCE: return action_silence(spot, action, edits);
    case ACTION_ADD: return action_add(spot, action, edits);
    case ACTION_SOLVE: return action_solve(spot, action, edits);
    case ACTION_DECLARE: return action_declare(spot, action, edits);
    case ACTION_EXTRACT: return action_extract(spot, action, edits);
    case ACTION_VARIANT: return action_variant(spot, action, edits);
    case ACTION_IMPORTS: return action_imports(spot, edits);
    default: return false;
  }
}
