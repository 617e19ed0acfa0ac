/* What is open in the editor: each text as the client has it, changed as the client says. */
#ifndef JOURNEY_LSP_WORKSPACE_DOCUMENTS_H
#define JOURNEY_LSP_WORKSPACE_DOCUMENTS_H

#include "lsp/workspace/file.h"

typedef struct {
  Str uri, path; /* of the document's own memory */
  Str language;  /* as the client calls it: "journey", "lua" */
  int32_t version;
  Buf text;
  Lines lines;
  File *file;     /* of its text now; NULL: it was edited since */
  UnitKeep *keep; /* of a map */
  uint64_t used;  /* when it was opened or edited last, counting up */
  char *names;
} Document;

typedef struct {
  Document **at; /* in byte order of their paths */
  size_t len, cap;
  uint64_t clock;
} Documents;

void documents_free(Documents *documents);
Document *documents_find(const Documents *documents, Str path);
/* `uri` is kept as the client writes it; `path` is the file's. One that is open already gets the text. */
Document *documents_open(Documents *documents, Str uri, Str path, Str language, int32_t version, Str text);
void documents_close(Documents *documents, Str path);
/* Puts `text` in place of `span`, whose ends may be in the wrong order or behind the text's end. */
void document_edit(Documents *documents, Document *document, Span span, Str text);
/* All of the text is another one. */
void document_replace(Documents *documents, Document *document, Str text);
/* Its state now; the document's own. Parsed and lowered when it is first asked for. */
File *document_file(Document *document);
/* Whether it is a map: its name or the client's word for its language says so. */
bool document_is_map(const Document *document);

#endif
