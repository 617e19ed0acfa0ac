/* What does away with a finding: its fix, all sure fixes of a file, or a silence with a reason. */
#include "base/limits.h"
#include "check/settle.h"
#include "lsp/feature/actions.h"
#include "lsp/feature/patch.h"
#include "lsp/text/diff.h"
#include "project/settings.h"
#include "source/fix.h"

/* Nobody reads a longer list; whoever wants all mended at once asks for that. */
enum { LONGEST_QUOTE = 60, MOST_ACTIONS = 100 };

/* ---- one fix ---- */

static bool is_short_line(Str text) {
  return text.len <= LONGEST_QUOTE && !memchr(text.at ? text.at : "", '\n', text.len);
}

static Str title_of_fix(const Actions *actions, const Diagnostic *finding) {
  Str there = str_trim(str_slice(actions->spot->file->text, finding->fix.start, finding->fix.end));
  Str put = str_trim(finding->replacement);
  Arena *arena = actions->arena;
  if (put.len == 0 && !is_short_line(there)) return STR("Take these lines away");
  if (put.len == 0)
    return there.len == 0 ? STR("Take the space away") : arena_format(arena, "Take `" STR_FMT "` away", STR_ARG(there));
  if (!is_short_line(put)) return STR("Write it as proposed");
  if (there.len == 0 && str_starts(put, STR(", "))) /* one more name */
    return arena_format(arena, "Add `" STR_FMT "`", STR_ARG(str_slice(put, 2, put.len)));
  if (there.len == 0) return arena_format(arena, "Add `" STR_FMT "`", STR_ARG(put));
  if (!is_short_line(there)) return arena_format(arena, "Write `" STR_FMT "` here", STR_ARG(put));
  return arena_format(arena, "Write `" STR_FMT "` instead of `" STR_FMT "`", STR_ARG(put), STR_ARG(there));
}

static bool is_listed(const Actions *actions, const Diagnostic *finding) {
  for (size_t i = 0; i < actions->list.len; i++) {
    const Action *action = &actions->list.at[i];
    if (action->what == ACTION_FIX && action->span.start == finding->fix.start &&
        action->span.end == finding->fix.end && str_is(action->text, finding->replacement))
      return true;
  }
  return false;
}

static void add_fix(Actions *actions, const Diagnostic *finding) {
  if (!finding->has_fix || finding->fix.end > actions->spot->file->text.len || is_listed(actions, finding)) return;
  Action *action = actions_add(actions, ACTION_FIX, "quickfix", title_of_fix(actions, finding));
  if (!action) return;
  action->finding = finding;
  action->preferred = true;
  action->span = finding->fix;
  action->text = finding->replacement;
}

/* ---- silence ---- */

static bool may_be_silenced(const Diagnostic *finding) {
  if (finding->own) return finding->severity != SEVERITY_ERROR;
  return finding->code != DIAG_UNUSED_SILENCE && diagnostic_info(finding->code).severity != SEVERITY_ERROR;
}

/* The innermost statement around a place that can have a `silence`, on a line of its own; NONE: there is none. */
static uint32_t silenceable(const Spot *spot, uint32_t offset) {
  Spot at = *spot;
  at.offset = offset;
  const Unit *unit = spot_unit(spot);
  uint32_t statement = spot_find(&at).statement;
  while (statement != NONE && !(schema_allows((Keyword)unit->statements[statement].keyword, K_SILENCE) &&
                                patch_begins_line(unit, statement)))
    statement = unit->statements[statement].parent;
  return statement;
}

/* "an emotion with no evidence" */
static Str title_of_kind(const Diagnostic *finding) {
  return finding->own ? finding->own->title : str_of(diagnostic_info(finding->code).title);
}

static void add_silence(Actions *actions, const Diagnostic *finding) {
  uint32_t at = may_be_silenced(finding) ? silenceable(actions->spot, finding->span.start) : NONE;
  if (at == NONE) return;
  Str label = diagnostic_label(finding);
  Keyword keyword = (Keyword)spot_unit(actions->spot)->statements[at].keyword;
  Str where = STR("here");
  if (schema_declares(keyword)) where = arena_format(actions->arena, "in this %s", action_word(keyword));
  Action *action =
      actions_add(actions, ACTION_SILENCE, "quickfix",
                  arena_format(actions->arena, "Silence \u201C" STR_FMT "\u201D " STR_FMT " (" STR_FMT "), and say why",
                               STR_ARG(title_of_kind(finding)), STR_ARG(where), STR_ARG(label)));
  if (!action) return;
  action->finding = finding;
  action->at = at;
  action->text = label;
}

