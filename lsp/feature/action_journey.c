/* What can be made of a journey as it stands: a variant of it, and an emotion said in another way. */
#include <math.h>

#include "lsp/feature/actions.h"
#include "lsp/feature/patch.h"

/* ---- a variant ---- */

static void add_variant(Actions *actions, uint32_t at) {
  const Unit *unit = spot_unit(actions->spot);
  Str id = unit_id(unit, at);
  Action *action =
      actions_add(actions, ACTION_VARIANT, "refactor.rewrite",
                  id.len > 0 ? arena_format(actions->arena, "Make a future variant of `" STR_FMT "`", STR_ARG(id))
                             : STR("Make a future variant of this journey"));
  if (!action) return;
  action->at = at;
  if (id.len == 0) action->disabled = STR("the journey has neither a name nor a title that a variant could extend");
}

bool action_variant(const Spot *spot, const Action *action, Edits *edits) {
  const Unit *unit = spot_unit(spot);
  Arena *arena = edits->arena;
  Str id = unit_id(unit, action->at), title = unit_text_of(unit, arena, action->at, 1);
  if (unit->statements[action->at].keyword != K_JOURNEY || id.len == 0) return false;
  Str wish = arena_format(arena, STR_FMT "-future", STR_ARG(id)), end = source_line_end(&unit->source);
  Str name = action_free_name(spot->snapshot->project, (Ref){spot->unit, NONE}, wish, arena);
  if (title.len == 0) title = id;
  Buf text = {0};
  buf_printf(&text, STR_FMT STR_FMT "journey " STR_FMT " \"", STR_ARG(end), STR_ARG(end), STR_ARG(name));
  for (size_t i = 0; i < title.len; i++) {
    if (title.at[i] == '"' || title.at[i] == '\\') buf_add_byte(&text, '\\');
    buf_add_byte(&text, title.at[i] == '\n' || title.at[i] == '\r' ? ' ' : title.at[i]);
  }
  buf_printf(&text, ", as it should be\" extends " STR_FMT " {" STR_FMT "  type future-state" STR_FMT "}", STR_ARG(id),
             STR_ARG(end), STR_ARG(end));
  uint32_t behind = unit->statements[action->at].span.end;
  Patch patch = patch_new(arena, spot->file);
  patch_put(&patch, (Span){behind, behind}, buf_take(&text, arena));
  patch_end(&patch, edits);
  return true;
}

/* ---- emotions ---- */

enum { MOST_WORDS = 3 };

typedef struct {
  const Project *p;
  double emotion;
  Ref at[MOST_WORDS]; /* the nearest first */
  double far[MOST_WORDS];
  int count;
} Words;

/* Words that are this far from the number, of a scale from -1 to 1, say something else. */
static const double FURTHEST = 0.25;

static void offer_word(void *context, Ref word) {
  Words *words = context;
  const Unit *unit = project_unit(words->p, word);
  const Value *value = unit_value(unit, word.at, 2);
  double far = value ? fabs(value->number - words->emotion) : 2;
  if (far > FURTHEST || unit_id(unit, word.at).len == 0) return;
  int at = words->count;
  while (at > 0 && words->far[at - 1] > far) at--;
  if (at == MOST_WORDS) return;
  for (int i = words->count < MOST_WORDS ? words->count : MOST_WORDS - 1; i > at; i--) {
    words->at[i] = words->at[i - 1];
    words->far[i] = words->far[i - 1];
  }
  words->at[at] = word;
  words->far[at] = far;
  if (words->count < MOST_WORDS) words->count++;
}

static void add_emotion(Actions *actions, const Value *value, Str instead, Str more) {
  Str there = unit_raw(spot_unit(actions->spot), value);
  Action *action = actions_add(actions, ACTION_EMOTION, "refactor.rewrite",
                               arena_format(actions->arena, "Write `" STR_FMT "` instead of `" STR_FMT "`" STR_FMT,
                                            STR_ARG(instead), STR_ARG(there), STR_ARG(more)));
  if (!action) return;
  action->span = value->span;
  action->text = instead;
}

static Str number_on_scale(const Journey *journey, double emotion, Arena *arena) {
  double value = journey->scale_min + (emotion + 1) / 2 * (journey->scale_max - journey->scale_min);
  Buf out = {0};
  if (value >= 0.05 && journey->scale_min < 0) buf_add_byte(&out, '+');
  buf_number(&out, value, 1);
  return buf_take(&out, arena);
}

/* A word becomes the number that it stands for on the map's scale, a number the words that are nearest to it. */
static void add_emotions(Actions *actions, uint32_t at) {
  const Project *p = actions->spot->snapshot->project;
  const Unit *unit = spot_unit(actions->spot);
  Ref feels = {actions->spot->unit, at};
  const Value *value = unit_value(unit, at, 0);
  const Journey *journey = project_journey_of(p, feels);
  double emotion;
  if (!value || !journey || !feels_emotion(p, feels, &emotion)) return;
  if (value->type == V_REF) {
    add_emotion(actions, value, number_on_scale(journey, emotion, actions->arena), STR(", on the map's scale"));
    return;
  }
  Words words = {.p = p, .emotion = emotion};
  project_visible(p, actions->spot->unit, K_EMOTION, offer_word, &words);
  for (int i = 0; i < words.count; i++) {
    Str more = words.far[i] < 0.001 ? STR(", which is the same") : STR(", which is near");
    add_emotion(actions, value, unit_id(project_unit(p, words.at[i]), words.at[i].at), more);
  }
}

void actions_of_journeys(Actions *actions) {
  const Unit *unit = spot_unit(actions->spot);
  Spot at = *actions->spot;
  at.offset = actions->range.start;
  uint32_t statement = spot_find(&at).statement;
  if (statement == NONE) return;
  Keyword keyword = (Keyword)unit->statements[statement].keyword;
  if (keyword == K_JOURNEY) add_variant(actions, statement);
  if (keyword == K_FEELS) add_emotions(actions, statement);
}
