/* Lowering a text that was lowered before and has changed in one place: a member of a block that is one and the same in
 * both trees became statements that differ in nothing but their numbers and places. What depends on its neighbours, its
 * doc comment, the number behind a title's id and whether it is there twice, is found anew. */
#include <stdlib.h>

#include "unit/lower.h"

static int by_place(const void *a, const void *b) {
  const Said *left = a, *right = b;
  if (left->start != right->start) return left->start < right->start ? -1 : 1;
  return left->index < right->index ? -1 : left->index > right->index;
}

static int by_index(const void *a, const void *b) {
  const Said *left = a, *right = b;
  return left->index < right->index ? -1 : left->index > right->index;
}

void again_start(Lower *l) {
  const Diagnostics *old = &l->before->unit->diagnostics;
  for (uint32_t i = 0; i < old->list.len; i++) vec_push(&l->said, (Said){old->list.at[i].span.start, i});
  if (l->said.len > 1) qsort(l->said.at, l->said.len, sizeof *l->said.at, by_place);
}

/* ---- twins ---- */

static Twins at_first(const Lower *l, int depth, uint32_t child, uint32_t end) {
  return (Twins){.there = true, .node = syntax_node(l->before->syntax), .depth = depth, .child = child, .end = end};
}

Twins again_enter_file(const Lower *l) {
  syntax_start(l->before->syntax);
  if (!syntax_down(l->before->syntax)) return (Twins){0};
  return at_first(l, 1, 0, l->before->unit->statement_count);
}

Twins again_enter_block(const Lower *l, const Twins *around, Keyword keyword) {
  Syntax *syntax = l->before->syntax;
  const Statement *old = &l->before->unit->statements[around->child];
  bool had = around->child < around->end && old->has_block && old->keyword == keyword &&
             old->span.start == around->node.span.start;
  if (!had || !syntax_down(syntax)) return (Twins){0};
  bool more = true;
  while (more && syntax_node(syntax).kind != NODE_BLOCK) more = syntax_next(syntax);
  if (more && syntax_down(syntax)) return at_first(l, 2, around->child + 1, old->after);
  syntax_up(syntax);
  return (Twins){0};
}

void again_leave(const Lower *l, const Twins *twins) {
  for (int i = 0; i < twins->depth; i++) syntax_up(l->before->syntax);
}

/* Where a place of the text stood before; false where it is new. */
static bool place_before(const Lower *l, uint32_t place, uint32_t *before) {
  *before = place >= l->edit.new.end ? place - l->edit.new.end + l->edit.old.end : place;
  return place >= l->edit.new.end || place <= l->edit.new.start;
}

bool again_find(const Lower *l, Twins *twins, Node node) {
  const Statement *old = l->before->unit->statements;
  uint32_t start;
  if (!place_before(l, node.span.start, &start)) return false;
  while (twins->there && twins->node.span.start < start) {
    twins->there = syntax_next(l->before->syntax);
    if (twins->there) twins->node = syntax_node(l->before->syntax);
  }
  if (!twins->there || twins->node.span.start != start || twins->node.kind != node.kind) return false;
  while (twins->child < twins->end && old[twins->child].span.start < start) twins->child = old[twins->child].after;
  return true;
}

/* ---- taking over ---- */

/* The first diagnostic that begins no further in front. */
static size_t first_said(const Lower *l, uint32_t place) {
  size_t from = 0, to = l->said.len;
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    if (l->said.at[middle].start < place) from = middle + 1;
    else to = middle;
  }
  return from;
}

/* Messages are made of whole lines. */
static bool has_its_lines(const Lower *l, Span member) {
  const Source *old = &l->before->unit->source;
  uint32_t start = source_line(old, member.start).start, end = source_line(old, member.end).end;
  return l->edit.old.end + 1 < start || l->edit.old.start > end + 2; /* with the line's end behind them */
}

/* What is to be added to the numbers of a statement; differences below zero wrap around. */
typedef struct {
  uint32_t at, value, place, name;
  uint32_t split, name_behind; /* the same for ids that stood behind the byte `split` */
} Move;

static uint32_t moved_name(uint32_t name, const Move *by) {
  return name + (name > by->split ? by->name_behind : by->name);
}

static void move(Statement *s, const Move *by) {
  s->parent += by->at;
  s->after += by->at;
  s->first_value += by->value;
  s->span.start += by->place;
  s->span.end += by->place;
  if (s->id_len > 0) s->id = s->own_id ? s->id + by->place : moved_name(s->id, by);
  if (s->doc != NONE) s->doc += by->place;
}

/* Seldom, since there is room for as many as before. */
#define grow(vec, count) \
  do { \
    if ((vec)->cap < (count)) vec_reserve((vec), 2 * (size_t)(count)); \
  } while (0)

static void take_values(Lower *l, uint32_t from, uint32_t to, uint32_t place) {
  grow(&l->values, l->values.len + (to - from));
  const Value *old = l->before->unit->values;
  Value *next = l->values.at + l->values.len;
  for (uint32_t i = from; i < to; i++, next++) {
    *next = old[i];
    next->span = (Span){old[i].span.start + place, old[i].span.end + place};
  }
  l->values.len += to - from;
}

