/* All files, linked: what each name means, and each journey with its variants laid over one another.
 * Immutable once made; checks, metrics and writers only read it. */
#ifndef JOURNEY_PROJECT_PROJECT_H
#define JOURNEY_PROJECT_PROJECT_H

#include <stdatomic.h>

#include "base/vec.h"
#include "unit/unit.h"

/* A statement of the project. unit == NONE: none. */
typedef struct {
  uint32_t unit, at;
} Ref;
#define NO_REF ((Ref){NONE, NONE})
static inline bool ref_ok(Ref ref) { return ref.unit != NONE; }
static inline bool ref_is(Ref a, Ref b) { return a.unit == b.unit && a.at == b.at; }
/* By file and place; for qsort and bsearch, also of what begins with a Ref. */
int ref_compare(const void *a, const void *b);
typedef VEC(Ref) Refs;

/* A part of a journey (or a persona, a team …) as it stands after all variants: the statement that declares it, and
 * the changes laid over it, the latest first. */
typedef struct {
  Ref at;          /* the declaration; NO_REF: no such item */
  uint32_t count;  /* of `over` */
  const Ref *over; /* the `change` statements (for a journey: its variants) laid over it */
} Item;

typedef struct {
  Item item;
  uint32_t stage;  /* index into Journey.stages */
  uint32_t number; /* index into Journey.steps */
  uint8_t state;   /* a variant's: 0 as in its base, 1 changed, 2 added */
} Step;

typedef struct {
  Item item;
  uint32_t first_step, step_count; /* in Journey.steps */
} Stage;

typedef struct Journey {
  Ref at;
  Item item;                  /* the base of all bases; over it the variants, this one first */
  const struct Journey *base; /* NULL: none */
  const Stage *stages;
  uint32_t stage_count;
  const Step *steps;
  uint32_t step_count;
  const Ref *dropped; /* what a `drop` took away; sorted */
  uint32_t dropped_count;
  double scale_min, scale_max;
} Journey;

/* How opportunities are ranked, as `ranked-by` lists it; plan/priority.h has the formulas. */
typedef enum {
  RANKED_BY_RICE,
  RANKED_BY_ICE,
  RANKED_BY_ICE_PRODUCT,
  RANKED_BY_IMPACT_EFFORT,
  RANKED_BY_OPPORTUNITY_SCORE,
  RANKED_BY_UNSAID
} Ranking;

typedef struct {
  Str check; /* its name */
  DiagnosticSeverity severity;
} NamedRule;

/* What holds for the whole project: what its `project` block says, else its journey.json, else what is usual. */
typedef struct {
  Str title;                    /* empty: it has none */
  uint8_t severity[DIAG_COUNT]; /* DiagnosticSeverity; SEVERITY_OFF: not to be said */
  VEC(NamedRule) named;         /* of the project's own checks; of two about one, the last counts */
  Ranking ranked_by;            /* RANKED_BY_UNSAID: as its numbers allow */
  uint32_t too_large;           /* from how many steps on a map can't be read; usually 60 */
  double fresh_for;             /* minutes that evidence may be relied on; 0: nothing is said */
  int review_every;             /* months; 0: nothing is said */
  Ref block;                    /* the `project` statement; NO_REF: none */
  uint32_t file;                /* the unit that is journey.json, which has no statements; NONE: none */
  uint32_t baseline;            /* the unit that lists old warnings; NONE: none */
  Str baseline_path;            /* what the settings say of it; empty: nothing */
  uint32_t map;                 /* the unit of the block, else the file project.journey; NONE: none */
} Settings;

typedef struct Project Project;
struct Project {
  Arena *arena;
  Unit **units; /* the prelude first; .lua files, which have no statements, among those that are only imported */
  uint32_t unit_count;
  uint32_t named_count;    /* units[1 … named_count] are what the user named; the files behind are only imported */
  bool is_whole;           /* the user named folders, or none: nothing that belongs to the project is missing */
  const Journey *journeys; /* in the order of files and lines */
  uint32_t journey_count;
  int32_t today;                   /* days since 1970-01-01 */
  int threads;                     /* that may work on it at once */
  const atomic_bool *stop;         /* of ProjectOptions */
  bool no_scripts;                 /* of ProjectOptions */
  const struct ProjectText *texts; /* of ProjectOptions */
  size_t text_count;
  Settings settings;
  Diagnostics diagnostics; /* of linking, or with ProjectOptions.later of some of it; a unit's own stay with it */
  struct Scope *scope;
};

/* A text that stands for a file of the disk: of a revision, or what an editor has not saved yet. */
typedef struct ProjectText {
  Str path; /* as os_absolute makes it */
  Str text;
} ProjectText;

