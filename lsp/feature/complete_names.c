/* Names in scope, and those that another file of the project declares: they come with the `use` that they need. */
#include "base/os.h"
#include "lsp/feature/complete_build.h"
#include "lsp/text/uri.h"
#include "project/scope.h"

typedef struct {
  Completer *c;
  Keyword target;
  uint8_t rank;
  Ref from; /* where names are looked up from */
} NameSearch;

/* ---- a word on each ---- */

static Str raw_of(const Unit *unit, uint32_t at, Keyword keyword, unsigned slot) {
  uint32_t child = unit_child(unit, at, keyword);
  const Value *value = child == NONE ? NULL : unit_value(unit, child, slot);
  return value ? unit_raw(unit, value) : STR("");
}

static Str title_of(const Unit *unit, uint32_t at, Arena *arena) {
  const Statement *statement = &unit->statements[at];
  for (uint16_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    if (value->type == V_TEXT) return unit_text(unit, arena, value);
  }
  return STR("");
}

/* Numbers behind a word: the value of an emotion, the rank of a severity. */
static Str number_of(const Unit *unit, uint32_t at) {
  const Statement *statement = &unit->statements[at];
  const Value *last =
      statement->value_count > 0 ? &unit->values[statement->first_value + statement->value_count - 1u] : NULL;
  return last && last->type == V_NUMBER ? unit_raw(unit, last) : STR("");
}

static Str more_of(const Unit *unit, uint32_t at, Arena *arena) {
  switch (unit->statements[at].keyword) {
    case K_EMOTION:
    case K_SEVERITY: return number_of(unit, at);
    case K_EVIDENCE: return raw_of(unit, at, K_METHOD_OF, 0);
    case K_PERSONA:
      return unit_child(unit, at, K_ROLE) == NONE ? STR("")
                                                  : unit_text_of(unit, arena, unit_child(unit, at, K_ROLE), 0);
    case K_METRIC:
      return raw_of(unit, at, K_BETTER, 0).len > 0
                 ? arena_format(arena, STR_FMT " is better", STR_ARG(raw_of(unit, at, K_BETTER, 0)))
                 : STR("");
    default: return raw_of(unit, at, K_OWNER, 0);
  }
}

static Str kind_words(Keyword keyword) {
  switch (keyword) {
    case K_TOUCHPOINT: return STR("step");
    case K_PERSONA_NEED: return STR("need");
    case K_USE: return STR("metric");
    case K_STAGE_NAME: return STR("stage name");
    default: return str_of(schema_row(keyword)->word);
  }
}

static Str description_of(const Completer *c, const Unit *unit, uint32_t at, Str use) {
  Str kind = kind_words((Keyword)unit->statements[at].keyword), more = more_of(unit, at, c->arena);
  Buf words = {0};
  buf_add(&words, kind);
  if (more.len > 0) buf_printf(&words, " \xC2\xB7 " STR_FMT, STR_ARG(more));
  if (use.len > 0) buf_printf(&words, " \xC2\xB7 from " STR_FMT, STR_ARG(use));
  return buf_take(&words, c->arena);
}

static void add_name(const NameSearch *search, Ref ref, Str name, uint8_t rank, Str use) {
  Completer *c = search->c;
  const Unit *unit = project_unit(c->p, ref);
  if (name.len == 0 || completer_is_listed(c, name) || !completer_fits(c, name)) return;
  completer_add(c, (Completion){.kind = COMPLETION_NAME,
                                .keyword = (Keyword)unit->statements[ref.at].keyword,
                                .rank = rank,
                                .label = name,
                                .detail = title_of(unit, ref.at, c->arena),
                                .description = description_of(c, unit, ref.at, use),
                                .ref = ref,
                                .use = use});
}

/* ---- what the file sees ---- */

static bool is_target(const Project *p, Ref ref, Keyword target) {
  Keyword keyword = (Keyword)project_statement(p, ref)->keyword;
  return schema_target_matches(target, keyword) || (target == K_METRIC && keyword == K_USE);
}

/* The library's word gives way to the project's own of that name. */
static bool is_hidden(const NameSearch *search, Ref ref, Str name) {
  const Project *p = search->c->p;
  if (!project_unit(p, ref)->library) return false;
  Resolved resolved = scope_resolve(p, search->from, name, search->target);
  return resolved.count == 1 && !ref_is(resolved.found, ref);
}

