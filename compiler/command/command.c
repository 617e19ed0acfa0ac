#include "command/command.h"

#include <getopt.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/nearest.h"
#include "base/os.h"
#include "check/check.h"
#include "check/settle.h"
#include "command/progress.h"
#include "metric/metric.h"
#include "observe/logs.h"
#include "project/baseline.h"
#include "project/references.h"
#include "unit/value.h"
#include "write/diagnostics_text.h"
#include "write/excerpt.h"

/* What is said, safe for a terminal, with the line's end. */
static Buf line_of(const char *before, const char *format, va_list args) {
  Buf words = {0}, line = {0};
  buf_vprintf(&words, format, args);
  buf_add_c(&line, before);
  excerpt_add_name(&line, buf_str(&words));
  buf_add_byte(&line, '\n');
  buf_free(&words);
  return line;
}

static void write_aside(Buf line) {
  fwrite(line.at, 1, line.len, stderr);
  buf_free(&line);
}

int command_fail(const char *format, ...) {
  va_list args;
  va_start(args, format);
  write_aside(line_of("journey: ", format, args));
  va_end(args);
  return EXIT_COULD_NOT_RUN;
}

void command_note(const char *format, ...) {
  va_list args;
  va_start(args, format);
  write_aside(line_of("", format, args));
  va_end(args);
}

int command_tell(const char *format, ...) {
  va_list args;
  va_start(args, format);
  Buf line = line_of("", format, args);
  va_end(args);
  int code = command_print(buf_str(&line));
  buf_free(&line);
  return code;
}

int command_print(Str text) {
  Str why;
  if (os_write_stdout(text, &why)) return EXIT_CLEAN;
  return command_fail("standard output: can't be written: " STR_FMT, STR_ARG(why));
}

int command_write(Str path, Str text, Arena *arena) {
  Str why;
  if (str_is(path, STR("-"))) return command_print(text);
  if (os_write_file(arena, path.at, text, &why)) return command_tell(STR_FMT, STR_ARG(path));
  return command_fail(STR_FMT ": can't be written: " STR_FMT, STR_ARG(path), STR_ARG(why));
}

bool command_make_folder(const char *folder, Arena *arena) {
  Str why;
  if (strcmp(folder, "-") == 0 || os_make_folders(arena, folder, &why)) return true;
  return command_fail("%s: this folder can't be made: " STR_FMT, folder, STR_ARG(why)), false;
}

bool command_colour(int fd) {
  const char *no = getenv("NO_COLOR"), *terminal = getenv("TERM");
  return os_is_terminal(fd) && !(no && *no) && !(terminal && strcmp(terminal, "dumb") == 0);
}

DiagnosticsStyle command_diagnostics_style(int fd, bool all) {
  return (DiagnosticsStyle){command_colour(fd), all, os_terminal_width(fd)};
}

/* ---- options ---- */

enum { MOST_OPTIONS = 16 };

static void complain_option(const Verb *verb, const char *argument, const Option *options) {
  Str word = str_of(argument);
  while (word.len > 0 && word.at[0] == '-') word = str_slice(word, 1, word.len);
  Nearest nearest = nearest_to(str_cut(&word, '='));
  for (const Option *option = options; option->name; option++) nearest_offer(&nearest, str_of(option->name));
  if (nearest.best.len > 0)
    command_fail("%s has no option %s; did you mean --" STR_FMT "?", verb->name, argument, STR_ARG(nearest.best));
  else {
    Buf names = {0};
    for (const Option *option = options; option->name; option++)
      buf_printf(&names, "%s--%s", names.len > 0 ? ", " : "", option->name);
    if (names.len == 0) buf_add_c(&names, "none");
    command_fail("%s has no option %s; it has " STR_FMT " (`journey %s --help`)", verb->name, argument,
                 STR_ARG(buf_str(&names)), verb->name);
    buf_free(&names);
  }
}

bool options_read(const Verb *verb, int argc, char **argv, const Option *options, const char *const **paths,
                  size_t *count) {
  struct option longs[MOST_OPTIONS + 1] = {0};
  char letters[2 * MOST_OPTIONS + 2] = ":";
  int known = 0;
  for (; options[known].name; known++) {
    const Option *option = &options[known];
    longs[known] = (struct option){option->name, option->value ? required_argument : no_argument, NULL, known};
    if (!option->letter) continue;
    char letter[3] = {option->letter, option->value ? ':' : 0, 0};
    strcat(letters, letter);
  }
  opterr = 0;
  optind = 1;
  for (int got, at = 1; (got = getopt_long(argc, argv, letters, longs, NULL)) != -1; at = optind) {
    const Option *option = NULL;
    for (int i = 0; i < known; i++)
      if (got == i || (options[i].letter && got == options[i].letter)) option = &options[i];
    if (got == ':')
      return command_fail("%s needs a value; `journey %s --help` shows an example", argv[optind - 1], verb->name),
             false;
    if (!option) return complain_option(verb, argv[optind > at ? optind - 1 : at], options), false;
    if (option->value) *option->value = optarg;
    else *option->flag = true;
  }
  *paths = (const char *const *)argv + optind;
  *count = (size_t)(argc - optind);
  return true;
}

