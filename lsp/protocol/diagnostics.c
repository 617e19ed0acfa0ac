#include "lsp/protocol/diagnostics.h"

#include <stdio.h>

#include "lsp/feature/pages.h"
#include "lsp/protocol/methods.h"

enum { TAG_UNNECESSARY = 1, TAG_DEPRECATED = 2, MOST_RELATED = 20 };

/* Neovim 0.12, told to ask again, asks for the workspace, and passes over what that says of open files. */
static bool asks_amiss(const Client *client) { return strcmp(client->name, "Neovim") == 0; }

DiagnosticsWay diagnostics_way(const Client *client) {
  if (asks_amiss(client)) return DIAGNOSTICS_PUSHED;
  if (!json_is_object(client_get(client, "textDocument.diagnostic"))) return DIAGNOSTICS_PUSHED;
  return client_can(client, "workspace.diagnostics.refreshSupport") ? DIAGNOSTICS_PULLED : DIAGNOSTICS_LATE_PUSHED;
}

/* ---- one finding ---- */

/* What the client reads of a diagnostic, looked up once for many; and the page of the code that was asked for last. */
typedef struct {
  bool pages, related, data, tags[TAG_DEPRECATED + 1];
  Str code, page;
} Style;

static bool can(const Call *call, const char *options, const char *what) {
  char path[128];
  snprintf(path, sizeof path, "%s.%s", options, what);
  return client_can(call->client, path);
}

static Style style_of(const Call *call, const char *options) {
  char path[128];
  snprintf(path, sizeof path, "%s.tagSupport.valueSet", options);
  Style style = {.pages = can(call, options, "codeDescriptionSupport"),
                 .related = can(call, options, "relatedInformation"),
                 .data = can(call, options, "dataSupport")};
  for (int tag = TAG_UNNECESSARY; tag <= TAG_DEPRECATED; tag++)
    style.tags[tag] = client_lists_number(call->client, path, tag);
  return style;
}

static Str page_of(const Call *call, Style *style, Str code) {
  if (!str_is(style->code, code)) {
    style->code = code;
    style->page = page_of_code(call->arena, code);
  }
  return style->page;
}

static int tag_of(DiagnosticCode code) {
  switch (code) {
    case DIAG_UNUSED_SILENCE:
    case DIAG_REPEATED: return TAG_UNNECESSARY;
    case DIAG_STALE_EVIDENCE: return TAG_DEPRECATED;
    default: return 0;
  }
}

static json_t *related_json(const Call *call, const Snapshot *snapshot, const Diagnostic *finding) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < finding->related_count && i < MOST_RELATED; i++) {
    const Related *related = &finding->related[i];
    json_t *location = json_location(call, snapshot, related->unit, related->span), *json;
    if (!location) continue;
    json = json_object();
    json_object_set_new(json, "location", location);
    json_object_set_new(json, "message", json_of(related->text));
    json_array_append_new(list, json);
  }
  return list;
}

static json_t *fix_json(const Call *call, const File *file, const Diagnostic *finding) {
  json_t *json = json_text_edit(call, file, finding->fix, finding->replacement);
  json_object_set_new(json, "sure", json_boolean(finding->fix_is_sure));
  return json;
}

static Str words_of(const Call *call, const Diagnostic *finding) {
  if (finding->help.len == 0) return finding->message;
  return arena_format(call->arena, STR_FMT "\n" STR_FMT, STR_ARG(finding->message), STR_ARG(finding->help));
}

static json_t *finding_json(const Call *call, const Snapshot *snapshot, const Diagnostic *finding, Style *style) {
  const File *file = snapshot->files[finding->unit];
  json_t *json = json_object();
  Str label = diagnostic_label(finding);
  json_object_set_new_nocheck(json, "range", json_range(call, file, finding->span));
  json_object_set_new_nocheck(json, "severity", json_integer((int)finding->severity + 1));
  json_object_set_new_nocheck(json, "code", json_of(label));
  json_object_set_new_nocheck(json, "source", json_string("journey"));
  json_object_set_new_nocheck(json, "message", json_of(words_of(call, finding)));
  Str page = !finding->own && style->pages ? page_of(call, style, label) : STR("");
  if (page.len > 0) json_object_set_new_nocheck(json, "codeDescription", json_pack("{s:o}", "href", json_of(page)));
  int tag = finding->own ? 0 : tag_of(finding->code);
  if (tag && style->tags[tag]) json_object_set_new_nocheck(json, "tags", json_pack("[i]", tag));
  if (finding->related_count > 0 && style->related)
    json_object_set_new_nocheck(json, "relatedInformation", related_json(call, snapshot, finding));
  if (finding->has_fix && style->data) json_object_set_new_nocheck(json, "data", fix_json(call, file, finding));
  return json;
}

