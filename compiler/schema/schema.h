/* What the language knows about each keyword; the rows are in schema.def. */
#ifndef JOURNEY_SCHEMA_SCHEMA_H
#define JOURNEY_SCHEMA_SCHEMA_H

#include "base/buf.h"

typedef enum {
  K_NONE,
  K_FILE, /* the top level of a file: a place, never a statement */
#define KEYWORD(id, word, key, where, how_often, values, doc, example, also) K_##id,
#include "schema/schema.def"
#undef KEYWORD
  K_COUNT,
  /* What a reference may name, beside a keyword that declares. */
  K_STEP,     /* a stage or a touchpoint of the journey */
  K_PART,     /* a stage, touchpoint, pain or opportunity of the journey */
  K_AUDIENCE, /* a persona, segment or channel */
} Keyword;

typedef enum { ONE, REQUIRED, MANY, DECLARES } HowOften;

typedef enum {
  V_NONE,
  V_ID, /* a name that the statement declares */
  V_TEXT,
  V_REF,      /* a name declared elsewhere: a K_… in `target` */
  V_REFS,     /* one or more of them, with commas */
  V_CHOICE,   /* one of `choices` */
  V_NUMBER,   /* min to max */
  V_SHARE,    /* a percentage, 0% to 100%; held as 0..1 */
  V_DURATION, /* held in minutes */
  V_MONEY,
  V_DATE,     /* held in days since 1970-01-01 */
  V_TIME,     /* of the day; held in minutes since midnight */
  V_EMOTION,  /* on the map's scale, or a word: the name of an `emotion` */
  V_RANGE,    /* min..max */
  V_QUANTITY, /* a number, percentage, duration or amount of money */
  V_OPERATOR, /* >= <= > < = != */
  V_PATH,     /* a file, relative to the one that names it */
  V_COLOUR,   /* #rgb or #rrggbb */
  V_CODE,     /* of a diagnostic: W0603 */
} ValueType;

typedef struct {
  ValueType type;
  bool optional;
  bool either;                /* optional, but not where nothing stands in front of it */
  const char *name;           /* its key in the JSON model, and the word for it in messages */
  Keyword target;             /* V_REF, V_REFS */
  const char *const *choices; /* V_CHOICE: ended by NULL */
  double min, max;            /* V_NUMBER */
} ValueRule;

typedef struct {
  const char *word, *key;
  const Keyword *where; /* ended by K_NONE */
  HowOften how_often;
  const ValueRule *values; /* ended by V_NONE */
  const char *doc, *example, *also;
} KeywordRow;

/* For K_NONE < keyword < K_COUNT, without K_FILE. */
const KeywordRow *schema_row(Keyword keyword);
/* The keyword that `word` is inside a block of `parent`, or K_NONE. */
Keyword schema_find(Keyword parent, Str word);
/* Whether `word` is a keyword anywhere: the first such, or K_NONE. `*next` continues a search: start from K_NONE. */
Keyword schema_find_anywhere(Str word, Keyword after);
/* Whether another keyword has the same word, in another place. */
bool schema_has_namesake(Keyword keyword);
bool schema_allows(Keyword parent, Keyword child);
bool schema_has_block(Keyword keyword); /* whether anything may stand inside it */
/* The keyword that must stand inside a block of `parent`, or K_NONE. */
Keyword schema_required(Keyword parent);
/* Whether it says how files and variants are put together, or keeps a message quiet: not what a map means. */
bool schema_is_structure(Keyword keyword);
/* Whether it says something of a map or of what maps are made of: not how files and variants are put together, nor how
 * they are checked. Only this is in the JSON model and in Lua. */
bool schema_is_content(Keyword keyword);
bool schema_declares(Keyword keyword);
/* Whether a journey may declare it: its name holds in that journey and its variants. */
bool schema_is_of_journey(Keyword keyword);
/* "stage" or "stage or touchpoint": what a reference to `target` may name. */
const char *schema_target_words(Keyword target);
bool schema_target_matches(Keyword target, Keyword declared);

#endif
