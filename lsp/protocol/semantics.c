/* textDocument/semanticTokens: full, full/delta, range. */
#include "lsp/protocol/semantics.h"

#include "lsp/protocol/methods.h"

/* ---- the legend: what the client knows, of what we mean ---- */

enum { MOST_NAMES = 32, NO_TYPE = 255 };

/* The first that the client knows is taken. */
static const char *const types[MEANING_COUNT][4] = {
    [MEANING_KEYWORD] = {"keyword"},
    [MEANING_JOURNEY] = {"class", "type"},
    [MEANING_STAGE] = {"namespace", "struct", "type"},
    [MEANING_STEP] = {"function", "method", "variable"},
    [MEANING_CLIENT] = {"type", "class"},
    [MEANING_TEAM] = {"interface", "type", "class"},
    [MEANING_SYSTEM] = {"struct", "type", "class"},
    [MEANING_EVIDENCE] = {"variable"},
    [MEANING_METRIC] = {"property", "variable"},
    [MEANING_FINDING] = {"event", "property", "variable"},
    [MEANING_WORD] = {"enumMember", "variable"},
    [MEANING_CHECK] = {"decorator", "macro", "enumMember", "variable"},
    [MEANING_TEXT] = {"string"},
    [MEANING_NUMBER] = {"number"},
    [MEANING_OPERATOR] = {"operator"},
    [MEANING_COMMENT] = {"comment"},
};

const char *semantics_type(Meaning meaning) { return types[meaning][0]; }

/* By the bits of MEANING_DECLARES … */
static const char *const modifiers[] = {"declaration", "defaultLibrary", "documentation"};
enum { MODIFIER_COUNT = sizeof modifiers / sizeof *modifiers };

typedef struct {
  const char *names[MOST_NAMES];
  size_t count;
  uint8_t of[MEANING_COUNT];     /* or NO_TYPE */
  uint32_t bits[MODIFIER_COUNT]; /* 0: not known */
  const char *marks[MODIFIER_COUNT];
  size_t mark_count;
} Legend;

static uint8_t name_of(Legend *legend, const char *name) {
  for (size_t i = 0; i < legend->count; i++)
    if (strcmp(legend->names[i], name) == 0) return (uint8_t)i;
  legend->names[legend->count] = name;
  return (uint8_t)legend->count++;
}

static Legend legend_of(const Client *client) {
  Legend legend = {.count = 0};
  for (size_t meaning = 0; meaning < MEANING_COUNT; meaning++) {
    legend.of[meaning] = NO_TYPE;
    for (size_t i = 0; i < 4 && types[meaning][i] && legend.of[meaning] == NO_TYPE; i++)
      if (client_lists(client, "textDocument.semanticTokens.tokenTypes", types[meaning][i]))
        legend.of[meaning] = name_of(&legend, types[meaning][i]);
  }
  for (size_t i = 0; i < MODIFIER_COUNT; i++) {
    if (!client_lists(client, "textDocument.semanticTokens.tokenModifiers", modifiers[i])) continue;
    legend.bits[i] = 1u << legend.mark_count;
    legend.marks[legend.mark_count++] = modifiers[i];
  }
  return legend;
}

/* ---- the numbers: five for each token, relative to the one before ---- */

typedef VEC(uint32_t) Numbers;

typedef struct {
  const Call *call;
  Str text;
  const Lines *lines;
  Numbers *to;
  uint32_t line, at, column;       /* a place on a line: its byte, its column */
  uint32_t last_line, last_column; /* of the token before */
} Writer;

static void go_to(Writer *w, uint32_t offset) {
  while (w->line + 1 < w->lines->len && w->lines->at[w->line + 1] <= offset) {
    w->line++;
    w->at = w->lines->at[w->line];
    w->column = 0;
  }
  w->column += text_units(str_slice(w->text, w->at, offset), w->call->encoding);
  w->at = offset;
}

static void write_token(Writer *w, Span span, uint32_t type, uint32_t bits) {
  if (span.end <= span.start) return;
  go_to(w, span.start);
  uint32_t length = text_units(str_slice(w->text, span.start, span.end), w->call->encoding);
  vec_push(w->to, w->line - w->last_line);
  vec_push(w->to, w->line == w->last_line ? w->column - w->last_column : w->column);
  vec_push(w->to, length);
  vec_push(w->to, type);
  vec_push(w->to, bits);
  w->last_line = w->line;
  w->last_column = w->column;
}

