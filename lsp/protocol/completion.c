/* textDocument/completion and completionItem/resolve. */
#include "lsp/feature/complete.h"

#include "lsp/protocol/methods.h"

#define COMPLETION "textDocument.completion."
#define ITEM "textDocument.completion.completionItem."

/* CompletionItemKind. */
enum {
  KIND_FUNCTION = 3,
  KIND_FIELD = 5,
  KIND_CLASS = 7,
  KIND_VALUE = 12,
  KIND_KEYWORD = 14,
  KIND_SNIPPET = 15,
  KIND_COLOUR = 16,
  KIND_FILE = 17,
  KIND_REFERENCE = 18,
  KIND_FOLDER = 19,
  KIND_ENUM_MEMBER = 20,
  KIND_CONSTANT = 21,
  KIND_EVENT = 23,
  KIND_OPERATOR = 24,
  KIND_UNIT = 11,
  KIND_TEXT = 1
};
enum { FORMAT_SNIPPET = 2, MODE_ADJUST = 2, LAST_OLD_KIND = KIND_REFERENCE, LAST_KIND = 25, FEW_NAMES = 40 };

/* What the client of one call can read, found out once for all items. */
typedef struct {
  const Call *call;
  const Completions *found;
  bool details, commits, replaces, adjusts, later_edits, later_words, takes_range;
  bool kinds[LAST_KIND + 1]; /* that it knows */
  json_t *range;             /* of each item; NULL: it is said once for all */
} Writer;

static int name_kind(Keyword keyword) {
  switch (keyword) {
    case K_METRIC:
    case K_USE: return KIND_FUNCTION;
    case K_PERSONA:
    case K_SEGMENT:
    case K_TEAM: return KIND_CLASS;
    case K_STAGE:
    case K_TOUCHPOINT: return KIND_EVENT;
    case K_EMOTION:
    case K_SEVERITY:
    case K_CHANNEL: return KIND_ENUM_MEMBER;
    default: return KIND_REFERENCE;
  }
}

static int kind_of(const Completion *item) {
  switch (item->kind) {
    case COMPLETION_KEYWORD: return KIND_KEYWORD;
    case COMPLETION_SNIPPET: return KIND_SNIPPET;
    case COMPLETION_NAME: return name_kind(item->keyword);
    case COMPLETION_CHOICE: return KIND_ENUM_MEMBER;
    case COMPLETION_VALUE: return KIND_UNIT;
    case COMPLETION_OPERATOR: return KIND_OPERATOR;
    case COMPLETION_COLOUR: return KIND_COLOUR;
    case COMPLETION_CODE: return KIND_CONSTANT;
    case COMPLETION_FILE: return KIND_FILE;
    case COMPLETION_FOLDER: return KIND_FOLDER;
    case COMPLETION_COLUMN: return KIND_FIELD;
    case COMPLETION_TEXT: return KIND_TEXT;
  }
  return KIND_TEXT;
}

/* A kind that the client does not know is one that every client knows. */
static int known_kind(const bool *known, int kind) {
  if (known[kind]) return kind;
  return kind == KIND_FOLDER && known[KIND_FILE] ? KIND_FILE : known[KIND_VALUE] ? KIND_VALUE : KIND_TEXT;
}

/* Without a list those of the protocol's first version are known. */
static void read_kinds(const Client *client, bool *known) {
  const json_t *list = client_get(client, COMPLETION "completionItemKind.valueSet");
  for (int kind = KIND_TEXT; !list && kind <= LAST_OLD_KIND; kind++) known[kind] = true;
  for (size_t i = 0; i < json_array_size(list); i++) {
    json_int_t kind = json_integer_value(json_array_get(list, i));
    if (kind > 0 && kind <= LAST_KIND) known[kind] = true;
  }
}

/* ---- writing ---- */

static void set(json_t *json, const char *key, json_t *value) { json_object_set_new_nocheck(json, key, value); }

static json_t *edit_range(const Call *call, const Completions *found, bool replaces) {
  if (!replaces) return json_range(call, call->spot.file, found->replace);
  json_t *range = json_object();
  set(range, "insert", json_range(call, call->spot.file, found->insert));
  set(range, "replace", json_range(call, call->spot.file, found->replace));
  return range;
}

static void write_edit(const Writer *w, json_t *json, Str text, bool differs) {
  if (!w->range) {
    if (differs) set(json, "textEditText", json_of(text));
    return;
  }
  json_t *edit = json_object();
  set(edit, "newText", json_of(text));
  if (w->replaces) json_object_update(edit, w->range);
  else json_object_set(edit, "range", w->range);
  set(json, "textEdit", edit);
}

