/* The servers that are measured, and for each a document of about 300 lines with edits that somebody would make. */
#ifndef JOURNEY_BENCH_LSP_SERVERS_H
#define JOURNEY_BENCH_LSP_SERVERS_H

#include "lsp_document.h"

enum { SERVERS = 4, MOST_WORDS = 6, MOST_KINDS = 8 };

typedef struct {
  const char *name, *argv[MOST_WORDS];
  const char *language, *file; /* file: the document's name */
  const char *options;         /* initializationOptions */
  EditKind edits[MOST_KINDS];
  unsigned edit_count;
  EditKind completed[3]; /* behind which completion is asked for */
  const char *hovered[3];
  bool pulls; /* it is asked for diagnostics, where others send them, while it answers the rest */
  void (*write)(Buf *to, const char *folder); /* the document; NULL: it is on the disk */
} Server;

/* The first is ours; `program` is the path of journey. */
void servers_fill(Server servers[SERVERS], const char *program);
/* What the documents of the others need beside them. */
void servers_write_schema(const char *folder);

#endif
