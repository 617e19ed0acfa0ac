/* Answers that are large are written as text at once, without being built as JSON before. */
#ifndef JOURNEY_LSP_PROTOCOL_WRITTEN_H
#define JOURNEY_LSP_PROTOCOL_WRITTEN_H

#include "lsp/protocol/call.h"

/* In quotes; what is no UTF-8 becomes U+FFFD. */
void write_json_text(Str text, Buf *to);
/* {"start":…,"end":…} */
void write_json_range(const Call *call, const File *file, Span span, Buf *to);
/* ,"key": */
void write_json_key(const char *key, Buf *to);
/* Takes the text over as the call's answer; NULL, so that a handler can return it. */
json_t *call_write(Call *call, Buf *text);

#endif
