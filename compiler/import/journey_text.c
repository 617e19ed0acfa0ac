/* Diagrams as the text of a .journey file; the formatter aligns it afterwards. */
#include "import/diagram.h"
#include "unit/unit.h"

/* ---- names that are taken ---- */

typedef struct {
  Str key;
  uint32_t value;
} NameSlot;

typedef struct {
  NameSlot *slots; /* a hash table; key.at == NULL: free */
  size_t cap, len;
} Names;

static void names_grow(Names *names) {
  Names old = *names;
  names->cap = old.cap ? old.cap * 2 : 64;
  names->slots = mem_alloc(names->cap * sizeof *names->slots);
  memset(names->slots, 0, names->cap * sizeof *names->slots);
  for (size_t i = 0; i < old.cap; i++) {
    if (!old.slots[i].key.at) continue;
    size_t at = str_hash(old.slots[i].key) & (names->cap - 1);
    while (names->slots[at].key.at) at = (at + 1) & (names->cap - 1);
    names->slots[at] = old.slots[i];
  }
  free(old.slots);
}

/* The slot of the key, new with the value 0 where there was none. Good until the next call. */
static uint32_t *names_at(Names *names, Str key) {
  if (names->len * 2 >= names->cap) names_grow(names);
  size_t at = str_hash(key) & (names->cap - 1);
  while (names->slots[at].key.at && !str_is(names->slots[at].key, key)) at = (at + 1) & (names->cap - 1);
  if (!names->slots[at].key.at) names->slots[at] = (NameSlot){key, 0}, names->len++;
  return &names->slots[at].value;
}

static void names_free(Names *names) {
  free(names->slots);
  *names = (Names){0};
}

/* ---- the writer ---- */

typedef struct {
  Str name;
  Str persona_id, team_id; /* empty: not needed */
  uint32_t tasks;          /* in the diagram that is being read */
} Person;

typedef struct {
  Buf *to;
  Arena *arena;
  Names people_names; /* name → index + 1 in people */
  VEC(Person) people;
  Names persona_ids, team_ids, journey_ids, stage_ids, step_ids;
} Writer;

/* An id for the title that is not taken yet. `*own`: it must be written, since the title alone would not give it. */
static Str free_id(Writer *w, Names *taken, Str title, const char *instead, bool *own) {
  Buf slug = {0};
  unit_slug(&slug, title);
  *own = slug.len == 0;
  if (slug.len == 0) buf_add_c(&slug, instead);
  Str base = buf_take(&slug, w->arena), id = base;
  uint32_t *count = names_at(taken, base);
  if (*count == 0 && !*own) {
    *count = 1;
    return id;
  }
  *own = true;
  for (uint32_t n = *count + 1;; n++) {
    id = arena_format(w->arena, STR_FMT "-%u", STR_ARG(base), n);
    uint32_t *other = names_at(taken, id);
    if (*other > 0) continue;
    *other = 1;
    *names_at(taken, base) = n;
    return id;
  }
}

/* The beginning of a long id, up to the end of a word. */
static Str short_id(Str id) {
  enum { LONGEST = 40 };
  size_t end = LONGEST;
  if (id.len <= LONGEST) return id;
  while (end > 0 && id.at[end] != '-') end--;
  return end > 0 ? str_slice(id, 0, end) : id;
}

/* People are always written with their id, so it must be short, and read as a name, not as a number. */
static Str person_id(Writer *w, Names *taken, Str name) {
  bool own;
  Buf slug = {0};
  unit_slug(&slug, name);
  Str id = short_id(buf_take(&slug, w->arena));
  bool clear = !(id.at[0] >= '0' && id.at[0] <= '9');
  return free_id(w, taken, clear ? id : arena_format(w->arena, "actor " STR_FMT, STR_ARG(id)), "actor", &own);
}

static Person *person(Writer *w, Str name) {
  uint32_t *index = names_at(&w->people_names, name);
  if (*index == 0) {
    vec_push(&w->people, (Person){.name = name});
    *index = (uint32_t)w->people.len;
  }
  return &w->people.at[*index - 1];
}

static void indent(Writer *w, unsigned depth) { buf_repeat(w->to, STR("  "), depth); }

static void write_quoted(Buf *to, Str text) {
  buf_add_byte(to, '"');
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] == '"' || text.at[i] == '\\') buf_add_byte(to, '\\');
    buf_add_byte(to, text.at[i]);
  }
  buf_add_byte(to, '"');
}

