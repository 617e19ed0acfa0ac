#include "lsp/feature/workspace_symbols.h"

#include <stdlib.h>

#include "lsp/feature/fuzzy.h"

SymbolSearch symbol_search_new(const atomic_bool *stop, Arena *arena) {
  return (SymbolSearch){.stop = stop, .found = ARENA_ARRAY(arena, FoundSymbol, MOST_WORKSPACE_SYMBOLS + 1)};
}

/* ---- the best so far ---- */

/* <0 where `a` comes first. */
static int compare(const void *a, const void *b) {
  const FoundSymbol *x = a, *y = b;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  if (x->snapshot != y->snapshot) return x->snapshot->number < y->snapshot->number ? -1 : 1;
  return ref_compare(&x->ref, &y->ref);
}

static void sink(SymbolSearch *search, uint32_t at) {
  for (;;) {
    uint32_t worst = at;
    for (uint32_t child = 2 * at + 1; child <= 2 * at + 2 && child < search->count; child++)
      if (compare(&search->found[child], &search->found[worst]) > 0) worst = child;
    if (worst == at) return;
    FoundSymbol other = search->found[at];
    search->found[at] = search->found[worst];
    search->found[worst] = other;
    at = worst;
  }
}

static void keep(SymbolSearch *search, FoundSymbol found) {
  if (search->count < MOST_WORKSPACE_SYMBOLS) {
    search->found[search->count++] = found;
    if (search->count == MOST_WORKSPACE_SYMBOLS)
      for (uint32_t i = search->count / 2; i-- > 0;) sink(search, i);
  } else if (compare(&found, &search->found[0]) < 0) {
    search->found[0] = found;
    sink(search, 0);
  }
}

void symbol_search_sort(SymbolSearch *search) {
  enum { FAR_WORSE = 3 };
  qsort(search->found, search->count, sizeof *search->found, compare);
  int best = search->count > 0 ? search->found[0].score : 0;
  while (best > 0 && search->found[search->count - 1].score * FAR_WORSE < best) search->count--;
}

/* ---- looking ---- */

/* As it is written, without its quotes. */
static Str written_title(const Unit *unit, const Statement *statement) {
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    if (value->type != V_TEXT) continue;
    Str raw = unit_raw(unit, value);
    while (raw.len > 0 && raw.at[0] == '"') raw = str_slice(raw, 1, raw.len);
    while (raw.len > 0 && raw.at[raw.len - 1] == '"') raw.len--;
    return str_trim(raw);
  }
  return STR("");
}

/* What stands in nothing comes first, and what stands in much comes last. */
static int depth_cost(const Unit *unit, uint32_t at) {
  int depth = 0;
  while ((at = unit->statements[at].parent) != NONE) depth++;
  return depth;
}

static void look_at(SymbolSearch *search, const Snapshot *snapshot, const Unit *unit, uint32_t at,
                    const FuzzyQuery *query) {
  const Statement *statement = &unit->statements[at];
  int title = fuzzy_score(query, written_title(unit, statement));
  int id = statement->own_id ? fuzzy_score(query, unit_id(unit, at)) : FUZZY_NO;
  int score = title > id ? title : id;
  if (score == FUZZY_NO) return;
  keep(search, (FoundSymbol){snapshot, {unit->number, at}, score - depth_cost(unit, at)});
}

static bool is_stopped(const SymbolSearch *search) { return search->stop && atomic_load(search->stop); }

void symbol_search(SymbolSearch *search, const Snapshot *snapshot, Str typed) {
  FuzzyQuery query = fuzzy_query(typed);
  for (uint32_t u = 0; u < snapshot->project->unit_count && !is_stopped(search); u++) {
    const Unit *unit = snapshot->project->units[u];
    for (uint32_t at = 0; snapshot->files[u] && at < unit->statement_count; at++)
      if (schema_declares((Keyword)unit->statements[at].keyword)) look_at(search, snapshot, unit, at, &query);
  }
}
