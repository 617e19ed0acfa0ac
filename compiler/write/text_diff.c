/* Myers' greedy search for the shortest way from one text to the other. Where that gets long, the best part of the way
 * is taken, and the search begins again behind it. */
#include "write/text_diff.h"

#include "base/vec.h"
#include "write/excerpt.h"

enum {
  CONTEXT = 3,
  LONGEST_WAY = 256, /* lines taken out or added in one search */
  NOWHERE = -1,
};

typedef struct {
  Str text; /* with its end */
  uint64_t hash;
  bool changed; /* taken out, or added */
} Line;

typedef struct {
  Line *at;
  size_t len;
} Lines;

typedef struct {
  const Line *a, *b; /* what is searched */
  long n, m;
  int32_t reach[LONGEST_WAY + 1][2 * LONGEST_WAY + 3]; /* by length of the way and diagonal: how far in `a` */
} Search;

/* ---- lines ---- */

static Lines split(Str text, Arena *arena) {
  size_t count = 0;
  for (size_t i = 0; i < text.len; i++) count += text.at[i] == '\n' || i + 1 == text.len;
  Lines lines = {.at = ARENA_ARRAY(arena, Line, count)};
  while (text.len > 0) {
    const char *end = memchr(text.at, '\n', text.len);
    size_t len = end ? (size_t)(end - text.at) + 1 : text.len;
    Str line = str_slice(text, 0, len);
    lines.at[lines.len++] = (Line){.text = line, .hash = str_hash(line)};
    text = str_slice(text, len, text.len);
  }
  return lines;
}

static bool same(const Line *a, const Line *b) { return a->hash == b->hash && str_is(a->text, b->text); }

/* ---- the search; diagonal k holds the places x - y == k ---- */

static int32_t *slot(Search *s, long way, long k) { return &s->reach[way][k + LONGEST_WAY + 1]; }

/* How far one comes on diagonal k with one step more than `way`; `*down` where the step adds a line of `b`. */
static long step(Search *s, long way, long k, bool *down) {
  long right = k - 1 >= -way && *slot(s, way, k - 1) != NOWHERE ? *slot(s, way, k - 1) + 1L : NOWHERE;
  long below = k + 1 <= way && *slot(s, way, k + 1) != NOWHERE ? *slot(s, way, k + 1) : NOWHERE;
  if (right > s->n) right = NOWHERE;
  if (below - k > s->m) below = NOWHERE;
  *down = below > right;
  return *down ? below : right;
}

static long slide(const Search *s, long x, long k) {
  while (x < s->n && x - k < s->m && same(&s->a[x], &s->b[x - k])) x++;
  return x;
}

static void mark_way(Search *s, Line *a, Line *b, long way, long k) {
  for (; way > 0; way--) {
    bool down;
    long x = step(s, way - 1, k, &down);
    if (down) b[x - k - 1].changed = true;
    else a[x - 1].changed = true;
    k += down ? 1 : -1;
  }
}

/* Marks what changes up to the place that it returns in `*x` and `*y`. */
static void search(Search *s, Line *a, Line *b, long *x, long *y) {
  long way = 0, best = 0;
  *slot(s, 0, 0) = (int32_t)slide(s, 0, 0);
  while (way < LONGEST_WAY) {
    long done = s->n - s->m;
    if (done >= -way && done <= way && (done + way) % 2 == 0 && *slot(s, way, done) == s->n) break;
    way++;
    for (long k = -way; k <= way; k += 2) {
      bool down;
      long reached = step(s, way - 1, k, &down);
      *slot(s, way, k) = (int32_t)(reached == NOWHERE ? NOWHERE : slide(s, reached, k));
    }
  }
  for (long k = -way, furthest = -1; k <= way; k += 2) {
    long reached = *slot(s, way, k);
    bool end = reached == s->n && k == s->n - s->m;
    if (reached == NOWHERE || (!end && 2 * reached - k <= furthest)) continue;
    furthest = end ? s->n + s->m : 2 * reached - k;
    best = k;
  }
  *x = *slot(s, way, best);
  *y = *x - best;
  mark_way(s, a, b, way, best);
}

