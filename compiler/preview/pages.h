/* What the server shows: its pages, their versions, and the events that tell of them. Its owner locks it. */
#ifndef JOURNEY_PREVIEW_PAGES_H
#define JOURNEY_PREVIEW_PAGES_H

#include "base/buf.h"
#include "base/vec.h"
#include "preview/preview.h"

typedef struct {
  char *name, *title, *message;
  Buf html;
  uint64_t version; /* of all of it */
  uint64_t drawn;   /* of the html; 0: there is none */
  uint32_t lookers;
} Page;

typedef struct {
  VEC(Page *) pages; /* none is ever taken away */
  Buf list;          /* a line for each that can be chosen: name, title, place, with tabs between them */
  uint64_t list_version;
  uint64_t clock; /* the last version of anything */
} Pages;

Page *pages_find(const Pages *pages, Str name); /* NULL: there is none */
/* False where nothing has changed. */
bool pages_publish(Pages *pages, Str name, const PreviewPage *page);
bool pages_list(Pages *pages, const PreviewEntry *entries, size_t count);
void pages_free(Pages *pages);

/* The events that tell who knows all up to version `known` what is new: the page (NULL: none is looked at) and the
 * list. Returns the version that is known then. */
uint64_t pages_tell(const Pages *pages, const Page *page, uint64_t known, Buf *events);

#endif
