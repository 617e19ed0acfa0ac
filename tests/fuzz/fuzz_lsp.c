/* Whatever a client says to the language server, in whatever order: all that comes back is framed JSON-RPC, each
 * request is answered once, the server's texts are the client's, and what it answers about them is what a fresh server
 * answers that is given those texts.
 *
 * The bytes up to the first NUL are the text that is opened first; those behind it say what the client does. */
#include <stdio.h>
#include <stdlib.h>

#include "lsp_talk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_STEPS = 200, STEPS_OF_A_TEXT = 6, MOST_TEXT = 20000 };

static const char *const pieces[] = {"\n",
                                     "\r\n",
                                     "\r",
                                     "{",
                                     "}",
                                     "\"",
                                     " ",
                                     "\t",
                                     "#",
                                     "a",
                                     "x1",
                                     "-",
                                     "+2",
                                     "5%",
                                     "touchpoint pay \"Pays\" {\n",
                                     "stage s \"Start\" {\n",
                                     "journey j \"J\" {\n",
                                     "via web\n",
                                     "feels -1 \"No\"\n",
                                     "takes 3d\n",
                                     "team success \"Success\"\n",
                                     "owner success\n",
                                     "persona sarah \"Sarah\"\n",
                                     "persona sarah\n",
                                     "pain p \"P\" severity high\n",
                                     "use \"b.journey\"\n",
                                     "use \"a.journey\"\n",
                                     "extends j {\n",
                                     "change pay { feels +1 }\n",
                                     "opportunity \"O\" { solves p }\n",
                                     "measure nps 30 target 40\n",
                                     "silence W0601 \"why\"\n",
                                     "reviewed 2026-02-30\n",
                                     "}\n}\n",
                                     "after pay\n",
                                     "\\",
                                     "\"x\\\"",
                                     "\xC3\xA9",
                                     "\xF0\x9F\x98\x80",
                                     "\xE2\x80\xA8",
                                     "\xCC\x81",
                                     "\xEF\xBB\xBF",
                                     "\xE2\x80\x8F",
                                     "\xEF\xBF\xBD",
                                     "\x01",
                                     "//",
                                     "'''"};

/* Text as it is, and as JSON, which are not the same where the client sends half of a surrogate pair. */
static void write_some_text(Talk *talk, Buf *text, Buf *json) {
  size_t before = text->len;
  for (unsigned count = below(talk, 4); count > 0; count--) buf_add_c(text, ANY(talk, pieces));
  if (below(talk, 8) == 0) buf_add_byte(text, (char)(0x20 + below(talk, 0x5F)));
  model_write(str_slice(buf_str(text), before, text->len), json);
  if (below(talk, 32) != 0) return;
  json->len--; /* the quotes */
  buf_add_c(json, below(talk, 2) ? "\\ud83d\"" : "\\udE00\"");
  buf_add_c(text, "\xEF\xBF\xBD");
}

static ModelPlace some_place(Talk *talk, Str text) {
  static const uint32_t far[] = {INT32_MAX, UINT32_MAX, 1u << 30};
  uint32_t lines = model_lines(text);
  ModelPlace place = {below(talk, lines + 1), 0};
  place.character = below(talk, model_width(text, talk->encoding, place.line) + 2);
  if (below(talk, 40) == 0) place.line = ANY(talk, far);
  if (below(talk, 40) == 0) place.character = ANY(talk, far);
  return place;
}

