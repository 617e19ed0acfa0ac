/* What the words of a file mean: so that an editor can colour names by what they are. */
#ifndef JOURNEY_LSP_FEATURE_SEMANTICS_H
#define JOURNEY_LSP_FEATURE_SEMANTICS_H

#include "lsp/feature/spot.h"

typedef enum {
  MEANING_KEYWORD,
  MEANING_JOURNEY,
  MEANING_STAGE,
  MEANING_STEP,
  MEANING_CLIENT, /* a persona, segment or actor */
  MEANING_TEAM,
  MEANING_SYSTEM,
  MEANING_EVIDENCE,
  MEANING_METRIC,
  MEANING_FINDING, /* a pain or an opportunity */
  MEANING_WORD,    /* of a vocabulary: a channel, an emotion, a choice … */
  MEANING_CHECK,   /* a code, or a check of the project's own */
  MEANING_TEXT,
  MEANING_NUMBER, /* or an amount, a date, a colour */
  MEANING_OPERATOR,
  MEANING_COMMENT,
  MEANING_COUNT
} Meaning;

enum {
  MEANING_DECLARES = 1, /* the name is declared here */
  MEANING_BUILT_IN = 2, /* it is one of the standard library, or of the language */
  MEANING_DOCUMENTS = 4 /* a comment that documents what follows */
};

typedef struct {
  Span span; /* may reach over several lines */
  uint8_t meaning, marks;
} MeaningToken;

/* The tokens of the spot's file that touch `span`, in order, none in another; they live in `arena`. What is wrong, and
 * names that mean nothing, have none. */
size_t semantics_of(const Spot *spot, Span span, Arena *arena, MeaningToken **tokens);

/* What a name means that is declared by this keyword. */
Meaning semantics_meaning(Keyword declared);

#endif
