#include "source/fix.h"

static int by_place(const void *left, const void *right) {
  const Diagnostic *a = *(const Diagnostic *const *)left, *b = *(const Diagnostic *const *)right;
  if (a->fix.start != b->fix.start) return a->fix.start < b->fix.start ? -1 : 1;
  if (a->fix.end != b->fix.end) return a->fix.end < b->fix.end ? -1 : 1;
  return str_compare(a->replacement, b->replacement);
}

Str fix_text(Str text, const Diagnostic *diagnostics, size_t count, Arena *arena, size_t *made) {
  VEC(const Diagnostic *) sure = {0};
  for (size_t i = 0; i < count; i++)
    if (diagnostics[i].has_fix && diagnostics[i].fix_is_sure && diagnostics[i].fix.end <= text.len)
      vec_push(&sure, &diagnostics[i]);
  *made = 0;
  if (sure.len == 0) return text;
  qsort(sure.at, sure.len, sizeof *sure.at, by_place);
  Buf fixed = {0};
  size_t done = 0; /* of the old text */
  for (size_t i = 0; i < sure.len; i++) {
    Span at = sure.at[i]->fix;
    if (*made > 0 && at.start <= done) continue;
    buf_add(&fixed, str_slice(text, done, at.start));
    buf_add(&fixed, sure.at[i]->replacement);
    done = at.end;
    ++*made;
  }
  buf_add(&fixed, str_slice(text, done, text.len));
  vec_free(&sure);
  return buf_take(&fixed, arena);
}

static bool is_of_name(const Diagnostic *diagnostic) {
  return diagnostic->code == DIAG_UNKNOWN_NAME || diagnostic->code == DIAG_NOTHING_TO_CHANGE;
}

void fix_put_off_names(Diagnostic *diagnostics, size_t count, bool (*may_touch)(void *context, uint32_t unit),
                       void *context) {
  bool others = false;
  for (size_t i = 0; i < count && !others; i++) {
    const Diagnostic *one = &diagnostics[i];
    others = one->has_fix && one->fix_is_sure && !is_of_name(one) && (!may_touch || may_touch(context, one->unit));
  }
  for (size_t i = 0; i < count && others; i++)
    if (is_of_name(&diagnostics[i])) diagnostics[i].fix_is_sure = false;
}
