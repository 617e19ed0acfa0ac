#include "lsp/workspace/documents.h"

#include "base/limits.h"

static void document_free(Document *document) {
  file_free(document->file);
  unit_keep_free(document->keep);
  lines_free(&document->lines);
  buf_free(&document->text);
  free(document->names);
  free(document);
}

void documents_free(Documents *documents) {
  for (size_t i = 0; i < documents->len; i++) document_free(documents->at[i]);
  vec_free(documents);
}

/* The first whose path is not before `path`. */
static size_t place_of(const Documents *documents, Str path) {
  size_t from = 0, to = documents->len;
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    if (str_compare(documents->at[middle]->path, path) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

Document *documents_find(const Documents *documents, Str path) {
  size_t at = place_of(documents, path);
  return at < documents->len && str_is(documents->at[at]->path, path) ? documents->at[at] : NULL;
}

static Document *document_new(Str uri, Str path, Str language) {
  Document *document = mem_alloc(sizeof *document);
  memset(document, 0, sizeof *document);
  document->names = mem_alloc(uri.len + path.len + language.len + 1);
  char *to = document->names;
  const Str texts[] = {uri, path, language};
  Str *const names[] = {&document->uri, &document->path, &document->language};
  for (int i = 0; i < 3; to += texts[i++].len) {
    if (texts[i].len > 0) memcpy(to, texts[i].at, texts[i].len);
    *names[i] = (Str){to, texts[i].len};
  }
  return document;
}

static void insert(Documents *documents, Document *document) {
  size_t at = place_of(documents, document->path);
  vec_push(documents, document);
  memmove(documents->at + at + 1, documents->at + at, (documents->len - 1 - at) * sizeof *documents->at);
  documents->at[at] = document;
}

Document *documents_open(Documents *documents, Str uri, Str path, Str language, int32_t version, Str text) {
  documents_close(documents, path);
  Document *document = document_new(uri, path, language);
  document->version = version;
  if (document_is_map(document)) document->keep = unit_keep_new();
  insert(documents, document);
  document_replace(documents, document, text);
  return document;
}

void documents_close(Documents *documents, Str path) {
  size_t at = place_of(documents, path);
  if (at == documents->len || !str_is(documents->at[at]->path, path)) return;
  document_free(documents->at[at]);
  documents->len--;
  memmove(documents->at + at, documents->at + at + 1, (documents->len - at) * sizeof *documents->at);
}

static void edited(Documents *documents, Document *document) {
  file_free(document->file);
  document->file = NULL;
  document->used = ++documents->clock;
}

void document_edit(Documents *documents, Document *document, Span span, Str text) {
  Buf *buf = &document->text;
  uint32_t length = (uint32_t)buf->len;
  if (span.start > length) span.start = length;
  if (span.end > length) span.end = length;
  if (span.end < span.start) span = (Span){span.end, span.start};
  size_t tail = length - span.end, grown = span.start + text.len + tail;
  if (text.len > span.end - span.start) buf_repeat(buf, STR(" "), grown - length);
  if (tail > 0) memmove(buf->at + span.start + text.len, buf->at + span.end, tail);
  if (text.len > 0) memcpy(buf->at + span.start, text.at, text.len);
  buf->len = grown;
  lines_edit(&document->lines, buf_str(buf), span, (uint32_t)text.len);
  edited(documents, document);
}

void document_replace(Documents *documents, Document *document, Str text) {
  document->text.len = 0;
  buf_add(&document->text, text);
  lines_free(&document->lines);
  document->lines = lines_of(buf_str(&document->text));
  edited(documents, document);
}

bool document_is_map(const Document *document) {
  return str_ends(document->path, STR(".journey")) || str_is(document->language, STR("journey"));
}

File *document_file(Document *document) {
  if (document->file) return document->file;
  Str text = buf_str(&document->text);
  Unit *unit = NULL;
  if (document->keep) {
    Arena *arena = arena_new();
    Source source = {arena_copy(arena, document->path), arena_copy(arena, text)};
    unit = unit_new_edited(document->keep, arena, source, 0);
  }
  document->file = file_opened(document->path, document->uri, text, document->version, &document->lines, unit);
  return document->file;
}
