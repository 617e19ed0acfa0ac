/* Which of the field's stage names a stage goes under: what it says with `as`, else its id or title. */
#ifndef JOURNEY_CHECK_STAGE_NAMES_H
#define JOURNEY_CHECK_STAGE_NAMES_H

#include "check/rules.h"

typedef struct {
  Ref at;
  Str id, title;
} StageName;

typedef struct {
  const Rules *rules;
  StageName *seen; /* by the journey's file */
  size_t count;
} StageNames;

StageNames stage_names_seen(const Rules *rules);
/* NO_REF: none of them. */
Ref stage_names_of(const StageNames *names, const Stage *stage);
/* The id of the name that it is another word for, at the end of them all; empty for NO_REF. */
Str stage_names_canonical(const StageNames *names, Ref name);

/* Stages that keep to the map's vocabulary: its names, in its order. */
void check_vocabulary(const Rules *rules, const StageNames *names);

#endif
