#include "lsp/workspace/file.h"

#include <stdatomic.h>

struct FileMemory {
  atomic_uint owners;
  atomic_uint_fast64_t hash; /* of the text, and never 0; 0: not reckoned yet */
  Arena *arena;
};

static File *file_new(Str path, Str uri) {
  Arena *arena = arena_new();
  File *file = ARENA_NEW(arena, File);
  file->memory = ARENA_NEW(arena, struct FileMemory);
  file->memory->arena = arena;
  atomic_init(&file->memory->owners, 1);
  file->path = arena_copy(arena, path);
  file->path_hash = str_hash(path);
  file->uri = arena_copy(arena, uri);
  file->version = NO_VERSION;
  return file;
}

File *file_opened(Str path, Str uri, Str text, int32_t version, const Lines *lines, Unit *unit) {
  File *file = file_new(path, uri);
  file->is_open = true;
  file->version = version;
  file->unit = unit;
  file->text = unit ? unit->source.text : arena_copy(file->memory->arena, text);
  vec_reserve(&file->lines, lines->len);
  memcpy(file->lines.at, lines->at, lines->len * sizeof *lines->at);
  file->lines.len = lines->len;
  return file;
}

File *file_read(Str path, Str uri, Unit *unit, uint64_t stamp) {
  File *file = file_new(path, uri);
  file->unit = unit_share(unit);
  file->text = unit->source.text;
  file->lines = lines_of(file->text);
  file->stamp = stamp;
  return file;
}

File *file_share(File *file) {
  atomic_fetch_add(&file->memory->owners, 1);
  return file;
}

void file_free(File *file) {
  if (!file || atomic_fetch_sub(&file->memory->owners, 1) > 1) return;
  unit_free(file->unit);
  lines_free(&file->lines);
  arena_free(file->memory->arena);
}

uint64_t file_text_hash(const File *file) {
  uint64_t hash = atomic_load(&file->memory->hash);
  if (hash) return hash;
  hash = str_hash(file->text) | 1;
  atomic_store(&file->memory->hash, hash);
  return hash;
}
