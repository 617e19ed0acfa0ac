/* What must hold for the formatter, whatever it is given. Used by test_format.c and fuzz/fuzz_format.c. */
#ifndef JOURNEY_TESTS_UNIT_FORMAT_PROPERTIES_H
#define JOURNEY_TESTS_UNIT_FORMAT_PROPERTIES_H

#include <stdio.h>

#include "base/vec.h"
#include "format/format.h"
#include "syntax/syntax.h"
#include "unit/unit.h"

/* ---- the same leaves: their kinds and texts, with nothing of the formatter's own code ---- */

typedef struct {
  VEC(Node) list;
  Str text;
} Leaves;

static Leaves leaves_of(Str text) {
  Leaves leaves = {.text = text};
  Syntax *syntax = syntax_parse(text, false);
  syntax_start(syntax);
  for (size_t depth = 0;;) {
    Node node = syntax_node(syntax);
    if (node.kind != NODE_TEXT_BLOCK && syntax_down(syntax)) {
      depth++;
      continue;
    }
    if (depth > 0) vec_push(&leaves.list, node);
    while (depth > 0 && !syntax_next(syntax)) {
      syntax_up(syntax);
      depth--;
    }
    if (depth == 0) break;
  }
  syntax_free(syntax);
  return leaves;
}

static void add_replacing(Buf *to, Str text, const char *from, const char *with) {
  size_t len = strlen(from);
  for (size_t i = 0; i < text.len;) {
    bool found = text.len - i >= len && memcmp(text.at + i, from, len) == 0;
    if (found) buf_add_c(to, with);
    else buf_add_byte(to, text.at[i]);
    i += found ? len : 1;
  }
}

/* The letters of a leaf, in the one spelling; white space at the ends of lines is left out. */
static void spell_leaf(Buf *to, NodeKind kind, Str text) {
  if (kind == NODE_TEXT_BLOCK) {
    for (size_t i = 0; i < text.len; i++)
      if (!strchr(" \t\f\v\r\n", text.at[i])) buf_add_byte(to, text.at[i]);
  } else if (kind == NODE_STRING && str_starts(text, STR("\xE2\x80\x9C")) && !memchr(text.at, '"', text.len) &&
             !memchr(text.at, '\\', text.len)) {
    buf_printf(to, "\"" STR_FMT "\"", STR_ARG(str_slice(text, 3, text.len - 3)));
  } else if (kind == NODE_OPERATOR || kind == NODE_SIGN) {
    Buf half = {0}, more = {0};
    add_replacing(&half, text, "\xE2\x89\xA5", ">=");
    add_replacing(&more, buf_str(&half), "\xE2\x89\xA4", "<=");
    add_replacing(to, buf_str(&more), "\xE2\x86\x92", "->");
    buf_free(&half);
    buf_free(&more);
  } else if (kind >= NODE_NUMBER && kind <= NODE_RANGE && kind != NODE_DURATION) {
    Buf half = {0}, more = {0};
    add_replacing(&half, text, "\xE2\x88\x92", "-");
    add_replacing(&more, buf_str(&half), " ", "");
    add_replacing(to, buf_str(&more), "\t", "");
    buf_free(&half);
    buf_free(&more);
  } else if (kind == NODE_COMMENT || kind == NODE_DOC_COMMENT || kind == NODE_UNCLOSED_STRING) {
    while (text.len > 0 && strchr(" \t\f\v", text.at[text.len - 1])) text.len--;
    buf_add(to, text);
  } else buf_add(to, text);
}

static bool same_leaves(Str a, Str b) {
  Leaves left = leaves_of(a), right = leaves_of(b);
  bool same = left.list.len == right.list.len;
  for (size_t i = 0; same && i < left.list.len; i++) {
    Node x = left.list.at[i], y = right.list.at[i];
    Buf one = {0}, other = {0};
    spell_leaf(&one, x.kind, str_slice(a, x.span.start, x.span.end));
    spell_leaf(&other, y.kind, str_slice(b, y.span.start, y.span.end));
    same = x.kind == y.kind && str_is(buf_str(&one), buf_str(&other));
    if (!same)
      fprintf(stderr, "leaf %zu: " STR_FMT " | " STR_FMT "\n", i, STR_ARG(buf_str(&one)), STR_ARG(buf_str(&other)));
    buf_free(&one);
    buf_free(&other);
  }
  vec_free(&left.list);
  vec_free(&right.list);
  return same;
}

