/* A map in a few lines of characters, for lists: its curve above its stages; of a blueprint, who stands behind each
 * step. */
#ifndef JOURNEY_WRITE_THUMBNAIL_H
#define JOURNEY_WRITE_THUMBNAIL_H

#include "view/view.h"

/* Lines behind `indentation` spaces, at most about `width` columns wide. A map without emotions has no curve. */
void thumbnail_write(const View *view, int indentation, int width, bool ascii, Buf *to);

#endif
