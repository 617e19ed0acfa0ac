/* The words for what is wrong with a line. Each says what is wrong; its help says what to do. */
#include <limits.h>

#include "base/nearest.h"
#include "unit/propose.h"

static Diagnostic *say(Lower *l, DiagnosticCode code, Span span, Str help, Str message) {
  return diagnose(&l->unit->diagnostics, code, l->unit->number, span, help.at, STR_FMT, STR_ARG(message));
}

/* "inside `journey`", "at the top of a file, or inside `stage`": where a keyword belongs. */
static Str where_words(Lower *l, Keyword keyword) {
  Buf words = {0};
  const Keyword *where = schema_row(keyword)->where;
  for (int i = 0; where[i] != K_NONE; i++) {
    if (where[i] == K_CHANGE && i > 0) continue;
    if (words.len > 0) buf_add_c(&words, ", or ");
    if (where[i] == K_FILE) buf_add_c(&words, "at the top of the file, outside of all braces");
    else buf_printf(&words, "inside `%s`", schema_row(where[i])->word);
  }
  return buf_take(&words, l->arena);
}

/* Where a keyword belongs; where that is one brace further in than it was written, how the braces are opened. */
static Str where_help(Lower *l, Keyword parent, Keyword keyword) {
  Str where = where_words(l, keyword);
  const char *word = schema_row(keyword)->word;
  if (parent == K_JOURNEY && keyword == K_TOUCHPOINT)
    return arena_format(l->arena,
                        STR_FMT "; in a variant, inside the change of a stage: change STAGE { %s \xE2\x80\xA6 }",
                        STR_ARG(where), word);
  for (const Keyword *in = schema_row(keyword)->where; *in != K_NONE; in++)
    if (*in != K_CHANGE && *in != K_FILE && schema_allows(parent, *in))
      return arena_format(l->arena, STR_FMT ", between its braces: %s \xE2\x80\xA6 { %s \xE2\x80\xA6 }", STR_ARG(where),
                          schema_row(*in)->word, word);
  return where;
}

static Str without_spaces(Str behind) {
  size_t at = 0;
  for (size_t space; at < behind.len && (space = str_space(behind, at)) > 0;) at += space;
  return str_slice(behind, at, behind.len);
}

/* Whether a time such as 07:30 stands at the start. */
static bool is_clock(Str value) {
  size_t at = 0;
  while (at < value.len && value.at[at] >= '0' && value.at[at] <= '9') at++;
  return at > 0 && at < value.len && value.at[at] == ':';
}

static bool is_text(Str value) {
  return str_starts(value, STR("\"")) || str_starts(value, STR("\xE2\x80\x9C")) ||
         str_starts(value, STR("\xE2\x80\x9E"));
}

static bool takes_name(const KeywordRow *row) {
  return (row->values[0].type == V_REF || row->values[0].type == V_REFS) && !row->values[0].optional;
}

static Str behind_word(const Lower *l, Span word) {
  return lower_text(l, (Span){word.end, source_line_near(&l->unit->source, word.start).end});
}

/* `behind` is what follows the word: `time 07:30` is `at`, `time 30min` is `takes`; `evidence "A form"` is rather what
 * the client sees than the name of a survey, so keywords that take a name are offered last before a text. */
static void offer_keywords(Nearest *nearest, Keyword parent, Str behind) {
  Str value = without_spaces(behind);
  bool clock = is_clock(value), text = is_text(value);
  for (int round = 0; round <= text; round++)
    for (int keyword = K_FILE + 1; keyword < K_COUNT; keyword++) {
      if (!schema_allows(parent, (Keyword)keyword) || keyword == K_ARROW) continue;
      const KeywordRow *row = schema_row((Keyword)keyword);
      if ((clock && row->values[0].type == V_DURATION) || (text && takes_name(row) != (round == 1))) continue;
      nearest_offer(nearest, str_of(row->word));
      nearest_offer_also(nearest, row->also, str_of(row->word));
    }
}

static Str parent_words(Lower *l, Keyword parent) {
  if (parent == K_FILE) return STR("at the top of a file");
  return arena_format(l->arena, "inside `%s`", schema_row(parent)->word);
}

