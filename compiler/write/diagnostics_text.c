#include "write/diagnostics_text.h"

#include "base/limits.h"
#include "write/excerpt.h"
#include "write/places.h"
#include "write/terminal_grid.h"

enum { WIDTH = 80 /* of an excerpt, where the terminal isn't narrower */, NARROWEST = 40 };
#define FIX_SHOWN 60 /* bytes of a replaced text that are still quoted */

typedef struct {
  const Project *project;
  Places *places;
  Buf *to;
  bool colour;
  int width; /* 0: nothing wraps */
  Arena *arena;
} Out;

#define RED "1;31"
#define YELLOW "1;33"
#define MAGENTA "35"
#define BLUE "34"
#define CYAN "36"
#define BOLD "1"

static void style(Out *out, const char *codes) {
  if (out->colour) buf_printf(out->to, "\033[%sm", codes);
}

static void plain(Out *out) { style(out, "0"); }

static void add_styled(Out *out, const char *codes, Str text) {
  style(out, codes);
  excerpt_add_safe(out->to, text);
  plain(out);
}

/* A line of a text that goes on at `column`, in as many as the terminal's width asks for. */
static void add_wrapped(Out *out, Str line, size_t column, size_t indent) {
  Buf safe = {0};
  Str *lines;
  buf_repeat(&safe, STR("x"), column - indent); /* what stands there already takes its room */
  excerpt_add_safe(&safe, line);
  size_t count = grid_wrap(out->arena, buf_str(&safe), out->width - (int)indent, &lines);
  for (size_t i = 0; i < count; i++) {
    if (i) buf_add_byte(out->to, '\n'), buf_repeat(out->to, STR(" "), indent);
    buf_add(out->to, i ? lines[i] : str_slice(lines[i], column - indent, lines[i].len));
  }
  buf_free(&safe);
}

/* A text behind what takes `column` columns; lines after the first are indented by `indent`, which is not more. */
static void add_lines(Out *out, Str text, size_t column, size_t indent) {
  for (Str line = str_cut(&text, '\n');; line = str_cut(&text, '\n')) {
    if (out->width > 0 && column + 20 < (size_t)out->width) add_wrapped(out, line, column, indent);
    else excerpt_add_safe(out->to, line);
    buf_add_byte(out->to, '\n');
    if (!text.len) return;
    buf_repeat(out->to, STR(" "), indent);
    column = indent;
  }
}

static bool has_place(const Out *out, uint32_t unit) { return unit < out->project->unit_count; }

static unsigned digits_of(uint32_t number) {
  unsigned digits = 1;
  while (number >= 10) {
    number /= 10;
    digits++;
  }
  return digits;
}

/* Returns the columns that it takes. */
static size_t write_path(Out *out, uint32_t unit, Position position) {
  style(out, BOLD);
  size_t start = out->to->len;
  excerpt_add_name(out->to, out->project->units[unit]->source.path);
  buf_printf(out->to, ":%u:%u", position.line, position.column);
  size_t columns = (size_t)grid_columns(str_slice(buf_str(out->to), start, out->to->len));
  plain(out);
  return columns;
}

static void write_gutter(Out *out, unsigned digits, uint32_t line) {
  style(out, BLUE);
  if (line) buf_printf(out->to, "  %*u | ", (int)digits, line);
  else buf_printf(out->to, "  %*s | ", (int)digits, "");
  plain(out);
}

/* The line with the place marked under it, the main one behind an empty line; nothing where the line is empty. */
static void write_excerpt(Out *out, uint32_t unit, Span span, uint32_t line_number, char mark_with, const char *codes) {
  const Source *source = &out->project->units[unit]->source;
  Span line = places_line(out->places, unit, span.start);
  Str text = source_text(source, line);
  if (!str_trim(text).len) return;
  if (mark_with == '^') buf_add_byte(out->to, '\n');
  size_t start = span.start - line.start, end = span.end > line.end ? line.end : span.end;
  unsigned digits = digits_of(line_number) < 3 ? 3 : digits_of(line_number);
  unsigned width = out->width > 0 && out->width < WIDTH ? (unsigned)out->width : WIDTH;
  write_gutter(out, digits, line_number);
  ExcerptMark mark = excerpt_write(out->to, text, start, end > line.start ? end - line.start : 0, width - digits - 5);
  buf_add_byte(out->to, '\n');
  write_gutter(out, digits, 0);
  buf_repeat(out->to, STR(" "), mark.indent);
  style(out, codes);
  buf_repeat(out->to, (Str){&mark_with, 1}, mark.width);
  plain(out);
  buf_add_byte(out->to, '\n');
}

