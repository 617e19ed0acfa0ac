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
  bool named;    /* it has its id */
} Frame;

enum { LONGEST_LINE = 12 }; /* statements within each other on one line */

/* What is remembered of a unit, so that the one of the next text may take over from it. */
typedef struct {
  Unit *unit;         /* NULL: there is none */
  Syntax *syntax;     /* that it was made of, by syntax_parse_again */
  uint32_t *names_at; /* of each statement: how many bytes of ids were made in front of it */
  bool told;          /* a block is too deep or never closed, which is said once of many: nothing can be taken over */
} Lowered;

/* Where a diagnostic begins, and which of its unit's it is. */
typedef struct {
  uint32_t start, index;
} Said;

typedef struct {
  Unit *unit;
  Syntax *syntax;
  Arena *arena;
  const Lowered *before;  /* to take over from; NULL: nothing */
  SyntaxEdit edit;        /* what has changed since */
  VEC(Said) said;         /* the diagnostics of `before`, by their places */
  bool keeps;             /* names_at is wanted */
  VEC(uint32_t) names_at; /* see Lowered */
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

/* Gives the statement the id that was written, or one made from its title, once it has its values. */
void lower_id(Lower *l, Statement *statement);

/* A block that is lowered again: its members in the tree before, from the first to the last, and the statements that
 * they became. */
typedef struct {
  bool there; /* the walk of the tree before stands at one of them; false: nothing can be taken over any more */
  Node node;  /* which */
  int depth;  /* how far the walk went down to them */
  uint32_t child, end; /* the first statement that comes from it or from one behind it; the one behind all */
} Twins;

/* Enters the file, or the block of the member that was found among `around` and became the one of a statement of that
 * keyword; where there is none, nothing will be found in it. */
void again_start(Lower *l);
Twins again_enter_file(const Lower *l);
Twins again_enter_block(const Lower *l, const Twins *around, Keyword keyword);
void again_leave(const Lower *l, const Twins *twins);
/* Goes on to the member that became `node`, a statement or an arrow; false where there is none. */
bool again_find(const Lower *l, Twins *twins, Node node);
/* Takes the statements of the found member over, under `parent`, and what was said of it, where nothing has changed in
 * it nor, if something was said, in its lines. The walk of the new tree stands at it, too. */
bool again_take(Lower *l, Twins *twins, uint32_t parent);

/* Fills the unit from its source, whose tree is given. `keep` may be NULL, else it gets names_at and `told`; `before`,
 * too, of which `edit` made the text. */
void lower(Unit *unit, Syntax *syntax, const Lowered *before, SyntaxEdit edit, Lowered *keep);

/* The two ends of unit_new: a unit with a text that can be read, and all that follows from its statements. */
Unit *unit_start(Arena *arena, Source source, uint32_t number);
void unit_finish(Unit *unit);
/* Fills the table of its names. */
void unit_declare(Unit *unit);

#endif
