/* Kinds of symbols, in those that the client knows. */
#ifndef JOURNEY_LSP_PROTOCOL_SYMBOL_KIND_H
#define JOURNEY_LSP_PROTOCOL_SYMBOL_KIND_H

#include "lsp/feature/symbols.h"
#include "lsp/protocol/client.h"

/* `set` is the path of the client's list: "textDocument.documentSymbol.symbolKind.valueSet". Without one it knows the
 * first eighteen. */
int symbol_kind_for(const Client *client, const char *set, SymbolKind kind);

#endif
