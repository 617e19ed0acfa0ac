/* The command line: one file a verb, each with its help; what they share stands here. */
#ifndef JOURNEY_COMMAND_COMMAND_H
#define JOURNEY_COMMAND_COMMAND_H

#include "base/os_watch.h"
#include "evidence/evidence.h"
#include "metric/figures.h"
#include "write/diagnostics_text.h"
#include "write/terminal.h"

enum { EXIT_CLEAN = 0, EXIT_FOUND = 1, EXIT_COULD_NOT_RUN = 2 };

typedef struct {
  const char *name;
  const char *line; /* what it does, in a line of the general help */
  const char *help; /* teaches by example */
  /* `paths` are the arguments that are no options. Returns the exit code. */
  int (*run)(int argc, char **argv);
} Verb;

extern const Verb verb_evidence, verb_check, verb_fmt, verb_build, verb_show, verb_score, verb_paths, verb_plan,
    verb_diff, verb_report, verb_import, verb_init, verb_new, verb_test, verb_explain, verb_observe, verb_preview,
    verb_lsp;

/* ---- options ---- */

typedef struct {
  const char *name;   /* "format": --format; ended by NULL */
  char letter;        /* 'o': -o; 0: none */
  bool *flag;         /* an option without a value … */
  const char **value; /* … or with one */
} Option;

/* Takes the options out of argv: what is left are `*paths`. On a wrong one says so, and which one may be meant. */
bool options_read(const Verb *verb, int argc, char **argv, const Option *options, const char *const **paths,
                  size_t *count);
/* "--format svg": which of the choices it is (ended by NULL); -1 after saying which there are. */
int option_choice(const char *option, const char *value, const char *const *choices);
/* --today 2026-11-22, for checks that come out the same every day; the system's date where `value` is NULL. */
bool option_today(const char *value, int32_t *today);

/* How standard output is written. --width 120: the terminal's where `width` is NULL; false after saying which numbers
 * it takes. `ascii` is --ascii. */
bool option_style(const char *width, bool ascii, TerminalStyle *style);

/* Tidies those of the files that are maps and are there, and says which it changed, as `journey fmt` does it.
 * EXIT_CLEAN, or EXIT_COULD_NOT_RUN after saying why not all of them. */
int command_fmt(const char *const *paths, size_t count);

/* ---- what verbs share ---- */

/* A line on standard error, "journey: …". Names of files may hold anything: what a terminal would obey, and line ends,
 * are shown as U+FFFD, here and in the next two. Returns EXIT_COULD_NOT_RUN. */
int command_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A line on standard error without "journey: ". */
void command_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A line on standard output. Returns EXIT_CLEAN, or says why not. */
int command_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* To standard output. Returns EXIT_CLEAN, or says why not. */
int command_print(Str text);
/* Whether to use colour on standard output (1) or error (2): a terminal, and no $NO_COLOR. */
bool command_colour(int fd);
/* How diagnostics are shown there. */
DiagnosticsStyle command_diagnostics_style(int fd, bool all);
/* Whether standard output takes more than ASCII: no terminal, or one that is set to UTF-8. */
bool command_unicode(void);
/* Into the file, whose path is then told on standard output; "-" is standard output itself. Says why not. */
int command_write(Str path, Str text, Arena *arena);
/* Makes the folder for drawings; "-" is standard output. False after saying why not. */
bool command_make_folder(const char *folder, Arena *arena);

typedef struct {
  const char *const *paths;
  size_t path_count;
  const char *today;        /* --today */
  const char *stdin_path;   /* --stdin-path */
  const Str *stdin_text;    /* NULL: it is yet to be read */
  const ProjectText *texts; /* that stand for files, in byte order of their paths */
  size_t text_count;
  const char *home; /* this, is_whole, may_be_empty: as in ProjectOptions */
  bool is_whole, may_be_empty;
  const char *baseline; /* this and no_baseline: as in ProjectOptions */
  bool no_baseline;
  bool no_scripts; /* --no-scripts: Lua files of the project are not run */
} CommandInput;

/* Loads the paths ("-" is standard input), or the project around the working folder. NULL after saying why not. */
Project *command_load(const CommandInput *input, Arena *arena);
/* Whether the input is "-", standard input. */
static inline bool command_reads_stdin(const CommandInput *input) {
  return input->path_count == 1 && strcmp(input->paths[0], "-") == 0;
}
/* Adds what `project` was made of, and all that its files speak of, be it there or not. NULL: it could not be loaded.
 */
void command_follow(const Project *project, const CommandInput *input, OsChanges *changes);
/* What the files say that evidence names; what is wrong with them goes `to`, where that is not NULL. Nothing is read
 * where no evidence names one. Shows how far it is (command/progress.h); Ctrl-C ends the program. */
Evidence *command_evidence(Project *project, Arena *arena, Diagnostics *to);
/* All diagnostics of the project: of files, linking, evidence, checks and expectations; settled and sorted. Free its
 * list. Where `evidence` is not NULL, it gets what was read. */
Diagnostics command_check(Project *project, Evidence **evidence, Arena *arena);
/* The same; `*needless`: how many entries of the project's baseline list more than there is. */
Diagnostics command_check_baseline(Project *project, Evidence **evidence, size_t *needless, Arena *arena);
/* For verbs that need a sound project: prints the errors and returns false where there are any. `evidence` as above. */
bool command_sound(Project *project, Evidence **evidence, Arena *arena);
/* What the measures that state no value come to, from what was read, or read now where `evidence` is NULL; nothing is
 * read or counted where all of them state one. */
const Figures *command_figures(Project *project, const Evidence *evidence, Arena *arena);
/* How many errors there are in files and names of the project; checks and expectations are not asked. */
size_t command_errors(const Project *project);
/* For verbs that go as far as they can: says that something may be missing where there are such errors, and turns
 * EXIT_CLEAN to EXIT_FOUND. */
int command_end(const Project *project, int code);

typedef struct {
  const Journey **at;
  uint32_t count;
} Journeys;
/* Those that stand in files that the user named, not in such as are only imported. Lives in the arena. */
Journeys command_journeys(const Project *project, const CommandInput *input, Arena *arena);
/* The file of a journey's drawing in the folder: "out/onboarding.svg" for the ending ".svg". Two journeys of one name,
 * in two files, have two of them. "-" where the folder is that. */
Str command_drawing(const Project *project, const Journey *journey, const char *folder, const char *ending,
                    Arena *arena);

#endif
