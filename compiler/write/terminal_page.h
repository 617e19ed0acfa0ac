/* What the parts of the terminal's map share: styled lines, signs, and what an entry of a lane says. */
#ifndef JOURNEY_WRITE_TERMINAL_PAGE_H
#define JOURNEY_WRITE_TERMINAL_PAGE_H

#include "base/vec.h"
#include "write/terminal.h"
#include "write/terminal_grid.h"

typedef enum {
  INK_PLAIN,
  INK_STRONG,
  INK_FAINT,
  INK_GOOD,
  INK_BAD,
  INK_ALERT,
  INK_VOICE,
  INK_ACTOR
} Ink; /* INK_ACTOR: and two more, for the second and third */

typedef struct {
  const char *vertical, *dotted, *horizontal, *across; /* lines of the grid; `across` between lanes */
  const char *corners; /* what joins them, see terminal_bands.c; UTF-8, each in three bytes or one */
  const char *moment, *alert, *good, *partly, *bad, *bullet, *leads, *high, *low, *open, *close, *heavy;
} Signs;

typedef struct {
  const View *view;
  TerminalStyle style;
  const Signs *signs;
  Arena *arena;
  Buf *to;
  TerminalBox *boxes; /* NULL, or one for each step; until all is written, `line` and `height` count bytes of `to` */
} Page;

typedef struct {
  Str text;
  Ink ink;
} PageLine;
typedef VEC(PageLine) Block;

/* `view` may be NULL, for a page that is no map. */
Page page_new(const View *view, TerminalStyle style, Arena *arena, Buf *to);
/* Adds the text's lines, wrapped to `columns`; the sign in front of the first, the others below its text. */
void block_add(const Page *page, Block *block, int columns, Ink ink, const char *sign, Str text);
void block_add_format(const Page *page, Block *block, int columns, Ink ink, const char *sign, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
void block_add_entry(const Page *page, Block *block, int columns, const Entry *entry, bool alone);
/* How the step feels, in words. */
void block_add_emotion(const Page *page, Block *block, int columns, const ViewStep *step);
/* How an actor feels, behind its sign; nothing where it feels nothing. */
void block_add_feeling(const Page *page, Block *block, int columns, const ViewFeeling *feeling, unsigned actor);
/* "\u25CB Camila": the sign of an actor (from 1; 0 is the client) and a name. */
void block_add_name(const Page *page, Block *block, int columns, unsigned actor, Str name);
/* The title of a step, with what marks it. */
void block_add_step(const Page *page, Block *block, int columns, const ViewStep *step);
void block_add_stage(const Page *page, Block *block, int columns, const ViewStage *stage);

/* Writes the text in its ink, and spaces up to `columns`. */
void page_put(const Page *page, Str text, Ink ink, int columns);
void page_repeat(const Page *page, const char *sign, int times, Ink ink);
/* Writes each line of the block behind `indentation` spaces, and empties the block. */
void page_flush(const Page *page, Block *block, int indentation);
/* Notes that the step stands in what was written since `from` bytes, in these columns. */
void page_note_step(const Page *page, uint32_t step, size_t from, int column, int width);
/* Ends a line, without spaces at its end. */
void page_newline(const Page *page);

void page_head(const Page *page);
void page_bands(const Page *page);
void page_list(const Page *page);
void page_sections(const Page *page);

#endif
