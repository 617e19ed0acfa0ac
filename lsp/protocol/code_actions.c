#include <stdlib.h>
#include <string.h>

#include "lsp/feature/actions.h"
#include "lsp/protocol/commands.h"
#include "lsp/protocol/diagnostics.h"
#include "lsp/protocol/workspace_edit.h"

/* The client's way with actions. */
typedef struct {
  bool literals; /* else it gets commands */
  bool late;     /* edits may be worked out when an action is chosen */
  bool disabled, preferred, data;
} Reads;

static Reads reads_of(const Client *client) {
  bool data = client_can(client, "textDocument.codeAction.dataSupport");
  return (Reads){
      .literals = json_is_object(client_get(client, "textDocument.codeAction.codeActionLiteralSupport")),
      .late = data && client_lists(client, "textDocument.codeAction.resolveSupport.properties", "edit"),
      .disabled = client_can(client, "textDocument.codeAction.disabledSupport"),
      .preferred = client_can(client, "textDocument.codeAction.isPreferredSupport"),
      .data = data,
  };
}

/* ---- which are asked for ---- */

static bool is_kind_of(const char *kind, const char *asked) {
  size_t length = strlen(asked);
  return length == 0 || (strncmp(kind, asked, length) == 0 && (kind[length] == 0 || kind[length] == '.'));
}

static bool is_named(void *context, const char *kind) {
  const json_t *only = context;
  for (size_t i = 0; i < json_array_size(only); i++) {
    const char *asked = json_string_value(json_array_get(only, i));
    if (asked && is_kind_of(kind, asked)) return true;
  }
  return false;
}

static bool is_wanted(void *context, const char *kind) {
  return !json_is_array((const json_t *)context) || is_named(context, kind);
}

/* ---- what an action is, for the way to the client and back ---- */

/* The text is told by its hash: what was edited since is another one. */
static json_t *json_identity(const Call *call, const Action *action) {
  const File *file = call->spot.file;
  return json_pack("{s:o, s:I, s:i, s:I, s:[ii], s:o, s:i}", "uri", json_of(file->uri), "text",
                   (json_int_t)(str_hash(file->text) >> 12), "what", (int)action->what, "at",
                   (action->at == NONE ? -1 : (json_int_t)action->at), "span", (int)action->span.start,
                   (int)action->span.end, "with", json_of(action->text), "keyword", (int)action->keyword);
}

static bool read_number(const json_t *json, json_int_t most, uint32_t *number) {
  json_int_t value = json_is_integer(json) ? json_integer_value(json) : -1;
  *number = value < 0 ? NONE : (uint32_t)value;
  return json_is_integer(json) && value <= most;
}

static bool read_identity(const Call *call, const json_t *data, Action *action) {
  const File *file = call->spot.file;
  const json_t *span = json_object_get(data, "span");
  uint32_t what, keyword;
  bool read = json_integer_value(json_object_get(data, "text")) == (json_int_t)(str_hash(file->text) >> 12) &&
              read_number(json_object_get(data, "what"), ACTION_KINDS - 1, &what) && what != NONE &&
              read_number(json_object_get(data, "at"), INT32_MAX, &action->at) &&
              read_number(json_array_get(span, 0), (json_int_t)file->text.len, &action->span.start) &&
              read_number(json_array_get(span, 1), (json_int_t)file->text.len, &action->span.end) &&
              read_number(json_object_get(data, "keyword"), K_COUNT - 1, &keyword) && keyword != NONE &&
              action->span.start <= action->span.end;
  if (!read) return false;
  action->what = (ActionWhat)what;
  action->keyword = (Keyword)keyword;
  action->text = json_get_text(data, "with");
  return true;
}

/* ---- writing ---- */

/* The client's own word for the finding, which may hold more than this server told. Of several of one code at one place
 * the one whose fix is the same. */
static json_t *diagnostic_of(const Call *call, const Diagnostic *finding, const json_t *known) {
  json_t *range = json_range(call, call->spot.file, finding->span), *found = NULL;
  for (size_t i = 0; i < json_array_size(known); i++) {
    json_t *one = json_array_get(known, i);
    const json_t *data = json_object_get(one, "data");
    if (!str_is(json_get_text(one, "code"), diagnostic_label(finding))) continue;
    if (!json_equal(json_object_get(one, "range"), range)) continue;
    bool other_fix =
        json_is_object(data) && finding->has_fix && !str_is(json_get_text(data, "newText"), finding->replacement);
    if (!found || !other_fix) found = one;
    if (!other_fix) break;
  }
  json_decref(range);
  return found;
}

static json_t *edit_of(Call *call, const Action *action, FindingList soon, FindingList late) {
  Edits *edits = edits_new(call->arena);
  if (!action_edit(&call->spot, action, soon, late, edits)) return NULL;
  return json_workspace_edit(call, edits);
}

/* For clients that only know commands. */
static json_t *json_command(const Call *call, const Action *action) {
  if (action->disabled.len > 0 || !client_can(call->client, "workspace.applyEdit")) return NULL;
  return json_pack("{s:o, s:s, s:[o]}", "title", json_of(action->title), "command", "journey.applyEdit", "arguments",
                   json_identity(call, action));
}

