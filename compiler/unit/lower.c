#include "unit/lower.h"

#include <stdlib.h>

#include "base/limits.h"

enum { LONGEST_SLUG = 1024, BYTES_A_STATEMENT = 24 /* the fewest of a usual map */ };

static void lower_members(Lower *l, uint32_t parent, Keyword keyword, Twins *twins);

/* ---- depth ---- */

/* Whether the block under the cursor lies deeper than any may; the first is said. */
static bool is_too_deep(Lower *l) {
  if (l->depth < LIMIT_NESTING) return false;
  uint32_t start = syntax_node(l->syntax).span.start;
  if (!l->told_deep)
    diagnose(&l->unit->diagnostics, DIAG_TOO_DEEP, l->unit->number, (Span){start, start + 1},
             "look for a `}` that is missing", "blocks stand within each other more than %d deep", LIMIT_NESTING);
  return l->told_deep = true;
}

/* What stands where it has no meaning is not read, since its own messages would only confuse; but it is measured. */
static void pass_over(Lower *l) {
  bool block = syntax_node(l->syntax).kind == NODE_BLOCK;
  if ((block && is_too_deep(l)) || !syntax_down(l->syntax)) return;
  l->depth += block;
  do {
    NodeKind kind = syntax_node(l->syntax).kind;
    if (kind >= NODE_STATEMENT && kind <= NODE_BLOCK) pass_over(l);
  } while (syntax_next(l->syntax));
  l->depth -= block;
  syntax_up(l->syntax);
}

/* ---- statements ---- */

static uint32_t open_statement(Lower *l, uint32_t parent, Keyword keyword, Span head) {
  uint32_t at = (uint32_t)l->statements.len;
  if (l->keeps) vec_push(&l->names_at, (uint32_t)l->names.len);
  vec_push(&l->statements,
           (Statement){.keyword = (uint8_t)keyword,
                       .parent = parent,
                       .span = head,
                       .doc = NONE,
                       .head_len = (uint16_t)(head.end - head.start > UINT16_MAX ? UINT16_MAX : head.end - head.start),
                       .first_value = (uint32_t)l->values.len});
  return at;
}

/* Where the hash stands among the ids, or could. */
static size_t made_slot(const Lower *l, uint64_t hash) {
  size_t slot = hash & (l->made.cap - 1);
  while (l->made.at[slot] && l->made.at[slot] != hash) slot = (slot + 1) & (l->made.cap - 1);
  return slot;
}

static void remember_made(Lower *l, uint64_t hash) {
  if (l->made.count * 2 >= l->made.cap) {
    size_t old_cap = l->made.cap;
    uint64_t *old = l->made.at;
    l->made.cap = old_cap ? old_cap * 2 : 64;
    l->made.at = mem_alloc(l->made.cap * sizeof *l->made.at);
    memset(l->made.at, 0, l->made.cap * sizeof *l->made.at);
    for (size_t i = 0; i < old_cap; i++)
      if (old[i]) l->made.at[made_slot(l, old[i])] = old[i];
    free(old);
  }
  size_t slot = made_slot(l, hash);
  l->made.count += l->made.at[slot] == 0;
  l->made.at[slot] = hash;
}

static uint64_t id_hash(const Lower *l, const Statement *statement) {
  Str id = statement->own_id ? lower_text(l, (Span){statement->id, statement->id + statement->id_len})
                             : (Str){l->names.at + statement->id, statement->id_len};
  uint64_t hash =
      str_hash(id) ^ ((uint64_t)statement->parent * 0x9e3779b97f4a7c15u) ^ ((uint64_t)statement->keyword << 56);
  return hash ? hash : 1;
}

/* Writes the number behind the title that ends at `base`; true where there is such an id already. */
static bool number_id(Lower *l, Statement *statement, size_t base, uint32_t number) {
  l->names.len = base;
  if (number > 1) buf_printf(&l->names, "-%u", number);
  statement->id_len = (uint16_t)(l->names.len - statement->id);
  return l->made.cap && l->made.at[made_slot(l, id_hash(l, statement))];
}

