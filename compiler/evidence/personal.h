/* Data that point to a person: e-mail addresses and telephone numbers. */
#ifndef JOURNEY_EVIDENCE_PERSONAL_H
#define JOURNEY_EVIDENCE_PERSONAL_H

#include "base/str.h"

typedef enum { PERSONAL_NOTHING, PERSONAL_EMAIL, PERSONAL_PHONE } Personal;

/* What a cell holds, alone or among other words. Numbers, dates, amounts, versions and the keys of a database are
 * none: a telephone number begins with + and a country's number, or with 0 or a bracket and is written in groups, or
 * stands in a column of that name. */
Personal personal_in(Str cell, bool column_is_of_phones);
/* Whether the name of a column says that telephone numbers stand in it. */
bool personal_is_phone_column(Str name);

#endif
