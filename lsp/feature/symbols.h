/* What a file is made of: its outline, and what can be looked for by name. */
#ifndef JOURNEY_LSP_FEATURE_SYMBOLS_H
#define JOURNEY_LSP_FEATURE_SYMBOLS_H

#include "lsp/workspace/snapshot.h"

/* The protocol's numbers. */
typedef enum {
  SYMBOL_MODULE = 2,
  SYMBOL_NAMESPACE = 3,
  SYMBOL_PACKAGE = 4,
  SYMBOL_CLASS = 5,
  SYMBOL_METHOD = 6,
  SYMBOL_PROPERTY = 7,
  SYMBOL_FIELD = 8,
  SYMBOL_ENUM = 10,
  SYMBOL_INTERFACE = 11,
  SYMBOL_FUNCTION = 12,
  SYMBOL_CONSTANT = 14,
  SYMBOL_NUMBER = 16,
  SYMBOL_ARRAY = 18,
  SYMBOL_OBJECT = 19,
  SYMBOL_KEY = 20,
  SYMBOL_ENUM_MEMBER = 22,
  SYMBOL_STRUCT = 23,
  SYMBOL_EVENT = 24,
  SYMBOL_OPERATOR = 25,
} SymbolKind;

typedef struct {
  uint32_t at;     /* the statement */
  uint32_t parent; /* in the same list, in front of it; NONE: the file */
  SymbolKind kind;
  Str name, detail; /* in words; the name is never empty, the detail may be */
  Span range, name_span;
} Symbol;

typedef struct {
  const Symbol *at; /* in the order of the file */
  uint32_t count;
} Symbols;

Symbols symbols_of(const Snapshot *snapshot, uint32_t unit, Arena *arena);

SymbolKind symbol_kind(Keyword keyword);
/* What the outline shows of a statement: its title, else its name, else its keyword; and what it says in a word or two.
 */
Str symbol_name(const Project *p, Ref ref, Arena *arena);
Str symbol_detail(const Project *p, Ref ref, Arena *arena);

#endif
