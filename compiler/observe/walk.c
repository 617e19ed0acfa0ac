#include "observe/walk.h"

Walk walk_new(const Binding *binding, Selection selection, Arena *arena) {
  const EventLog *log = binding->log;
  uint32_t longest = 0;
  for (uint32_t c = 0; c < log->case_count; c++)
    if (log->first[c + 1] - log->first[c] > longest) longest = log->first[c + 1] - log->first[c];
  return (Walk){binding, selection, ARENA_ARRAY(arena, Visit, longest + 1), 0};
}

uint32_t walk_node(const Binding *binding, uint32_t activity, uint32_t at) {
  uint32_t first = binding->first[activity], end = binding->first[activity + 1];
  if (first == end) return NONE;
  if (end - first == 1 || at >= binding->node_count) return binding->nodes[first];
  for (uint32_t i = first; i < end; i++)
    if (binding->nodes[i] >= at) return binding->nodes[i];
  return binding->nodes[first];
}

/* Takes away what stands in front of `from`, and behind `to`. */
static bool cut(Walk *walk) {
  uint32_t from = 0, to;
  while (walk->selection.from != NONE && from < walk->count && walk->visits[from].node != walk->selection.from) from++;
  if (walk->selection.from != NONE && from == walk->count) return false;
  for (to = from + (walk->selection.from != NONE); to < walk->count; to++)
    if (walk->visits[to].node == walk->selection.to) break;
  if (walk->selection.to != NONE && to < walk->count) walk->count = to + 1;
  memmove(walk->visits, walk->visits + from, (walk->count - from) * sizeof *walk->visits);
  walk->count -= from;
  return true;
}

bool walk_case(Walk *walk, uint32_t number) {
  const Binding *binding = walk->binding;
  const EventLog *log = binding->log;
  if (!selection_has(&walk->selection, number)) return false;
  uint32_t at = binding->start, count = 0;
  for (uint32_t i = log->first[number]; i < log->first[number + 1]; i++) {
    LogEvent event = log->events[i];
    uint32_t node = walk_node(binding, event_activity(event), at);
    if (node == NONE) continue;
    if (node == at && !move_is_drawn(binding, node, node)) walk->visits[count - 1].last = event_time(event);
    else walk->visits[count++] = (Visit){node, event_time(event), event_time(event)};
    at = node;
  }
  walk->count = count;
  return walk->selection.from == NONE && walk->selection.to == NONE ? true : cut(walk);
}

bool walk_completes(const Walk *walk) {
  for (uint32_t i = 0; i < walk->count; i++) {
    uint32_t node = walk->visits[i].node;
    if (walk->selection.to == NONE ? walk->binding->completes[node] : node == walk->selection.to) return true;
  }
  return false;
}
