/* The lanes of a view: which there are, and what each shows of a step. */
#include "view/build.h"
#include "view/words.h"

typedef BuildEntries Entries;

/* ---- one entry each ---- */

/* "Importance 9, satisfaction 3" */
static void number_detail(const Build *build, const Item *item, Keyword keyword, const char *word, Buf *to) {
  Ref ref = item_get(build->project, item, keyword);
  const Value *value = build_value(build, ref, 0);
  if (!value) return;
  if (to->len) buf_printf(to, ", %c%s ", word[0] | 32, word + 1);
  else buf_printf(to, "%s ", word);
  buf_add(to, words_quantity(project_unit(build->project, ref), value, build->arena));
}

static Entry need(const Build *build, const Item *step, Ref ref) {
  static const Str labels[] = {STR("met"), STR("partly met"), STR("unmet")};
  const Value *named = build_value(build, ref, 0), *state = build_value(build, ref, 2);
  Ref means = named ? project_resolve(build->project, ref, named) : NO_REF;
  int level = state && state->extra < 3 ? state->extra + 1 : 0;
  Item item = item_of(ref);
  Buf details = {0};
  number_detail(build, &item, K_IMPORTANCE, "Importance", &details);
  number_detail(build, &item, K_SATISFACTION, "Satisfaction", &details);
  return (Entry){.kind = ENTRY_NEED,
                 .at = ref,
                 .text = build_text(build, ref_ok(means) ? means : ref, 1),
                 .level = level,
                 .label = level ? labels[level - 1] : STR(""),
                 .sources = build_sources(build, ref, step).numbers,
                 .details = buf_take(&details, build->arena)};
}

typedef VEC(Str) Lines;

static Str without_stop(Str text) {
  while (text.len && (text.at[text.len - 1] == '.' || text.at[text.len - 1] == ' ')) text.len--;
  return text;
}

/* What a pain says under one word, as lines. */
static void add_said(const Build *build, const Item *pain, Keyword keyword, Lines *to) {
  Item *all;
  size_t count = item_all(build->project, NULL, pain, keyword, build->arena, &all);
  for (size_t i = 0; i < count; i++) {
    Str text = without_stop(build_text(build, all[i].at, 0));
    if (text.len) vec_push(to, text);
  }
}

/* "Exit interviews, 38%"; the numbers of the evidence go to `numbers`. */
static void add_seen(const Build *build, const Item *pain, Lines *to, Buf *numbers) {
  Item *all;
  size_t count = item_all(build->project, NULL, pain, K_SEEN_IN, build->arena, &all);
  for (size_t i = 0; i < count; i++) {
    Ref ref = all[i].at;
    const Value *evidence = build_value(build, ref, 0), *share = build_value(build, ref, 1);
    Ref means = evidence ? project_resolve(build->project, ref, evidence) : NO_REF;
    if (!ref_ok(means)) continue;
    buf_printf(numbers, "%s%u", numbers->len ? "," : "", (unsigned)build_source_number(build, means));
    Str words = build_title(build, means);
    if (share)
      words = arena_format(build->arena, STR_FMT ", " STR_FMT, STR_ARG(words),
                           STR_ARG(words_quantity(project_unit(build->project, ref), share, build->arena)));
    vec_push(to, words);
  }
}

static void end_list(const Build *build, Str label, Lines *lines, ViewList *lists, uint32_t *count) {
  if (lines->len == 0) return;
  Str *kept = ARENA_ARRAY(build->arena, Str, lines->len);
  memcpy(kept, lines->at, lines->len * sizeof *kept);
  lists[(*count)++] = (ViewList){label, kept, (uint32_t)lines->len};
  vec_free(lines);
}

/* "Why it happens: the first reason. The second. Seen in Exit interviews, 38%." */
static Str lists_in_words(const Build *build, const ViewList *lists, uint32_t count) {
  static const Str seen = STR("Seen in");
  Buf words = {0};
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < lists[i].count; k++) {
      bool is_seen = str_is(lists[i].label, seen);
      if (words.len) buf_add_byte(&words, ' ');
      if (k == 0 || is_seen) buf_printf(&words, STR_FMT "%s ", STR_ARG(lists[i].label), is_seen ? "" : ":");
      buf_printf(&words, STR_FMT ".", STR_ARG(lists[i].lines[k]));
    }
  return buf_take(&words, build->arena);
}

