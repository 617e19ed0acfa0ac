/* The live page of a map, which follows its files: for whoever writes in any editor, or in none. */
#include "preview/preview.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "base/os_process.h"
#include "base/os_watch.h"
#include "command/command.h"
#include "project/scope.h"
#include "view/view.h"
#include "write/html.h"

static const char help[] =
    "journey preview [PATH…]   shows a map in the browser, and again whenever one of its files is saved\n"
    "\n"
    "  $ journey preview onboarding.journey    its map; the page follows the file, until Ctrl-C\n"
    "  $ journey preview                       all maps of the project around this folder, to choose from\n"
    "  $ journey preview --no-open --port 4000   opens no browser; at a port of your own choice\n"
    "\n"
    "  --port N       the port; one that is free where not given, or 0\n"
    "  --no-open      prints the address, and leaves the browser to you\n"
    "  --no-scripts   Lua files of the project are not run: for folders of people whom you don't trust yet\n"
    "  --today DATE   the date against which reviews are held; today where not given\n"
    "\n"
    "The first line of output is the address. Only this machine can open it, and only with the word in it, which is\n"
    "another for each run; nothing can be changed there. A map that gets errors stays as it was before, and says so.\n"
    "Exit code: 0 ended by Ctrl-C, 2 could not run.\n";

/* A map that was shown once, and the page that it has. */
typedef struct {
  char *name, *path, *id, *title;
  const Journey *now; /* NULL: its journey isn't there at the moment */
  bool was_sound;     /* it was drawn without errors */
} Shown;

typedef struct {
  CommandInput input;
  int32_t today;
  Preview *preview;
  VEC(Shown) shown;
} Following;

/* ---- which page is whose ---- */

static Str journey_id(const Project *p, const Journey *journey) {
  return unit_id(project_unit(p, journey->at), journey->at.at);
}

static Str journey_path(const Project *p, const Journey *journey) { return project_unit(p, journey->at)->source.path; }

static Shown *find(Following *f, const Project *p, const Journey *journey, bool by_id) {
  for (size_t i = 0; i < f->shown.len; i++) {
    Shown *shown = &f->shown.at[i];
    if (shown->now || !str_is_c(journey_path(p, journey), shown->path)) continue;
    if (!by_id || str_is_c(journey_id(p, journey), shown->id)) return shown;
  }
  return NULL;
}

static bool is_taken(const Following *f, Str name) {
  for (size_t i = 0; i < f->shown.len; i++)
    if (str_is_c(name, f->shown.at[i].name)) return true;
  return false;
}

static Shown *add(Following *f, Str wanted, Str path, Arena *arena) {
  Str name = preview_name(wanted, arena);
  for (int i = 2; is_taken(f, name); i++)
    name = arena_format(arena, STR_FMT "-%d", STR_ARG(preview_name(wanted, arena)), i);
  vec_push(&f->shown, (Shown){.name = strndup(name.at, name.len), .path = strndup(path.at, path.len)});
  return &f->shown.at[f->shown.len - 1];
}

static void keep(char **to, Str text) {
  free(*to);
  *to = strndup(text.len ? text.at : "", text.len);
}

static void give(Shown *shown, const Project *p, const Journey *journey, Arena *arena) {
  shown->now = journey;
  keep(&shown->id, journey_id(p, journey));
  keep(&shown->title, item_title(p, &journey->item, arena));
}

/* Each journey keeps its page as long as its id stays; one that gets another id, because its title is being typed,
 * keeps it too where no other of its file can be meant. */
static void match(Following *f, const Project *p, Journeys journeys, Arena *arena) {
  for (size_t i = 0; i < f->shown.len; i++) f->shown.at[i].now = NULL;
  bool *known = ARENA_ARRAY(arena, bool, journeys.count + 1);
  for (uint32_t i = 0; i < journeys.count; i++) {
    Shown *shown = find(f, p, journeys.at[i], true);
    known[i] = shown != NULL;
    if (shown) give(shown, p, journeys.at[i], arena);
  }
  for (uint32_t i = 0; i < journeys.count; i++) {
    if (known[i]) continue;
    Shown *shown = find(f, p, journeys.at[i], false);
    if (!shown) shown = add(f, journey_id(p, journeys.at[i]), journey_path(p, journeys.at[i]), arena);
    give(shown, p, journeys.at[i], arena);
  }
}

/* ---- what is wrong ---- */

enum { ERRORS_SHOWN = 3 };

