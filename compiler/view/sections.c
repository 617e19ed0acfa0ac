/* What stands behind the map: its pains in full, its sources, those who make it, and how it came about. */
#include <stdlib.h>

#include "evidence/evidence.h"
#include "view/build.h"
#include "view/figure_words.h"
#include "view/words.h"

typedef VEC(ViewFact) Facts;

/* ---- parts of texts ---- */

static void add_part(Buf *to, const char *between, Str part) {
  if (part.len == 0) return;
  if (to->len) buf_add_c(to, between);
  buf_add(to, part);
}

static Str date_at(const Build *build, Ref ref) {
  const Value *date = build_value(build, ref, 0);
  return date ? words_date((int32_t)date->number, build->arena) : STR("");
}

static Str number_at(const Build *build, Ref ref) {
  const Value *value = build_value(build, ref, 0);
  return value ? words_quantity(project_unit(build->project, ref), value, build->arena) : STR("");
}

static Str of_item(const Build *build, Ref ref, Keyword keyword) {
  Item item = item_of(ref);
  return item_text(build->project, &item, keyword, 0, build->arena);
}

static Ref named_by(const Build *build, Ref ref, Keyword keyword) {
  Item item = item_of(ref);
  return item_ref(build->project, &item, keyword);
}

/* ---- pains and opportunities ---- */

/* An entry that stands in several cells is one fact, with all of its steps: found by where it was written. */
typedef struct {
  const Entry *entry;
  uint32_t step, order;
} Found;
typedef VEC(Found) FoundEntries;

static int by_place(const void *left, const void *right) {
  const Found *a = left, *b = right;
  int order = ref_compare(&a->entry->at, &b->entry->at);
  return order ? order : (a->order > b->order) - (a->order < b->order);
}

static int by_level_and_order(const void *left, const void *right) {
  const Found *a = left, *b = right;
  if (a->entry->level != b->entry->level) return b->entry->level - a->entry->level;
  return (a->order > b->order) - (a->order < b->order);
}

static FoundEntries find_entries(const View *view, EntryKind kind) {
  FoundEntries found = {0};
  for (uint32_t l = 0; l < view->lane_count; l++)
    for (uint32_t s = 0; view->lanes[l].cells && s < view->step_count; s++)
      for (uint32_t e = 0; e < view->lanes[l].cells[s].count; e++) {
        const Entry *entry = &view->lanes[l].cells[s].entries[e];
        if (entry->kind == kind) vec_push(&found, (Found){entry, s, (uint32_t)found.len});
      }
  return found;
}

/* Worst first. */
static void add_entries(const Build *build, EntryKind kind, Facts *to) {
  const View *view = build->view;
  FoundEntries found = find_entries(view, kind);
  if (found.len == 0) return;
  Str *steps = ARENA_ARRAY(build->arena, Str, found.len);
  qsort(found.at, found.len, sizeof *found.at, by_place);
  size_t kept = 0;
  for (size_t i = 0; i < found.len;) {
    Buf where = {0};
    size_t first = i;
    for (; i < found.len && ref_is(found.at[i].entry->at, found.at[first].entry->at); i++)
      if (i == first || found.at[i].step != found.at[i - 1].step)
        add_part(&where, ", ",
                 arena_format(build->arena, "\u201C" STR_FMT "\u201D", STR_ARG(view->steps[found.at[i].step].title)));
    steps[found.at[first].order] = buf_take(&where, build->arena);
    found.at[kept++] = found.at[first];
  }
  qsort(found.at, kept, sizeof *found.at, by_level_and_order);
  for (size_t i = 0; i < kept; i++) {
    const Entry *entry = found.at[i].entry;
    Buf text = {0};
    add_part(&text, ", ", entry->label);
    if (kind == ENTRY_OPPORTUNITY) add_part(&text, ". ", entry->details);
    buf_add_c(&text, text.len == 0 ? "At " : kind == ENTRY_PAIN ? ", at " : ". At ");
    buf_add(&text, steps[found.at[i].order]);
    vec_push(to, (ViewFact){.name = entry->text,
                            .text = buf_take(&text, build->arena),
                            .lists = entry->lists,
                            .list_count = entry->list_count,
                            .sources = entry->sources});
  }
  vec_free(&found);
}