static Entry pain(const Build *build, const Item *step, const Item *item) {
  static const struct {
    Keyword keyword;
    Str label;
  } said[] = {
      {K_BECAUSE, STR("Why it happens")}, {K_HURTS, STR("Why it hurts")}, {K_REDUCED_BY, STR("What would help")}};
  const size_t said_count = sizeof said / sizeof *said;
  ViewList *lists = ARENA_ARRAY(build->arena, ViewList, said_count + 1);
  uint32_t count = 0;
  for (size_t i = 0; i < said_count; i++) {
    Lines lines = {0};
    add_said(build, item, said[i].keyword, &lines);
    end_list(build, said[i].label, &lines, lists, &count);
  }
  Lines lines = {0};
  Buf numbers = {0};
  add_seen(build, item, &lines, &numbers);
  end_list(build, STR("Seen in"), &lines, lists, &count);
  if (numbers.len == 0) buf_add(&numbers, build_sources(build, NO_REF, step).numbers);
  return (Entry){.kind = ENTRY_PAIN,
                 .at = item->at,
                 .text = item_title(build->project, item, build->arena),
                 .label = build_title(build, item_ref(build->project, item, K_SEVERITY_OF)),
                 .level = pain_severity(build->project, item),
                 .lists = lists,
                 .list_count = count,
                 .sources = buf_take(&numbers, build->arena),
                 .details = lists_in_words(build, lists, count)};
}

static Entry opportunity(const Build *build, const Item *item) {
  Entry entry = {.kind = ENTRY_OPPORTUNITY, .at = item->at, .text = item_title(build->project, item, build->arena)};
  const char *status = item_choice(build->project, item, K_STATUS, 0);
  const Value *due = build_value(build, item_get(build->project, item, K_DUE), 0);
  Buf label = {0}, details = {0};
  if (status) buf_add_c(&label, status);
  if (due)
    buf_printf(&label, "%sdue " STR_FMT, status ? ", " : "", STR_ARG(words_date((int32_t)due->number, build->arena)));
  number_detail(build, item, K_IMPACT, "Impact", &details);
  number_detail(build, item, K_EFFORT, "Effort", &details);
  number_detail(build, item, K_CONFIDENCE, "Confidence", &details);
  number_detail(build, item, K_REACH, "Reach", &details);
  number_detail(build, item, K_IMPORTANCE, "Importance", &details);
  number_detail(build, item, K_SATISFACTION, "Satisfaction", &details);
  number_detail(build, item, K_COSTS, "Costs", &details);
  Str meets = build_titles(build, item, K_MEETS);
  if (meets.len) buf_printf(&details, "%s" STR_FMT, details.len ? "; meets: " : "Meets: ", STR_ARG(meets));
  Ref owner = item_ref(build->project, item, K_OWNER);
  if (ref_ok(owner)) buf_printf(&details, "%s" STR_FMT, details.len ? "; " : "", STR_ARG(build_title(build, owner)));
  entry.label = buf_take(&label, build->arena);
  entry.details = buf_take(&details, build->arena);
  return entry;
}

static Entry of_team(const Build *build, EntryKind kind, Ref team, Ref at) {
  Entry entry = {.kind = kind, .at = at, .text = STR(""), .label = STR(""), .details = STR("")};
  entry.has_colour = build_colour(build, team, &entry.colour);
  return entry;
}

static Entry action(const Build *build, const Item *step, Ref ref) {
  (void)step;
  const Value *name = build_value(build, ref, 0);
  Ref team = name ? project_resolve(build->project, ref, name) : NO_REF;
  Entry entry = of_team(build, ENTRY_ACTION, team, ref);
  entry.text = build_text(build, ref, 1);
  entry.label = build_title(build, team);
  return entry;
}

static Entry handover(const Build *build, const Item *step, Ref ref) {
  (void)step;
  Ref to = build_child(build, ref, K_HANDS_TO);
  const Value *name = build_value(build, to, 0);
  Ref team = name ? project_resolve(build->project, to, name) : NO_REF;
  Entry entry = of_team(build, ENTRY_HANDOVER, team, ref);
  entry.text = build_text(build, ref, 0);
  entry.level = !ref_ok(team);
  entry.name = build_title(build, team);
  entry.label = ref_ok(team) ? arena_format(build->arena, "to " STR_FMT, STR_ARG(build_title(build, team)))
                             : STR("to nobody named");
  return entry;
}

