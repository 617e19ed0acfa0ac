#include "lsp/protocol/commands.h"

#include <string.h>

static const struct {
  const char *name;
  CommandHandler *handler;
} commands[] = {
#define COMMAND(name, handler) {name, handler},
#include "lsp/protocol/commands.def"
#undef COMMAND
};
enum { COMMANDS = sizeof commands / sizeof *commands };

json_t *commands_execute(Call *call) {
  Str name = json_get_text(call->params, "command");
  const json_t *arguments = json_object_get(call->params, "arguments");
  for (size_t i = 0; i < COMMANDS; i++)
    if (str_is_c(name, commands[i].name)) return commands[i].handler(call, arguments);
  return call_fail(call, ERROR_INVALID_PARAMS, "there is no command \"" STR_FMT "\"", STR_ARG(name));
}

void commands_announce(const Client *client, json_t *capabilities) {
  bool edits = client_can(client, "workspace.applyEdit");
  json_t *names = json_array();
  for (size_t i = 0; i < COMMANDS; i++)
    if (edits || commands[i].handler != command_apply_edit) json_array_append_new(names, json_string(commands[i].name));
  json_object_set_new(capabilities, "executeCommandProvider", json_pack("{s:o}", "commands", names));
}

bool call_find_file(const Call *call, Str uri, const CallState **state, uint32_t *unit) {
  for (size_t i = 0; i < call->state_count; i++) {
    const Snapshot *snapshot = call->states[i].snapshot;
    for (uint32_t u = 0; u < snapshot->project->unit_count; u++) {
      if (!snapshot->files[u] || !str_is(snapshot->files[u]->uri, uri)) continue;
      *state = &call->states[i];
      *unit = u;
      if (project_is_named(snapshot->project, u)) return true;
      break;
    }
  }
  return *state != NULL;
}

const Journey *call_find_journey(const CallState *state, uint32_t unit, Str id) {
  const Project *p = state->snapshot->project;
  for (uint32_t i = 0; i < p->journey_count; i++) {
    const Journey *journey = &p->journeys[i];
    if (journey->at.unit == unit && (id.len == 0 || str_is(unit_id(p->units[unit], journey->at.at), id)))
      return journey;
  }
  return NULL;
}