/* Steps that bear the same title still get ids of their own: call, call-2, call-3. The number is looked for by
 * doubling, then by halving, so that a thousand calls cost no more than a thousand titles. */
static void make_id(Lower *l, Statement *statement, Str title) {
  statement->id = (uint32_t)l->names.len;
  unit_slug(&l->names, str_slice(title, 0, title.len < LONGEST_SLUG ? title.len : LONGEST_SLUG));
  size_t base = l->names.len;
  uint32_t taken = 0, free_one = 1;
  while (number_id(l, statement, base, free_one)) taken = free_one, free_one *= 2;
  while (free_one - taken > 1) {
    uint32_t middle = taken + (free_one - taken) / 2;
    if (number_id(l, statement, base, middle)) taken = middle;
    else free_one = middle;
  }
  number_id(l, statement, base, free_one);
  remember_made(l, id_hash(l, statement));
}

void lower_id(Lower *l, Statement *statement) {
  const Value *title = NULL;
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &l->values.at[statement->first_value + i];
    if (value->type == V_ID) {
      statement->own_id = true;
      statement->id = value->span.start;
      statement->id_len = (uint16_t)(value->span.end - value->span.start);
      remember_made(l, id_hash(l, statement));
      return;
    }
    if (value->type == V_TEXT && !title) title = value;
  }
  if (title) make_id(l, statement, unit_text(l->unit, l->arena, title));
}

static void close_frame(Lower *l, Frame *frame) {
  Statement *statement = &l->statements.at[frame->at];
  if (!frame->quiet) complain_missing(l, frame, statement_head(statement));
  if (frame->keyword == K_SILENCE || frame->keyword == K_RULE) complain_ruling(l, frame->at);
  l->unit->has_silences |= frame->keyword == K_SILENCE;
  if (schema_declares(frame->keyword) && !frame->named) lower_id(l, statement);
}

/* Once all its children are known: what was given twice. */
static void finish_statement(Lower *l, uint32_t at) {
  Statement *statement = &l->statements.at[at];
  statement->after = (uint32_t)l->statements.len;
  if (statement->after == at + 1 && schema_required((Keyword)statement->keyword) == K_NONE) return;
  uint64_t seen[4] = {0};
  for (uint32_t child = at + 1; child < statement->after; child = l->statements.at[child].after) {
    unsigned keyword = l->statements.at[child].keyword;
    HowOften often = schema_row((Keyword)keyword)->how_often;
    if (often != ONE && often != REQUIRED) continue;
    uint64_t bit = 1ull << (keyword % 64);
    if (seen[keyword / 64] & bit) {
      uint32_t first = at + 1;
      while (l->statements.at[first].keyword != keyword) first = l->statements.at[first].after;
      complain_repeated(l, first, child);
    }
    seen[keyword / 64] |= bit;
  }
  Keyword required = schema_required((Keyword)statement->keyword);
  if (required != K_NONE && !(seen[required / 64] & (1ull << (required % 64)))) complain_absent(l, at, required);
}

/* ---- the values of a line ---- */

static void add_value(Lower *l, Frame *frame, Value value, unsigned slot) {
  Statement *statement = &l->statements.at[frame->at];
  value.slot = (uint8_t)slot;
  vec_push(&l->values, value);
  statement->value_count++;
  statement->span.end = value.span.end;
}

static void check_id(Lower *l, Frame *frame, Node node, Str text) {
  bool dot = memchr(text.at, '.', text.len) != NULL;
  if (!dot && text.len <= LONGEST_SLUG) return;
  diagnose(&l->unit->diagnostics, DIAG_WRONG_VALUE, l->unit->number, node.span,
           "use letters, digits and hyphens; a dot is for the way to a part, as in `decision.sign`",
           dot ? "a name has no dots in it" : "this name is too long");
  frame->quiet = true;
}