static Str list_words(Lower *l, Keyword parent) {
  Buf words = {0};
  int count = 0;
  for (int keyword = K_FILE + 1; keyword < K_COUNT && count < 8; keyword++) {
    if (!schema_allows(parent, (Keyword)keyword) || keyword == K_ARROW) continue;
    buf_printf(&words, "%s`%s`", count++ ? ", " : "", schema_row((Keyword)keyword)->word);
  }
  if (count == 8) buf_add_c(&words, " \xE2\x80\xA6");
  return buf_take(&words, l->arena);
}

/* Whether the keyword stands in something that may stand here: one brace further in. */
static bool is_further_in(Keyword parent, Keyword keyword) {
  for (const Keyword *where = schema_row(keyword)->where; *where != K_NONE; where++)
    if (schema_allows(parent, *where)) return true;
  return false;
}

/* What the word is, or nearly is, in another place: a keyword there, or what people call one. Of several, the one
 * further in. */
static Keyword meant_elsewhere(Str word, Keyword parent) {
  Keyword found = K_NONE;
  int best = INT_MAX;
  for (int keyword = K_FILE + 1; keyword < K_COUNT; keyword++) {
    const KeywordRow *row = schema_row((Keyword)keyword);
    Nearest nearest = nearest_to(word);
    nearest_offer(&nearest, str_of(row->word));
    nearest_offer_also(&nearest, row->also, str_of(row->word));
    int score = 2 * nearest.distance + !is_further_in(parent, (Keyword)keyword);
    if (keyword == K_ARROW || nearest.best.len == 0 || score >= best) continue;
    best = score;
    found = (Keyword)keyword;
  }
  return found;
}

static bool is_one_of(Str word, const char *words) {
  for (Str rest = str_of(words); rest.len > 0;)
    if (str_is(str_cut(&rest, ' '), word)) return true;
  return false;
}

static bool takes_title(Keyword keyword) {
  if (keyword == K_FILE) return false;
  for (const ValueRule *rule = schema_row(keyword)->values; rule->type != V_NONE; rule++)
    if (rule->type == V_TEXT && str_is(str_of(rule->name), STR("title"))) return true;
  return false;
}

static Str elsewhere_help(Lower *l, Keyword parent, Str word) {
  if (takes_title(parent) && is_one_of(word, "title name label caption"))
    return arena_format(l->arena, "a title stands in quotes right behind the name: %s NAME \"\xE2\x80\xA6\"",
                        schema_row(parent)->word);
  if (is_one_of(word, "add new insert create"))
    return arena_format(l->arena, "leave `" STR_FMT "` out: what a variant says anew is added", STR_ARG(word));
  if (parent == K_PATH_) return arena_format(l->arena, "draw an arrow: %s", schema_row(K_ARROW)->example);
  Keyword meant = meant_elsewhere(word, parent);
  if (meant == K_NONE) return arena_format(l->arena, "what may stand here: " STR_FMT, STR_ARG(list_words(l, parent)));
  return arena_format(l->arena, "did you mean `%s`? It stands " STR_FMT, schema_row(meant)->word,
                      STR_ARG(where_help(l, parent, meant)));
}

static void complain_odd_arrow(Lower *l, Span arrow) {
  Diagnostic *added = say(l, DIAG_STRAY_CHARACTER, arrow, STR("write ->"),
                          arena_format(l->arena, "an arrow is not written " STR_FMT, STR_ARG(lower_text(l, arrow))));
  diagnostic_fix_if_sure(added, true, arrow, STR("->"));
}

/* `touch point`, `moment of truth`: one keyword, written as several words, or what people call one. */
typedef struct {
  Keyword meant;
  Span span; /* of all its words */
  bool exact;
} InWords;

/* The word behind the spaces at the start of `rest`, which goes on behind it; empty where something else stands there.
 */
static Str next_word(Str *rest) {
  size_t from = 0, to;
  for (size_t space; from < rest->len && (space = str_space(*rest, from)) > 0;) from += space;
  for (to = from; to < rest->len && rest->at[to] >= 'a' && rest->at[to] <= 'z';) to++;
  Str word = str_slice(*rest, from, from > 0 ? to : from);
  *rest = str_slice(*rest, to, rest->len);
  bool ends = rest->len == 0 || str_space(*rest, 0) > 0 || rest->at[0] == '"' || rest->at[0] == '{';
  return ends ? word : STR("");
}

