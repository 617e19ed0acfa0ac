/* Checks written in Lua: files that say what they want to be asked about, and report what they find.
 *
 * A file returns a function(journey, report, settings), or a table of what it wants to be asked about and a function
 * `check`, or a list of such tables: each is a rule. docs/checks.md tells all of it. Whether a rule has to be asked at
 * all is known without Lua: see rule_concerns. */
#ifndef JOURNEY_SCRIPT_RULESET_H
#define JOURNEY_SCRIPT_RULESET_H

#include "script/part.h"
#include "script/sandbox.h"

/* A `check` statement with its file. */
typedef struct {
  Ref at;
  Str path, text;      /* of the Lua file */
  bool library;        /* of the standard library: may report codes of the program */
  DiagnosticName name; /* else its messages go by this */
  DiagnosticSeverity severity;
} CheckSource;

enum { RULE_WORDS = 8, RULE_CHOICES = 4 };

typedef struct {
  uint8_t any[RULE_CHOICES]; /* keywords, ended by K_NONE: one of them is enough */
} RuleWords;

typedef struct {
  const CheckSource *source;
  uint32_t number; /* in its ruleset */
  Keyword each;    /* K_JOURNEY, K_PAIN …; K_PROJECT: the project as a whole */
  bool not_in_variants;
  RuleWords with[RULE_WORDS];  /* each of which it must say, ended by an empty one */
  uint8_t without[RULE_WORDS]; /* none of which it may say, ended by K_NONE */
  uint8_t past[RULE_WORDS];    /* dates that must have passed, likewise */
  uint8_t is[RULE_WORDS];      /* words of a choice, likewise: `is_what` is the word */
  Str is_what[RULE_WORDS];
  uint8_t fewer[RULE_WORDS]; /* there must be fewer of these than … */
  uint32_t fewer_than[RULE_WORDS];
  uint8_t least[RULE_WORDS]; /* a number, or what is named has a `rank`, of at least … */
  double least_of[RULE_WORDS];
} Rule;

/* Whether what the rule wants to be asked about is said by this part, which is one of `rule->each`. */
bool rule_concerns(const Project *p, const Rule *rule, const Item *item);
/* Whether it is asked about what stands in journeys (or about them), or else about the rest of the project. */
bool rule_is_of_journeys(const Rule *rule);

/* One Lua state with the rules of some files. */
typedef struct Ruleset Ruleset;

/* Lives in `arena`, with all that is reported. NULL where memory is out. */
Ruleset *ruleset_new(const Project *p, Arena *arena, SandboxBudget budget);
void ruleset_free(Ruleset *set); /* NULL is fine */
/* A budget without limits, for the standard library. */
SandboxBudget ruleset_trust(void);

/* Reads a file and adds its rules. `source` must last. False with `*error`, whose texts live in the arena. */
bool ruleset_load(Ruleset *set, const CheckSource *source, SandboxError *error);
/* The same numbers for the same files loaded in the same order. */
const Rule *ruleset_rules(const Ruleset *set, size_t *count);
/* A fresh budget for the calls up to the next one. */
void ruleset_refill(Ruleset *set);
/* Lets go of the tables of all maps, of which no rule may have kept any. */
void ruleset_forget(Ruleset *set);
/* The same, and goes on with another project; what is reported from now on lives in `arena`. NULL: with none, and
 * nothing may be asked until the next. Only where all files are the standard library's, whose settings, day and checks
 * are those of both projects: else they would be those of the first. */
void ruleset_rebind(Ruleset *set, const Project *p, Arena *arena);
/* Asks a rule about a part; what it reports is added to `to`, whose arena must be the one of the ruleset, or outlive
 * it. What lies in a journey that this one extends is left out: that was said of it. */
bool ruleset_ask(Ruleset *set, const Rule *rule, const MapPart *part, Diagnostics *to, SandboxError *error);

/* What its rules printed, as sandbox_printed. */
size_t ruleset_printed(Ruleset *set, const SandboxPrint **list);

/* Messages as bytes, from a worker to this process. Reading them believes nothing: false where they don't add up. */
void reports_write(const Diagnostics *list, Buf *to);
bool reports_read(const Project *p, const CheckSource *source, Str bytes, Diagnostics *to);

#endif
