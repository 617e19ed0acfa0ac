/* How well a few typed letters fit a name. */
#ifndef JOURNEY_LSP_FEATURE_FUZZY_H
#define JOURNEY_LSP_FEATURE_FUZZY_H

#include "base/str.h"

enum { FUZZY_LONGEST = 96, FUZZY_NO = INT32_MIN };

/* What was typed, without spaces, in lower case. Only the first FUZZY_LONGEST characters count. */
typedef struct {
  int32_t at[FUZZY_LONGEST];
  uint32_t len;
} FuzzyQuery;

FuzzyQuery fuzzy_query(Str typed);
/* FUZZY_NO where the characters do not all stand in the name, in their order; else the larger the better: those at the
 * beginnings of words count more, and those that stand together, in a short name. An empty query fits all alike. */
int fuzzy_score(const FuzzyQuery *query, Str name);

#endif