/* A token of several lines is one for each line, where the client can't read it else. */
static void write_lines(Writer *w, Span span, uint32_t type, uint32_t bits) {
  while (span.start < span.end) {
    Span line = line_span(w->text, w->lines, line_at(w->lines, span.start));
    write_token(w, (Span){span.start, line.end < span.end ? line.end : span.end}, type, bits);
    span.start = line.end;
    while (span.start < span.end && (w->text.at[span.start] == '\n' || w->text.at[span.start] == '\r')) span.start++;
    while (span.start < span.end && (w->text.at[span.start] == ' ' || w->text.at[span.start] == '\t')) span.start++;
  }
}

static void write_all(const Call *call, Span span, Numbers *to) {
  Legend legend = legend_of(call->client);
  const File *file = call->spot.file;
  bool whole = client_can(call->client, "textDocument.semanticTokens.multilineTokenSupport");
  MeaningToken *tokens;
  size_t count = semantics_of(&call->spot, span, call->arena, &tokens);
  Writer w = {.call = call, .text = file->text, .lines = &file->lines, .to = to};
  vec_reserve(to, count * 5 + 1);
  for (size_t i = 0; i < count; i++) {
    uint32_t bits = 0;
    for (size_t m = 0; m < MODIFIER_COUNT; m++)
      if (tokens[i].marks & 1u << m) bits |= legend.bits[m];
    if (legend.of[tokens[i].meaning] == NO_TYPE) continue;
    (whole ? write_token : write_lines)(&w, tokens[i].span, legend.of[tokens[i].meaning], bits);
  }
}

/* Nearly all of them are small: each of those is made once. */
static json_t *numbers_json(const uint32_t *at, size_t count) {
  enum { SMALL = 256 };
  json_t *small[SMALL] = {NULL}, *list = json_array();
  for (size_t i = 0; i < count; i++) {
    if (at[i] >= SMALL) json_array_append_new(list, json_integer(at[i]));
    else {
      if (!small[at[i]]) small[at[i]] = json_integer(at[i]);
      json_array_append(list, small[at[i]]);
    }
  }
  for (size_t i = 0; i < SMALL; i++) json_decref(small[i]);
  return list;
}

/* ---- what was sent last ---- */

typedef struct {
  char *path;
  uint64_t id;
  uint32_t *numbers;
  size_t count;
} Sent;

struct SentTokens {
  VEC(Sent) list; /* at most one for each open document */
  uint64_t last_id;
};

static void forget(Sent *sent) {
  free(sent->path);
  free(sent->numbers);
}

void semantics_forget(Session *session) {
  if (!session->tokens) return;
  for (size_t i = 0; i < session->tokens->list.len; i++) forget(&session->tokens->list.at[i]);
  vec_free(&session->tokens->list);
  free(session->tokens);
  session->tokens = NULL;
}

/* That of the document; those of documents that were closed go. */
static Sent *sent_of(Session *session, Str path) {
  struct SentTokens *tokens = session->tokens;
  Sent *found = NULL;
  size_t kept = 0;
  for (size_t i = 0; i < tokens->list.len; i++) {
    Sent sent = tokens->list.at[i];
    if (!documents_find(&session->workspace->documents, str_of(sent.path))) forget(&sent);
    else tokens->list.at[kept++] = sent;
  }
  tokens->list.len = kept;
  for (size_t i = 0; i < kept && !found; i++)
    if (str_is(str_of(tokens->list.at[i].path), path)) found = &tokens->list.at[i];
  return found;
}

/* Takes the numbers over; the id under which they can be asked for. 0: they aren't kept. */
static uint64_t keep(Session *session, Str path, Numbers *numbers) {
  if (!documents_find(&session->workspace->documents, path)) return 0;
  Sent *sent = sent_of(session, path);
  if (!sent) {
    char *copy = mem_alloc(path.len + 1);
    memcpy(copy, path.at, path.len);
    copy[path.len] = 0;
    vec_push(&session->tokens->list, (Sent){copy, 0, NULL, 0});
    sent = &session->tokens->list.at[session->tokens->list.len - 1];
  }
  free(sent->numbers);
  *sent = (Sent){sent->path, ++session->tokens->last_id, numbers->at, numbers->len};
  *numbers = (Numbers){0};
  return sent->id;
}

