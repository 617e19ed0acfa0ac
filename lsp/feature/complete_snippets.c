/* Whole statements, with tab stops; for clients that have none, as plain text. */
#include "base/calendar.h"
#include "lsp/feature/complete_build.h"

/* In a body, `${2:web=channel}` is a tab stop to choose from the channels there are, or with `web` where there are
 * none;
 * `${4:=today}` one with the date. */
typedef struct {
  Keyword parent, keyword;
  const char *detail, *body;
} Snippet;

static const Snippet snippets[] = {
    {K_FILE, K_JOURNEY, "a whole map, to be filled",
     "journey \"${1:What the client goes through}\" {\n"
     "  type     current-state\n"
     "  scenario \"${2:The situation that sets it off}\"\n\n"
     "  stage \"${3:Awareness}\" {\n"
     "    goal \"${4:What the client wants to have reached here}\"\n\n"
     "    touchpoint \"${5:What the client does}\" {\n"
     "      via   ${6:web=channel}\n"
     "      feels ${7:0} \"${8:Why}\"\n"
     "    }\n"
     "  }\n"
     "}$0"},
    {K_FILE, K_PERSONA, "a client, with goal, need and frustration",
     "persona ${1:name} \"${2:Full name}\" {\n"
     "  role        \"${3:Their role or job}\"\n"
     "  quote       \"${4:One sentence that they said}\"\n"
     "  goal        \"${5:What they want to reach}\"\n"
     "  needs       ${6:short-name} \"${7:What they need}\"\n"
     "  frustration \"${8:What annoys them}\"\n"
     "}$0"},
    {K_FILE, K_SEGMENT, "a group of clients, with its shares",
     "segment ${1:name} \"${2:Title}\" clients ${3:20%} revenue ${4:40%}$0"},
    {K_FILE, K_TEAM, "a team, with its colour", "team ${1:name} \"${2:Title}\" colour ${3:#2b6cb0}$0"},
    {K_FILE, K_SYSTEM, "a system", "system ${1:name} \"${2:Title}\"$0"},
    {K_FILE, K_CHANNEL, "a channel, with its picture", "channel ${1:name} \"${2:Title}\" icon ${3:dot}$0"},
    {K_FILE, K_EVIDENCE, "evidence, with its file",
     "evidence ${1:name} \"${2:Title}\" {\n"
     "  method    ${3:survey=method}\n"
     "  collected ${4:=today}\n"
     "  file      \"${5:data/answers.csv}\"\n"
     "  column    score \"${6:Score}\"\n"
     "}$0"},
    {K_FILE, K_METRIC, "a metric of your own, in Lua",
     "metric ${1:name} \"${2:Title}\" unit \"${3:points}\" better ${4:lower} computed-by \"${5:metrics/name.lua}\"$0"},
    {K_FILE, K_PROJECT, "what holds for all maps",
     "project \"${1:Name}\" {\n  ranked-by    ${2:rice}\n  review-every ${3:quarter}\n}$0"},
    {K_JOURNEY, K_STAGE, "a stage, with its first touchpoint",
     "stage \"${1:Title}\" {\n"
     "  goal \"${2:What the client wants to have reached}\"\n\n"
     "  touchpoint \"${3:What the client does}\" {\n"
     "    via   ${4:web=channel}\n"
     "    feels ${5:0} \"${6:Why}\"\n"
     "  }\n"
     "}$0"},
    {K_JOURNEY, K_OPPORTUNITY, "what will be done, with its numbers",
     "opportunity ${1:name} \"${2:What will be done}\" {\n"
     "  solves     ${3:pain=pain}\n"
     "  impact     ${4:5}\n"
     "  effort     ${5:3}\n"
     "  confidence ${6:50%}\n"
     "  owner      ${7:team=team}\n"
     "}$0"},
    {K_JOURNEY, K_PATH_, "where clients go, with shares",
     "path {\n  ${1:step} -> ${2:step} ${3:60%}\n  ${1:step} -> leaves ${4:40%}\n}$0"},
    {K_JOURNEY, K_MEASURE, "a number, with target and source",
     "measure ${1:nps=metric} ${2:0} target ${3:30} from ${4:evidence=evidence}$0"},
    {K_JOURNEY, K_EXPECT, "a promise about a metric", "expect ${1:effort=metric} <= ${2:2.5}$0"},
    {K_STAGE, K_TOUCHPOINT, "a step, with channel and feeling",
     "touchpoint \"${1:What the client does}\" {\n"
     "  via   ${2:web=channel}\n"
     "  feels ${3:0} \"${4:Why}\"\n"
     "}$0"},
    {K_STAGE, K_MEASURE, "a number, with target and source",
     "measure ${1:csat=metric} ${2:0} target ${3:80%} from ${4:evidence=evidence}$0"},
    {K_TOUCHPOINT, K_PAIN, "where it hurts, and why",
     "pain ${1:name} \"${2:Where it hurts}\" {\n"
     "  severity ${3:medium=severity}\n"
     "  because  \"${4:Why it happens}\"\n"
     "  hurts    \"${5:Why it feels bad}\"\n"
     "}$0"},
    {K_TOUCHPOINT, K_BACKSTAGE, "what a team does behind it",
     "backstage ${1:team=team} \"${2:What they do}\" using ${3:system=system}$0"},
    {K_TOUCHPOINT, K_FRONTSTAGE, "what a team does where the client sees it",
     "frontstage ${1:team=team} \"${2:What they do}\"$0"},
    {K_TOUCHPOINT, K_HANDS_OVER, "what passes to another team", "hands-over \"${1:What}\" to ${2:team=team}$0"},
    {K_TOUCHPOINT, K_MEASURE, "a number, with target and source",
     "measure ${1:csat=metric} ${2:0} target ${3:80%} from ${4:evidence=evidence}$0"},
};

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
  for (size_t i = 0; i < sizeof snippets / sizeof *snippets; i++)
    if (snippets[i].parent == parent && snippets[i].keyword == keyword) add(c, &snippets[i], rank);
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