static InWords in_words(Lower *l, Keyword parent, Span word) {
  enum { MOST_WORDS = 3 };
  Str rest = behind_word(l, word), text = l->unit->source.text;
  InWords found = {K_NONE, word, false};
  Buf hyphens = {0}, together = {0};
  buf_add(&hyphens, lower_text(l, word));
  buf_add(&together, lower_text(l, word));
  for (int i = 1; i < MOST_WORDS && found.meant == K_NONE; i++) {
    Str next = next_word(&rest);
    if (next.len == 0) break;
    buf_printf(&hyphens, "-" STR_FMT, STR_ARG(next));
    buf_add(&together, next);
    found.span.end = (uint32_t)(next.at + next.len - text.at);
    found.meant = schema_find(parent, buf_str(&together));
    if (found.meant == K_NONE) found.meant = schema_find(parent, buf_str(&hyphens));
    found.exact = found.meant != K_NONE;
    Nearest nearest = nearest_to(buf_str(&hyphens));
    if (!found.exact) offer_keywords(&nearest, parent, rest);
    if (nearest.distance == 0) found.meant = schema_find(parent, nearest.best);
  }
  buf_free(&hyphens);
  buf_free(&together);
  return found;
}

static void complain_in_words(Lower *l, InWords found, Keyword parent) {
  Str word = str_of(schema_row(found.meant)->word), written = lower_text(l, found.span);
  Str is_one = arena_format(l->arena, "`" STR_FMT "` is one word", STR_ARG(written));
  Str nothing = arena_format(l->arena, "`" STR_FMT "` means nothing " STR_FMT, STR_ARG(written),
                             STR_ARG(parent_words(l, parent)));
  Diagnostic *added =
      say(l, DIAG_UNKNOWN_KEYWORD, found.span,
          arena_format(l->arena, found.exact ? "write `" STR_FMT "`" : "did you mean `" STR_FMT "`?", STR_ARG(word)),
          found.exact ? is_one : nothing);
  diagnostic_fix_if_sure(added, true, found.span, word);
}

Keyword complain_keyword(Lower *l, Keyword parent, Span word) {
  Str text = lower_text(l, word);
  Span arrow = schema_allows(parent, K_ARROW) ? odd_arrow(l, word.end) : (Span){0};
  if (arrow.end > 0) return complain_odd_arrow(l, arrow), K_NONE;
  Keyword elsewhere = schema_find_anywhere(text, K_NONE);
  Nearest nearest = nearest_to(text);
  offer_keywords(&nearest, parent, behind_word(l, word));
  bool meant = nearest.best.len > 0 && (elsewhere == K_NONE || nearest.distance == 0);
  Str place = parent_words(l, parent);
  InWords words = in_words(l, parent, word);
  if (words.meant != K_NONE) {
    complain_in_words(l, words, parent);
    return meant ? schema_find(parent, nearest.best) : K_NONE;
  }
  if (meant) {
    Diagnostic *added =
        say(l, DIAG_UNKNOWN_KEYWORD, word, arena_format(l->arena, "did you mean `" STR_FMT "`?", STR_ARG(nearest.best)),
            arena_format(l->arena, "`" STR_FMT "` means nothing " STR_FMT, STR_ARG(text), STR_ARG(place)));
    diagnostic_fix_if_sure(added, elsewhere == K_NONE && nearest_is_sure(&nearest), word, nearest.best);
    return schema_find(parent, nearest.best);
  }
  if (elsewhere != K_NONE) {
    say(l, DIAG_MISPLACED_KEYWORD, word,
        arena_format(l->arena, "it stands " STR_FMT, STR_ARG(where_help(l, parent, elsewhere))),
        arena_format(l->arena, "`" STR_FMT "` can't stand " STR_FMT, STR_ARG(text), STR_ARG(place)));
    return K_NONE;
  }
  say(l, DIAG_UNKNOWN_KEYWORD, word, elsewhere_help(l, parent, text),
      arena_format(l->arena, "`" STR_FMT "` means nothing " STR_FMT, STR_ARG(text), STR_ARG(place)));
  return K_NONE;
}