typedef struct {
  const char *const *paths; /* files and folders; none: the project around the working folder */
  size_t path_count;
  const Str *stdin_text; /* NULL: none; unsaved text that stands for the file stdin_path */
  Str stdin_path;
  const ProjectText *texts; /* in byte order of their paths; they win over the disk */
  size_t text_count;
  const char *baseline; /* a file, in place of the one that the settings name; NULL: that one */
  bool no_baseline;     /* none is read */
  const char *home;     /* a folder: the settings of its project hold; NULL: of the one of what is named first */
  bool is_whole;        /* no other file of the project speaks of what is named: Project.is_whole */
  bool only_texts;      /* the disk is not looked at: what is not among the texts is not there */
  bool takes_pipes;     /* such as the shell hands over may be among the paths: os_read_given */
  bool may_be_empty;    /* folders without a journey are no fault, and no paths mean no files */
  int32_t today;
  int threads; /* 0: as many as the machine has */
  /* NULL: never. Set by another thread once nobody wants the answer any more: whatever takes long (workers, reading
   * tables) ends early, and what it hands out is worth nothing. Must last as long as the project. */
  const atomic_bool *stop;
  /* NULL, or asked for each file before it is read, with the path that it is shown by: a unit with that path and
   * number, of which one owner is the project's from then on; NULL: read it. Only on the thread that loads. */
  Unit *(*unit)(void *context, Str path, uint32_t number);
  void *unit_context;
  bool later; /* what is wrong with the names is left to project_complain */
  /* Lua files of the project are not run, as those of a stranger: metrics that need one have no value, checks of the
   * project's own find nothing. What the standard library computes is not touched by that. */
  bool no_scripts;
} ProjectOptions;

/* Reads, parses, lowers and links. NULL, with the sentence to say in `*why`, where something could not be read. */
Project *project_load(const ProjectOptions *options, Arena *arena, Str *why);
void project_free(Project *project);
/* What is wrong with the names of one file: ids declared twice, names that mean nothing or several things, emotions off
 * the scale, imports in a circle, rulings about checks that aren't there. With ProjectOptions.later the diagnostics of
 * a project are those that it has already, and these of each file. Several threads may ask at once. */
void project_complain(const Project *p, uint32_t unit, Diagnostics *to);
/* Whether it is so: ProjectOptions.later. */
bool project_complains_later(const Project *p);
/* The same project, for work that ends early once `stop` is set, as ProjectOptions.stop says. Lives in `arena`; where
 * what was made of it lasts longer than `stop`, set its `stop` to NULL when the work is done. */
Project *project_stoppable(const Project *p, const atomic_bool *stop, Arena *arena);
/* The project in which some files say something else: `edited` have the paths and numbers of those whose place they
 * take, and stay the caller's as well. All other units are those of `before`, which may be freed; nothing is read.
 * Linked as `before` was, or with `later`. NULL where one of them imports other files than before, or names one that
 * isn't there: load it anew. The texts are those of ProjectOptions. */
Project *project_edited(const Project *before, Unit *const *edited, size_t count, const struct ProjectText *texts,
                        size_t text_count, Arena *arena);
/* What stands for a file of data with that path; NULL: the file itself is to be read. */
const Str *project_text(const Project *p, Str path);
/* The nearest folder around the working folder that holds a journey.json, a project.journey or a .git, or else that
 * itself
 * ("."). */
Str project_folder(Arena *arena);
/* The same around a file or folder, as an absolute path; where nothing marks a project, the folder itself. */
Str project_folder_of(Arena *arena, Str path);
static inline const Unit *project_unit(const Project *p, Ref ref) { return p->units[ref.unit]; }
static inline const Statement *project_statement(const Project *p, Ref ref) {
  return &p->units[ref.unit]->statements[ref.at];
}
/* Whether nobody wants the answer any more. */
static inline bool project_is_stopped(const Project *p) {
  return p->stop && atomic_load_explicit(p->stop, memory_order_relaxed);
}
/* Whether the file is one that the user named, or is imported from one: not the standard library. */
bool project_is_own(const Project *p, uint32_t unit);
/* Whether the user named it, or a folder that it is in: it is not only imported. */
static inline bool project_is_named(const Project *p, uint32_t unit) { return unit > 0 && unit <= p->named_count; }

/* The .lua file that a `use` or a `computed-by` names, as a unit with nothing but its text; NONE where it is the
 * standard library's, can't be read, or is larger than LIMIT_LUA_FILE. */
uint32_t project_script(const Project *p, Ref at);
/* The .lua file of the project with that path, also one that another requires; NONE where there is none. */
uint32_t project_script_at(const Project *p, Str path);