int option_choice(const char *option, const char *value, const char *const *choices) {
  Buf list = {0};
  for (int i = 0; choices[i]; i++) {
    if (strcmp(value, choices[i]) == 0) return buf_free(&list), i;
    buf_printf(&list, "%s%s", i == 0 ? "" : choices[i + 1] ? ", " : " or ", choices[i]);
  }
  command_fail("--%s takes " STR_FMT ", not %s", option, STR_ARG(buf_str(&list)), value);
  buf_free(&list);
  return -1;
}

bool option_today(const char *value, int32_t *today) {
  double days;
  *today = os_today();
  if (!value) return true;
  if (!value_date(str_of(value), &days))
    return command_fail("--today takes a date such as 2027-01-15, not %s", value), false;
  *today = (int32_t)days;
  return true;
}

static bool option_width(const char *value, int *width) {
  enum { NARROWEST = 30, WIDEST = 10000, WITHOUT_TERMINAL = 100 };
  char *end = NULL;
  if (!value) {
    int terminal = os_terminal_width(1);
    *width = terminal == 0 ? WITHOUT_TERMINAL : terminal < NARROWEST ? NARROWEST : terminal;
    return true;
  }
  long number = strtol(value, &end, 10);
  *width = (int)number;
  if (*end == 0 && number >= NARROWEST && number <= WIDEST) return true;
  return command_fail("--width takes a number from %d to %d, not %s", NARROWEST, WIDEST, value), false;
}

bool command_unicode(void) {
  setlocale(LC_CTYPE, "");
  bool utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
  setlocale(LC_CTYPE, "C");
  return utf8 || !os_is_terminal(1);
}

bool option_style(const char *width, bool ascii, TerminalStyle *style) {
  *style = (TerminalStyle){.colour = command_colour(1), .ascii = ascii || !command_unicode()};
  return option_width(width, &style->width);
}

/* ---- projects ---- */

Project *command_load(const CommandInput *input, Arena *arena) {
  ProjectOptions options = {.paths = input->paths,
                            .path_count = input->path_count,
                            .texts = input->texts,
                            .text_count = input->text_count,
                            .home = input->home,
                            .baseline = input->baseline,
                            .no_baseline = input->no_baseline,
                            .is_whole = input->is_whole,
                            .may_be_empty = input->may_be_empty,
                            .takes_pipes = true,
                            .no_scripts = input->no_scripts};
  Str text, why;
  if (!option_today(input->today, &options.today)) return NULL;
  if (command_reads_stdin(input)) {
    if (input->stdin_text) text = *input->stdin_text;
    else if (!os_read_stdin(arena, LIMIT_FILE_BYTES, &text, &why))
      return command_fail("standard input: can't be read: " STR_FMT, STR_ARG(why)), NULL;
    options.path_count = 0;
    options.stdin_text = &text;
    if (input->stdin_path) options.stdin_path = str_of(input->stdin_path);
  } else if (input->stdin_path)
    return command_fail("--stdin-path goes with `-`, which stands for standard input"), NULL;
  Project *project = project_load(&options, arena, &why);
  if (!project) command_fail(STR_FMT, STR_ARG(why));
  return project;
}

static EventLog *read_log(void *context, const Project *project, Ref evidence, Arena *arena) {
  (void)context;
  Progress progress;
  Str why;
  progress_begin(&progress);
  EventLog *log = log_read(project, evidence, progress_report, &progress, arena, &why);
  progress_end(&progress);
  return log;
}

void command_follow(const Project *p, const CommandInput *input, OsChanges *changes) {
  Arena *arena = arena_new();
  References spoken = {0};
  for (uint32_t u = 1; p && u < p->unit_count; u++) {
    if (p->units[u]->library) continue;
    os_changes_add(changes, p->units[u]->source.path);
    references_of_unit(arena, p->units[u], &spoken);
  }
  for (size_t i = 0; i < spoken.list.len; i++) os_changes_add(changes, spoken.list.at[i].path);
  for (size_t i = 0; i < input->path_count; i++) os_changes_add(changes, str_of(input->paths[i]));
  if (!input->path_count) os_changes_add(changes, STR("."));
  vec_free(&spoken.list);
  arena_free(arena);
}