/* The next value that must or may come, or NULL. */
static const ValueRule *awaited(const Frame *frame) {
  const ValueRule *rule = &schema_row(frame->keyword)->values[frame->slot];
  while (rule->type != V_NONE && rule->optional && rule[1].type != V_NONE && !rule[1].optional) rule++;
  return rule->type == V_NONE ? NULL : rule;
}

static void offer_choices(Nearest *nearest, const ValueRule *rule) {
  for (int i = 0; rule->type == V_CHOICE && rule->choices[i]; i++) {
    nearest_offer(nearest, str_of(rule->choices[i]));
    nearest_offer_part(nearest, str_of(rule->choices[i]));
  }
}

/* `type buyers-journey` is `covers buyers-journey`: what another keyword of the same block takes. */
static Keyword chosen_elsewhere(const Lower *l, const Frame *frame, Str text) {
  uint32_t parent = l->statements.at[frame->at].parent;
  Keyword around = parent == NONE ? K_FILE : (Keyword)l->statements.at[parent].keyword;
  for (int keyword = K_FILE + 1; keyword < K_COUNT; keyword++) {
    const ValueRule *rule = &schema_row((Keyword)keyword)->values[0];
    if (rule->type == V_CHOICE && schema_allows(around, (Keyword)keyword) && value_choice(rule, text) >= 0)
      return (Keyword)keyword;
  }
  return K_NONE;
}

/* A word where a value must stand. */
static void complain_wrong_word(Lower *l, const Frame *frame, const ValueRule *rule, Span word) {
  Str text = lower_text(l, word);
  const KeywordRow *row = schema_row(frame->keyword);
  Nearest nearest = nearest_to(text);
  offer_choices(&nearest, rule);
  Str words = value_words(rule, l->arena);
  Str help = arena_format(l->arena, "for example: %s", row->example);
  if (nearest.best.len > 0) help = arena_format(l->arena, "did you mean `" STR_FMT "`?", STR_ARG(nearest.best));
  Diagnostic *added = say(
      l, DIAG_WRONG_VALUE, word, help,
      arena_format(l->arena, "`%s` takes " STR_FMT ", not `" STR_FMT "`", row->word, STR_ARG(words), STR_ARG(text)));
  if (rule->type == V_CHOICE && propose_choice(l, added, rule, word.start)) return;
  Keyword other = rule->type == V_CHOICE && frame->slot == 0 ? chosen_elsewhere(l, frame, text) : K_NONE;
  if (other != K_NONE) {
    Str instead = arena_format(l->arena, "%s " STR_FMT, schema_row(other)->word, STR_ARG(text));
    added->help = arena_format(l->arena, "did you mean `" STR_FMT "`?", STR_ARG(instead));
    diagnostic_fix_if_sure(added, true, (Span){l->statements.at[frame->at].span.start, word.end}, instead);
    return;
  }
  if (nearest.best.len > 0) diagnostic_fix_if_sure(added, nearest_is_sure(&nearest), word, nearest.best);
  else if (rule->type == V_TEXT) propose_quotes(l, added, word.start, true);
  else if (rule->type == V_DATE) propose_date(l, added, word.start);
}

/* `touchpoint Clients need help`: behind a name, a word may be the next one of a title that lacks its quotes. */
static bool follows_name(const Frame *frame) {
  return frame->slot > 0 && schema_row(frame->keyword)->values[frame->slot - 1].type == V_ID;
}

/* `via card terminal`: the name card-terminal, where the word in front is a name; else empty. */
static Str joined_name(Lower *l, const Frame *frame, Span word) {
  const Statement *statement = &l->statements.at[frame->at];
  if (frame->slot == 0 && statement->value_count == 0) return STR("");
  const ValueRule *rules = schema_row(frame->keyword)->values;
  ValueType type = rules[frame->slot > 0 ? frame->slot - 1 : 0].type;
  if (type != V_REF && type != V_REFS) return STR("");
  Span name = l->values.at[statement->first_value + statement->value_count - 1].span;
  return arena_format(l->arena, STR_FMT "-" STR_FMT, STR_ARG(lower_text(l, name)), STR_ARG(lower_text(l, word)));
}

