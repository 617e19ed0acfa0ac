/* The pictures of the map: of channels, on a grid of 24, and its marks, on a grid of 16. */
#ifndef JOURNEY_WRITE_SVG_ICONS_H
#define JOURNEY_WRITE_SVG_ICONS_H

#include "base/str.h"

typedef struct {
  const char *name;
  int grid;
  const char *drawing; /* SVG; class l: lines, f: filled, pa: in the colour of the paper */
} Icon;

/* NULL where there is none of that name. */
const Icon *icon_find(Str name);
const Icon *icon_at(size_t index);
size_t icon_index(const Icon *icon); /* below ICON_LIMIT */
#define ICON_LIMIT 64

#endif
