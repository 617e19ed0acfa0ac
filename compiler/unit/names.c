/* What a file declares, by name and place: made once with the unit, whichever projects it is in. */
#include <stdlib.h>

#include "base/os.h"
#include "unit/lower.h"

/* The file's name as it is written, without its quotes; nothing is allocated, since names are looked up on several
 * threads. */
static Str used_file(const Unit *unit, uint32_t use) {
  const Value *file = unit_value(unit, use, 0);
  Str raw = file ? unit_raw(unit, file) : STR("");
  return raw.len >= 2 ? str_slice(raw, 1, raw.len - 1) : STR("");
}

Str unit_name(const Unit *unit, uint32_t at) {
  if (unit->statements[at].keyword != K_USE) return unit_id(unit, at);
  Str file = os_file_name(used_file(unit, at));
  return str_slice(file, 0, file.len > 4 ? file.len - 4 : 0);
}

static bool declares(const Unit *unit, uint32_t at) {
  const Statement *statement = &unit->statements[at];
  if (statement->keyword == K_USE) return str_ends(used_file(unit, at), STR(".lua"));
  return statement->id_len > 0 && schema_declares((Keyword)statement->keyword);
}

static uint32_t hash_of(uint32_t place, uint64_t name) {
  return (uint32_t)((name ^ (place * 0x9e3779b97f4a7c15u)) * 0xff51afd7ed558ccdu >> 32);
}

uint32_t unit_journey(const Unit *unit, uint32_t at) {
  while (at != NONE && unit->statements[at].keyword != K_JOURNEY) at = unit->statements[at].parent;
  return at;
}

static uint32_t place_of(const Unit *unit, uint32_t at) {
  const Statement *statement = &unit->statements[at];
  bool of_journey = statement->parent != NONE && schema_is_of_journey((Keyword)statement->keyword);
  return of_journey ? unit_journey(unit, at) : NONE;
}

/* A touchpoint, a pain or a persona's need is entered a second time, by what it stands in: many stages may have a step
 * of the same name. */
static bool is_nested(const Unit *unit, uint32_t at, uint32_t place) {
  const Statement *statement = &unit->statements[at];
  return statement->parent != place && (place != NONE || statement->keyword == K_PERSONA_NEED);
}

typedef VEC(Declared) List;

static void list_all(Unit *unit, List *list) {
  unit->only_journeys = true;
  for (uint32_t at = 0; at < unit->statement_count; at++) {
    if (!declares(unit, at)) continue;
    uint32_t place = place_of(unit, at), parent = unit->statements[at].parent;
    uint64_t name = str_hash(unit_name(unit, at));
    vec_push(list, (Declared){at, place, hash_of(place, name), NONE});
    if (is_nested(unit, at, place)) vec_push(list, (Declared){at, parent, hash_of(parent, name), NONE});
    if (place == NONE && unit->statements[at].keyword != K_JOURNEY) unit->only_journeys = false;
  }
}

/* Backwards, so that each slot's chain runs in the order of the lines. */
void unit_declare(Unit *unit) {
  List list = {0};
  list_all(unit, &list);
  unit->declared = list.at;
  unit->declared_count = (uint32_t)list.len;
  if (list.len == 0) return;
  uint32_t count = 4;
  while (count < list.len) count *= 2;
  uint32_t *slots = mem_alloc(count * sizeof *slots);
  memset(slots, 0xFF, count * sizeof *slots);
  unit->slots = slots;
  unit->slot_mask = count - 1;
  for (size_t entry = list.len; entry-- > 0;) {
    uint32_t *slot = &slots[list.at[entry].hash & unit->slot_mask];
    list.at[entry].next = *slot;
    *slot = (uint32_t)entry;
  }
}

static bool is_it(const Unit *unit, const Declared *entry, uint32_t hash, uint32_t place, Str name) {
  return entry->hash == hash && entry->place == place && str_is(unit_name(unit, entry->at), name);
}

uint32_t unit_next_declared(const Unit *unit, uint32_t place, Str name, uint32_t *entry) {
  const Declared *all = unit->declared;
  if (!unit->slots) return NONE;
  uint32_t hash = *entry == NONE ? hash_of(place, str_hash(name)) : all[*entry].hash;
  uint32_t i = *entry == NONE ? unit->slots[hash & unit->slot_mask] : all[*entry].next;
  while (i != NONE && !is_it(unit, &all[i], hash, place, name)) i = all[i].next;
  *entry = i;
  return i == NONE ? NONE : all[i].at;
}
