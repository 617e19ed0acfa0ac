/* Items of hierarchies, and finding them again when the client asks on. */
#ifndef JOURNEY_LSP_PROTOCOL_HIERARCHY_H
#define JOURNEY_LSP_PROTOCOL_HIERARCHY_H

#include "lsp/protocol/call.h"

typedef struct {
  Str name, detail; /* the detail may be empty */
  int kind;
  uint32_t unit;
  Span range, name_span;
} HierarchyItem;

/* A CallHierarchyItem or TypeHierarchyItem. */
json_t *hierarchy_json(const Call *call, const Snapshot *snapshot, const HierarchyItem *item);
/* The place of `params.item` in one of the call's projects; false, after saying why, where there is none. */
bool hierarchy_find(Call *call, Spot *spot);

#endif
