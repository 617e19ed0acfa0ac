/* A whole project on one page: its maps, clients, teams, pains, plan and upkeep. Computed once, for any writer; all
 * texts are plain. Lives in `arena`. */
#ifndef JOURNEY_REPORT_REPORT_H
#define JOURNEY_REPORT_REPORT_H

#include "plan/plan.h"
#include "view/view.h"

typedef struct {
  const Journey *journey;
  const View *view;
  Str anchor; /* "map-onboarding"; no other map has it */
  uint32_t pains, severe;
} ReportMap;

typedef struct {
  Ref at;
  Str name, role, quote, segment;
  const Str *goals;
  uint32_t goal_count;
  const uint32_t *maps; /* that are hers or his */
  uint32_t map_count;
} ReportPersona;

typedef struct {
  Str title;
  double clients, revenue; /* shares, 0 … 1; negative where nothing is said */
  bool vital;              /* of the fewest of its file that bring 80% of the revenue */
  uint32_t file;           /* the unit that declares it: the segments of a file are one whole */
} ReportSegment;

/* Who owns what: a row for each team, a column for each stage. */
typedef struct {
  uint32_t owned; /* steps of the stage that the team owns */
  uint32_t acts;  /* steps at which it does something */
} ReportCell;
typedef struct {
  Str title;
  uint32_t colour;
  bool has_colour;
  const ReportCell *cells; /* one for each column */
} ReportTeam;
typedef struct {
  Str title;         /* the map's; of the whole project: empty */
  const Str *stages; /* of the whole project: the usual names that its stages go under */
  const uint32_t *steps;
  const uint32_t *unowned; /* steps of the stage that nobody owns */
  uint32_t stage_count;
  const ReportTeam *teams; /* those that own or do something there */
  uint32_t team_count;
} ReportMatrix;

typedef struct {
  Ref at;
  Str title, severity; /* "High"; empty where nothing is said */
  int level;           /* 1 … 4; 0 where nothing is said */
  Str step, why, solved_by, seen_in;
  uint32_t map;
  Str step_anchor; /* as in View */
  double weight;   /* its level times the largest share in which it was seen; 1 where no share is said */
  bool vital;      /* of the fewest that carry 80% of all weight */
} ReportPain;

/* Of a whole map, or of a stage. */
typedef struct {
  uint32_t map;
  Str stage; /* empty: of the map */
  const Entry *entry;
} ReportMeasure;

typedef struct {
  Str title, method, collected, fresh_until; /* dates in words; empty where not said */
  double answered;                           /* 0: not said */
  bool stale;
} ReportEvidence;

typedef struct {
  Str title;
  int32_t today;
  const ReportMap *maps;
  uint32_t map_count;
  const ReportMeasure *measures; /* in the order of maps; a variant's are those that it says anew */
  uint32_t measure_count;
  const ReportPersona *personas;
  uint32_t persona_count;
  const ReportSegment *segments; /* by file; the largest share of the revenue first */
  uint32_t segment_count;
  const ReportMatrix *matrices; /* of the project, where its maps share stage names; then one for each map */
  uint32_t matrix_count;
  const ReportPain *pains; /* the most severe first, then the heaviest; a variant's are those that it adds */
  uint32_t pain_count, vital_count;
  const Plan *plan;
  const ReportEvidence *evidence;
  uint32_t evidence_count;
} Report;

/* `figures` as for view_new. */
const Report *report_new(const Project *project, const Journey *const *journeys, uint32_t count, const Figures *figures,
                         Arena *arena);

#endif