static void add_visible(void *context, Ref ref) {
  NameSearch *search = context;
  const Project *p = search->c->p;
  Str name = scope_name(p, ref);
  bool is_lua = project_statement(p, ref)->keyword != K_USE ||
                str_ends(unit_text_of(project_unit(p, ref), search->c->arena, ref.at, 0), STR(".lua"));
  bool is_here = ref_is(ref, search->from) && schema_declares((Keyword)project_statement(p, ref)->keyword);
  if (!is_lua || is_here || name.len == 0 || !completer_fits(search->c, name) || is_hidden(search, ref, name)) return;
  add_name(search, ref, name, search->rank, STR(""));
}

static void add_all_visible(NameSearch *search) {
  const Project *p = search->c->p;
  for (Keyword keyword = K_FILE + 1; keyword < K_COUNT; keyword++)
    if (schema_target_matches(search->target, keyword) && schema_allows(K_FILE, keyword))
      project_visible(p, search->c->spot->unit, keyword, add_visible, search);
  if (search->target == K_METRIC) project_visible(p, search->c->spot->unit, K_USE, add_visible, search);
}

/* ---- what the journey has ---- */

/* `decision.sign`, where several stages have a `sign`, or where that is how it is being written. */
static Str part_name(const NameSearch *search, Ref ref) {
  const Project *p = search->c->p;
  const Unit *unit = project_unit(p, ref);
  Str name = scope_name(p, ref);
  uint32_t parent = unit->statements[ref.at].parent;
  bool nested = parent != NONE && unit->statements[parent].keyword != K_JOURNEY;
  if (!nested || name.len == 0) return name;
  const Value *changed = unit->statements[parent].keyword == K_CHANGE ? unit_value(unit, parent, 0) : NULL;
  Str around = changed ? unit_raw(unit, changed) : unit_id(unit, parent);
  bool is_dotted = search->c->place.typed.len > 0 && memchr(search->c->place.typed.at, '.', search->c->place.typed.len);
  Str whole =
      around.len > 0 ? arena_format(search->c->arena, STR_FMT "." STR_FMT, STR_ARG(around), STR_ARG(name)) : name;
  if (!is_dotted && !completer_fits(search->c, name)) return STR("");
  if (is_dotted) return whole;
  return scope_resolve(p, search->from, name, search->target).count > 1 ? whole : name;
}

static bool is_dropped(const Journey *journey, Ref ref) {
  return journey && journey->dropped_count > 0 &&
         bsearch(&ref, journey->dropped, journey->dropped_count, sizeof ref, ref_compare) != NULL;
}

/* The parts that a journey declares itself, or the needs of a persona. */
static void add_parts(NameSearch *search, Ref place, const Journey *journey) {
  const Project *p = search->c->p;
  const Unit *unit = project_unit(p, place);
  for (uint32_t i = 0; i < unit->declared_count && !search->c->is_cut; i++) {
    Ref ref = {place.unit, unit->declared[i].at};
    if (unit->declared[i].place != place.at || !is_target(p, ref, search->target) || is_dropped(journey, ref)) continue;
    Str name = part_name(search, ref);
    bool is_own = unit->statements[ref.at].span.start == search->c->place.word.start;
    if (!is_own) add_name(search, ref, name, search->rank, STR(""));
  }
}

static void add_of_journey(NameSearch *search) {
  Ref at = completer_journey(search->c);
  if (!ref_ok(at)) return;
  const Journey *journey = scope_journey_at(search->c->p, at), *base = journey;
  if (!journey) add_parts(search, at, NULL);
  for (; base; base = base->base) add_parts(search, base->at, journey);
}

/* The needs of the map's own persona come before those of others. */
static Ref persona_of(const NameSearch *search) {
  const Project *p = search->c->p;
  Ref at = completer_journey(search->c);
  const Journey *journey = ref_ok(at) ? scope_journey_at(p, at) : NULL;
  for (; journey; journey = journey->base) {
    const Unit *unit = project_unit(p, journey->at);
    Str name = raw_of(unit, journey->at.at, K_PERSONA_OF, 0);
    if (name.len == 0) continue;
    return scope_resolve(p, (Ref){journey->at.unit, journey->at.at}, name, K_PERSONA).found;
  }
  return NO_REF;
}

static void add_needs(NameSearch *search) {
  const Project *p = search->c->p;
  Ref persona = persona_of(search);
  if (ref_ok(persona)) add_parts(search, persona, NULL);
  for (uint32_t i = p->scope->first_visible[search->c->spot->unit];
       i < p->scope->first_visible[search->c->spot->unit + 1]; i++) {
    const Unit *unit = p->units[p->scope->visible[i]];
    for (uint32_t k = 0; k < unit->declared_count && !unit->only_journeys; k++) {
      Ref ref = {unit->number, unit->declared[k].at};
      Ref parent = {ref.unit, unit->statements[ref.at].parent};
      if (unit->declared[k].place == NONE && is_target(p, ref, K_PERSONA_NEED) && !ref_is(parent, persona))
        add_name(search, ref, unit_name(unit, ref.at), FURTHER, STR(""));
    }
  }
}

