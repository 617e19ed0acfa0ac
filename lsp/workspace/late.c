#include "lsp/workspace/late.h"

#include "check/settle.h"
#include "observe/logs.h"
#include "project/baseline.h"

struct LateKeep {
  atomic_uint owners; /* the project's root, and each Late, whose evidence may live in here */
  EvidenceKeep *evidence;
  LogKeep *logs;
};

struct LateMemory {
  atomic_uint owners;
  Arena *arena;
  LateKeep *keep;
};

LateKeep *late_keep_new(void) {
  LateKeep *keep = mem_alloc(sizeof *keep);
  atomic_init(&keep->owners, 1);
  keep->evidence = evidence_keep_new();
  keep->logs = log_keep_new();
  return keep;
}

void late_keep_free(LateKeep *keep) {
  if (!keep || atomic_fetch_sub(&keep->owners, 1) > 1) return;
  evidence_keep_free(keep->evidence);
  log_keep_free(keep->logs);
  free(keep);
}

Late *late_share(Late *late) {
  atomic_fetch_add(&late->memory->owners, 1);
  return late;
}

void late_free(Late *late) {
  if (!late || atomic_fetch_sub(&late->memory->owners, 1) > 1) return;
  LateKeep *keep = late->memory->keep;
  findings_free(late->findings);
  snapshot_free(late->snapshot);
  arena_free(late->memory->arena);
  late_keep_free(keep);
}

/* ---- findings ---- */

static bool same_words(const Diagnostic *a, const Diagnostic *b) {
  return a->code == b->code && a->span.start == b->span.start && a->span.end == b->span.end &&
         a->severity == b->severity && str_is(a->message, b->message);
}

/* What is there only now. A finding may be said more than once: as often as it was said soon, it is left out. */
static void leave_out_known(const Findings *soon, Diagnostics *all) {
  size_t kept = 0;
  bool *told = ARENA_ARRAY(all->arena, bool, soon->count + 1);
  for (size_t i = 0; i < all->list.len; i++) {
    const Diagnostic *found = &all->list.at[i];
    FindingList known = findings_of(soon, found->unit);
    bool is_known = false;
    for (uint32_t k = 0; k < known.count && known.at[k].span.start <= found->span.start && !is_known; k++) {
      bool *is_told = &told[known.at + k - soon->list];
      is_known = !*is_told && same_words(&known.at[k], found);
      *is_told = *is_told || is_known;
    }
    if (!is_known) all->list.at[kept++] = *found;
  }
  all->list.len = kept;
}

/* ---- all of it ---- */

static Late *late_new(LateKeep *keep, const Snapshot *snapshot) {
  Arena *arena = arena_new();
  Late *late = ARENA_NEW(arena, Late);
  late->memory = ARENA_NEW(arena, struct LateMemory);
  atomic_init(&late->memory->owners, 1);
  late->memory->arena = arena;
  late->memory->keep = keep;
  atomic_fetch_add(&keep->owners, 1);
  late->snapshot = snapshot_share(snapshot);
  return late;
}

enum { FEW_JOURNEYS = 64 };

/* Whose numbers can be seen: those of open maps and, where a Lua file is open or there are few journeys, all (NULL). */
static const bool *wanted_journeys(const Snapshot *snapshot, Arena *arena) {
  const Project *p = snapshot->project;
  if (p->journey_count <= FEW_JOURNEYS) return NULL;
  for (uint32_t u = 0; u < p->unit_count; u++)
    if (p->units[u]->script && snapshot->files[u] && snapshot->files[u]->is_open) return NULL;
  bool *wanted = ARENA_ARRAY(arena, bool, p->journey_count);
  for (uint32_t i = 0; i < p->journey_count; i++) {
    const File *file = snapshot->files[p->journeys[i].at.unit];
    wanted[i] = file && file->is_open;
  }
  return wanted;
}

/* Those that were read; kept apart from the logs themselves, which another thread may read on. */
static void list_logs(Late *late) {
  const struct EventLogs *known = evidence_logs(late->evidence);
  const EvidenceFile *files;
  size_t count = evidence_files(late->evidence, &files);
  LateLog *logs = ARENA_ARRAY(late->memory->arena, LateLog, count + 1);
  for (size_t i = 0; i < count; i++) {
    const EventLog *log = event_logs_known(known, files[i].evidence);
    if (log) logs[late->log_count++] = (LateLog){log->path, log->activities, log->activity_events, log->activity_count};
  }
  late->logs = logs;
}

