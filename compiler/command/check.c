#include <stdio.h>

#include "base/os.h"
#include "command/baseline.h"
#include "command/command.h"
#include "command/fix.h"
#include "command/touched.h"
#include "write/diagnostics_ci.h"
#include "write/diagnostics_json.h"
#include "write/diagnostics_text.h"

static const char help[] =
    "journey check [PATH…]   says what is wrong (errors) or weak (warnings) in maps, and what to do\n"
    "\n"
    "  $ journey check                            the project around this folder\n"
    "  $ journey check onboarding.journey         a file, with all that it imports\n"
    "  $ journey check maps/ people.journey       folders and files\n"
    "  $ journey check - --stdin-path x.journey < text   unsaved text, as if it were that file\n"
    "  $ journey check --deny-warnings            for CI: warnings count as errors\n"
    "  $ journey check --format sarif > journey.sarif    for GitHub's code scanning; docs/ci.md shows what CI can "
    "read\n"
    "  $ journey check --fix                      mends slips of the fingers, and what else is beyond doubt\n"
    "  $ journey check --fix --dry-run            only shows what that would change\n"
    "  $ journey check --since main...            only what this branch has changed, and what depends on that\n"
    "  $ journey check --with-dependents *.csv    only these files, and what depends on them, as the hook does\n"
    "  $ journey check --write-baseline known.json   puts up with what is weak now: from then on only more is said\n"
    "  $ journey explain W0603                    the long story of a message\n"
    "\n"
    "  --format FORMAT      text for people (default), json for programs; for CI: sarif, junit, github or gitlab\n"
    "  --deny-warnings      exit with 1 also where there are only warnings\n"
    "  --today DATE         the date against which reviews and due dates are held; today where not given\n"
    "  --no-scripts         Lua files of the project are not run: for maps of people whom you don't trust yet\n"
    "  --fix                make the fixes that are sure; files are replaced, standard input goes to standard output\n"
    "  --dry-run            with --fix: write nothing, show the changed lines, and exit with 1 where there are any\n"
    "  --all                show all messages of a file, however many\n"
    "\n"
    "Only what changed, and the maps that depend on it (by `use`, data, Lua files, settings):\n"
    "  --since REVISION     what differs from it now, and files that git does not know yet; A...B as in `journey "
    "diff`.\n"
    "                       PATHs say where to look\n"
    "  --with-dependents    the PATHs are what changed, came or went\n"
    "  --gone               and files that the next commit takes away\n"
    "  --fmt                the maps among the PATHs are tidied first, as `journey fmt` does it\n"
    "\n"
    "Old warnings (a project's `baseline` names their file, so that checks and editors leave them out):\n"
    "  --write-baseline FILE   records the warnings, information and hints of the project; errors stay errors\n"
    "  --baseline FILE         leaves out what that file records, whatever the project names\n"
    "\n"
    "Exit code: 0 clean, 1 errors found, 2 could not run.\n";

/* The first is for people; `formats` names them. */
typedef enum { TEXT, JSON, SARIF, JUNIT, GITHUB, GITLAB } Format;
static const char *const formats[] = {"text", "json", "sarif", "junit", "github", "gitlab", NULL};

typedef struct {
  CommandInput input;
  bool deny, all, fix, dry_run;
  Format format;
  TouchedBy by;
  bool only_touched, with_dependents, fmt;
  Touched touched;
  const char *write_baseline;
} Check;

static void write_for_ci(const Check *check, const Project *project, const Diagnostics *all, Arena *arena, Buf *to) {
  const bool *checked = check->only_touched ? touched_units(&check->touched, project, arena) : NULL;
  CiReport report = {project, all, ci_root(project, arena), check->deny, checked, JOURNEY_VERSION};
  void (*const writers[])(const CiReport *, Buf *) = {[SARIF] = diagnostics_write_sarif,
                                                      [JUNIT] = diagnostics_write_junit,
                                                      [GITHUB] = diagnostics_write_github,
                                                      [GITLAB] = diagnostics_write_gitlab};
  writers[check->format](&report, to);
}

static void write(const Check *check, const Project *project, const Diagnostics *all, int fd, Arena *arena, Buf *to) {
  if (check->format == JSON) diagnostics_write_json(project, all, to);
  else if (check->format != TEXT) write_for_ci(check, project, all, arena, to);
  else if (check->only_touched && all->list.len == 0) buf_add(to, touched_summary(&check->touched, project, arena));
  else diagnostics_write_text(project, all, command_diagnostics_style(fd, check->all), to);
}

static int show(const Check *check, Project *project, Arena *arena) {
  /* What --fix makes of standard input goes to standard output, and leaves the rest for standard error. */
  bool aside = check->fix && command_reads_stdin(&check->input);
  size_t needless;
  Diagnostics all = command_check_baseline(project, NULL, &needless, arena);
  bool knows_all = project->is_whole && !check->only_touched && diagnostics_count(&all, SEVERITY_ERROR) == 0;
  if (check->only_touched) touched_keep(&check->touched, project, &all);
  Buf out = {0};
  write(check, project, &all, aside ? 2 : 1, arena, &out);
  int code = aside ? EXIT_CLEAN : command_print(buf_str(&out));
  if (aside) fwrite(out.at, 1, out.len, stderr);
  size_t found = diagnostics_count(&all, SEVERITY_ERROR);
  if (check->deny) found += diagnostics_count(&all, SEVERITY_WARNING);
  buf_free(&out);
  vec_free(&all.list);
  if (knows_all) command_tell_needless(project, needless);
  return code == EXIT_CLEAN && found > 0 ? EXIT_FOUND : code;
}

