/* A file in one state: its text, where its lines begin and, of a map, its unit. Immutable, shared by counting owners.
 */
#ifndef JOURNEY_LSP_WORKSPACE_FILE_H
#define JOURNEY_LSP_WORKSPACE_FILE_H

#include "lsp/text/lines.h"
#include "unit/unit.h"

enum { NO_VERSION = INT32_MIN };

typedef struct File {
  Str path; /* absolute; links in front of it followed */
  uint64_t path_hash;
  Str uri; /* as the client writes it */
  Str text;
  Lines lines;
  Unit *unit;      /* under the number that it had when it was read; NULL: no map */
  bool is_open;    /* in the editor: the text may be another than the disk's */
  int32_t version; /* of an open file, where the client counts them; else NO_VERSION */
  uint64_t stamp;  /* of a file of the disk: its size, time and number in one; 0: none */
  struct FileMemory *memory;
} File;

/* Of an open file. `lines` is copied; `unit` is taken over and may be NULL, then the text is copied. */
File *file_opened(Str path, Str uri, Str text, int32_t version, const Lines *lines, Unit *unit);
/* Of the disk, as a project read it; the unit gets one owner more. */
File *file_read(Str path, Str uri, Unit *unit, uint64_t stamp);
/* One owner more. Any thread. */
File *file_share(File *file);
void file_free(File *file); /* NULL is fine */
/* Of the text; reckoned once. Any thread. */
uint64_t file_text_hash(const File *file);

#endif