static void run(Late *late, const Project *p, Diagnostics *to) {
  Arena *arena = late->memory->arena;
  const LateKeep *keep = late->memory->keep;
  Evidence *evidence = evidence_read_kept(keep->evidence, p, arena, to);
  evidence_keep_logs(evidence, event_logs_kept(keep->logs, p, arena));
  late->evidence = evidence;
  if (!project_is_stopped(p)) check_late(p, evidence, to);
  if (!project_is_stopped(p))
    late->metrics = metrics_everything(p, evidence, wanted_journeys(late->snapshot, arena), arena, to);
  late->figures = late->metrics.figures;
  list_logs(late);
  event_logs_leave(evidence_logs(evidence));
}

Late *late_run(LateKeep *keep, const Findings *soon, const atomic_bool *stop) {
  Late *late = late_new(keep, soon->snapshot);
  Project *p = project_stoppable(late->snapshot->project, stop, late->memory->arena);
  Diagnostics all = {.arena = arena_new()};
  for (uint32_t i = 0; i < soon->count; i++) vec_push(&all.list, soon->list[i]);
  run(late, p, &all);
  p->stop = NULL;
  diagnostics_settle(p, &all);
  baseline_leave_out(p, &all);
  leave_out_known(soon, &all);
  late->findings = findings_new(late->snapshot, all.arena, &all, NONE);
  vec_free(&all.list);
  if (!atomic_load(stop)) return late;
  late_free(late);
  return NULL;
}

/* The statement that begins at that byte; NONE where none does. */
static uint32_t statement_from(const Unit *unit, uint32_t start) {
  uint32_t first = unit_first_from(unit, start);
  return first < unit->statement_count && unit->statements[first].span.start == start ? first : NONE;
}

static bool move_ref(const Snapshot *before, const Snapshot *now, LateChange *last, Ref *ref) {
  const File *file = before->files[ref->unit];
  uint32_t unit = file ? snapshot_unit(now, file->path) : NONE, start;
  const Statement *statement = project_statement(before->project, *ref);
  if (unit == NONE || !late_offset(last, file->text, now->files[unit]->text, statement->span.start, &start))
    return false;
  uint32_t at = statement_from(now->project->units[unit], start);
  if (at == NONE || now->project->units[unit]->statements[at].keyword != statement->keyword) return false;
  *ref = (Ref){unit, at};
  return true;
}

const Figures *late_figures(const Late *late, const Snapshot *now, Arena *arena) {
  if (!late->figures || late->snapshot == now) return late->figures;
  Figures *moved = ARENA_NEW(arena, Figures);
  Figure *list = ARENA_ARRAY(arena, Figure, late->figures->count + 1);
  LateChange last = {.head = 0};
  for (uint32_t i = 0; i < late->figures->count; i++) {
    list[moved->count] = late->figures->list[i];
    if (move_ref(late->snapshot, now, &last, &list[moved->count].measure)) moved->count++;
  }
  if (moved->count > 1) qsort(list, moved->count, sizeof *list, ref_compare);
  moved->list = list;
  return moved;
}

static LateChange compare(Str before, Str now) {
  size_t least = before.len < now.len ? before.len : now.len, head = 0, tail = 0;
  while (head < least && before.at[head] == now.at[head]) head++;
  while (tail < least - head && before.at[before.len - 1 - tail] == now.at[now.len - 1 - tail]) tail++;
  return (LateChange){before, now, head, tail};
}

bool late_offset(LateChange *last, Str before, Str now, uint32_t offset, uint32_t *moved) {
  if (before.at == now.at && before.len == now.len) return *moved = offset, true;
  bool known = last->before.at == before.at && last->now.at == now.at && last->before.len == before.len &&
               last->now.len == now.len;
  if (!known) *last = compare(before, now);
  if (offset <= last->head) return *moved = offset, true;
  if (offset < before.len - last->tail) return false;
  return *moved = (uint32_t)(now.len - (before.len - offset)), true;
}
