/* A document that is edited as somebody who writes would: what is asked for is made at a place found by chance, and
 * unmade by the next edit, so that the document stays what it was however many there are. ASCII alone: columns are
 * bytes in every encoding of positions. */
#ifndef JOURNEY_BENCH_LSP_DOCUMENT_H
#define JOURNEY_BENCH_LSP_DOCUMENT_H

#include "base/buf.h"

enum { REST_OF_LINE = -1, WITH_ITS_END = -2 };

/* Behind the text `after`: `drop` bytes go, or as many as the names above say, then `insert` comes. */
typedef struct {
  const char *after, *insert;
  int drop;
} EditKind;

typedef struct {
  unsigned line, column;
} Place;

typedef struct {
  Place start, end, behind; /* behind: where what came ends */
  Str text;                 /* lasts until the next edit */
} Edit;

typedef struct {
  Buf text, kept; /* kept: what the last edit dropped, and the next one puts back */
  size_t at;      /* where the last edit was made */
  size_t came;    /* and how many bytes it put there */
  bool edited;
  uint64_t chance;
} Document;

void document_set(Document *document, Str text);
void document_free(Document *document);
/* Makes an edit of one of the kinds, or unmakes the last one. */
Edit document_edit(Document *document, const EditKind *kinds, unsigned count);
/* A place behind one of the texts. */
Place document_find(Document *document, const char *const *texts, unsigned count);

/* As JSON: {"line":1,"character":2}, a string with its quotes, a change of a didChange. */
void place_write(Place place, Buf *to);
void text_write(Str text, Buf *to);
void edit_write(const Edit *edit, Buf *to);

#endif
