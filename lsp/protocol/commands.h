/* The commands of the server: the table, and how their arguments are read. */
#ifndef JOURNEY_LSP_PROTOCOL_COMMANDS_H
#define JOURNEY_LSP_PROTOCOL_COMMANDS_H

#include "lsp/protocol/methods.h"

typedef json_t *CommandHandler(Call *call, const json_t *arguments);

#define COMMAND(name, handler) CommandHandler handler;
#include "lsp/protocol/commands.def"
#undef COMMAND

/* The file that an address names, in one of the call's projects, preferably in the one that it belongs to. */
bool call_find_file(const Call *call, Str uri, const CallState **state, uint32_t *unit);
/* The journey of that id in the file, or the file's first where the id is empty; NULL where there is none. */
const Journey *call_find_journey(const CallState *state, uint32_t unit, Str id);

#endif
