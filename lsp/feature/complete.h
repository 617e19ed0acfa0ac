/* What may be written at a place: keywords, names, values, files, whole statements; each with a word on it. */
#ifndef JOURNEY_LSP_FEATURE_COMPLETE_H
#define JOURNEY_LSP_FEATURE_COMPLETE_H

#include "lsp/feature/spot.h"

typedef enum {
  COMPLETION_KEYWORD,
  COMPLETION_SNIPPET, /* a whole statement */
  COMPLETION_NAME,
  COMPLETION_CHOICE,
  COMPLETION_VALUE, /* a number, a time, a date, an amount */
  COMPLETION_OPERATOR,
  COMPLETION_COLOUR,
  COMPLETION_CODE,
  COMPLETION_FILE,
  COMPLETION_FOLDER,
  COMPLETION_COLUMN,
  COMPLETION_TEXT, /* quotes, to be filled */
} CompletionKind;

typedef struct {
  CompletionKind kind;
  Keyword keyword; /* of KEYWORD and SNIPPET; of a NAME, what it is */
  uint8_t rank;    /* the lower, the earlier */
  bool is_snippet; /* `insert` has tab stops, as the protocol writes them */
  Str label;
  Str detail;      /* a title, the meaning of a value; may be empty */
  Str description; /* what it is, and where it comes from; may be empty */
  Str insert;      /* empty: the label */
  Str filter;      /* what is typed to find it; empty: the label */
  Ref ref;         /* of a NAME; else NO_REF */
  Str use;         /* of a NAME: the file that has to be brought in, as `use` names it; empty: none */
  Str code;        /* of CODE */
} Completion;

typedef struct {
  Completion *list; /* in the order in which they are to be shown */
  size_t count;
  bool is_cut;          /* there are more */
  bool is_list;         /* a comma may follow each name */
  Span insert, replace; /* what one of them stands in place of: up to the cursor, or the whole word */
} Completions;

typedef struct {
  char trigger;                           /* the sign that was just typed; 0: the client asks by itself */
  bool takes_snippets;                    /* else statements are plain text */
  FindingList (*findings)(void *context); /* of the file, asked for where a code is to be silenced */
  void *context;
} CompletionAsk;

Completions complete(const Spot *spot, const CompletionAsk *ask, Arena *arena);

/* What one of them is, at length. Both empty where there is nothing to say. */
typedef struct {
  Str markdown, plain;
} CompletionWords;

CompletionWords completion_keyword_words(Keyword keyword, Arena *arena);
CompletionWords completion_name_words(const Snapshot *snapshot, const Late *late, Ref ref, Arena *arena);
CompletionWords completion_code_words(Str code, Arena *arena);

/* The line that brings a file in, and where it goes: behind the other `use`, else at the top. */
typedef struct {
  Span span;
  Str text;
} UseEdit;
UseEdit use_edit(const Unit *unit, Str file, Arena *arena);

#endif