static void write_words(const Writer *w, json_t *json, const Completion *item) {
  if (w->details && item->description.len > 0)
    set(json, "labelDetails", json_pack("{s:o}", "description", json_of(item->description)));
  Str detail = item->detail;
  if (!w->details && item->description.len > 0)
    detail = arena_format(w->call->arena, STR_FMT "%s" STR_FMT, STR_ARG(detail), detail.len > 0 ? " \xC2\xB7 " : "",
                          STR_ARG(item->description));
  if (detail.len > 0) set(json, "detail", json_of(detail));
}

static json_t *use_edits(const Call *call, const Snapshot *snapshot, uint32_t unit, Str file) {
  UseEdit edit = use_edit(snapshot->project->units[unit], file, call->arena);
  return json_pack("[o]", json_text_edit(call, snapshot->files[unit], edit.span, edit.text));
}

/* What its documentation is made from when it is asked for. */
static json_t *data_of(const Writer *w, const Completion *item) {
  json_t *data = json_object();
  if (item->kind == COMPLETION_KEYWORD || item->kind == COMPLETION_SNIPPET)
    set(data, "keyword", json_integer(item->keyword));
  else if (item->kind == COMPLETION_CODE) set(data, "code", json_of(item->code));
  else {
    set(data, "path", json_of(w->call->spot.file->path));
    set(data, "unit", json_integer(item->ref.unit));
    set(data, "at", json_integer(item->ref.at));
    if (item->use.len > 0 && w->later_edits) set(data, "use", json_of(item->use));
  }
  return data;
}

/* Whether documentation may come with completionItem/resolve: always, unless the client says what may. */
static bool resolves_words(const Client *client) {
  const char *path = ITEM "resolveSupport.properties";
  return !client_get(client, path) || client_lists(client, path, "documentation");
}

static void write_documentation(const Call *call, json_t *json, CompletionWords words) {
  if (words.markdown.len > 0)
    set(json, "documentation", json_markup(call, ITEM "documentationFormat", words.markdown, words.plain));
}

static CompletionWords words_at_once(const Call *call, const Completion *item) {
  if (item->kind == COMPLETION_KEYWORD || item->kind == COMPLETION_SNIPPET)
    return completion_keyword_words((Keyword)item->keyword, call->arena);
  if (item->kind == COMPLETION_CODE) return completion_code_words(item->code, call->arena);
  return completion_name_words(call->spot.snapshot, call->spot.late, item->ref, call->arena);
}

static void write_commits(const Writer *w, json_t *json, const Completion *item) {
  if (item->kind == COMPLETION_NAME && w->commits && w->found->is_list)
    set(json, "commitCharacters", json_pack("[s]", ","));
}

static json_t *item_json(const Writer *w, const Completion *item, size_t order) {
  const Call *call = w->call;
  json_t *json = json_object();
  set(json, "label", json_of(item->label));
  set(json, "kind", json_integer(known_kind(w->kinds, kind_of(item))));
  set(json, "sortText", json_of(arena_format(call->arena, "%04zu", order)));
  if (item->filter.len > 0) set(json, "filterText", json_of(item->filter));
  Str text = item->insert.len > 0 ? item->insert : item->label;
  if (item->is_snippet) set(json, "insertTextFormat", json_integer(FORMAT_SNIPPET));
  if (w->adjusts && memchr(text.at, '\n', text.len)) set(json, "insertTextMode", json_integer(MODE_ADJUST));
  write_edit(w, json, text, item->insert.len > 0);
  write_words(w, json, item);
  write_commits(w, json, item);
  if (item->use.len > 0 && !w->later_edits)
    set(json, "additionalTextEdits", use_edits(call, call->spot.snapshot, call->spot.unit, item->use));
  bool has_words = item->kind <= COMPLETION_NAME || item->kind == COMPLETION_CODE;
  if (has_words && (w->later_words || w->later_edits)) set(json, "data", data_of(w, item));
  bool is_quick = item->kind != COMPLETION_NAME || w->found->count <= FEW_NAMES; /* their uses are counted */
  if (has_words && !w->later_words && is_quick) write_documentation(call, json, words_at_once(call, item));
  return json;
}

