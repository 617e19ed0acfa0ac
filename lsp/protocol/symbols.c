#include "lsp/feature/symbols.h"

#include "lsp/protocol/methods.h"
#include "lsp/protocol/symbol_kind.h"
#include "lsp/protocol/written.h"

/* ---- kinds ---- */

/* One of the first eighteen, which each client knows. */
static SymbolKind older_kind(SymbolKind kind) {
  switch (kind) {
    case SYMBOL_OBJECT:
    case SYMBOL_STRUCT: return SYMBOL_CLASS;
    case SYMBOL_KEY: return SYMBOL_PROPERTY;
    case SYMBOL_ENUM_MEMBER: return SYMBOL_CONSTANT;
    case SYMBOL_EVENT: return SYMBOL_METHOD;
    case SYMBOL_OPERATOR: return SYMBOL_FUNCTION;
    default: return kind;
  }
}

int symbol_kind_for(const Client *client, const char *set, SymbolKind kind) {
  return (int)(client_lists_number(client, set, (int)kind) ? kind : older_kind(kind));
}

static const char set[] = "textDocument.documentSymbol.symbolKind.valueSet";

/* ---- the outline ---- */

/* All of it but its children and its end. */
static void write_symbol(const Call *call, const Symbol *symbol, Buf *to) {
  buf_add(to, STR("{\"name\":"));
  write_json_text(symbol->name, to);
  if (symbol->detail.len > 0) {
    write_json_key("detail", to);
    write_json_text(symbol->detail, to);
  }
  buf_printf(to, ",\"kind\":%d", symbol_kind_for(call->client, set, symbol->kind));
  write_json_key("range", to);
  write_json_range(call, call->spot.file, symbol->range, to);
  write_json_key("selectionRange", to);
  write_json_range(call, call->spot.file, symbol->name_span, to);
}

/* Ends those that are open, up to and without `parent`, which has children. */
static void close_symbols(Symbols symbols, uint32_t open, uint32_t parent, Buf *to) {
  for (bool has_children = false; open != parent; open = symbols.at[open].parent, has_children = true)
    buf_add_c(to, has_children ? "]}" : "}");
}

static json_t *tree(Call *call, Symbols symbols) {
  Buf to = {0};
  uint32_t open = NONE; /* the last one that was written */
  buf_add_byte(&to, '[');
  for (uint32_t i = 0; i < symbols.count; i++) {
    uint32_t parent = symbols.at[i].parent;
    bool is_first = parent != NONE && open == parent;
    close_symbols(symbols, open, parent, &to);
    if (is_first) buf_add_c(&to, ",\"children\":[");
    else if (i > 0) buf_add_byte(&to, ',');
    write_symbol(call, &symbols.at[i], &to);
    open = i;
  }
  close_symbols(symbols, open, NONE, &to);
  buf_add_byte(&to, ']');
  return call_write(call, &to);
}

static json_t *flat(const Call *call, Symbols symbols) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < symbols.count; i++) {
    const Symbol *symbol = &symbols.at[i];
    json_t *json = json_object();
    json_object_set_new(json, "name", json_of(symbol->name));
    json_object_set_new(json, "kind", json_integer(symbol_kind_for(call->client, set, symbol->kind)));
    json_object_set_new(json, "location", json_location(call, call->spot.snapshot, call->spot.unit, symbol->range));
    if (symbol->parent != NONE) json_object_set_new(json, "containerName", json_of(symbols.at[symbol->parent].name));
    json_array_append_new(list, json);
  }
  return list;
}

json_t *document_symbols(Call *call) {
  Symbols symbols = symbols_of(call->spot.snapshot, call->spot.unit, call->arena);
  return client_can(call->client, "textDocument.documentSymbol.hierarchicalDocumentSymbolSupport")
             ? tree(call, symbols)
             : flat(call, symbols);
}

void symbols_announce(const Client *client, json_t *capabilities) {
  json_t *json = json_object();
  if (client_can(client, "textDocument.documentSymbol.labelSupport"))
    json_object_set_new(json, "label", json_string("Journey"));
  json_object_set_new(capabilities, "documentSymbolProvider", json);
}
