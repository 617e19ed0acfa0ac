/* Diagnostics are data: a code, a place, the words, what to do. One table of codes (codes.def); writers print them. */
#ifndef JOURNEY_SOURCE_DIAGNOSTIC_H
#define JOURNEY_SOURCE_DIAGNOSTIC_H

#include "base/buf.h"
#include "base/vec.h"
#include "source/source.h"

/* From grave to slight. Only errors fail a check; information and hints are shown, and count nowhere. */
typedef enum {
  SEVERITY_ERROR,
  SEVERITY_WARNING,
  SEVERITY_INFORMATION,
  SEVERITY_HINT,
  SEVERITY_OFF, /* by a project's settings; no diagnostic that is handed out has it */
} DiagnosticSeverity;

typedef enum {
#define CODE(id, code, severity, title) DIAG_##id,
#include "source/codes.def"
#undef CODE
  DIAG_COUNT
} DiagnosticCode;

typedef struct {
  const char *code;            /* "E0201": stable for ever, never used again for another thing */
  DiagnosticSeverity severity; /* where a project's settings say nothing else */
  const char *title;           /* a line for lists */
} DiagnosticInfo;

DiagnosticInfo diagnostic_info(DiagnosticCode code);
/* By its text, in any case of letters; false where there is none. */
bool diagnostic_find(Str text, DiagnosticCode *code);
/* "error", "warning", "information", "hint", "off": as settings and JSON say it. */
const char *diagnostic_severity_word(DiagnosticSeverity severity);

typedef struct {
  uint32_t unit; /* the file's number in the project */
  Span span;
  Str text;
} Related;

/* What a check of the project's own is called: it stands in place of the code. */
typedef struct {
  Str id;    /* "no-photo" */
  Str title; /* a line for lists */
} DiagnosticName;

typedef struct {
  DiagnosticCode code;
  const DiagnosticName *own;   /* of DIAG_OWN_CHECK; NULL for all that is built in */
  DiagnosticSeverity severity; /* the code's own, until the project's settings have been applied */
  uint32_t unit;
  Span span;
  Str message; /* what is wrong, with names; one sentence, no full stop at the end */
  Str help;    /* what to do; may be empty */
  Related *related;
  uint32_t related_count;
  /* The fix: `replacement` instead of `fix`, where has_fix. One that is sure needs nobody's eye: `check --fix` makes
   * it. */
  bool has_fix, fix_is_sure;
  Span fix;
  Str replacement;
} Diagnostic;

/* Texts live in `arena`. */
typedef struct {
  Arena *arena;
  VEC(Diagnostic) list;
} Diagnostics;

/* Adds one; the pointer is good until the next is added. `help` may be NULL. */
Diagnostic *diagnose(Diagnostics *to, DiagnosticCode code, uint32_t unit, Span span, const char *help,
                     const char *message, ...) __attribute__((format(printf, 6, 7)));
/* Adds a place that has to do with it; as many as there are, in the order in which they are to be read. */
void diagnostic_relate(Diagnostics *to, Diagnostic *diagnostic, uint32_t unit, Span span, const char *text, ...)
    __attribute__((format(printf, 5, 6)));
/* A proposal: shown, and made by whoever agrees. */
void diagnostic_fix(Diagnostic *diagnostic, Span span, Str replacement);
/* A fix that `check --fix` makes by itself where `sure`: nothing else can have been meant. */
void diagnostic_fix_if_sure(Diagnostic *diagnostic, bool sure, Span span, Str replacement);
/* One that lives as long as `arena`, whatever it was made in. */
Diagnostic diagnostic_copy(const Diagnostic *diagnostic, Arena *arena);
/* What it is shown and silenced by: "W0603", or the name of a check of the project's own. */
Str diagnostic_label(const Diagnostic *diagnostic);
/* Whether the text is meant for the code of a built-in message, such as W0603, rather than for the name of a check. */
bool diagnostic_is_code(Str text);
/* By file, place, code. */
void diagnostics_sort(Diagnostics *diagnostics);
size_t diagnostics_count(const Diagnostics *diagnostics, DiagnosticSeverity severity);

#endif
