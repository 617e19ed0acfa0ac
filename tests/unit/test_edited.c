/* After any edits of its files, a project that was made of the one before is what loading all of them anew gives. */
#include "base/os.h"
#include "check.h"
#include "project/project.h"
#include "random_edits.h"
#include "same_unit.h"
#include "write/json.h"

enum { EDITS = 1000, FILES = 6, TODAY = 20778 };

static const struct {
  const char *path, *text;
} files[FILES] = {
    {"/map/a.journey",
     "use \"people.journey\"\nuse \"count.lua\"\n\njourney first \"First\" {\n  persona sarah\n  owner sales\n"
     "  stage start \"Start\" {\n    touchpoint call \"Call\" via phone feels -1 from survey\n"
     "    touchpoint \"Call\" via email feels 7\n    pain slow \"Slow\" severity high\n  }\n"
     "  stage \"End\" { touchpoint sign owner sucess }\n  path { call -> sign 40%\n  call -> nowhere }\n"
     "  opportunity \"Faster\" { solves slow  owner sales }\n  silence no-photo \"so\"\n}\n"},
    {"/map/b.journey", "use \"a.journey\"\n\njourney second \"Second\" extends first {\n  change start { touchpoint "
                       "extra { after call } }\n"
                       "  change start.call { feels 2 }\n  drop sign\n  drop sign\n}\njourney first { }\n"},
    {"/map/count.lua", "return { compute = function() return 1 end }\n"},
    {"/map/journey.json", "{ \"title\": \"All\", \"tooLarge\": 7 }\n"},
    {"/map/people.journey",
     "use \"people.journey\"\npersona sarah \"Sarah\" { needs price \"A price\" }\nteam sales \"Sales\"\n"
     "evidence survey \"A survey\" method interview\ncheck no-photo \"No photo\" warning { computed-by \"count.lua\" "
     "}\n"},
    {"/map/project.journey",
     "project \"All of it\" {\n  rule no-photo off \"so\"\n  rule no-such off \"so\"\n}\nproject \"Twice\"\n"},
};

typedef struct {
  Buf texts[FILES];
  UnitKeep *keeps[FILES];
  Unit *units[FILES]; /* of the texts; NULL: read by loading */
  Project *project;
  Arena *arena; /* its own */
  int edited, loaded;
} World;

static bool is_map(int file) { return str_ends(str_of(files[file].path), STR(".journey")); }

static int file_at(Str path) {
  Arena *arena = arena_new();
  Str absolute = os_absolute(arena, path);
  int found = -1;
  for (int i = 0; i < FILES; i++)
    if (str_is_c(absolute, files[i].path)) found = i;
  arena_free(arena);
  return found;
}

static Unit *given(void *context, Str path, uint32_t number) {
  World *world = context;
  int file = file_at(path);
  Unit *unit = file < 0 ? NULL : world->units[file];
  return unit && str_is(unit->source.path, path) ? unit_renumbered(unit, number) : NULL;
}

static void list_texts(const World *world, ProjectText *texts) {
  for (int i = 0; i < FILES; i++) texts[i] = (ProjectText){str_of(files[i].path), buf_str(&world->texts[i])};
}

static Project *load(World *world, Arena *arena, bool fresh) {
  const char *folder = "/map";
  ProjectText texts[FILES];
  Str why = {0};
  list_texts(world, texts);
  ProjectOptions options = {.paths = &folder, .path_count = 1, .texts = texts, .text_count = FILES, .only_texts = true};
  options.today = TODAY;
  options.threads = 1;
  options.later = !fresh;
  if (!fresh) options.unit = given, options.unit_context = world;
  Project *project = project_load(&options, arena, &why);
  if (!project) fprintf(stderr, STR_FMT "\n", STR_ARG(why));
  return project;
}

static void take(World *world, Project *project, Arena *arena) {
  project_free(world->project);
  arena_free(world->arena);
  world->project = project;
  world->arena = arena;
}

static uint32_t number_of(const World *world, int file) {
  for (uint32_t u = 1; u < world->project->unit_count; u++)
    if (file_at(world->project->units[u]->source.path) == file) return u;
  return NONE;
}

