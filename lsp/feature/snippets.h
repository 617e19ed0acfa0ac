/* Whole statements with tab stops: what completion offers, and the file of snippets of editors that have no server. */
#ifndef JOURNEY_LSP_FEATURE_SNIPPETS_H
#define JOURNEY_LSP_FEATURE_SNIPPETS_H

#include "schema/schema.h"

/* In a body, `${2:web=channel}` is a tab stop to choose from the channels there are, or with `web` where there are
 * none;
 * `${4:=today}` one with the date; `$0` is where the cursor comes to rest. */
typedef struct {
  Keyword parent, keyword;
  const char *detail, *body;
} Snippet;

/* All of them, ended by one without a keyword. */
const Snippet *snippets_all(void);

#endif
