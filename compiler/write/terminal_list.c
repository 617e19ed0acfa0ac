/* The map as a list, for a terminal that is too narrow for columns. */
#include "write/terminal_page.h"

/* "-2 ●┄┄┄┄ +2": where the step stands on the scale. */
static void put_scale(const Page *page, const ViewStep *step, int columns, int indentation) {
  enum { MARKS = 9 };
  const View *view = page->view;
  int needed = grid_columns(view->scale_min) + grid_columns(view->scale_max) + MARKS + 2;
  if (!step->has_emotion || needed > columns) return;
  int at = (int)((step->emotion + 1) / 2 * (MARKS - 1) + 0.5);
  Buf bar = {0};
  buf_printf(&bar, STR_FMT " ", STR_ARG(view->scale_min));
  for (int i = 0; i < MARKS; i++)
    buf_add_c(&bar, i == at ? (page->style.ascii ? "o" : "●") : page->style.ascii ? "." : "┄");
  buf_printf(&bar, " " STR_FMT, STR_ARG(view->scale_max));
  Block block = {0};
  block_add(page, &block, columns, INK_PLAIN, "", buf_str(&bar));
  buf_free(&bar);
  page_flush(page, &block, indentation);
}

static void put_cell(const Page *page, const ViewLane *lane, uint32_t step, int columns, int indentation) {
  const Cell *cell = &lane->cells[step];
  Block block = {0};
  if (cell->count == 0) return;
  block_add(page, &block, columns, INK_FAINT, "", lane->title);
  page_flush(page, &block, indentation);
  for (uint32_t i = 0; i < cell->count; i++)
    block_add_entry(page, &block, columns - indentation, &cell->entries[i], cell->count == 1);
  page_flush(page, &block, indentation * 2);
}

static void put_step(const Page *page, uint32_t step) {
  int indentation = page->style.width < 24 ? 0 : 2, columns = page->style.width - indentation;
  Block block = {0};
  page_newline(page);
  size_t from = page->to->len;
  block_add_step(page, &block, page->style.width, &page->view->steps[step]);
  page_flush(page, &block, 0);
  for (uint32_t i = 0; i < page->view->lane_count; i++) {
    const ViewLane *lane = &page->view->lanes[i];
    if (lane->kind == LANE_ENTRIES) {
      put_cell(page, lane, step, columns, indentation);
      continue;
    }
    put_scale(page, &page->view->steps[step], columns, indentation);
    block_add_emotion(page, &block, columns, &page->view->steps[step]);
    page_flush(page, &block, indentation);
    for (uint32_t a = 0; a < page->view->actor_count; a++) {
      if (!page->view->actors[a].feelings[step].has_emotion) continue;
      block_add_name(page, &block, columns, a + 1, page->view->actors[a].title);
      page_flush(page, &block, indentation);
      block_add_feeling(page, &block, columns - indentation, &page->view->actors[a].feelings[step], a + 1);
      page_flush(page, &block, indentation * 2);
    }
  }
  page_note_step(page, step, from, 0, page->style.width);
}

void page_list(const Page *page) {
  const View *view = page->view;
  for (uint32_t i = 0; i < view->stage_count; i++) {
    Block block = {0};
    page_newline(page);
    page_repeat(page, page->signs->horizontal, page->style.width, INK_FAINT);
    page_newline(page);
    block_add_stage(page, &block, page->style.width, &view->stages[i]);
    page_flush(page, &block, 0);
    for (uint32_t k = 0; k < view->stages[i].step_count; k++) put_step(page, view->stages[i].first_step + k);
  }
}
