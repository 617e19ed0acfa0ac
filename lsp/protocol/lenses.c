/* textDocument/codeLens and codeLens/resolve. */
#include "lsp/feature/lenses.h"

#include "lsp/feature/lua_files.h"
#include "lsp/feature/uses_words.h"
#include "lsp/protocol/commands.h"
#include "lsp/protocol/settings.h"

/* What the client shows references with, where it says that it has such a command; a title alone does nothing. */
#define SHOW_REFERENCES "journey.showReferences"

static json_t *command(const char *name, Str title, json_t *arguments) {
  json_t *json = json_object();
  json_object_set_new(json, "title", json_of(title));
  json_object_set_new(json, "command", json_string(name));
  if (arguments) json_object_set_new(json, "arguments", arguments);
  return json;
}

static json_t *journey_command(const Call *call, const Lens *lens) {
  json_t *arguments = json_pack("[o, o]", json_of(call->spot.file->uri), json_of(lens->id));
  return command(lens->kind == LENS_PREVIEW ? "journey.preview" : "journey.score", lens->title, arguments);
}

/* [uri, position, locations] */
static json_t *references_of_lens(const Call *call, const Snapshot *snapshot, Ref declaration) {
  const File *file = snapshot->files[declaration.unit];
  Uses uses = uses_of(snapshot, declaration, NONE, call->arena);
  json_t *list = json_array();
  for (uint32_t i = 0; i < uses.count; i++) {
    json_t *location =
        uses.at[i].kind == USE_DECLARES ? NULL : json_location(call, snapshot, uses.at[i].at.unit, uses.at[i].span);
    if (location) json_array_append_new(list, location);
  }
  TextPosition position =
      text_position(file->text, &file->lines, call->encoding, name_span(snapshot->project, declaration).start);
  return json_pack("[o, o, o]", json_of(file->uri), json_position(position), list);
}

static json_t *uses_command(const Call *call, const Snapshot *snapshot, Ref declaration) {
  Str title = uses_words(snapshot, declaration, call->arena);
  bool shows = client_lists(call->client, "experimental.commands.commands", SHOW_REFERENCES);
  return command(shows ? SHOW_REFERENCES : "", title, shows ? references_of_lens(call, snapshot, declaration) : NULL);
}

/* Whether a lens may come without its command. Before 3.18 clients did not say so: they all could. */
static bool may_wait(const Client *client) {
  const char *resolve = "textDocument.codeLens.resolveSupport";
  return !client_get(client, resolve) ||
         client_lists(client, "textDocument.codeLens.resolveSupport.properties", "command");
}

/* At the top of a .lua file: what each metric and check that it computes comes to now. */
static json_t *script_lenses(const Call *call) {
  json_t *list = json_array();
  LuaValues values = lua_values(&call->spot, call->arena);
  bool shows = client_lists(call->client, "experimental.commands.commands", SHOW_REFERENCES);
  for (uint32_t i = 0; i < values.count; i++) {
    const LuaValue *value = &values.at[i];
    json_t *uses = shows ? references_of_lens(call, call->spot.snapshot, value->of.declaration) : NULL;
    json_t *json = json_object();
    json_object_set_new(json, "range", json_range(call, call->spot.file, (Span){0, 0}));
    json_object_set_new(json, "command", command(shows ? SHOW_REFERENCES : "", value->words, uses));
    json_array_append_new(list, json);
  }
  return list;
}

json_t *lenses_list(Call *call) {
  Lens *lenses;
  if (!settings_say(call->session, "codeLens.enable", true)) return json_array();
  if (spot_unit(&call->spot)->script) return script_lenses(call);
  json_t *list = json_array();
  size_t count = lenses_of(&call->spot, call->arena, &lenses);
  for (size_t i = 0; i < count; i++) {
    const Lens *lens = &lenses[i];
    json_t *json = json_object();
    json_object_set_new(json, "range", json_range(call, call->spot.file, lens->span));
    if (lens->kind != LENS_USES) json_object_set_new(json, "command", journey_command(call, lens));
    else if (!may_wait(call->client))
      json_object_set_new(json, "command", uses_command(call, call->spot.snapshot, lens->at));
    else {
      const Statement *statement = project_statement(call->spot.snapshot->project, lens->at);
      json_object_set_new(json, "data",
                          json_pack("{s:o, s:s, s:o}", "uri", json_of(call->spot.file->uri), "keyword",
                                    schema_row((Keyword)statement->keyword)->word, "id", json_of(lens->id)));
    }
    json_array_append_new(list, json);
  }
  return list;
}

/* The lens with its command; as it is, where what it is of is gone. */
json_t *lenses_resolve(Call *call) {
  const json_t *data = json_object_get(call->params, "data");
  const CallState *state = NULL;
  uint32_t unit;
  json_t *lens = json_deep_copy(call->params);
  bool known = call_find_file(call, json_get_text(data, "uri"), &state, &unit);
  Ref declaration = known ? lens_declaration(state->snapshot->project, unit, json_get_text(data, "keyword"),
                                             json_get_text(data, "id"))
                          : NO_REF;
  if (ref_ok(declaration)) json_object_set_new(lens, "command", uses_command(call, state->snapshot, declaration));
  else if (!json_object_get(lens, "command")) json_object_set_new(lens, "command", command("", STR("gone"), NULL));
  return lens;
}

void lenses_announce(const Client *client, json_t *capabilities) {
  json_object_set_new(capabilities, "codeLensProvider", json_pack("{s:b}", "resolveProvider", (int)may_wait(client)));
}
