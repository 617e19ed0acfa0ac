/* The server with its threads: one reads, one answers, two do what takes long. */
#ifndef JOURNEY_LSP_SERVER_LOOP_H
#define JOURNEY_LSP_SERVER_LOOP_H

#include "lsp/server/server.h"

/* Talks to the client on standard input and output until it says `exit`, or is gone. Returns the exit code.
 * `today`: days since 1970-01-01; INT32_MIN: the system's date, also when it changes. `no_scripts`: of ProjectOptions.
 */
int lsp_run(const LspDrawing *drawing, int32_t today, bool no_scripts);

#endif
