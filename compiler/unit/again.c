/* Lowering a text that was lowered before and has changed in one place: a member of a block that is one and the same in
 * both trees, and of which nothing was said, became statements that differ in nothing but their numbers and places.
 * What depends on its neighbours, its doc comment and the number behind a title's id, is found anew. */
#include <stdlib.h>

#include "unit/lower.h"

static int by_size(const void *a, const void *b) {
  uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
  return left < right ? -1 : left > right;
}

void again_start(Lower *l) {
  const Unit *old = l->before->unit;
  for (size_t i = 0; i < old->diagnostics.list.len; i++) vec_push(&l->said, old->diagnostics.list.at[i].span.start);
  if (l->said.len > 1) qsort(l->said.at, l->said.len, sizeof *l->said.at, by_size);
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

/* A diagnostic begins in it, or right behind it. */
static bool was_said_in(const Lower *l, Span span) {
  size_t from = 0, to = l->said.len;
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    if (l->said.at[middle] < span.start) from = middle + 1;
    else to = middle;
  }
  return from < l->said.len && l->said.at[from] <= span.end;
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

bool again_take(Lower *l, Twins *twins, uint32_t parent) {
  if (!syntax_is_same(l->syntax, l->before->syntax) || was_said_in(l, twins->node.span)) return false;
  const Statement *old = l->before->unit->statements;
  bool documented = l->doc.end > 0 && twins->node.kind == NODE_STATEMENT; /* arrows are not */
  uint32_t doc = documented ? l->doc.start : NONE;
  while (twins->child < twins->end && old[twins->child].span.start < twins->node.span.end) {
    take_statement(l, twins->child, parent, doc);
    twins->child = old[twins->child].after;
    doc = NONE;
  }
  return true;
}
