#include "lsp/feature/symbols.h"

#include "lsp/protocol/methods.h"
#include "lsp/protocol/symbol_kind.h"

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

static json_t *in_tree(const Call *call, const Symbol *symbol) {
  json_t *json = json_object();
  json_object_set_new_nocheck(json, "name", json_of(symbol->name));
  if (symbol->detail.len > 0) json_object_set_new_nocheck(json, "detail", json_of(symbol->detail));
  json_object_set_new_nocheck(json, "kind", json_integer(symbol_kind_for(call->client, set, symbol->kind)));
  json_object_set_new_nocheck(json, "range", json_range(call, call->spot.file, symbol->range));
  json_object_set_new_nocheck(json, "selectionRange", json_range(call, call->spot.file, symbol->name_span));
  return json;
}

static json_t *tree(const Call *call, Symbols symbols) {
  json_t *list = json_array(), **made = ARENA_ARRAY(call->arena, json_t *, symbols.count + 1);
  for (uint32_t i = 0; i < symbols.count; i++) {
    const Symbol *symbol = &symbols.at[i];
    json_t *to = list;
    made[i] = in_tree(call, symbol);
    if (symbol->parent != NONE) {
      to = json_object_get(made[symbol->parent], "children");
      if (!to) json_object_set_new_nocheck(made[symbol->parent], "children", to = json_array());
    }
    json_array_append_new(to, made[i]);
  }
  return list;
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