Entry build_claim(const Build *build, const Item *step, Ref ref) {
  BuildSources sources = build_sources(build, ref, step);
  return (Entry){.kind = ENTRY_CLAIM,
                 .at = ref,
                 .text = build_text(build, ref, 0),
                 .label = build_text(build, build_child(build, ref, K_SOURCE), 0),
                 .sources = sources.numbers,
                 .details = STR("")};
}

static Entry cost(const Build *build, const Item *step, Ref ref) {
  (void)step;
  const Value *value = build_value(build, ref, 0);
  Str amount = value ? words_quantity(project_unit(build->project, ref), value, build->arena) : STR("");
  return (Entry){.kind = ENTRY_TEXT, .at = ref, .text = amount, .label = STR(""), .details = STR("")};
}

/* ---- all of a step ---- */

static void add_texts(const Build *build, const Item *step, Keyword keyword, EntryKind kind, Entries *to) {
  Item *all;
  size_t count = item_all(build->project, build->journey, step, keyword, build->arena, &all);
  for (size_t i = 0; i < count; i++) {
    Ref ref = all[i].at;
    vec_push(to,
             (Entry){.kind = kind, .at = ref, .text = build_text(build, ref, 0), .label = STR(""), .details = STR("")});
  }
}

static void add_channels(const Build *build, const Item *step, Entries *to) {
  Ref *refs;
  size_t count = item_refs(build->project, step, K_VIA, build->arena, &refs);
  for (size_t i = 0; i < count; i++) {
    Item channel = item_of(refs[i]);
    vec_push(to, (Entry){.kind = ENTRY_CHANNEL,
                         .at = refs[i],
                         .text = build_title(build, refs[i]),
                         .label = STR(""),
                         .details = item_text(build->project, &channel, K_ABOUT, 0, build->arena),
                         .icon = item_choice(build->project, &channel, K_ICON, 0)});
  }
}

static void add_each(const Build *build, const Item *step, const Item *holder, Keyword keyword,
                     Entry (*make)(const Build *, const Item *, Ref), Entries *to) {
  Item *all;
  size_t count = item_all(build->project, build->journey, holder, keyword, build->arena, &all);
  for (size_t i = 0; i < count; i++) vec_push(to, make(build, step, all[i].at));
}

/* What the actors do, think or need in this step, behind what the client does. */
static void add_of_actors(const Build *build, const Item *step, Keyword keyword, EntryKind kind, Entries *to) {
  for (uint32_t i = 0; i < build->view->actor_count; i++) {
    const ViewActor *actor = &build->view->actors[i];
    Item part = item_of(build_actor_part(build, step, actor->at));
    size_t first = to->len;
    if (!ref_ok(part.at)) continue;
    if (keyword == K_NEEDS) add_each(build, step, &part, keyword, need, to);
    else add_texts(build, &part, keyword, kind, to);
    for (size_t e = first; e < to->len; e++) {
      to->at[e].who = actor->title;
      to->at[e].colour = actor->colour;
      to->at[e].has_colour = actor->has_colour;
    }
  }
}

static void add_pains(const Build *build, const Item *step, Entries *to) {
  Item *all;
  size_t count = item_all(build->project, build->journey, step, K_PAIN, build->arena, &all);
  for (size_t i = 0; i < count; i++) vec_push(to, pain(build, step, &all[i]));
}

static int compare_solved(const void *a, const void *b) {
  const Solved *x = a, *y = b;
  int order = ref_compare(&x->pain, &y->pain);
  return order ? order : x->opportunity < y->opportunity ? -1 : x->opportunity > y->opportunity;
}