static void add_pains(const Build *build, Facts *to) { add_entries(build, ENTRY_PAIN, to); }
static void add_opportunities(const Build *build, Facts *to) { add_entries(build, ENTRY_OPPORTUNITY, to); }

/* ---- sources ---- */

/* "Interview, solicited, qualitative": the method, and what kind of one. */
static Str method_words(const Build *build, Ref evidence) {
  Ref method = named_by(build, evidence, K_METHOD_OF);
  if (!ref_ok(method)) return STR("");
  const char *asked = build_choice(build, method, 2), *kind = build_choice(build, method, 3);
  return arena_format(build->arena, STR_FMT "%s%s%s%s%s", STR_ARG(build_title(build, method)),
                      asked || kind ? " (" : "", asked ? asked : "", asked && kind ? ", " : "", kind ? kind : "",
                      asked || kind ? ")" : "");
}

/* "data/exit.csv, 39 rows (2 can't be read), 3 Dec 2025 to 30 Nov 2026" */
static Str file_words(const Build *build, Ref ref) {
  const EvidenceFile *file =
      build->figures && build->figures->evidence ? evidence_file(build->figures->evidence, ref) : NULL;
  Buf words = {0};
  if (!file || !file->is_read) return STR("");
  Str rows = figure_number(file->rows, build->arena);
  buf_printf(&words, STR_FMT ", " STR_FMT " row%s", STR_ARG(of_item(build, ref, K_DATA_FILE)), STR_ARG(rows),
             file->rows == 1 ? "" : "s");
  if (file->bad_rows)
    buf_printf(&words, " (" STR_FMT " can't be read)", STR_ARG(figure_number(file->bad_rows, build->arena)));
  if (file->has_days)
    buf_printf(&words, ", " STR_FMT, STR_ARG(words_days(file->first_day, file->last_day, build->arena)));
  return buf_take(&words, build->arena);
}

static ViewFact source_fact(const Build *build, uint32_t number, Ref evidence) {
  Arena *arena = build->arena;
  Buf text = {0};
  add_part(&text, ", ", method_words(build, evidence));
  Str answered = number_at(build, build_child(build, evidence, K_ANSWERED));
  if (answered.len) add_part(&text, ", ", arena_format(arena, STR_FMT " answered", STR_ARG(answered)));
  Str collected = date_at(build, build_child(build, evidence, K_COLLECTED));
  if (collected.len) add_part(&text, ", ", arena_format(arena, "collected " STR_FMT, STR_ARG(collected)));
  ViewFact fact = {.mark = arena_format(arena, "%u", (unsigned)number), .name = build_title(build, evidence)};
  int32_t until;
  const Evidence *files = build->figures ? build->figures->evidence : NULL;
  if (evidence_good_until(build->project, files, evidence, &until)) {
    Str day = words_date(until, arena);
    if (until < build->project->today) fact.alert = arena_format(arena, "out of date since " STR_FMT, STR_ARG(day));
    else add_part(&text, ", ", arena_format(arena, "fresh until " STR_FMT, STR_ARG(day)));
  }
  Str file = file_words(build, evidence);
  if (file.len) add_part(&text, ". ", file);
  Str place = of_item(build, evidence, K_SOURCE), owner = build_title(build, named_by(build, evidence, K_OWNER));
  if (place.len) add_part(&text, ". ", place);
  if (owner.len) add_part(&text, ". ", arena_format(arena, "Owner: " STR_FMT, STR_ARG(owner)));
  fact.text = buf_take(&text, arena);
  return fact;
}

static void add_sources(const Build *build, Facts *to) {
  uint32_t stale = 0;
  for (uint32_t i = 0; i < build->sources->len; i++) {
    vec_push(to, source_fact(build, i + 1, build->sources->at[i]));
    stale += to->at[to->len - 1].alert.len > 0;
  }
  if (to->len == 0) return;
  View *view = build->view;
  view->evidence_stale = stale > 0;
  view->evidence = arena_format(build->arena, "%zu %s", to->len, to->len == 1 ? "source" : "sources");
  if (stale)
    view->evidence = arena_format(build->arena, STR_FMT ", %u out of date", STR_ARG(view->evidence), (unsigned)stale);
}

/* ---- claims and notes, with where they stand ---- */

