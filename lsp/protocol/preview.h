/* Drawn maps for the editor. */
#ifndef JOURNEY_LSP_PROTOCOL_PREVIEW_H
#define JOURNEY_LSP_PROTOCOL_PREVIEW_H

#include "lsp/protocol/session.h"

/* Tells a client that wants to know (experimental.journeyPreview) that the drawings of the root's open maps may look
 * different now. */
void preview_changed(Session *session, const Root *root);

#endif
