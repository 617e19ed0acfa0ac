/* An event log: a row for each thing that happened, with the case (a client, an order, a visit) that it happened to,
 * what it was, when, and whatever else is known. Rows may stand in any order, cases interleaved; a log without time
 * keeps the order of its file. Kept in memory in 8 bytes an event, whatever the rows' length. */
#ifndef JOURNEY_OBSERVE_LOG_H
#define JOURNEY_OBSERVE_LOG_H

#include "evidence/evidence.h"

/* When and what: milliseconds since 1970 in the upper 44 bits, the activity in the lower 20. */
typedef uint64_t LogEvent;
enum { LOG_ACTIVITY_BITS = 20, LOG_ACTIVITIES = 1 << LOG_ACTIVITY_BITS, LOG_VALUES = 250, LOG_BAD_SHOWN = 5 };
static inline int64_t event_time(LogEvent event) { return (int64_t)event >> LOG_ACTIVITY_BITS; }
static inline uint32_t event_activity(LogEvent event) { return (uint32_t)event & (LOG_ACTIVITIES - 1); }

/* What else the rows say of a case; what its first row in the file says counts. */
typedef struct {
  Str name;
  const Str *values; /* in byte order */
  uint32_t value_count;
  const uint8_t *of_case; /* 0: nothing is said; else a value's number, from 1. NULL: over LOG_VALUES, not kept */
} LogAttribute;

typedef struct {
  uint64_t line;
  Str why;
} LogBadRow;

typedef struct {
  Ref evidence;
  Str path; /* as it is shown */
  TableDialect dialect;
  uint64_t rows;     /* that the file has */
  uint64_t left_out; /* of them, by a `where` */
  uint64_t bad;      /* of them, that could not be read: as rows, without a case or an activity, with a wrong time */
  const LogBadRow *bad_rows; /* the first of them */
  uint32_t bad_shown;
  bool broken; /* the file ends in the middle; `why` says how */
  Str why;
  bool has_time;
  int64_t first_time, last_time; /* of all events */
  const Str *activities;         /* in byte order */
  const uint64_t *activity_events;
  uint32_t activity_count;
  uint64_t event_count;
  uint32_t case_count;
  const uint32_t *first; /* of each case: in `events`; one more at the end */
  LogEvent *events;      /* case after case, each in order of time, then of the file */
  const LogAttribute *attributes;
  uint32_t attribute_count;
  bool was_stopped;
} EventLog;

/* Whether an evidence is an event log that can be read: it has a `file`, and columns for the case and the activity. */
bool is_event_log(const Project *p, Ref evidence);
/* Reads it. NULL, with the sentence to say in `*why`, where there is no such file, or a column that is named is not in
 * it. `progress` may be NULL. What it hands out lives until log_free. */
EventLog *log_read(const Project *p, Ref evidence, EvidenceProgress *progress, void *context, Arena *arena, Str *why);
void log_free(EventLog *log); /* NULL is fine */
/* The attribute of that name, or NULL. */
const LogAttribute *log_attribute(const EventLog *log, Str name);

#endif