/* ---- what other files have ---- */

static bool sees(const Project *p, uint32_t from, uint32_t unit) {
  for (uint32_t i = p->scope->first_visible[from]; i < p->scope->first_visible[from + 1]; i++)
    if (p->scope->visible[i] == unit) return true;
  return false;
}

static void add_of_file(NameSearch *search, uint32_t number, Str folder) {
  Completer *c = search->c;
  const Unit *unit = c->p->units[number];
  Str use = STR("");
  for (uint32_t i = 0; i < unit->declared_count; i++) {
    Ref ref = {number, unit->declared[i].at};
    Keyword keyword = (Keyword)unit->statements[ref.at].keyword;
    if (unit->declared[i].place != NONE || !schema_target_matches(search->target, keyword)) continue;
    Str name = unit_name(unit, ref.at);
    if (!completer_fits(c, name) || scope_resolve(c->p, search->from, name, search->target).count > 0) continue;
    if (use.len == 0) use = os_relative(c->arena, c->spot->snapshot->files[number]->path, folder);
    add_name(search, ref, name, FURTHER, use);
  }
}

static void add_of_others(NameSearch *search) {
  Completer *c = search->c;
  const Project *p = c->p;
  bool has_folder = uri_is_file(c->spot->file->uri);
  Str folder = has_folder ? completer_folder(c) : STR("");
  for (uint32_t u = 0; u < p->unit_count && has_folder && !c->is_cut; u++) {
    bool may_have = !p->units[u]->only_journeys || schema_target_matches(search->target, K_JOURNEY);
    if (!may_have || p->units[u]->library || !c->spot->snapshot->files[u] || sees(p, c->spot->unit, u)) continue;
    add_of_file(search, u, folder);
  }
}

/* ---- all of them ---- */

void complete_names(Completer *c, Keyword target, uint8_t rank) {
  uint32_t at = c->place.block_at != NONE ? c->place.block_at : 0;
  if (c->place.block_at == NONE && c->place.frame_count > 0 && c->place.frames[0].at != NONE)
    at = c->place.frames[0].at;
  if (c->unit->statement_count == 0) return;
  NameSearch search = {c, target, rank, {c->spot->unit, at}};
  if (target == K_PERSONA_NEED) {
    add_needs(&search);
    return;
  }
  bool is_of_journey = target >= K_COUNT ? target != K_AUDIENCE : schema_is_of_journey(target);
  if (is_of_journey) add_of_journey(&search);
  bool is_of_file = target == K_AUDIENCE || (target < K_COUNT && schema_allows(K_FILE, target));
  if (!is_of_file) return;
  add_all_visible(&search);
  add_of_others(&search);
}

void complete_path_ends(Completer *c, bool is_start) {
  static const struct {
    const char *word, *means;
    bool is_start;
  } ends[] = {{"starts", "where clients come from", true},
              {"leaves", "clients go away here", false},
              {"ends", "the journey is complete for them", false}};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (ends[i].is_start == is_start)
      completer_add(c, (Completion){.kind = COMPLETION_CHOICE,
                                    .rank = USUAL,
                                    .label = str_of(ends[i].word),
                                    .detail = str_of(ends[i].means)});
}

/* ---- stages that maps usually have ---- */

typedef struct {
  Completer *c;
  const Journey *journey;
} StageSearch;

static void add_stage_name(void *context, Ref ref) {
  StageSearch *search = context;
  Completer *c = search->c;
  const Unit *unit = project_unit(c->p, ref);
  Str id = unit_id(unit, ref.at), title = title_of(unit, ref.at, c->arena);
  for (uint32_t i = 0; search->journey && i < search->journey->stage_count; i++)
    if (str_is(item_id(c->p, &search->journey->stages[i].item), id)) return;
  completer_add(
      c, (Completion){.kind = COMPLETION_CHOICE,
                      .rank = USUAL,
                      .label = id,
                      .detail = title,
                      .description = STR("a usual stage"),
                      .insert = arena_format(c->arena, STR_FMT " \"" STR_FMT "\"", STR_ARG(id), STR_ARG(title))});
}

void complete_stage_names(Completer *c) {
  Ref at = completer_journey(c);
  StageSearch search = {c, ref_ok(at) ? scope_journey_at(c->p, at) : NULL};
  project_visible(c->p, c->spot->unit, K_STAGE_NAME, add_stage_name, &search);
}
