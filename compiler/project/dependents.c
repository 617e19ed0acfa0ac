#include "project/dependents.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/os.h"
#include "project/settings.h"

/* A file that some file speaks of, or that was added; it need not be there. */
typedef struct {
  Str path;     /* absolute, the links of its folder followed */
  Str shown;    /* as it was found */
  Str *spoken;  /* what it speaks of, as absolute paths */
  uint32_t *to; /* the same as nodes */
  uint32_t count;
  uint8_t *kinds; /* ReferenceKind of each */
  bool to_read;   /* it is to be read: as a map, or as a Lua file */
  bool is_map;    /* that is there */
  bool governs, any_script, asks_for_all;
  bool touched;
} Node;

typedef struct {
  uint32_t *at; /* a node, or NONE */
  size_t cap;
} Slots;

struct Dependents {
  Arena *arena;
  int threads;
  VEC(Node) nodes;
  Slots by_path, by_identity;
  VEC(uint64_t) identities; /* of each node; 0: it isn't there */
  VEC(Str) folders;         /* as they are spoken of … */
  VEC(Str) real;            /* … and as they are */
  uint32_t read;            /* how many nodes have been read */
};

Dependents *dependents_new(Arena *arena, int threads) {
  Dependents *d = ARENA_NEW(arena, Dependents);
  d->arena = arena;
  d->threads = threads > 0 ? threads : os_processors();
  return d;
}

void dependents_free(Dependents *d) {
  vec_free(&d->nodes);
  vec_free(&d->identities);
  vec_free(&d->folders);
  vec_free(&d->real);
  free(d->by_path.at);
  free(d->by_identity.at);
}

/* ---- files ---- */

/* With all links followed; of a folder that is gone, as far as it is there. */
static Str follow_links(Dependents *d, Str folder) {
  Str real = os_real(d->arena, folder.at);
  if (real.len > 0 || folder.len <= 1) return real.len > 0 ? real : folder;
  Str outer = follow_links(d, arena_copy(d->arena, os_folder(folder)));
  return arena_format(d->arena, STR_FMT "%s" STR_FMT, STR_ARG(outer), outer.len > 1 ? "/" : "",
                      STR_ARG(os_file_name(folder)));
}

static Str real_folder(Dependents *d, Str folder) {
  for (size_t i = d->folders.len; i-- > 0;) /* files of one folder stand beside each other */
    if (str_is(d->folders.at[i], folder)) return d->real.at[i];
  Str real = follow_links(d, arena_copy(d->arena, folder));
  vec_push(&d->folders, arena_copy(d->arena, folder));
  vec_push(&d->real, real);
  return real;
}

static Str real_path(Dependents *d, Str absolute) {
  Str folder = os_folder(absolute), real = real_folder(d, folder);
  if (str_is(folder, real)) return absolute;
  return arena_format(d->arena, STR_FMT "%s" STR_FMT, STR_ARG(real), real.len > 1 ? "/" : "",
                      STR_ARG(os_file_name(absolute)));
}

static uint32_t *path_slot(Dependents *d, Str path) {
  size_t slot = str_hash(path) % d->by_path.cap;
  while (d->by_path.at[slot] != NONE && !str_is(d->nodes.at[d->by_path.at[slot]].path, path))
    slot = (slot + 1) % d->by_path.cap;
  return &d->by_path.at[slot];
}

static uint32_t *identity_slot(Dependents *d, uint64_t identity) {
  size_t slot = (identity * 0x9e3779b97f4a7c15u >> 20) % d->by_identity.cap;
  while (d->by_identity.at[slot] != NONE && d->identities.at[d->by_identity.at[slot]] != identity)
    slot = (slot + 1) % d->by_identity.cap;
  return &d->by_identity.at[slot];
}

static void empty(Slots *slots, size_t cap) {
  free(slots->at);
  slots->cap = cap;
  slots->at = mem_alloc(cap * sizeof *slots->at);
  memset(slots->at, 0xFF, cap * sizeof *slots->at);
}

