#include "view/flow_words.h"

#include <math.h>

#include "base/buf.h"

static Str number(double value, Arena *arena) {
  Buf out = {0};
  buf_number(&out, value, 1);
  return buf_take(&out, arena);
}

Str flow_hundred(double share, Arena *arena) {
  if (share > 0 && share < 0.0005) return STR("<0.1");
  return number(share * 100, arena);
}

static size_t list_ends(const ChainResult *result, Str *ends, Arena *arena) {
  const struct {
    double share;
    const char *one, *more;
  } all[] = {{result->completes, "completes the journey", "complete the journey"},
             {result->leaves, "leaves it", "leave it"},
             {result->unaccounted, "goes where no arrow says", "go where no arrow says"},
             {result->endless, "goes around in a loop that nobody leaves", "go around in a loop that nobody leaves"}};
  size_t count = 0;
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    Str hundred = flow_hundred(all[i].share, arena);
    if (i > 0 && all[i].share <= 0) continue;
    const char *words = str_is_c(hundred, "1") ? all[i].one : all[i].more;
    ends[count++] = arena_format(arena, STR_FMT " %s", STR_ARG(hundred), words);
  }
  return count;
}

static void add_length(const ChainResult *result, Buf *out, Arena *arena) {
  if (result->endless > 0) return;
  Str length = number(result->length, arena), deviation = number(result->deviation, arena);
  buf_printf(out, " They pass " STR_FMT " %s on average", STR_ARG(length), str_is_c(length, "1") ? "step" : "steps");
  if (!str_is_c(deviation, "0")) buf_printf(out, ", with a standard deviation of " STR_FMT, STR_ARG(deviation));
  buf_add_byte(out, '.');
}

Str flow_summary(const ChainResult *result, Arena *arena) {
  Str ends[4];
  size_t count = list_ends(result, ends, arena);
  Buf out = {0};
  buf_add_c(&out, "Of 100 who start, ");
  for (size_t i = 0; i < count; i++)
    buf_printf(&out, "%s" STR_FMT, i == 0 ? "" : i + 1 == count ? " and " : ", ", STR_ARG(ends[i]));
  buf_add_byte(&out, '.');
  add_length(result, &out, arena);
  if (!result->settled) buf_add_c(&out, " A loop is too large to be worked out: these numbers are only near.");
  return buf_take(&out, arena);
}

Str flow_against(const ChainResult *now, const ChainResult *before, Str title, Arena *arena) {
  double more = now->completes - before->completes;
  Str size = flow_hundred(fabs(more), arena);
  Buf out = {0};
  buf_printf(&out, "Against \"" STR_FMT "\": ", STR_ARG(title));
  if (str_is_c(size, "0")) buf_add_c(&out, "as many complete it");
  else
    buf_printf(&out, STR_FMT " %s complete it (" STR_FMT " before)", STR_ARG(size), more > 0 ? "more" : "fewer",
               STR_ARG(flow_hundred(before->completes, arena)));
  if (isfinite(now->length) && isfinite(before->length))
    buf_printf(&out, ", in " STR_FMT " steps (" STR_FMT " before)", STR_ARG(number(now->length, arena)),
               STR_ARG(number(before->length, arena)));
  buf_add_byte(&out, '.');
  return buf_take(&out, arena);
}
