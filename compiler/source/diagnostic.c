#include "source/diagnostic.h"

#include <strings.h>

static const DiagnosticInfo infos[] = {
#define CODE(id, code, severity, title) {code, severity, title},
#include "source/codes.def"
#undef CODE
};

DiagnosticInfo diagnostic_info(DiagnosticCode code) { return infos[code]; }

bool diagnostic_find(Str text, DiagnosticCode *code) {
  enum { LETTER = 1, DIGITS = 4 }; /* of every code */
  if (text.len != LETTER + DIGITS) return false;
  for (int i = 0; i < DIAG_COUNT; i++) {
    if (memcmp(infos[i].code + LETTER, text.at + LETTER, DIGITS) != 0) continue;
    if (strncasecmp(infos[i].code, text.at, text.len) != 0) continue;
    *code = (DiagnosticCode)i;
    return true;
  }
  return false;
}

Str diagnostic_label(const Diagnostic *diagnostic) {
  return diagnostic->own ? diagnostic->own->id : str_of(infos[diagnostic->code].code);
}

bool diagnostic_is_code(Str text) {
  bool digits = false;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    bool digit = c >= '0' && c <= '9', letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!digit && !letter) return false;
    digits |= digit;
  }
  enum { LONGEST = 6 }; /* a code with a letter too much */
  return digits && text.len <= LONGEST && strchr("EWHIewhi", text.at[0]);
}

const char *diagnostic_severity_word(DiagnosticSeverity severity) {
  static const char *const words[] = {"error", "warning", "information", "hint", "off"};
  return words[severity];
}

Diagnostic *diagnose(Diagnostics *to, DiagnosticCode code, uint32_t unit, Span span, const char *help,
                     const char *message, ...) {
  va_list args;
  va_start(args, message);
  Buf words = {0};
  buf_vprintf(&words, message, args);
  va_end(args);
  vec_push(&to->list, (Diagnostic){.code = code,
                                   .severity = infos[code].severity,
                                   .unit = unit,
                                   .span = span,
                                   .message = buf_take(&words, to->arena)});
  Diagnostic *added = &to->list.at[to->list.len - 1];
  if (help) added->help = arena_copy(to->arena, str_of(help));
  return added;
}

void diagnostic_relate(Diagnostics *to, Diagnostic *diagnostic, uint32_t unit, Span span, const char *text, ...) {
  va_list args;
  va_start(args, text);
  Buf words = {0};
  buf_vprintf(&words, text, args);
  va_end(args);
  uint32_t count = diagnostic->related_count++;
  if ((count & (count - 1)) == 0) { /* 0, 1, 2, 4 …: it is full */
    Related *more = ARENA_ARRAY(to->arena, Related, count ? 2 * count : 1);
    if (count) memcpy(more, diagnostic->related, count * sizeof *more);
    diagnostic->related = more;
  }
  diagnostic->related[count] = (Related){unit, span, buf_take(&words, to->arena)};
}

void diagnostic_fix(Diagnostic *diagnostic, Span span, Str replacement) {
  diagnostic_fix_if_sure(diagnostic, false, span, replacement);
}

void diagnostic_fix_if_sure(Diagnostic *diagnostic, bool sure, Span span, Str replacement) {
  diagnostic->has_fix = true;
  diagnostic->fix_is_sure = sure;
  diagnostic->fix = span;
  diagnostic->replacement = replacement;
}

Diagnostic diagnostic_copy(const Diagnostic *diagnostic, Arena *arena) {
  Diagnostic copy = *diagnostic;
  copy.message = arena_copy(arena, copy.message);
  copy.help = arena_copy(arena, copy.help);
  copy.replacement = arena_copy(arena, copy.replacement);
  copy.related = ARENA_ARRAY(arena, Related, copy.related_count);
  for (uint32_t i = 0; i < copy.related_count; i++) {
    copy.related[i] = diagnostic->related[i];
    copy.related[i].text = arena_copy(arena, copy.related[i].text);
  }
  if (!copy.own) return copy;
  DiagnosticName *own = ARENA_NEW(arena, DiagnosticName);
  *own = (DiagnosticName){arena_copy(arena, copy.own->id), arena_copy(arena, copy.own->title)};
  copy.own = own;
  return copy;
}

static int by_place(const void *left, const void *right) {
  const Diagnostic *a = left, *b = right;
  if (a->unit != b->unit) return a->unit < b->unit ? -1 : 1;
  if (a->span.start != b->span.start) return a->span.start < b->span.start ? -1 : 1;
  if (a->code != b->code) return a->code < b->code ? -1 : 1;
  if (a->own && b->own && !str_is(a->own->id, b->own->id)) return str_compare(a->own->id, b->own->id);
  return str_compare(a->message, b->message);
}

void diagnostics_sort(Diagnostics *diagnostics) {
  if (diagnostics->list.len > 1)
    qsort(diagnostics->list.at, diagnostics->list.len, sizeof *diagnostics->list.at, by_place);
}

size_t diagnostics_count(const Diagnostics *diagnostics, DiagnosticSeverity severity) {
  size_t count = 0;
  for (size_t i = 0; i < diagnostics->list.len; i++) count += diagnostics->list.at[i].severity == severity;
  return count;
}
