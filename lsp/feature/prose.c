#include "lsp/feature/prose.h"

static void end(void *context) {
  Prose *prose = context;
  buf_free(&prose->markdown);
  buf_free(&prose->plain);
}

Prose *prose_new(Arena *arena) {
  Prose *prose = ARENA_NEW(arena, Prose);
  prose->arena = arena;
  arena_at_end(arena, end, prose);
  return prose;
}

static void paragraph(Prose *prose) {
  if (prose->markdown.len > 0) buf_add_c(&prose->markdown, "\n\n");
  if (prose->plain.len > 0) buf_add_c(&prose->plain, "\n\n");
  prose->in_lines = false;
}

static void add_escaped(Buf *to, Str text, const char *signs) {
  for (size_t i = 0; i < text.len; i++) {
    if (strchr(signs, text.at[i]) && text.at[i]) buf_add_byte(to, '\\');
    if (text.at[i] == '<' && *signs) buf_add_c(to, "&lt;");
    else buf_add_byte(to, text.at[i] == '\n' || text.at[i] == '\r' ? ' ' : text.at[i]);
  }
}

static const char every_sign[] = "\\`*_[]";

void prose_heading(Prose *prose, Str title, Str rest) {
  paragraph(prose);
  buf_add_c(&prose->markdown, "**");
  add_escaped(&prose->markdown, title, every_sign);
  buf_add_c(&prose->markdown, "**");
  add_escaped(&prose->plain, title, "");
  if (rest.len == 0) return;
  buf_printf(&prose->markdown, " \u00B7 ");
  add_escaped(&prose->markdown, rest, every_sign);
  buf_printf(&prose->plain, " \u00B7 " STR_FMT, STR_ARG(rest));
}

void prose_text(Prose *prose, Str text) {
  if (text.len == 0) return;
  paragraph(prose);
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] == '<') buf_add_c(&prose->markdown, "&lt;");
    else buf_add_byte(&prose->markdown, text.at[i]);
  }
  buf_add(&prose->plain, text);
}

void prose_line(Prose *prose, const char *label, Str value) {
  if (value.len == 0) return;
  bool follows = prose->in_lines;
  if (follows) {
    buf_add_c(&prose->markdown, "  \n"); /* a line break */
    buf_add_c(&prose->plain, "\n");
  } else paragraph(prose);
  prose->in_lines = true;
  if (*label) {
    buf_printf(&prose->markdown, "%s: ", label);
    buf_printf(&prose->plain, "%s: ", label);
  }
  add_escaped(&prose->markdown, value, every_sign);
  add_escaped(&prose->plain, value, "");
}

void prose_code(Prose *prose, const char *language, Str text) {
  if (text.len == 0) return;
  paragraph(prose);
  buf_printf(&prose->markdown, "```%s\n" STR_FMT "\n```", language, STR_ARG(text));
  buf_add(&prose->plain, text);
}

void prose_link(Prose *prose, const char *words, Str uri) {
  if (uri.len == 0) return;
  bool follows = prose->in_lines;
  if (follows) buf_add_c(&prose->markdown, "  \n");
  else buf_add_c(&prose->markdown, prose->markdown.len ? "\n\n" : "");
  buf_printf(&prose->markdown, "[%s](" STR_FMT ")", words, STR_ARG(uri));
}
