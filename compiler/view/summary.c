#include "view/view.h"

static const ViewStep *find_step(const View *view, bool lowest) {
  for (uint32_t i = 0; i < view->step_count; i++)
    if (lowest ? view->steps[i].lowest : view->steps[i].highest) return &view->steps[i];
  return NULL;
}

static void say_point(Buf *buf, const char *which, const ViewStep *step) {
  if (!step) return;
  buf_printf(buf, " The %s point is “" STR_FMT "” (" STR_FMT, which, STR_ARG(step->title),
             STR_ARG(step->emotion_label));
  if (step->emotion_text.len) buf_printf(buf, ": " STR_FMT, STR_ARG(step->emotion_text));
  buf_add_c(buf, ").");
}

static void say_compared(Buf *buf, const View *view) {
  static const char *const words[] = {NULL, "changed", "new", "dropped"};
  uint32_t counts[4] = {0};
  bool any = false;
  for (uint32_t i = 0; i < view->step_count; i++) counts[view->steps[i].state & 3]++;
  buf_printf(buf, " Compared with “" STR_FMT "”", STR_ARG(view->before_title));
  for (int state = 1; state < 4; state++) {
    if (counts[state] == 0) continue;
    buf_printf(buf, "%s%u %s %s", any ? ", " : ": ", counts[state], counts[state] == 1 ? "step is" : "steps are",
               words[state]);
    any = true;
  }
  buf_add_c(buf, any ? "." : ", no step differs.");
}

/* Their worst and their best step; nothing where they feel alike everywhere. */
static void say_actor(Buf *buf, const View *view, const ViewActor *actor) {
  if (!actor->has_curve) return;
  buf_printf(buf, " “" STR_FMT "” has a curve, too", STR_ARG(actor->title));
  const char *before = ": lowest at";
  for (int highest = 0; highest < 2; highest++)
    for (uint32_t i = 0; i < view->step_count; i++) {
      const ViewFeeling *feeling = &actor->feelings[i];
      if (!(highest ? feeling->highest : feeling->lowest)) continue;
      buf_printf(buf, "%s “" STR_FMT "” (" STR_FMT ")", before, STR_ARG(view->steps[i].title), STR_ARG(feeling->label));
      before = ", highest at";
    }
  buf_add_c(buf, ".");
}

Str view_summary(const View *view, Arena *arena) {
  Buf buf = {0};
  buf_add_c(&buf, "A journey map");
  if (view->persona.present) {
    buf_printf(&buf, " of " STR_FMT, STR_ARG(view->persona.name));
    if (view->persona.role.len) buf_printf(&buf, " (" STR_FMT ")", STR_ARG(view->persona.role));
  }
  if (view->step_count == 0) {
    buf_add_c(&buf, " without steps yet.");
    return buf_take(&buf, arena);
  }
  uint32_t steps = 0, stages = 0, said = 0;
  for (uint32_t i = 0; i < view->step_count; i++) steps += view->steps[i].state != 3;
  for (uint32_t i = 0; i < view->stage_count; i++) stages += view->stages[i].state != 3;
  buf_printf(&buf, " with %u %s in %u %s", steps, steps == 1 ? "step" : "steps", stages,
             stages == 1 ? "stage" : "stages");
  for (uint32_t i = 0; i < view->stage_count; i++) {
    if (view->stages[i].state == 3) continue;
    buf_printf(&buf, "%s" STR_FMT,
               said == 0            ? ": "
               : said + 1 == stages ? " and "
                                    : ", ",
               STR_ARG(view->stages[i].title));
    said++;
  }
  buf_add_c(&buf, ".");
  say_point(&buf, "lowest", find_step(view, true));
  say_point(&buf, "highest", find_step(view, false));
  for (uint32_t i = 0; i < view->actor_count; i++) say_actor(&buf, view, &view->actors[i]);
  uint32_t moments = 0;
  for (uint32_t i = 0; i < view->step_count; i++) moments += view->steps[i].moment_of_truth;
  if (moments) buf_printf(&buf, " %u %s of truth.", moments, moments == 1 ? "moment" : "moments");
  if (view->compared) say_compared(&buf, view);
  return buf_take(&buf, arena);
}
