/* Those who live through the same steps beside the client: how each feels. */
#include "view/build.h"

void build_feeling(const Build *build, Ref feels, const Item *step, ViewFeeling *to) {
  to->label = to->text = to->source = to->sources = STR("");
  to->has_emotion = feels_emotion(build->project, feels, &to->emotion);
  if (!to->has_emotion) return;
  to->label = emotion_on_scale(build->journey, to->emotion, build->arena);
  to->text = build_text(build, feels, 1);
  const Value *value = build_value(build, feels, 0);
  Ref word = value && value->type == V_REF ? project_resolve(build->project, feels, value) : NO_REF;
  if (ref_ok(word)) {
    Str title = build_title(build, word);
    to->text =
        to->text.len ? arena_format(build->arena, STR_FMT ": " STR_FMT, STR_ARG(title), STR_ARG(to->text)) : title;
  }
  BuildSources sources = build_sources(build, feels, step);
  to->source = sources.titles;
  to->sources = sources.numbers;
}

static Str id_of(const Build *build, Ref ref) { return unit_id(project_unit(build->project, ref), ref.at); }

/* By its id: a variant may declare the actor again. */
Ref build_actor_part(const Build *build, const Item *step, Ref actor) {
  Item *parts;
  size_t count = item_all(build->project, build->journey, step, K_ACTOR_OF, build->arena, &parts);
  for (size_t i = 0; i < count; i++) {
    const Value *name = build_value(build, parts[i].at, 0);
    Ref named = name ? project_resolve(build->project, parts[i].at, name) : NO_REF;
    if (ref_ok(named) && str_is(id_of(build, named), id_of(build, actor))) return parts[i].at;
  }
  return NO_REF;
}

static void mark_extremes(ViewFeeling *feelings, uint32_t count) {
  ViewFeeling *lowest = NULL, *highest = NULL;
  for (uint32_t i = 0; i < count; i++) {
    if (!feelings[i].has_emotion) continue;
    if (!lowest || feelings[i].emotion < lowest->emotion) lowest = &feelings[i];
    if (!highest || feelings[i].emotion > highest->emotion) highest = &feelings[i];
  }
  if (!lowest || lowest->emotion >= highest->emotion) return;
  lowest->lowest = true;
  highest->highest = true;
}

/* What is known of the actor: "Tomasz Wieczorek · IT security officer. Signs off on suppliers" */
static Str about(const Build *build, const Item *actor, Str title) {
  const Project *p = build->project;
  Buf words = {0};
  Ref persona = item_ref(p, actor, K_PERSONA_OF);
  if (ref_ok(persona)) {
    Item item = item_of(persona);
    Str name = build_title(build, persona), role = item_text(p, &item, K_ROLE, 0, build->arena);
    if (!str_is(name, title)) buf_add(&words, name);
    if (role.len) buf_printf(&words, "%s" STR_FMT, words.len ? " · " : "", STR_ARG(role));
  }
  Str text = item_text(p, actor, K_ABOUT, 0, build->arena);
  if (text.len) buf_printf(&words, "%s" STR_FMT, words.len ? ". " : "", STR_ARG(text));
  return buf_take(&words, build->arena);
}

static ViewActor build_actor(const Build *build, const Item *item) {
  const Journey *journey = build->journey;
  ViewActor actor = {.title = item_title(build->project, item, build->arena), .at = item->at};
  actor.about = about(build, item, actor.title);
  actor.has_colour = build_colour(build, item->at, &actor.colour);
  ViewFeeling *feelings = ARENA_ARRAY(build->arena, ViewFeeling, journey->step_count);
  for (uint32_t i = 0; i < journey->step_count; i++) {
    const Item *step = &journey->steps[i].item;
    Ref part = build_actor_part(build, step, item->at);
    build_feeling(build, build_child(build, part, K_FEELS), step, &feelings[i]);
    actor.has_curve |= feelings[i].has_emotion;
  }
  mark_extremes(feelings, journey->step_count);
  actor.feelings = feelings;
  return actor;
}

void build_actors(Build *build) {
  Item *items;
  size_t count = item_all(build->project, build->journey, &build->journey->item, K_ACTOR, build->arena, &items);
  ViewActor *actors = ARENA_ARRAY(build->arena, ViewActor, count);
  for (size_t i = 0; i < count; i++) actors[i] = build_actor(build, &items[i]);
  build->view->actors = actors;
  build->view->actor_count = (uint32_t)count;
}