static void write_comment(Writer *w, unsigned depth, Str text) {
  indent(w, depth);
  buf_add_c(w->to, text.len > 0 ? "// " : "//");
  buf_add(w->to, text);
  buf_add_byte(w->to, '\n');
}

/* The client of the diagram: the actor of most tasks, the first of several; NONE where nobody acts. */
static uint32_t find_client(Writer *w, const Diagram *diagram) {
  uint32_t client = NONE;
  for (size_t i = 0; i < diagram->actors.len; i++) person(w, diagram->actors.at[i])->tasks++;
  for (size_t i = 0; i < diagram->actors.len; i++) {
    uint32_t index = *names_at(&w->people_names, diagram->actors.at[i]) - 1;
    if (client == NONE || w->people.at[index].tasks > w->people.at[client].tasks) client = index;
  }
  for (size_t i = 0; i < diagram->actors.len; i++) person(w, diagram->actors.at[i])->tasks = 0;
  return client;
}

/* Gives ids to the diagram's client and teams. */
static void meet_people(Writer *w, const Diagram *diagram, uint32_t client) {
  for (size_t i = 0; i < diagram->actors.len; i++) {
    Person *one = person(w, diagram->actors.at[i]);
    bool is_client = one == &w->people.at[client];
    Str *id = is_client ? &one->persona_id : &one->team_id;
    if (id->len == 0) *id = person_id(w, is_client ? &w->persona_ids : &w->team_ids, one->name);
  }
}

static void write_people(Writer *w, const char *keyword, bool personas) {
  bool any = false;
  for (size_t i = 0; i < w->people.len; i++) {
    Str id = personas ? w->people.at[i].persona_id : w->people.at[i].team_id;
    if (id.len == 0) continue;
    any = true;
    buf_printf(w->to, "%s " STR_FMT " ", keyword, STR_ARG(id));
    write_quoted(w->to, w->people.at[i].name);
    buf_add_byte(w->to, '\n');
  }
  if (any) buf_add_byte(w->to, '\n');
}

/* ---- stages and steps ---- */

/* The keyword, the id where the title alone would not give it, and the title. */
static void write_declaration(Writer *w, const char *keyword, Names *taken, Str title, const char *instead) {
  bool own;
  Str id = free_id(w, taken, title, instead, &own);
  buf_printf(w->to, "%s ", keyword);
  if (own) buf_printf(w->to, STR_FMT " ", STR_ARG(id));
  write_quoted(w->to, title);
}

static bool takes_part(const Diagram *diagram, const Piece *task, Str name) {
  for (uint32_t i = 0; i < task->actor_count; i++)
    if (str_is(diagram->actors.at[task->first_actor + i], name)) return true;
  return false;
}

/* The other actors of a task: seen by the client who is there, or unseen. */
static void write_actors(Writer *w, const Diagram *diagram, const Piece *task, Str client, const char *keyword) {
  for (uint32_t i = 0; i < task->actor_count; i++) {
    Str name = diagram->actors.at[task->first_actor + i];
    if (str_is(name, client)) continue;
    indent(w, 3);
    buf_printf(w->to, "%s " STR_FMT " \"Takes part\"\n", keyword, STR_ARG(person(w, name)->team_id));
  }
}

static void write_task(Writer *w, const Diagram *diagram, const Piece *task, Str client) {
  bool with_client = takes_part(diagram, task, client);
  indent(w, 2);
  write_declaration(w, "touchpoint", &w->step_ids, task->text, "step");
  buf_add_c(w->to, " feels ");
  buf_number(w->to, task->score, 6);
  if (task->actor_count > (with_client ? 1u : 0u)) {
    buf_add_c(w->to, " {\n");
    write_actors(w, diagram, task, client, with_client ? "frontstage" : "backstage");
    indent(w, 2);
    buf_add_byte(w->to, '}');
  }
  buf_add_byte(w->to, '\n');
}

static void write_stage(Writer *w, const Diagram *diagram, size_t from, size_t to, Str title, Str client) {
  names_free(&w->step_ids);
  indent(w, 1);
  write_declaration(w, "stage", &w->stage_ids, title, "stage");
  buf_add_c(w->to, from < to ? " {\n" : "\n");
  for (size_t i = from; i < to; i++) {
    const Piece *piece = &diagram->pieces.at[i];
    if (piece->kind == PIECE_TASK) write_task(w, diagram, piece, client);
    else write_comment(w, 2, piece->text);
  }
  if (from < to) buf_add_c(w->to, "  }\n");
}

static bool is_aside(const Piece *piece) { return piece->kind == PIECE_COMMENT || piece->kind == PIECE_REMARK; }

