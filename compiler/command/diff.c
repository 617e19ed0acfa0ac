/* What stands on the command line may be files, revisions or journeys; here it becomes two projects, or two journeys.
 */
#include <stdio.h>

#include "base/nearest.h"
#include "base/os.h"
#include "command/command.h"
#include "command/revision.h"
#include "view/differences.h"
#include "write/differences.h"
#include "write/html.h"
#include "write/svg.h"

static const char help[] =
    "journey diff [A] [B] [PATH…]   what two states of the maps, or two maps, say differently\n"
    "\n"
    "  $ journey diff                              the last commit, and the files as they are now\n"
    "  $ journey diff HEAD~1                       any revision, and the files as they are now\n"
    "  $ journey diff v1.0..v2.0 maps              two revisions; only what is in the folder maps\n"
    "  $ journey diff main...                      what this branch has changed since it left main\n"
    "  $ journey diff old.journey new.journey      two files, or two folders\n"
    "  $ journey diff onboarding onboarding-2027   two journeys of this project, by their names\n"
    "  $ journey diff onboarding-2027              a variant, and the journey that it extends\n"
    "  $ journey diff HEAD~1 --format md | gh pr comment --body-file -\n"
    "  $ journey diff HEAD~1 --format html         onboarding.diff.html: the map, with all that is different marked\n"
    "\n"
    "Meaning is compared, not text: another order, other spaces, 30min for 0.5h are no difference.\n"
    "\n"
    "An argument is a path where there is such a file or folder, else a revision where git knows it, else the\n"
    "name of a journey. ./x is always a path, x^0 always a revision. What is not there on one side was added or\n"
    "dropped.\n"
    "\n"
    "  --format text|md|json|html|svg   text where not given; docs/diff.md describes the JSON; html and svg draw\n"
    "                                   each map that differs, with all marked that is new, changed or gone\n"
    "  -o, --output DIR                 the folder for drawings, ID.diff.html; . where not given, - is standard "
    "output\n"
    "  --exit-code                      1 where something differs, as git diff does\n"
    "  --width N                        columns; the terminal's where not given, 100 where there is none\n"
    "  --ascii                          only letters that every terminal has\n"
    "  --today DATE                     the date against which reviews are held; today where not given\n"
    "\n"
    "Exit code: 0 compared, 1 something differs (with --exit-code), 2 could not run.\n";

enum { TEXT, MARKDOWN, JSON, HTML, SVG };
static const char *const formats[] = {"text", "md", "json", "html", "svg", NULL};

/* One of the two: a project, of the disk or of a revision. */
typedef struct {
  Str name;      /* "HEAD~1", "working tree", "old.journey" */
  bool revision; /* else the disk */
  RevisionTexts texts;
  Project *project;
  const Figures *figures; /* where maps are drawn */
} State;

typedef struct {
  Arena *arena;
  const char *const *words; /* that are left to be understood */
  size_t count;
  int32_t today;
  State was, is;
  const Journey *from, *to; /* where two journeys are compared */
  Str top;                  /* of the repository; empty: it was not asked for, or there is none */
  Str no_repository;        /* why there is none */
} Diff;

/* ---- what a word is ---- */

static bool is_path(const char *word) {
  Str text = str_of(word);
  return os_kind(word) != OS_NOTHING || str_starts(text, STR("./")) || str_starts(text, STR("../")) ||
         str_starts(text, STR("/")) || str_ends(text, STR(".journey"));
}

static bool has_repository(Diff *diff) {
  if (diff->top.len == 0 && diff->no_repository.len == 0)
    revision_top(diff->arena, os_working_folder(diff->arena), &diff->top, &diff->no_repository);
  return diff->top.len > 0;
}

static bool find_revision(Diff *diff, Str name, RevisionTexts *texts, Str *why) {
  Str commit;
  if (!has_repository(diff)) return *why = diff->no_repository, false;
  if (!revision_find(diff->arena, diff->top, name, &commit)) return *why = STR("there is no such revision"), false;
  return revision_texts(diff->arena, diff->top, commit, texts, why);
}