static void write_related(Out *out, const Related *related) {
  if (!related->text.len) return;
  buf_add(out->to, STR("\n  "));
  if (has_place(out, related->unit)) {
    Position position = places_position(out->places, related->unit, related->span.start);
    size_t columns = write_path(out, related->unit, position);
    buf_add(out->to, STR(": "));
    add_lines(out, related->text, columns + 4, 4);
    write_excerpt(out, related->unit, related->span, position.line, '-', BLUE);
  } else {
    add_lines(out, related->text, 2, 2);
  }
}

/* A text of the fix, where it is short enough to be quoted. */
static bool is_quotable(Str text) { return text.len <= FIX_SHOWN && !memchr(text.at ? text.at : "", '\n', text.len); }

static void write_replacement(Out *out, Str replacement) {
  if (is_quotable(replacement)) {
    buf_add_byte(out->to, '`');
    excerpt_add_safe(out->to, replacement);
    buf_add_byte(out->to, '`');
    return;
  }
  buf_add(out->to, STR("\n          "));
  replacement = str_trim(replacement);
  for (Str line = str_cut(&replacement, '\n');; line = str_cut(&replacement, '\n')) {
    excerpt_add_safe(out->to, line);
    if (!replacement.len) return;
    buf_add(out->to, STR("\n          "));
  }
}

static void write_fix(Out *out, const Diagnostic *diagnostic) {
  Str old = str_trim(source_text(&out->project->units[diagnostic->unit]->source, diagnostic->fix));
  Str added = diagnostic->replacement, replacement = str_trim(added);
  buf_add(out->to, STR("  "));
  add_styled(out, CYAN, STR("fix:"));
  if (!added.len) {
    buf_add(out->to, STR("  remove "));
    if (is_quotable(old) && old.len) write_replacement(out, old);
    else buf_add_c(out->to, old.len ? "what is marked" : "the space");
  } else {
    buf_add_c(out->to, old.len ? "  write " : "  add ");
    write_replacement(out, replacement.len ? replacement : STR("a space"));
    if (old.len && is_quotable(old) && is_quotable(replacement)) {
      buf_add(out->to, STR(" instead of "));
      write_replacement(out, old);
    }
  }
  buf_add_byte(out->to, '\n');
}

/* "did you mean `owner`?" needs no line more that says: write `owner`. */
static bool says_fix(const Diagnostic *diagnostic) {
  Str help = diagnostic->help, fix = str_trim(diagnostic->replacement);
  return fix.len && help.len && diagnostic->fix.start == diagnostic->span.start &&
         diagnostic->fix.end == diagnostic->span.end && memmem(help.at, help.len, fix.at, fix.len);
}

static void write_advice(Out *out, const Diagnostic *diagnostic) {
  bool fix = diagnostic->has_fix && has_place(out, diagnostic->unit) && !says_fix(diagnostic);
  if (!fix && !diagnostic->help.len) return;
  buf_add_byte(out->to, '\n');
  if (diagnostic->help.len) {
    buf_add(out->to, STR("  "));
    add_styled(out, CYAN, STR("help:"));
    buf_add_byte(out->to, ' ');
    add_lines(out, diagnostic->help, 8, 8);
  }
  if (fix) write_fix(out, diagnostic);
}

/* Information and hints are quiet: nothing of them is bold, and the line at which they point is not shown. */
static bool is_quiet(const Diagnostic *diagnostic) { return diagnostic->severity > SEVERITY_WARNING; }