static void initialize(Talk *talk) {
  static const char *const encodings[] = {"utf-8", "utf-16", "utf-32"};
  Buf params = {0};
  buf_printf(
      &params,
      "{\"processId\":null,\"rootUri\":%s,\"capabilities\":{\"general\":{\"positionEncodings\":[\"%s\"]},"
      "\"textDocument\":{\"semanticTokens\":{\"requests\":{\"full\":{\"delta\":true}},\"formats\":[\"relative\"],"
      "\"tokenTypes\":[\"keyword\",\"string\",\"number\",\"comment\",\"class\",\"property\",\"enumMember\"],"
      "\"tokenModifiers\":[\"declaration\"]},\"documentSymbol\":{\"hierarchicalDocumentSymbolSupport\":true}%s}}}",
      talk->has_folder ? "\"file:///fuzz\"" : "null", encodings[talk->encoding],
      talk->pulls ? ",\"diagnostic\":{\"relatedDocumentSupport\":true}" : "");
  json_decref(talk_answer(talk, "initialize", &params));
  buf_add_c(&params, "{}");
  talk_notify(talk, "initialized", &params);
}

static void open_document(Talk *talk, Opened *document) {
  Buf params = {0};
  buf_printf(&params,
             "{\"textDocument\":{\"uri\":\"%s\",\"languageId\":\"%s\",\"version\":%d,\"text\":", document->address,
             document->language, document->version);
  model_write(buf_str(&document->text), &params);
  buf_add_c(&params, "}}");
  talk_notify(talk, "textDocument/didOpen", &params);
  document->is_open = true;
}

static void write_document(const Opened *document, Buf *to) {
  buf_printf(to, "{\"textDocument\":{\"uri\":\"%s\"}", document->address);
}

static void write_place(ModelPlace place, Buf *to) {
  buf_printf(to, "{\"line\":%u,\"character\":%u}", place.line, place.character);
}

static void write_range(Talk *talk, Str text, Buf *to) {
  buf_add_c(to, "{\"start\":");
  write_place(some_place(talk, text), to);
  buf_add_c(to, ",\"end\":");
  write_place(some_place(talk, text), to);
  buf_add_byte(to, '}');
}

/* A word in a line, as somebody types; or any range, now and then in the wrong order. */
static void change(Talk *talk, Opened *document, Buf *to) {
  Str text = buf_str(&document->text);
  Buf insert = {0}, json = {0};
  ModelPlace from = some_place(talk, text), until = from;
  if (below(talk, 2)) until.character += below(talk, 4);
  else if (below(talk, 4) == 0) until = some_place(talk, text);
  write_some_text(talk, &insert, &json);
  buf_add_c(to, "{\"range\":{\"start\":");
  write_place(from, to);
  buf_add_c(to, ",\"end\":");
  write_place(until, to);
  buf_add_c(to, "},\"text\":");
  buf_add(to, buf_str(&json));
  buf_add_byte(to, '}');
  model_edit(&document->text, talk->encoding, from, until, buf_str(&insert));
  buf_free(&insert);
  buf_free(&json);
}

static void replace(Talk *talk, Opened *document, Buf *to) {
  document->text.len = 0;
  buf_add_c(to, "{\"text\":");
  write_some_text(talk, &document->text, to);
  buf_add_byte(to, '}');
}

static void edit(Talk *talk, Opened *document) {
  if (!document->is_open || document->text.len > MOST_TEXT) return;
  Buf params = {0};
  buf_printf(&params, "{\"textDocument\":{\"uri\":\"%s\",\"version\":%d},\"contentChanges\":[", document->address,
             ++document->version);
  for (unsigned count = 1 + below(talk, 3), i = 0; i < count; i++) {
    if (i > 0) buf_add_byte(&params, ',');
    if (below(talk, 24) == 0) replace(talk, document, &params);
    else change(talk, document, &params);
  }
  buf_add_c(&params, "]}");
  talk_notify(talk, "textDocument/didChange", &params);
}

static void close_document(Talk *talk, Opened *document) {
  Buf params = {0};
  if (!document->is_open) return;
  write_document(document, &params);
  buf_add_byte(&params, '}');
  talk_notify(talk, "textDocument/didClose", &params);
  document->is_open = false;
}

static void open_or_close(Talk *talk, Opened *document) {
  if (document->is_open) close_document(talk, document);
  else open_document(talk, document);
}

