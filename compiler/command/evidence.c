#include "write/evidence.h"
#include "command/command.h"

static const char help[] =
    "journey evidence [PATH…]   the files that your evidence names: how each was read, and what is counted from it\n"
    "\n"
    "  $ journey evidence                        all files of the project around this folder\n"
    "  $ journey evidence people.journey         those of one file of declarations\n"
    "  $ journey evidence --format json | jq '.files[] | {path, rows, badRows}'\n"
    "\n"
    "A file is bound by its columns:\n"
    "  evidence survey \"Exit survey\" {\n"
    "    method survey\n"
    "    file   \"data/exit.csv\"\n"
    "    column score \"How likely are you to recommend us?\"\n"
    "    column date  \"Answered on\"\n"
    "  }\n"
    "What is not said of it is found out: format, delimiter, encoding, decimal sign, order of dates. What is wrong\n"
    "with a file, `journey check` says. docs/evidence.md tells all that can be bound, and how.\n"
    "\n"
    "  --format text|json\n"
    "  --width N      columns; the terminal's width where not given, 100 where there is no terminal\n"
    "  --ascii        only letters that every terminal has\n"
    "  --today DATE   the date against which freshness is held; today where not given\n"
    "\n"
    "Exit code: 0 all files were read, 1 one could not be, or there are other errors, 2 could not run.\n";

static int show(Project *project, bool json, TerminalStyle style, Arena *arena) {
  Diagnostics said = {.arena = arena};
  Evidence *evidence = command_evidence(project, arena, &said);
  const EvidenceFile *files;
  Buf out = {0};
  diagnostics_sort(&said);
  EvidenceReport report = {project, evidence, &said};
  int code = EXIT_CLEAN;
  if (json) evidence_write_json(&report, &out);
  else if (evidence_files(evidence, &files) > 0) evidence_write_text(&report, style, &out);
  else
    code = command_fail("no evidence here names a file; `journey evidence --help` shows how one does: file "
                        "\"data/exit.csv\"");
  if (out.len > 0) code = command_print(buf_str(&out));
  if (code == EXIT_CLEAN && diagnostics_count(&said, SEVERITY_ERROR) > 0) code = EXIT_FOUND;
  buf_free(&out);
  vec_free(&said.list);
  return command_end(project, code);
}

static int run(int argc, char **argv) {
  static const char *const formats[] = {"text", "json", NULL};
  const char *width_text = NULL, *format_text = "text";
  bool ascii = false;
  TerminalStyle style;
  CommandInput input = {0};
  const Option options[] = {{"format", 0, NULL, &format_text},
                            {"width", 0, NULL, &width_text},
                            {"ascii", 0, &ascii, NULL},
                            {"today", 0, NULL, &input.today},
                            {"stdin-path", 0, NULL, &input.stdin_path},
                            {0}};
  if (!options_read(&verb_evidence, argc, argv, options, &input.paths, &input.path_count)) return EXIT_COULD_NOT_RUN;
  int format = option_choice("format", format_text, formats), code = EXIT_COULD_NOT_RUN;
  if (format < 0 || !option_style(width_text, ascii, &style)) return code;
  Arena *arena = arena_new();
  Project *project = command_load(&input, arena);
  if (project) code = show(project, format == 1, style, arena);
  project_free(project);
  arena_free(arena);
  return code;
}

const Verb verb_evidence = {"evidence", "the files behind the numbers, how they were read, what they hold", help, run};
