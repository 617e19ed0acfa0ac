/* A metric's Lua file in a sandbox of its own: what the file says of itself, and what it computes of places.
 *
 * The file returns a function, or a table with a function `compute` and what else it says. Besides the sandbox's
 * library, scripts see: value(id, place), evidence(id), stats, explain(text, number); place.answers; their settings. */
#ifndef JOURNEY_SCRIPT_COMPUTE_H
#define JOURNEY_SCRIPT_COMPUTE_H

#include "evidence/evidence.h"
#include "script/place.h"
#include "script/sandbox.h"

typedef struct {
  Str name;
  double value;
} ComputeSetting;

/* What the file says of itself; texts are empty where it says nothing. */
typedef struct ComputeFile {
  Str id, title, unit;
  int better; /* 1 higher, -1 lower, 0 unsaid */
  bool has_range;
  double min, max;
  unsigned scope;                 /* of 1 << PlaceKind; touchpoints, stages and journeys where it says nothing */
  const ComputeSetting *settings; /* by name */
  uint32_t setting_count;
} ComputeFile;

typedef struct {
  Str period;
  double value, low, high; /* low and high NAN where there is no interval */
  uint64_t n;
} ComputePoint;

typedef struct {
  Str text;
  bool has_number;
  double number;
} ComputeLine;

typedef struct {
  bool has_value, has_n;
  double value, low, high; /* low and high NAN where there is no interval */
  uint64_t n;
  Str how, unit; /* may be empty; `unit` is of this number alone */
  const ComputePoint *trend;
  uint32_t trend_count;
  const ComputeLine *lines; /* what it said with explain() */
  uint32_t line_count;
} ComputeResult;

/* What `value(id, place)` is; `journey` is NULL for a project, a persona, a team. False with `*why`: then the metric
 * that asks fails too, and pcall does not hold it. */
typedef bool ComputeValue(void *context, Str id, const Journey *journey, Place place, bool *has_value, double *number,
                          Str *why);

typedef struct {
  const Project *project;
  const Evidence *evidence;       /* NULL: none was read */
  const Journey *journey;         /* that it is usually asked about; NULL: the project */
  uint32_t unit;                  /* the file whose names count; NONE: all of the project's own */
  const ComputeSetting *settings; /* what the .journey file sets; what the Lua file doesn't have is passed over */
  uint32_t setting_count;
  ComputeValue *value;
  void *context;
  bool explains; /* whether explain() does anything */
} ComputeWorld;

typedef struct Computer Computer;
/* Loads the file. It and what it hands out live in `arena`. NULL with `*error`. */
Computer *computer_new(const ComputeWorld *world, Str path, Str text, Arena *arena, SandboxError *error);
void computer_free(Computer *computer); /* NULL is fine */
const ComputeFile *computer_file(const Computer *computer);
/* What its scripts printed, as sandbox_printed. */
size_t computer_printed(Computer *computer, const SandboxPrint **list);

/* What an event log says of a place: cases, each counted once. */
typedef struct ComputeSeen {
  uint64_t cases;         /* that come to any step of the map */
  uint64_t reached;       /* that come here; of a journey: that complete it */
  bool has_here;          /* the rest is of a step that has one behind it, or of a journey */
  uint64_t here, goes_on; /* that are here, and of them go on to the next step; of a journey: complete it */
  Str name;               /* of a period */
  const struct ComputeSeen *periods;
  uint32_t period_count;
} ComputeSeen;

typedef struct {
  const Journey *journey; /* NULL: of none, for a project, a persona, a team */
  Place place;
  const Answers *answers;  /* NULL: nothing is counted */
  const char *as;          /* the measure's, or NULL */
  const ComputeSeen *seen; /* NULL: no event log speaks of it */
} ComputeCall;

/* Computes. All places have one budget together. False with `*error`. */
bool computer_run(Computer *computer, const ComputeCall *call, ComputeResult *result, SandboxError *error);

#endif