static int check_loaded(const Check *check, Project *project, Arena *arena) {
  int code = project ? show(check, project, arena) : EXIT_COULD_NOT_RUN;
  project_free(project);
  return code;
}

static int check_touched(Check *check, Arena *arena) {
  TouchedParts parts;
  int code = EXIT_CLEAN;
  if (!touched_find(&check->by, &check->input, &parts, arena)) return EXIT_COULD_NOT_RUN;
  if (parts.count > 1 && check->format != TEXT && check->format != GITHUB)
    return command_fail("these files belong to %zu projects, and this format tells of one; check them one by one",
                        parts.count);
  for (size_t i = 0; i < parts.count; i++) {
    check->touched = parts.at[i];
    int one = check_loaded(check, touched_load(&check->touched, arena), arena);
    touched_free(&check->touched);
    if (one > code) code = one;
  }
  return code;
}

static int check_all(Check *check, Arena *arena) {
  if (check->write_baseline) return command_write_baseline(&check->input, check->write_baseline, arena);
  if (check->fix) {
    FixStyle style = {check->dry_run, check->format != TEXT || command_reads_stdin(&check->input)};
    int code = command_fix(&check->input, style, arena);
    if (code != EXIT_CLEAN || check->dry_run) return code;
  }
  if (check->fmt && command_fmt(check->input.paths, check->input.path_count) != EXIT_CLEAN) return EXIT_COULD_NOT_RUN;
  if (check->only_touched) return check_touched(check, arena);
  return check_loaded(check, command_load(&check->input, arena), arena);
}

/* Options that contradict each other. */
static bool fits(const Check *check) {
  bool in = command_reads_stdin(&check->input);
  if (check->dry_run && !check->fix) command_fail("--dry-run goes with --fix, and shows what that would change");
  else if (check->by.since && check->with_dependents)
    command_fail("--since asks git what changed, --with-dependents is told; take one of them");
  else if ((check->by.gone || check->fmt) && !check->with_dependents)
    command_fail("%s goes with --with-dependents", check->fmt ? "--fmt" : "--gone");
  else if (check->only_touched && (check->fix || in))
    command_fail("%s goes without %s", check->by.since ? "--since" : "--with-dependents", in ? "`-`" : "--fix");
  else if (check->with_dependents && check->input.path_count == 0 && !check->by.gone)
    command_fail("--with-dependents takes the files that changed; `journey check --since HEAD` asks git for them");
  else if (check->write_baseline && (check->only_touched || check->fix || check->input.path_count > 0))
    command_fail("--write-baseline records the whole project; it goes without PATHs, --since and --fix");
  else if (check->write_baseline && check->input.baseline)
    command_fail("--write-baseline writes a file anew, --baseline reads one; take one of them");
  else if (check->input.baseline && os_kind(check->input.baseline) == OS_NOTHING)
    command_fail("%s: there is no such file; `journey check --write-baseline %s` writes it", check->input.baseline,
                 check->input.baseline);
  else if (check->input.baseline && os_kind(check->input.baseline) != OS_FILE)
    command_fail("%s: is no plain file; a baseline is one", check->input.baseline);
  else return true;
  return false;
}

static int run(int argc, char **argv) {
  Check check = {0};
  const char *format = "text";
  const Option options[] = {{"format", 0, NULL, &format},
                            {"deny-warnings", 0, &check.deny, NULL},
                            {"all", 0, &check.all, NULL},
                            {"fix", 0, &check.fix, NULL},
                            {"dry-run", 0, &check.dry_run, NULL},
                            {"no-scripts", 0, &check.input.no_scripts, NULL},
                            {"today", 0, NULL, &check.input.today},
                            {"stdin-path", 0, NULL, &check.input.stdin_path},
                            {"since", 0, NULL, &check.by.since},
                            {"with-dependents", 0, &check.with_dependents, NULL},
                            {"gone", 0, &check.by.gone, NULL},
                            {"fmt", 0, &check.fmt, NULL},
                            {"write-baseline", 0, NULL, &check.write_baseline},
                            {"baseline", 0, NULL, &check.input.baseline},
                            {0}};
  if (!options_read(&verb_check, argc, argv, options, &check.input.paths, &check.input.path_count))
    return EXIT_COULD_NOT_RUN;
  int chosen = option_choice("format", format, formats);
  if (chosen < 0) return EXIT_COULD_NOT_RUN;
  check.format = (Format)chosen;
  check.only_touched = check.by.since || check.with_dependents;
  check.by.extra = check.input.baseline;
  if (!fits(&check)) return EXIT_COULD_NOT_RUN;
  Arena *arena = arena_new();
  int code = check_all(&check, arena);
  arena_free(arena);
  return code;
}

const Verb verb_check = {"check", "what is wrong or weak in maps, and what to do", help, run};
