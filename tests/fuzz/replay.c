/* Runs a fuzz target over files and folders of files, in builds without libFuzzer: replay PATH… */
#include <stdio.h>

#include "base/limits.h"
#include "base/os.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t replayed;

static void replay(void *context, Str path) {
  (void)context;
  Arena *arena = arena_new();
  Str text, why;
  if (os_read_file(arena, path.at, LIMIT_FILE_BYTES, &text, &why)) {
    LLVMFuzzerTestOneInput((const uint8_t *)text.at, text.len);
    replayed++;
  } else fprintf(stderr, STR_FMT ": " STR_FMT "\n", STR_ARG(path), STR_ARG(why));
  arena_free(arena);
}

int main(int count, char **arguments) {
  Arena *arena = arena_new();
  Str why;
  for (int i = 1; i < count; i++) {
    if (os_kind(arguments[i]) != OS_FOLDER) replay(NULL, str_of(arguments[i]));
    else if (!os_walk(arena, arguments[i], STR(""), replay, NULL, &why)) fprintf(stderr, STR_FMT "\n", STR_ARG(why));
  }
  arena_free(arena);
  printf("%zu files\n", replayed);
  return replayed == 0;
}
