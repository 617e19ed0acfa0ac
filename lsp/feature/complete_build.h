/* What the halves of completion have in common: the list that grows, and where it is asked for. */
#ifndef JOURNEY_LSP_FEATURE_COMPLETE_BUILD_H
#define JOURNEY_LSP_FEATURE_COMPLETE_BUILD_H

#include "base/vec.h"
#include "lsp/feature/complete.h"
#include "lsp/feature/complete_place.h"

enum {
  MOST_COMPLETIONS = 250,
  /* Ranks. */
  FIRST = 10, /* what is missing, or surely meant */
  USUAL = 20,
  FURTHER = 30, /* what must be brought in, what is seldom meant */
  LAST = 40,
};

typedef struct {
  const Spot *spot;
  const CompletionAsk *ask;
  const Project *p;
  const Unit *unit;
  Arena *arena;
  CompletePlace place;
  VEC(Completion) list;
  bool is_cut;
} Completer;

/* Adds it, if what is typed may mean it and there is room. */
void completer_add(Completer *c, Completion completion);
/* Whether the letters that are typed stand in the word, in this order, in any case. */
bool completer_fits(const Completer *c, Str word);
static inline const PlaceFrame *completer_frame(const Completer *c) {
  return &c->place.frames[c->place.frame_count - 1];
}
/* A value of the file that bears the words already: one of the list in front of the cursor. */
bool completer_is_listed(const Completer *c, Str word);
/* The journey around the cursor; NO_REF. */
Ref completer_journey(const Completer *c);
/* The folder of the file that is edited, without a slash behind it. */
Str completer_folder(const Completer *c);

/* ---- each its own file ---- */

/* Names of things that the target may be. */
void complete_names(Completer *c, Keyword target, uint8_t rank);
/* The usual stages of the field that the journey does not have yet. */
void complete_stage_names(Completer *c);
/* Ends of a path: `starts`, `leaves`, `ends`. */
void complete_path_ends(Completer *c, bool is_start);
/* A value by its rule, which is none of names, texts and files. */
void complete_value(Completer *c, const ValueRule *rule, uint8_t rank);
/* What is left of the clients behind a step of a path. */
void complete_share_left(Completer *c, uint32_t arrow);
/* Files for a `use`, a `computed-by`, a `file`. */
void complete_files(Completer *c, Keyword keyword);
/* Columns of the file of an evidence, or of those that a measure stands on. */
void complete_columns(Completer *c, const PlaceFrame *frame);
/* What happens in the event logs that maps are held against: those that no step is yet come first. */
void complete_activities(Completer *c);
/* The settings of the Lua file of a metric or check. */
void complete_settings(Completer *c);
/* Statements with all that usually stands in them. */
void complete_snippets(Completer *c, Keyword parent, Keyword keyword, uint8_t rank);
/* Braces behind a statement that may have a block. */
void complete_block(Completer *c, const PlaceFrame *frame);

#endif
