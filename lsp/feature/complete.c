#include "lsp/feature/complete_build.h"

/* ---- the list ---- */

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

bool completer_fits(const Completer *c, Str word) {
  Str typed = c->place.typed;
  size_t at = 0;
  for (size_t i = 0; i < word.len && at < typed.len; i++) at += lower(word.at[i]) == lower(typed.at[at]);
  return at == typed.len;
}

void completer_add(Completer *c, Completion completion) {
  if (!completer_fits(c, completion.filter.len > 0 ? completion.filter : completion.label)) return;
  if (c->list.len >= MOST_COMPLETIONS) {
    c->is_cut = true;
    return;
  }
  if (completion.kind != COMPLETION_NAME) completion.ref = NO_REF;
  vec_push(&c->list, completion);
}

bool completer_is_listed(const Completer *c, Str word) {
  const PlaceFrame *frame = c->place.frame_count > 0 ? completer_frame(c) : NULL;
  for (unsigned i = 0; frame && i < frame->given; i++)
    if (str_is(source_text(&c->unit->source, frame->values[i]), word)) return true;
  return false;
}

Ref completer_journey(const Completer *c) {
  for (uint32_t at = c->place.block_at; at != NONE; at = c->unit->statements[at].parent)
    if (c->unit->statements[at].keyword == K_JOURNEY) return (Ref){c->spot->unit, at};
  bool is_first = c->place.frame_count > 0 && c->place.frames[0].keyword == K_JOURNEY;
  uint32_t own = is_first ? c->place.frames[0].at : NONE;
  return own == NONE ? NO_REF : (Ref){c->spot->unit, own};
}

Str completer_folder(const Completer *c) {
  Str path = c->spot->file->path;
  while (path.len > 1 && path.at[path.len - 1] != '/') path.len--;
  return arena_copy(c->arena, str_slice(path, 0, path.len > 1 ? path.len - 1 : path.len));
}

/* ---- keywords ---- */

/* "Whose journey this is": the documentation up to its first full stop, or colon that is no part of the sentence. */
static Str first_sentence(const char *doc) {
  Str all = str_of(doc);
  bool has_colon = str_starts(all, STR("In a variant:"));
  for (size_t i = 0; i + 1 < all.len; i++)
    if ((all.at[i] == '.' || (all.at[i] == ':' && !has_colon)) && all.at[i + 1] == ' ') return str_slice(all, 0, i);
  return all.len > 0 && all.at[all.len - 1] == '.' ? str_slice(all, 0, all.len - 1) : all;
}

/* Only a variant has them. */
static bool is_of_variant(Keyword keyword) {
  return keyword == K_CHANGE || keyword == K_DROP || keyword == K_AFTER || keyword == K_BEFORE;
}

static bool is_in_variant(const Completer *c) {
  Ref journey = completer_journey(c);
  return ref_ok(journey) && unit_child(c->unit, journey.at, K_EXTENDS) != NONE;
}

/* Whether a statement that may stand once stands there already: not the one under the cursor. */
static bool is_taken(const Completer *c, uint32_t parent, Keyword keyword) {
  HowOften often = schema_row(keyword)->how_often;
  if (often != ONE && often != REQUIRED) return false;
  uint32_t at = parent == NONE ? (c->unit->statement_count > 0 ? 0 : NONE) : unit_first_child(c->unit, parent);
  if (parent != NONE) at = unit_child(c->unit, parent, keyword);
  for (; at != NONE; at = unit_next_sibling(c->unit, at)) {
    const Statement *statement = &c->unit->statements[at];
    if (statement->keyword == keyword && statement->span.start != c->place.word.start) return true;
  }
  return false;
}

static uint8_t rank_of(const Completer *c, Keyword parent, Keyword keyword) {
  if (schema_required(parent) == keyword) return FIRST;
  if (keyword == K_EXTENDS && parent == K_JOURNEY) return FURTHER;
  if (is_of_variant(keyword)) return is_in_variant(c) ? USUAL : LAST;
  if (keyword == K_SILENCE) return LAST;
  if (keyword == K_JOURNEY && c->unit->statement_count == 0) return FIRST;
  return schema_row(keyword)->where[0] == parent ? USUAL : USUAL + 1; /* what is of this place alone comes first */
}

static void add_keyword(Completer *c, Keyword keyword, uint8_t rank) {
  const KeywordRow *row = schema_row(keyword);
  completer_add(c, (Completion){.kind = COMPLETION_KEYWORD,
                                .keyword = keyword,
                                .rank = rank,
                                .label = str_of(row->word),
                                .detail = first_sentence(row->doc)});
}