/* Fills the next slot that the node fits, passing over those that may be left out. */
static bool fill_slot(Lower *l, Frame *frame, Node node, Str text) {
  const ValueRule *rules = schema_row(frame->keyword)->values;
  for (unsigned slot = frame->slot; rules[slot].type != V_NONE; slot++) {
    Value value = {.span = node.span};
    ValueFit fit = value_read(&rules[slot], node.kind, text, &value);
    if (fit == VALUE_OUT_OF_RANGE) {
      if (!frame->quiet) complain_range(l, frame, &rules[slot], node);
      frame->quiet = true;
    }
    if (fit != VALUE_NO && rules[slot].type == V_ID) check_id(l, frame, node, text);
    if (fit != VALUE_NO) {
      bool no_such = fit == VALUE_OUT_OF_RANGE && (rules[slot].type == V_DATE || rules[slot].type == V_TIME);
      if (!no_such) add_value(l, frame, value, slot);
      frame->slot = slot + 1;
      return true;
    }
    if (!rules[slot].optional) return false;
  }
  return false;
}

typedef struct {
  Frame frames[LONGEST_LINE];
  int count;
  Span comma;      /* the last word was this comma; empty where it was none */
  uint32_t parent; /* what the line stands in */
  Keyword parent_keyword;
  const Twins *twins; /* among which its member was found; NULL: it wasn't */
  uint32_t first;     /* its first statement */
} Line;

static Frame *top(Line *line) { return &line->frames[line->count - 1]; }

static void pop_to(Lower *l, Line *line, int count) {
  if (line->comma.end > 0 && line->count > count) {
    complain_comma(l, top(line), line->comma);
    line->comma = (Span){0};
  }
  while (line->count > count) {
    Frame *frame = top(line);
    uint32_t end = l->statements.at[frame->at].span.end;
    close_frame(l, frame);
    finish_statement(l, frame->at);
    line->count--;
    if (line->count > 0 && l->statements.at[top(line)->at].span.end < end)
      l->statements.at[top(line)->at].span.end = end;
  }
}

static void push_property(Lower *l, Line *line, int frame, Keyword keyword, Span head) {
  pop_to(l, line, frame + 1);
  uint32_t at = open_statement(l, top(line)->at, keyword, head);
  line->frames[line->count++] = (Frame){.at = at, .keyword = keyword};
  l->statements.at[line->frames[0].at].span.end = head.end;
}

static bool start_property(Lower *l, Line *line, Node node, Str text) {
  for (int frame = line->count - 1; frame >= 0; frame--) {
    Keyword keyword = schema_find(line->frames[frame].keyword, text);
    if (keyword == K_NONE || frame + 2 > LONGEST_LINE) continue;
    push_property(l, line, frame, keyword, node.span);
    return true;
  }
  return false;
}

/* `1200 EUR`: the currency behind an amount joins it. */
static bool join_currency(Lower *l, const Frame *frame, Node node, Str text) {
  const ValueRule *rules = schema_row(frame->keyword)->values;
  if (text.len != 3 || frame->slot == 0 || l->values.len == 0) return false;
  for (int i = 0; i < 3; i++)
    if (text.at[i] < 'A' || text.at[i] > 'Z') return false;
  Value *last = &l->values.at[l->values.len - 1];
  ValueType type = rules[frame->slot - 1].type;
  if ((type != V_MONEY && type != V_QUANTITY) || (last->type != V_NUMBER && last->type != V_MONEY)) return false;
  last->type = V_MONEY;
  last->span.end = node.span.end;
  l->statements.at[frame->at].span.end = node.span.end;
  return true;
}

static bool in_list(const Frame *frame) {
  return frame->slot > 0 && schema_row(frame->keyword)->values[frame->slot - 1].type == V_REFS;
}

/* A name behind a comma goes on with the list in front of it. */
static bool continue_list(Lower *l, Line *line, Node node) {
  Frame *frame = top(line);
  if (line->comma.end == 0 || !in_list(frame) || node.kind != NODE_NAME) return false;
  add_value(l, frame, (Value){.type = V_REF, .span = node.span}, frame->slot - 1);
  return true;
}

static void push_sibling(Lower *l, Line *line, Keyword keyword, Span head) {
  pop_to(l, line, 0);
  line->frames[line->count++] = (Frame){.at = open_statement(l, line->parent, keyword, head), .keyword = keyword};
}

