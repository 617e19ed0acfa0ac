/* A Mermaid journey diagram as it was read: its head, and its sections, tasks and comments in their order. */
#ifndef JOURNEY_IMPORT_DIAGRAM_H
#define JOURNEY_IMPORT_DIAGRAM_H

#include "import/mermaid.h"

typedef enum {
  PIECE_COMMENT, /* belongs to what follows it */
  PIECE_REMARK,  /* a line that could not be drawn: stays where it stood */
  PIECE_SECTION,
  PIECE_TASK,
} PieceKind;

typedef struct {
  PieceKind kind;
  Str text; /* a comment without its sign, a section's or a task's name */
  double score;
  uint32_t first_actor, actor_count; /* in Diagram.actors */
} Piece;

typedef struct {
  Str title;        /* empty where there is none */
  Str spoken_title; /* accTitle */
  Str description;  /* accDescr: one line or several */
  VEC(Str) before;  /* comments in front of the diagram */
  VEC(Piece) pieces;
  VEC(Str) actors;
  Str other_kind; /* the word that a diagram of another kind starts with */
} Diagram;

/* The lines of a text, or of a part of it. `quotes` levels of Markdown's `>` are taken off each. */
typedef struct {
  Str rest;
  uint32_t line; /* of the line that next_line gave last */
  int quotes;
} Lines;

/* Without its end, which may be LF, CRLF or CR. */
bool next_line(Lines *lines, Str *line);

typedef enum { DIAGRAM_JOURNEY, DIAGRAM_OTHER, DIAGRAM_EMPTY } DiagramKind;

/* Texts live in the arena; the lists are freed with diagram_free. */
DiagramKind diagram_read(Lines lines, Arena *arena, Diagram *diagram, ImportProblems *problems);
void diagram_free(Diagram *diagram);

void import_problem(ImportProblems *problems, uint32_t line, const char *help, const char *message, ...)
    __attribute__((format(printf, 4, 5)));

/* Mermaid's text as a person reads it: entities (#58; &amp;) undone, <br> and control characters a space.
 * (mermaid_text.c) */
Str mermaid_plain(Arena *arena, Str text);
/* The bytes of the entity that begins here; 0 where none does. */
size_t mermaid_entity(Str text, size_t at);
/* The text as a message quotes it: its beginning, where it is long. */
Str mermaid_excerpt(Arena *arena, Str text);

/* The .journey text of all of them. `name`: of the file that they come from. (journey_text.c) */
void journey_text_write(const Diagram *diagrams, size_t count, Str name, Arena *arena, Buf *to);

#endif
