/* What a map lacks, by the message that says so: the property is put where it belongs, with a value that is there to be
 * named, or with an ellipsis for whoever knows better. */
#include "base/calendar.h"
#include "lsp/feature/actions.h"
#include "lsp/feature/patch.h"
#include "project/scope.h"

enum { MOST_NAMES = 3, DAYS_AHEAD = 90 };

typedef enum { ADD_TEXT, ADD_TODAY, ADD_TODAY_AND_PERIOD, ADD_LATER_DAY, ADD_NAME } AddWhat;

/* What is to be added where a message stands, to the innermost statement that may have the property. `%s` of the title
 * is that statement's keyword; a name is one of those that are declared. */
static const struct {
  DiagnosticCode code;
  Keyword keyword;
  AddWhat what;
  const char *title;
} lacking[] = {
    {DIAG_NO_OWNER, K_OWNER, ADD_NAME, "Say who owns this %s"},
    {DIAG_OPPORTUNITY_NO_OWNER, K_OWNER, ADD_NAME, "Say who owns this %s"},
    {DIAG_HANDOFF_NO_RECEIVER, K_HANDS_TO, ADD_NAME, "Say who takes it over"},
    {DIAG_NO_MAPPERS, K_MAPPED_BY, ADD_NAME, "Say who took part in the mapping"},
    {DIAG_PAIN_NO_CAUSE, K_BECAUSE, ADD_TEXT, "Say why it happens"},
    {DIAG_PAIN_FEW_WHYS, K_BECAUSE, ADD_TEXT, "Ask why once more"},
    {DIAG_PAIN_NO_HURT, K_HURTS, ADD_TEXT, "Say what it does to the client"},
    {DIAG_OPPORTUNITY_NO_DATE, K_DUE, ADD_LATER_DAY, "Say when it is to be done"},
    {DIAG_NEVER_REVIEWED, K_REVIEWED, ADD_TODAY_AND_PERIOD, "Say that it was reviewed today"},
    {DIAG_STAGE_NO_GOAL, K_GOAL, ADD_TEXT, "Say what the client wants to have reached"},
    {DIAG_NO_PERSONA, K_PERSONA_OF, ADD_NAME, "Say whose journey this is"},
    {DIAG_NO_PERSONA, K_SCENARIO, ADD_TEXT, "Say in which situation the client is"},
    {DIAG_NO_SCENARIO, K_SCENARIO, ADD_TEXT, "Say in which situation the client is"},
    {DIAG_CLAIM_NO_SOURCE, K_SOURCE, ADD_TEXT, "Say where it was said"},
    {DIAG_EVIDENCE_NO_DATE, K_COLLECTED, ADD_TODAY, "Say when it was collected"},
    {DIAG_EMOTION_NO_EVIDENCE, K_FROM, ADD_NAME, "Say what it stands on"},
    {DIAG_NUMBER_NO_EVIDENCE, K_FROM, ADD_NAME, "Say what it stands on"},
    {DIAG_SEGMENT_NO_EVIDENCE, K_FROM, ADD_NAME, "Say where it was counted"},
};

/* The innermost statement around the finding that may have the property. */
static uint32_t place_of(const Spot *spot, uint32_t offset, Keyword keyword) {
  Spot at = *spot;
  at.offset = offset;
  const Unit *unit = spot_unit(spot);
  uint32_t statement = spot_find(&at).statement;
  while (statement != NONE && !schema_allows((Keyword)unit->statements[statement].keyword, keyword))
    statement = unit->statements[statement].parent;
  return statement;
}

/* ---- the names that may be meant ---- */

typedef struct {
  const Project *p;
  Ref at[MOST_NAMES];
  uint32_t uses[MOST_NAMES], count;
  uint32_t unit; /* that names them */
  Keyword keyword;
} Names;

