/* One value of a statement: from the words in the file to what they mean. */
#ifndef JOURNEY_UNIT_VALUE_H
#define JOURNEY_UNIT_VALUE_H

#include "syntax/syntax.h"
#include "unit/unit.h"

typedef enum { VALUE_NO, VALUE_YES, VALUE_OUT_OF_RANGE } ValueFit;

/* Whether what stands there can be a value of that rule, and which; `text` are its bytes. */
ValueFit value_read(const ValueRule *rule, NodeKind kind, Str text, Value *value);
/* "a text in quotes", "a date such as 2027-01-15": what the rule asks for. */
Str value_words(const ValueRule *rule, Arena *arena);
/* "the text", "the name", "the number": what stands there. */
const char *value_kind_words(NodeKind kind);
/* Days since 1970-01-01; false where there is no such day. */
bool value_date(Str text, double *days);
/* "12mo", "1h30min": in minutes; false where it is no duration. */
bool value_duration(Str text, double *minutes);
/* ">=", "<=", ">", "<", "=" or "!=", however it was written. */
const char *value_operator(Str raw);
/* The index of a word among choices, or -1. */
int value_choice(const ValueRule *rule, Str word);

#endif