/* Once for the whole map: which opportunities solve which pain. */
static void build_solved(Build *build) {
  const Project *p = build->project;
  size_t count = item_all(p, build->journey, &build->journey->item, K_OPPORTUNITY, build->arena, &build->opportunities);
  build->opportunity_count = count;
  build->opportunity_shown = ARENA_ARRAY(build->arena, bool, count);
  VEC(Solved) solved = {0};
  for (size_t i = 0; i < count; i++) {
    Ref *pains;
    size_t pain_count = item_refs(p, &build->opportunities[i], K_SOLVES, build->arena, &pains);
    for (size_t k = 0; k < pain_count; k++) vec_push(&solved, (Solved){pains[k], (uint32_t)i});
  }
  build->solved = ARENA_ARRAY(build->arena, Solved, solved.len);
  if (solved.len) {
    memcpy(build->solved, solved.at, solved.len * sizeof *solved.at);
    qsort(build->solved, solved.len, sizeof *build->solved, compare_solved);
  }
  build->solved_count = solved.len;
  vec_free(&solved);
}

static void add_solving(const Build *build, Ref pain_ref, Entries *to) {
  size_t low = 0, high = build->solved_count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (compare_solved(&build->solved[middle], &(Solved){pain_ref, 0}) < 0) low = middle + 1;
    else high = middle;
  }
  for (; low < build->solved_count && ref_is(build->solved[low].pain, pain_ref); low++) {
    const Item *item = &build->opportunities[build->solved[low].opportunity];
    build->opportunity_shown[build->solved[low].opportunity] = true;
    bool there = false;
    for (size_t i = 0; i < to->len && !there; i++) there = ref_is(to->at[i].at, item->at);
    if (!there) vec_push(to, opportunity(build, item));
  }
}

static void add_opportunities(const Build *build, const Item *step, Entries *to) {
  Item *pains;
  size_t count = item_all(build->project, build->journey, step, K_PAIN, build->arena, &pains);
  for (size_t i = 0; i < count; i++) {
    add_solving(build, pains[i].at, to);
    for (uint32_t layer = 0; layer < pains[i].count; layer++) add_solving(build, pains[i].over[layer], to);
  }
}

/* `does`: what it does by itself; said of the first time that it is named so. */
static void add_system(const Build *build, Ref system, Str does, Entries *to) {
  for (size_t i = 0; i < to->len; i++) {
    if (!ref_is(to->at[i].at, system)) continue;
    if (to->at[i].label.len == 0) to->at[i].label = does;
    return;
  }
  vec_push(
      to,
      (Entry){
          .kind = ENTRY_SYSTEM, .at = system, .text = build_title(build, system), .label = does, .details = STR("")});
}

static void add_systems_of(const Build *build, const Item *step, Keyword keyword, Keyword systems, Entries *to) {
  Item *all;
  size_t count = item_all(build->project, build->journey, step, keyword, build->arena, &all);
  for (size_t i = 0; i < count; i++) {
    Ref ref = systems == keyword ? all[i].at : build_child(build, all[i].at, systems);
    if (!ref_ok(ref)) continue;
    const Unit *unit = project_unit(build->project, ref);
    const Statement *statement = project_statement(build->project, ref);
    for (uint32_t v = 0; v < statement->value_count; v++) {
      const Value *value = &unit->values[statement->first_value + v];
      Ref system = value->type == V_REF ? project_resolve(build->project, ref, value) : NO_REF;
      bool last = v + 1 == statement->value_count || unit->values[statement->first_value + v + 1].type != V_REF;
      if (ref_ok(system))
        add_system(build, system, last && systems == keyword ? build_text(build, ref, 1) : STR(""), to);
    }
  }
}

static void add_owner(const Build *build, const Step *step, Entries *to) {
  Ref team = step_owner(build->project, build->journey, step);
  Entry entry = of_team(build, ENTRY_OWNER, team, step->item.at);
  entry.text = ref_ok(team) ? build_title(build, team) : STR("No owner");
  entry.level = !ref_ok(team);
  vec_push(to, entry);
}

static void add_time(const Build *build, const Item *step, Keyword keyword, Str label, Entries *to) {
  Ref ref = item_get(build->project, step, keyword);
  const Value *value = build_value(build, ref, 0);
  if (value)
    vec_push(to, (Entry){.kind = ENTRY_TIME,
                         .at = ref,
                         .text = words_quantity(project_unit(build->project, ref), value, build->arena),
                         .label = label,
                         .number = value->number,
                         .details = STR("")});
}