/* ---- names ---- */
/* What the name at `value`, a V_REF of a statement `from`, means; NO_REF where nothing or several. */
Ref project_resolve(const Project *p, Ref from, const Value *value);
/* The journey in which the statement stands, or NULL. */
const Journey *project_journey_of(const Project *p, Ref ref);
/* All declarations of a keyword that a file sees (its own, its imports', the prelude's), in order of files and lines.
 */
void project_visible(const Project *p, uint32_t unit, Keyword keyword, void (*found)(void *context, Ref ref),
                     void *context);

/* The check of that name that holds for the file: declared in a file that it sees, or that the project's own file sees.
 * `unit` NONE: in any file. Only those of the user's own; NO_REF where there is none. */
Ref project_check(const Project *p, uint32_t unit, Str name);
/* Calls `found` for each of them that holds for the file; of two of one name the first. */
void project_checks(const Project *p, uint32_t unit, void (*found)(void *context, Ref check), void *context);
/* The severity with which a check declares its messages. */
DiagnosticSeverity check_severity(const Project *p, Ref check);

/* ---- items ---- */
static inline Item item_of(Ref ref) { return (Item){.at = ref}; }
/* The property that counts: the first layer that has one. NO_REF where none has. */
Ref item_get(const Project *p, const Item *item, Keyword keyword);
/* All of them, in order: MANY of the first layer that has any; DECLARES of all layers, each once by its id, with its
 * own layers, without what `journey` (may be NULL) dropped. Returns a count; `*items` live in `arena`. */
size_t item_all(const Project *p, const Journey *journey, const Item *item, Keyword keyword, Arena *arena,
                Item **items);
Str item_id(const Project *p, const Item *item);
/* Title (a persona's name) where there is one in any layer, else the id. */
Str item_title(const Project *p, const Item *item, Arena *arena);
/* Text of slot `slot` of the property `keyword`; empty where there is none. */
Str item_text(const Project *p, const Item *item, Keyword keyword, unsigned slot, Arena *arena);
/* What the property's reference means: the `owner` of a step, the `severity` of a pain. NO_REF where none. */
Ref item_ref(const Project *p, const Item *item, Keyword keyword);
/* All that its references mean, in order; unresolved ones are left out. */
size_t item_refs(const Project *p, const Item *item, Keyword keyword, Arena *arena, Ref **refs);
/* The number of slot `slot`; false where there is none. */
bool item_number(const Project *p, const Item *item, Keyword keyword, unsigned slot, double *number);
/* Its `colour`, as 0xRRGGBB; false where there is none. */
bool item_colour(const Project *p, const Item *item, uint32_t *colour);
/* The word of a CHOICE; NULL where there is none. */
const char *item_choice(const Project *p, const Item *item, Keyword keyword, unsigned slot);

/* The owner of a step: its own, else its stage's, else the journey's. NO_REF where nobody. */
Ref step_owner(const Project *p, const Journey *journey, const Step *step);
/* The stage name of the field that a stage goes under: what it says with `as`, else the one that its id or title is.
 * NO_REF where it is none of them. */
Ref stage_name_of(const Project *p, const Journey *journey, const Stage *stage);
/* The name that it is another word for, in the end; itself where it is no other word. */
Ref stage_name_meaning(const Project *p, Ref name);
/* The emotion on the scale -1 … 1; false where nothing is said. */
bool step_emotion(const Project *p, const Step *step, double *emotion);
/* The same of a `feels`, also one of an actor; NO_REF says nothing. */
bool feels_emotion(const Project *p, Ref feels, double *emotion);
/* What a claim (`feels`, `needs`, `measure` …) stands on: its own `from`, else that of its step, which may be NULL. */
size_t claim_evidence(const Project *p, const Item *step, Ref claim, Arena *arena, Ref **refs);
/* The last day on which the evidence may be relied on, by its own `fresh-for`, else the project's; false where nothing
 * says it. */
bool evidence_fresh_until(const Project *p, Ref evidence, int32_t *day);
/* 1 to 4; 0 where nothing is said. */
int pain_severity(const Project *p, const Item *pain);
/* A claim on the map's own scale, as people write it: "+1", "-2", "4". */
Str emotion_on_scale(const Journey *journey, double emotion, Arena *arena);
/* How the journey's opportunities are ranked: as it says itself, else as the project does. */
Ranking journey_ranked_by(const Project *p, const Journey *journey);
/* When the next review is due, in days since 1970-01-01; false where none is stated. */
bool journey_review_due(const Project *p, const Journey *journey, int32_t *due);

#endif