/* All that may stand in a statement. `seen`: words that another one took already. */
static void add_keywords(Completer *c, Keyword parent, uint32_t at, bool with_snippets, bool *seen) {
  for (Keyword keyword = K_FILE + 1; keyword < K_COUNT; keyword++) {
    if (!schema_allows(parent, keyword) || keyword == K_ARROW || seen[keyword] || is_taken(c, at, keyword)) continue;
    Str word = str_of(schema_row(keyword)->word);
    for (Keyword same = K_NONE; (same = schema_find_anywhere(word, same)) != K_NONE;) seen[same] = true;
    uint8_t rank = rank_of(c, parent, keyword);
    add_keyword(c, keyword, rank);
    if (with_snippets) complete_snippets(c, parent, keyword, rank);
  }
}

static void add_statements(Completer *c) {
  bool seen[K_COUNT] = {0};
  if (c->place.block == K_PATH_) {
    complete_names(c, K_STEP, FIRST);
    complete_path_ends(c, true);
  }
  add_keywords(c, c->place.block, c->place.block_at, c->place.is_last, seen);
}

/* ---- values ---- */

static void add_quotes(Completer *c, const ValueRule *rule, uint8_t rank) {
  if (c->place.typed.len > 0 || !c->ask->takes_snippets || c->place.is_quoted) return;
  Str name = str_of(rule->name);
  completer_add(c, (Completion){.kind = COMPLETION_TEXT,
                                .rank = rank,
                                .is_snippet = true,
                                .label = STR("\"\xE2\x80\xA6\""),
                                .detail = name,
                                .insert = STR("\"$1\"$0")});
}

static void add_text(Completer *c, const PlaceFrame *frame, unsigned slot, const ValueRule *rule) {
  bool names_column = frame->keyword == K_MEASURE_COLUMN || (frame->keyword == K_COLUMN && slot == 1) ||
                      (frame->keyword == K_WHERE && slot == 0);
  size_t before = c->list.len;
  if (names_column) complete_columns(c, frame);
  else if (frame->keyword == K_SET) complete_settings(c);
  else if (frame->keyword == K_OBSERVED_AS) complete_activities(c);
  if (c->list.len == before) add_quotes(c, rule, USUAL);
}

static void add_value(Completer *c, const PlaceFrame *frame, unsigned slot, const ValueRule *rule) {
  uint8_t rank = rule->optional ? USUAL : FIRST;
  if (c->place.is_quoted && rule->type != V_TEXT && rule->type != V_PATH) return;
  switch (rule->type) {
    case V_ID:
      if (frame->keyword == K_STAGE) complete_stage_names(c);
      break;
    case V_TEXT: add_text(c, frame, slot, rule); break;
    case V_PATH: complete_files(c, frame->keyword); break;
    case V_REF:
    case V_REFS: complete_names(c, rule->target, rank); break;
    default: complete_value(c, rule, rank);
  }
}

/* The values that may come next: those that may be left out, and the one behind them. Returns whether the statement may
 * end, or go on with its properties, here. */
static bool add_values(Completer *c, const PlaceFrame *frame) {
  const ValueRule *rules = schema_row(frame->keyword)->values;
  unsigned slot = frame->slot;
  if (c->place.behind_comma && slot > 0 && rules[slot - 1].type == V_REFS) {
    complete_names(c, rules[slot - 1].target, FIRST);
    return false;
  }
  bool names_itself = rules[slot].type == V_ID;
  if (frame->keyword == K_ARROW && slot == 2) complete_share_left(c, frame->at);
  for (; rules[slot].type != V_NONE; slot++) {
    add_value(c, frame, slot, &rules[slot]);
    bool needed = !rules[slot].optional || (rules[slot].either && frame->given == 0);
    if (needed) return false;
  }
  return !names_itself;
}

static bool begins_typed(const Completer *c, const Completion *completion) {
  Str word = completion->filter.len > 0 ? completion->filter : completion->label, typed = c->place.typed;
  if (word.len < typed.len) return false;
  for (size_t i = 0; i < typed.len; i++)
    if (lower(word.at[i]) != lower(typed.at[i])) return false;
  return true;
}

/* The next statement of the block may stand on the same line. Where the block is not on the line as a whole, few want
 * that: only what begins as it is typed. */
static void add_siblings(Completer *c, bool *seen) {
  bool is_usual = c->place.is_block_here;
  if (c->place.block == K_FILE || (!is_usual && c->place.typed.len == 0)) return;
  size_t kept = c->list.len;
  size_t first = kept;
  add_keywords(c, c->place.block, c->place.block_at, false, seen);
  for (size_t i = first; i < c->list.len; i++) {
    Completion sibling = c->list.at[i];
    if (!is_usual) sibling.rank = LAST;
    if (is_usual || begins_typed(c, &sibling)) c->list.at[kept++] = sibling;
  }
  c->list.len = kept;
}

