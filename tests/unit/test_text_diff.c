/* The differences between two texts: as patch reads them, and whatever is put together from them is the second text. */
#include <stdlib.h>

#include "check.h"
#include "write/text_diff.h"

static void check_diff(const char *before, const char *after, const char *expected) {
  Buf diff = {0};
  text_diff_write(STR("a.journey"), str_of(before), str_of(after), false, &diff);
  CHECK_STR(buf_str(&diff), expected);
  buf_free(&diff);
}

static Str next_line(Str *rest) {
  const char *end = memchr(rest->at, '\n', rest->len);
  size_t len = end ? (size_t)(end - rest->at) + 1 : rest->len;
  Str line = str_slice(*rest, 0, len);
  *rest = str_slice(*rest, len, rest->len);
  return line;
}

/* What patch does, for texts whose last line is ended. */
static void apply(Str before, Str diff, Buf *to) {
  size_t line = 0;
  next_line(&diff), next_line(&diff);
  while (diff.len > 0) {
    Str part = next_line(&diff);
    if (part.at[0] == '@') {
      size_t first = strtoul(part.at + 4, NULL, 10);
      const char *count = memchr(part.at + 4, ',', 12), *space = memchr(part.at + 4, ' ', 24);
      bool none = count && count < space && count[1] == '0';
      for (size_t until = none ? first : first - 1; line < until; line++) buf_add(to, next_line(&before));
      continue;
    }
    if (part.at[0] != '-') buf_add(to, str_slice(part, 1, part.len));
    if (part.at[0] == '+') continue;
    CHECK(str_is(next_line(&before), str_slice(part, 1, part.len)));
    line++;
  }
  buf_add(to, before);
}

static uint64_t random_state = 7;
static unsigned random_below(unsigned limit) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (unsigned)(random_state >> 33) % limit;
}

static void check_random(unsigned lines, unsigned words, unsigned changes) {
  Buf before = {0}, after = {0}, diff = {0}, applied = {0};
  for (unsigned i = 0; i < lines; i++) {
    unsigned word = random_below(words);
    buf_printf(&before, "%u\n", word);
    if (random_below(lines) < changes) buf_printf(&after, "%u\n%u\n", random_below(words), word);
    else if (random_below(lines) >= changes) buf_printf(&after, "%u\n", word);
  }
  text_diff_write(STR("a"), buf_str(&before), buf_str(&after), false, &diff);
  if (diff.len > 0) apply(buf_str(&before), buf_str(&diff), &applied);
  else buf_add(&applied, buf_str(&before));
  CHECK(str_is(buf_str(&applied), buf_str(&after)));
  buf_free(&before), buf_free(&after), buf_free(&diff), buf_free(&applied);
}

int main(void) {
  check_diff("a\nb\n", "a\nb\n", "");
  check_diff("", "a\n", "--- a.journey\n+++ a.journey\n@@ -0,0 +1 @@\n+a\n");
  check_diff("a\n", "", "--- a.journey\n+++ a.journey\n@@ -1 +0,0 @@\n-a\n");
  check_diff("a", "a\n", "--- a.journey\n+++ a.journey\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
  check_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
             "--- a.journey\n+++ a.journey\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  check_diff("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
             "--- a.journey\n+++ a.journey\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
  check_diff(
      "a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
      "--- a.journey\n+++ a.journey\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n");
  for (unsigned i = 0; i < 200; i++) check_random(1 + random_below(60), 1 + random_below(8), random_below(20));
  for (unsigned i = 0; i < 5; i++) check_random(3000, 3000, 200 * i);
  check_random(200000, 1000000, 200000); /* nothing in common, in no time */
  return CHECK_DONE();
}
