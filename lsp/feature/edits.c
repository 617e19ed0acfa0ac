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

void edits_propose(Edits *edits, const File *file, Span span, Str text, const char *why) {
  vec_push(&edits->list, (Edit){.file = file, .span = span, .text = text, .why = why});
}

static int by_place(const void *left, const void *right) {
  const Edit *a = *(const Edit *const *)left, *b = *(const Edit *const *)right;
  if (a->span.start != b->span.start) return a->span.start < b->span.start ? -1 : 1;
  return a < b ? -1 : a > b;
}

Str edits_applied(const Edits *edits, const File *file, Arena *arena) {
  VEC(const Edit *) own = {0};
  for (size_t i = 0; i < edits->list.len; i++)
    if (edits->list.at[i].file == file) vec_push(&own, &edits->list.at[i]);
  if (own.len == 0) return file->text;
  qsort(own.at, own.len, sizeof *own.at, by_place);
  Buf text = {0};
  uint32_t done = 0;
  for (size_t i = 0; i < own.len; i++) {
    buf_add(&text, str_slice(file->text, done, own.at[i]->span.start));
    buf_add(&text, own.at[i]->text);
    done = own.at[i]->span.end;
  }
  buf_add(&text, str_slice(file->text, done, file->text.len));
  vec_free(&own);
  return buf_take(&text, arena);
}
