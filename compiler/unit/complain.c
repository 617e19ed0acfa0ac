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

static void offer_keywords(Nearest *nearest, Keyword parent) {
  for (int keyword = K_FILE + 1; keyword < K_COUNT; keyword++) {
    if (!schema_allows(parent, (Keyword)keyword) || keyword == K_ARROW) continue;
    const KeywordRow *row = schema_row((Keyword)keyword);
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

static Str elsewhere_help(Lower *l, Keyword parent, Str word) {
  if (parent == K_PATH_) return arena_format(l->arena, "draw an arrow: %s", schema_row(K_ARROW)->example);
  Keyword meant = meant_elsewhere(word, parent);
  if (meant == K_NONE) return arena_format(l->arena, "what may stand here: " STR_FMT, STR_ARG(list_words(l, parent)));
  return arena_format(l->arena, "did you mean `%s`? It stands " STR_FMT, schema_row(meant)->word,
                      STR_ARG(where_words(l, meant)));
}

static void complain_odd_arrow(Lower *l, Span arrow) {
  Diagnostic *added = say(l, DIAG_STRAY_CHARACTER, arrow, STR("write ->"),
                          arena_format(l->arena, "an arrow is not written " STR_FMT, STR_ARG(lower_text(l, arrow))));
  diagnostic_fix_if_sure(added, true, arrow, STR("->"));
}

Keyword complain_keyword(Lower *l, Keyword parent, Span word) {
  Str text = lower_text(l, word);
  Span arrow = schema_allows(parent, K_ARROW) ? odd_arrow(l, word.end) : (Span){0};
  if (arrow.end > 0) return complain_odd_arrow(l, arrow), K_NONE;
  Keyword elsewhere = schema_find_anywhere(text, K_NONE);
  Nearest nearest = nearest_to(text);
  offer_keywords(&nearest, parent);
  bool meant = nearest.best.len > 0 && (elsewhere == K_NONE || nearest.distance == 0);
  Str place = parent_words(l, parent);
  if (meant) {
    Diagnostic *added =
        say(l, DIAG_UNKNOWN_KEYWORD, word, arena_format(l->arena, "did you mean `" STR_FMT "`?", STR_ARG(nearest.best)),
            arena_format(l->arena, "`" STR_FMT "` means nothing " STR_FMT, STR_ARG(text), STR_ARG(place)));
    diagnostic_fix_if_sure(added, elsewhere == K_NONE && nearest_is_sure(&nearest), word, nearest.best);
    return schema_find(parent, nearest.best);
  }
  if (elsewhere != K_NONE) {
    say(l, DIAG_MISPLACED_KEYWORD, word,
        arena_format(l->arena, "it stands " STR_FMT, STR_ARG(where_words(l, elsewhere))),
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
  if (nearest.best.len > 0) diagnostic_fix_if_sure(added, nearest_is_sure(&nearest), word, nearest.best);
  else if (rule->type == V_TEXT) propose_quotes(l, added, word.start, true);
  else if (rule->type == V_DATE) propose_date(l, added, word.start);
}

/* `touchpoint Clients need help`: behind a name, a word may be the next one of a title that lacks its quotes. */
static bool follows_name(const Frame *frame) {
  return frame->slot > 0 && schema_row(frame->keyword)->values[frame->slot - 1].type == V_ID;
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
    offer_keywords(&nearest, frames[i].keyword);
    if (nearest.distance < best) *frame = i, best = nearest.distance, choice = false;
  }
  if (nearest.best.len == 0) offer_keywords(&nearest, around), *frame = -1;
  if (is_bare_title(l, last)) nearest.best = STR("");
  Str help = arena_format(l->arena, "did you mean `" STR_FMT "`?", STR_ARG(nearest.best));
  if (nearest.best.len == 0)
    help = schema_has_block(last->keyword) ? STR("put a text in quotes, and each property on a line of its own")
                                           : STR("start a new line for what comes next; a text stands in quotes");
  Diagnostic *added = say(l, DIAG_UNKNOWN_KEYWORD, word, help,
                          arena_format(l->arena, "`" STR_FMT "` means nothing behind `%s`", STR_ARG(text),
                                       schema_row(last->keyword)->word));
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
    say(l, DIAG_EXTRA_VALUE, node.span,
        frame->slot == 0 ? STR("take it away") : arena_format(l->arena, "for example: %s", row->example),
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
void complain_broken(Lower *l, Node node) {
  Span line = source_line(&l->unit->source, node.span.start);
  Span span = {node.span.start, node.span.end < line.end ? node.span.end : line.end};
  if (span.end <= span.start) span.end = span.start + (span.start < l->unit->source.text.len);
  Str text = lower_text(l, span);
  if (node.kind == NODE_BROKEN && text.len > 0 && strchr(":;='", text.at[0])) span.end = span.start + 1;
  Diagnostic *added =
      say(l, DIAG_NOT_A_STATEMENT, span,
          node.kind == NODE_BROKEN
              ? STR("begin it with a word such as `stage`, `touchpoint` or `note`; a comment begins with //")
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
  if (str_is(lower_text(l, a->span), lower_text(l, b->span)))
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
    nearest_offer(&nearest, str_of(diagnostic_info((DiagnosticCode)code).code));
  bool near = nearest.best.len > 0 && nearest.distance <= 1;
  Str help =
      near ? arena_format(l->arena, "did you mean `" STR_FMT "`, %s?", STR_ARG(nearest.best), title_of(nearest.best))
           : STR("`journey explain` lists all codes");
  Diagnostic *added = say(l, DIAG_UNKNOWN_CODE, span, help,
                          arena_format(l->arena, "no message has the code `" STR_FMT "`", STR_ARG(text)));
  if (near) diagnostic_fix_if_sure(added, nearest_is_sure(&nearest), span, nearest.best);
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

void complain_ruling(Lower *l, uint32_t at) {
  const Statement *statement = &l->statements.at[at];
  bool silence = statement->keyword == K_SILENCE;
  const Value *code = value_in(l, statement, 0), *severity = silence ? NULL : value_in(l, statement, 1);
  if (!code || (!silence && !severity)) return;
  bool off = severity && severity->extra == SEVERITY_OFF;
  const Value *reason = value_in(l, statement, silence ? 1 : 2);
  if (code->extra == DIAG_COUNT) complain_unknown_code(l, code->span);
  else if (diagnostic_info((DiagnosticCode)code->extra).severity == SEVERITY_ERROR &&
           (silence || severity->extra != SEVERITY_ERROR))
    say(l, DIAG_ERROR_STAYS, code->span, STR("mend what it is about; only what makes a map weak can be left as it is"),
        arena_format(l->arena, STR_FMT " is an error, and can't be %s", STR_ARG(lower_text(l, code->span)),
                     silence ? "silenced"
                     : off   ? "switched off"
                             : "made less grave"));
  if (!silence || reason) check_reason(l, statement, reason, off);
}