static void add_claims_of(const Build *build, const Item *item, Str where, Facts *to) {
  Item *all;
  size_t count = item_all(build->project, build->journey, item, K_CLAIM, build->arena, &all);
  for (size_t i = 0; i < count; i++) {
    Entry claim = build_claim(build, item, all[i].at);
    Buf text = {0};
    add_part(&text, "", arena_format(build->arena, "\u201C" STR_FMT "\u201D", STR_ARG(claim.text)));
    if (claim.label.len) add_part(&text, " \u2014 ", claim.label);
    vec_push(to, (ViewFact){.name = where, .text = buf_take(&text, build->arena), .sources = claim.sources});
  }
}

static bool draws(const View *view, Keyword shows) {
  for (uint32_t i = 0; i < view->lane_count; i++)
    if (view->lanes[i].shows == shows) return true;
  return false;
}

static void add_claims(const Build *build, Facts *to) {
  const Journey *journey = build->journey;
  add_claims_of(build, &journey->item, STR("The whole map"), to);
  for (uint32_t i = 0; i < journey->stage_count; i++)
    add_claims_of(build, &journey->stages[i].item, build->view->stages[i].title, to);
  for (uint32_t i = 0; i < journey->step_count && !draws(build->view, K_CLAIM); i++)
    add_claims_of(build, &journey->steps[i].item, build->view->steps[i].title, to);
}

static void add_notes_of(const Build *build, const Item *item, Str where, Facts *to) {
  Item *all;
  size_t count = item_all(build->project, build->journey, item, K_NOTE, build->arena, &all);
  for (size_t i = 0; i < count; i++) vec_push(to, (ViewFact){.name = where, .text = build_text(build, all[i].at, 0)});
}

static void add_notes(const Build *build, Facts *to) {
  const Journey *journey = build->journey;
  Ref persona = item_ref(build->project, &journey->item, K_PERSONA_OF);
  add_notes_of(build, &journey->item, STR("The whole map"), to);
  if (ref_ok(persona)) add_notes_of(build, &(Item){.at = persona}, build_title(build, persona), to);
  for (uint32_t i = 0; i < journey->stage_count; i++)
    add_notes_of(build, &journey->stages[i].item, build->view->stages[i].title, to);
  for (uint32_t i = 0; i < journey->step_count; i++) {
    const Item *step = &journey->steps[i].item;
    Item *pains;
    if (!draws(build->view, K_NOTE)) add_notes_of(build, step, build->view->steps[i].title, to);
    size_t count = item_all(build->project, journey, step, K_PAIN, build->arena, &pains);
    for (size_t k = 0; k < count; k++)
      add_notes_of(build, &pains[k], item_title(build->project, &pains[k], build->arena), to);
  }
  for (size_t i = 0; i < build->opportunity_count; i++)
    add_notes_of(build, &build->opportunities[i], item_title(build->project, &build->opportunities[i], build->arena),
                 to);
  for (size_t i = 0; i < build->sources->len; i++)
    add_notes_of(build, &(Item){.at = build->sources->at[i]}, build_title(build, build->sources->at[i]), to);
}

/* ---- who and what the map names ---- */

static void find_named(const Build *build, Ref layer, Keyword keyword, Refs *to) {
  const Unit *unit = project_unit(build->project, layer);
  for (uint32_t at = layer.at; at < unit->statements[layer.at].after; at++)
    for (uint32_t v = 0; v < unit->statements[at].value_count; v++) {
      const Value *value = &unit->values[unit->statements[at].first_value + v];
      if (value->type != V_REF) continue;
      Ref named = project_resolve(build->project, (Ref){layer.unit, at}, value);
      if (ref_ok(named) && project_statement(build->project, named)->keyword == keyword) vec_push(to, named);
    }
}

/* All of that keyword that the map and its bases name, each once, in the order of files and lines. */
static Refs named_ones(const Build *build, Keyword keyword) {
  const Item *item = &build->journey->item;
  Refs named = {0};
  find_named(build, item->at, keyword, &named);
  for (uint32_t i = 0; i < item->count; i++) find_named(build, item->over[i], keyword, &named);
  if (named.len == 0) return named;
  qsort(named.at, named.len, sizeof *named.at, ref_compare);
  size_t kept = 1;
  for (size_t i = 1; i < named.len; i++)
    if (!ref_is(named.at[i], named.at[kept - 1])) named.at[kept++] = named.at[i];
  named.len = kept;
  return named;
}

