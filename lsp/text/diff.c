#include "lsp/text/diff.h"

/* Lines that are taken away or put in, beyond which nobody looks for the least: all between is one hunk. */
enum { MOST_DIFFERENCES = 700 };

typedef struct {
  Span span;    /* with its end */
  uint64_t key; /* of all but its spaces */
} Line;

typedef VEC(Line) LineList;

static uint64_t key_of(Str line) {
  uint64_t key = 14695981039346656037u;
  for (size_t i = 0; i < line.len; i++)
    if (!memchr(" \t\r\n", line.at[i], 4)) key = (key ^ (unsigned char)line.at[i]) * 1099511628211u;
  return key;
}

static LineList list_lines(Str text) {
  LineList lines = {0};
  Str rest = text;
  while (rest.len > 0) {
    uint32_t start = (uint32_t)(rest.at - text.at);
    str_cut_line(&rest);
    uint32_t end = rest.len > 0 ? (uint32_t)(rest.at - text.at) : (uint32_t)text.len;
    vec_push(&lines, (Line){{start, end}, key_of(str_slice(text, start, end))});
  }
  return lines;
}

typedef struct {
  Str before, after;
  LineList old, new;
  Hunks hunks;
} Diff;

/* ---- within a hunk ---- */

/* Whether a place lies between two characters, and not within a line's end. */
static bool is_edge(Str text, uint32_t at) {
  if (at == 0 || at >= text.len) return true;
  if (text.at[at - 1] == '\r' && text.at[at] == '\n') return false;
  return ((unsigned char)text.at[at] & 0xC0) != 0x80;
}

