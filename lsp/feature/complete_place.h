/* Where the cursor stands, for whoever wants to go on writing there: in which block, behind which words of its line.
 *
 * Only what stands in front of the word under the cursor counts, so that a line that is half typed, or broken behind
 * the cursor, is understood as it was when it was being written. */
#ifndef JOURNEY_LSP_FEATURE_COMPLETE_PLACE_H
#define JOURNEY_LSP_FEATURE_COMPLETE_PLACE_H

#include "lsp/feature/spot.h"

/* A statement of the line that is still open: `touchpoint … feels … from` are three. */
typedef struct {
  Keyword keyword;
  uint32_t at;        /* in the file as it is now; NONE: it isn't there, since the line is broken */
  unsigned slot;      /* the next of its values */
  unsigned given;     /* how many it has */
  const Span *values; /* where they stand, in the file */
} PlaceFrame;

enum { PLACE_FRAMES = 12 };

typedef enum {
  COMPLETE_NOTHING, /* a comment, a text block, a block that nobody knows */
  COMPLETE_STATEMENT,
  COMPLETE_REST,  /* of a statement: frames */
  COMPLETE_SIGN,  /* of an arrow, behind its first step */
  COMPLETE_ARROW, /* the step that an arrow leads to */
} CompleteKind;

typedef struct {
  CompleteKind kind;
  Span word;                 /* what would be replaced: the word, or the inside of a text; empty where there is none */
  Str typed;                 /* of it, what stands in front of the cursor */
  bool is_quoted, is_closed; /* the word is the inside of a text, whose closing quote is there */
  bool is_last;              /* nothing but a comment stands behind the word on its line */
  bool behind_comma;
  bool is_block_here;              /* the block begins on this line */
  Keyword block;                   /* around the line: K_FILE at the top */
  uint32_t block_at;               /* its statement; NONE: the file, or one that is not there now */
  PlaceFrame frames[PLACE_FRAMES]; /* the outermost first */
  int frame_count;
} CompletePlace;

CompletePlace complete_place(const Spot *spot, Arena *arena);
/* The statement of the file that begins at that byte and has the keyword; NONE. */
uint32_t statement_starting(const Unit *unit, uint32_t start, Keyword keyword);

#endif
