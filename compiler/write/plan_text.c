/* The plan in a terminal. */
#include <stdio.h>

#include "view/plan_words.h"
#include "write/plan.h"
#include "write/terminal_page.h"

enum { NARROWEST_TABLE = 72, GAP = 2, OWNER_MOST = 18, DUE_COLUMNS = 11, COLUMNS = 6 };

typedef enum { C_RANK, C_SCORE, C_TITLE, C_OWNER, C_DUE, C_SOLVES } Column;

typedef struct {
  const Page *page;
  const Plan *plan;
  int widths[COLUMNS];
} Table;

/* ---- what stands in a cell ---- */

static void add_marks(const Table *table, const PlanItem *item, Block *to, int columns) {
  const Page *page = table->page;
  if (item->missing.len) block_add(page, to, columns, INK_ALERT, page->signs->alert, item->missing);
  if (plan_is_easy_win(item)) block_add(page, to, columns, INK_GOOD, page->signs->good, STR("easy win"));
  if (item->status[0]) block_add(page, to, columns, INK_FAINT, "", str_of(item->status));
  if (table->plan->journey_count > 1)
    block_add_format(page, to, columns, INK_FAINT, "", "in " STR_FMT, STR_ARG(item->journey_title));
}

static void add_owner(const Page *page, const PlanItem *item, Block *to, int columns) {
  if (item->owner.len) block_add(page, to, columns, INK_PLAIN, "", item->owner);
  else if (plan_is_unowned(item)) block_add(page, to, columns, INK_ALERT, page->signs->alert, STR("no owner"));
}

static void add_due(const Page *page, const PlanItem *item, Block *to, int columns) {
  if (item->has_due) block_add(page, to, columns, INK_PLAIN, "", plan_due_words(item, page->arena));
  else if (plan_is_undated(item)) block_add(page, to, columns, INK_ALERT, page->signs->alert, STR("no date"));
  if (item->overdue) block_add(page, to, columns, INK_BAD, page->signs->bad, STR("overdue"));
}

static void add_pain(const Page *page, const PlanPain *pain, Block *to, int columns) {
  Entry entry = {.kind = ENTRY_PAIN, .text = pain->title, .label = pain->severity, .level = pain->level};
  block_add_entry(page, to, columns, &entry, true);
}

static void add_solves(const Page *page, const PlanItem *item, Block *to, int columns) {
  for (uint32_t i = 0; i < item->solve_count; i++) add_pain(page, &item->solves[i], to, columns);
  for (uint32_t i = 0; i < item->meet_count; i++)
    block_add(page, to, columns, INK_PLAIN, page->signs->leads, item->meets[i]);
}

/* ---- the table ---- */

static void put_row(const Table *table, Block *cells) {
  size_t height = 0;
  for (int c = 0; c < COLUMNS; c++) height = cells[c].len > height ? cells[c].len : height;
  for (size_t i = 0; i < height; i++) {
    for (int c = 0; c < COLUMNS; c++) {
      PageLine line = i < cells[c].len ? cells[c].at[i] : (PageLine){STR(""), INK_PLAIN};
      int lead = c <= C_SCORE ? table->widths[c] - grid_columns(line.text) : 0;
      if (lead > 0) buf_repeat(table->page->to, STR(" "), (size_t)lead);
      page_put(table->page, line.text, line.ink, table->widths[c] - (lead > 0 ? lead : 0));
      if (c + 1 < COLUMNS) buf_repeat(table->page->to, STR(" "), GAP);
    }
    page_newline(table->page);
  }
  for (int c = 0; c < COLUMNS; c++) vec_free(&cells[c]);
}

static void put_headings(const Table *table) {
  static const char *const words[] = {"", "Score", "Opportunity", "Owner", "Due", "Solves"};
  Block cells[COLUMNS] = {0};
  for (int c = 0; c < COLUMNS; c++)
    if (words[c][0]) block_add(table->page, &cells[c], table->widths[c], INK_STRONG, "", str_of(words[c]));
  put_row(table, cells);
  page_repeat(table->page, table->page->signs->horizontal, table->page->style.width, INK_FAINT);
  page_newline(table->page);
}