bool action_silence(const Spot *spot, const Action *action, Edits *edits) {
  const Unit *unit = spot_unit(spot);
  if (!schema_allows((Keyword)unit->statements[action->at].keyword, K_SILENCE)) return false;
  Patch patch = patch_new(edits->arena, spot->file);
  Str line = arena_format(edits->arena, "silence " STR_FMT " \"Say here why that is right\"", STR_ARG(action->text));
  patch_add_property(&patch, unit, action->at, K_SILENCE, line, false);
  patch_end(&patch, edits);
  return true;
}

/* ---- of each finding ---- */

static bool touches(Span a, Span b) { return a.start <= b.end && b.start <= a.end; }

static void add_mending(Actions *actions, const Diagnostic *finding) {
  add_fix(actions, finding);
  actions_of_missing(actions, finding);
  actions_of_names(actions, finding);
}

typedef void Adding(Actions *actions, const Diagnostic *finding);

/* Of the findings in those lines, those in the range, or the others. */
static void add_of_list(Actions *actions, FindingList list, Span lines, bool in_range, Adding *adding) {
  for (uint32_t i = 0; i < list.count && actions->list.len < MOST_ACTIONS; i++) {
    Span span = list.at[i].span;
    if (touches(span, lines) && touches(span, actions->range) == in_range) adding(actions, &list.at[i]);
  }
}

static void add_of_lines(Actions *actions, Span lines, Adding *adding) {
  for (int in_range = 1; in_range >= 0; in_range--) {
    add_of_list(actions, actions->soon, lines, in_range, adding);
    add_of_list(actions, actions->late, lines, in_range, adding);
  }
}

void actions_of_findings(Actions *actions) {
  const File *file = actions->spot->file;
  Span first = line_span(file->text, &file->lines, line_at(&file->lines, actions->range.start));
  Span last = line_span(file->text, &file->lines, line_at(&file->lines, actions->range.end));
  Span lines = {first.start, last.end};
  add_of_lines(actions, lines, add_mending);
  add_of_lines(actions, lines, add_silence); /* what keeps quiet comes behind what mends */
}

/* ---- all sure fixes ---- */

/* The text after one pass; false where nothing was to be mended. */
static bool fix_pass(const Diagnostics *all, Arena *arena, Str *text) {
  size_t made;
  fix_put_off_names(all->list.at, all->list.len, NULL, NULL);
  *text = fix_text(*text, all->list.at, all->list.len, arena, &made);
  return made > 0;
}

/* What is wrong with the map once it has that text; false where it is no map, or that takes reading other files. */
static bool look_again(const Spot *spot, Str text, Diagnostics *to) {
  if (spot_unit(spot)->script || spot_unit(spot)->baseline || settings_is_file(spot->file->path)) return false;
  const Project *before = spot->snapshot->project;
  Source source = {spot_unit(spot)->source.path, text};
  Unit *unit = unit_new(arena_new(), source, spot->unit);
  Project *p = project_edited(before, &unit, 1, before->texts, before->text_count, to->arena);
  if (p) {
    for (size_t i = 0; i < unit->diagnostics.list.len; i++)
      vec_push(&to->list, diagnostic_copy(&unit->diagnostics.list.at[i], to->arena));
    project_complain(p, spot->unit, to);
    diagnostics_settle_file(p, spot->unit, to);
    project_free(p);
  }
  unit_free(unit);
  return p != NULL;
}

bool action_fix_all(const Spot *spot, FindingList soon, FindingList late, Edits *edits) {
  Diagnostics all = {.arena = edits->arena};
  Str text = spot->file->text;
  for (uint32_t i = 0; i < soon.count; i++) vec_push(&all.list, soon.at[i]);
  if (all.list.len == 0) look_again(spot, text, &all); /* nobody knows yet what is wrong */
  for (uint32_t i = 0; i < late.count; i++) vec_push(&all.list, late.at[i]);
  for (int pass = 0; pass < LIMIT_FIX_PASSES && fix_pass(&all, edits->arena, &text); pass++) {
    all.list.len = 0;
    if (!look_again(spot, text, &all)) break;
  }
  vec_free(&all.list);
  Hunks hunks = text_diff(spot->file->text, text);
  for (size_t i = 0; i < hunks.len; i++)
    edits_replace(edits, spot->file, hunks.at[i].before,
                  str_slice(text, hunks.at[i].after.start, hunks.at[i].after.end));
  vec_free(&hunks);
  return true;
}
