/* The differences as a comment in a pull request: a line of summary and a table for each journey. */
#include "write/differences.h"
#include "write/markdown.h"

typedef struct {
  const Comparison *comparison;
  Arena *arena;
  Buf *to;
  uint32_t rows; /* written so far; the rest is counted */
} Writer;

enum { MOST_ROWS = 250 }; /* a comment on GitHub holds 65,536 characters */

/* A cell; texts of the map are escaped. */
static void cell(Writer *w, Str text) {
  buf_add_byte(w->to, ' ');
  markdown_add(w->to, text);
  buf_add_c(w->to, text.len > 0 ? " |" : "|");
}

/* "Decision › Signs the agreement" */
static void write_where(Writer *w, const Str *titles, uint32_t depth) {
  for (uint32_t i = 1; i <= depth; i++) {
    if (i > 1) buf_add_c(w->to, " › ");
    if (i == depth) buf_add_c(w->to, "**");
    markdown_add(w->to, titles[i]);
    if (i == depth) buf_add_c(w->to, "**");
  }
  buf_add_c(w->to, " |");
}

static bool begin_row(Writer *w) {
  if (w->rows++ >= MOST_ROWS) return false;
  buf_add_c(w->to, "| ");
  return true;
}

static void write_property(Writer *w, const PropertyDifference *property, const Str *titles, uint32_t depth) {
  if (!begin_row(w)) return;
  write_where(w, titles, depth);
  cell(w, property->label);
  bool marker = property->before.len == 0 && property->after.len == 0;
  cell(w, marker && property->kind == DIFFERENCE_DROPPED ? STR("yes") : property->before);
  cell(w, marker && property->kind == DIFFERENCE_ADDED ? STR("yes") : property->after);
  buf_add_byte(w->to, '\n');
}

/* What something added or dropped says, on one line. */
static Str said(Writer *w, const Difference *difference) {
  Buf words = {0};
  for (uint32_t i = 0; i < difference->property_count; i++) {
    const PropertyDifference *property = &w->comparison->properties[difference->first_property + i];
    Str value = difference->kind == DIFFERENCE_ADDED ? property->after : property->before;
    buf_printf(&words, "%s" STR_FMT "%s" STR_FMT, i > 0 ? "\n" : "", STR_ARG(property->label), value.len > 0 ? " " : "",
               STR_ARG(value));
  }
  return buf_take(&words, w->arena);
}

static void write_whole(Writer *w, const Difference *difference, const Str *titles, uint32_t depth, bool brief) {
  if (!begin_row(w)) return;
  write_where(w, titles, depth);
  buf_printf(w->to, " %s **%s** |", difference_keyword(difference), difference_word(difference->kind));
  Str words = brief ? STR("") : said(w, difference);
  cell(w, difference->kind == DIFFERENCE_DROPPED ? words : STR(""));
  cell(w, difference->kind == DIFFERENCE_ADDED ? words : STR(""));
  buf_add_byte(w->to, '\n');
}

static void write_moved(Writer *w, const Difference *difference, const Str *titles, uint32_t depth) {
  if (!begin_row(w)) return;
  write_where(w, titles, depth);
  buf_add_c(w->to, " **moved** |");
  bool from = str_starts(difference->moved, STR("from "));
  cell(w, from ? difference->moved : STR(""));
  cell(w, from ? STR("") : difference->moved);
  buf_add_byte(w->to, '\n');
}

/* Depths stand for titles: titles[depth] is that of the thing that the row is in. */
static void write_rows(Writer *w, uint32_t at, uint32_t level, Str *titles) {
  enum { DEEPEST = 15 };
  const Difference *difference = &w->comparison->differences[at];
  uint32_t depth = level < DEEPEST ? level : DEEPEST;
  titles[depth] = difference->title;
  bool whole = difference->kind != DIFFERENCE_CHANGED, brief = difference->brief;
  if (whole && depth > 0) write_whole(w, difference, titles, depth, brief);
  if (difference->moved.len > 0) write_moved(w, difference, titles, depth);
  if (depth == 0) titles[1] = STR("The journey");
  for (uint32_t i = 0; i < difference->property_count && !(whole && depth > 0) && !brief; i++)
    write_property(w, &w->comparison->properties[difference->first_property + i], titles, depth > 0 ? depth : 1);
  for (uint32_t i = at + 1; i < difference->end; i = w->comparison->differences[i].end)
    write_rows(w, i, level + 1, titles);
}

