#include "observe/logs.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/os.h"
#include "observe/bound.h"

/* Owned by the keep, and by each arena in which somebody was given it. */
typedef struct {
  atomic_uint owners;
  Arena *arena;
  Str path, question;
  bool is_text;
  Str text;       /* that stood for the file */
  uint64_t stamp; /* else */
  EventLog *log;  /* NULL: it can't be read */
  bool is_used;
} KeptLog;

struct LogKeep {
  VEC(KeptLog *) list;
  size_t reads;
};

typedef struct {
  Ref evidence;
  EventLog *log; /* NULL: it can't be read */
  bool is_kept;  /* it is part of a KeptLog */
} KnownLog;

struct EventLogs {
  const Project *project;
  EventLogRead *read;
  void *context;
  Arena *arena;
  LogKeep *keep; /* NULL: none */
  VEC(KnownLog) list;
};

static void free_all(void *context) {
  EventLogs *logs = context;
  for (size_t i = 0; i < logs->list.len; i++)
    if (!logs->list.at[i].is_kept) log_free(logs->list.at[i].log);
  vec_free(&logs->list);
}

EventLogs *event_logs_new(const Project *p, EventLogRead *read, void *context, Arena *arena) {
  EventLogs *logs = ARENA_NEW(arena, EventLogs);
  *logs = (EventLogs){.project = p, .read = read, .context = context, .arena = arena};
  arena_at_end(arena, free_all, logs);
  return logs;
}

EventLogs *event_logs_of(const Project *p, const Evidence *evidence, Arena *arena) {
  EventLogs *kept = evidence ? evidence_logs(evidence) : NULL;
  return kept ? kept : event_logs_new(p, NULL, NULL, arena);
}

/* ---- kept ---- */

LogKeep *log_keep_new(void) {
  LogKeep *keep = mem_alloc(sizeof *keep);
  *keep = (LogKeep){0};
  return keep;
}

static void release(void *context) {
  KeptLog *kept = context;
  if (atomic_fetch_sub(&kept->owners, 1) > 1) return;
  log_free(kept->log);
  arena_free(kept->arena);
}

void log_keep_free(LogKeep *keep) {
  if (!keep) return;
  for (size_t i = 0; i < keep->list.len; i++) release(keep->list.at[i]);
  vec_free(&keep->list);
  free(keep);
}

size_t log_keep_reads(const LogKeep *keep) { return keep->reads; }

EventLogs *event_logs_kept(LogKeep *keep, const Project *p, Arena *arena) {
  size_t kept = 0;
  for (size_t i = 0; i < keep->list.len; i++) {
    KeptLog *log = keep->list.at[i];
    bool stays = log->is_used;
    log->is_used = false;
    if (stays) keep->list.at[kept++] = log;
    else release(log);
  }
  keep->list.len = kept;
  EventLogs *logs = event_logs_new(p, NULL, NULL, arena);
  logs->keep = keep;
  return logs;
}

void event_logs_leave(EventLogs *logs) { logs->keep = NULL; }

static KeptLog *find_kept(const LogKeep *keep, const KeptLog *wanted) {
  for (size_t i = 0; i < keep->list.len; i++) {
    KeptLog *kept = keep->list.at[i];
    if (kept->is_text != wanted->is_text || !str_is(kept->path, wanted->path)) continue;
    if (!str_is(kept->question, wanted->question)) continue;
    if (wanted->is_text ? str_is(kept->text, wanted->text) : wanted->stamp && kept->stamp == wanted->stamp) return kept;
  }
  return NULL;
}

/* NULL where it may have changed while it was read, or nobody wanted it any more: it is read anew the next time. */
static KeptLog *read_kept(LogKeep *keep, const Project *p, Ref evidence, const KeptLog *wanted, int64_t began) {
  Arena *arena = arena_new();
  KeptLog *kept = ARENA_NEW(arena, KeptLog);
  Str why;
  *kept = (KeptLog){.arena = arena, .is_text = wanted->is_text};
  atomic_init(&kept->owners, 1);
  kept->path = arena_copy(arena, wanted->path);
  kept->question = arena_copy(arena, wanted->question);
  kept->text = arena_copy(arena, wanted->text);
  kept->log = log_read(p, evidence, NULL, NULL, arena, &why);
  keep->reads++;
  kept->stamp = wanted->is_text ? 0 : os_stamp(kept->path.at, began);
  bool lasts = kept->is_text || (kept->stamp && kept->stamp == wanted->stamp);
  if (lasts && !(kept->log && kept->log->was_stopped)) vec_push(&keep->list, kept);
  else kept->owners = 0; /* whoever asked is the only one */
  return kept;
}

/* A log of its own for whoever asks, with the bytes that all share. */
static EventLog *share(KeptLog *kept, Ref evidence, Arena *arena) {
  atomic_fetch_add(&kept->owners, 1);
  kept->is_used = true;
  arena_at_end(arena, release, kept);
  if (!kept->log) return NULL;
  EventLog *log = ARENA_NEW(arena, EventLog);
  *log = *kept->log;
  log->evidence = evidence;
  return log;
}

static EventLog *get_kept(EventLogs *logs, Ref evidence) {
  const Project *p = logs->project;
  Arena *scratch = arena_new();
  int64_t began = os_time();
  KeptLog wanted = {.path = bound_path(p, evidence, scratch), .question = bound_question(p, evidence, scratch)};
  wanted.path = arena_copy(scratch, wanted.path);
  const Str *text = project_text(p, wanted.path);
  wanted.is_text = text != NULL;
  if (text) wanted.text = *text;
  else wanted.stamp = os_stamp(wanted.path.at, INT64_MAX);
  KeptLog *kept = find_kept(logs->keep, &wanted);
  if (!kept) kept = read_kept(logs->keep, p, evidence, &wanted, began);
  arena_free(scratch);
  return share(kept, evidence, logs->arena);
}

const EventLog *event_logs_known(const EventLogs *logs, Ref evidence) {
  for (size_t i = 0; i < logs->list.len; i++)
    if (ref_is(logs->list.at[i].evidence, evidence)) return logs->list.at[i].log;
  return NULL;
}

EventLog *event_logs_get(EventLogs *logs, Ref evidence) {
  for (size_t i = 0; i < logs->list.len; i++)
    if (ref_is(logs->list.at[i].evidence, evidence)) return logs->list.at[i].log;
  Str why;
  bool is_kept = logs->keep != NULL;
  EventLog *log = is_kept      ? get_kept(logs, evidence)
                  : logs->read ? logs->read(logs->context, logs->project, evidence, logs->arena)
                               : log_read(logs->project, evidence, NULL, NULL, logs->arena, &why);
  vec_push(&logs->list, (KnownLog){evidence, log, is_kept});
  return log;
}