/* ---- answers ---- */

static struct SentTokens *sent_tokens(Session *session) {
  if (!session->tokens) {
    session->tokens = mem_alloc(sizeof *session->tokens);
    *session->tokens = (struct SentTokens){.last_id = 0};
  }
  return session->tokens;
}

static void set_id(json_t *json, uint64_t id) {
  char text[24];
  snprintf(text, sizeof text, "%llu", (unsigned long long)id);
  if (id) json_object_set_new(json, "resultId", json_string(text));
}

static Span whole_of(const Call *call) { return (Span){0, (uint32_t)call->spot.file->text.len}; }

json_t *semantics_full(Call *call) {
  Numbers numbers = {0};
  sent_tokens(call->session);
  write_all(call, whole_of(call), &numbers);
  json_t *json = json_object();
  json_object_set_new(json, "data", numbers_json(numbers.at, numbers.len));
  set_id(json, keep(call->session, call->spot.file->path, &numbers));
  vec_free(&numbers);
  return json;
}

/* One edit: what stands between the beginning and the end that both have. */
static json_t *edits_json(const Sent *before, const Numbers *now) {
  size_t top = 0, bottom = 0, least = before->count < now->len ? before->count : now->len;
  while (top < least && before->numbers[top] == now->at[top]) top++;
  while (bottom < least - top && before->numbers[before->count - 1 - bottom] == now->at[now->len - 1 - bottom])
    bottom++;
  if (top == before->count && top == now->len) return json_array();
  return json_pack("[{s:I, s:I, s:o}]", "start", (json_int_t)top, "deleteCount",
                   (json_int_t)(before->count - top - bottom), "data",
                   numbers_json(now->at + top, now->len - top - bottom));
}

json_t *semantics_delta(Call *call) {
  char id[24];
  sent_tokens(call->session);
  const Sent *before = sent_of(call->session, call->spot.file->path);
  snprintf(id, sizeof id, "%llu", before ? (unsigned long long)before->id : 0);
  if (!before || !str_is_c(json_get_text(call->params, "previousResultId"), id)) return semantics_full(call);
  Numbers numbers = {0};
  write_all(call, whole_of(call), &numbers);
  json_t *json = json_object();
  json_object_set_new(json, "edits", edits_json(before, &numbers));
  set_id(json, keep(call->session, call->spot.file->path, &numbers));
  vec_free(&numbers);
  return json;
}

json_t *semantics_range(Call *call) {
  Span span;
  if (!call_read_range(call, call->spot.file, json_object_get(call->params, "range"), &span))
    return call_wrong(call, "range is none");
  Numbers numbers = {0};
  write_all(call, span, &numbers);
  json_t *json = json_object();
  json_object_set_new(json, "data", numbers_json(numbers.at, numbers.len));
  vec_free(&numbers);
  return json;
}

void semantics_announce(const Client *client, json_t *capabilities) {
  if (!client_lists(client, "textDocument.semanticTokens.formats", "relative")) return;
  Legend legend = legend_of(client);
  const json_t *range = client_get(client, "textDocument.semanticTokens.requests.range");
  json_t *names = json_array(), *marks = json_array(), *full = json_object(), *provider = json_object();
  for (size_t i = 0; i < legend.count; i++) json_array_append_new(names, json_string(legend.names[i]));
  for (size_t i = 0; i < legend.mark_count; i++) json_array_append_new(marks, json_string(legend.marks[i]));
  if (client_can(client, "textDocument.semanticTokens.requests.full.delta"))
    json_object_set_new(full, "delta", json_true());
  json_object_set_new(provider, "legend", json_pack("{s:o, s:o}", "tokenTypes", names, "tokenModifiers", marks));
  json_object_set_new(provider, "full", full);
  if (json_is_true(range) || json_is_object(range)) json_object_set_new(provider, "range", json_true());
  json_object_set_new(capabilities, "semanticTokensProvider", provider);
}
