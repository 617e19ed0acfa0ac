/* Whether two units are the same, for test_keep.c and its fuzz target. */
#ifndef JOURNEY_TESTS_SAME_UNIT_H
#define JOURNEY_TESTS_SAME_UNIT_H

#include "unit/unit.h"

static inline bool same_span(Span a, Span b) { return a.start == b.start && a.end == b.end; }

static inline bool same_diagnostic(const Diagnostic *a, const Diagnostic *b) {
  bool same = a->code == b->code && a->severity == b->severity && a->unit == b->unit && same_span(a->span, b->span) &&
              str_is(a->message, b->message) && str_is(a->help, b->help) && a->related_count == b->related_count &&
              a->has_fix == b->has_fix && a->fix_is_sure == b->fix_is_sure;
  if (same && a->has_fix) same = same_span(a->fix, b->fix) && str_is(a->replacement, b->replacement);
  for (uint32_t i = 0; same && i < a->related_count; i++)
    same = a->related[i].unit == b->related[i].unit && same_span(a->related[i].span, b->related[i].span) &&
           str_is(a->related[i].text, b->related[i].text);
  return same;
}

static inline bool same_diagnostics(const Diagnostics *a, const Diagnostics *b) {
  bool same = a->list.len == b->list.len;
  for (size_t i = 0; same && i < a->list.len; i++) same = same_diagnostic(&a->list.at[i], &b->list.at[i]);
  return same;
}

static inline bool same_statement(const Statement *a, const Statement *b) {
  return a->keyword == b->keyword && a->has_block == b->has_block && a->own_id == b->own_id &&
         a->value_count == b->value_count && a->parent == b->parent && a->after == b->after &&
         a->first_value == b->first_value && same_span(a->span, b->span) && a->id == b->id && a->id_len == b->id_len &&
         a->head_len == b->head_len && a->doc == b->doc;
}

static inline bool same_value(const Value *a, const Value *b) {
  return a->type == b->type && a->slot == b->slot && a->extra == b->extra && same_span(a->span, b->span) &&
         memcmp(&a->number, &b->number, sizeof a->number) == 0;
}

/* NULL: they are; else what differs. */
static inline const char *unit_difference(const Unit *a, const Unit *b) {
  if (!str_is(a->source.text, b->source.text)) return "text";
  if (a->statement_count != b->statement_count) return "number of statements";
  for (uint32_t i = 0; i < a->statement_count; i++)
    if (!same_statement(&a->statements[i], &b->statements[i])) return "statements";
  if (a->value_count != b->value_count) return "number of values";
  for (uint32_t i = 0; i < a->value_count; i++)
    if (!same_value(&a->values[i], &b->values[i])) return "values";
  if (!str_is(a->names, b->names)) return "names";
  if (a->has_silences != b->has_silences || a->library != b->library || a->script != b->script) return "marks";
  if (a->wide_count != b->wide_count) return "number of wide blocks";
  for (uint32_t i = 0; i < a->wide_count; i++)
    if (memcmp(&a->wide[i], &b->wide[i], sizeof a->wide[i]) != 0) return "wide blocks";
  return same_diagnostics(&a->diagnostics, &b->diagnostics) ? NULL : "diagnostics";
}

#endif