Evidence *command_evidence(Project *project, Arena *arena, Diagnostics *to) {
  Diagnostics nowhere = {.arena = arena};
  Progress progress;
  progress_begin(&progress);
  Evidence *evidence = evidence_read(project, progress_report, &progress, arena, to ? to : &nowhere);
  progress_end(&progress);
  evidence_keep_logs(evidence, event_logs_new(project, read_log, NULL, arena));
  vec_free(&nowhere.list);
  return evidence;
}

Diagnostics command_check_baseline(Project *project, Evidence **evidence, size_t *needless, Arena *arena) {
  Diagnostics all = {.arena = arena};
  for (uint32_t u = 0; u < project->unit_count; u++)
    for (size_t i = 0; i < project->units[u]->diagnostics.list.len; i++)
      vec_push(&all.list, project->units[u]->diagnostics.list.at[i]);
  for (size_t i = 0; i < project->diagnostics.list.len; i++) vec_push(&all.list, project->diagnostics.list.at[i]);
  Evidence *read = command_evidence(project, arena, &all);
  if (evidence) *evidence = read;
  check_project(project, read, &all);
  metrics_check(project, read, &all);
  diagnostics_settle(project, &all);
  *needless = baseline_leave_out(project, &all);
  return all;
}

Diagnostics command_check(Project *project, Evidence **evidence, Arena *arena) {
  size_t needless;
  return command_check_baseline(project, evidence, &needless, arena);
}

bool command_sound(Project *project, Evidence **evidence, Arena *arena) {
  Diagnostics all = command_check(project, evidence, arena);
  size_t kept = 0, errors = diagnostics_count(&all, SEVERITY_ERROR);
  for (size_t i = 0; i < all.list.len; i++)
    if (all.list.at[i].severity == SEVERITY_ERROR) all.list.at[kept++] = all.list.at[i];
  all.list.len = kept;
  if (errors > 0) {
    Buf text = {0};
    diagnostics_write_text(project, &all, command_diagnostics_style(2, false), &text);
    fwrite(text.at, 1, text.len, stderr);
    buf_free(&text);
  }
  vec_free(&all.list);
  return errors == 0;
}

size_t command_errors(const Project *project) {
  size_t errors = diagnostics_count(&project->diagnostics, SEVERITY_ERROR);
  for (uint32_t u = 0; u < project->unit_count; u++)
    errors += diagnostics_count(&project->units[u]->diagnostics, SEVERITY_ERROR);
  return errors;
}

int command_end(const Project *project, int code) {
  if (command_errors(project) == 0) return code;
  command_fail("there are errors in these files, so that something may be missing; `journey check` says which");
  return code == EXIT_CLEAN ? EXIT_FOUND : code;
}

/* ---- journeys ---- */

static bool is_asked_for(const Project *project, const CommandInput *input, const Journey *journey) {
  if (!project_is_own(project, journey->at.unit)) return false;
  bool only_files = input->path_count > 0;
  uint64_t identity = os_identity(project->units[journey->at.unit]->source.path.at);
  for (size_t i = 0; i < input->path_count; i++) {
    if (os_kind(input->paths[i]) != OS_FILE) only_files = false;
    else if (os_identity(input->paths[i]) == identity) return true;
  }
  return !only_files;
}

Journeys command_journeys(const Project *project, const CommandInput *input, Arena *arena) {
  Journeys journeys = {.at = ARENA_ARRAY(arena, const Journey *, project->journey_count)};
  for (uint32_t i = 0; i < project->journey_count; i++)
    if (is_asked_for(project, input, &project->journeys[i])) journeys.at[journeys.count++] = &project->journeys[i];
  return journeys;
}

Str command_drawing(const Project *project, const Journey *journey, const char *folder, const char *ending,
                    Arena *arena) {
  if (strcmp(folder, "-") == 0) return STR("-");
  Str id = unit_id(project_unit(project, journey->at), journey->at.at);
  int same = 0;
  for (const Journey *other = project->journeys; other < journey; other++)
    same += str_is(unit_id(project_unit(project, other->at), other->at.at), id);
  Str number = same ? arena_format(arena, "-%d", same + 1) : STR("");
  Str name = arena_format(arena, STR_FMT STR_FMT "%s", STR_ARG(id), STR_ARG(number), ending);
  return strcmp(folder, ".") == 0 ? name : os_beside(arena, arena_format(arena, "%s/", folder), name);
}