static void open_table(Writer *w) { buf_add_c(w->to, "| Where | What | Before | After |\n|---|---|---|---|\n"); }

static void write_journey(Writer *w, uint32_t at) {
  const Difference *difference = &w->comparison->differences[at];
  Str titles[16], counts = differences_counts(w->comparison, difference, w->arena);
  buf_add_c(w->to, "\n### ");
  markdown_add(w->to, difference->title);
  buf_add_c(w->to, "\n\n");
  if (difference->kind != DIFFERENCE_CHANGED)
    buf_printf(w->to, "The journey was %s. ", difference_word(difference->kind));
  if (counts.len > 0) buf_printf(w->to, "**" STR_FMT "**", STR_ARG(counts));
  const char *join = counts.len > 0 ? " · " : "";
  FigureDifference figures[8];
  size_t count = differences_figures(&w->comparison->journeys[difference->journey], w->arena, figures);
  for (size_t f = 0; f < count; f++, join = " · ") {
    buf_add_c(w->to, join);
    markdown_add(w->to, figures[f].what);
    buf_printf(w->to, " " STR_FMT " → **" STR_FMT "**", STR_ARG(figures[f].before), STR_ARG(figures[f].after));
  }
  buf_add_c(w->to, "\n\n");
  open_table(w);
  write_rows(w, at, 0, titles);
}

/* Teams, people, evidence …: what all maps share. */
static void write_declarations(Writer *w) {
  const Comparison *comparison = w->comparison;
  bool any = false;
  for (uint32_t i = 0; i < comparison->difference_count; i = comparison->differences[i].end) {
    const Difference *difference = &comparison->differences[i];
    if (difference->keyword == K_JOURNEY) continue;
    if (!any) buf_add_c(w->to, "\n### What the maps share\n\n"), open_table(w);
    any = true;
    Str titles[16];
    titles[0] = STR("");
    titles[1] = difference->keyword == K_FILE
                    ? difference->title
                    : arena_format(w->arena, "%s " STR_FMT, difference_keyword(difference), STR_ARG(difference->title));
    if (difference->kind != DIFFERENCE_CHANGED) write_whole(w, difference, titles, 1, false);
    for (uint32_t p = 0; p < difference->property_count && difference->kind == DIFFERENCE_CHANGED; p++)
      write_property(w, &comparison->properties[difference->first_property + p], titles, 1);
    for (uint32_t k = i + 1; k < difference->end; k = comparison->differences[k].end) write_rows(w, k, 2, titles);
  }
}

void differences_write_markdown(const Differences *differences, Buf *to) {
  Arena *arena = arena_new();
  const Comparison *comparison = differences->comparison;
  Writer w = {.comparison = comparison, .arena = arena, .to = to};
  buf_add_c(to, "## What changed in the journeys\n\n`");
  buf_printf(to, STR_FMT "` → `" STR_FMT "`\n", STR_ARG(differences->was), STR_ARG(differences->is));
  if (comparison->difference_count == 0) buf_add_c(to, "\nNothing differs in meaning.\n");
  for (uint32_t i = 0; i < comparison->difference_count; i = comparison->differences[i].end)
    if (comparison->differences[i].keyword == K_JOURNEY) write_journey(&w, i);
  write_declarations(&w);
  if (w.rows > MOST_ROWS) buf_printf(to, "\n… and %u more; `journey diff` shows all of them.\n", w.rows - MOST_ROWS);
  arena_free(arena);
}