/* { solves hidden-fees  owner sales }: what no statement of the line may hold, the block around it may. */
static bool start_sibling(Lower *l, Line *line, Node node, Str text) {
  Keyword keyword = line->parent == NONE ? K_NONE : schema_find(line->parent_keyword, text);
  if (keyword == K_NONE) return false;
  push_sibling(l, line, keyword, node.span);
  return true;
}

static void lower_word(Lower *l, Line *line, Node node, Str text) {
  int frame = 0;
  if (start_property(l, line, node, text) || join_currency(l, top(line), node, text)) return;
  if (start_sibling(l, line, node, text)) return;
  if (top(line)->quiet) return;
  Keyword around = line->parent == NONE ? K_NONE : line->parent_keyword;
  Keyword meant = complain_word(l, line->frames, line->count, around, node.span, &frame);
  if (meant != K_NONE && frame < 0) push_sibling(l, line, meant, node.span);
  else if (meant != K_NONE && frame + 2 <= LONGEST_LINE) push_property(l, line, frame, meant, node.span);
  else top(line)->quiet = true;
}

static void lower_value(Lower *l, Line *line, Node node) {
  Frame *frame = top(line);
  Str text = lower_text(l, node.span);
  if (node.kind == NODE_COMMA) {
    if (line->comma.end > 0 || !in_list(frame)) complain_comma(l, frame, node.span);
    else line->comma = node.span;
    return;
  }
  bool listed = continue_list(l, line, node);
  if (!listed && line->comma.end > 0) complain_comma(l, frame, line->comma);
  line->comma = (Span){0};
  bool done = listed || fill_slot(l, frame, node, text);
  if (node.kind == NODE_UNCLOSED_STRING) {
    Diagnostic *added =
        diagnose(&l->unit->diagnostics, DIAG_UNCLOSED_TEXT, l->unit->number, node.span,
                 "put a closing quote \" at the end of the text; for several lines, begin and end it with \"\"\"",
                 "this text is never closed");
    if (str_starts(text, STR("\""))) diagnostic_fix(added, (Span){node.span.end, node.span.end}, STR("\""));
    frame->quiet = true;
  }
  if (done) return;
  if (node.kind == NODE_NAME) lower_word(l, line, node, text);
  else if (!frame->quiet) {
    if (node.kind == NODE_STRAY) complain_stray(l, node.span);
    else complain_value(l, frame, node);
    frame->quiet = true;
  }
}

/* The block behind a line belongs to the statement that the line starts with. */
static void lower_block(Lower *l, Line *line, Node node) {
  pop_to(l, line, 1);
  Frame *frame = top(line);
  Statement *statement = &l->statements.at[frame->at];
  statement->has_block = true;
  if (!schema_has_block(frame->keyword)) {
    diagnose(&l->unit->diagnostics, DIAG_NO_BLOCK_HERE, l->unit->number, (Span){node.span.start, node.span.start + 1},
             "take the braces away; what belongs to it stands on its own line", "nothing can stand inside `%s`",
             schema_row(frame->keyword)->word);
    pass_over(l);
    return;
  }
  uint32_t at = frame->at;
  frame->named = schema_declares(frame->keyword);
  if (frame->named) lower_id(l, statement); /* in front of those of its block */
  Twins twins = {0};
  if (line->twins && line->first == at) twins = again_enter_block(l, line->twins, frame->keyword);
  lower_members(l, at, frame->keyword, &twins);
  again_leave(l, &twins);
  l->statements.at[at].span.end = node.span.end;
}

/* The cursor stands on the statement; it goes on with its next child. */
static void lower_rest(Lower *l, Line *line) {
  while (syntax_next(l->syntax)) {
    Node node = syntax_node(l->syntax);
    switch (node.kind) {
      case NODE_COMMENT:
      case NODE_DOC_COMMENT:
      case NODE_OTHER: break;
      case NODE_BLOCK: lower_block(l, line, node); break;
      case NODE_ERROR:
        if (!top(line)->quiet) complain_broken(l, line->parent_keyword, node);
        top(line)->quiet = true;
        break;
      default: lower_value(l, line, node);
    }
  }
  pop_to(l, line, 0);
}

