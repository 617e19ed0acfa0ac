#include "observe/log.h"

#include <math.h>

#include "observe/bound.h"
#include "observe/intern.h"

#define MOST_MILLISECONDS 8.7e12 /* that 44 bits hold: years 1695 to 2245 */

enum { PROGRESS_ROWS = 50000, ROWS_BETWEEN = 4096 }; /* until somebody is told of it; until a stop is looked for */

typedef struct {
  Interned values;
  VEC(uint8_t) of_case;
  bool too_many;
} AttributeReading;

typedef struct {
  EventLog *log;
  BoundLog bound;
  Interned cases, activities;
  VEC(LogEvent) events;
  VEC(uint32_t) cases_of; /* of each event */
  uint32_t last_case;
  bool grouped; /* the rows of each case stand together so far */
  AttributeReading *attributes;
  size_t attribute_count, first_attribute; /* the cell of the first */
  VEC(LogBadRow) bad;
  Arena *arena;
} Reading;

/* ---- a row ---- */

static void count_bad(Reading *reading, uint64_t line, Str why) {
  reading->log->bad++;
  if (reading->bad.len < LOG_BAD_SHOWN) vec_push(&reading->bad, (LogBadRow){line, arena_copy(reading->arena, why)});
}

/* What the case's first row says. */
static void read_attributes(Reading *reading) {
  for (size_t i = 0; i < reading->attribute_count; i++) {
    AttributeReading *attribute = &reading->attributes[i];
    Str cell = reading->bound.cells[reading->first_attribute + i];
    if (attribute->too_many) continue;
    uint32_t value = cell.len > 0 ? intern(&attribute->values, cell) + 1 : 0;
    if (value > LOG_VALUES) {
      attribute->too_many = true;
      interned_free(&attribute->values);
      vec_free(&attribute->of_case);
    } else vec_push(&attribute->of_case, (uint8_t)value);
  }
}

static bool read_time(Reading *reading, uint64_t line, int64_t *time) {
  double seconds;
  *time = 0;
  if (!reading->bound.has_time) return true;
  Str cell = reading->bound.cells[CELL_TIME];
  if (cell_time(reading->bound.dialect, cell, &seconds) && fabs(seconds * 1000) < MOST_MILLISECONDS) {
    *time = llround(seconds * 1000);
    return true;
  }
  if (cell.len == 0) count_bad(reading, line, STR("it has no time"));
  else count_bad(reading, line, arena_format(reading->arena, "\"" STR_FMT "\" is no time", STR_ARG(cell)));
  return false;
}

static void add_event(Reading *reading, uint64_t line) {
  const Str *cells = reading->bound.cells;
  EventLog *log = reading->log;
  int64_t time;
  if (!bound_row_counts(&reading->bound)) {
    log->left_out++;
    return;
  }
  if (cells[CELL_CASE].len == 0 || cells[CELL_ACTIVITY].len == 0) {
    count_bad(reading, line, cells[CELL_CASE].len == 0 ? STR("it has no case") : STR("it has no activity"));
    return;
  }
  if (!read_time(reading, line, &time)) return;
  uint32_t last = reading->last_case, number = intern(&reading->cases, cells[CELL_CASE]);
  reading->last_case = number;
  if (number == log->case_count) {
    log->case_count++;
    read_attributes(reading);
  } else if (number != last) reading->grouped = false;
  uint32_t activity = intern(&reading->activities, cells[CELL_ACTIVITY]);
  if (log->event_count == 0 || time < log->first_time) log->first_time = time;
  if (log->event_count == 0 || time > log->last_time) log->last_time = time;
  log->event_count++;
  vec_push(&reading->events, (LogEvent)time << LOG_ACTIVITY_BITS | activity);
  vec_push(&reading->cases_of, number);
}

