/* What the client's user has set for `journey`: asked for where the client answers that, else as it tells. */
#ifndef JOURNEY_LSP_PROTOCOL_SETTINGS_H
#define JOURNEY_LSP_PROTOCOL_SETTINGS_H

#include "lsp/protocol/call.h"

/* Settings are objects within each other: "inlayHints.enable". `usual` where it isn't set, or is no yes or no. */
bool settings_say(const Session *session, const char *path, bool usual);
/* At `initialize`: from its initializationOptions; borrowed. */
void settings_take(Session *session, const json_t *settings);
/* Hints and lenses may look different now: asks the client to ask for them again, where it does. */
void settings_refresh(Session *session);
/* Asks the client for them, where it can be asked. */
void settings_pull(Session *session);

#endif
