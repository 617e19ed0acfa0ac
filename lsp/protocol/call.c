#include "lsp/protocol/call.h"

json_t *call_fail(Call *call, int error, const char *message, ...) {
  Buf words = {0};
  va_list args;
  va_start(args, message);
  buf_vprintf(&words, message, args);
  va_end(args);
  call->error = error;
  call->message = buf_take(&words, call->arena);
  return NULL;
}

bool call_is_stopped(const Call *call) { return call->stop && atomic_load(call->stop); }

/* ---- reading ---- */

Str json_get_text(const json_t *object, const char *key) {
  const json_t *text = json_object_get(object, key);
  return json_is_string(text) ? (Str){json_string_value(text), json_string_length(text)} : STR("");
}

static bool read_number(const json_t *json, uint32_t *number) {
  if (!json_is_integer(json) || json_integer_value(json) < 0) return false;
  *number = json_integer_value(json) > INT32_MAX ? INT32_MAX : (uint32_t)json_integer_value(json);
  return true;
}

bool json_read_position(const json_t *json, TextPosition *position) {
  return read_number(json_object_get(json, "line"), &position->line) &&
         read_number(json_object_get(json, "character"), &position->character);
}

bool call_read_offset(const Call *call, const File *file, const json_t *json, uint32_t *offset) {
  TextPosition position;
  if (!json_read_position(json, &position)) return false;
  *offset = text_offset(file->text, &file->lines, call->encoding, position);
  return true;
}

bool call_read_range(const Call *call, const File *file, const json_t *json, Span *span) {
  bool read = call_read_offset(call, file, json_object_get(json, "start"), &span->start) &&
              call_read_offset(call, file, json_object_get(json, "end"), &span->end);
  if (read && span->end < span->start) *span = (Span){span->end, span->start};
  return read;
}

/* ---- writing ---- */

json_t *json_of(Str text) {
  json_t *json = json_stringn(text.at ? text.at : "", text.len);
  if (json) return json;
  Buf mended = {0};
  for (size_t at = 0; at < text.len;) {
    size_t wrong = source_first_invalid(text, at);
    buf_add(&mended, str_slice(text, at, wrong));
    if (wrong < text.len) buf_add_c(&mended, "\xEF\xBF\xBD");
    at = wrong + 1;
  }
  json = json_stringn(mended.at, mended.len);
  buf_free(&mended);
  return json;
}

json_t *json_position(TextPosition position) {
  json_t *json = json_object();
  json_object_set_new_nocheck(json, "line", json_integer(position.line));
  json_object_set_new_nocheck(json, "character", json_integer(position.character));
  return json;
}

json_t *json_range(const Call *call, const File *file, Span span) {
  TextRange range = text_range(file->text, &file->lines, call->encoding, span);
  json_t *json = json_object();
  json_object_set_new_nocheck(json, "start", json_position(range.start));
  json_object_set_new_nocheck(json, "end", json_position(range.end));
  return json;
}

json_t *json_location(const Call *call, const Snapshot *snapshot, uint32_t unit, Span span) {
  const File *file = snapshot->files[unit];
  if (!file) return NULL;
  json_t *json = json_object();
  json_object_set_new_nocheck(json, "uri", json_of(file->uri));
  json_object_set_new_nocheck(json, "range", json_range(call, file, span));
  return json;
}

json_t *json_markup(const Call *call, const char *path, Str markdown, Str plain) {
  bool reads = client_lists(call->client, path, "markdown");
  json_t *json = json_object();
  json_object_set_new_nocheck(json, "kind", json_string(reads ? "markdown" : "plaintext"));
  json_object_set_new_nocheck(json, "value", json_of(reads ? markdown : plain));
  return json;
}

json_t *json_text_edit(const Call *call, const File *file, Span span, Str text) {
  json_t *json = json_object();
  json_object_set_new_nocheck(json, "range", json_range(call, file, span));
  json_object_set_new_nocheck(json, "newText", json_of(text));
  return json;
}