/* Takes a revision off the words; false where the next word is none. */
static bool take_revision(Diff *diff, State *state) {
  Str why;
  if (diff->count == 0 || is_path(diff->words[0])) return false;
  Str word = str_of(diff->words[0]);
  if (!find_revision(diff, word, &state->texts, &why)) return false;
  state->name = word;
  state->revision = true;
  diff->words++;
  diff->count--;
  return true;
}

/* A..B, A.., ..B; with three dots, from where the two went apart. */
static bool take_range(Diff *diff, bool *wrong) {
  Str word = diff->count > 0 ? str_of(diff->words[0]) : STR("");
  const char *dots = word.len > 2 && !is_path(word.at) ? memmem(word.at, word.len, "..", 2) : NULL;
  if (!dots) return false;
  bool apart = str_starts(str_of(dots), STR("..."));
  Str from = str_slice(word, 0, (size_t)(dots - word.at)), to = str_of(dots + (apart ? 3 : 2)), why = STR("");
  State *was = &diff->was, *is = &diff->is;
  was->name = apart      ? arena_format(diff->arena, STR_FMT "..." STR_FMT, STR_ARG(from), STR_ARG(to))
              : from.len ? from
                         : STR("HEAD");
  is->name = to.len > 0 ? to : STR("HEAD");
  was->revision = is->revision = true;
  *wrong = !find_revision(diff, was->name, &was->texts, &why) || !find_revision(diff, is->name, &is->texts, &why);
  if (*wrong) command_fail(STR_FMT ": " STR_FMT, STR_ARG(word), STR_ARG(why));
  diff->words++;
  diff->count--;
  return true;
}

/* ---- loading ---- */

static bool load(Diff *diff, State *state, const char *const *paths, size_t count) {
  Str why;
  ProjectOptions options = {
      .paths = paths, .path_count = count, .today = diff->today, .takes_pipes = true, .may_be_empty = true};
  if (state->revision) {
    options.texts = state->texts.texts;
    options.text_count = state->texts.count;
    options.only_texts = true;
  }
  state->project = project_load(&options, diff->arena, &why);
  if (!state->project) command_fail(STR_FMT, STR_ARG(why));
  return state->project != NULL;
}

/* Whether the path is there in that state: a file, or a folder with something in it. */
static bool is_there(Diff *diff, const State *state, Str path) {
  if (!state->revision) return os_kind(path.at) != OS_NOTHING;
  Str inside = arena_format(diff->arena, STR_FMT "/", STR_ARG(path));
  for (size_t i = 0; i < state->texts.count; i++)
    if (str_is(state->texts.texts[i].path, path) || str_starts(state->texts.texts[i].path, inside)) return true;
  return false;
}

/* The paths that are there; what is in neither state is said. */
static bool load_states(Diff *diff, const char *const *paths, size_t count) {
  const char *project_paths[] = {project_folder(diff->arena).at};
  if (count == 0) paths = project_paths, count = 1;
  const char **of_was = ARENA_ARRAY(diff->arena, const char *, count),
             **of_is = ARENA_ARRAY(diff->arena, const char *, count);
  size_t was_count = 0, is_count = 0;
  for (size_t i = 0; i < count; i++) {
    Str real = os_real(diff->arena, paths[i]); /* as git sees it */
    if (real.len == 0) real = os_absolute(diff->arena, str_of(paths[i]));
    bool was = is_there(diff, &diff->was, real), is = is_there(diff, &diff->is, real);
    if (was) of_was[was_count++] = real.at;
    if (is) of_is[is_count++] = real.at;
    if (!was && !is)
      return command_fail("%s: there is no such file or folder, neither in " STR_FMT " nor in " STR_FMT, paths[i],
                          STR_ARG(diff->was.name), STR_ARG(diff->is.name)),
             false;
  }
  return load(diff, &diff->was, of_was, was_count) && load(diff, &diff->is, of_is, is_count);
}

/* ---- two journeys ---- */

static const Journey *find_journey(const Project *project, Str name) {
  for (uint32_t i = 0; i < project->journey_count; i++) {
    Ref at = project->journeys[i].at;
    if (str_is(unit_id(project_unit(project, at), at.at), name)) return &project->journeys[i];
  }
  return NULL;
}