Keyword complain_word(Lower *l, const Frame *frames, int count, Keyword around, Span word, int *frame) {
  const Frame *last = &frames[count - 1];
  const ValueRule *rule = awaited(last);
  if (rule && !rule->optional) return complain_wrong_word(l, last, rule, word), K_NONE;
  Str text = lower_text(l, word);
  Nearest nearest = nearest_to(text);
  if (rule) offer_choices(&nearest, rule);
  bool choice = nearest.best.len > 0;
  int best = nearest.distance;
  for (int i = count - 1; i >= 0; i--) {
    offer_keywords(&nearest, frames[i].keyword, behind_word(l, word));
    if (nearest.distance < best) *frame = i, best = nearest.distance, choice = false;
  }
  if (nearest.best.len == 0) offer_keywords(&nearest, around, behind_word(l, word)), *frame = -1;
  if (is_bare_title(l, last)) nearest.best = STR("");
  Str help = arena_format(l->arena, "did you mean `" STR_FMT "`?", STR_ARG(nearest.best));
  if (nearest.best.len == 0)
    help = schema_has_block(last->keyword) ? STR("put a text in quotes, and each property on a line of its own")
                                           : STR("start a new line for what comes next; a text stands in quotes");
  Str joined = joined_name(l, last, word);
  if (nearest.best.len == 0 && joined.len > 0)
    help =
        arena_format(l->arena, "a name is one word: `" STR_FMT "`; what comes next starts a new line", STR_ARG(joined));
  Diagnostic *added = say(l, DIAG_UNKNOWN_KEYWORD, word, help,
                          arena_format(l->arena, "`" STR_FMT "` means nothing behind `%s`", STR_ARG(text),
                                       schema_row(last->keyword)->word));
  if (nearest.best.len == 0 && propose_half_day(l, added, last, word)) return K_NONE;
  if (nearest.best.len == 0) return propose_title(l, added, last, word), K_NONE;
  diagnostic_fix_if_sure(added, !follows_name(last) && nearest_is_sure(&nearest), word, nearest.best);
  return choice ? K_NONE : schema_find(*frame < 0 ? around : frames[*frame].keyword, nearest.best);
}

/* `€1,150`: a comma separates the values of a list, and so splits a number in two. */
static bool splits_number(const Lower *l, Node node) {
  Str text = l->unit->source.text;
  uint32_t at = node.span.start;
  bool number = node.kind >= NODE_NUMBER && node.kind <= NODE_MONEY;
  return number && at >= 2 && text.at[at - 1] == ',' && text.at[at - 2] >= '0' && text.at[at - 2] <= '9';
}

static void complain_split(Lower *l, Node node) {
  Span comma = {node.span.start - 1, node.span.start};
  bool thousands = node.span.end - node.span.start == 3;
  Diagnostic *added =
      say(l, DIAG_EXTRA_VALUE, comma, thousands ? STR("take the comma away: 1150") : STR("write a point: 1.5"),
          STR("a number has no comma in it"));
  diagnostic_fix(added, comma, thousands ? STR("") : STR("."));
}

/* `touchpoint "Gets up" 07:30`: "say what it is: at 07:30", of the properties that take such a value; or empty. */
static Str words_for(Lower *l, const Frame *frame, Node node) {
  static const ValueType types[] = {[NODE_TIME] = V_TIME,
                                    [NODE_DURATION] = V_DURATION,
                                    [NODE_DATE] = V_DATE,
                                    [NODE_MONEY] = V_MONEY,
                                    [NODE_COLOUR] = V_COLOUR};
  if (node.kind >= sizeof types / sizeof *types || types[node.kind] == V_NONE) return STR("");
  Buf words = {0};
  for (int keyword = K_FILE + 1; keyword < K_COUNT; keyword++) {
    const KeywordRow *row = schema_row((Keyword)keyword);
    if (!schema_allows(frame->keyword, (Keyword)keyword) || row->values[0].type != types[node.kind]) continue;
    buf_printf(&words, "%s%s " STR_FMT, words.len > 0 ? ", or " : "say what it is: ", row->word,
               STR_ARG(lower_text(l, node.span)));
  }
  return buf_take(&words, l->arena);
}