static void grow(Dependents *d) {
  size_t cap = d->by_path.cap ? d->by_path.cap * 2 : 1024;
  empty(&d->by_path, cap);
  empty(&d->by_identity, cap);
  for (uint32_t i = 0; i < d->nodes.len; i++) {
    *path_slot(d, d->nodes.at[i].path) = i;
    uint32_t *slot = d->identities.at[i] ? identity_slot(d, d->identities.at[i]) : NULL;
    if (slot && *slot == NONE) *slot = i;
  }
}

/* The node of the file with that absolute path; two names of one file are two nodes that speak of each other. */
static uint32_t node_of(Dependents *d, Str absolute, Str shown) {
  Str path = real_path(d, absolute);
  if (d->nodes.len * 2 >= d->by_path.cap) grow(d);
  uint32_t *slot = path_slot(d, path);
  if (*slot != NONE) return *slot;
  *slot = (uint32_t)d->nodes.len;
  uint64_t identity = os_identity(path.at);
  vec_push(&d->nodes, (Node){.path = path, .shown = shown});
  vec_push(&d->identities, identity);
  uint32_t number = (uint32_t)d->nodes.len - 1;
  uint32_t *same = identity ? identity_slot(d, identity) : NULL;
  if (same && *same == NONE) *same = number;
  return number;
}

/* ---- what is there ---- */

static void found_map(void *context, Str path) {
  Dependents *d = context;
  uint32_t node =
      node_of(d, os_absolute(d->arena, path), str_starts(path, STR("./")) ? str_slice(path, 2, path.len) : path);
  d->nodes.at[node].to_read = true;
}

bool dependents_add(Dependents *d, Str path, Str *why) {
  Str reason;
  switch (os_kind(path.at)) {
    case OS_NOTHING: return true;
    case OS_FOLDER:
      if (os_walk(d->arena, path.at, STR(".journey"), found_map, d, &reason)) return true;
      *why = arena_format(d->arena, STR_FMT ": can't be looked through: " STR_FMT, STR_ARG(path), STR_ARG(reason));
      return false;
    default: found_map(d, path); return true;
  }
}

void dependents_add_settings(Dependents *d, Str path) {
  Str absolute = os_absolute(d->arena, path);
  uint32_t number = node_of(d, absolute, os_relative(d->arena, absolute, os_working_folder(d->arena)));
  d->nodes.at[number].governs = d->nodes.at[number].to_read = true;
}

/* ---- what they speak of ---- */

typedef struct {
  Dependents *d;
  uint32_t first;
  Arena **arenas; /* of each file, on whichever thread it is read */
  Str folder;     /* the working folder */
} Reading;

static void take_references(Arena *arena, Node *node, const References *found) {
  node->spoken = ARENA_ARRAY(arena, Str, found->list.len);
  node->kinds = ARENA_ARRAY(arena, uint8_t, found->list.len);
  node->count = (uint32_t)found->list.len;
  for (uint32_t i = 0; i < node->count; i++) {
    node->spoken[i] = os_absolute(arena, found->list.at[i].path);
    node->kinds[i] = (uint8_t)found->list.at[i].kind;
  }
  node->governs |= found->governs;
  node->any_script = found->any_script;
  node->asks_for_all = found->asks_for_all;
}

static void read_node(void *context, size_t i) {
  Reading *reading = context;
  Node *node = &reading->d->nodes.at[reading->first + i];
  if (!node->to_read) return;
  Arena *arena = reading->arenas[i] = arena_new(), *scratch = arena_new();
  bool script = str_ends(node->path, STR(".lua")), map = !script && !settings_is_file(node->path);
  References found = {0};
  Str text = STR(""), why;
  bool read = os_read_file(scratch, node->path.at, script ? LIMIT_LUA_FILE : LIMIT_FILE_BYTES, &text, &why);
  references_of_text(scratch, os_absolute(scratch, node->shown), read ? text : STR(""), &found);
  take_references(arena, node, &found);
  node->is_map = map && os_kind(node->path.at) == OS_FILE;
  vec_free(&found.list);
  arena_free(scratch);
}

