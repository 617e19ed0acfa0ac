/* Dates, amounts and choices as people say them. All texts live in the arena. */
#ifndef JOURNEY_VIEW_WORDS_H
#define JOURNEY_VIEW_WORDS_H

#include "unit/unit.h"

Str words_date(int32_t days, Arena *arena); /* "1 Oct 2026" */
/* "2 Jan to 30 Mar 2026", "3 Dec 2025 to 2 Jan 2026", "2 Jan 2026" */
Str words_days(int32_t first, int32_t last, Arena *arena);
Str words_duration(Str written, Arena *arena);   /* 30min: "30 min"; 1w3d: "1 week 3 days" */
Str words_minutes(double minutes, Arena *arena); /* rounded: "45 min", "5 hours", "94 days" */
Str words_clock(double minutes, Arena *arena);   /* since midnight: "07:30" */
Str words_span(double minutes, Arena *arena);    /* "2 h 30 min" */
/* A number, share, duration or amount of money: "12", "38%", "3 days", "€40". */
Str words_quantity(const Unit *unit, const Value *value, Arena *arena);
Str words_lower_first(Str text, Arena *arena); /* "Interview": "interview"; "NPS" stays */

#endif