/* The unit of a file's text, under the number and path that it has in the project. */
static Unit *read_again(World *world, int file, uint32_t number) {
  Arena *arena = arena_new();
  const Unit *before = world->project->units[number];
  Source source = {arena_copy(arena, before->source.path), arena_copy(arena, buf_str(&world->texts[file]))};
  if (is_map(file)) return unit_new_edited(world->keeps[file], arena, source, number);
  Unit *unit = unit_of_text(arena, source, number);
  unit->script = before->script;
  return unit;
}

/* ---- the comparison ---- */

static Diagnostics all_of(const Project *project, bool later, Arena *arena) {
  Diagnostics all = {.arena = arena};
  for (uint32_t u = 0; u < project->unit_count; u++) {
    const Diagnostics *own = &project->units[u]->diagnostics;
    for (size_t i = 0; i < own->list.len; i++) vec_push(&all.list, own->list.at[i]);
    if (later) project_complain(project, u, &all);
  }
  for (size_t i = 0; i < project->diagnostics.list.len; i++) vec_push(&all.list, project->diagnostics.list.at[i]);
  diagnostics_sort(&all);
  return all;
}

static bool same_projects(const Project *a, const Project *b) {
  Arena *arena = arena_new();
  Diagnostics of_a = all_of(a, true, arena), of_b = all_of(b, false, arena);
  Buf json_a = {0}, json_b = {0};
  json_write(a, NULL, NULL, &json_a);
  json_write(b, NULL, NULL, &json_b);
  bool same =
      a->unit_count == b->unit_count && same_diagnostics(&of_a, &of_b) && str_is(buf_str(&json_a), buf_str(&json_b));
  for (uint32_t u = 0; u < a->unit_count && same; u++) same = !unit_difference(a->units[u], b->units[u]);
  buf_free(&json_a);
  buf_free(&json_b);
  vec_free(&of_a.list);
  vec_free(&of_b.list);
  arena_free(arena);
  return same;
}

static void compare(World *world, int step) {
  Arena *arena = arena_new();
  Project *fresh = load(world, arena, true);
  bool same = fresh && same_projects(world->project, fresh);
  if (!same) fprintf(stderr, "after edit %d they differ\n", step);
  CHECK(same);
  project_free(fresh);
  arena_free(arena);
}

/* ---- the edits ---- */

static void write_again(World *world, int file) {
  world->texts[file].len = 0;
  buf_add(&world->texts[file], str_of(files[file].text));
}

/* Up to two files at once; what is in the project stays in it, or all of it is loaded anew. */
static void change(World *world) {
  Unit *edited[2];
  ProjectText texts[FILES];
  size_t count = 0;
  bool known = true;
  for (uint32_t more = 1 + (below(6) == 0), file = below(FILES); more > 0; more--, file = (file + 1) % FILES) {
    if (below(6) == 0 || world->texts[file].len == 0) write_again(world, (int)file);
    else edit(&world->texts[file]);
    uint32_t number = number_of(world, (int)file);
    known &= number != NONE;
    unit_free(world->units[file]);
    world->units[file] = NULL;
    if (number == NONE) continue;
    edited[count++] = read_again(world, (int)file, number);
    world->units[file] = unit_share(edited[count - 1]);
  }
  list_texts(world, texts);
  Arena *arena = arena_new();
  Project *project = known ? project_edited(world->project, edited, count, texts, FILES, arena) : NULL;
  world->edited += project != NULL;
  world->loaded += !project;
  take(world, project ? project : load(world, arena, false), arena);
  for (size_t i = 0; i < count; i++) unit_free(edited[i]);
}

int main(void) {
  World world = {0};
  for (int i = 0; i < FILES; i++) {
    write_again(&world, i);
    world.keeps[i] = unit_keep_new();
  }
  Arena *arena = arena_new();
  take(&world, load(&world, arena, false), arena);
  compare(&world, -1);
  for (int i = 0; i < EDITS && check_failures == 0; i++) {
    change(&world);
    compare(&world, i);
  }
  CHECK(world.edited > EDITS / 4 && world.loaded > EDITS / 20); /* both happen */
  take(&world, NULL, NULL);
  for (int i = 0; i < FILES; i++) {
    unit_keep_free(world.keeps[i]);
    unit_free(world.units[i]);
    buf_free(&world.texts[i]);
  }
  return CHECK_DONE();
}
