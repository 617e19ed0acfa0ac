/* How clients feel on their way, drawn in one line of text. */
#ifndef JOURNEY_LSP_FEATURE_CURVE_H
#define JOURNEY_LSP_FEATURE_CURVE_H

#include "project/project.h"

/* "▅▇▂·▁▃ ▅▆": a sign for each step, a space between stages; · where a step says nothing. On the second line ▲ below
 * the step `marked` (NONE: there is none). Of the steps from `first` up to `end`; of very many those around the marked
 * one. Empty where no step says how clients feel. */
Str curve_text(const Project *p, const Journey *journey, uint32_t first, uint32_t end, uint32_t marked, Arena *arena);

#endif