/* ---- one file ---- */

typedef struct {
  FindingList soon, late;
  uint64_t hash; /* never 0 where there are any */
} Said;

static uint64_t mix(uint64_t hash, uint64_t more) {
  hash = (hash ^ more) * 0x9e3779b97f4a7c15u;
  return hash ^ hash >> 29;
}

static uint64_t hash_list(uint64_t hash, FindingList list) {
  for (uint32_t i = 0; i < list.count; i++) {
    const Diagnostic *d = &list.at[i];
    hash = mix(hash, (uint64_t)d->code << 32 | (uint64_t)d->severity << 8 | d->has_fix);
    hash = mix(hash, (uint64_t)d->span.start << 32 | d->span.end);
    hash = mix(mix(hash, str_hash(d->message)), str_hash(d->help));
    for (uint32_t r = 0; r < d->related_count; r++)
      hash = mix(hash, (uint64_t)d->related[r].unit << 40 ^ (uint64_t)d->related[r].span.start << 8 ^
                           str_hash(d->related[r].text));
    if (d->has_fix) hash = mix(mix(hash, (uint64_t)d->fix.start << 32 | d->fix.end), str_hash(d->replacement));
  }
  return hash;
}

static Said said_of(const Root *root, uint32_t unit, FindingList soon, DiagnosticsWay way, bool pushed, Arena *arena) {
  Said said = {{NULL, 0}, {NULL, 0}, 0};
  if (!pushed || way == DIAGNOSTICS_PUSHED) said.soon = soon;
  if (pushed || way == DIAGNOSTICS_PULLED) said.late = root_late_findings(root, unit, arena);
  if (said.soon.count + said.late.count > 0) {
    /* The text is a part of it: where a line ends decides about columns. */
    said.hash = hash_list(hash_list(file_text_hash(root->snapshot->files[unit]), said.soon), said.late);
    said.hash |= said.hash == 0;
  }
  return said;
}

static json_t *list_json(const Call *call, const Snapshot *snapshot, const Said *said, const char *options) {
  json_t *list = json_array();
  Style style = style_of(call, options);
  for (uint32_t i = 0; i < said->soon.count; i++)
    json_array_append_new(list, finding_json(call, snapshot, &said->soon.at[i], &style));
  for (uint32_t i = 0; i < said->late.count; i++)
    json_array_append_new(list, finding_json(call, snapshot, &said->late.at[i], &style));
  return list;
}

/* ---- pushed ---- */

static Published *published_at(Session *session, Str uri) {
  size_t from = 0, to = session->published.len;
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    int order = str_compare(str_of(session->published.at[middle].uri), uri);
    if (order == 0) return &session->published.at[middle];
    if (order < 0) from = middle + 1;
    else to = middle;
  }
  char *copy = mem_alloc(uri.len + 1);
  memcpy(copy, uri.at, uri.len);
  copy[uri.len] = 0;
  vec_push(&session->published, (Published){NULL, 0, NO_VERSION, NULL, 0});
  memmove(session->published.at + from + 1, session->published.at + from,
          (session->published.len - 1 - from) * sizeof *session->published.at);
  session->published.at[from] = (Published){copy, 0, NO_VERSION, NULL, 0};
  return &session->published.at[from];
}

static void publish(Session *session, Str uri, int32_t version, json_t *list) {
  json_t *params = json_object();
  json_object_set_new(params, "uri", json_of(uri));
  if (version != NO_VERSION && client_can(&session->client, "textDocument.publishDiagnostics.versionSupport"))
    json_object_set_new(params, "version", json_integer(version));
  json_object_set_new(params, "diagnostics", list);
  session_notify(session, "textDocument/publishDiagnostics", params);
}

void diagnostics_publish(Session *session, Root *root, uint32_t unit, FindingList soon) {
  DiagnosticsWay way = diagnostics_way(&session->client);
  const File *file = root->snapshot->files[unit];
  if (!file || way == DIAGNOSTICS_PULLED) return;
  Arena *arena = arena_new();
  Said said = said_of(root, unit, soon, way, true, arena);
  Published *known = published_at(session, file->uri);
  known->root = root;
  known->seen = root->snapshot->number;
  bool is_new_version = file->is_open && known->version != file->version && way == DIAGNOSTICS_PUSHED;
  if (known->hash != said.hash || is_new_version) {
    Call call = {.client = &session->client, .encoding = session->encoding, .arena = arena};
    known->hash = said.hash;
    known->version = file->version;
    publish(session, file->uri, file->version,
            list_json(&call, root->snapshot, &said, "textDocument.publishDiagnostics"));
  }
  arena_free(arena);
}

