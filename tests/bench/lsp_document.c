#include "lsp_document.h"

#include <stdlib.h>

static unsigned chance(Document *document, unsigned limit) {
  uint64_t state = document->chance;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  document->chance = state;
  return (unsigned)(state >> 33) % limit;
}

void document_set(Document *document, Str text) {
  document_free(document);
  buf_add(&document->text, text);
  document->chance = 88172645463325252u;
}

void document_free(Document *document) {
  buf_free(&document->text);
  buf_free(&document->kept);
  *document = (Document){0};
}

/* The end of the first such text behind a place found by chance, else of the first of all. */
static size_t find(Document *document, const char *wanted) {
  Str text = buf_str(&document->text);
  size_t len = strlen(wanted), from = chance(document, (unsigned)text.len);
  const char *found = memmem(text.at + from, text.len - from, wanted, len);
  if (!found) found = memmem(text.at, text.len, wanted, len);
  if (!found) abort();
  return (size_t)(found - text.at) + len;
}

static Place place_of(Str text, size_t at) {
  Place place = {0};
  const char *line = text.at, *end = text.at + at;
  for (const char *next; (next = memchr(line, '\n', (size_t)(end - line))); line = next + 1) place.line++;
  place.column = (unsigned)(end - line);
  return place;
}

static Place advance(Place place, Str over) {
  for (size_t i = 0; i < over.len; i++)
    place = over.at[i] == '\n' ? (Place){place.line + 1, 0} : (Place){place.line, place.column + 1};
  return place;
}

static void replace(Buf *buf, size_t from, size_t drop, Str insert) {
  Buf tail = {0};
  buf_add(&tail, str_slice(buf_str(buf), from + drop, buf->len));
  buf->len = from;
  buf_add(buf, insert);
  buf_add(buf, buf_str(&tail));
  buf_free(&tail);
}

static size_t dropped(const Document *document, size_t at, int drop) {
  if (drop >= 0) return (size_t)drop;
  Str rest = str_slice(buf_str(&document->text), at, document->text.len);
  const char *end = memchr(rest.at, '\n', rest.len);
  return end ? (size_t)(end - rest.at) + (drop == WITH_ITS_END) : rest.len;
}

static Edit exchange(Document *document, size_t at, size_t drop, Str insert) {
  Str text = buf_str(&document->text), gone = str_slice(text, at, at + drop);
  Place start = place_of(text, at);
  Edit edit = {.start = start, .end = advance(start, gone), .behind = advance(start, insert), .text = insert};
  Buf kept = {0};
  buf_add(&kept, gone);
  replace(&document->text, at, drop, insert);
  document->at = at;
  document->came = insert.len;
  /* The text that comes may be the one that was kept: it goes only behind. */
  edit.text = str_slice(buf_str(&document->text), at, at + insert.len);
  buf_free(&document->kept);
  document->kept = kept;
  return edit;
}

Edit document_edit(Document *document, const EditKind *kinds, unsigned count) {
  document->edited = !document->edited;
  if (!document->edited) return exchange(document, document->at, document->came, buf_str(&document->kept));
  const EditKind *kind = &kinds[chance(document, count)];
  size_t at = find(document, kind->after);
  return exchange(document, at, dropped(document, at, kind->drop), str_of(kind->insert));
}

Place document_find(Document *document, const char *const *texts, unsigned count) {
  return place_of(buf_str(&document->text), find(document, texts[chance(document, count)]));
}

void place_write(Place place, Buf *to) { buf_printf(to, "{\"line\":%u,\"character\":%u}", place.line, place.column); }

void text_write(Str text, Buf *to) {
  buf_add_byte(to, '"');
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    if (c == '"' || c == '\\') buf_add_byte(to, '\\');
    if (c == '\n') buf_add_c(to, "\\n");
    else buf_add_byte(to, c);
  }
  buf_add_byte(to, '"');
}

void edit_write(const Edit *edit, Buf *to) {
  buf_add_c(to, "{\"range\":{\"start\":");
  place_write(edit->start, to);
  buf_add_c(to, ",\"end\":");
  place_write(edit->end, to);
  buf_add_c(to, "},\"text\":");
  text_write(edit->text, to);
  buf_add_byte(to, '}');
}