static void read_rows(const Project *p, Reading *reading, EvidenceProgress *progress, void *context) {
  EventLog *log = reading->log;
  uint64_t line, read, size;
  Str why;
  for (uint64_t rows = 1;; rows++) {
    if (rows % ROWS_BETWEEN == 0) log->was_stopped = project_is_stopped(p);
    if (progress && rows % PROGRESS_ROWS == 0 && !log->was_stopped) {
      table_progress(reading->bound.table, &read, &size);
      log->was_stopped = !progress(context, log->path, read, size);
    }
    if (log->was_stopped) return;
    TableStep step = table_next(reading->bound.table, reading->bound.cells, &line, &why);
    if (step == TABLE_END) return;
    log->broken = step == TABLE_BROKEN || interned_count(&reading->activities) > LOG_ACTIVITIES - 2 ||
                  log->event_count > UINT32_MAX - 2;
    if (log->broken) {
      log->why = step == TABLE_BROKEN ? arena_copy(reading->arena, why)
                                      : STR("it has more activities or events than can be held");
      return;
    }
    log->rows++;
    if (step == TABLE_BAD_ROW) count_bad(reading, line, why);
    else add_event(reading, line);
  }
}

/* ---- in order ---- */

typedef struct {
  Str text;
  uint32_t number;
} Named;

static int compare_named(const void *a, const void *b) {
  return str_compare(((const Named *)a)->text, ((const Named *)b)->text);
}

/* The texts in byte order; `*moved` says where each has come to. Frees what was interned. */
static const Str *sort_interned(Interned *interned, Arena *arena, uint32_t **moved) {
  uint32_t count = interned_count(interned);
  Named *named = ARENA_ARRAY(arena, Named, count + 1);
  Str *texts = ARENA_ARRAY(arena, Str, count + 1);
  *moved = ARENA_ARRAY(arena, uint32_t, count + 1);
  for (uint32_t i = 0; i < count; i++) named[i] = (Named){interned_text(interned, i), i};
  if (count > 0) qsort(named, count, sizeof *named, compare_named);
  for (uint32_t i = 0; i < count; i++) {
    texts[i] = arena_copy(arena, named[i].text);
    (*moved)[named[i].number] = i;
  }
  interned_free(interned);
  return texts;
}

static void keep_attributes(Reading *reading) {
  EventLog *log = reading->log;
  LogAttribute *kept = ARENA_ARRAY(reading->arena, LogAttribute, reading->attribute_count + 1);
  for (size_t i = 0; i < reading->attribute_count; i++) {
    AttributeReading *from = &reading->attributes[i];
    LogAttribute *to = &kept[i];
    uint32_t *moved;
    to->name = reading->bound.names[reading->first_attribute + i];
    if (from->too_many) continue;
    to->value_count = interned_count(&from->values);
    to->values = sort_interned(&from->values, reading->arena, &moved);
    for (size_t c = 0; c < from->of_case.len; c++)
      if (from->of_case.at[c]) from->of_case.at[c] = (uint8_t)(moved[from->of_case.at[c] - 1] + 1);
    to->of_case = from->of_case.at;
  }
  log->attributes = kept;
  log->attribute_count = (uint32_t)reading->attribute_count;
}

static void name_activities(Reading *reading) {
  EventLog *log = reading->log;
  uint32_t *moved;
  log->activity_count = interned_count(&reading->activities);
  log->activities = sort_interned(&reading->activities, reading->arena, &moved);
  uint64_t *events = ARENA_ARRAY(reading->arena, uint64_t, log->activity_count + 1);
  for (size_t i = 0; i < reading->events.len; i++) {
    LogEvent *event = &reading->events.at[i];
    uint32_t activity = moved[event_activity(*event)];
    *event = (*event & ~(LogEvent)(LOG_ACTIVITIES - 1)) | activity;
    events[activity]++;
  }
  log->activity_events = events;
}

