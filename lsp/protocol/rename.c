#include "lsp/feature/rename.h"

#include "lsp/feature/paths.h"
#include "lsp/protocol/methods.h"
#include "lsp/protocol/workspace_edit.h"

enum { MESSAGE_INFO = 3, MOST_PLACES = 10 };

json_t *rename_prepare(Call *call) {
  RenameTarget target;
  Str why;
  if (!rename_find(&call->spot, call->arena, &target, &why))
    return why.len > 0 ? call_fail(call, ERROR_REQUEST_FAILED, STR_FMT, STR_ARG(why)) : NULL;
  return json_pack("{s:o, s:o}", "range", json_range(call, call->spot.file, target.span), "placeholder",
                   json_of(target.name));
}

/* ---- what is written outside of maps ---- */

/* Whether the client asks before it makes a change that was marked so. */
static bool asks_first(const Client *client) {
  return client_can(client, "workspace.workspaceEdit.documentChanges") &&
         client_can(client, "textDocument.rename.honorsChangeAnnotations") &&
         json_is_object(client_get(client, "workspace.workspaceEdit.changeAnnotationSupport"));
}

static void tell(Session *session, Call *call) {
  session_notify(session, "window/showMessage",
                 json_pack("{s:i, s:o}", "type", MESSAGE_INFO, "message", json_of(*(Str *)call->then_with)));
}

/* "metrics/visits.lua, line 3", as the document would name it. */
static Str place_of(const Call *call, const Mention *mention) {
  const File *file = mention->file;
  Source source = {file->path, file->text};
  Str shown = paths_between(call->arena, call->spot.file->path, file->path);
  return arena_format(call->arena, STR_FMT ", line %u", STR_ARG(shown),
                      source_position(&source, mention->span.start).line);
}

static void list_mentions(Call *call, const Mentions *mentions, Str name) {
  Buf words = {0};
  Str last = STR("");
  size_t told = 0, more = 0;
  buf_printf(&words,
             "`" STR_FMT "` is also written where it may mean something else, and was left as it is: ", STR_ARG(name));
  for (size_t i = 0; i < mentions->len; i++) {
    Str place = place_of(call, &mentions->at[i]);
    if (str_is(place, last)) continue;
    last = place;
    if (told == MOST_PLACES) more++;
    else buf_printf(&words, "%s" STR_FMT, told++ > 0 ? "; " : "", STR_ARG(place));
  }
  if (more > 0) buf_printf(&words, "; and %zu more", more);
  Str *said = ARENA_NEW(call->arena, Str);
  *said = buf_take(&words, call->arena);
  call->then = tell;
  call->then_with = said;
}

json_t *rename_symbol(Call *call) {
  const json_t *wanted = json_object_get(call->params, "newName");
  Str name = str_trim(json_get_text(call->params, "newName")), why;
  RenameTarget target;
  if (!json_is_string(wanted)) return call_wrong(call, "newName is no text");
  if (!rename_find(&call->spot, call->arena, &target, &why)) {
    if (why.len == 0) why = STR("there is no name here that could be changed");
    return call_fail(call, ERROR_REQUEST_FAILED, STR_FMT, STR_ARG(why));
  }
  Edits *edits = edits_new(call->arena);
  if (!rename_edit(call->spot.snapshot, target.declaration, name, edits, &why))
    return call_fail(call, ERROR_INVALID_PARAMS, STR_FMT, STR_ARG(why));
  Mentions mentions = rename_mentions(call->spot.snapshot, target.name);
  bool asks = asks_first(call->client);
  for (size_t i = 0; i < mentions.len && asks && edits->list.len > 0; i++)
    edits_propose(edits, mentions.at[i].file, mentions.at[i].span, name, "A text that may mean it");
  if (mentions.len > 0 && !asks && edits->list.len > 0) list_mentions(call, &mentions, target.name);
  vec_free(&mentions);
  return json_workspace_edit(call, edits);
}

void rename_announce(const Client *client, json_t *capabilities) {
  bool prepares = client_can(client, "textDocument.rename.prepareSupport");
  json_object_set_new(capabilities, "renameProvider",
                      prepares ? json_pack("{s:b}", "prepareProvider", 1) : json_true());
}