static void withdraw(Session *session, Published *known) {
  if (known->hash) publish(session, str_of(known->uri), NO_VERSION, json_array());
  known->hash = 0;
  known->version = NO_VERSION;
}

void diagnostics_publish_all(Session *session, Root *root) {
  if (session->hold) session->hold(session->context, true);
  for (uint32_t u = 0; u < root->snapshot->project->unit_count; u++) {
    const File *file = root->snapshot->files[u];
    if (file && workspace_root(session->workspace, file->path) == root)
      diagnostics_publish(session, root, u, root_findings(session->workspace, root, u));
  }
  for (size_t i = 0; i < session->published.len; i++) {
    Published *known = &session->published.at[i];
    if (known->root == root && known->seen != root->snapshot->number) withdraw(session, known);
  }
  if (session->hold) session->hold(session->context, false);
}

void diagnostics_withdraw(Session *session, Str uri) { withdraw(session, published_at(session, uri)); }

void diagnostics_refresh(Session *session) {
  if (diagnostics_way(&session->client) == DIAGNOSTICS_PULLED)
    session_request(session, "workspace/diagnostic/refresh", NULL, NULL, NULL);
}

/* ---- pulled ---- */

typedef struct {
  char at[20];
} ResultId;

static ResultId id_of(const Said *said) {
  ResultId id;
  snprintf(id.at, sizeof id.at, "%016llx", (unsigned long long)said->hash);
  return id;
}

/* A report of one file, against what the client knows of it. */
static json_t *report_json(const Call *call, const Snapshot *snapshot, const Said *said, Str known) {
  ResultId id = id_of(said);
  if (str_is_c(known, id.at)) return json_pack("{s:s, s:s}", "kind", "unchanged", "resultId", id.at);
  return json_pack("{s:s, s:s, s:o}", "kind", "full", "resultId", id.at, "items",
                   list_json(call, snapshot, said, "textDocument.diagnostic"));
}

json_t *diagnostics_pull(Call *call) {
  Root *root = call->root;
  uint32_t unit = call->spot.unit;
  Said said = said_of(root, unit, root_findings(call->session->workspace, root, unit), diagnostics_way(call->client),
                      false, call->arena);
  return report_json(call, root->snapshot, &said, json_get_text(call->params, "previousResultId"));
}

/* ---- pulled, of all files ---- */

enum { FILES_A_PART = 500 };

typedef struct {
  Call *call;
  json_t *items;
  json_t *known;    /* what the client knows: result ids by address; who was looked at is taken out */
  size_t done, all; /* files */
  bool is_long;     /* more than a part: the client is told how far it is */
} Pulling;

static void tell(const Pulling *pulling, const char *token, json_t *value) {
  json_t *name = json_object_get(pulling->call->params, token);
  if (name)
    session_notify(pulling->call->session, "$/progress", json_pack("{s:O, s:o}", "token", name, "value", value));
  else json_decref(value);
}

static void tell_part(Pulling *pulling) {
  if (!pulling->is_long || pulling->done % FILES_A_PART != 0) return;
  tell(pulling, "workDoneToken",
       json_pack("{s:s, s:i}", "kind", "report", "percentage", (int)(pulling->done * 100 / pulling->all)));
  if (!json_object_get(pulling->call->params, "partialResultToken")) return;
  tell(pulling, "partialResultToken", json_pack("{s:o}", "items", pulling->items));
  pulling->items = json_array();
}

static void add_report(Pulling *pulling, const File *file, json_t *report) {
  json_object_set_new(report, "uri", json_of(file->uri));
  json_object_set_new(report, "version", file->version == NO_VERSION ? json_null() : json_integer(file->version));
  json_array_append_new(pulling->items, report);
}

/* A file without findings of which the client knows nothing is not worth a word. */
static void pull_file(Pulling *pulling, const Root *root, uint32_t unit) {
  Call *call = pulling->call;
  const File *file = root->snapshot->files[unit];
  char *uri = (char *)arena_copy(call->arena, file->uri).at;
  json_t *known = json_object_get(pulling->known, uri);
  Said said = said_of(root, unit, findings_of(root->all, unit), diagnostics_way(call->client), false, call->arena);
  if (said.soon.count + said.late.count > 0 || known)
    add_report(pulling, file,
               report_json(call, root->snapshot, &said, (Str){json_string_value(known), json_string_length(known)}));
  if (known) json_object_del(pulling->known, uri);
  pulling->done++;
  tell_part(pulling);
}