/* "Ana Ruiz (Onboarding lead), Kim Lund" */
static Str members(const Build *build, Ref team) {
  Item item = item_of(team), *all;
  Buf words = {0};
  size_t count = item_all(build->project, NULL, &item, K_MEMBER, build->arena, &all);
  for (size_t i = 0; i < count; i++) {
    add_part(&words, ", ", build_text(build, all[i].at, 0));
    Str role = build_text(build, build_child(build, all[i].at, K_ROLE), 0);
    if (role.len) buf_printf(&words, " (" STR_FMT ")", STR_ARG(role));
  }
  return buf_take(&words, build->arena);
}

static bool is_among(Ref ref, const Ref *refs, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (ref_is(ref, refs[i])) return true;
  return false;
}

/* Of teams, systems and channels those are listed of which more is said than their name. */
static void add_teams(const Build *build, Facts *to) {
  Ref *mapped;
  size_t mapped_count = item_refs(build->project, &build->journey->item, K_MAPPED_BY, build->arena, &mapped);
  Refs teams = named_ones(build, K_TEAM);
  for (size_t i = 0; i < teams.len; i++) {
    Ref team = teams.at[i];
    Buf text = {0};
    add_part(&text, ". ", of_item(build, team, K_ABOUT));
    add_part(&text, ". ", members(build, team));
    add_part(&text, ". ", of_item(build, team, K_AVAILABILITY));
    ViewFact fact = {.name = build_title(build, team), .text = buf_take(&text, build->arena)};
    fact.has_colour = build_colour(build, team, &fact.colour);
    if (mapped_count && !is_among(team, mapped, mapped_count)) fact.alert = STR("took no part in the mapping");
    if (fact.text.len || fact.alert.len) vec_push(to, fact);
  }
  vec_free(&teams);
}

static void add_systems(const Build *build, Facts *to) {
  Refs systems = named_ones(build, K_SYSTEM);
  for (size_t i = 0; i < systems.len; i++) {
    Str owner = build_title(build, named_by(build, systems.at[i], K_OWNER));
    Buf text = {0};
    add_part(&text, ". ", of_item(build, systems.at[i], K_ABOUT));
    if (owner.len) add_part(&text, ". ", arena_format(build->arena, "Owner: " STR_FMT, STR_ARG(owner)));
    if (text.len)
      vec_push(to, (ViewFact){.name = build_title(build, systems.at[i]), .text = buf_take(&text, build->arena)});
  }
  vec_free(&systems);
}

static void add_abouts(const Build *build, Keyword keyword, Facts *to) {
  Refs named = named_ones(build, keyword);
  for (size_t i = 0; i < named.len; i++) {
    Str about = of_item(build, named.at[i], K_ABOUT);
    if (about.len) vec_push(to, (ViewFact){.name = build_title(build, named.at[i]), .text = about});
  }
  vec_free(&named);
}

static void add_channels(const Build *build, Facts *to) { add_abouts(build, K_CHANNEL, to); }
static void add_metrics(const Build *build, Facts *to) { add_abouts(build, K_METRIC, to); }

static void add_actors(const Build *build, Facts *to) {
  for (uint32_t i = 0; i < build->view->actor_count; i++) {
    const ViewActor *actor = &build->view->actors[i];
    vec_push(to,
             (ViewFact){
                 .name = actor->title, .text = actor->about, .colour = actor->colour, .has_colour = actor->has_colour});
  }
}

/* ---- promises and history ---- */

static const char *operator_words(Str raw) {
  static const struct {
    const char *sign, *words;
  } all[] = {{">=", "at least "}, {"<=", "at most "}, {">", "more than "}, {"<", "less than "}, {"!=", "not "}};
  if (str_is(raw, STR("\u2265"))) return "at least ";
  if (str_is(raw, STR("\u2264"))) return "at most ";
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (str_is_c(raw, all[i].sign)) return all[i].words;
  return "exactly ";
}

