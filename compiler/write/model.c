#include "write/model.h"

size_t model_children(Keyword parent, Keyword children[K_COUNT]) {
  size_t count = 0;
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++)
    if (schema_is_content(k) && schema_allows(parent, k)) children[count++] = k;
  return count;
}

bool model_is_bare(Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  if (row->how_often == DECLARES || row->values[0].type == V_NONE || row->values[1].type != V_NONE) return false;
  Keyword children[K_COUNT];
  return row->values[0].type != V_EMOTION && model_children(keyword, children) == 0;
}

bool model_is_list(Keyword keyword) {
  HowOften how_often = schema_row(keyword)->how_often;
  return how_often == MANY || how_often == DECLARES;
}

bool model_is_always_there(Keyword keyword) {
  return keyword == K_JOURNEY || keyword == K_STAGE || keyword == K_TOUCHPOINT;
}