/* ---- requests of every kind ---- */

typedef enum { OF_DOCUMENT, OF_PLACE, OF_RANGE, OF_NOTHING } Asked;

/* `more`: what its params have beside the document, and the place or range. */
static const struct {
  const char *method;
  Asked of;
  const char *more;
} requests[] = {
    {"textDocument/completion", OF_PLACE, ",\"context\":{\"triggerKind\":1}"},
    {"textDocument/hover", OF_PLACE, ""},
    {"textDocument/signatureHelp", OF_PLACE, ""},
    {"textDocument/declaration", OF_PLACE, ""},
    {"textDocument/definition", OF_PLACE, ""},
    {"textDocument/typeDefinition", OF_PLACE, ""},
    {"textDocument/implementation", OF_PLACE, ""},
    {"textDocument/references", OF_PLACE, ",\"context\":{\"includeDeclaration\":true}"},
    {"textDocument/documentHighlight", OF_PLACE, ""},
    {"textDocument/prepareRename", OF_PLACE, ""},
    {"textDocument/rename", OF_PLACE, ",\"newName\":\"other-name\""},
    {"textDocument/linkedEditingRange", OF_PLACE, ""},
    {"textDocument/prepareCallHierarchy", OF_PLACE, ""},
    {"textDocument/prepareTypeHierarchy", OF_PLACE, ""},
    {"textDocument/onTypeFormatting", OF_PLACE, ",\"ch\":\"}\",\"options\":{\"tabSize\":2,\"insertSpaces\":true}"},
    {"textDocument/documentSymbol", OF_DOCUMENT, ""},
    {"textDocument/foldingRange", OF_DOCUMENT, ""},
    {"textDocument/documentLink", OF_DOCUMENT, ""},
    {"textDocument/documentColor", OF_DOCUMENT, ""},
    {"textDocument/codeLens", OF_DOCUMENT, ""},
    {"textDocument/formatting", OF_DOCUMENT, ",\"options\":{\"tabSize\":2,\"insertSpaces\":true}"},
    {"textDocument/semanticTokens/full", OF_DOCUMENT, ""},
    {"textDocument/semanticTokens/full/delta", OF_DOCUMENT, ",\"previousResultId\":\"none\""},
    {"textDocument/diagnostic", OF_DOCUMENT, ""},
    {"textDocument/diagnostic", OF_DOCUMENT, ",\"previousResultId\":\"none\""},
    {"textDocument/semanticTokens/range", OF_RANGE, ""},
    {"textDocument/rangeFormatting", OF_RANGE, ",\"options\":{\"tabSize\":2,\"insertSpaces\":true}"},
    {"textDocument/inlayHint", OF_RANGE, ""},
    {"textDocument/codeAction", OF_RANGE, ",\"context\":{\"diagnostics\":[]}"},
    {"textDocument/colorPresentation", OF_RANGE, ",\"color\":{\"red\":1,\"green\":0.5,\"blue\":0,\"alpha\":1}"},
    {"workspace/symbol", OF_NOTHING, ",\"query\":\"pay\""},
    {"workspace/diagnostic", OF_NOTHING, ",\"previousResultIds\":[]"},
    {"workspace/executeCommand", OF_NOTHING, ",\"command\":\"journey.none\""},
    {"workspace/willRenameFiles", OF_NOTHING,
     ",\"files\":[{\"oldUri\":\"file:///fuzz/b.journey\",\"newUri\":\"file:///fuzz/c.journey\"}]"},
    {"no/such/method", OF_NOTHING, ""},
    {"$/no/such/method", OF_PLACE, ""},
};