void complain_value(Lower *l, const Frame *frame, Node node) {
  const ValueRule *rule = awaited(frame);
  const KeywordRow *row = schema_row(frame->keyword);
  Str text = lower_text(l, node.span);
  bool short_text = text.len <= 40 && node.kind != NODE_TEXT_BLOCK;
  Str what = short_text ? arena_format(l->arena, "%s " STR_FMT, value_kind_words(node.kind), STR_ARG(text))
                        : str_of(value_kind_words(node.kind));
  bool equals = node.kind == NODE_OPERATOR && str_is(text, STR("="));
  if (equals && (!rule || rule->type != V_OPERATOR)) {
    complain_stray(l, node.span);
    return;
  }
  if (!rule && splits_number(l, node)) {
    complain_split(l, node);
    return;
  }
  if (!rule) {
    Str example = arena_format(l->arena, "for example: %s", row->example), takers = words_for(l, frame, node);
    say(l, DIAG_EXTRA_VALUE, node.span,
        takers.len > 0     ? takers
        : frame->slot == 0 ? STR("take it away")
                           : example,
        arena_format(l->arena, "`%s` takes nothing more; " STR_FMT " is too much", row->word, STR_ARG(what)));
    return;
  }
  Str words = value_words(rule, l->arena);
  Diagnostic *added =
      say(l, DIAG_WRONG_VALUE, node.span, arena_format(l->arena, "for example: %s", row->example),
          arena_format(l->arena, "`%s` takes " STR_FMT ", not " STR_FMT, row->word, STR_ARG(words), STR_ARG(what)));
  propose(l, added, rule, node);
}

void complain_range(Lower *l, const Frame *frame, const ValueRule *rule, Node node) {
  const char *word = schema_row(frame->keyword)->word;
  Str text = lower_text(l, node.span), words = value_words(rule, l->arena);
  if (rule->type == V_DATE) {
    say(l, DIAG_OUT_OF_RANGE, node.span, STR("a date is year-month-day: 2027-01-15"),
        arena_format(l->arena, "there is no day " STR_FMT, STR_ARG(text)));
    return;
  }
  if (rule->type == V_TIME) {
    say(l, DIAG_OUT_OF_RANGE, node.span, STR("a time is hours and minutes, from 00:00 to 23:59"),
        arena_format(l->arena, "there is no time " STR_FMT, STR_ARG(text)));
    return;
  }
  Str help = rule->type == V_RANGE   ? STR("the smaller number comes first: 1..5")
             : rule->type == V_SHARE ? STR("a share lies between 0% and 100%")
                                     : arena_format(l->arena, "`%s` takes " STR_FMT, word, STR_ARG(words));
  Diagnostic *added = say(l, DIAG_OUT_OF_RANGE, node.span, help,
                          arena_format(l->arena, STR_FMT " is out of range for `%s`", STR_ARG(text), word));
  const char *dots = rule->type == V_RANGE ? memmem(text.at, text.len, "..", 2) : NULL;
  if (!dots) return;
  Str first = {text.at, (size_t)(dots - text.at)}, second = str_slice(text, first.len + 2, text.len);
  if (!str_is(first, second))
    diagnostic_fix(added, node.span, arena_format(l->arena, STR_FMT ".." STR_FMT, STR_ARG(second), STR_ARG(first)));
}

/* The first value that must be there and isn't, or NULL. */
static const ValueRule *missing_value(const Frame *frame) {
  const ValueRule *rule = &schema_row(frame->keyword)->values[frame->slot];
  while (rule->type != V_NONE && rule->optional && !(rule->either && frame->slot == 0)) rule++;
  return rule->type == V_NONE ? NULL : rule;
}

void complain_missing(Lower *l, const Frame *frame, Span head) {
  bool nameless = schema_declares(frame->keyword) && l->statements.at[frame->at].value_count == 0;
  const ValueRule *rule = missing_value(frame);
  if (!rule && !nameless) return;
  const KeywordRow *row = schema_row(frame->keyword);
  Str help = arena_format(l->arena, "for example: %s", row->example);
  Str words = nameless ? STR("") : value_words(rule, l->arena);
  say(l, DIAG_MISSING_VALUE, head, help,
      nameless ? arena_format(l->arena, "this `%s` has neither a name nor a title", row->word)
               : arena_format(l->arena, "`%s` needs " STR_FMT, row->word, STR_ARG(words)));
}