static json_t *list_json(const Call *call, const Completions *found) {
  const Client *client = call->client;
  Writer w = {.call = call,
              .found = found,
              .details = client_can(client, ITEM "labelDetailsSupport"),
              .commits = client_can(client, ITEM "commitCharactersSupport"),
              .replaces = client_can(client, ITEM "insertReplaceSupport"),
              .adjusts = client_lists_number(client, ITEM "insertTextModeSupport.valueSet", MODE_ADJUST),
              .later_edits = client_lists(client, ITEM "resolveSupport.properties", "additionalTextEdits"),
              .later_words = resolves_words(client),
              .takes_range = client_lists(client, COMPLETION "completionList.itemDefaults", "editRange")};
  read_kinds(client, w.kinds);
  json_t *range = edit_range(call, found, w.replaces), *json = json_object(), *items = json_array();
  w.range = w.takes_range ? NULL : range;
  for (size_t i = 0; i < found->count; i++) json_array_append_new(items, item_json(&w, &found->list[i], i));
  set(json, "isIncomplete", json_boolean(found->is_cut));
  if (w.takes_range && found->count > 0) set(json, "itemDefaults", json_pack("{s:O}", "editRange", range));
  set(json, "items", items);
  json_decref(range);
  return json;
}

/* ---- asking ---- */

static FindingList findings_here(void *context) {
  Call *call = context;
  return root_findings(call->session->workspace, call->root, call->spot.unit);
}

json_t *completion_list(Call *call) {
  const json_t *context = json_object_get(call->params, "context");
  Str trigger = json_get_text(context, "triggerCharacter");
  bool is_triggered = json_integer_value(json_object_get(context, "triggerKind")) == 2 && trigger.len > 0;
  CompletionAsk ask = {.trigger = is_triggered ? trigger.at[0] : 0,
                       .takes_snippets = client_can(call->client, ITEM "snippetSupport"),
                       .findings = findings_here,
                       .context = call};
  Completions found = complete(&call->spot, &ask, call->arena);
  return found.count > 0 ? list_json(call, &found) : NULL;
}

/* ---- resolving ---- */

typedef struct {
  const Snapshot *snapshot; /* NULL: the file is gone */
  const Late *late;
  uint32_t unit;
} Home;

static Home home_of(const Call *call, const json_t *data) {
  Str path = json_get_text(data, "path");
  for (size_t i = 0; i < call->state_count && path.len > 0; i++) {
    uint32_t unit = snapshot_unit(call->states[i].snapshot, path);
    if (unit != NONE) return (Home){call->states[i].snapshot, call->states[i].late, unit};
  }
  return (Home){NULL, NULL, NONE};
}

/* The statement that was meant, if it is still there under its name. */
static Ref ref_of(const Home *home, const json_t *data, Str label) {
  json_int_t unit = json_integer_value(json_object_get(data, "unit")),
             at = json_integer_value(json_object_get(data, "at"));
  const Project *p = home->snapshot->project;
  if (unit < 0 || unit >= p->unit_count || at < 0 || at >= p->units[unit]->statement_count) return NO_REF;
  Str id = unit_name(p->units[unit], (uint32_t)at);
  return id.len > 0 && str_ends(label, id) ? (Ref){(uint32_t)unit, (uint32_t)at} : NO_REF;
}

static CompletionWords words_of(Call *call, const json_t *data, const Home *home, Str label) {
  const json_t *keyword = json_object_get(data, "keyword");
  json_int_t number = json_integer_value(keyword);
  if (json_is_integer(keyword) && number > K_FILE && number < K_COUNT)
    return completion_keyword_words((Keyword)number, call->arena);
  Str code = json_get_text(data, "code");
  if (code.len > 0) return completion_code_words(code, call->arena);
  Ref ref = home->snapshot ? ref_of(home, data, label) : NO_REF;
  return ref_ok(ref) ? completion_name_words(home->snapshot, home->late, ref, call->arena)
                     : (CompletionWords){STR(""), STR("")};
}

json_t *completion_resolve(Call *call) {
  const json_t *data = json_object_get(call->params, "data");
  Home home = home_of(call, data);
  json_t *item = json_copy((json_t *)call->params);
  CompletionWords words = words_of(call, data, &home, json_get_text(call->params, "label"));
  if (resolves_words(call->client)) write_documentation(call, item, words);
  Str use = json_get_text(data, "use");
  if (use.len > 0 && home.snapshot) set(item, "additionalTextEdits", use_edits(call, home.snapshot, home.unit, use));
  return item;
}

void completion_announce(const Client *client, json_t *capabilities) {
  (void)client;
  set(capabilities, "completionProvider",
      json_pack("{s:[s,s,s,s,s,s], s:b}", "triggerCharacters", " ", "\"", "/", ".", "-", "#", "resolveProvider", 1));
}