static void ask_something(Talk *talk, const Opened *document) {
  unsigned which = below(talk, sizeof requests / sizeof *requests);
  Str text = buf_str(&document->text);
  Buf params = {0};
  if (requests[which].of == OF_NOTHING) buf_add_c(&params, "{\"unused\":0");
  else write_document(document, &params);
  if (requests[which].of == OF_PLACE) {
    buf_add_c(&params, ",\"position\":");
    write_place(some_place(talk, text), &params);
  }
  if (requests[which].of == OF_RANGE) {
    buf_add_c(&params, ",\"range\":");
    write_range(talk, text, &params);
  }
  buf_add_c(&params, requests[which].more);
  buf_add_byte(&params, '}');
  talk_ask(talk, requests[which].method, &params);
}

/* The first thing in the last answer goes back, as clients do with what can be resolved, or followed. */
static void follow_up(Talk *talk) {
  static const char *const resolves[] = {"completionItem/resolve", "codeAction/resolve", "codeLens/resolve",
                                         "documentLink/resolve",   "inlayHint/resolve",  "workspaceSymbol/resolve"};
  static const char *const follows[] = {"callHierarchy/incomingCalls", "callHierarchy/outgoingCalls",
                                        "typeHierarchy/supertypes", "typeHierarchy/subtypes"};
  const json_t *list = json_is_object(talk->answer) ? json_object_get(talk->answer, "items") : talk->answer;
  size_t count = json_array_size(list);
  if (count == 0) return;
  char *item = json_dumps(json_array_get(list, below(talk, count < 256 ? (unsigned)count : 256)), JSON_ENCODE_ANY);
  Buf params = {0};
  bool follow = below(talk, 2);
  buf_printf(&params, follow ? "{\"item\":%s}" : "%s", item);
  free(item);
  if (follow) talk_ask(talk, ANY(talk, follows), &params);
  else talk_ask(talk, ANY(talk, resolves), &params);
}

/* ---- what a client should not say ---- */

/* Each is answered with an error without an id, or not at all. */
static void say_nonsense(Talk *talk) {
  static const char *const bodies[] = {
      "",
      "{",
      "17",
      "[]",
      "null",
      "\"text\"",
      "{}",
      "{\"jsonrpc\":\"2.0\"}",
      "{\"jsonrpc\":\"2.0\",\"method\":17}",
      "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"textDocument/hover\",\"params\":[]}",
      "{\"jsonrpc\":\"2.0\",\"id\":999999,\"result\":null}",
      "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"x\"}",
      "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didChange\",\"params\":17}",
      "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/"
      "didChange\",\"params\":{\"textDocument\":[],\"contentChanges\":{}}}",
      "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\",\"params\":{\"textDocument\":{\"uri\":17}}}",
      "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\"}",
      "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didClose\",\"params\":{\"textDocument\":{\"uri\":\"%\"}}}",
      "{\"jsonrpc\":\"2.0\",\"method\":\"workspace/"
      "didChangeWatchedFiles\",\"params\":{\"changes\":[{\"uri\":\"x\"},3]}}",
      "{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{}}",
      "\xFF\xFE",
      "{\"a\":\"\xC3\"}"};
  talk->odd++;
  talk_say(talk, str_of(ANY(talk, bodies)));
}

/* Requests whose params are not what they should be: each has an id, and is answered. */
static void ask_nonsense(Talk *talk) {
  static const char *const params[] = {
      "17",
      "[]",
      "null",
      "{}",
      "{\"textDocument\":3}",
      "{\"textDocument\":{\"uri\":\"file:///C%3A/x%zz.journey\"},\"position\":{\"line\":-1,\"character\":1e9}}",
      "{\"textDocument\":{\"uri\":\"untitled:Untitled-1\"},\"position\":{\"line\":\"1\"}}",
      "{\"textDocument\":{\"uri\":\"file:///fuzz/none.journey\"},\"position\":{\"line\":0,\"character\":0}}",
      "{\"textDocument\":{\"uri\":\"\"},\"position\":[]}",
      "{\"item\":{\"uri\":\"x\",\"data\":17},\"data\":{\"a\":[]},\"label\":4,\"command\":[],\"query\":{},\"files\":7}"};
  Buf some = {0};
  buf_add_c(&some, ANY(talk, params));
  talk_ask(talk, requests[below(talk, sizeof requests / sizeof *requests)].method, &some);
}

