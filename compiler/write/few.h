/* The few that carry most, as text and for a spreadsheet: `journey plan --pareto`. */
#ifndef JOURNEY_WRITE_FEW_H
#define JOURNEY_WRITE_FEW_H

#include "report/few.h"
#include "write/terminal.h"

void few_write_text(const Few *few, TerminalStyle style, Buf *to);
/* A row for each item: group, item, share, whether it is one of the few. */
void few_write_csv(const Few *few, Buf *to);

#endif