static void put_item(const Table *table, const PlanItem *item) {
  const Page *page = table->page;
  Block cells[COLUMNS] = {0};
  if (item->rank)
    block_add_format(page, &cells[C_RANK], table->widths[C_RANK], INK_PLAIN, "", "%u", (unsigned)item->rank);
  if (item->rank)
    block_add(page, &cells[C_SCORE], table->widths[C_SCORE], INK_PLAIN, "",
              plan_score_words(table->plan, item, page->arena));
  block_add(page, &cells[C_TITLE], table->widths[C_TITLE], INK_STRONG, "", item->title);
  add_marks(table, item, &cells[C_TITLE], table->widths[C_TITLE]);
  add_owner(page, item, &cells[C_OWNER], table->widths[C_OWNER]);
  add_due(page, item, &cells[C_DUE], table->widths[C_DUE]);
  add_solves(page, item, &cells[C_SOLVES], table->widths[C_SOLVES]);
  put_row(table, cells);
}

static void set_widths(Table *table) {
  int *widths = table->widths, owner = (int)sizeof "(!) no owner" - 1;
  widths[C_RANK] = 2;
  widths[C_SCORE] = 5;
  widths[C_DUE] = DUE_COLUMNS;
  for (uint32_t i = 0; i < table->plan->count; i++) {
    const PlanItem *item = &table->plan->items[i];
    int score = (int)plan_score_words(table->plan, item, table->page->arena).len, name = grid_columns(item->owner);
    if (score > widths[C_SCORE]) widths[C_SCORE] = score;
    if (name > owner) owner = name;
    if (item->rank > 99) widths[C_RANK] = item->rank > 999 ? 6 : 3;
  }
  widths[C_OWNER] = owner < OWNER_MOST ? owner : OWNER_MOST;
  int left = table->page->style.width - (COLUMNS - 1) * GAP;
  for (int c = 0; c < COLUMNS; c++) left -= c == C_TITLE || c == C_SOLVES ? 0 : widths[c];
  widths[C_TITLE] = left * 11 / 20;
  widths[C_SOLVES] = left - widths[C_TITLE];
}

/* ---- the list, for a narrow terminal ---- */

static void put_listed(const Table *table, const PlanItem *item) {
  enum { INDENTATION = 3 };
  const Page *page = table->page;
  int columns = page->style.width - INDENTATION;
  Block block = {0};
  if (item->rank)
    block_add_format(page, &block, page->style.width, INK_STRONG, "", "%u. " STR_FMT " (" STR_FMT ")",
                     (unsigned)item->rank, STR_ARG(item->title),
                     STR_ARG(plan_score_words(table->plan, item, page->arena)));
  else block_add(page, &block, page->style.width, INK_STRONG, "", item->title);
  page_flush(page, &block, 0);
  add_marks(table, item, &block, columns);
  add_owner(page, item, &block, columns);
  if (item->has_due)
    block_add_format(page, &block, columns, INK_PLAIN, "", "due " STR_FMT, STR_ARG(plan_due_words(item, page->arena)));
  if (item->overdue) block_add(page, &block, columns, INK_BAD, page->signs->bad, STR("overdue"));
  if (plan_is_undated(item)) block_add(page, &block, columns, INK_ALERT, page->signs->alert, STR("no date"));
  add_solves(page, item, &block, columns);
  page_flush(page, &block, INDENTATION);
}

static void put_title(const Page *page, Str text) {
  Block block = {0};
  page_newline(page);
  block_add(page, &block, page->style.width, INK_STRONG, "", text);
  page_flush(page, &block, 0);
}

