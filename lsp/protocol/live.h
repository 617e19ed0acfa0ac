/* Live pages: maps in a browser that follow the text under edit, for editors that have no preview of their own. */
#ifndef JOURNEY_LSP_PROTOCOL_LIVE_H
#define JOURNEY_LSP_PROTOCOL_LIVE_H

#include "lsp/protocol/call.h"
#include "lsp/protocol/drawing.h"

/* A page that the client was shown; it lasts as long as the session. */
typedef struct LivePage {
  char *name;              /* of the page */
  char *path;              /* of the file */
  char *journey;           /* the id that its journey had last */
  uint64_t snapshot, late; /* the states that it shows: numbers of snapshots; 0: none */
} LivePage;

/* Makes the page of a journey, on any thread; then it is shown and noted. The answer to the command; NULL without an
 * error where there are no live pages. */
json_t *live_open(Call *call, const CallState *state, const File *file, const Journey *journey);

/* Draws the journey as it is in that state. Any thread. False where there can't be any live page. */
bool live_draw(const LspDrawing *drawing, const CallState *state, const Journey *journey, Str name);
/* What the page shows stays, with a message above it. */
void live_say(const LspDrawing *drawing, const LivePage *page, Str message);
/* The journey of the page in a state: that with its id, else the only one of its file. NULL: it isn't there. */
const Journey *live_journey(const LivePage *page, const Snapshot *snapshot);

void live_forget(Session *session);

#endif
