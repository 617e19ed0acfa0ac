/* What is declared anywhere, looked for by a few letters of its name or title. */
#ifndef JOURNEY_LSP_FEATURE_WORKSPACE_SYMBOLS_H
#define JOURNEY_LSP_FEATURE_WORKSPACE_SYMBOLS_H

#include "lsp/feature/symbols.h"

enum { MOST_WORKSPACE_SYMBOLS = 200 };

typedef struct {
  const Snapshot *snapshot;
  Ref ref;
  int score;
} FoundSymbol;

typedef struct {
  const atomic_bool *stop; /* NULL: never */
  FoundSymbol *found;      /* room for MOST_WORKSPACE_SYMBOLS; a heap, the worst first */
  uint32_t count;
} SymbolSearch;

SymbolSearch symbol_search_new(const atomic_bool *stop, Arena *arena);
/* Looks through another project. */
void symbol_search(SymbolSearch *search, const Snapshot *snapshot, Str query);
/* The best first; those that are as good in the order of files and lines. What fits far worse than the best is left
 * out. */
void symbol_search_sort(SymbolSearch *search);

#endif