static json_t *json_action(Call *call, const Actions *actions, const Action *action, const Reads *reads) {
  const json_t *known = json_object_get(json_object_get(call->params, "context"), "diagnostics");
  if (action->disabled.len > 0 && !reads->disabled) return NULL;
  json_t *json = json_pack("{s:o, s:s}", "title", json_of(action->title), "kind", action->kind);
  json_t *diagnostic = action->finding ? diagnostic_of(call, action->finding, known) : NULL;
  if (diagnostic) json_object_set_new(json, "diagnostics", json_pack("[O]", diagnostic));
  if (action->preferred && reads->preferred) json_object_set_new(json, "isPreferred", json_true());
  if (action->disabled.len > 0) {
    json_object_set_new(json, "disabled", json_pack("{s:o}", "reason", json_of(action->disabled)));
    return json;
  }
  /* A fix is known already: nothing is won by asking again. */
  if (reads->late && action->what != ACTION_FIX) {
    json_object_set_new(json, "data", json_identity(call, action));
    return json;
  }
  json_t *edit = edit_of(call, action, actions->soon, actions->late);
  if (edit) json_object_set_new(json, "edit", edit);
  else json_decref(json), json = NULL;
  return json;
}

json_t *code_actions(Call *call) {
  const json_t *only = json_object_get(json_object_get(call->params, "context"), "only");
  Actions actions = {.arena = call->arena,
                     .spot = &call->spot,
                     .wanted = is_wanted,
                     .wanted_by_name = is_named,
                     .context = (void *)only,
                     .makes_files = client_makes_files(call->client)};
  if (!call_read_range(call, call->spot.file, json_object_get(call->params, "range"), &actions.range))
    return call_wrong(call, "range is none");
  actions.soon = root_findings(call->session->workspace, call->root, call->spot.unit);
  actions.late = root_late_findings(call->root, call->spot.unit, call->arena);
  actions_list(&actions);
  Reads reads = reads_of(call->client);
  json_t *list = json_array();
  for (size_t i = 0; i < actions.list.len && !call_is_stopped(call); i++) {
    const Action *action = &actions.list.at[i];
    json_t *json = reads.literals ? json_action(call, &actions, action, &reads) : json_command(call, action);
    if (json) json_array_append_new(list, json);
  }
  vec_free(&actions.list);
  return list;
}

/* What an action that was listed changes; NULL with the error where the text is not the one that it was listed for. */
static json_t *edit_by_identity(Call *call, const json_t *data) {
  const CallState *state = NULL;
  uint32_t unit = NONE;
  Action action = {.at = NONE};
  if (!call_find_file(call, json_get_text(data, "uri"), &state, &unit))
    return call_fail(call, ERROR_CONTENT_MODIFIED, "the file is no longer there; ask again");
  call->spot = (Spot){state->snapshot, state->late, state->snapshot->files[unit], unit, 0};
  if (!read_identity(call, data, &action))
    return call_fail(call, ERROR_CONTENT_MODIFIED, "the text was changed since; ask again");
  FindingList soon = {NULL, 0}, late = {NULL, 0};
  Root *root = call->session ? workspace_root(call->session->workspace, call->spot.file->path) : NULL;
  if (root && root->snapshot == state->snapshot) {
    soon = root_findings(call->session->workspace, root, unit);
    late = root_late_findings(root, unit, call->arena);
  } else if (!root && state->late && state->late->snapshot == state->snapshot)
    late = findings_of(state->late->findings, unit); /* a thread of its own: what is known of this very state */
  json_t *edit = edit_of(call, &action, soon, late);
  return edit ? edit : call_fail(call, ERROR_REQUEST_FAILED, "this can't be done here");
}

json_t *code_actions_resolve(Call *call) {
  const json_t *data = json_object_get(call->params, "data");
  json_t *edit = json_is_object(data) ? edit_by_identity(call, data) : NULL;
  if (call->error) return NULL;
  json_t *json = json_deep_copy(call->params);
  if (edit) json_object_set_new(json, "edit", edit);
  return json;
}

/* ---- as a command ---- */

static void send_edit(Session *session, Call *call) {
  json_t *edit = call->then_with;
  session_request(session, "workspace/applyEdit", json_pack("{s:O}", "edit", edit), NULL, NULL);
}

static void drop_edit(void *edit) { json_decref(edit); }

json_t *command_apply_edit(Call *call, const json_t *arguments) {
  const json_t *data = json_array_get(arguments, 0);
  if (!json_is_object(data)) return call_wrong(call, "the command takes what a code action gave it");
  if (!client_can(call->client, "workspace.applyEdit"))
    return call_fail(call, ERROR_REQUEST_FAILED, "the editor does not let a server change texts");
  json_t *edit = edit_by_identity(call, data);
  if (!edit) return NULL;
  arena_at_end(call->arena, drop_edit, edit);
  call->then = send_edit;
  call->then_with = edit;
  return NULL;
}

void code_actions_announce(const Client *client, json_t *capabilities) {
  Reads reads = reads_of(client);
  if (!reads.literals && !client_can(client, "workspace.applyEdit")) return; /* every answer would be empty */
  json_t *options = reads.literals ? json_pack("{s:[sssss]}", "codeActionKinds", "quickfix", "refactor.extract",
                                               "refactor.rewrite", "source.organizeImports", "source.fixAll.journey")
                                   : json_true();
  if (reads.literals && reads.late) json_object_set_new(options, "resolveProvider", json_true());
  json_object_set_new(capabilities, "codeActionProvider", options);
}