/* How often the file says so already. */
static uint32_t uses_in_file(const Names *names, Ref ref) {
  const Unit *unit = names->p->units[names->unit];
  Str id = unit_id(project_unit(names->p, ref), ref.at);
  uint32_t uses = 0;
  for (uint32_t at = 0; at < unit->statement_count; at++) {
    const Value *value = unit->statements[at].keyword == names->keyword ? unit_value(unit, at, 0) : NULL;
    uses += value && str_is(unit_raw(unit, value), id);
  }
  return uses;
}

/* The most used come first. */
static void add_name(void *context, Ref ref) {
  Names *names = context;
  if (!project_is_own(names->p, ref.unit) || unit_id(project_unit(names->p, ref), ref.at).len == 0) return;
  uint32_t uses = uses_in_file(names, ref), at = names->count;
  while (at > 0 && names->uses[at - 1] < uses) at--;
  for (uint32_t i = names->count < MOST_NAMES ? names->count : MOST_NAMES - 1; i > at; i--) {
    names->at[i] = names->at[i - 1];
    names->uses[i] = names->uses[i - 1];
  }
  if (at == MOST_NAMES) return;
  names->at[at] = ref;
  names->uses[at] = uses;
  if (names->count < MOST_NAMES) names->count++;
}

static Names names_for(const Spot *spot, Keyword keyword) {
  Names names = {.p = spot->snapshot->project, .unit = spot->unit, .keyword = keyword};
  Keyword target = schema_row(keyword)->values[0].target;
  if (target < K_COUNT) project_visible(names.p, spot->unit, target, add_name, &names);
  return names;
}

/* ---- listing ---- */

static Action *add(Actions *actions, const Diagnostic *finding, uint32_t at, Keyword keyword, Str title, Str value) {
  Action *action = actions_add(actions, ACTION_ADD, finding ? "quickfix" : "refactor.rewrite", title);
  if (!action) return NULL;
  action->finding = finding;
  action->at = at;
  action->keyword = keyword;
  action->text = value;
  return action;
}

/* Whether what is around it has that name for the property: an owner holds for all that is inside. */
static bool is_said_around(const Unit *unit, uint32_t at, Keyword keyword, Str id) {
  for (at = unit->statements[at].parent; at != NONE; at = unit->statements[at].parent) {
    uint32_t said = unit_child(unit, at, keyword);
    const Value *value = said == NONE ? NULL : unit_value(unit, said, 0);
    if (value) return str_is(unit_raw(unit, value), id);
  }
  return false;
}

/* Where nothing was found wrong (NULL), only what can be done and says something new. */
static void add_names(Actions *actions, const Diagnostic *finding, uint32_t at, Keyword keyword, Str title) {
  Names names = names_for(actions->spot, keyword);
  for (uint32_t i = 0; i < names.count; i++) {
    Str id = unit_id(project_unit(names.p, names.at[i]), names.at[i].at);
    if (!finding && is_said_around(spot_unit(actions->spot), at, keyword, id)) continue;
    add(actions, finding, at, keyword,
        arena_format(actions->arena, STR_FMT ": `" STR_FMT "`", STR_ARG(title), STR_ARG(id)), id);
  }
  if (names.count > 0 || !finding) return;
  const KeywordRow *row = schema_row(keyword), *target = schema_row(row->values[0].target);
  Action *none = add(actions, finding, at, keyword, title, STR(""));
  if (none)
    none->disabled = arena_format(actions->arena, "there is no %s to name yet; declare one first, for example: %s",
                                  target->word, target->example);
}