static void lower_statement(Lower *l, uint32_t parent, Keyword parent_keyword, const Twins *twins) {
  if (!syntax_down(l->syntax)) return;
  Node head = syntax_node(l->syntax);
  Keyword keyword = schema_find(parent_keyword, lower_text(l, head.span));
  if (keyword == K_NONE) keyword = complain_keyword(l, parent_keyword, head.span);
  if (keyword != K_NONE) {
    Line line = {.count = 1, .parent = parent, .parent_keyword = parent_keyword, .twins = twins};
    line.first = (uint32_t)l->statements.len;
    line.frames[0] = (Frame){.at = open_statement(l, parent, keyword, head.span), .keyword = keyword};
    if (l->doc.end > 0) l->statements.at[line.frames[0].at].doc = l->doc.start;
    l->doc = (Span){0};
    lower_rest(l, &line);
  } else
    while (syntax_next(l->syntax))
      if (syntax_node(l->syntax).kind == NODE_BLOCK) pass_over(l);
  syntax_up(l->syntax);
}

/* ---- arrows ---- */

static Line open_arrow(Lower *l, uint32_t parent, Node from, Node to) {
  Line line = {.count = 1, .parent = NONE};
  line.frames[0] =
      (Frame){.at = open_statement(l, parent, K_ARROW, (Span){from.span.start, to.span.end}), .keyword = K_ARROW};
  fill_slot(l, &line.frames[0], from, lower_text(l, from.span));
  if (!to.missing) fill_slot(l, &line.frames[0], to, lower_text(l, to.span));
  return line;
}

static void complain_arrow(Lower *l, Span sign) {
  diagnose(&l->unit->diagnostics, DIAG_MISSING_VALUE, l->unit->number, sign,
           "write the name of a step behind it, or `leaves` where clients go away, `ends` where they are done",
           "this arrow leads nowhere");
}

/* a -> b -> c is two arrows; what stands behind them belongs to the last. The cursor stands on the first name. */
static void lower_arrow_line(Lower *l, uint32_t parent) {
  Node from = syntax_node(l->syntax);
  Line line = {0};
  Span sign = {0};
  while (syntax_next(l->syntax)) {
    Node node = syntax_node(l->syntax);
    if (node.kind == NODE_COMMENT || node.kind == NODE_DOC_COMMENT || node.kind == NODE_OTHER) continue;
    bool target = node.kind == NODE_NAME && sign.end > 0;
    if (sign.end > 0 && !target) complain_arrow(l, sign);
    sign = node.kind == NODE_SIGN ? node.span : (Span){0};
    if (target) {
      pop_to(l, &line, 0);
      line = open_arrow(l, parent, from, node);
      from = node;
    } else if (line.count > 0 && node.kind == NODE_BLOCK) lower_block(l, &line, node);
    else if (line.count > 0 && node.kind == NODE_ERROR) complain_broken(l, K_PATH_, node);
    else if (line.count > 0 && node.kind > NODE_ERROR && node.kind < NODE_SIGN) lower_value(l, &line, node);
  }
  if (sign.end > 0) complain_arrow(l, sign);
  pop_to(l, &line, 0);
}

static void lower_arrow(Lower *l, uint32_t parent, Keyword parent_keyword) {
  if (!syntax_down(l->syntax)) return;
  if (schema_allows(parent_keyword, K_ARROW)) lower_arrow_line(l, parent);
  else
    diagnose(&l->unit->diagnostics, DIAG_MISPLACED_KEYWORD, l->unit->number, syntax_node(l->syntax).span,
             "arrows stand inside `path { \xE2\x80\xA6 }`, which stands inside a `journey`",
             "an arrow can't stand here");
  syntax_up(l->syntax);
}

/* ---- blocks and files ---- */

