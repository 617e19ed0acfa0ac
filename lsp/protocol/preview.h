/* Drawn maps for the editor. */
#ifndef JOURNEY_LSP_PROTOCOL_PREVIEW_H
#define JOURNEY_LSP_PROTOCOL_PREVIEW_H

#include "lsp/protocol/call.h"
#include "lsp/protocol/drawing.h"

/* Tells a client that wants to know (experimental.journeyPreview) that the drawings of the root's open maps may look
 * different now. */
void preview_changed(Session *session, const Root *root);

/* What is drawn of a state, with what is known of its numbers. */
DrawingOf preview_of(const CallState *state, Arena *arena);
/* Has the client show it, `external`: in the browser; where the client can't, `words` are said. */
void preview_show(Session *session, Str uri, bool external, Str words);

#endif
