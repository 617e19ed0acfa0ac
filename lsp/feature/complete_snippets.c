/* Whole statements, with tab stops; for clients that have none, as plain text. */
#include "base/calendar.h"
#include "lsp/feature/complete_build.h"
#include "lsp/feature/snippets.h"

/* ---- from a body to what is inserted ---- */

/* Names are looked up as if nothing was typed: into a list of their own. */
static size_t names_of(const Completer *c, Keyword target, Completion **names) {
  Completer other = *c;
  memset(&other.list, 0, sizeof other.list);
  other.place.frame_count = 0;
  other.place.typed = STR("");
  other.place.word = (Span){NONE, NONE};
  complete_names(&other, target, USUAL);
  *names = ARENA_ARRAY(c->arena, Completion, other.list.len + 1);
  size_t count = 0;
  for (size_t i = 0; i < other.list.len; i++)
    if (other.list.at[i].use.len == 0) (*names)[count++] = other.list.at[i];
  vec_free(&other.list);
  return count;
}

static bool is_among(const Completion *names, size_t count, Str word) {
  for (size_t i = 0; i < count; i++)
    if (str_is(names[i].label, word)) return true;
  return false;
}

/* "|web,email,phone|" or ":web": the usual one first. */
static void add_choice(const Completer *c, Str usual, Keyword target, Buf *to) {
  enum { MOST_CHOICES = 20 };
  Completion *names;
  size_t count = names_of(c, target, &names);
  if (count < 2) {
    buf_printf(to, ":" STR_FMT, STR_ARG(count == 1 ? names[0].label : usual));
    return;
  }
  bool has_usual = is_among(names, count, usual);
  buf_printf(to, "|" STR_FMT, STR_ARG(has_usual ? usual : names[0].label));
  for (size_t i = !has_usual; i < count && i < MOST_CHOICES; i++)
    if (!has_usual || !str_is(names[i].label, usual)) buf_printf(to, "," STR_FMT, STR_ARG(names[i].label));
  buf_add_byte(to, '|');
}

static void add_today(const Completer *c, Buf *to) {
  CalendarDay day = calendar_day(c->p->today);
  buf_printf(to, ":%04d-%02d-%02d", day.year, day.month, day.day);
}

/* What stands behind the number of a tab stop: "web=channel". */
static void add_stop(const Completer *c, Str words, Buf *to) {
  const char *sign = words.len > 0 ? memchr(words.at, '=', words.len) : NULL;
  Str usual = sign ? str_slice(words, 0, (size_t)(sign - words.at)) : words;
  Str of = sign ? str_slice(words, usual.len + 1, words.len) : STR("");
  if (of.len == 0) buf_printf(to, ":" STR_FMT, STR_ARG(usual));
  else if (str_is(of, STR("today"))) add_today(c, to);
  else if (!str_is(of, STR("pain"))) add_choice(c, usual, schema_find(K_FILE, of), to);
  else add_choice(c, usual, K_PAIN, to);
}

/* The first of what may be chosen; the words themselves. */
static Str plain_stop(Str stop) {
  Str rest = str_slice(stop, 1, stop.len);
  return stop.at[0] == '|' ? str_cut(&rest, rest.len > 0 && memchr(rest.at, ',', rest.len) ? ',' : '|') : rest;
}

static Str inserted(const Completer *c, const char *body, bool tabs) {
  Buf text = {0};
  for (const char *at = body; *at; at++) {
    bool is_stop = at[0] == '$' && at[1] == '{';
    if (at[0] == '$' && !is_stop && !tabs) at++;
    if (!is_stop) {
      if (tabs || at[0] != '0' || at == body || at[-1] != '$') buf_add_byte(&text, *at);
      continue;
    }
    const char *words = strchr(at, ':') + 1, *end = strchr(words, '}');
    Buf stop = {0};
    add_stop(c, (Str){words, (size_t)(end - words)}, &stop);
    if (tabs) buf_printf(&text, "%.*s" STR_FMT "}", (int)(words - 1 - at), at, STR_ARG(buf_str(&stop)));
    else buf_add(&text, plain_stop(buf_str(&stop)));
    buf_free(&stop);
    at = end;
  }
  return buf_take(&text, c->arena);
}

static void add(Completer *c, const Snippet *snippet, uint8_t rank) {
  bool tabs = c->ask->takes_snippets;
  Str word = str_of(schema_row(snippet->keyword)->word);
  if (!completer_fits(c, word)) return;
  completer_add(c, (Completion){.kind = COMPLETION_SNIPPET,
                                .keyword = snippet->keyword,
                                .rank = rank,
                                .is_snippet = tabs,
                                .label = arena_format(c->arena, STR_FMT " \xE2\x80\xA6", STR_ARG(word)),
                                .detail = str_of(snippet->detail),
                                .insert = inserted(c, snippet->body, tabs),
                                .filter = word});
}

void complete_snippets(Completer *c, Keyword parent, Keyword keyword, uint8_t rank) {
  for (const Snippet *snippet = snippets_all(); snippet->keyword != K_NONE; snippet++)
    if (snippet->parent == parent && snippet->keyword == keyword) add(c, snippet, rank);
}

void complete_block(Completer *c, const PlaceFrame *frame) {
  bool has_block = frame->at != NONE && c->unit->statements[frame->at].has_block;
  if (has_block || !schema_has_block(frame->keyword) || !schema_declares(frame->keyword) || c->place.typed.len > 0)
    return;
  completer_add(c, (Completion){.kind = COMPLETION_SNIPPET,
                                .keyword = frame->keyword,
                                .rank = FIRST,
                                .is_snippet = c->ask->takes_snippets,
                                .label = STR("{ \xE2\x80\xA6 }"),
                                .detail = STR("with more about it, line by line"),
                                .insert = c->ask->takes_snippets ? STR("{\n  $0\n}") : STR("{\n}")});
}