static Str day_in(const Actions *actions, int32_t days) {
  CalendarDay day = calendar_day(actions->spot->snapshot->project->today + days);
  return arena_format(actions->arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static void add_lacking(Actions *actions, const Diagnostic *finding, size_t row) {
  Keyword keyword = lacking[row].keyword;
  uint32_t at = place_of(actions->spot, finding->span.start, keyword);
  const Unit *unit = spot_unit(actions->spot);
  if (at == NONE || (schema_row(keyword)->how_often == ONE && unit_child(unit, at, keyword) != NONE)) return;
  Str title = arena_format(actions->arena, lacking[row].title, action_word((Keyword)unit->statements[at].keyword));
  switch (lacking[row].what) {
    case ADD_NAME: add_names(actions, finding, at, keyword, title); break;
    case ADD_TEXT: add(actions, finding, at, keyword, title, STR("\"\xE2\x80\xA6\"")); break;
    case ADD_TODAY: add(actions, finding, at, keyword, title, day_in(actions, 0)); break;
    case ADD_LATER_DAY: add(actions, finding, at, keyword, title, day_in(actions, DAYS_AHEAD)); break;
    case ADD_TODAY_AND_PERIOD:
      add(actions, finding, at, keyword, title,
          arena_format(actions->arena, STR_FMT " every quarter", STR_ARG(day_in(actions, 0))));
      break;
  }
}

/* A severe pain that no opportunity solves. */
static void add_opportunity(Actions *actions, const Diagnostic *finding) {
  const Unit *unit = spot_unit(actions->spot);
  Spot at = *actions->spot;
  at.offset = finding->span.start;
  uint32_t pain = spot_find(&at).statement;
  while (pain != NONE && unit->statements[pain].keyword != K_PAIN) pain = unit->statements[pain].parent;
  if (pain == NONE) return;
  Action *action = actions_add(actions, ACTION_SOLVE, "quickfix", STR("Add an opportunity that solves this pain"));
  if (!action) return;
  action->finding = finding;
  action->at = pain;
  if (unit_id(unit, pain).len == 0) action->disabled = STR("the pain has no name that could be solved: give it one");
}

/* ---- what may be said, though nothing is wrong without it ---- */

static bool is_offered(const Actions *actions, ActionWhat what, uint32_t at, Keyword keyword) {
  for (size_t i = 0; i < actions->list.len; i++) {
    const Action *action = &actions->list.at[i];
    if (action->what == what && action->at == at && action->keyword == keyword) return true;
  }
  return false;
}

/* By an opportunity of this file. */
static bool is_solved_here(const Spot *spot, uint32_t pain) {
  const Unit *unit = spot_unit(spot);
  for (uint32_t at = 0; at < unit->statement_count; at++) {
    if (unit->statements[at].keyword != K_SOLVES) continue;
    for (uint16_t i = 0; i < unit->statements[at].value_count; i++) {
      const Value *value = &unit->values[unit->statements[at].first_value + i];
      Ref named =
          value->type == V_REF ? project_resolve(spot->snapshot->project, (Ref){spot->unit, at}, value) : NO_REF;
      if (named.unit == spot->unit && named.at == pain) return true;
    }
  }
  return false;
}

static void offer_of_pain(Actions *actions, uint32_t pain) {
  const Unit *unit = spot_unit(actions->spot);
  uint32_t journey = pain;
  while (journey != NONE && unit->statements[journey].keyword != K_JOURNEY) journey = unit->statements[journey].parent;
  if (unit_child(unit, pain, K_BECAUSE) == NONE && !is_offered(actions, ACTION_ADD, pain, K_BECAUSE))
    add(actions, NULL, pain, K_BECAUSE, STR("Say why it happens"), STR("\"\xE2\x80\xA6\""));
  if (journey == NONE || unit_id(unit, pain).len == 0 || is_offered(actions, ACTION_SOLVE, pain, K_NONE) ||
      is_solved_here(actions->spot, pain))
    return;
  Action *action =
      actions_add(actions, ACTION_SOLVE, "refactor.rewrite", STR("Add an opportunity that solves this pain"));
  if (action) action->at = pain;
}

void actions_of_lacks(Actions *actions) {
  const Unit *unit = spot_unit(actions->spot);
  const Lines *lines = &actions->spot->file->lines;
  Spot at = *actions->spot;
  at.offset = actions->range.start;
  uint32_t statement = spot_find(&at).statement;
  if (statement == NONE || line_at(lines, unit->statements[statement].span.start) != line_at(lines, at.offset)) return;
  Keyword keyword = (Keyword)unit->statements[statement].keyword;
  if (keyword == K_PAIN) offer_of_pain(actions, statement);
  bool owned = keyword == K_JOURNEY || keyword == K_STAGE || keyword == K_TOUCHPOINT;
  if (!owned || unit_child(unit, statement, K_OWNER) != NONE || is_offered(actions, ACTION_ADD, statement, K_OWNER))
    return;
  add_names(actions, NULL, statement, K_OWNER,
            arena_format(actions->arena, "Say who owns this %s", action_word(keyword)));
}

/* ---- by the messages ---- */

/* A property without which a declaration says nothing. */
static void add_required(Actions *actions, const Diagnostic *finding) {
  const Unit *unit = spot_unit(actions->spot);
  Spot at = *actions->spot;
  at.offset = finding->span.start;
  uint32_t statement = spot_find(&at).statement;
  Keyword keyword = statement == NONE ? K_NONE : schema_required((Keyword)unit->statements[statement].keyword);
  if (keyword == K_NONE || unit_child(unit, statement, keyword) != NONE) return;
  const ValueRule *rule = schema_row(keyword)->values;
  Str title = arena_format(actions->arena, "Add `%s`", schema_row(keyword)->word);
  if (rule->type == V_CHOICE) add(actions, finding, statement, keyword, title, str_of(rule->choices[0]));
  else if (rule->type == V_REF || rule->type == V_REFS) add_names(actions, finding, statement, keyword, title);
}

void actions_of_missing(Actions *actions, const Diagnostic *finding) {
  if (finding->own) return;
  if (finding->code == DIAG_PAIN_NO_OPPORTUNITY) add_opportunity(actions, finding);
  if (finding->code == DIAG_MISSING_PROPERTY) add_required(actions, finding);
  for (size_t i = 0; i < sizeof lacking / sizeof *lacking; i++)
    if (lacking[i].code == finding->code && !finding->has_fix) add_lacking(actions, finding, i);
}

/* ---- doing it ---- */

bool action_add(const Spot *spot, const Action *action, Edits *edits) {
  const Unit *unit = spot_unit(spot);
  if (!schema_allows((Keyword)unit->statements[action->at].keyword, action->keyword)) return false;
  const KeywordRow *row = schema_row(action->keyword);
  Patch patch = patch_new(edits->arena, spot->file);
  Str line = arena_format(edits->arena, "%s " STR_FMT, row->word, STR_ARG(action->text));
  patch_add_property(&patch, unit, action->at, action->keyword, line, row->values[0].type != V_TEXT);
  patch_end(&patch, edits);
  return true;
}

bool action_solve(const Spot *spot, const Action *action, Edits *edits) {
  const Unit *unit = spot_unit(spot);
  Arena *arena = edits->arena;
  uint32_t journey = action->at;
  while (journey != NONE && unit->statements[journey].keyword != K_JOURNEY) journey = unit->statements[journey].parent;
  if (journey == NONE || unit->statements[action->at].keyword != K_PAIN) return false;
  Str id = unit_id(unit, action->at), end = source_line_end(&unit->source), pain = id;
  const Project *p = spot->snapshot->project;
  Ref at = {spot->unit, journey};
  if (scope_resolve(p, at, id, K_PAIN).count != 1) /* several steps have one of that name */
    pain = arena_format(arena, STR_FMT "." STR_FMT, STR_ARG(unit_id(unit, unit->statements[action->at].parent)),
                        STR_ARG(id));
  Str name = action_free_name(p, at, arena_format(arena, "against-" STR_FMT, STR_ARG(id)), arena);
  Buf line = {0};
  buf_printf(&line,
             "opportunity " STR_FMT " \"\xE2\x80\xA6\" {" STR_FMT "solves " STR_FMT STR_FMT "status proposed" STR_FMT
             "}",
             STR_ARG(name), STR_ARG(end), STR_ARG(pain), STR_ARG(end), STR_ARG(end));
  Patch patch = patch_new(arena, spot->file);
  patch_add_property(&patch, unit, journey, K_OPPORTUNITY, buf_take(&line, arena), false);
  patch_end(&patch, edits);
  return true;
}