/* What stands between messages; the next message is read all the same. */
static void break_frame(Talk *talk) {
  static const char *const bytes[] = {"\r\n",
                                      "Content-Length: x\r\n\r\n",
                                      "garbage\r\n",
                                      "Content-Length: 0\r\n\r\n",
                                      "Content-Type: x\r\nContent-Length: 2\r\n\r\n{}",
                                      "content-length:2\n\n[]"};
  talk->odd += 2;
  talk_receive(talk, str_of(ANY(talk, bytes)));
}

static void tell_something(Talk *talk, const Opened *document) {
  static const char *const traces[] = {"off", "messages", "verbose", "loud"};
  Buf params = {0};
  switch (below(talk, 5)) {
    case 0:
      buf_printf(&params, "{\"changes\":[{\"uri\":\"%s\",\"type\":%u}]}", document->address, 1 + below(talk, 3));
      talk_notify(talk, "workspace/didChangeWatchedFiles", &params);
      break;
    case 1:
      write_document(document, &params);
      buf_add_byte(&params, '}');
      talk_notify(talk, "textDocument/didSave", &params);
      break;
    case 2:
      buf_add_c(&params, "{\"settings\":{\"journey\":{\"a\":[1]}}}");
      talk_notify(talk, "workspace/didChangeConfiguration", &params);
      break;
    case 3:
      buf_printf(&params, "{\"value\":\"%s\"}", ANY(talk, traces));
      talk_notify(talk, "$/setTrace", &params);
      break;
    default:
      buf_printf(&params, "{\"id\":%u}", below(talk, (unsigned)talk->last_id + 2));
      talk_notify(talk, "$/cancelRequest", &params);
  }
}

static void step(Talk *talk) {
  Opened *document = &talk->documents[below(talk, 4) ? 0 : below(talk, DOCUMENTS)];
  unsigned kind = below(talk, 24);
  if (kind < 10) edit(talk, document);
  else if (kind < 15) ask_something(talk, document);
  else if (kind == 15) talk_take(talk);
  else if (kind == 16) talk_work(talk);
  else if (kind == 17) open_or_close(talk, &talk->documents[below(talk, DOCUMENTS)]);
  else if (kind == 18) follow_up(talk);
  else if (kind == 19) say_nonsense(talk);
  else if (kind == 20) ask_nonsense(talk);
  else if (kind == 21) break_frame(talk);
  else tell_something(talk, document);
}

/* ---- what must hold in the end ---- */

static json_t *ask_document(Talk *talk, const char *method, const Opened *document) {
  Buf params = {0};
  write_document(document, &params);
  buf_add_c(&params, ",\"options\":{\"tabSize\":2,\"insertSpaces\":true},\"context\":{\"diagnostics\":[]},"
                     "\"range\":{\"start\":{\"line\":0,\"character\":0},\"end\":{\"line\":99999,\"character\":0}}}");
  json_t *answer = talk_answer(talk, method, &params);
  if (json_is_object(answer)) json_object_del(answer, "resultId");
  return answer;
}

static void compare_answers(Talk *talk, Talk *fresh, const Opened *document) {
  static const char *const methods[] = {
      "textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/semanticTokens/full",
      "textDocument/formatting",     "textDocument/diagnostic",   "textDocument/documentLink",
      "textDocument/codeLens",       "textDocument/inlayHint",    "textDocument/documentColor",
      "textDocument/codeAction"};
  for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
    json_t *said = ask_document(talk, methods[i], document), *wanted = ask_document(fresh, methods[i], document);
    if (!json_equal(said ? said : json_null(), wanted ? wanted : json_null())) {
      fprintf(stderr, "%s %s\nthe text:\n" STR_FMT "\n", methods[i], document->address,
              STR_ARG(buf_str(&document->text)));
      char *text = json_dumps(wanted, JSON_INDENT(1) | JSON_ENCODE_ANY);
      fprintf(stderr, "a fresh server says %s\n", text ? text : "nothing");
      talk_fail("its answers are those of a fresh server", said);
    }
    json_decref(said);
    json_decref(wanted);
  }
}