static void add_entries(const Build *build, const Step *step, Keyword shows, Entries *to) {
  const Item *item = &step->item;
  switch (shows) {
    case K_CLIENT:
      add_texts(build, item, shows, ENTRY_TEXT, to);
      add_of_actors(build, item, K_DOES, ENTRY_TEXT, to);
      break;
    case K_SEES:
    case K_NOTE: add_texts(build, item, shows, ENTRY_TEXT, to); break;
    case K_THINKS:
      add_texts(build, item, shows, ENTRY_THOUGHT, to);
      add_of_actors(build, item, shows, ENTRY_THOUGHT, to);
      break;
    case K_VIA: add_channels(build, item, to); break;
    case K_NEEDS:
      add_each(build, item, item, shows, need, to);
      add_of_actors(build, item, shows, ENTRY_NEED, to);
      break;
    case K_HANDS_OVER:
      if (!build->handovers_backstage) add_each(build, item, item, shows, handover, to);
      break;
    case K_CLAIM: add_each(build, item, item, shows, build_claim, to); break;
    case K_COSTS: add_each(build, item, item, shows, cost, to); break;
    case K_PAIN: add_pains(build, item, to); break;
    case K_OPPORTUNITY: add_opportunities(build, item, to); break;
    case K_FRONTSTAGE: add_each(build, item, item, shows, action, to); break;
    case K_BACKSTAGE:
      add_each(build, item, item, shows, action, to);
      if (build->handovers_backstage) add_each(build, item, item, K_HANDS_OVER, handover, to);
      break;
    case K_USING:
      add_systems_of(build, item, K_FRONTSTAGE, K_USING, to);
      add_systems_of(build, item, K_BACKSTAGE, K_USING, to);
      add_systems_of(build, item, K_SUPPORTED_BY, K_SUPPORTED_BY, to);
      break;
    case K_OWNER: add_owner(build, step, to); break;
    case K_PATH_: build_paths(build, step, to); break;
    case K_MEASURE: add_each(build, item, item, shows, build_measure, to); break;
    case K_TAKES:
      add_time(build, item, K_TAKES, STR("busy"), to);
      add_time(build, item, K_WAITS, STR("waiting"), to);
      break;
    default: break;
  }
}

/* ---- the lanes ---- */

static Keyword shows_keyword(const char *word) {
  if (!word) return K_NONE;
  if (strcmp(word, "using") == 0) return K_USING;
  if (strcmp(word, "opportunity") == 0) return K_OPPORTUNITY;
  if (strcmp(word, "path") == 0) return K_PATH_;
  return schema_find(K_TOUCHPOINT, str_of(word));
}

static Cell build_cell(const Build *build, const Step *step, Keyword shows) {
  Entries entries = {0};
  add_entries(build, step, shows, &entries);
  Entry *kept = ARENA_ARRAY(build->arena, Entry, entries.len);
  if (entries.len) memcpy(kept, entries.at, entries.len * sizeof *kept);
  Cell cell = {kept, (uint32_t)entries.len};
  vec_free(&entries);
  return cell;
}

static bool has_emotions(const View *view) {
  for (uint32_t i = 0; i < view->actor_count; i++)
    if (view->actors[i].has_curve) return true;
  for (uint32_t i = 0; i < view->step_count; i++)
    if (view->steps[i].has_emotion) return true;
  return false;
}

/* A lane in which nobody owns anything says nothing. */
static bool says_something(const Cell *cells, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t e = 0; e < cells[i].count; e++)
      if (cells[i].entries[e].kind != ENTRY_OWNER || cells[i].entries[e].level == 0) return true;
  return false;
}

/* A blueprint has its three lines, whatever the lanes were declared with. */
static Str blueprint_line(Keyword shows) {
  return shows == K_FRONTSTAGE  ? STR("Line of interaction")
         : shows == K_BACKSTAGE ? STR("Line of visibility")
         : shows == K_USING     ? STR("Line of internal interaction")
                                : STR("");
}

