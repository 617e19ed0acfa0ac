/* How old files are: by what the declaration says, else by their newest row. */
#include <math.h>

#include "base/calendar.h"
#include "evidence/build.h"

bool reading_fresh_until(const Evidence *evidence, const Reading *reading, int32_t *day) {
  const double minutes_a_day = 24 * 60;
  const EvidenceFile *file = reading->file;
  Item item = item_of(file->evidence);
  double collected, minutes = evidence->p->settings.fresh_for;
  if (evidence_fresh_until(evidence->p, file->evidence, day)) return true;
  if (item_number(evidence->p, &item, K_COLLECTED, 0, &collected)) return false;
  item_number(evidence->p, &item, K_FRESH_FOR, 0, &minutes);
  if (!file->has_days || minutes <= 0) return false;
  *day = (int32_t)fmin(file->last_day + minutes / minutes_a_day, INT32_MAX);
  return true;
}

bool evidence_good_until(const Project *p, const Evidence *evidence, Ref ref, int32_t *day) {
  for (uint32_t i = 0; evidence && i < evidence->file_count; i++)
    if (ref_is(evidence->readings[i].file->evidence, ref))
      return reading_fresh_until(evidence, &evidence->readings[i], day);
  return evidence_fresh_until(p, ref, day);
}

/* The first claim that stands on it; NO_REF: none. */
static Ref first_use(const Project *p, Ref evidence) {
  for (uint32_t u = 0; u < p->unit_count; u++) {
    const Unit *unit = p->units[u];
    for (uint32_t at = 0; project_is_own(p, u) && at < unit->statement_count; at++) {
      const Statement *statement = &unit->statements[at];
      if (statement->keyword != K_FROM && statement->keyword != K_SEEN_IN) continue;
      for (uint32_t i = 0; i < statement->value_count; i++) {
        const Value *value = &unit->values[statement->first_value + i];
        if (value->type == V_REF && ref_is(project_resolve(p, (Ref){u, at}, value), evidence)) return (Ref){u, at};
      }
    }
  }
  return NO_REF;
}

static void say_stale(Evidence *evidence, const Reading *reading, int days, Ref use) {
  const EvidenceFile *file = reading->file;
  CalendarDay newest = calendar_day(file->last_day);
  Diagnostic *said = diagnose(evidence->to, DIAG_STALE_EVIDENCE, file->evidence.unit, reading->span,
                              "export it again, or say why it still holds and give it more time: fresh-for 12mo",
                              "the evidence \"" STR_FMT
                              "\" has been out of date for %d day%s: the newest row of its file is of %04d-%02d-%02d",
                              STR_ARG(evidence_title(evidence, file->evidence)), days, days == 1 ? "" : "s",
                              newest.year, newest.month, newest.day);
  const Value *name = unit_value(project_unit(evidence->p, use), use.at, 0);
  if (name) diagnostic_relate(evidence->to, said, use.unit, name->span, "a claim stands on it here");
}

/* Where `collected` is said it counts, and the checks have said so. */
void say_of_age(Evidence *evidence) {
  for (uint32_t i = 0; i < evidence->file_count; i++) {
    const Reading *reading = &evidence->readings[i];
    Ref ref = reading->file->evidence;
    int32_t until;
    if (unit_child(project_unit(evidence->p, ref), ref.at, K_COLLECTED) != NONE) continue;
    if (!reading_fresh_until(evidence, reading, &until) || until >= evidence->p->today) continue;
    Ref use = first_use(evidence->p, ref);
    if (ref_ok(use)) say_stale(evidence, reading, evidence->p->today - until, use);
  }
}
