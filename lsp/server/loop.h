/* The server with its threads: one reads, one answers, two do what takes long. */
#ifndef JOURNEY_LSP_SERVER_LOOP_H
#define JOURNEY_LSP_SERVER_LOOP_H

#include "lsp/server/server.h"

/* Talks to the client on standard input and output until it says `exit`, or is gone. Returns the exit code. */
int lsp_run(const LspDrawing *drawing);

#endif
