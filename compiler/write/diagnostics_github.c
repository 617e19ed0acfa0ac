#include "write/ci_parts.h"
#include "write/excerpt.h"

/* A line's end would end the command, and a percent sign begins what stands for one; in a property, a colon and a comma
 * would end that. */
static void add_escaped(Buf *to, Str text, bool property) {
  Buf safe = {0};
  excerpt_add_safe(&safe, text);
  for (size_t i = 0; i < safe.len; i++) {
    char c = safe.at[i];
    bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    if (special) buf_printf(to, "%%%02X", (unsigned char)c);
    else buf_add_byte(to, c);
  }
  buf_free(&safe);
}

static const char *command_of(const Ci *ci, const Diagnostic *diagnostic) {
  if (ci_fails(ci, diagnostic)) return "error";
  return diagnostic->severity == SEVERITY_WARNING ? "warning" : "notice";
}

/* GitHub takes columns only where the lines are the same, and its last column is the last that is marked. */
static void add_place(const Ci *ci, const Diagnostic *diagnostic, Buf *to) {
  Position start = places_position(ci->places, diagnostic->unit, diagnostic->span.start);
  Position end = places_position(ci->places, diagnostic->unit, diagnostic->span.end);
  buf_add(to, STR("file="));
  add_escaped(to, ci->paths[diagnostic->unit], true);
  buf_printf(to, ",line=%u,endLine=%u", (unsigned)start.line, (unsigned)end.line);
  if (start.line == end.line)
    buf_printf(to, ",col=%u,endColumn=%u", (unsigned)start.column,
               (unsigned)(end.column > start.column ? end.column - 1 : start.column));
  buf_add_byte(to, ',');
}

void diagnostics_write_github(const CiReport *report, Buf *to) {
  Ci ci = ci_begin(report);
  for (size_t i = 0; i < report->list->list.len; i++) {
    const Diagnostic *diagnostic = &report->list->list.at[i];
    buf_printf(to, "::%s ", command_of(&ci, diagnostic));
    if (ci_has_place(&ci, diagnostic)) add_place(&ci, diagnostic, to);
    buf_add(to, STR("title="));
    add_escaped(to, diagnostic_label(diagnostic), true);
    buf_add_byte(to, ' ');
    add_escaped(to, ci_title(diagnostic), true);
    buf_add(to, STR("::"));
    /* GitHub's log shows nothing but the message: the place is said there once more. */
    add_escaped(to, ci_place(&ci, diagnostic->unit, diagnostic->span.start), false);
    add_escaped(to, ci_story(&ci, diagnostic), false);
    buf_add_byte(to, '\n');
  }
  ci_end(&ci);
}
