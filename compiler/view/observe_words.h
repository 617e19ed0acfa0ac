/* What an event log shows, in words that all writers share. Texts live in the arena. */
#ifndef JOURNEY_VIEW_OBSERVE_WORDS_H
#define JOURNEY_VIEW_OBSERVE_WORDS_H

#include "observe/differ.h"

#define DRAWN_ROUNDING 0.005 /* people draw whole percents */

/* "45 s", "3 min", "2.5 h", "4 days"; "–" of no number. */
Str observe_time(double seconds, Arena *arena);
/* "38%", "<0.1%". */
Str observe_percent(double share, Arena *arena);
/* "12,345" */
Str observe_number(uint64_t number, Arena *arena);
/* "13 April to 9 May 2024", "13 April 2024". */
Str observe_days(int32_t first, int32_t last, Arena *arena);
/* "Clients whose platform is mobile, 13 April to 9 May 2024". */
Str observe_who(const Finding *finding, Arena *arena);
/* "54% of those at "Shipping" meet "checkout_bug", against 0% of all others". */
Str observe_difference(const Binding *binding, const Finding *finding, const Difference *difference, Arena *arena);
/* "Log of the shop" says what of how many: cases, events, days, what could not be read. */
Str observe_source(const EventLog *log, Arena *arena);
/* How many come to the end, in how much time. */
Str observe_summary(const Observation *observation, Arena *arena);
/* How well the map fits. */
Str observe_fit(const Observation *observation, Arena *arena);
/* The path of a variant: "Home → Product → Cart". Long ones are cut. */
Str observe_path(const Binding *binding, const ObservedVariant *variant, Arena *arena);
/* Rows that could not be read, and where the first of them stand; empty where all could. */
Str observe_bad_rows(const EventLog *log, Arena *arena);
/* The share that the map draws for a move: of its arrows, in any path; false where it says none. */
bool drawn_share(const Observation *observation, uint32_t from, uint32_t to, double *share);
/* Whether what the map draws lies outside of what was seen. */
bool move_contradicts(const ObservedMove *move, double drawn);
/* Steps that the log cannot show, or never shows: their titles, with commas; empty where there are none. */
Str observe_steps_unseen(const Binding *binding, StepSeen seen, Arena *arena);

#endif
