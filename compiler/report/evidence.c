/* What the maps stand on, how old it is, and until when it may be relied on. */
#include "evidence/evidence.h"
#include "report/build.h"
#include "view/words.h"

static ReportEvidence read_evidence(const Build *build, Ref at) {
  Item item = item_of(at);
  ReportEvidence evidence = {.title = build_title(build, at),
                             .method = build_title(build, item_ref(build->p, &item, K_METHOD_OF)),
                             .collected = STR(""),
                             .fresh_until = STR("")};
  double collected;
  int32_t until;
  item_number(build->p, &item, K_ANSWERED, 0, &evidence.answered);
  const Evidence *files = build->figures ? build->figures->evidence : NULL;
  const EvidenceFile *file = files ? evidence_file(files, at) : NULL;
  if (item_number(build->p, &item, K_COLLECTED, 0, &collected))
    evidence.collected = words_date((int32_t)collected, build->arena);
  else if (file && file->has_days) evidence.collected = words_days(file->first_day, file->last_day, build->arena);
  if (evidence.answered == 0 && file && file->is_read) evidence.answered = (double)file->rows;
  if (!evidence_good_until(build->p, files, at, &until)) return evidence;
  evidence.fresh_until = words_date(until, build->arena);
  evidence.stale = until < build->p->today;
  return evidence;
}

void build_evidence(Build *build) {
  VEC(ReportEvidence) found = {0};
  for (uint32_t u = 1; u < build->p->unit_count; u++) {
    const Unit *unit = build->p->units[u];
    for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after)
      if (unit->statements[at].keyword == K_EVIDENCE) vec_push(&found, read_evidence(build, (Ref){u, at}));
  }
  ReportEvidence *kept = ARENA_ARRAY(build->arena, ReportEvidence, found.len);
  if (found.len) memcpy(kept, found.at, found.len * sizeof *kept);
  build->report->evidence = kept;
  build->report->evidence_count = (uint32_t)found.len;
  vec_free(&found);
}
