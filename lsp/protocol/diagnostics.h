/* Findings as the protocol's diagnostics: pushed where the client can't ask for them, else pulled. */
#ifndef JOURNEY_LSP_PROTOCOL_DIAGNOSTICS_H
#define JOURNEY_LSP_PROTOCOL_DIAGNOSTICS_H

#include "lsp/protocol/call.h"

/* How this client learns of diagnostics. */
typedef enum {
  DIAGNOSTICS_PUSHED,      /* it can't ask */
  DIAGNOSTICS_PULLED,      /* it asks, and can be told to ask again */
  DIAGNOSTICS_LATE_PUSHED, /* it asks, but can't be told that there is more: what is late is pushed */
} DiagnosticsWay;

DiagnosticsWay diagnostics_way(const Client *client);
/* Tells the client of one file of the root's snapshot, where that is not what it knows. An open file is told of anew
 * for each version. `soon` are its findings; the late ones are added. */
void diagnostics_publish(Session *session, Root *root, uint32_t unit, FindingList soon);
/* Of all files of the root; those that were told of and are gone, or are a root's no more, are told to have none. */
void diagnostics_publish_all(Session *session, Root *root);
/* A file that is no longer anybody's. */
void diagnostics_withdraw(Session *session, Str uri);
/* Late findings came: asks the client to ask again, where it does. */
void diagnostics_refresh(Session *session);

#endif