static void write_diagnostic(Out *out, const Diagnostic *diagnostic) {
  static const char *const colours[] = {RED, YELLOW, CYAN, MAGENTA};
  const char *codes = colours[diagnostic->severity];
  bool quiet = is_quiet(diagnostic);
  style(out, codes);
  size_t start = out->to->len;
  buf_printf(out->to, "%s " STR_FMT, diagnostic_severity_word(diagnostic->severity),
             STR_ARG(diagnostic_label(diagnostic)));
  size_t column = (size_t)grid_columns(str_slice(buf_str(out->to), start, out->to->len)) + 2;
  plain(out);
  buf_add(out->to, STR(": "));
  if (!quiet) style(out, BOLD);
  add_lines(out, diagnostic->message, column, out->width > 0 ? column : 2);
  if (!quiet) plain(out);
  if (has_place(out, diagnostic->unit)) {
    Position position = places_position(out->places, diagnostic->unit, diagnostic->span.start);
    buf_add(out->to, STR("  "));
    write_path(out, diagnostic->unit, position);
    buf_add_byte(out->to, '\n');
    if (!quiet) write_excerpt(out, diagnostic->unit, diagnostic->span, position.line, '^', codes);
  }
  for (uint32_t i = 0; i < diagnostic->related_count && !quiet; i++) write_related(out, &diagnostic->related[i]);
  write_advice(out, diagnostic);
  buf_add_byte(out->to, '\n');
}

static void write_rest(Out *out, uint32_t unit, size_t hidden) {
  if (!hidden) return;
  buf_printf(out->to, "%zu more", hidden);
  if (has_place(out, unit)) {
    buf_add(out->to, STR(" in "));
    excerpt_add_name(out->to, out->project->units[unit]->source.path);
  }
  buf_add(out->to, STR("; `--all` shows them\n\n"));
}

static void write_count(Buf *to, size_t count, const char *what) {
  buf_printf(to, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

/* "1 error, 2 warnings, 3 for information, 1 hint" */
static void write_counts(Out *out, const Diagnostics *list) {
  static const char *const words[] = {"error", "warning", NULL, "hint"};
  size_t left = 0;
  for (int severity = 0; severity < SEVERITY_OFF; severity++)
    left += diagnostics_count(list, (DiagnosticSeverity)severity) > 0;
  for (int severity = 0; severity < SEVERITY_OFF; severity++) {
    size_t count = diagnostics_count(list, (DiagnosticSeverity)severity);
    if (!count) continue;
    if (words[severity]) write_count(out->to, count, words[severity]);
    else buf_printf(out->to, "%zu for information", count);
    left--;
    if (left) buf_add(out->to, STR(", "));
  }
}

/* The first of the gravest. */
static const Diagnostic *gravest(const Diagnostics *list) {
  const Diagnostic *found = list->list.at;
  for (size_t i = 1; i < list->list.len; i++)
    if (list->list.at[i].severity < found->severity) found = &list->list.at[i];
  return found;
}

static void write_summary(Out *out, const Diagnostics *list, size_t files) {
  if (!list->list.len) {
    for (uint32_t unit = 0; unit < out->project->unit_count; unit++)
      files += project_is_own(out->project, unit) && !out->project->units[unit]->script &&
               !out->project->units[unit]->baseline;
    buf_add(out->to, STR("No problems"));
  } else write_counts(out, list);
  buf_add(out->to, STR(" in "));
  write_count(out->to, files, "file");
  buf_add_byte(out->to, '\n');
  size_t sure = 0;
  for (size_t i = 0; i < list->list.len; i++) sure += list->list.at[i].has_fix && list->list.at[i].fix_is_sure;
  if (sure) buf_printf(out->to, "`journey check --fix` mends %zu of them\n", sure);
  if (list->list.len)
    buf_printf(out->to, "`journey explain " STR_FMT "` tells more\n", STR_ARG(diagnostic_label(gravest(list))));
}

void diagnostics_write_text(const Project *project, const Diagnostics *list, DiagnosticsStyle style, Buf *to) {
  Arena *arena = arena_new();
  int width = style.width == 0 || style.width >= NARROWEST ? style.width : NARROWEST;
  Out out = {project, places_new(project, arena), to, style.colour, width, arena};
  size_t files = 0, of_file = 0, hidden = 0;
  for (size_t i = 0; i < list->list.len; i++) {
    const Diagnostic *diagnostic = &list->list.at[i];
    if (i == 0 || diagnostic->unit != diagnostic[-1].unit) {
      if (i > 0) write_rest(&out, diagnostic[-1].unit, hidden);
      files += has_place(&out, diagnostic->unit);
      of_file = hidden = 0;
    }
    if (style.all || of_file++ < LIMIT_DIAGNOSTICS_SHOWN) write_diagnostic(&out, diagnostic);
    else hidden++;
  }
  if (list->list.len) write_rest(&out, list->list.at[list->list.len - 1].unit, hidden);
  write_summary(&out, list, files);
  arena_free(arena);
}
