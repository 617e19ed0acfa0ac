#include <time.h>

#include "base/embedded.h"
#include "base/nearest.h"
#include "base/os.h"
#include "command/command.h"
#include "write/excerpt.h"
#include "write/json_out.h"
#include "write/thumbnail.h"

static const char help[] =
    "journey new [TEMPLATE] [DIR]   writes a map to start from\n"
    "\n"
    "  $ journey new                                      current-state.journey, in this folder\n"
    "  $ journey new saas-onboarding maps                 another template, into the folder maps\n"
    "  $ journey new --list                               all templates\n"
    "\n"
    "  --format text|json   of the list: for people (default) or for programs\n"
    "  --today DATE         the date on which the map is taken; today where not given\n"
    "\n"
    "A file that is there already is never written over.\n";

static const Str templates = STR("stdlib/templates/"), ending = STR(".journey");

static bool is_template(const EmbeddedFile *file) { return str_starts(str_of(file->path), templates); }

static Str template_name(const EmbeddedFile *file) {
  Str path = str_of(file->path);
  return str_slice(path, templates.len, path.len - ending.len);
}

/* The first `///` line of a template says what it is for. */
static Str template_line(const EmbeddedFile *file) {
  for (Str rest = file->text; rest.len > 0;) {
    Str line = str_trim(str_cut(&rest, '\n'));
    if (str_starts(line, STR("///"))) return str_trim(str_slice(line, 3, line.len));
  }
  return STR("");
}

/* The template's last journey: of a map and its future, the future. */
static void draw_template(const EmbeddedFile *file, int32_t today, Buf *to) {
  enum { WIDTH = 64 };
  Arena *arena = arena_new();
  Str why;
  const ProjectOptions options = {.stdin_text = &file->text, .stdin_path = template_name(file), .today = today};
  Project *project = project_load(&options, arena, &why);
  if (project && project->journey_count > 0)
    thumbnail_write(view_new(project, &project->journeys[project->journey_count - 1], NULL, arena), 2, WIDTH,
                    !command_unicode(), to);
  project_free(project);
  arena_free(arena);
}

/* [{name, about, picture}] */
static void list_as_json(int32_t today, Buf *to) {
  JsonOut out = json_out(to);
  json_begin_array(&out, NULL);
  for (const EmbeddedFile *file = embedded_files; file->path; file++) {
    if (!is_template(file)) continue;
    Buf picture = {0};
    draw_template(file, today, &picture);
    json_begin_object(&out, NULL);
    json_str(&out, "name", template_name(file));
    json_str(&out, "about", template_line(file));
    json_str(&out, "picture", buf_str(&picture));
    json_end_object(&out);
    buf_free(&picture);
  }
  json_end_array(&out);
  json_end(&out);
}

static void list_as_text(int32_t today, Buf *to) {
  for (const EmbeddedFile *file = embedded_files; file->path; file++) {
    if (!is_template(file)) continue;
    Str name = template_name(file), line = template_line(file);
    buf_printf(to, STR_FMT "\n  " STR_FMT "\n\n", STR_ARG(name), STR_ARG(line));
    draw_template(file, today, to);
    buf_add_byte(to, '\n');
  }
  buf_add_c(to, "Take one: journey new NAME\n");
}

static int list_templates(int32_t today, bool json) {
  Buf out = {0};
  (json ? list_as_json : list_as_text)(today, &out);
  int code = command_print(buf_str(&out));
  buf_free(&out);
  return code;
}

static const EmbeddedFile *find_template(Str name) {
  Nearest nearest = nearest_to(name);
  for (const EmbeddedFile *file = embedded_files; file->path; file++) {
    if (!is_template(file)) continue;
    if (str_is(template_name(file), name)) return file;
    nearest_offer(&nearest, template_name(file));
    nearest_offer_part(&nearest, template_name(file));
  }
  if (nearest.best.len > 0)
    command_fail("there is no template " STR_FMT "; did you mean " STR_FMT "?", STR_ARG(name), STR_ARG(nearest.best));
  else command_fail("there is no template " STR_FMT "; `journey new --list` shows which there are", STR_ARG(name));
  return NULL;
}

static void add_date(Buf *to, int32_t days) {
  time_t seconds = (time_t)days * 86400;
  struct tm date;
  char text[16];
  gmtime_r(&seconds, &date);
  strftime(text, sizeof text, "%Y-%m-%d", &date);
  buf_add_c(to, text);
}

/* The templates were reviewed on the day on which they are taken, and plan for three months later. */
static Str dated(Arena *arena, Str text, int32_t today) {
  static const Str reviewed = STR("2026-11-22"), due = STR("2027-02-26");
  Buf to = {0};
  while (text.len > 0) {
    bool now = str_starts(text, reviewed), later = str_starts(text, due);
    if (now || later) add_date(&to, today + (now ? 0 : 96));
    else buf_add_byte(&to, text.at[0]);
    text = str_slice(text, now || later ? reviewed.len : 1, text.len);
  }
  return buf_take(&to, arena);
}

static int write_template(Arena *arena, const EmbeddedFile *file, const char *folder, int32_t today) {
  Str why;
  if (!os_make_folders(arena, folder, &why))
    return command_fail("%s: this folder can't be made: " STR_FMT, folder, STR_ARG(why));
  Str name = arena_format(arena, STR_FMT ".journey", STR_ARG(template_name(file)));
  Str path = strcmp(folder, ".") == 0 ? name : arena_format(arena, "%s/" STR_FMT, folder, STR_ARG(name));
  if (os_kind(path.at) != OS_NOTHING)
    return command_fail(STR_FMT ": is there already; name another folder: journey new " STR_FMT " DIR", STR_ARG(path),
                        STR_ARG(template_name(file)));
  if (!os_write_file(arena, path.at, dated(arena, file->text, today), &why))
    return command_fail(STR_FMT ": can't be written: " STR_FMT, STR_ARG(path), STR_ARG(why));
  Str shown = excerpt_name(arena, path);
  return command_print(
      arena_format(arena, "%s\n\nNow: journey check %s, then journey build %s\n", shown.at, shown.at, shown.at));
}

static int run(int argc, char **argv) {
  bool list = false;
  const char *const *words;
  size_t count;
  static const char *const formats[] = {"text", "json", NULL};
  const char *date = NULL, *format = "text";
  int32_t today;
  const Option options[] = {{"list", 'l', &list, NULL}, {"format", 0, NULL, &format}, {"today", 0, NULL, &date}, {0}};
  if (!options_read(&verb_new, argc, argv, options, &words, &count) || !option_today(date, &today))
    return EXIT_COULD_NOT_RUN;
  int chosen = option_choice("format", format, formats);
  if (chosen < 0) return EXIT_COULD_NOT_RUN;
  if (list) return list_templates(today, chosen == 1);
  if (chosen == 1) return command_fail("--format goes with --list: journey new --list --format json");
  if (count > 2) return command_fail("new takes a template and a folder, no more: journey new TEMPLATE DIR");
  const EmbeddedFile *file = find_template(count > 0 ? str_of(words[0]) : STR("current-state"));
  if (!file) return EXIT_COULD_NOT_RUN;
  Arena *arena = arena_new();
  int code = write_template(arena, file, count > 1 ? words[1] : ".", today);
  arena_free(arena);
  return code;
}

const Verb verb_new = {"new", "a map to start from", help, run};
