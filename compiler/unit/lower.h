/* The two halves of lowering: the walk (lower.c) and the words for what is wrong (complain.c). */
#ifndef JOURNEY_UNIT_LOWER_H
#define JOURNEY_UNIT_LOWER_H

#include "syntax/syntax.h"
#include "unit/unit.h"
#include "unit/value.h"

/* A statement whose line is still being read; those of a line stand within each other: touchpoint … feels … from … */
typedef struct {
  uint32_t at;
  Keyword keyword;
  unsigned slot; /* the next value */
  bool quiet;    /* a value was wrong already: one message a line is enough */
} Frame;

enum { LONGEST_LINE = 12 }; /* statements within each other on one line */

typedef struct {
  Unit *unit;
  Syntax *syntax;
  Arena *arena;
  VEC(Statement) statements;
  VEC(Value) values;
  Buf names;
  Span doc; /* the `///` lines waiting for their statement */
  int depth;
  bool told_deep, told_unclosed;
  struct { /* the ids made from titles, so that each is made once: open addressing */
    uint64_t *at;
    size_t cap, count;
  } made;
} Lower;

static inline Str lower_text(const Lower *l, Span span) { return source_text(&l->unit->source, span); }

/* A keyword that cannot stand here. Returns the one that was surely meant, or K_NONE. */
Keyword complain_keyword(Lower *l, Keyword parent, Span word);
/* A word behind a statement that is neither a value nor a property. Returns the property surely meant, and its frame;
 * -1: it is one of `around`, in which the line stands (K_NONE: at the top of the file). */
Keyword complain_word(Lower *l, const Frame *frames, int count, Keyword around, Span word, int *frame);
void complain_value(Lower *l, const Frame *frame, Node node);
void complain_range(Lower *l, const Frame *frame, const ValueRule *rule, Node node);
void complain_missing(Lower *l, const Frame *frame, Span head);
/* A comma with no name behind it, or where there is no list. */
void complain_comma(Lower *l, Frame *frame, Span comma);
void complain_stray(Lower *l, Span span);
void complain_broken(Lower *l, Keyword parent, Node node);
void complain_absent(Lower *l, uint32_t at, Keyword required);
/* A `silence` or a `rule` whose code, severity or reason is not as it must be. */
void complain_ruling(Lower *l, uint32_t at);
void complain_repeated(Lower *l, uint32_t first, uint32_t again);

/* Fills the unit from its source. */
void lower(Unit *unit);

#endif