static void pull_root(Pulling *pulling, Root *root) {
  Workspace *workspace = pulling->call->session->workspace;
  if (!root_is_checked(root)) root_check(workspace, root);
  for (uint32_t u = 0; u < root->snapshot->project->unit_count && !call_is_stopped(pulling->call); u++)
    if (root->snapshot->files[u] && workspace_root(workspace, root->snapshot->files[u]->path) == root)
      pull_file(pulling, root, u);
}

/* Those that are gone have no findings any more. */
static void pull_gone(Pulling *pulling) {
  const char *uri;
  json_t *id;
  json_object_foreach(pulling->known, uri, id) json_array_append_new(
      pulling->items, json_pack("{s:s, s:s, s:n, s:[]}", "kind", "full", "uri", uri, "version", "items"));
}

static json_t *known_by_address(const json_t *previous) {
  json_t *known = json_object();
  for (size_t i = 0; i < json_array_size(previous); i++) {
    const json_t *one = json_array_get(previous, i), *uri = json_object_get(one, "uri");
    json_t *value = json_object_get(one, "value");
    if (json_is_string(uri) && json_is_string(value)) json_object_set(known, json_string_value(uri), value);
  }
  return known;
}

/* Whether it says anything that the client doesn't know. Takes those that it knows rightly out of `known`. */
static bool is_news(const Call *call, const Root *root, uint32_t unit, json_t *known) {
  char *uri = (char *)arena_copy(call->arena, root->snapshot->files[unit]->uri).at;
  json_t *id = json_object_get(known, uri);
  Said said = said_of(root, unit, findings_of(root->all, unit), diagnostics_way(call->client), false, call->arena);
  bool news = id ? strcmp(json_string_value(id), id_of(&said).at) != 0 : said.soon.count + said.late.count > 0;
  if (id && !news) json_object_del(known, uri);
  return news;
}

static bool any_news(const Call *call, const json_t *previous) {
  Workspace *workspace = call->session->workspace;
  json_t *known = known_by_address(previous);
  bool any = false;
  for (size_t i = 0; i < workspace->roots.len; i++) {
    Root *root = workspace->roots.at[i];
    root_snapshot(workspace, root);
    if (!root_is_checked(root)) root_check(workspace, root);
    for (uint32_t u = 0; u < root->snapshot->project->unit_count && !any; u++)
      if (root->snapshot->files[u] && workspace_root(workspace, root->snapshot->files[u]->path) == root)
        any = is_news(call, root, u, known);
  }
  any = any || json_object_size(known) > 0; /* what is gone */
  json_decref(known);
  return any;
}

json_t *diagnostics_pull_all(Call *call) {
  const json_t *previous = json_object_get(call->params, "previousResultIds");
  Workspace *workspace = call->session->workspace;
  if (!json_is_array(previous)) return call_wrong(call, "previousResultIds is no list");
  /* Who takes parts of an answer may be let wait for the first of them; VS Code would else ask every other second. */
  call->waits = json_object_get(call->params, "partialResultToken") && !any_news(call, previous);
  if (call->waits) return NULL;
  Pulling pulling = {.call = call, .items = json_array(), .known = known_by_address(previous)};
  for (size_t i = 0; i < workspace->roots.len; i++)
    pulling.all += root_snapshot(workspace, workspace->roots.at[i])->project->unit_count;
  pulling.is_long = pulling.all > FILES_A_PART;
  if (pulling.is_long)
    tell(&pulling, "workDoneToken",
         json_pack("{s:s, s:s, s:i}", "kind", "begin", "title", "Checking the maps", "percentage", 0));
  for (size_t i = 0; i < workspace->roots.len; i++) pull_root(&pulling, workspace->roots.at[i]);
  pull_gone(&pulling);
  if (pulling.is_long) tell(&pulling, "workDoneToken", json_pack("{s:s}", "kind", "end"));
  json_decref(pulling.known);
  return json_pack("{s:o}", "items", pulling.items);
}

void diagnostics_announce(const Client *client, json_t *capabilities) {
  if (diagnostics_way(client) == DIAGNOSTICS_PUSHED) return;
  json_object_set_new(capabilities, "diagnosticProvider",
                      json_pack("{s:s, s:b, s:b, s:b}", "identifier", "journey", "interFileDependencies", 1,
                                "workspaceDiagnostics", 1, "workDoneProgress", 1));
}