/* What the edits of an answer make of the tokens that the client has. A new reference. */
static json_t *patched(const json_t *tokens, const json_t *answer) {
  const json_t *edits = json_object_get(answer, "edits"), *data = json_object_get(tokens, "data");
  if (!edits) return json_incref(json_object_get(answer, "data"));
  json_t *list = json_deep_copy(data);
  for (size_t i = json_array_size(edits); i-- > 0;) {
    const json_t *edit = json_array_get(edits, i), *added = json_object_get(edit, "data");
    size_t at = (size_t)json_integer_value(json_object_get(edit, "start"));
    json_int_t dropped = json_integer_value(json_object_get(edit, "deleteCount"));
    while (dropped-- > 0)
      if (json_array_remove(list, at) != 0) talk_fail("tokens that go were there", answer);
    for (size_t k = 0; k < json_array_size(added); k++)
      if (json_array_insert(list, at + k, json_array_get(added, k)) != 0) talk_fail("tokens come in order", answer);
  }
  return list;
}

/* Edits once more, and asks what differs from the tokens before. */
static void compare_tokens(Talk *talk, Opened *document) {
  Buf params = {0};
  write_document(document, &params);
  buf_add_byte(&params, '}');
  json_t *before = talk_answer(talk, "textDocument/semanticTokens/full", &params);
  edit(talk, document);
  write_document(document, &params);
  const char *id = json_string_value(json_object_get(before, "resultId"));
  buf_printf(&params, ",\"previousResultId\":\"%s\"}", id ? id : "");
  json_t *answer = talk_answer(talk, "textDocument/semanticTokens/full/delta", &params);
  write_document(document, &params);
  buf_add_byte(&params, '}');
  json_t *whole = talk_answer(talk, "textDocument/semanticTokens/full", &params);
  json_t *tokens = patched(before, answer);
  if (!json_equal(tokens ? tokens : json_null(),
                  json_object_get(whole, "data") ? json_object_get(whole, "data") : json_null()))
    talk_fail("tokens and what differs from them are the tokens that follow", answer);
  json_decref(before);
  json_decref(answer);
  json_decref(whole);
  json_decref(tokens);
}

static void compare_published(Talk *talk, Talk *fresh, const Opened *document) {
  json_t *said = json_object_get(talk->published, document->address);
  json_t *wanted = json_object_get(fresh->published, document->address);
  if (!said) said = json_null();
  if (json_array_size(said) == 0 && json_array_size(wanted) == 0) return;
  if (!wanted || !json_equal(said, wanted)) {
    char *text = json_dumps(wanted, JSON_INDENT(1) | JSON_ENCODE_ANY);
    fprintf(stderr, "%s\nthe text:\n" STR_FMT "\na fresh server says %s\n", document->address,
            STR_ARG(buf_str(&document->text)), text ? text : "nothing");
    talk_fail("its diagnostics are those of a fresh server", said);
  }
}

static void compare_text(Talk *talk, const Opened *document) {
  Arena *arena = arena_new();
  const Workspace *workspace = talk->server->session.workspace;
  const Document *known =
      documents_find(&workspace->documents, workspace_path(workspace, arena, str_of(document->address)));
  if (document->is_open != (known != NULL)) talk_fail("open is what the client opened", NULL);
  if (known && !str_is(buf_str(&known->text), buf_str(&document->text))) {
    fprintf(stderr, "the client's:\n" STR_FMT "\nthe server's:\n" STR_FMT "\n", STR_ARG(buf_str(&document->text)),
            STR_ARG(buf_str(&known->text)));
    talk_fail("the server's text is the client's", NULL);
  }
  arena_free(arena);
}

