/* Live pages: drawn maps that a browser on this machine shows and that follow their text, served by libmicrohttpd.
 *
 * Only this machine is served (127.0.0.1), only to who knows the address, which has a random word in it, and nothing
 * but what was published here. Each function may be called by any thread; all that is given is copied. */
#ifndef JOURNEY_PREVIEW_PREVIEW_H
#define JOURNEY_PREVIEW_PREVIEW_H

#include "base/arena.h"

/* "libmicrohttpd 0.9.75"; empty where there is none: then `*why`, which lasts, says what to install, and what to do
 * instead, and nothing can be started. */
Str preview_library(Arena *arena, Str *why);
#define PREVIEW_MEANWHILE "until then, `journey build` draws the map once, as a page"

typedef struct Preview Preview;

typedef struct {
  uint16_t port; /* 0: one that is free */
  /* Somebody begins to look at the page of that name; on a thread of the preview's own. NULL: nobody wants to know. */
  void (*looked)(void *context, const char *name);
  void *context;
} PreviewOptions;

/* NULL with `*why`, which lasts: the port is in use, say. */
Preview *preview_start(const PreviewOptions *options, Str *why);
/* Ends all connections. NULL is fine. */
void preview_stop(Preview *preview);

/* Of the page of that name; of the list of all pages where it is empty. */
Str preview_address(const Preview *preview, Str name, Arena *arena);

/* Names have letters, digits, '-' and '_' only: preview_name makes one of any text. */
Str preview_name(Str text, Arena *arena);

typedef struct {
  Str title;   /* empty: the one before stays */
  Str html;    /* the drawn map; likewise */
  Str message; /* shown above it, one or more lines; empty: none */
} PreviewPage;

/* Makes the page, or changes it: who looks at it sees it at once. Nothing is sent where it is what it was. */
void preview_publish(Preview *preview, Str name, const PreviewPage *page);

typedef struct {
  Str name, title, place; /* `place`: the file, as it is shown beside the title */
} PreviewEntry;

/* From which pages one can choose. */
void preview_list(Preview *preview, const PreviewEntry *entries, size_t count);

/* How many look at the page now; those whose browser is gone are counted until that is known, which takes half a
 * minute. */
uint32_t preview_lookers(Preview *preview, Str name);

#endif
