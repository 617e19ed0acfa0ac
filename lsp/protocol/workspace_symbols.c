#include "lsp/feature/workspace_symbols.h"

#include "lsp/feature/spot.h"
#include "lsp/protocol/methods.h"
#include "lsp/protocol/symbol_kind.h"

static json_t *symbol_json(const Call *call, const FoundSymbol *found) {
  const Project *p = found->snapshot->project;
  const Statement *statement = project_statement(p, found->ref);
  json_t *json = json_object();
  int kind =
      symbol_kind_for(call->client, "workspace.symbol.symbolKind.valueSet", symbol_kind((Keyword)statement->keyword));
  json_object_set_new(json, "name", json_of(symbol_name(p, found->ref, call->arena)));
  json_object_set_new(json, "kind", json_integer(kind));
  json_object_set_new(json, "location",
                      json_location(call, found->snapshot, found->ref.unit, name_span(p, found->ref)));
  if (statement->parent != NONE) {
    Ref parent = {found->ref.unit, statement->parent};
    json_object_set_new(json, "containerName", json_of(symbol_name(p, parent, call->arena)));
  }
  return json;
}

/* A file that one project has and another imports is in both. */
static bool is_told(const SymbolSearch *search, uint32_t count) {
  const FoundSymbol *found = &search->found[count];
  const File *file = found->snapshot->files[found->ref.unit];
  for (uint32_t i = 0; i < count; i++) {
    const FoundSymbol *other = &search->found[i];
    if (other->snapshot != found->snapshot && other->ref.at == found->ref.at &&
        str_is(other->snapshot->files[other->ref.unit]->path, file->path))
      return true;
  }
  return false;
}

json_t *workspace_symbols(Call *call) {
  const json_t *query = json_object_get(call->params, "query");
  if (!json_is_string(query)) return call_wrong(call, "query is missing");
  SymbolSearch search = symbol_search_new(call->stop, call->arena);
  for (size_t i = 0; i < call->state_count; i++)
    symbol_search(&search, call->states[i].snapshot, json_get_text(call->params, "query"));
  symbol_search_sort(&search);
  json_t *list = json_array();
  for (uint32_t i = 0; i < search.count; i++)
    if (call->state_count < 2 || !is_told(&search, i)) json_array_append_new(list, symbol_json(call, &search.found[i]));
  return list;
}

void workspace_symbols_announce(const Client *client, json_t *capabilities) {
  (void)client;
  json_object_set_new(capabilities, "workspaceSymbolProvider", json_true());
}
