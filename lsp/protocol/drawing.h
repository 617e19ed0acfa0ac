/* What is drawn and printed of maps, which the server does not know how to do: the program hands it this table, so that
 * server and writers never include each other. */
#ifndef JOURNEY_LSP_PROTOCOL_DRAWING_H
#define JOURNEY_LSP_PROTOCOL_DRAWING_H

#include "evidence/evidence.h"
#include "metric/metric.h"
#include "project/project.h"

/* A step in a drawing: the id of its element there, the statement that declares it, and in a text, where it stands. */
typedef struct {
  Str id;
  Ref at;
  struct {
    uint32_t line, column, height, width; /* lines and columns from 0; height 0: it is no text */
  } box;
} DrawnPlace;

typedef struct {
  const DrawnPlace *at;
  uint32_t count;
} DrawnPlaces;

typedef struct {
  const Project *project;
  const Evidence *evidence; /* NULL: nothing was read */
  const Figures *figures;   /* NULL: nothing was counted */
  Arena *arena;
  uint32_t width; /* of texts: columns */
} DrawingOf;

/* Live pages in a browser. Each may be called by any thread. */
typedef struct {
  void *context;
  /* Makes the page of that name, or changes it; the title and the drawing stay where they are empty. False where there
   * can't be any page. */
  bool (*publish)(void *context, Str name, Str title, Str html, Str message);
  /* The address of a page that was published. */
  Str (*address)(void *context, Str name, Arena *arena);
  /* What a page may be called: of any text. */
  Str (*name)(Str text, Arena *arena);
  bool (*is_looked_at)(void *context, Str name);
  /* Before the first is published: who is to be told, on another thread, that somebody begins to look at one. */
  void (*listen)(void *context, void (*looked)(void *of), void *of);
} LspLive;

struct LspDrawing {
  /* The map as "html", a page; "svg"; "text"; or, for other programs, "md", "mermaid", "json". False for another
   * format. */
  bool (*map)(const DrawingOf *of, const Journey *journey, Str format, DrawnPlaces *places, Buf *to);
  void (*score)(const DrawingOf *of, const Journey *journey, MetricTable table, Buf *to); /* text */
  /* Markdown, or text. */
  void (*plan)(const DrawingOf *of, const Journey *const *journeys, uint32_t count, bool is_markdown, Buf *to);
  void (*report)(const DrawingOf *of, const Journey *const *journeys, uint32_t count, Buf *to); /* a page */
  void (*model)(const DrawingOf *of, const Journey *only, Buf *to); /* JSON; NULL: all of the project */
  const LspLive *live;                                              /* NULL: there are none */
};

#endif
