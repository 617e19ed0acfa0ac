#include "observe/variants.h"

/* Two paths of one hash would count as one: among a million paths that happens once in thirty million logs. */
static uint64_t path_hash(const Walk *walk) {
  uint64_t hash = walk->count * 0x9e3779b97f4a7c15u;
  for (uint32_t i = 0; i < walk->count; i++) {
    hash = (hash ^ walk->visits[i].node) * 0xff51afd7ed558ccdu;
    hash ^= hash >> 32;
  }
  return hash;
}

static VariantSlot *find_slot(const Variants *variants, uint64_t hash) {
  size_t at = hash & (variants->slot_count - 1);
  while (variants->slots[at].count > 0 && variants->slots[at].hash != hash) at = (at + 1) & (variants->slot_count - 1);
  return &variants->slots[at];
}

static void grow(Variants *variants) {
  Variants larger = {.slot_count = variants->slot_count > 0 ? variants->slot_count * 2 : 256, .used = variants->used};
  larger.slots = mem_alloc(larger.slot_count * sizeof *larger.slots);
  memset(larger.slots, 0, larger.slot_count * sizeof *larger.slots);
  for (size_t i = 0; i < variants->slot_count; i++)
    if (variants->slots[i].count > 0) *find_slot(&larger, variants->slots[i].hash) = variants->slots[i];
  free(variants->slots);
  *variants = larger;
}

void variants_add(Variants *variants, const Walk *walk, uint32_t of_case) {
  if (variants->used * 4 >= variants->slot_count * 3) grow(variants);
  uint64_t hash = path_hash(walk);
  VariantSlot *slot = find_slot(variants, hash);
  if (slot->count == 0) {
    *slot = (VariantSlot){hash, of_case, 0};
    variants->used++;
  }
  slot->count++;
}

static bool comes_first(const VariantSlot *a, const VariantSlot *b) {
  return a->count != b->count ? a->count > b->count : a->hash < b->hash;
}

static ObservedVariant make_variant(Walk *walk, const VariantSlot *slot, uint64_t n, Arena *arena) {
  const Binding *binding = walk->binding;
  walk_case(walk, slot->of_case);
  uint32_t *nodes = ARENA_ARRAY(arena, uint32_t, walk->count + 1), last = binding->start;
  ObservedVariant made = {nodes, walk->count, slot->count, estimate_share(slot->count, n, USUAL_CONFIDENCE),
                          true,  false};
  for (uint32_t i = 0; i < walk->count; i++) {
    nodes[i] = walk->visits[i].node;
    made.fits &= (i == 0 && walk->selection.from != NONE) || move_is_drawn(binding, last, nodes[i]);
    made.completes |= walk->selection.to == NONE ? binding->completes[nodes[i]] : nodes[i] == walk->selection.to;
    last = nodes[i];
  }
  made.fits &= walk->selection.to != NONE || move_is_drawn(binding, last, binding->end);
  return made;
}

void variants_take(Variants *variants, Walk *walk, Observation *observation, Arena *arena) {
  VariantSlot top[OBSERVED_VARIANTS + 1];
  uint32_t count = 0;
  for (size_t i = 0; i < variants->slot_count; i++) {
    if (variants->slots[i].count == 0) continue;
    uint32_t at = count;
    for (; at > 0 && comes_first(&variants->slots[i], &top[at - 1]); at--) top[at] = top[at - 1];
    top[at] = variants->slots[i];
    if (count < OBSERVED_VARIANTS) count++;
  }
  ObservedVariant *made = ARENA_ARRAY(arena, ObservedVariant, count + 1);
  for (uint32_t i = 0; i < count; i++) made[i] = make_variant(walk, &top[i], observation->on_map, arena);
  observation->variants = made;
  observation->variant_count = count;
  observation->variants_all = variants->used;
  free(variants->slots);
  *variants = (Variants){0};
}