void complain_absent(Lower *l, uint32_t at, Keyword required) {
  const Statement *statement = &l->statements.at[at];
  say(l, DIAG_MISSING_PROPERTY, statement_head(statement),
      arena_format(l->arena, "for example: %s", schema_row(required)->example),
      arena_format(l->arena, "this `%s` has no `%s`", schema_row((Keyword)statement->keyword)->word,
                   schema_row(required)->word));
}

void complain_comma(Lower *l, Frame *frame, Span comma) {
  if (frame->quiet) return;
  frame->quiet = true;
  Diagnostic *added =
      say(l, DIAG_STRAY_CHARACTER, comma, STR("commas stand between the names of a list: mapped-by sales, finance"),
          STR("no comma is needed here"));
  diagnostic_fix_if_sure(added, true, comma, STR(""));
}

void complain_stray(Lower *l, Span span) {
  Str sign = lower_text(l, span);
  if (str_is(sign, STR(":")) || str_is(sign, STR("="))) {
    Diagnostic *added = say(l, DIAG_STRAY_CHARACTER, span,
                            STR("take it away: a keyword and its value stand side by side, as in `via email`"),
                            arena_format(l->arena, "no `" STR_FMT "` is needed here", STR_ARG(sign)));
    diagnostic_fix_if_sure(added, true, span, STR(""));
    return;
  }
  Str help = str_is(sign, STR(";"))   ? STR("start a new line instead")
             : str_is(sign, STR("'")) ? STR("a text stands between double quotes: \"like this\"")
                                      : STR("put a text in quotes: \"like this\"");
  Diagnostic *added = say(l, DIAG_STRAY_CHARACTER, span, help,
                          arena_format(l->arena, "`" STR_FMT "` means nothing here", STR_ARG(sign)));
  if (str_is(sign, STR(";"))) propose_no_semicolon(l, added, span);
  if (str_is(sign, STR("'"))) propose_double_quotes(l, added, span);
}

/* Only the first line of what could not be read is shown. */
void complain_broken(Lower *l, Keyword parent, Node node) {
  Span line = source_line_near(&l->unit->source, node.span.start);
  Span span = {node.span.start, node.span.end < line.end ? node.span.end : line.end};
  if (span.end <= span.start) span.end = span.start + (span.start < l->unit->source.text.len);
  Str text = lower_text(l, span);
  if (node.kind == NODE_BROKEN && text.len > 0 && strchr(":;='", text.at[0])) span.end = span.start + 1;
  Str words = parent == K_PATH_ ? arena_format(l->arena, "draw an arrow: %s", schema_row(K_ARROW)->example)
                                : arena_format(l->arena, "begin it with a word that may stand here: " STR_FMT,
                                               STR_ARG(list_words(l, parent)));
  Diagnostic *added =
      say(l, DIAG_NOT_A_STATEMENT, span,
          node.kind == NODE_BROKEN ? arena_format(l->arena, STR_FMT "; a comment begins with //", STR_ARG(words))
                                   : STR("put each statement on a line of its own"),
          node.kind == NODE_BROKEN ? STR("this line doesn't begin with a keyword") : STR("this can't be read"));
  bool hash = node.kind == NODE_BROKEN && (str_starts(text, STR("# ")) || str_is(text, STR("#")));
  if (hash) diagnostic_fix_if_sure(added, true, (Span){span.start, span.start + 1}, STR("//"));
}

void complain_repeated(Lower *l, uint32_t first, uint32_t again) {
  const Statement *a = &l->statements.at[first], *b = &l->statements.at[again];
  const char *word = schema_row((Keyword)b->keyword)->word;
  Diagnostic *added = say(l, DIAG_REPEATED, statement_head(b), STR("keep one of them"),
                          arena_format(l->arena, "`%s` stands here twice", word));
  diagnostic_relate(&l->unit->diagnostics, added, l->unit->number, statement_head(a), "first given here");
  const ValueRule *rule = schema_row((Keyword)b->keyword)->values;
  bool whole = b->value_count > 0 || rule->type == V_NONE || rule->optional;
  if (whole && str_is(lower_text(l, a->span), lower_text(l, b->span)))
    diagnostic_fix_if_sure(added, true, source_without(&l->unit->source, b->span), STR(""));
}

