#include "observe/logs.h"

#include <stdlib.h>

typedef struct {
  Ref evidence;
  EventLog *log; /* NULL: it can't be read */
} KeptLog;

struct EventLogs {
  const Project *project;
  EventLogRead *read;
  void *context;
  Arena *arena;
  VEC(KeptLog) list;
};

static void free_all(void *context) {
  EventLogs *logs = context;
  for (size_t i = 0; i < logs->list.len; i++) log_free(logs->list.at[i].log);
  vec_free(&logs->list);
}

EventLogs *event_logs_new(const Project *p, EventLogRead *read, void *context, Arena *arena) {
  EventLogs *logs = ARENA_NEW(arena, EventLogs);
  *logs = (EventLogs){.project = p, .read = read, .context = context, .arena = arena};
  arena_at_end(arena, free_all, logs);
  return logs;
}

EventLog *event_logs_get(EventLogs *logs, Ref evidence) {
  for (size_t i = 0; i < logs->list.len; i++)
    if (ref_is(logs->list.at[i].evidence, evidence)) return logs->list.at[i].log;
  Str why;
  EventLog *log = logs->read ? logs->read(logs->context, logs->project, evidence, logs->arena)
                             : log_read(logs->project, evidence, NULL, NULL, logs->arena, &why);
  vec_push(&logs->list, (KeptLog){evidence, log});
  return log;
}

EventLogs *event_logs_of(const Project *p, const Evidence *evidence, Arena *arena) {
  EventLogs *kept = evidence ? evidence_logs(evidence) : NULL;
  return kept ? kept : event_logs_new(p, NULL, NULL, arena);
}

struct LogKeep {
  Arena *arena;
};

LogKeep *log_keep_new(void) {
  LogKeep *keep = mem_alloc(sizeof *keep);
  *keep = (LogKeep){arena_new()};
  return keep;
}

void log_keep_free(LogKeep *keep) {
  if (!keep) return;
  arena_free(keep->arena);
  free(keep);
}

EventLogs *event_logs_kept(LogKeep *keep, const Project *p, Arena *arena) {
  (void)keep;
  return event_logs_new(p, NULL, NULL, arena);
}
