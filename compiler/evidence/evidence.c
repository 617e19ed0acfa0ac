#include "evidence/evidence.h"

#include "evidence/build.h"
#include "evidence/keep.h"
#include "evidence/personal.h"

/* ---- reading ---- */

static bool count_rows(Evidence *evidence, Reading *reading, EvidenceProgress *progress, void *context) {
  Str why = STR("");
  if (reading->kept && kept_recall(reading->kept, evidence, reading)) return true;
  if (!reading_table(evidence, reading, &why)) {
    reading->broken_off = why;
    return true;
  }
  bool on = reading_count(evidence, reading, progress, context);
  if (on && reading->kept) kept_store(reading->kept, evidence, reading);
  return on;
}

static bool read_one(Evidence *evidence, Reading *reading, EvidenceProgress *progress, void *context) {
  if (!reading_open(evidence, reading)) return true;
  if (reading->file->column_count > 0) bind_reading(evidence, reading);
  bool on = count_rows(evidence, reading, progress, context);
  if (on) say_of_reading(evidence, reading);
  reading_close(reading);
  return on;
}

static void hand_out_measures(Evidence *evidence, Reading *reading) {
  bool *asked = ARENA_ARRAY(evidence->arena, bool, reading->file->column_count);
  for (uint32_t i = 0; i < reading->selected_count; i++) asked[reading->selected[i]] = true;
  reading->file->is_asked_for = asked;
  Ref *measures = ARENA_ARRAY(evidence->arena, Ref, reading->wanted.len);
  for (size_t i = 0; i < reading->wanted.len; i++) measures[i] = evidence->measures.at[reading->wanted.at[i]].at;
  reading->file->measures = measures;
  reading->file->measure_count = (uint32_t)reading->wanted.len;
  reading->file->said = reading->said;
}

/* What a measure's files say of how long they may be relied on: the longest counts. */
static void note_freshness(Evidence *evidence) {
  for (uint32_t i = 0; i < evidence->file_count; i++) {
    Reading *reading = &evidence->readings[i];
    int32_t until;
    hand_out_measures(evidence, reading);
    if (!reading_fresh_until(evidence, reading, &until)) continue;
    reading->file->has_fresh_until = true;
    reading->file->fresh_until = until;
    for (size_t w = 0; w < reading->wanted.len; w++) {
      Measure *measure = &evidence->measures.at[reading->wanted.at[w]];
      if (!measure->has_fresh_until || until > measure->fresh_until) measure->fresh_until = until;
      measure->has_fresh_until = true;
    }
  }
}

static void read_scale(const Project *p, Answers *answers) {
  Item item = item_of(answers->evidence);
  Ref scale = item_get(p, &item, K_SCORE_SCALE);
  const Value *range = ref_ok(scale) ? unit_value(project_unit(p, scale), scale.at, 0) : NULL;
  if (!range) return;
  answers->has_scale = true;
  answers->scale_min = (double)range->range.min;
  answers->scale_max = (double)range->range.max;
}

static void finish(Evidence *evidence) {
  evidence->answers = ARENA_ARRAY(evidence->arena, Answers, evidence->measures.len);
  for (size_t i = 0; i < evidence->measures.len; i++) {
    Measure *measure = &evidence->measures.at[i];
    Answers answers = {.measure = measure->at, .evidence = measure->evidence};
    counter_finish(&measure->counter, &answers, evidence->arena);
    answers.stale = measure->has_fresh_until && measure->fresh_until < evidence->p->today;
    read_scale(evidence->p, &answers);
    if (measure->is_bound && !measure->is_failed) evidence->answers[evidence->answer_count++] = answers;
  }
  vec_free(&evidence->measures);
  for (uint32_t i = 0; i < evidence->file_count; i++) reading_free(&evidence->readings[i]);
}

static Evidence *read_all(EvidenceKeep *keep, const Project *p, EvidenceProgress *progress, void *context, Arena *arena,
                          Diagnostics *to) {
  Evidence *evidence = ARENA_NEW(arena, Evidence);
  *evidence = (Evidence){.p = p, .arena = arena, .to = to, .said_before = to->list.len, .keep = keep};
  bind_files(evidence);
  bind_measures(evidence);
  for (uint32_t i = 0; i < evidence->file_count && !evidence->stopped; i++)
    evidence->stopped = !read_one(evidence, &evidence->readings[i], progress, context);
  if (!evidence->stopped && evidence->file_count > 0) {
    note_freshness(evidence);
    say_of_measures(evidence);
    say_of_age(evidence);
  }
  if (!evidence->stopped && keep) kept_forget(keep);
  finish(evidence);
  evidence->to = NULL;
  evidence->keep = NULL;
  return evidence;
}

Evidence *evidence_read(const Project *p, EvidenceProgress *progress, void *context, Arena *arena, Diagnostics *to) {
  return read_all(NULL, p, progress, context, arena, to);
}

Evidence *evidence_read_kept(EvidenceKeep *keep, const Project *p, Arena *arena, Diagnostics *to) {
  return read_all(keep, p, NULL, NULL, arena, to);
}

/* ---- what was read ---- */

bool evidence_was_stopped(const Evidence *evidence) { return evidence->stopped; }

void evidence_keep_logs(Evidence *evidence, struct EventLogs *logs) { evidence->logs = logs; }

struct EventLogs *evidence_logs(const Evidence *evidence) {
  return evidence->logs;
}

const Answers *evidence_answers(const Evidence *evidence, Ref measure) {
  if (!evidence->answer_count) return NULL;
  return bsearch(&measure, evidence->answers, evidence->answer_count, sizeof *evidence->answers,
                 ref_compare); /* Answers begin with their measure */
}

const EvidenceFile *evidence_file(const Evidence *evidence, Ref ref) {
  for (uint32_t i = 0; i < evidence->file_count; i++)
    if (ref_is(evidence->files[i].evidence, ref)) return &evidence->files[i];
  return NULL;
}

Str evidence_column(const EvidenceFile *file, uint32_t column, Arena *arena) {
  if (personal_in(file->columns[column], true) == PERSONAL_NOTHING) return file->columns[column];
  return arena_format(arena, "(column %u)", (unsigned)column + 1);
}

size_t evidence_files(const Evidence *evidence, const EvidenceFile **files) {
  *files = evidence->files;
  return evidence->file_count;
}
