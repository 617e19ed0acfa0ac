#include "write/ci_parts.h"
#include "write/fingerprint.h"
#include "write/json_out.h"

/* Of GitLab's info, minor, major, critical and blocker. */
static const char *severity_of(const Diagnostic *diagnostic) {
  switch (diagnostic->severity) {
    case SEVERITY_ERROR: return "major";
    case SEVERITY_WARNING: return "minor";
    default: return "info";
  }
}

/* GitLab shows it as one line. */
static Str description_of(const Ci *ci, const Diagnostic *diagnostic) {
  if (!diagnostic->help.len) return diagnostic->message;
  return arena_format(ci->arena, STR_FMT " (" STR_FMT ")", STR_ARG(diagnostic->message), STR_ARG(diagnostic->help));
}

/* A place is asked for even where there is none: then it is the top of the repository. */
static void write_location(JsonOut *out, const Ci *ci, const Diagnostic *diagnostic) {
  bool placed = ci_has_place(ci, diagnostic);
  uint32_t begin = 1, end = 1;
  if (placed) {
    begin = places_position(ci->places, diagnostic->unit, diagnostic->span.start).line;
    end = places_position(ci->places, diagnostic->unit, diagnostic->span.end).line;
  }
  json_begin_object(out, "location");
  json_str(out, "path", placed ? ci->paths[diagnostic->unit] : STR("."));
  json_begin_object(out, "lines");
  json_num(out, "begin", begin);
  json_num(out, "end", end);
  json_end_object(out);
  json_end_object(out);
}

void diagnostics_write_gitlab(const CiReport *report, Buf *to) {
  Ci ci = ci_begin(report);
  const uint64_t *prints = fingerprints(report->project, report->list, ci.paths, ci.arena);
  JsonOut out = json_out(to);
  json_begin_array(&out, NULL);
  for (size_t i = 0; i < report->list->list.len; i++) {
    const Diagnostic *diagnostic = &report->list->list.at[i];
    json_begin_object(&out, NULL);
    json_str(&out, "description", description_of(&ci, diagnostic));
    json_str(&out, "check_name", diagnostic_label(diagnostic));
    json_str(&out, "fingerprint", fingerprint_text(prints[i], ci.arena));
    json_c(&out, "severity", severity_of(diagnostic));
    write_location(&out, &ci, diagnostic);
    json_end_object(&out);
  }
  json_end_array(&out);
  json_end(&out);
  ci_end(&ci);
}