static bool sees(const Project *p, uint32_t unit, uint32_t other) {
  for (uint32_t i = p->scope->first_visible[unit]; i < p->scope->first_visible[unit + 1]; i++)
    if (p->scope->visible[i] == other) return true;
  return false;
}

/* The errors of the files that the journey sees, as lines; empty where there is none. */
static Str errors_of(const Project *p, const Diagnostics *all, const Journey *journey, Arena *arena) {
  Buf lines = {0};
  size_t count = 0;
  for (size_t i = 0; i < all->list.len; i++) {
    const Diagnostic *diagnostic = &all->list.at[i];
    if (diagnostic->severity != SEVERITY_ERROR || !sees(p, journey->at.unit, diagnostic->unit)) continue;
    if (++count > ERRORS_SHOWN) continue;
    const Source *source = &p->units[diagnostic->unit]->source;
    buf_printf(&lines, "\n" STR_FMT ":%u: " STR_FMT, STR_ARG(source->path),
               (unsigned)source_position(source, diagnostic->span.start).line, STR_ARG(diagnostic->message));
  }
  if (count > ERRORS_SHOWN) buf_printf(&lines, "\nand %zu more: `journey check` shows all", count - ERRORS_SHOWN);
  return buf_take(&lines, arena);
}

/* ---- drawing ---- */

typedef struct {
  Following *f;
  Project *project;
  const Figures *figures;
  Diagnostics all;
  Arena *arena;
} Round;

static void say(const Following *f, const Shown *shown, Str message) {
  PreviewPage page = {.title = str_of(shown->title), .message = message};
  preview_publish(f->preview, str_of(shown->name), &page);
}

/* A map with errors stays as it was before them; one that never was without is drawn as far as it is understood. */
static void draw(const Round *round, Shown *shown) {
  Str errors = errors_of(round->project, &round->all, shown->now, round->arena), message = STR("");
  if (errors.len > 0) {
    const char *what = shown->was_sound ? "the map as it was before" : "as much of the map as is understood";
    message = arena_format(round->arena, "There are errors; what you see is %s." STR_FMT, what, STR_ARG(errors));
    if (shown->was_sound) return say(round->f, shown, message);
  }
  Buf html = {0};
  html_write(view_drawn(round->project, shown->now, round->figures, round->arena), &html);
  preview_publish(round->f->preview, str_of(shown->name),
                  &(PreviewPage){str_of(shown->title), buf_str(&html), message});
  buf_free(&html);
  shown->was_sound = errors.len == 0;
}

static void list(const Following *f, Arena *arena) {
  PreviewEntry *entries = ARENA_ARRAY(arena, PreviewEntry, f->shown.len + 1);
  size_t count = 0;
  for (size_t i = 0; i < f->shown.len; i++) {
    const Shown *shown = &f->shown.at[i];
    if (shown->now) entries[count++] = (PreviewEntry){str_of(shown->name), str_of(shown->title), str_of(shown->path)};
  }
  preview_list(f->preview, entries, count);
}

/* Those that somebody looks at come first. */
static void draw_all(const Round *round) {
  const Following *f = round->f;
  bool *drawn = ARENA_ARRAY(round->arena, bool, f->shown.len + 1);
  list(f, round->arena);
  for (int looked = 1; looked >= 0; looked--)
    for (size_t i = 0; i < f->shown.len && !os_interrupted(); i++) {
      Shown *shown = &f->shown.at[i];
      if (drawn[i] || (looked && preview_lookers(f->preview, str_of(shown->name)) == 0)) continue;
      drawn[i] = true;
      if (shown->now) draw(round, shown);
      else
        say(f, shown,
            STR("This journey isn't in its file any more; what you see is its last map, until it is there again."));
    }
}

/* ---- following ---- */

static void note_files(OsChanges *changes, const Project *p, const Following *f) {
  command_follow(p, &f->input, changes);
  for (size_t i = 0; i < f->shown.len; i++) os_changes_add(changes, str_of(f->shown.at[i].path));
}

static Project *load(const Following *f, Arena *arena, Str *why) {
  ProjectOptions options = {
      .paths = f->input.paths, .path_count = f->input.path_count, .today = f->today, .no_scripts = f->input.no_scripts};
  return project_load(&options, arena, why);
}

/* A file that is gone, or can't be read now. */
static void say_why(Following *f, Str why, Arena *arena) {
  Str message =
      arena_format(arena, STR_FMT ".\nWhat you see is the last map; it goes on when that is mended.", STR_ARG(why));
  for (size_t i = 0; i < f->shown.len; i++) say(f, &f->shown.at[i], message);
}

