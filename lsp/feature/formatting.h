/* The one style of maps (format/format.h), as small changes of a text. The options that editors send along are passed
 * over: a tab's size, final line ends and trailing spaces are the style's own business, so that all who write a map
 * write it alike. */
#ifndef JOURNEY_LSP_FEATURE_FORMATTING_H
#define JOURNEY_LSP_FEATURE_FORMATTING_H

#include "lsp/feature/edits.h"

/* What is wrong stays as it is, with its lines. Nothing for files that are no maps. */
void formatting_all(Edits *edits, const File *file);
/* The same, but only what lies in the lines of one of the ranges. A range that ends at a line's beginning does not hold
 * that line. */
void formatting_lines(Edits *edits, const File *file, const Span *ranges, size_t count);
/* Right behind a typed line end or `}`: the indentation of the line that was ended and of the one that was begun, or of
 * a `}` that stands first on its line. Nothing else is touched, nor what stands in a text of several lines. */
void formatting_typed(Edits *edits, const File *file, uint32_t offset, char typed);

#endif
