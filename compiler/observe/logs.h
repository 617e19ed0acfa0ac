/* The event logs of a project, each read when it is first asked for, and once, whoever asks: checks, measures, maps. */
#ifndef JOURNEY_OBSERVE_LOGS_H
#define JOURNEY_OBSERVE_LOGS_H

#include "observe/log.h"

typedef struct EventLogs EventLogs;

/* Reads one; NULL where it can't be read. For verbs that show how far it is; NULL as `read`: without. */
typedef EventLog *EventLogRead(void *context, const Project *p, Ref evidence, Arena *arena);

/* Logs live as long as `arena`. */
EventLogs *event_logs_new(const Project *p, EventLogRead *read, void *context, Arena *arena);
/* NULL where it can't be read, which is said elsewhere. */
EventLog *event_logs_get(EventLogs *logs, Ref evidence);
/* The same of one that was asked for before; NULL: it was not, or can't be read. Nothing is read for it. */
const EventLog *event_logs_known(const EventLogs *logs, Ref evidence);
/* Those that were kept with the evidence, or new ones. */
EventLogs *event_logs_of(const Project *p, const Evidence *evidence, Arena *arena);

/* Logs that are kept from one state of a project to the next: one is read again only where its file, or what the map
 * says of it, has changed. For one thread at a time. */
typedef struct LogKeep LogKeep;
LogKeep *log_keep_new(void);
void log_keep_free(LogKeep *keep); /* NULL is fine; logs that were handed out stay */
/* How many logs have been read so far. */
size_t log_keep_reads(const LogKeep *keep);
/* As event_logs_new. What was not asked for between two calls is dropped. */
EventLogs *event_logs_kept(LogKeep *keep, const Project *p, Arena *arena);
/* Logs that were not asked for yet are read without the keep from now on, so that another thread may use it. */
void event_logs_leave(EventLogs *logs);

#endif