static void show(Following *f, Project *p, OsChanges *changes, Arena *arena) {
  Round round = {.f = f, .project = p, .arena = arena};
  Evidence *evidence = NULL;
  match(f, p, command_journeys(p, &f->input, arena), arena);
  round.all = command_check(p, &evidence, arena);
  note_files(changes, p, f);
  round.figures = command_figures(p, evidence, arena);
  draw_all(&round);
  vec_free(&round.all.list);
}

/* What is there now; false, with `*why`, where nothing can be read. */
static bool look(Following *f, OsChanges *changes, Arena *arena, Str *why) {
  Project *p = load(f, arena, why);
  if (p) show(f, p, changes, arena);
  else note_files(changes, NULL, f);
  project_free(p);
  return p != NULL;
}

static void open_page(const Following *f, bool opens, Arena *arena) {
  bool is_one = f->shown.len == 1;
  Str address = preview_address(f->preview, is_one ? str_of(f->shown.at[0].name) : STR(""), arena);
  command_print(arena_format(arena, STR_FMT "\n", STR_ARG(address)));
  fflush(stdout);
  if (!os_is_terminal(1)) return;
  bool shown = opens && os_show_page(address.at);
  fprintf(stderr, shown ? "Your browser is asked to open it; if it doesn't, open the address there yourself.\n"
                          "The page follows the files. Ctrl-C ends it.\n"
                        : "Open this address in a browser: the page follows the files. Ctrl-C ends it.\n");
}

static void follow(Following *f, OsChanges *changes) {
  Str changed, why;
  while (os_changes_wait(changes, &changed)) {
    os_changes_free(changes);
    changes = os_changes_new();
    Arena *arena = arena_new();
    if (!look(f, changes, arena, &why)) say_why(f, why, arena);
    arena_free(arena);
  }
  os_changes_free(changes);
}

static void forget(Following *f) {
  for (size_t i = 0; i < f->shown.len; i++) {
    Shown *shown = &f->shown.at[i];
    free(shown->name), free(shown->path), free(shown->id), free(shown->title);
  }
  vec_free(&f->shown);
}

static int begin(Following *f, uint16_t port, bool opens) {
  Str why;
  f->preview = preview_start(&(PreviewOptions){.port = port}, &why);
  if (!f->preview) return command_fail(STR_FMT, STR_ARG(why));
  os_watch_interrupt();
  OsChanges *changes = os_changes_new();
  Arena *arena = arena_new();
  bool found = look(f, changes, arena, &why);
  if (found && !os_interrupted()) open_page(f, opens, arena);
  else if (!found) command_fail(STR_FMT, STR_ARG(why));
  arena_free(arena);
  if (found) follow(f, changes);
  else os_changes_free(changes);
  preview_stop(f->preview);
  os_unwatch_interrupt();
  forget(f);
  return found ? EXIT_CLEAN : EXIT_COULD_NOT_RUN;
}

static bool read_port(const char *text, uint16_t *port) {
  char *end = NULL;
  long number = text ? strtol(text, &end, 10) : 0;
  *port = (uint16_t)number;
  if (!text || (*text && *end == 0 && number >= 0 && number <= 65535)) return true;
  return command_fail("--port takes a number from 0 to 65535, not %s; 0 is one that is free", text), false;
}

static bool is_available(void) {
  Arena *arena = arena_new();
  Str why;
  bool found = preview_library(arena, &why).len > 0;
  if (!found) command_fail(STR_FMT, STR_ARG(why));
  arena_free(arena);
  return found;
}

static int run(int argc, char **argv) {
  Following f = {0};
  const char *port_text = NULL;
  bool no_open = false;
  uint16_t port;
  const Option options[] = {{"port", 0, NULL, &port_text},
                            {"no-open", 0, &no_open, NULL},
                            {"no-scripts", 0, &f.input.no_scripts, NULL},
                            {"today", 0, NULL, &f.input.today},
                            {0}};
  if (!options_read(&verb_preview, argc, argv, options, &f.input.paths, &f.input.path_count)) return EXIT_COULD_NOT_RUN;
  if (!is_available()) return EXIT_COULD_NOT_RUN;
  if (command_reads_stdin(&f.input))
    return command_fail("preview takes files and folders, which it can follow, not standard input");
  if (!read_port(port_text, &port) || !option_today(f.input.today, &f.today)) return EXIT_COULD_NOT_RUN;
  return begin(&f, port, !no_open);
}

const Verb verb_preview = {"preview", "shows maps in the browser, and follows their files", help, run};