static bool build_lane(const Build *build, Ref ref, ViewLane *lane) {
  Item item = item_of(ref);
  *lane = (ViewLane){.shows = shows_keyword(item_choice(build->project, &item, K_SHOWS, 0)),
                     .id = item_id(build->project, &item),
                     .title = build_title(build, ref),
                     .line = item_text(build->project, &item, K_BELOW, 0, build->arena)};
  if (build->view->shape == SHAPE_BLUEPRINT && lane->line.len == 0) lane->line = blueprint_line(lane->shows);
  if (lane->shows == K_FEELS) {
    lane->kind = LANE_EMOTION;
    return has_emotions(build->view);
  }
  Cell *cells = ARENA_ARRAY(build->arena, Cell, build->journey->step_count);
  for (uint32_t i = 0; i < build->journey->step_count; i++)
    cells[i] = build_cell(build, &build->journey->steps[i], lane->shows);
  lane->cells = cells;
  return says_something(cells, build->journey->step_count);
}

/* Opportunities that no step shows are said of the whole map, where there is a lane for opportunities at all. */
static void build_ideas(Build *build) {
  Entry *ideas = ARENA_ARRAY(build->arena, Entry, build->opportunity_count);
  for (size_t i = 0; i < build->opportunity_count; i++)
    if (!build->opportunity_shown[i]) ideas[build->view->idea_count++] = opportunity(build, &build->opportunities[i]);
  build->view->ideas = ideas;
}

typedef struct {
  const Build *build;
  Refs refs;
  bool prelude; /* look at the standard library's lanes, or at all others */
} Found;

/* The standard library's lanes come first. One declared again stands in the place of the first of its name; a file's
 * own goes before its imports'. */
static void found_lane(void *context, Ref ref) {
  Found *found = context;
  if (found->prelude != (ref.unit == 0)) return;
  Item item = item_of(ref);
  Str id = item_id(found->build->project, &item);
  for (size_t i = 0; i < found->refs.len; i++) {
    Item other = item_of(found->refs.at[i]);
    if (!str_is(id, item_id(found->build->project, &other))) continue;
    if (found->refs.at[i].unit == 0) found->refs.at[i] = ref;
    return;
  }
  vec_push(&found->refs, ref);
}

static bool is_among(const Build *build, const Ref *lanes, size_t count, Keyword shows) {
  for (size_t i = 0; i < count; i++) {
    Item item = item_of(lanes[i]);
    if (shows_keyword(item_choice(build->project, &item, K_SHOWS, 0)) == shows) return true;
  }
  return false;
}

/* Evidence, the client, front stage, back stage, systems; then the others in their order. */
static void order_as_blueprint(const Build *build, Ref *lanes, size_t count) {
  static const Keyword first[] = {K_SEES, K_VIA, K_CLIENT, K_FRONTSTAGE, K_BACKSTAGE, K_USING};
  size_t placed = 0;
  for (size_t k = 0; k < sizeof first / sizeof *first; k++)
    for (size_t i = placed; i < count; i++) {
      Item item = item_of(lanes[i]);
      if (shows_keyword(item_choice(build->project, &item, K_SHOWS, 0)) != first[k]) continue;
      Ref lane = lanes[i];
      memmove(lanes + placed + 1, lanes + placed, (i - placed) * sizeof *lanes);
      lanes[placed++] = lane;
    }
}

void build_lanes(Build *build) {
  build_solved(build);
  Found found = {.build = build};
  Ref *named;
  size_t count = item_refs(build->project, &build->journey->item, K_LANES, build->arena, &named);
  for (size_t i = 0; i < count; i++) vec_push(&found.refs, named[i]);
  for (int prelude = 1; prelude >= 0 && count == 0; prelude--) {
    found.prelude = prelude;
    project_visible(build->project, build->journey->at.unit, K_LANE, found_lane, &found);
  }
  if (build->view->shape == SHAPE_BLUEPRINT)
    build->handovers_backstage = is_among(build, found.refs.at, found.refs.len, K_BACKSTAGE);
  if (count == 0 && build->view->shape == SHAPE_BLUEPRINT) order_as_blueprint(build, found.refs.at, found.refs.len);
  ViewLane *lanes = ARENA_ARRAY(build->arena, ViewLane, found.refs.len);
  for (size_t i = 0; i < found.refs.len; i++) {
    ViewLane *lane = &lanes[build->view->lane_count];
    if (build_lane(build, found.refs.at[i], lane)) build->view->lane_count++;
    if (lane->shows == K_OPPORTUNITY && !build->view->ideas) build_ideas(build);
  }
  build->view->lanes = lanes;
  vec_free(&found.refs);
}
