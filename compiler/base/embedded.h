/* The standard library and the pages of `explain`, built into the executable (see CMakeLists.txt). */
#ifndef JOURNEY_BASE_EMBEDDED_H
#define JOURNEY_BASE_EMBEDDED_H

#include "base/str.h"

typedef struct {
  const char *path; /* as in the project's tree: "stdlib/prelude.journey" */
  Str text;
} EmbeddedFile;

extern const EmbeddedFile embedded_files[]; /* in byte order of the paths; ended by a NULL path */

/* NULL: there is no such file. */
static inline const EmbeddedFile *embedded_file(Str path) {
  for (const EmbeddedFile *file = embedded_files; file->path; file++)
    if (str_is_c(path, file->path)) return file;
  return NULL;
}

static inline bool embedded_find(Str path, Str *text) {
  const EmbeddedFile *file = embedded_file(path);
  if (file) *text = file->text;
  return file != NULL;
}

#endif