/* The nodes of what a file speaks of; maps and Lua files among them are to be read, too. */
static void link_node(Dependents *d, uint32_t number) {
  uint32_t count = d->nodes.at[number].count;
  uint32_t *to = d->nodes.at[number].to = ARENA_ARRAY(d->arena, uint32_t, count);
  for (uint32_t i = 0; i < count; i++) {
    Str path = d->nodes.at[number].spoken[i];
    ReferenceKind kind = (ReferenceKind)d->nodes.at[number].kinds[i];
    to[i] = node_of(d, path, path);
    Node *spoken = &d->nodes.at[to[i]];
    bool is_script = str_ends(path, STR(".lua"));
    if (kind == REFERENCE_MAP || (kind == REFERENCE_SCRIPT && is_script))
      spoken->to_read |= d->identities.at[to[i]] != 0;
  }
}

static void read_wave(Dependents *d) {
  Reading reading = {.d = d, .first = d->read};
  size_t count = d->nodes.len - d->read;
  reading.arenas = ARENA_ARRAY(d->arena, Arena *, count);
  os_parallel(count, d->threads, read_node, &reading);
  d->read = (uint32_t)d->nodes.len;
  for (uint32_t i = 0; i < count; i++) {
    if (!reading.arenas[i]) continue;
    arena_take_over(d->arena, reading.arenas[i]);
    link_node(d, reading.first + i);
  }
}

void dependents_read(Dependents *d) {
  while (d->read < d->nodes.len) read_wave(d);
}

void dependents_of_project(Dependents *d, const Project *p) {
  for (uint32_t u = 1; u < p->unit_count; u++) {
    if (!project_is_own(p, u)) continue;
    const Unit *unit = p->units[u];
    uint32_t number = node_of(d, os_absolute(d->arena, unit->source.path), unit->source.path);
    References found = {0};
    references_of_unit(d->arena, unit, &found);
    take_references(d->arena, &d->nodes.at[number], &found);
    d->nodes.at[number].is_map = !unit->script && !unit->baseline && !settings_is_file(unit->source.path);
    vec_free(&found.list);
  }
  for (uint32_t i = 0, count = (uint32_t)d->nodes.len; i < count; i++) link_node(d, i);
}

/* ---- what is touched ---- */

void dependents_touch(Dependents *d, Str path) {
  Str absolute = os_absolute(d->arena, path), real = real_path(d, absolute);
  uint32_t number = node_of(d, absolute, path);
  uint64_t identity = d->identities.at[number];
  bool folder = os_kind(real.at) == OS_FOLDER;
  for (uint32_t i = 0; i < d->nodes.len; i++) {
    bool same = i == number || (identity && d->identities.at[i] == identity);
    if (same || (folder && os_is_in(d->nodes.at[i].path, real))) d->nodes.at[i].touched = true;
  }
}

typedef struct {
  uint32_t *first, *from; /* of node n: from[first[n] … first[n + 1]) speak of it */
} Speakers;

static Speakers speakers_of(const Dependents *d) {
  uint32_t count = (uint32_t)d->nodes.len;
  Speakers s = {ARENA_ARRAY(d->arena, uint32_t, count + 2), NULL};
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < d->nodes.at[i].count; k++) s.first[d->nodes.at[i].to[k] + 2]++;
  for (uint32_t i = 2; i < count + 2; i++) s.first[i] += s.first[i - 1];
  s.from = ARENA_ARRAY(d->arena, uint32_t, s.first[count + 1]);
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < d->nodes.at[i].count; k++) s.from[s.first[d->nodes.at[i].to[k] + 1]++] = i;
  return s;
}