static void put_items(const Table *table, uint32_t from, uint32_t to, const char *title) {
  if (from == to) return;
  bool narrow = table->page->style.width < NARROWEST_TABLE;
  if (title) put_title(table->page, str_of(title));
  else page_newline(table->page);
  if (!title && !narrow) put_headings(table);
  for (uint32_t i = from; i < to; i++)
    if (narrow) put_listed(table, &table->plan->items[i]);
    else put_item(table, &table->plan->items[i]);
}

/* ---- the plot ---- */

enum { PLOT_COLUMNS = 61, PLOT_ROWS = 13, MIDDLE_COLUMN = PLOT_COLUMNS / 2, MIDDLE_ROW = PLOT_ROWS / 2 };

typedef struct {
  char cells[PLOT_ROWS][PLOT_COLUMNS]; /* 0: nothing */
  uint8_t inks[PLOT_ROWS][PLOT_COLUMNS];
} Plot;

static bool is_free(const Plot *plot, int row, int column, int length) {
  if (row < 0 || row >= PLOT_ROWS || column < 0 || column + length > PLOT_COLUMNS) return false;
  for (int i = -1; i <= length; i++)
    if (column + i >= 0 && column + i < PLOT_COLUMNS && plot->cells[row][column + i]) return false;
  return true;
}

static void set(Plot *plot, int row, int column, const char *text, Ink ink) {
  for (int i = 0; text[i]; i++) {
    plot->cells[row][column + i] = text[i];
    plot->inks[row][column + i] = (uint8_t)ink;
  }
}

/* In its quadrant, as near as there is room to where it belongs. */
static void set_number(Plot *plot, const PlanItem *item) {
  char number[12];
  int length = snprintf(number, sizeof number, "%u", (unsigned)item->rank);
  int row = (int)((1 - item->numbers.of[NUMBER_IMPACT] / 10) * (PLOT_ROWS - 1) + 0.5);
  int column = (int)(item->numbers.of[NUMBER_EFFORT] / 10 * (PLOT_COLUMNS - 1) + 0.5);
  if (column + length > PLOT_COLUMNS) column = PLOT_COLUMNS - length;
  bool left = item->numbers.of[NUMBER_EFFORT]<QUADRANT_MIDDLE, high = item->numbers.of[NUMBER_IMPACT]> QUADRANT_MIDDLE;
  for (int distance = 0; distance < PLOT_COLUMNS; distance++)
    for (int down = -(distance / 3); down <= distance / 3; down++)
      for (int side = 1; side >= -1; side -= 2) {
        int r = row + down, c = column + side * (distance - 2 * (down < 0 ? -down : down));
        if (left ? c + length > MIDDLE_COLUMN : c < MIDDLE_COLUMN) continue;
        if (high ? r > MIDDLE_ROW : r < MIDDLE_ROW) continue;
        if (!is_free(plot, r, c, length)) continue;
        set(plot, r, c, number, item->quadrant == QUADRANT_EASY_WIN ? INK_GOOD : INK_STRONG);
        return;
      }
}

/* In the outer corner of its quadrant, or nearer to the middle where a number stands there. */
static void set_name(Plot *plot, const char *name, bool top, bool left) {
  int length = (int)strlen(name), column = left ? 1 : PLOT_COLUMNS - length - 1;
  for (int i = 0; i < MIDDLE_ROW; i++) {
    int row = top ? i : PLOT_ROWS - 1 - i;
    if (!is_free(plot, row, column, length)) continue;
    set(plot, row, column, name, INK_FAINT);
    return;
  }
}

static void put_plot_row(const Page *page, const Plot *plot, int row) {
  const char *scale = row == 0 ? "10 " : row == MIDDLE_ROW ? " 5 " : row == PLOT_ROWS - 1 ? " 0 " : "   ";
  page_put(page, str_of(scale), INK_FAINT, 3);
  page_put(page, str_of(page->signs->vertical), INK_FAINT, 1);
  for (int column = 0; column < PLOT_COLUMNS; column++) {
    char cell = plot->cells[row][column];
    if (cell) page_put(page, (Str){&cell, 1}, (Ink)plot->inks[row][column], 1);
    else if (row == MIDDLE_ROW) page_put(page, str_of(page->signs->across), INK_FAINT, 1);
    else if (column == MIDDLE_COLUMN) page_put(page, str_of(page->signs->dotted), INK_FAINT, 1);
    else page_put(page, STR(" "), INK_PLAIN, 1);
  }
  page_newline(page);
}