static int complain_word(Diff *diff, const Project *project, const char *word) {
  Nearest nearest = nearest_to(str_of(word));
  for (uint32_t i = 0; i < project->journey_count; i++) {
    Ref at = project->journeys[i].at;
    nearest_offer(&nearest, unit_id(project_unit(project, at), at.at));
  }
  if (nearest.best.len > 0)
    return command_fail("%s is no file, no revision and no journey; did you mean the journey " STR_FMT "?", word,
                        STR_ARG(nearest.best));
  if (diff->no_repository.len > 0)
    return command_fail("%s is no file and no journey, and no revision: " STR_FMT, word, STR_ARG(diff->no_repository));
  return command_fail("%s is no file, no revision and no journey of this project", word);
}

/* One or two journeys by name, then the paths where they stand. */
static bool take_journeys(Diff *diff) {
  size_t names = 1;
  if (diff->count > 1 && !is_path(diff->words[1])) names = 2;
  const char *folder[] = {project_folder(diff->arena).at};
  bool paths = diff->count > names;
  if (!load(diff, &diff->is, paths ? diff->words + names : folder, paths ? diff->count - names : 1)) return false;
  const Journey *found[2] = {NULL, NULL};
  for (size_t i = 0; i < names; i++) {
    found[i] = find_journey(diff->is.project, str_of(diff->words[i]));
    if (!found[i]) return complain_word(diff, diff->is.project, diff->words[i]), false;
  }
  diff->from = names == 2 ? found[0] : found[0]->base;
  diff->to = names == 2 ? found[1] : found[0];
  if (!diff->from)
    return command_fail("%s extends no other journey; say with which it is to be compared", diff->words[0]), false;
  diff->was.project = diff->is.project;
  diff->was.name = unit_id(project_unit(diff->is.project, diff->from->at), diff->from->at.at);
  diff->is.name = unit_id(project_unit(diff->is.project, diff->to->at), diff->to->at.at);
  return true;
}

/* ---- the verb ---- */

static bool load_files(Diff *diff) {
  const char *const *words = diff->words;
  diff->was.name = str_of(words[0]);
  diff->is.name = str_of(words[1]);
  for (int i = 0; i < 2; i++)
    if (os_kind(words[i]) == OS_NOTHING) return command_fail("%s: there is no such file or folder", words[i]), false;
  return load(diff, &diff->was, words, 1) && load(diff, &diff->is, words + 1, 1);
}

/* Understands the words, and loads what they name. */
static bool load_both(Diff *diff) {
  bool wrong = false;
  diff->is.name = STR("working tree");
  if (take_range(diff, &wrong)) return !wrong && load_states(diff, diff->words, diff->count);
  if (take_revision(diff, &diff->was)) {
    take_revision(diff, &diff->is);
    return load_states(diff, diff->words, diff->count);
  }
  if (diff->count > 0 && !is_path(diff->words[0])) return take_journeys(diff);
  if (diff->count == 2 && is_path(diff->words[1])) return load_files(diff);
  if (diff->count > 1)
    return command_fail("say which revision these files are to be compared with: journey diff HEAD %s …",
                        diff->words[0]),
           false;
  Str why;
  diff->was = (State){.name = STR("HEAD"), .revision = true};
  if (!find_revision(diff, STR("HEAD"), &diff->was.texts, &why))
    return command_fail("there is no last commit to compare with: " STR_FMT, STR_ARG(why)), false;
  return load_states(diff, diff->words, diff->count);
}

/* What could not be understood is compared as far as it goes. */
static void tell_errors(const State *state, Str where) {
  size_t errors = command_errors(state->project);
  if (errors > 0)
    command_fail(STR_FMT " has %zu %s; what is wrong there is left out of the comparison", STR_ARG(where), errors,
                 errors == 1 ? "error" : "errors");
}

