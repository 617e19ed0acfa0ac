#include "lsp/feature/edits.h"

static void end(void *context) {
  Edits *edits = context;
  vec_free(&edits->list);
}

Edits *edits_new(Arena *arena) {
  Edits *edits = ARENA_NEW(arena, Edits);
  edits->arena = arena;
  arena_at_end(arena, end, edits);
  return edits;
}

void edits_replace(Edits *edits, const File *file, Span span, Str text) {
  vec_push(&edits->list, (Edit){.file = file, .span = span, .text = text});
}

void edits_make(Edits *edits, Str path, Str text) { vec_push(&edits->list, (Edit){.made = path, .text = text}); }