static void put_plot(const Page *page, const Plan *plan) {
  Plot plot = {0};
  bool any = false;
  for (uint32_t i = 0; i < plan->ranked_count; i++) {
    if (plan->items[i].quadrant == QUADRANT_NONE) continue;
    set_number(&plot, &plan->items[i]);
    any = true;
  }
  if (!any || page->style.width < PLOT_COLUMNS + 4) return;
  set_name(&plot, "Easy wins", true, true);
  set_name(&plot, "Big bets", true, false);
  set_name(&plot, "Fill-ins", false, true);
  set_name(&plot, "Think twice", false, false);
  put_title(page, STR("Impact, upwards, and effort, to the right"));
  for (int row = 0; row < PLOT_ROWS; row++) put_plot_row(page, &plot, row);
  page_put(page, STR("   "), INK_PLAIN, 3);
  page_put(page, str_slice(str_of(page->signs->corners), page->style.ascii ? 6 : 18, page->style.ascii ? 7 : 21),
           INK_FAINT, 1);
  page_repeat(page, page->signs->horizontal, PLOT_COLUMNS, INK_FAINT);
  page_newline(page);
  page_put(page, STR("    0"), INK_FAINT, 4 + MIDDLE_COLUMN);
  page_put(page, STR("5"), INK_FAINT, PLOT_COLUMNS - MIDDLE_COLUMN - 2);
  page_put(page, STR("10"), INK_FAINT, 2);
  page_newline(page);
}

/* ---- all of it ---- */

static void put_head(const Page *page, const Plan *plan) {
  Block block = {0};
  block_add(page, &block, page->style.width, INK_STRONG, "",
            plan->title.len ? arena_format(page->arena, "What to do first: " STR_FMT, STR_ARG(plan->title))
                            : STR("What to do first"));
  if (plan->count + plan->closed_count == 0)
    block_add(page, &block, page->style.width, INK_PLAIN, "", STR(PLAN_NOTHING));
  else {
    block_add(page, &block, page->style.width, INK_PLAIN, "", plan_summary(plan, page->arena));
    block_add(page, &block, page->style.width, INK_FAINT, "", plan_ranking_words(plan, page->arena));
  }
  page_flush(page, &block, 0);
}

static void put_unsolved(const Page *page, const Plan *plan) {
  Block block = {0};
  if (plan->unsolved_count == 0) return;
  put_title(page, STR("Severe pains that nothing solves yet"));
  for (uint32_t i = 0; i < plan->unsolved_count; i++) {
    const PlanPain *pain = &plan->unsolved[i];
    add_pain(page, pain, &block, page->style.width);
    block_add_format(page, &block, page->style.width, INK_FAINT, "    ",
                     plan->journey_count > 1 ? "at " STR_FMT ", in " STR_FMT : "at " STR_FMT, STR_ARG(pain->step),
                     STR_ARG(pain->journey));
  }
  page_flush(page, &block, 0);
}

void plan_write_text(const Plan *plan, TerminalStyle style, Buf *to) {
  Page page = page_new(NULL, style, arena_new(), to);
  Table table = {.page = &page, .plan = plan};
  set_widths(&table);
  put_head(&page, plan);
  put_items(&table, 0, plan->ranked_count, NULL);
  put_items(&table, plan->ranked_count, plan->open_count, "Not ranked, since a number is not there");
  put_items(&table, plan->open_count, plan->count, "Done or dropped");
  put_unsolved(&page, plan);
  put_plot(&page, plan);
  arena_free(page.arena);
}