static void add_promises(const Build *build, Facts *to) {
  Item *all;
  size_t count = item_all(build->project, build->journey, &build->journey->item, K_EXPECT, build->arena, &all);
  for (size_t i = 0; i < count; i++) {
    Ref ref = all[i].at;
    const Unit *unit = project_unit(build->project, ref);
    const Value *is = build_value(build, ref, 1), *value = build_value(build, ref, 2);
    Ref metric = NO_REF, place = build_child(build, ref, K_EXPECT_IN);
    const Value *name = build_value(build, ref, 0), *in = build_value(build, place, 0);
    if (name) metric = project_resolve(build->project, ref, name);
    if (!is || !value || !ref_ok(metric)) continue;
    Ref part = in ? project_resolve(build->project, place, in) : NO_REF;
    Str title = build_title(build, part);
    vec_push(
        to, (ViewFact){.name = build_title(build, metric),
                       .text = arena_format(build->arena, "%s" STR_FMT "%s" STR_FMT, operator_words(unit_raw(unit, is)),
                                            STR_ARG(words_quantity(unit, value, build->arena)),
                                            title.len ? ", in " : "", STR_ARG(title))});
  }
}

typedef struct {
  double day;
  size_t order;
  ViewFact fact;
} Event;
typedef VEC(Event) Events;

static int newest_first(const void *left, const void *right) {
  const Event *a = left, *b = right;
  if (a->day != b->day) return a->day > b->day ? -1 : 1;
  return (a->order > b->order) - (a->order < b->order);
}

static void add_event(const Build *build, Ref ref, Str text, Events *to) {
  const Value *date = build_value(build, ref, 0);
  if (!date) return;
  vec_push(to, (Event){date->number, to->len, {.mark = date_at(build, ref), .text = text}});
}

static void add_history(const Build *build, Facts *to) {
  const Item *journey = &build->journey->item;
  Events events = {0};
  Item *all;
  size_t count = item_all(build->project, build->journey, journey, K_VERSION, build->arena, &all);
  for (size_t i = 0; i < count; i++) add_event(build, all[i].at, build_text(build, all[i].at, 1), &events);
  size_t validated = item_all(build->project, build->journey, journey, K_VALIDATED, build->arena, &all);
  for (size_t i = 0; i < validated; i++) {
    Str with = build_validation(build, all[i].at);
    add_event(build, all[i].at, arena_format(build->arena, "Validated" STR_FMT, STR_ARG(with)), &events);
  }
  /* The head says when it was reviewed, and last validated: alone they are no history. */
  if (count || validated > 1) {
    add_event(build, item_get(build->project, journey, K_REVIEWED), STR("Reviewed"), &events);
    if (events.len > 0) qsort(events.at, events.len, sizeof *events.at, newest_first);
    for (size_t i = 0; i < events.len; i++) vec_push(to, events.at[i].fact);
  }
  vec_free(&events);
}

void build_sections(Build *build) {
  static const struct {
    Str title;
    void (*add)(const Build *build, Facts *to);
    SectionKind kind;
  } kinds[] = {{STR("Pains, the worst first"), add_pains, SECTION_PAINS},
               {STR("Opportunities"), add_opportunities, SECTION_OPPORTUNITIES},
               {STR("Beside the client"), add_actors, SECTION_OTHER},
               {STR("Quoted from elsewhere"), add_claims, SECTION_OTHER},
               {STR("Promises"), add_promises, SECTION_OTHER},
               {STR("Sources"), add_sources, SECTION_SOURCES},
               {STR("Teams"), add_teams, SECTION_OTHER},
               {STR("Systems"), add_systems, SECTION_OTHER},
               {STR("Channels"), add_channels, SECTION_OTHER},
               {STR("What is measured"), add_metrics, SECTION_OTHER},
               {STR("Notes"), add_notes, SECTION_OTHER},
               {STR("History"), add_history, SECTION_OTHER}};
  const size_t most = sizeof kinds / sizeof *kinds;
  ViewSection *sections = ARENA_ARRAY(build->arena, ViewSection, most);
  for (size_t i = 0; i < most; i++) {
    Facts facts = {0};
    kinds[i].add(build, &facts);
    if (facts.len == 0) continue;
    ViewFact *kept = ARENA_ARRAY(build->arena, ViewFact, facts.len);
    memcpy(kept, facts.at, facts.len * sizeof *kept);
    sections[build->view->section_count++] = (ViewSection){kinds[i].kind, kinds[i].title, kept, (uint32_t)facts.len};
    vec_free(&facts);
  }
  build->view->sections = sections;
}
