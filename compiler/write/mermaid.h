/* The map as a Mermaid journey diagram: `journey build --format mermaid`.
 *
 * Scores are emotions from 1 to 5, rounded; a step without an emotion is drawn as 3, and a comment says so. The actors
 * of a step are the persona and the teams that act in it; the persona is left out of a step that shows only back stage
 * work. Lanes other than these have no place in Mermaid. What Mermaid would take for a sign of its own is written as an
 * entity. */
#ifndef JOURNEY_WRITE_MERMAID_H
#define JOURNEY_WRITE_MERMAID_H

#include "view/view.h"

void mermaid_write(const View *view, Buf *to);

#endif