/* The names behind it are those of its block, or of what stands in its line. */
static void take_names(Lower *l, uint32_t from, uint32_t to) {
  buf_add(&l->names, str_slice(l->before->unit->names, from, to));
}

static void take_below(Lower *l, uint32_t first, uint32_t end, const Move *by) {
  Statement *copy = l->statements.at + (first + by->at);
  bool silences = false;
  for (uint32_t i = 1; i < end - first; i++) {
    move(&copy[i], by);
    silences |= copy[i].keyword == K_SILENCE;
  }
  for (uint32_t i = first + 1; i < end; i++) l->names_at.at[i + by->at] = moved_name(l->before->names_at[i], by);
  l->unit->has_silences |= silences;
}

/* The statement `t` and all below it. */
static void take_statement(Lower *l, uint32_t t, uint32_t parent, uint32_t doc) {
  const Unit *old = l->before->unit;
  const Statement *top = &old->statements[t];
  const uint32_t *names_at = l->before->names_at;
  bool last = top->after == old->statement_count, made = top->id_len > 0 && !top->own_id;
  uint32_t names_end = last ? (uint32_t)old->names.len : names_at[top->after];
  uint32_t split = made ? top->id : names_end, at = (uint32_t)l->statements.len;
  Move by = {.at = at - t, .value = (uint32_t)l->values.len - top->first_value, .split = split};
  by.place = top->span.start < l->edit.old.end ? 0 : l->edit.new.end - l->edit.old.end;
  by.name = (uint32_t)l->names.len - names_at[t];
  grow(&l->statements, at + (top->after - t));
  grow(&l->names_at, at + (top->after - t));
  l->statements.len = l->names_at.len = at + (top->after - t);
  Statement *copy = &l->statements.at[at];
  memcpy(copy, top, (top->after - t) * sizeof *copy); /* all of them at once, since each is changed in few places */
  move(copy, &by);
  copy->parent = parent;
  copy->doc = doc;
  l->names_at.at[at] = (uint32_t)l->names.len;
  l->unit->has_silences |= top->keyword == K_SILENCE;
  take_values(l, top->first_value, last ? old->value_count : old->statements[top->after].first_value, by.place);
  take_names(l, names_at[t], split);
  if (schema_declares((Keyword)top->keyword)) lower_id(l, copy);
  if (made) split += top->id_len;
  by.name_behind = (uint32_t)l->names.len - split;
  take_names(l, split, names_end);
  take_below(l, t, top->after, &by);
}

/* ---- what was said of it ---- */

static Span shifted(Span span, uint32_t by) { return (Span){span.start + by, span.end + by}; }

/* What the file, or what the statements from `first` up to `end` stand in, says of them is said by those again. */
static bool is_its_own(const Lower *l, const Diagnostic *said, uint32_t first, uint32_t end) {
  const Statement *old = l->before->unit->statements;
  if (said->code == DIAG_NOT_UTF8 || said->code == DIAG_NUL_BYTE) return false;
  for (uint32_t at = first; at < end && said->code == DIAG_REPEATED; at = old[at].after)
    if (old[at].span.start == said->span.start) return false;
  return true;
}

static void say_again(Lower *l, const Diagnostic *said, uint32_t place) {
  Diagnostic again = diagnostic_copy(said, l->arena);
  again.unit = l->unit->number;
  again.span = shifted(again.span, place);
  if (again.has_fix) again.fix = shifted(again.fix, place);
  for (uint32_t i = 0; i < again.related_count; i++) {
    again.related[i].unit = l->unit->number;
    again.related[i].span = shifted(again.related[i].span, place);
  }
  vec_push(&l->unit->diagnostics.list, again);
}

/* In the order in which it was said. */
static void say_all_again(Lower *l, Said *said, size_t count, uint32_t first, uint32_t end, uint32_t place) {
  if (count > 1) qsort(said, count, sizeof *said, by_index);
  for (size_t i = 0; i < count; i++) {
    const Diagnostic *diagnostic = &l->before->unit->diagnostics.list.at[said[i].index];
    if (is_its_own(l, diagnostic, first, end)) say_again(l, diagnostic, place);
  }
  if (count > 1) qsort(said, count, sizeof *said, by_place);
}

bool again_take(Lower *l, Twins *twins, uint32_t parent) {
  if (!syntax_is_same(l->syntax, l->before->syntax)) return false;
  Span node = twins->node.span;
  size_t said = first_said(l, node.start), behind = first_said(l, node.end + 1);
  bool doubtful = said < behind && l->said.at[behind - 1].start == node.end; /* it may be of what stands behind */
  if (said < behind && (doubtful || !has_its_lines(l, node))) return false;
  const Statement *old = l->before->unit->statements;
  bool documented = l->doc.end > 0 && twins->node.kind == NODE_STATEMENT; /* arrows are not */
  uint32_t doc = documented ? l->doc.start : NONE, first = twins->child;
  while (twins->child < twins->end && old[twins->child].span.start < node.end) {
    take_statement(l, twins->child, parent, doc);
    twins->child = old[twins->child].after;
    doc = NONE;
  }
  uint32_t place = node.start < l->edit.old.end ? 0 : l->edit.new.end - l->edit.old.end;
  if (said < behind) say_all_again(l, l->said.at + said, behind - said, first, twins->child, place);
  return true;
}
