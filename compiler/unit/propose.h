/* What is written almost right, written right: the fixes of complain.c. Those that return bool say whether there is
 * one. */
#ifndef JOURNEY_UNIT_PROPOSE_H
#define JOURNEY_UNIT_PROPOSE_H

#include "unit/lower.h"

/* Quotes around the rest of the line. Never sure where a word of it is a keyword somewhere. */
bool propose_quotes(Lower *l, Diagnostic *added, uint32_t start, bool sure);
/* `stage Awareness of it`: whether what was taken for a name is the first word of a title, as its large letter says. */
bool is_bare_title(const Lower *l, const Frame *frame);
/* `touchpoint Pays the bill`, `team sales Sales team`: the title lacks its quotes, from `word` on or from what was
 * taken for a name, the last value of the statement. */
bool propose_title(Lower *l, Diagnostic *added, const Frame *frame, Span word);
/* `type current state`: hyphens between the words. */
bool propose_choice(Lower *l, Diagnostic *added, const ValueRule *rule, uint32_t start);
/* `-->`, `=>`: where an arrow in another spelling stands behind a name; empty where there is none. */
Span odd_arrow(const Lower *l, uint32_t behind);
/* 2026/10/1, 1.10.2026 and, where the month can't be the day, 10/23/2026 are all year-month-day. */
void propose_date(Lower *l, Diagnostic *added, uint32_t start);
/* A value of another kind than the rule asks for. */
void propose(Lower *l, Diagnostic *added, const ValueRule *rule, Node node);
/* A semicolon says nothing at the end of a line and between properties. */
void propose_no_semicolon(Lower *l, Diagnostic *added, Span span);
/* 'like this', where no apostrophe makes it doubtful where the text ends. */
void propose_double_quotes(Lower *l, Diagnostic *added, Span span);

/* `9:00 am` is 09:00: what stands behind a time. False where it is something else. */
bool propose_half_day(Lower *l, Diagnostic *added, const Frame *frame, Span word);

#endif