static void add_hunk(Diff *d, Span before, Span after) {
  uint32_t front = 0, back = 0, least = before.end - before.start;
  if (after.end - after.start < least) least = after.end - after.start;
  while (front < least && d->before.at[before.start + front] == d->after.at[after.start + front]) front++;
  while (front > 0 && !(is_edge(d->before, before.start + front) && is_edge(d->after, after.start + front))) front--;
  while (back < least - front && d->before.at[before.end - back - 1] == d->after.at[after.end - back - 1]) back++;
  while (back > 0 && !(is_edge(d->before, before.end - back) && is_edge(d->after, after.end - back))) back--;
  Hunk hunk = {{before.start + front, before.end - back}, {after.start + front, after.end - back}};
  if (hunk.before.start == hunk.before.end && hunk.after.start == hunk.after.end) return;
  Hunk *last = d->hunks.len > 0 ? &d->hunks.at[d->hunks.len - 1] : NULL;
  if (last && last->before.end == hunk.before.start && last->after.end == hunk.after.start) {
    last->before.end = hunk.before.end;
    last->after.end = hunk.after.end;
  } else vec_push(&d->hunks, hunk);
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static uint32_t behind_spaces(Str text, uint32_t at, uint32_t end) {
  while (at < end && is_space(text.at[at])) at++;
  return at;
}

/* Two lines that say the same: only the spaces that differ, each for itself, so that no word is moved by its
 * neighbours. */
static void add_spaces(Diff *d, Span old, Span new) {
  uint32_t x = old.start, y = new.start;
  while (x < old.end || y < new.end) {
    uint32_t old_word = behind_spaces(d->before, x, old.end), new_word = behind_spaces(d->after, y, new.end);
    if (old_word - x != new_word - y || memcmp(d->before.at + x, d->after.at + y, old_word - x) != 0)
      add_hunk(d, (Span){x, old_word}, (Span){y, new_word});
    x = old_word, y = new_word;
    if (x == old.end || y == new.end || d->before.at[x] != d->after.at[y]) break;
    x++, y++;
  }
  if (x < old.end || y < new.end) add_hunk(d, (Span){x, old.end}, (Span){y, new.end});
}

/* ---- lines ---- */

static Span span_of(const LineList *lines, Str text, size_t first, size_t end) {
  uint32_t start = first < lines->len ? lines->at[first].span.start : (uint32_t)text.len;
  return (Span){start, end > first ? lines->at[end - 1].span.end : start};
}

static void add_lines(Diff *d, size_t old, size_t old_end, size_t new, size_t new_end) {
  if (old < old_end || new < new_end)
    add_hunk(d, span_of(&d->old, d->before, old, old_end), span_of(&d->new, d->after, new, new_end));
}

typedef struct {
  uint32_t old, new, count; /* lines that are the same */
} Run;

typedef VEC(Run) Runs;

/* Myers: how far each diagonal gets with `d` differences; a row for each `d`, of which row d has 2d + 1. */
typedef struct {
  const Line *old, *new;
  int old_count, new_count;
  VEC(int) rows;
} Walk;

static int *row_at(Walk *w, int d) { return w->rows.at + d * d + d; }

static int start_of(Walk *w, int d, int k) {
  if (d == 0) return 0;
  const int *row = row_at(w, d - 1);
  bool down = k == -d || (k != d && row[k - 1] < row[k + 1]);
  return down ? row[k + 1] : row[k - 1] + 1;
}

/* The least number of differences; -1 where there are too many. */
static int walk(Walk *w) {
  for (int d = 0; d <= MOST_DIFFERENCES; d++) {
    for (int k = -d; k <= d; k++) vec_push(&w->rows, 0);
    for (int k = -d; k <= d; k += 2) {
      int x = start_of(w, d, k), y = x - k;
      while (x < w->old_count && y < w->new_count && y >= 0 && w->old[x].key == w->new[y].key) x++, y++;
      row_at(w, d)[k] = x;
      if (x >= w->old_count && y >= w->new_count) return d;
    }
  }
  return -1;
}

/* The runs of same lines on the way back, the last first. */
static Runs walk_back(Walk *w, int d) {
  Runs runs = {0};
  int x = w->old_count, y = w->new_count;
  for (; d >= 0; d--) {
    int k = x - y, from = start_of(w, d, k);
    if (x > from) vec_push(&runs, (Run){(uint32_t)from, (uint32_t)(from - k), (uint32_t)(x - from)});
    if (d == 0) break;
    const int *row = row_at(w, d - 1);
    bool down = k == -d || (k != d && row[k - 1] < row[k + 1]);
    x = down ? row[k + 1] : row[k - 1];
    y = x - (down ? k + 1 : k - 1);
  }
  return runs;
}

static void compare_lines(Diff *d, size_t first, size_t old_end, size_t new_end) {
  if (first == old_end || first == new_end) {
    add_lines(d, first, old_end, first, new_end);
    return;
  }
  Walk w = {.old = d->old.at + first,
            .new = d->new.at + first,
            .old_count = (int)(old_end - first),
            .new_count = (int)(new_end - first)};
  int differences = walk(&w);
  Runs runs = {0};
  if (differences >= 0) runs = walk_back(&w, differences);
  size_t old = first, new = first;
  for (size_t i = runs.len; i-- > 0;) {
    Run run = runs.at[i];
    add_lines(d, old, first + run.old, new, first + run.new);
    old = first + run.old, new = first + run.new;
    for (uint32_t k = 0; k < run.count; k++, old++, new ++) add_spaces(d, d->old.at[old].span, d->new.at[new].span);
  }
  add_lines(d, old, old_end, new, new_end);
  vec_free(&runs);
  vec_free(&w.rows);
}

static bool same_line(const Diff *d, size_t old, size_t new) {
  Span a = d->old.at[old].span, b = d->new.at[new].span;
  return str_is(str_slice(d->before, a.start, a.end), str_slice(d->after, b.start, b.end));
}

Hunks text_diff(Str before, Str after) {
  Diff d = {.before = before, .after = after, .old = list_lines(before), .new = list_lines(after)};
  size_t first = 0, old = d.old.len, new = d.new.len;
  while (first < old && first < new &&same_line(&d, first, first)) first++;
  while (old > first && new > first && same_line(&d, old - 1, new - 1)) old--, new --;
  compare_lines(&d, first, old, new);
  vec_free(&d.old);
  vec_free(&d.new);
  return d.hunks;
}
