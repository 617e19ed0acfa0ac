/* Text by reference: a pointer and a length in bytes, not ended by NUL, owned by somebody else. */
#ifndef JOURNEY_BASE_STR_H
#define JOURNEY_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
  const char *at;
  size_t len;
} Str;

#define STR(literal) ((Str){("" literal), sizeof(literal) - 1})
#define STR_FMT "%.*s"
#define STR_ARG(s) ((int)(s).len), ((s).at ? (s).at : "")

static inline Str str_of(const char *c) { return (Str){c, c ? strlen(c) : 0}; }
static inline Str str_slice(Str s, size_t from, size_t to) { return (Str){s.at + from, to - from}; }
static inline bool str_is(Str a, Str b) { return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0); }
static inline bool str_is_c(Str a, const char *b) { return str_is(a, str_of(b)); }
static inline bool str_starts(Str s, Str with) { return s.len >= with.len && memcmp(s.at, with.at, with.len) == 0; }
static inline bool str_ends(Str s, Str with) {
  return s.len >= with.len && memcmp(s.at + s.len - with.len, with.at, with.len) == 0;
}

/* Without the ASCII white space at both ends. */
Str str_trim(Str s);
/* Byte order, shorter first where one begins the other: <0, 0 or >0. */
int str_compare(Str a, Str b);
/* For tables in memory: another byte order gives other hashes. */
uint64_t str_hash(Str s);
/* The part in front of the first `c`, which is taken off `*rest` with the `c`; all of it where there is none. */
Str str_cut(Str *rest, char c);
/* The same for a line; LF, CR and CRLF end one. */
Str str_cut_line(Str *rest);

/* The length of the space at `at`, of any script, or 0; a line's end is none. Marks that steer the direction of writing
 * are none either: dropping them would show. */
size_t str_space(Str text, size_t at);

#endif
