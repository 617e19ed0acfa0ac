/* What has to be changed in one text to get another: made in order it gives just that, and never cuts a character or a
 * line's end. */
#include "lsp/text/diff.h"

#include "base/buf.h"
#include "check.h"
#include "random_edits.h"

static bool is_cut(Str text, uint32_t at) {
  if (at == 0 || at >= text.len) return false;
  return ((unsigned char)text.at[at] & 0xC0) == 0x80 || (text.at[at - 1] == '\r' && text.at[at] == '\n');
}

static size_t check_pair(Str before, Str after) {
  Hunks hunks = text_diff(before, after);
  Buf made = {0};
  bool valid = source_first_invalid(before, 0) == before.len && source_first_invalid(after, 0) == after.len;
  uint32_t done = 0, shown = 0;
  for (size_t i = 0; i < hunks.len; i++) {
    Hunk hunk = hunks.at[i];
    CHECK(i == 0 || hunk.before.start > done);
    CHECK(hunk.before.start - done == hunk.after.start - shown);
    CHECK(!valid || (!is_cut(before, hunk.before.start) && !is_cut(before, hunk.before.end)));
    buf_add(&made, str_slice(before, done, hunk.before.start));
    buf_add(&made, str_slice(after, hunk.after.start, hunk.after.end));
    done = hunk.before.end, shown = hunk.after.end;
  }
  buf_add(&made, str_slice(before, done, before.len));
  CHECK(str_is(buf_str(&made), after));
  size_t count = hunks.len;
  vec_free(&hunks);
  buf_free(&made);
  return count;
}

static void check_random(void) {
  Buf before = {0}, after = {0};
  for (int i = 0; i < 3000; i++) {
    buf_free(&after);
    buf_add(&after, buf_str(&before));
    for (uint32_t edits = below(4) + 1; edits > 0; edits--) {
      uint32_t start = below((uint32_t)after.len + 1), cut = below((uint32_t)after.len - start + 1) % 40;
      splice(&after, start, cut, str_of(pieces[below(sizeof pieces / sizeof *pieces)]));
    }
    check_pair(buf_str(&before), buf_str(&after));
    check_pair(buf_str(&after), buf_str(&before));
    if (after.len > LONGEST) after.len = LONGEST / 2;
    buf_free(&before);
    buf_add(&before, buf_str(&after));
  }
  buf_free(&before);
  buf_free(&after);
}

/* Too many differences to look for the least. */
static void check_many(void) {
  Buf before = {0}, after = {0};
  for (int i = 0; i < 2000; i++) {
    buf_printf(&before, "a%d\nsame\n", i);
    buf_printf(&after, "b%d\nsame\n", i);
  }
  check_pair(buf_str(&before), buf_str(&after));
  buf_free(&before);
  buf_free(&after);
}

int main(void) {
  CHECK(check_pair(STR("a\nb\nc\n"), STR("a\nb\nc\n")) == 0);
  CHECK(check_pair(STR("a  b\n  c\n"), STR("a b\nc\n")) == 2);
  CHECK(check_pair(STR("a\nb\nc\nd\n"), STR("a\nx\nc\nd\ny\n")) == 2);
  CHECK(check_pair(STR("a\r\nb\r\n"), STR("a\nb\n")) == 2);
  CHECK(check_pair(STR("\xC3\xA9"), STR("\xC3\xA8")) == 1);
  check_pair(STR(""), STR("a"));
  check_pair(STR("a\r"), STR("a\r\n"));
  check_random();
  check_many();
  return CHECK_DONE();
}
