/* A message of the client that is being answered: what it asks, and of which state of which project.
 *
 * A handler reads `params`, asks a feature (lsp/feature), and makes JSON of what it gets. It returns a new reference,
 * or NULL: then `null` is the answer, or what was written (protocol/written.h), or the error that was set. */
#ifndef JOURNEY_LSP_PROTOCOL_CALL_H
#define JOURNEY_LSP_PROTOCOL_CALL_H

#include "lsp/feature/spot.h"
#include "lsp/protocol/session.h"

enum {
  ERROR_PARSE = -32700,
  ERROR_INVALID_REQUEST = -32600,
  ERROR_METHOD_NOT_FOUND = -32601,
  ERROR_INVALID_PARAMS = -32602,
  ERROR_INTERNAL = -32603,
  ERROR_NOT_INITIALIZED = -32002,
  ERROR_REQUEST_FAILED = -32803,
  ERROR_CONTENT_MODIFIED = -32801,
  ERROR_CANCELLED = -32800,
};

/* A project, as it is when the message is answered. */
typedef struct {
  const Snapshot *snapshot;
  const Late *late; /* NULL: nothing is known late; may be of an older snapshot */
} CallState;

typedef struct Call Call;
struct Call {
  const json_t *params; /* an object, or NULL */
  const Client *client;
  ColumnUnits encoding;
  Session *session;        /* NULL where it is answered on a thread of its own */
  Arena *arena;            /* until it is answered */
  const atomic_bool *stop; /* set when nobody wants the answer any more */
  bool waits;              /* set by the handler: there is nothing to answer yet; it is asked again when there may be */
  CallState *states;       /* all projects; of a message about a document only its own */
  size_t state_count;
  const LspDrawing *drawing; /* NULL: nothing is drawn */
  Str attended;              /* the session's, as it was when the message came; in the arena */
  Root *root;                /* of a document; NULL where it is answered on a thread of its own */
  Spot spot;                 /* of a document: its file, and the place that `position` means, else 0 */
  /* Where set by a handler: what is still to be done on the server's thread, just before the answer is sent. */
  void (*then)(Session *session, Call *call);
  void *then_with; /* for it, in the arena */
  Str written;     /* where not empty, the answer as JSON that is written already, in the arena */
  int error;       /* ERROR_…; 0: none */
  Str message;
};

/* Sets the error; NULL, so that a handler can return it. */
json_t *call_fail(Call *call, int error, const char *message, ...) __attribute__((format(printf, 3, 4)));
static inline json_t *call_wrong(Call *call, const char *what) {
  return call_fail(call, ERROR_INVALID_PARAMS, "%s", what);
}
bool call_is_stopped(const Call *call);

/* ---- reading ---- */

/* The text at `key`; empty where there is none. Borrowed from the JSON. */
Str json_get_text(const json_t *object, const char *key);
/* A position {line, character} that is one: not negative; too large numbers count as the largest. */
bool json_read_position(const json_t *json, TextPosition *position);
/* A range, in a file; false where it is none. Its ends are put in order. */
bool call_read_range(const Call *call, const File *file, const json_t *json, Span *span);
bool call_read_offset(const Call *call, const File *file, const json_t *position, uint32_t *offset);

/* ---- writing ---- */

/* What is no UTF-8 becomes U+FFFD. */
json_t *json_of(Str text);
json_t *json_position(TextPosition position);
json_t *json_range(const Call *call, const File *file, Span span);
/* {uri, range}; NULL where the unit is no file, as those of the standard library. */
json_t *json_location(const Call *call, const Snapshot *snapshot, uint32_t unit, Span span);
/* MarkupContent in what the client reads, by the list at `path`, such as "textDocument.hover.contentFormat". `plain` is
 * for clients that read no Markdown. */
json_t *json_markup(const Call *call, const char *path, Str markdown, Str plain);
/* {range, newText} */
json_t *json_text_edit(const Call *call, const File *file, Span span, Str text);

#endif