typedef VEC(uint32_t) Queue;

static void reach(Dependents *d, Queue *queue, uint32_t node) {
  if (d->nodes.at[node].touched) return;
  d->nodes.at[node].touched = true;
  vec_push(queue, node);
}

/* Other names of the same file; Lua files that may require this one. */
static void reach_otherwise(Dependents *d, Queue *queue, uint32_t number) {
  Str path = d->nodes.at[number].path;
  uint64_t identity = d->identities.at[number];
  bool script = str_ends(path, STR(".lua"));
  for (uint32_t i = 0; i < d->nodes.len; i++) {
    bool same = identity && d->identities.at[i] == identity;
    if (same || (script && d->nodes.at[i].any_script && os_is_in(path, os_folder(d->nodes.at[i].path))))
      reach(d, queue, i);
  }
}

static bool is_settings(Str path) { return settings_is_file(path) || str_is(os_file_name(path), STR(SETTINGS_MAP)); }

/* Where what holds for all is touched, all are, or what lies in the folder of those settings. */
static void spread_settings(Dependents *d, bool nested) {
  for (uint32_t i = 0; i < d->nodes.len; i++) {
    const Node *node = &d->nodes.at[i];
    if (!node->touched || !node->governs) continue;
    Str folder = nested && is_settings(node->path) ? os_folder(node->path) : STR("/");
    for (uint32_t k = 0; k < d->nodes.len; k++)
      if (os_is_in(d->nodes.at[k].path, folder)) d->nodes.at[k].touched = true;
    if (folder.len == 1) return;
  }
}

void dependents_spread(Dependents *d, bool nested) {
  Speakers speakers = speakers_of(d);
  Queue queue = {0};
  bool linked = false; /* whether any file has two names, or requires what nobody can tell */
  for (uint32_t i = 0; i < d->nodes.len; i++) {
    linked |= d->nodes.at[i].any_script || (d->identities.at[i] && *identity_slot(d, d->identities.at[i]) != i);
    if (d->nodes.at[i].touched) vec_push(&queue, i);
  }
  for (size_t done = 0; done < queue.len; done++) {
    uint32_t number = queue.at[done];
    for (uint32_t i = speakers.first[number]; i < speakers.first[number + 1]; i++) reach(d, &queue, speakers.from[i]);
    if (linked) reach_otherwise(d, &queue, number);
  }
  vec_free(&queue);
  spread_settings(d, nested);
}

bool dependents_is_touched(Dependents *d, Str path) {
  uint32_t number = node_of(d, os_absolute(d->arena, path), path);
  return d->nodes.at[number].touched;
}

bool dependents_speak_of(Dependents *d, Str path) {
  uint32_t number = node_of(d, os_absolute(d->arena, path), path);
  for (uint32_t i = 0; i < d->nodes.len; i++)
    for (uint32_t k = 0; k < d->nodes.at[i].count; k++)
      if (d->nodes.at[i].to[k] == number) return true;
  return false;
}

static int by_path(const void *a, const void *b) { return str_compare(*(const Str *)a, *(const Str *)b); }

DependentPaths dependents_maps(const Dependents *d, bool touched, bool governing) {
  DependentPaths maps = {ARENA_ARRAY(d->arena, Str, d->nodes.len), 0};
  for (uint32_t i = 0; i < d->nodes.len; i++) {
    const Node *node = &d->nodes.at[i];
    if (node->is_map && (!touched || node->touched || (governing && node->governs)))
      maps.paths[maps.count++] = node->shown;
  }
  if (maps.count > 1) qsort(maps.paths, maps.count, sizeof *maps.paths, by_path);
  return maps;
}

bool dependents_ask_for_all(const Dependents *d) {
  for (uint32_t i = 0; i < d->nodes.len; i++)
    if (d->nodes.at[i].asks_for_all) return true;
  return false;
}
