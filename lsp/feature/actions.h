/* What can be done at a place: mend what is wrong there, say what is missing, and change the map's shape. Listing is
 * cheap; what an action changes is worked out when it is chosen. */
#ifndef JOURNEY_LSP_FEATURE_ACTIONS_H
#define JOURNEY_LSP_FEATURE_ACTIONS_H

#include "lsp/feature/edits.h"
#include "lsp/feature/spot.h"
#include "lsp/workspace/findings.h"

typedef enum {
  ACTION_FIX,     /* `text` instead of `span` */
  ACTION_FIX_ALL, /* all sure fixes of the file */
  ACTION_SILENCE, /* `text`, a code or a check's name, in the statement */
  ACTION_ADD,     /* the property `keyword` with the value `text`, to the statement */
  ACTION_SOLVE,   /* an opportunity for the pain at the statement */
  ACTION_EXTRACT, /* the declarations in `span` to the file `text`, an absolute path */
  ACTION_VARIANT, /* of the journey at the statement */
  ACTION_EMOTION, /* the value at `span` is written as `text` */
  ACTION_DECLARE, /* `text`, which nothing declares, as a `keyword` */
  ACTION_IMPORTS, /* the file's `use` lines: sorted, each once, those that are needed */
  ACTION_KINDS
} ActionWhat;

typedef struct {
  ActionWhat what;
  const char *kind; /* the protocol's: "quickfix", "refactor.extract" … */
  Str title;
  Str disabled; /* why it can't be done here; empty: it can */
  bool preferred;
  const Diagnostic *finding; /* that it does away with; NULL: none */
  uint32_t at;               /* a statement of the file, or NONE */
  Span span;
  Str text;
  Keyword keyword;
} Action;

typedef struct {
  Arena *arena;
  const Spot *spot; /* its offset doesn't matter */
  Span range;
  FindingList soon, late;                                  /* of the file */
  bool (*wanted)(void *context, const char *kind);         /* whether actions of that kind were asked for; NULL: all */
  bool (*wanted_by_name)(void *context, const char *kind); /* whether the kind, or one above it, was named */
  void *context;
  bool makes_files; /* whether new files can be made */
  VEC(Action) list;
} Actions;

/* Fills the list; vec_free it. */
void actions_list(Actions *actions);
/* What it changes; false where it does not fit the file (any more). */
bool action_edit(const Spot *spot, const Action *action, FindingList soon, FindingList late, Edits *edits);

/* ---- the families of actions: each adds its own ---- */

void actions_of_findings(Actions *actions);
void actions_of_missing(Actions *actions, const Diagnostic *finding);
void actions_of_names(Actions *actions, const Diagnostic *finding);
/* What the statement in the range could say, though no finding asks for it; behind those that one asks for. */
void actions_of_lacks(Actions *actions);
void actions_of_sharing(Actions *actions);
void actions_of_journeys(Actions *actions);

bool action_fix_all(const Spot *spot, FindingList soon, FindingList late, Edits *edits);
bool action_silence(const Spot *spot, const Action *action, Edits *edits);
bool action_add(const Spot *spot, const Action *action, Edits *edits);
bool action_solve(const Spot *spot, const Action *action, Edits *edits);
bool action_declare(const Spot *spot, const Action *action, Edits *edits);
bool action_extract(const Spot *spot, const Action *action, Edits *edits);
bool action_variant(const Spot *spot, const Action *action, Edits *edits);
bool action_imports(const Spot *spot, Edits *edits);

/* Adds one, if its kind is wanted; the pointer is good until the next is added. NULL where it is not wanted. */
Action *actions_add(Actions *actions, ActionWhat what, const char *kind, Str title);

/* What people call it: a touchpoint is a step. */
const char *action_word(Keyword keyword);
/* `name`, or with a number behind it where something in that place (a journey; at NONE: the file) is called so. */
Str action_free_name(const Project *p, Ref place, Str name, Arena *arena);

#endif
