/* What the files of the hover share; see hover.h. */
#ifndef JOURNEY_LSP_FEATURE_HOVER_PARTS_H
#define JOURNEY_LSP_FEATURE_HOVER_PARTS_H

#include "lsp/feature/hover.h"
#include "lsp/feature/known.h"

typedef struct {
  const Spot *spot;
  const Project *p;
  const Unit *unit;
  Arena *arena;
  Prose *prose;
  SpotFound found;
  Ref statement; /* the found one */
} Hover;

/* hover_things.c: a declaration: its title, its comment, what it says of itself, its numbers, where it is used. */
void hover_thing(const Hover *hover, Ref ref);
/* The emotions of the journey around, with the step of `ref` marked; of the journey or stage that `ref` is. */
void hover_curve(const Hover *hover, Ref ref);
/* The values of a statement as people say them, at most about `most` bytes. */
Str hover_values(const Hover *hover, Ref ref, size_t most);
/* The first words of a text. */
Str hover_clip(Str text, size_t most, Arena *arena);

/* hover_numbers.c */
/* A `measure`: its number, and where that comes from. */
void hover_measure(const Hover *hover, Ref measure);
/* An `expect`: what its number is now, and whether that is as expected; nothing where it is not known. */
void hover_expect(const Hover *hover);
/* What a metric means, how it is computed, and what it comes to. */
void hover_metric(const Hover *hover, Ref metric);
/* The comment of a metric's Lua file. */
void hover_formula(const Hover *hover, Ref metric);
/* What was read of its file, and how long it may be relied on. */
void hover_evidence(const Hover *hover, Ref evidence);
/* The numbers of a journey, stage or step. */
void hover_numbers(const Hover *hover, const Journey *journey, Place place, size_t most);

/* hover_values.c: a value that is no name: a number, a date, a share, a code, a file. */
void hover_value(const Hover *hover);
/* An emotion, -1 to 1, on the journey's scale and in words. */
void hover_emotion(const Hover *hover, double emotion);

#endif
