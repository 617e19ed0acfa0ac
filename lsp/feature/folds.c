#include "lsp/feature/folds.h"

#include <stdlib.h>

#include "lsp/feature/blocks.h"

typedef struct {
  const File *file;
  const Unit *unit;
  VEC(Fold) folds;
} Folding;

static void add(Folding *folding, FoldKind kind, uint32_t first, uint32_t last, Span span) {
  if (last <= first) return;
  vec_push(&folding->folds, (Fold){kind, 0, first, last, span});
}

/* Whether nothing but white space stands in front of the byte on its line. */
static bool begins_line(const File *file, uint32_t at) {
  Span line = line_span(file->text, &file->lines, line_at(&file->lines, at));
  while (at > line.start && (file->text.at[at - 1] == ' ' || file->text.at[at - 1] == '\t')) at--;
  return at == line.start;
}

/* The line with what closes it stays to be seen, where nothing else stands on it. */
static void add_closed(Folding *folding, FoldKind kind, uint32_t start, uint32_t close) {
  uint32_t first = line_at(&folding->file->lines, start), last = line_at(&folding->file->lines, close);
  if (last > first && close < folding->file->text.len && begins_line(folding->file, close)) last--;
  add(folding, kind, first, last, (Span){start, close});
}

/* ---- statements ---- */

static void add_texts(Folding *folding, const Statement *statement) {
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &folding->unit->values[statement->first_value + i];
    if (value->type != V_TEXT || value->span.end - value->span.start < 7) continue;
    Str raw = unit_raw(folding->unit, value);
    if (!str_starts(raw, STR("\"\"\""))) continue;
    bool closed = str_ends(raw, STR("\"\"\""));
    add_closed(folding, FOLD_TEXT, value->span.start + 3, value->span.end - (closed ? 3 : 0));
  }
}

static void add_statements(Folding *folding) {
  const Unit *unit = folding->unit;
  for (uint32_t at = 0; at < unit->statement_count; at++) {
    const Statement *statement = &unit->statements[at];
    Block block;
    if (statement->has_block && block_of(unit, at, &block)) add_closed(folding, FOLD_BLOCK, block.open, block.close);
    add_texts(folding, statement);
  }
}

/* `use` after `use`, with nothing but comments and empty lines between them. */
static void add_imports(Folding *folding) {
  const Unit *unit = folding->unit;
  const Lines *lines = &folding->file->lines;
  for (uint32_t at = 0, next; at < unit->statement_count; at = next) {
    uint32_t last = at;
    next = unit->statements[at].after;
    if (unit->statements[at].keyword != K_USE) continue;
    for (; next < unit->statement_count && unit->statements[next].keyword == K_USE; next = unit->statements[next].after)
      last = next;
    uint32_t start = unit->statements[at].span.end, end = unit->statements[last].span.end;
    add(folding, FOLD_IMPORTS, line_at(lines, start), line_at(lines, end), (Span){start, end});
  }
}

/* ---- comments ---- */

/* 0: none; 2 and 3: as many slashes as it begins with; what has more is a ruler of the first kind. */
static int comment_on(const File *file, uint32_t number, uint32_t *start) {
  Span line = line_span(file->text, &file->lines, number);
  uint32_t at = line.start, slashes = 0;
  while (at < line.end && (file->text.at[at] == ' ' || file->text.at[at] == '\t')) at++;
  *start = at;
  while (at < line.end && file->text.at[at] == '/') at++, slashes++;
  return slashes < 2 ? 0 : slashes == 3 ? 3 : 2;
}

/* Before the statements' own folds are sorted in, those of texts stand in the order of the file. */
static bool is_in_text(const Folding *folding, size_t texts, uint32_t at, size_t *next) {
  const Fold *folds = folding->folds.at;
  while (*next < texts && (folds[*next].kind != FOLD_TEXT || folds[*next].span.end < at)) (*next)++;
  return *next < texts && folds[*next].span.start <= at;
}

static void add_comments(Folding *folding) {
  const File *file = folding->file;
  uint32_t count = (uint32_t)file->lines.len;
  size_t texts = folding->folds.len, text = 0;
  for (uint32_t line = 0, next; line < count; line = next) {
    uint32_t start, other;
    int kind = comment_on(file, line, &start);
    next = line + 1;
    if (!kind || is_in_text(folding, texts, start, &text)) continue;
    while (next < count && comment_on(file, next, &other) == kind) next++;
    uint32_t from = line_span(file->text, &file->lines, line).end;
    add(folding, FOLD_COMMENT, line, next - 1, (Span){from, line_span(file->text, &file->lines, next - 1).end});
  }
}

/* ---- order ---- */

static int compare(const void *a, const void *b) {
  const Fold *x = a, *y = b;
  if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
  return x->span.end == y->span.end ? 0 : x->span.end > y->span.end ? -1 : 1;
}

static void find_depths(Fold *folds, uint32_t count, Arena *arena) {
  uint32_t *around = ARENA_ARRAY(arena, uint32_t, count + 1), depth = 0;
  for (uint32_t i = 0; i < count; i++) {
    while (depth > 0 && folds[around[depth - 1]].span.end <= folds[i].span.start) depth--;
    folds[i].depth = depth;
    around[depth++] = i;
  }
}

/* The depth from which on there are too many. */
static uint32_t deepest(const Fold *folds, uint32_t count, uint32_t most, Arena *arena) {
  uint32_t *of_depth = ARENA_ARRAY(arena, uint32_t, count + 1), sum = 0, depth = 0;
  for (uint32_t i = 0; i < count; i++) of_depth[folds[i].depth]++;
  while (depth < count && sum + of_depth[depth] <= most) sum += of_depth[depth++];
  return depth;
}

Folds folds_of(const Snapshot *snapshot, uint32_t unit, uint32_t most, Arena *arena) {
  Folding folding = {.file = snapshot->files[unit], .unit = snapshot->project->units[unit]};
  if (!folding.file || folding.unit->script) return (Folds){NULL, 0};
  add_statements(&folding);
  add_comments(&folding);
  add_imports(&folding);
  uint32_t count = (uint32_t)folding.folds.len, kept = 0;
  Fold *folds = ARENA_ARRAY(arena, Fold, count + 1);
  if (count > 0) memcpy(folds, folding.folds.at, count * sizeof *folds);
  vec_free(&folding.folds);
  qsort(folds, count, sizeof *folds, compare);
  find_depths(folds, count, arena);
  uint32_t end = deepest(folds, count, most, arena);
  for (uint32_t i = 0; i < count; i++)
    if (folds[i].depth < end) folds[kept++] = folds[i];
  return (Folds){folds, kept};
}