static void mark_changes(Lines before, Lines after) {
  size_t a = 0, b = 0, a_end = before.len, b_end = after.len;
  Search *s = mem_alloc(sizeof *s);
  while (a < a_end && b < b_end && same(&before.at[a_end - 1], &after.at[b_end - 1])) a_end--, b_end--;
  while (a < a_end && b < b_end) {
    long x, y;
    s->a = &before.at[a], s->b = &after.at[b];
    s->n = (long)(a_end - a), s->m = (long)(b_end - b);
    search(s, &before.at[a], &after.at[b], &x, &y);
    a += (size_t)x, b += (size_t)y;
  }
  while (a < a_end) before.at[a++].changed = true;
  while (b < b_end) after.at[b++].changed = true;
  free(s);
}

/* ---- writing ---- */

static void write_line(Buf *to, char sign, Str line, bool colour) {
  const char *start = sign == '-' ? "\x1b[31m" : sign == '+' ? "\x1b[32m" : "";
  bool ended = str_ends(line, STR("\n"));
  if (ended) line.len--;
  colour = colour && *start;
  if (colour) buf_add_c(to, start);
  buf_add_byte(to, sign);
  buf_add(to, line);
  if (colour) buf_add_c(to, "\x1b[0m");
  buf_add_c(to, ended ? "\n" : "\n\\ No newline at end of file\n");
}

static void write_range(Buf *to, char sign, size_t first, size_t count) {
  buf_printf(to, "%c%zu", sign, count > 0 ? first + 1 : first);
  if (count != 1) buf_printf(to, ",%zu", count);
}

/* A run of changes with fewer than twice CONTEXT lines between them. */
typedef struct {
  size_t a, b, a_end, b_end;
} Hunk;

static bool changes_at(Lines before, Lines after, size_t a, size_t b) {
  return (a < before.len && before.at[a].changed) || (b < after.len && after.at[b].changed);
}

static void skip_changes(Lines before, Lines after, size_t *a, size_t *b) {
  while (*a < before.len && before.at[*a].changed) ++*a;
  while (*b < after.len && after.at[*b].changed) ++*b;
}

/* The hunk whose first change stands at (a, b). */
static Hunk hunk_at(Lines before, Lines after, size_t a, size_t b) {
  size_t lead = a < CONTEXT ? a : CONTEXT;
  Hunk hunk = {a - lead, b - lead, a, b};
  for (;;) {
    skip_changes(before, after, &a, &b);
    hunk.a_end = a, hunk.b_end = b;
    size_t equal = 0;
    while (equal <= (size_t)2 * CONTEXT && a < before.len && !changes_at(before, after, a, b)) a++, b++, equal++;
    if (equal > (size_t)2 * CONTEXT || !changes_at(before, after, a, b)) {
      size_t tail = equal < CONTEXT ? equal : CONTEXT;
      hunk.a_end += tail, hunk.b_end += tail;
      return hunk;
    }
  }
}

static void write_hunk(Lines before, Lines after, Hunk h, bool colour, Buf *to) {
  if (colour) buf_add_c(to, "\x1b[36m");
  buf_add_c(to, "@@ ");
  write_range(to, '-', h.a, h.a_end - h.a);
  buf_add_byte(to, ' ');
  write_range(to, '+', h.b, h.b_end - h.b);
  buf_add_c(to, colour ? " @@\x1b[0m\n" : " @@\n");
  while (h.a < h.a_end || h.b < h.b_end) {
    if (h.a < h.a_end && before.at[h.a].changed) write_line(to, '-', before.at[h.a++].text, colour);
    else if (h.b < h.b_end && after.at[h.b].changed) write_line(to, '+', after.at[h.b++].text, colour);
    else {
      write_line(to, ' ', before.at[h.a].text, colour);
      h.a++, h.b++;
    }
  }
}

static void add_name(const char *which, Str path, bool colour, Buf *to) {
  buf_printf(to, "%s%s", colour ? "\x1b[1m" : "", which);
  excerpt_add_name(to, path);
  buf_add_c(to, colour ? "\x1b[0m\n" : "\n");
}

void text_diff_write(Str path, Str before, Str after, bool colour, Buf *to) {
  if (str_is(before, after)) return;
  Arena *arena = arena_new();
  Lines left = split(before, arena), right = split(after, arena);
  mark_changes(left, right);
  add_name("--- ", path, colour, to);
  add_name("+++ ", path, colour, to);
  for (size_t a = 0, b = 0; a < left.len || b < right.len;) {
    if (!changes_at(left, right, a, b)) {
      a++, b++;
      continue;
    }
    Hunk hunk = hunk_at(left, right, a, b);
    write_hunk(left, right, hunk, colour, to);
    a = hunk.a_end, b = hunk.b_end;
  }
  arena_free(arena);
}
