/* One file, lowered: its statements and their values as plain arrays, with spans; names are still open.
 * Lowering never fails: what is wrong becomes a diagnostic, and what is right stays. Immutable once made. */
#ifndef JOURNEY_UNIT_UNIT_H
#define JOURNEY_UNIT_UNIT_H

#include <stdatomic.h>

#include "schema/schema.h"
#include "source/diagnostic.h"

#define NONE UINT32_MAX

typedef struct {
  uint8_t
      type; /* ValueType, of what was found: V_REF for a name, V_NUMBER/V_SHARE/V_DURATION/V_MONEY for a V_QUANTITY */
  uint8_t slot;   /* which of the keyword's values it fills */
  uint16_t extra; /* V_CHOICE: its index; V_CODE: the DiagnosticCode, DIAG_COUNT for a name */
  Span span;      /* with its quotes */
  union {
    double number; /* V_NUMBER; V_SHARE 0..1; V_DURATION minutes; V_MONEY amount; V_DATE days; V_TIME minutes; V_EMOTION
                      on the map's scale */
    struct {
      float min, max;
    } range;
  };
} Value;

/* 36 bytes: a file has as many as it has lines, and more. */
typedef struct {
  uint8_t keyword; /* Keyword */
  bool has_block : 1;
  bool own_id : 1; /* the id was written, not made from the title */
  uint16_t value_count;
  uint32_t parent; /* NONE at the top level */
  uint32_t after; /* the statement behind this one's last descendant: children are index+1 … after, each skipping to its
                     own after */
  uint32_t first_value;
  Span span;         /* all of it, from the keyword to the end of its block */
  uint32_t id;       /* in `names` where !own_id, in the source where own_id */
  uint16_t id_len;   /* 0: it has none */
  uint16_t head_len; /* of the keyword; of an arrow, from its first name to its second */
  uint32_t doc;      /* where the `///` lines in front of it begin; NONE where there are none */
} Statement;

/* The keyword: what a message about the whole statement points at. */
static inline Span statement_head(const Statement *statement) {
  return (Span){statement->span.start, statement->span.start + statement->head_len};
}

/* A block of many children: which is the first of each keyword, so that nobody has to look through all of them. */
typedef struct {
  uint32_t at;
  uint32_t first[K_COUNT]; /* or NONE */
} WideBlock;

/* A name that a file declares. */
typedef struct {
  uint32_t at;    /* the statement */
  uint32_t place; /* the journey that it is a part of, the stage or step that it stands in; NONE: the file itself */
  uint32_t hash;  /* of the place and the name */
  uint32_t next;  /* in Unit.declared, of the same slot; NONE: the last */
} Declared;

typedef struct Unit {
  Source source;
  uint32_t number; /* in its project */
  const Statement *statements;
  uint32_t statement_count;
  const Value *values;
  uint32_t value_count;
  bool library;                    /* of the standard library, which is built into the program */
  bool script;                     /* a .lua file: only its text */
  const struct Baseline *baseline; /* a file that lists old warnings: that, and its text; else NULL */
  Str names;
  bool has_silences;     /* whether any statement is a `silence` */
  const WideBlock *wide; /* in the order of the statements */
  uint32_t wide_count;
  const Declared *declared; /* in the order of the statements; what stands in a step twice, see names.c */
  uint32_t declared_count;
  const uint32_t
      *slots; /* a power of two of them, each the first of some of `declared`, or NONE; NULL where there are none */
  uint32_t slot_mask;
  bool only_journeys; /* it declares nothing beside journeys, and what is part of them */
  Arena *arena;
  Diagnostics diagnostics; /* of syntax and schema */
  atomic_uint *owners;     /* how many still have to free it */
  struct Unit *of;         /* whose arrays these are; NULL: its own */
} Unit;

/* Parses and lowers; `source` must outlive the unit or live in `arena`, which the unit takes over. */
Unit *unit_new(Arena *arena, Source source, uint32_t number);
/* A file of another kind, such as journey.json: only its text, for messages about it. */
Unit *unit_of_text(Arena *arena, Source source, uint32_t number);
/* By the last of its owners. */
void unit_free(Unit *unit);
/* One owner more; each calls unit_free. On any thread. */
Unit *unit_share(Unit *unit);
/* The same unit under another number, also in its diagnostics; it shares all else. It is to be freed on its own. */
Unit *unit_renumbered(Unit *unit, uint32_t number);

/* A text under edit: what was read of it is kept, so that only what changed is read again. Used by one thread at a
 * time, not always by the same one. */
typedef struct UnitKeep UnitKeep;
UnitKeep *unit_keep_new(void);
void unit_keep_free(UnitKeep *keep); /* NULL is fine */
/* As unit_new, and the same unit as unit_new would make of that text, whatever `keep` held before. */
Unit *unit_new_edited(UnitKeep *keep, Arena *arena, Source source, uint32_t number);
/* The tree of its last text, mended as it was lowered; NULL before there is one. Owned by `keep`, and good until the
 * next text. */
struct Syntax *unit_keep_syntax(UnitKeep *keep);

static inline uint32_t unit_first_child(const Unit *unit, uint32_t at) {
  return at + 1 < unit->statements[at].after ? at + 1 : NONE;
}
static inline uint32_t unit_next_sibling(const Unit *unit, uint32_t at) {
  uint32_t after = unit->statements[at].after, parent = unit->statements[at].parent;
  uint32_t end = parent == NONE ? unit->statement_count : unit->statements[parent].after;
  return after < end ? after : NONE;
}
/* The first statement that begins at or behind the byte; their number where none does. They stand in the order in which
 * they begin. */
uint32_t unit_first_from(const Unit *unit, uint32_t offset);
/* The first child with that keyword, or NONE. */
uint32_t unit_child(const Unit *unit, uint32_t at, Keyword keyword);
/* The statement's value in that slot, or NULL; for V_REFS the first of them. */
const Value *unit_value(const Unit *unit, uint32_t at, unsigned slot);
/* The id, written or made from the title; empty where there is none. */
Str unit_id(const Unit *unit, uint32_t at);
/* The name that a statement declares: its id, or for `use "metrics/x.lua"` the file's name without its ending. */
Str unit_name(const Unit *unit, uint32_t at);
/* The next statement that declares that name in that place, behind `*entry`, an index into `declared`; start from NONE.
 * NONE at the end. */
uint32_t unit_next_declared(const Unit *unit, uint32_t place, Str name, uint32_t *entry);
/* The journey around the statement, or itself; NONE outside of journeys. */
uint32_t unit_journey(const Unit *unit, uint32_t at);
/* A value's text: without quotes, escapes undone, lines of a text block joined without their common indentation. In
 * `arena`. */
Str unit_text(const Unit *unit, Arena *arena, const Value *value);
/* The text of slot `slot`, or an empty one. */
Str unit_text_of(const Unit *unit, Arena *arena, uint32_t at, unsigned slot);
static inline Str unit_raw(const Unit *unit, const Value *value) { return source_text(&unit->source, value->span); }

/* The `///` lines in front of a statement, as one text; empty where there are none. */
Str unit_doc(const Unit *unit, Arena *arena, uint32_t at);

/* An id made from a title: lower case, letters and digits of any script kept, the rest one `-`. */
void unit_slug(Buf *to, Str title);

#endif