/* Stages from one section to the next. Comments at the end of one belong to the next. */
static void write_stages(Writer *w, const Diagram *diagram, Str client) {
  const Piece *pieces = diagram->pieces.at;
  size_t count = diagram->pieces.len;
  for (size_t i = 0; i < count;) {
    buf_add_byte(w->to, '\n');
    while (i < count && is_aside(&pieces[i])) write_comment(w, 1, pieces[i++].text);
    if (i == count) return;
    bool section = pieces[i].kind == PIECE_SECTION;
    size_t from = i + section, to = from;
    while (to < count && pieces[to].kind != PIECE_SECTION) to++;
    while (to < count && to > from && pieces[to - 1].kind == PIECE_COMMENT) to--;
    write_stage(w, diagram, from, to, section ? pieces[i].text : STR("Steps"), client);
    i = to;
  }
}

/* ---- journeys ---- */

static void write_documentation_lines(Writer *w, Str text, const char *end) {
  for (Str rest = text; rest.len > 0;) {
    Str line = str_trim(str_cut(&rest, '\n'));
    buf_printf(w->to, line.len > 0 ? "/// " STR_FMT "%s\n" : "///" STR_FMT "%s\n", STR_ARG(line), end);
  }
}

/* The lines are read as one text, so the spoken title has to be a sentence. */
static void write_documentation(Writer *w, const Diagram *diagram, Str title) {
  Str spoken = diagram->spoken_title;
  if (spoken.len > 0 && !str_is(spoken, title))
    write_documentation_lines(w, spoken,
                              diagram->description.len > 0 && !strchr(".!?:", spoken.at[spoken.len - 1]) ? "." : "");
  write_documentation_lines(w, diagram->description, "");
}

static void write_journey(Writer *w, const Diagram *diagram, Str fallback, uint32_t client) {
  Str title = diagram->title.len > 0          ? diagram->title
              : diagram->spoken_title.len > 0 ? diagram->spoken_title
                                              : fallback;
  names_free(&w->stage_ids);
  for (size_t i = 0; i < diagram->before.len; i++) write_comment(w, 0, diagram->before.at[i]);
  write_documentation(w, diagram, title);
  write_declaration(w, "journey", &w->journey_ids, title, "journey");
  buf_add_c(w->to, " {\n");
  if (client != NONE) buf_printf(w->to, "  persona " STR_FMT "\n", STR_ARG(w->people.at[client].persona_id));
  buf_add_c(w->to, "  scale 1..5\n");
  write_stages(w, diagram, client == NONE ? (Str){0} : w->people.at[client].name);
  buf_add_c(w->to, "}\n");
}

/* A title for a diagram without one: "working-day.mmd" gives "Working day". */
static Str title_of_file(Arena *arena, Str name) {
  size_t end = name.len;
  for (size_t i = 1; i < name.len; i++)
    if (name.at[i] == '.') end = i;
  Str title = mermaid_plain(arena, str_slice(name, 0, end));
  if (title.len == 0) return STR("Journey");
  char *copy = arena_alloc(arena, title.len);
  for (size_t i = 0; i < title.len; i++) copy[i] = title.at[i] == '-' || title.at[i] == '_' ? ' ' : title.at[i];
  if (copy[0] >= 'a' && copy[0] <= 'z') copy[0] = (char)(copy[0] - 32);
  return (Str){copy, title.len};
}

void journey_text_write(const Diagram *diagrams, size_t count, Str name, Arena *arena, Buf *to) {
  Writer w = {.to = to, .arena = arena};
  uint32_t *clients = ARENA_ARRAY(arena, uint32_t, count);
  for (size_t i = 0; i < count; i++) {
    clients[i] = find_client(&w, &diagrams[i]);
    if (clients[i] != NONE) meet_people(&w, &diagrams[i], clients[i]);
  }
  write_comment(
      &w, 0, arena_format(arena, "Imported from " STR_FMT ", a Mermaid diagram.", STR_ARG(mermaid_plain(arena, name))));
  buf_add_byte(to, '\n');
  write_people(&w, "persona", true);
  write_people(&w, "team", false);
  Str fallback = title_of_file(arena, name);
  for (size_t i = 0; i < count; i++) {
    if (i > 0) buf_add_byte(to, '\n');
    write_journey(&w, &diagrams[i], fallback, clients[i]);
  }
  names_free(&w.people_names), names_free(&w.persona_ids), names_free(&w.team_ids), names_free(&w.journey_ids);
  names_free(&w.stage_ids), names_free(&w.step_ids);
  vec_free(&w.people);
}
