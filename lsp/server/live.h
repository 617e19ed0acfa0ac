/* Live pages follow what is edited, while somebody looks at them. */
#ifndef JOURNEY_LSP_SERVER_LIVE_H
#define JOURNEY_LSP_SERVER_LIVE_H

#include "lsp/server/server.h"

/* Begins to draw one that is looked at and shows another state than the last; false where there is none. */
bool live_work(Server *server);

#endif