/* ---- the same model ---- */

static bool same_value(const Unit *a, const Value *x, const Unit *b, const Value *y, Arena *arena) {
  if (x->type != y->type || x->slot != y->slot || x->extra != y->extra) return false;
  switch (x->type) {
    case V_RANGE: return x->range.min == y->range.min && x->range.max == y->range.max;
    case V_NUMBER:
    case V_SHARE:
    case V_DURATION:
    case V_MONEY:
    case V_DATE:
    case V_TIME:
    case V_EMOTION: return x->number == y->number;
    case V_OPERATOR: {
      Buf one = {0}, other = {0};
      spell_leaf(&one, NODE_OPERATOR, unit_raw(a, x));
      spell_leaf(&other, NODE_OPERATOR, unit_raw(b, y));
      bool same = str_is(buf_str(&one), buf_str(&other));
      buf_free(&one);
      buf_free(&other);
      return same;
    }
    default: return str_is(unit_text(a, arena, x), unit_text(b, arena, y));
  }
}

static bool same_statement(const Unit *a, const Unit *b, uint32_t at, Arena *arena) {
  const Statement *x = &a->statements[at], *y = &b->statements[at];
  return x->keyword == y->keyword && x->has_block == y->has_block && x->own_id == y->own_id &&
         x->value_count == y->value_count && x->parent == y->parent && x->after == y->after &&
         x->first_value == y->first_value && str_is(unit_id(a, at), unit_id(b, at)) &&
         str_is(unit_doc(a, arena, at), unit_doc(b, arena, at));
}

static bool unit_same(const Unit *a, const Unit *b) {
  Arena *arena = arena_new();
  bool same = a->statement_count == b->statement_count && a->value_count == b->value_count &&
              a->diagnostics.list.len == b->diagnostics.list.len;
  for (uint32_t i = 0; same && i < a->statement_count; i++) same = same_statement(a, b, i, arena);
  for (uint32_t i = 0; same && i < a->value_count; i++) same = same_value(a, &a->values[i], b, &b->values[i], arena);
  for (size_t i = 0; same && i < a->diagnostics.list.len; i++)
    same = a->diagnostics.list.at[i].code == b->diagnostics.list.at[i].code;
  arena_free(arena);
  return same;
}

static bool same_model(Str a, Str b) {
  Unit *left = unit_new(arena_new(), (Source){.path = STR("a.journey"), .text = a}, 0);
  Unit *right = unit_new(arena_new(), (Source){.path = STR("a.journey"), .text = b}, 0);
  bool same = unit_same(left, right);
  unit_free(left);
  unit_free(right);
  return same;
}

/* ---- all of them ---- */

/* What does not hold, or NULL. */
static const char *format_fault(Str text) {
  Arena *arena = arena_new();
  const char *fault = NULL;
  Formatted once = format_text(arena, text);
  Formatted twice = format_text(arena, once.text);
  Str before = text;
  if (str_starts(before, STR("\xEF\xBB\xBF"))) before = str_slice(before, 3, before.len);
  if (once.changed != !str_is(text, once.text)) fault = "it says whether something changed";
  else if (once.status == FORMAT_REFUSED) fault = str_is(text, once.text) ? NULL : "what is refused stays as it was";
  else if (twice.changed || !str_is(once.text, twice.text)) fault = "formatting twice changes nothing more";
  else if (once.changed && !same_leaves(before, once.text)) fault = "the same words and signs, in the same order";
  else if (once.changed && !same_model(before, once.text)) fault = "the same model";
  arena_free(arena);
  return fault;
}

#endif