static void lower_member(Lower *l, uint32_t parent, Keyword keyword, Node node, Twins *twins) {
  Span open = l->doc;
  bool found = twins->there && (node.kind == NODE_STATEMENT || node.kind == NODE_ARROW) && again_find(l, twins, node);
  if (found && again_take(l, twins, parent)) {
    l->doc = (Span){0};
    return;
  }
  switch (node.kind) {
    case NODE_STATEMENT: lower_statement(l, parent, keyword, found ? twins : NULL); break;
    case NODE_ARROW: lower_arrow(l, parent, keyword); break;
    case NODE_DOC_COMMENT: l->doc = open.end > 0 ? (Span){open.start, node.span.end} : node.span; return;
    case NODE_UNMATCHED:
      diagnostic_fix(diagnose(&l->unit->diagnostics, DIAG_UNMATCHED_BRACE, l->unit->number, node.span,
                              "take it away, or look above for a `{` that is missing", "this `}` closes nothing"),
                     source_without(&l->unit->source, node.span), STR(""));
      break;
    case NODE_BROKEN:
    case NODE_ERROR:
      complain_broken(l, keyword, node);
      pass_over(l);
      break;
    default: return;
  }
  l->doc = (Span){0};
}

static void complain_unclosed(Lower *l, uint32_t open) {
  diagnose(&l->unit->diagnostics, DIAG_UNCLOSED_BLOCK, l->unit->number, (Span){open, open + 1},
           "put a `}` on a line of its own where the block ends", "this block is never closed");
}

static void lower_members(Lower *l, uint32_t parent, Keyword keyword, Twins *twins) {
  Span block = syntax_node(l->syntax).span;
  if (is_too_deep(l)) return;
  if (!syntax_down(l->syntax)) return;
  l->depth++;
  l->doc = (Span){0};
  bool closed = keyword == K_FILE;
  do {
    Node node = syntax_node(l->syntax);
    closed |= node.kind == NODE_CLOSE;
    lower_member(l, parent, keyword, node, twins);
  } while (syntax_next(l->syntax));
  if (!closed && !l->told_unclosed)
    complain_unclosed(l, block.start); /* of several, the innermost, which comes first */
  l->told_unclosed |= !closed;
  l->depth--;
  syntax_up(l->syntax);
}

/* The arrays go over to the unit, without the room that was left in them. */
static void keep_exactly(Lower *l) {
  Unit *unit = l->unit;
  unit->statement_count = (uint32_t)l->statements.len;
  unit->value_count = (uint32_t)l->values.len;
  unit->statements = mem_realloc(l->statements.at, l->statements.len * sizeof *l->statements.at);
  unit->values = mem_realloc(l->values.at, l->values.len * sizeof *l->values.at);
  unit->names = buf_take(&l->names, l->arena);
  free(l->made.at);
  vec_free(&l->said);
}

static void complain_mended(Lower *l) {
  const uint32_t *opens;
  size_t count = syntax_mended(l->syntax, &opens);
  for (size_t i = 0; i < count; i++) complain_unclosed(l, opens[i]);
}

/* About as many as there will be. */
static void reserve(Lower *l) {
  size_t statements = l->unit->source.text.len / BYTES_A_STATEMENT + 1, values = statements;
  if (l->before) statements = l->before->unit->statement_count + 64, values = l->before->unit->value_count + 64;
  vec_reserve(&l->statements, statements);
  vec_reserve(&l->values, values);
  if (l->keeps) vec_reserve(&l->names_at, statements);
}

void lower(Unit *unit, Syntax *syntax, const Lowered *before, SyntaxEdit edit, Lowered *keep) {
  Lower l = {
      .unit = unit, .arena = unit->arena, .syntax = syntax, .before = before, .edit = edit, .keeps = keep != NULL};
  reserve(&l);
  syntax_start(l.syntax);
  Twins twins = {0};
  if (before) again_start(&l), twins = again_enter_file(&l);
  lower_members(&l, NONE, K_FILE, &twins);
  again_leave(&l, &twins);
  complain_mended(&l);
  keep_exactly(&l);
  if (!keep) return;
  keep->names_at = l.names_at.at;
  keep->told = l.told_deep || l.told_unclosed;
}
