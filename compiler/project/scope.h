/* What a name means: which files see each other, and the declarations of each by name and place (see unit.h). */
#ifndef JOURNEY_PROJECT_SCOPE_H
#define JOURNEY_PROJECT_SCOPE_H

#include "project/project.h"

typedef struct {
  uint32_t unit; /* what is imported */
  uint32_t use;  /* the statement that says so */
} Import;

typedef struct {
  Ref at; /* the `use`, or the `computed-by` */
  uint32_t unit;
} Script;

struct Scope {
  Import *imports; /* of unit u: imports[first_import[u] … first_import[u + 1]) */
  uint32_t *first_import;
  Script *scripts; /* which .lua file of the project a statement names; sorted by the statements */
  uint32_t script_count;
  uint32_t baseline; /* ProjectOptions.baseline as a unit; NONE: none was named */
  bool no_baseline;  /* of ProjectOptions */
  bool *incomplete;  /* a file that unit u imports isn't there: its names are not known */
  Import *circles;   /* that close a circle, each beside the unit that it leads from, in circle_from */
  uint32_t *circle_from, circle_count;
  bool *alone;                       /* whether the journey of that number says no `extends` */
  const Project *before;             /* while this one is made of it: see project_edited; else NULL */
  bool later;                        /* of ProjectOptions */
  size_t loading_said;               /* the first of the project's diagnostics, of files that aren't there */
  uint32_t *visible, *first_visible; /* the units that unit u sees, itself first and the prelude last, likewise */
};

/* Fills what units see. */
void scope_new(Project *p);
/* The name that a statement declares. */
static inline Str scope_name(const Project *p, Ref ref) { return unit_name(project_unit(p, ref), ref.at); }
/* The last part of a.b.c. */
Str scope_last(Str name);
/* The next declaration of that name in that place, behind `*entry`; start from NONE. NO_REF at the end. */
Ref scope_next(const Project *p, Ref place, Str name, uint32_t *entry);

typedef struct {
  Ref found;
  int count; /* of things it could mean */
  Ref other; /* where count > 1 */
} Resolved;

/* What `name`, written in statement `from`, means among `target`s. */
/* Whether that depends on where in its file it is written. */
static inline bool scope_depends_on_place(Keyword target) {
  return target == K_PERSONA_NEED || schema_is_of_journey(target);
}
Resolved scope_resolve(const Project *p, Ref from, Str name, Keyword target);
/* The statement of the journey around `ref`, itself included; NO_REF outside of journeys. */
Ref scope_journey(const Project *p, Ref ref);
/* The journey at that statement, or NULL. */
const Journey *scope_journey_at(const Project *p, Ref at);

#endif