/* ---- silences and rules ---- */

static const char *title_of(Str code) {
  DiagnosticCode found = DIAG_COUNT;
  diagnostic_find(code, &found);
  return diagnostic_info(found).title;
}

static void complain_unknown_code(Lower *l, Span span) {
  Str text = lower_text(l, span);
  Nearest nearest = nearest_to(text);
  for (int code = 0; code < DIAG_COUNT; code++)
    if (code != DIAG_OWN_CHECK) nearest_offer(&nearest, str_of(diagnostic_info((DiagnosticCode)code).code));
  bool near = nearest.best.len > 0 && nearest.distance <= 1;
  Str help =
      near ? arena_format(l->arena, "did you mean `" STR_FMT "`, %s?", STR_ARG(nearest.best), title_of(nearest.best))
           : STR("`journey explain` lists all codes");
  Diagnostic *added = say(l, DIAG_UNKNOWN_CODE, span, help,
                          arena_format(l->arena, "no message has the code `" STR_FMT "`", STR_ARG(text)));
  if (near) diagnostic_fix_if_sure(added, nearest_is_sure(&nearest), span, nearest.best);
}

/* W0407 is no message, but the page about those of a project's own checks. */
static void complain_nameless(Lower *l, Span span) {
  say(l, DIAG_UNKNOWN_CODE, span, STR("write the name of the check that you mean: silence no-photo \"\xE2\x80\xA6\""),
      arena_format(l->arena, "messages of your own checks go by their names, not by " STR_FMT,
                   STR_ARG(lower_text(l, span))));
}

static const Value *value_in(const Lower *l, const Statement *statement, unsigned slot) {
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &l->values.at[statement->first_value + i];
    if (value->slot == slot) return value;
  }
  return NULL;
}

/* A silence always says why, a rule where it switches something off. */
static void check_reason(Lower *l, const Statement *statement, const Value *reason, bool off) {
  bool silence = statement->keyword == K_SILENCE;
  bool empty = reason && str_trim(unit_text(l->unit, l->arena, reason)).len == 0;
  if (!empty && (reason || !off)) return;
  say(l, DIAG_MISSING_VALUE, reason ? reason->span : statement_head(statement),
      silence ? STR("say in a few words why it is right to leave it: silence W0603 \"Accepted until the new contract\"")
              : STR("say in a few words why: rule W0501 off \"Owners are kept in the planning tool\""),
      arena_format(l->arena, "this `%s` gives no reason", schema_row((Keyword)statement->keyword)->word));
}

static void check_error_stays(Lower *l, const Value *code, bool silence, const Value *severity) {
  if (diagnostic_info((DiagnosticCode)code->extra).severity != SEVERITY_ERROR) return;
  if (!silence && severity->extra == SEVERITY_ERROR) return;
  say(l, DIAG_ERROR_STAYS, code->span, STR("mend what it is about; only what makes a map weak can be left as it is"),
      arena_format(l->arena, STR_FMT " is an error, and can't be %s", STR_ARG(lower_text(l, code->span)),
                   silence                           ? "silenced"
                   : severity->extra == SEVERITY_OFF ? "switched off"
                                                     : "made less grave"));
}

/* Whether the name of a check is one is known once all files are. */
void complain_ruling(Lower *l, uint32_t at) {
  const Statement *statement = &l->statements.at[at];
  bool silence = statement->keyword == K_SILENCE;
  const Value *code = value_in(l, statement, 0), *severity = silence ? NULL : value_in(l, statement, 1);
  if (!code || (!silence && !severity)) return;
  bool off = severity && severity->extra == SEVERITY_OFF;
  const Value *reason = value_in(l, statement, silence ? 1 : 2);
  if (code->extra == DIAG_OWN_CHECK) complain_nameless(l, code->span);
  else if (code->extra < DIAG_COUNT) check_error_stays(l, code, silence, severity);
  else if (diagnostic_is_code(lower_text(l, code->span))) complain_unknown_code(l, code->span);
  if (!silence || reason) check_reason(l, statement, reason, off);
}