static void add_properties(Completer *c) {
  bool seen[K_COUNT] = {0};
  for (int i = c->place.frame_count - 1; i >= 0; i--)
    add_keywords(c, c->place.frames[i].keyword, c->place.frames[i].at, false, seen);
  add_siblings(c, seen);
}

static void add_rest(Completer *c) {
  bool may_end = add_values(c, completer_frame(c));
  if (!may_end || c->place.is_quoted) return;
  if (c->place.is_last) complete_block(c, &c->place.frames[0]);
  add_properties(c);
}

/* ---- when ---- */

/* Whether the next value is one that is surely wanted, and no free text: what a space brings up by itself. */
static bool wants_value(const Completer *c) {
  if (c->place.kind == COMPLETE_ARROW) return true;
  if (c->place.kind != COMPLETE_REST) return false;
  const PlaceFrame *frame = completer_frame(c);
  const ValueRule *rules = schema_row(frame->keyword)->values;
  if (c->place.behind_comma && frame->slot > 0 && rules[frame->slot - 1].type == V_REFS) return true;
  const ValueRule *rule = &rules[frame->slot];
  bool is_wanted = rule->type != V_NONE && (!rule->optional || (rule->either && frame->given == 0));
  return is_wanted && rule->type != V_TEXT && rule->type != V_ID;
}

/* A list that comes up by itself has to be worth it: the next Enter would take one of it. */
static bool is_wanted(const Completer *c) {
  Str typed = c->place.typed;
  switch (c->ask->trigger) {
    case 0: return true;
    case ' ': return !c->place.is_quoted && wants_value(c);
    case '"':
    case '/': return c->place.is_quoted;
    case '-': return typed.len > 1 || wants_value(c);
    default: return typed.len > 0;
  }
}

/* What begins as it is typed, then what only has those letters; each by rank, and as it was added. */
static Completion *in_order(const Completer *c) {
  Completion *list = ARENA_ARRAY(c->arena, Completion, c->list.len + 1);
  bool *begins = ARENA_ARRAY(c->arena, bool, c->list.len + 1);
  size_t count = 0;
  for (size_t i = 0; i < c->list.len; i++) begins[i] = begins_typed(c, &c->list.at[i]);
  for (unsigned pass = 0; pass < 2 && count < c->list.len; pass++)
    for (unsigned rank = 0; rank <= LAST; rank++)
      for (size_t i = 0; i < c->list.len; i++)
        if (c->list.at[i].rank == rank && begins[i] == (pass == 0)) list[count++] = c->list.at[i];
  return list;
}

static void add_all(Completer *c) {
  switch (c->place.kind) {
    case COMPLETE_NOTHING: return;
    case COMPLETE_STATEMENT:
      if (!c->place.is_quoted) add_statements(c);
      return;
    case COMPLETE_REST: add_rest(c); return;
    case COMPLETE_SIGN:
      completer_add(
          c, (Completion){.kind = COMPLETION_OPERATOR, .rank = FIRST, .label = STR("->"), .detail = STR("leads to")});
      return;
    case COMPLETE_ARROW: complete_names(c, K_STEP, FIRST); complete_path_ends(c, false);
  }
}

Completions complete(const Spot *spot, const CompletionAsk *ask, Arena *arena) {
  Completer c = {.spot = spot, .ask = ask, .p = spot->snapshot->project, .unit = spot_unit(spot), .arena = arena};
  Completions answer = {.insert = {spot->offset, spot->offset}, .replace = {spot->offset, spot->offset}};
  if (c.unit->script || spot->offset > c.unit->source.text.len) return answer;
  c.place = complete_place(spot, arena);
  if (c.place.kind == COMPLETE_NOTHING || !is_wanted(&c)) return answer;
  add_all(&c);
  const PlaceFrame *frame = c.place.frame_count > 0 ? completer_frame(&c) : NULL;
  bool goes_on = frame && c.place.behind_comma && frame->slot > 0;
  const ValueRule *rule = frame ? &schema_row(frame->keyword)->values[frame->slot - goes_on] : NULL;
  answer.list = in_order(&c);
  answer.count = c.list.len;
  answer.is_cut = c.is_cut;
  answer.is_list = rule && rule->type == V_REFS;
  answer.insert = (Span){c.place.word.start, spot->offset};
  answer.replace = c.place.word;
  vec_free(&c.list);
  return answer;
}
