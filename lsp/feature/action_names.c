/* What does away with a name that nothing declares, with what is said twice, and with a review that was long ago. */
#include "base/calendar.h"
#include "lsp/feature/actions.h"
#include "lsp/feature/patch.h"
#include "project/scope.h"

/* ---- a declaration ---- */

/* What can be declared at the top of a file with a name and a title alone. */
static bool can_be_declared(Keyword keyword) {
  return keyword > K_FILE && keyword < K_COUNT && schema_declares(keyword) && schema_allows(K_FILE, keyword) &&
         keyword != K_JOURNEY && keyword != K_METHOD && keyword != K_EMOTION && keyword != K_SEVERITY &&
         schema_required(keyword) == K_NONE;
}

static void add_declaration(Actions *actions, const Diagnostic *finding) {
  const Unit *unit = spot_unit(actions->spot);
  Spot at = *actions->spot;
  at.offset = finding->span.start;
  SpotFound found = spot_find(&at);
  if (finding->has_fix || found.kind != SPOT_VALUE || !found.value || found.value->type != V_REF || !found.rule) return;
  Str name = unit_raw(unit, found.value);
  if (!can_be_declared(found.rule->target) || !str_is(scope_last(name), name)) return;
  Action *action = actions_add(actions, ACTION_DECLARE, "quickfix",
                               arena_format(actions->arena, "Declare the %s `" STR_FMT "`",
                                            schema_row(found.rule->target)->word, STR_ARG(name)));
  if (!action) return;
  action->finding = finding;
  action->keyword = found.rule->target;
  action->text = name;
}

/* Behind the last of its kind, where that ends its line; else the end of the file. */
static uint32_t place_for(const Unit *unit, Keyword keyword) {
  Str text = unit->source.text;
  uint32_t place = (uint32_t)text.len;
  for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) {
    if ((Keyword)unit->statements[at].keyword != keyword) continue;
    uint32_t end = unit->statements[at].span.end;
    place = end == text.len || is_line_end(text.at[end]) ? end : (uint32_t)text.len;
  }
  return place;
}

bool action_declare(const Spot *spot, const Action *action, Edits *edits) {
  const Unit *unit = spot_unit(spot);
  if (!can_be_declared(action->keyword)) return false;
  Str text = unit->source.text, end = source_line_end(&unit->source), put;
  uint32_t place = place_for(unit, action->keyword);
  Str line = arena_format(edits->arena, "%s " STR_FMT " \"\xE2\x80\xA6\"", schema_row(action->keyword)->word,
                          STR_ARG(action->text));
  if (place < text.len) put = arena_format(edits->arena, STR_FMT STR_FMT, STR_ARG(end), STR_ARG(line));
  else {
    bool ended = text.len == 0 || is_line_end(text.at[text.len - 1]);
    put = arena_format(edits->arena, STR_FMT STR_FMT STR_FMT STR_FMT, STR_ARG(ended ? STR("") : end), STR_ARG(end),
                       STR_ARG(line), STR_ARG(end));
  }
  Patch patch = patch_new(edits->arena, spot->file);
  patch_put(&patch, (Span){place, place}, put);
  patch_end(&patch, edits);
  return true;
}

/* ---- what is written otherwise, or not at all ---- */

static void add_writing(Actions *actions, const Diagnostic *finding, Span span, Str text, Str title) {
  Action *action = actions_add(actions, ACTION_FIX, "quickfix", title);
  if (!action) return;
  action->finding = finding;
  action->span = span;
  action->text = text;
}

static void add_taking(Actions *actions, const Diagnostic *finding) {
  const Unit *unit = spot_unit(actions->spot);
  Spot at = *actions->spot;
  at.offset = finding->span.start;
  uint32_t statement = spot_find(&at).statement;
  if (finding->has_fix || statement == NONE || unit->statements[statement].span.start != finding->span.start) return;
  const char *word = schema_row((Keyword)unit->statements[statement].keyword)->word;
  add_writing(actions, finding, source_without(&unit->source, unit->statements[statement].span), STR(""),
              arena_format(actions->arena, "Take this `%s` away", word));
}

static void add_review(Actions *actions, const Diagnostic *finding) {
  const Unit *unit = spot_unit(actions->spot);
  Spot at = *actions->spot;
  at.offset = finding->span.start;
  uint32_t journey = spot_find(&at).statement;
  while (journey != NONE && unit->statements[journey].keyword != K_JOURNEY) journey = unit->statements[journey].parent;
  uint32_t reviewed = journey == NONE ? NONE : unit_child(unit, journey, K_REVIEWED);
  const Value *value = reviewed == NONE ? NULL : unit_value(unit, reviewed, 0);
  if (finding->has_fix || !value || value->type != V_DATE) return;
  CalendarDay day = calendar_day(actions->spot->snapshot->project->today);
  add_writing(actions, finding, value->span,
              arena_format(actions->arena, "%04d-%02d-%02d", day.year, day.month, day.day),
              STR("Say that it was reviewed today"));
}

void actions_of_names(Actions *actions, const Diagnostic *finding) {
  if (finding->own) return;
  if (finding->code == DIAG_UNKNOWN_NAME) add_declaration(actions, finding);
  if (finding->code == DIAG_REPEATED) add_taking(actions, finding);
  if (finding->code == DIAG_REVIEW_OVERDUE) add_review(actions, finding);
}