/* Stable, by time: those of equal time stay in the order of the file. */
static void sort_case(LogEvent *events, size_t count, LogEvent *room) {
  enum { SHORT = 24 };
  if (count > SHORT) {
    size_t half = count / 2, a = 0, b = half, to = 0;
    sort_case(events, half, room);
    sort_case(events + half, count - half, room);
    if (event_time(events[half - 1]) <= event_time(events[half])) return;
    while (a < half && b < count)
      room[to++] = event_time(events[b]) < event_time(events[a]) ? events[b++] : events[a++];
    while (a < half) room[to++] = events[a++];
    memcpy(events, room, to * sizeof *events);
    return;
  }
  for (size_t i = 1; i < count; i++) {
    LogEvent event = events[i];
    size_t at = i;
    for (; at > 0 && event_time(events[at - 1]) > event_time(event); at--) events[at] = events[at - 1];
    events[at] = event;
  }
}

/* Case after case: by counting, as cases are numbers. */
static void group_cases(Reading *reading) {
  EventLog *log = reading->log;
  uint32_t *first = mem_alloc((log->case_count + (size_t)2) * sizeof *first);
  memset(first, 0, (log->case_count + (size_t)2) * sizeof *first);
  for (size_t i = 0; i < reading->cases_of.len; i++) first[reading->cases_of.at[i] + 2]++;
  for (size_t i = 2; i < log->case_count + (size_t)2; i++) first[i] += first[i - 1];
  log->events = reading->events.at;
  if (!reading->grouped) {
    log->events = mem_alloc((reading->events.len + 1) * sizeof *log->events);
    for (size_t i = 0; i < reading->events.len; i++)
      log->events[first[reading->cases_of.at[i] + 1]++] = reading->events.at[i];
    free(reading->events.at);
  } else
    for (size_t i = 1; i <= log->case_count; i++) first[i] = first[i + 1];
  vec_free(&reading->cases_of);
  log->first = first;
}

static void sort_cases(EventLog *log) {
  size_t longest = 1;
  for (uint32_t c = 0; c < log->case_count; c++)
    if (log->first[c + 1] - log->first[c] > longest) longest = log->first[c + 1] - log->first[c];
  LogEvent *room = mem_alloc(longest * sizeof *room);
  for (uint32_t c = 0; c < log->case_count; c++)
    sort_case(log->events + log->first[c], log->first[c + 1] - log->first[c], room);
  free(room);
}

/* ---- all of it ---- */

EventLog *log_read(const Project *p, Ref evidence, EvidenceProgress *progress, void *context, Arena *arena, Str *why) {
  EventLog *log = ARENA_NEW(arena, EventLog);
  Reading reading = {.log = log, .grouped = true, .arena = arena};
  log->evidence = evidence;
  log->path = bound_path(p, evidence, arena);
  if (!bound_open(p, evidence, arena, &reading.bound, why)) return NULL;
  log->has_time = reading.bound.has_time;
  reading.first_attribute = log->has_time ? CELL_TIME + 1 : CELL_TIME;
  reading.attribute_count = reading.bound.cell_count - reading.first_attribute;
  reading.attributes = ARENA_ARRAY(arena, AttributeReading, reading.attribute_count + 1);
  read_rows(p, &reading, progress, context);
  log->dialect = *reading.bound.dialect;
  bound_close(&reading.bound);
  interned_free(&reading.cases);
  name_activities(&reading);
  keep_attributes(&reading);
  group_cases(&reading);
  if (log->has_time) sort_cases(log);
  LogBadRow *bad = ARENA_ARRAY(arena, LogBadRow, reading.bad.len + 1);
  if (reading.bad.len > 0) memcpy(bad, reading.bad.at, reading.bad.len * sizeof *bad);
  log->bad_rows = bad;
  log->bad_shown = (uint32_t)reading.bad.len;
  vec_free(&reading.bad);
  return log;
}

void log_free(EventLog *log) {
  if (!log) return;
  for (uint32_t i = 0; i < log->attribute_count; i++) free((void *)(uintptr_t)log->attributes[i].of_case);
  free(log->events);
  free((void *)(uintptr_t)log->first);
}

const LogAttribute *log_attribute(const EventLog *log, Str name) {
  for (uint32_t i = 0; i < log->attribute_count; i++)
    if (str_is(log->attributes[i].name, name)) return &log->attributes[i];
  return NULL;
}