/* ---- a conversation ---- */

static const Opened documents[DOCUMENTS] = {
    {"file:///fuzz/a.journey", "journey", false, 1, {0}},
    {"file:///fuzz/b.journey", "journey", false, 1, {0}},
    {"file:///fuzz/sp%20ace%25.journey", "journey", false, -5, {0}},
    {"untitled:Untitled-1", "journey", false, 0, {0}},
    {"file:///fuzz/c.lua", "lua", false, 1, {0}},
};

/* The text as it would be after a reading that takes what is no UTF-8 for U+FFFD. */
static void set_first_text(Talk *talk, Str bytes) {
  for (size_t at = 0; at < bytes.len && at < MOST_TEXT;) {
    size_t wrong = source_first_invalid(bytes, at);
    buf_add(&talk->documents[0].text, str_slice(bytes, at, wrong));
    if (wrong < bytes.len) buf_add_c(&talk->documents[0].text, "\xEF\xBF\xBD");
    at = wrong + 1;
  }
}

static void compare_with_fresh(Talk *talk) {
  Talk fresh = {.encoding = talk->encoding, .pulls = talk->pulls, .has_folder = talk->has_folder, .waits = talk->waits};
  talk_start(&fresh);
  initialize(&fresh);
  for (int i = 0; i < DOCUMENTS; i++) {
    fresh.documents[i] = talk->documents[i];
    fresh.documents[i].text = (Buf){0};
    buf_add(&fresh.documents[i].text, buf_str(&talk->documents[i].text));
    if (talk->documents[i].is_open) open_document(&fresh, &fresh.documents[i]);
  }
  talk_work(&fresh);
  for (int i = 0; i < DOCUMENTS; i++) {
    if (!talk->documents[i].is_open) continue;
    compare_published(talk, &fresh, &talk->documents[i]);
    compare_answers(talk, &fresh, &talk->documents[i]);
  }
  talk_end(&fresh);
}

/* The client goes as it should: then so does the server. */
static void shut_down(Talk *talk) {
  Buf params = {0};
  int code;
  buf_add_c(&params, "null");
  json_t *answer = talk_answer(talk, "shutdown", &params);
  if (!json_is_null(answer)) talk_fail("shutdown is answered with null", answer);
  json_decref(answer);
  ask_something(talk, &talk->documents[0]);
  buf_add_c(&params, "null");
  talk_notify(talk, "exit", &params);
  talk_work(talk);
  if (!server_has_ended(talk->server, &code) || code != 0) talk_fail("exit ends the server without an error", NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Talk talk = {0};
  Str all = {size > 0 ? (const char *)data : "", size}, text = str_cut(&all, '\0');
  memcpy(talk.documents, documents, sizeof documents);
  talk.bytes = (const uint8_t *)all.at;
  talk.left = all.len;
  talk_start(&talk);
  set_first_text(&talk, text);
  unsigned how = talk_byte(&talk), steps = 0;
  talk.encoding = how % 3;
  talk.pulls = how & 4;
  talk.has_folder = how & 8;
  talk.waits = how >> 5 == 7;
  if (how & 16) ask_something(&talk, &talk.documents[0]);
  initialize(&talk);
  open_document(&talk, &talk.documents[0]);
  while (steps < MOST_STEPS && (talk.left > 0 || steps < STEPS_OF_A_TEXT)) step(&talk), steps++;
  talk_work(&talk);
  for (int i = 0; i < DOCUMENTS; i++)
    if (talk.documents[i].is_open) compare_tokens(&talk, &talk.documents[i]);
  for (int i = 0; i < DOCUMENTS; i++) compare_text(&talk, &talk.documents[i]);
  compare_with_fresh(&talk);
  shut_down(&talk);
  talk_end(&talk);
  return 0;
}