static int draw(const Diff *diff, const Differences *differences, const JourneyDifference *journey, const char *folder,
                int format) {
  Buf out = {0};
  Str before = diff->from ? STR("") : differences->was;
  const View *view =
      view_of_difference(differences->comparison, journey, before, diff->was.figures, diff->is.figures, diff->arena);
  (format == HTML ? html_write : svg_write)(view, &out);
  const char *ending = format == HTML ? ".diff.html" : ".diff.svg";
  Str path = command_drawing(diff->is.project, journey->is, folder, ending, diff->arena);
  int code = command_write(path, buf_str(&out), diff->arena);
  buf_free(&out);
  return code;
}

/* Both sides are counted from the files as they are now: what differs then is what the map asks of them. */
static void count_figures(Diff *diff) {
  diff->is.figures = command_figures(diff->is.project, NULL, diff->arena);
  bool one = diff->was.project == diff->is.project;
  diff->was.figures = one ? diff->is.figures : command_figures(diff->was.project, NULL, diff->arena);
}

/* All maps that differ and are still there. */
static int draw_all(Diff *diff, const Differences *differences, const char *folder, int format) {
  const Comparison *comparison = differences->comparison;
  int code = EXIT_CLEAN, drawn = 0;
  if (!command_make_folder(folder, diff->arena)) return EXIT_COULD_NOT_RUN;
  count_figures(diff);
  for (uint32_t i = 0; i < comparison->journey_count && code == EXIT_CLEAN; i++) {
    const JourneyDifference *journey = &comparison->journeys[i];
    if (journey->difference == NONE || !journey->is) continue;
    code = draw(diff, differences, journey, folder, format);
    drawn++;
  }
  if (drawn == 0) command_fail("no map differs in meaning, so none is drawn");
  return code;
}

static int write_all(const Differences *differences, int format, TerminalStyle style) {
  Buf out = {0};
  if (format == JSON) differences_write_json(differences, &out);
  else if (format == MARKDOWN) differences_write_markdown(differences, &out);
  else differences_write_text(differences, style, &out);
  int code = command_print(buf_str(&out));
  buf_free(&out);
  return code;
}

static int compare_both(Diff *diff, int format, const char *folder, TerminalStyle style, bool exit_code) {
  bool one = diff->is.project == diff->was.project;
  tell_errors(&diff->was, one ? STR("this project") : diff->was.name);
  if (!one) tell_errors(&diff->is, diff->is.name);
  const Comparison *comparison =
      diff->from ? compare_journeys(diff->was.project, diff->from, diff->is.project, diff->to, diff->arena)
                 : compare_projects(diff->was.project, diff->is.project, diff->arena);
  Differences differences = {comparison, diff->was.name, diff->is.name};
  int code = format >= HTML ? draw_all(diff, &differences, folder, format) : write_all(&differences, format, style);
  return code == EXIT_CLEAN && exit_code && differences_any(comparison) ? EXIT_FOUND : code;
}

static int run(int argc, char **argv) {
  const char *format_text = "text", *folder = ".", *width_text = NULL, *today = NULL;
  bool exit_code = false, ascii = false;
  Diff diff = {0};
  const Option options[] = {{"format", 0, NULL, &format_text},
                            {"output", 'o', NULL, &folder},
                            {"exit-code", 0, &exit_code, NULL},
                            {"width", 0, NULL, &width_text},
                            {"ascii", 0, &ascii, NULL},
                            {"today", 0, NULL, &today},
                            {0}};
  TerminalStyle style;
  if (!options_read(&verb_diff, argc, argv, options, &diff.words, &diff.count)) return EXIT_COULD_NOT_RUN;
  int format = option_choice("format", format_text, formats), code = EXIT_COULD_NOT_RUN;
  if (format < 0 || !option_style(width_text, ascii, &style) || !option_today(today, &diff.today)) return code;
  diff.arena = arena_new();
  if (load_both(&diff)) code = compare_both(&diff, format, folder, style, exit_code);
  if (diff.was.project != diff.is.project) project_free(diff.was.project);
  project_free(diff.is.project);
  arena_free(diff.arena);
  return code;
}

const Verb verb_diff = {"diff", "what two states of the maps, or two maps, say differently", help, run};
