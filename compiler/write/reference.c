#include "write/reference.h"

#include "schema/schema.h"

/* A group goes from its first keyword to the next group's. */
static const struct {
  Keyword first;
  const char *title, *about;
} groups[] = {
    {K_USE, "Files",
     "A file names the other files whose names it uses. Paths are relative to the file that names them."},
    {K_JOURNEY, "The journey", "The head of a map: whose journey it is, why it was drawn, who answers for it."},
    {K_STAGE, "Stages and touchpoints", "The columns of the map, and what stands in them."},
    {K_PAIN, "Pains and opportunities", "What hurts, and what will be done about it."},
    {K_MEASURE, "Measures", "Numbers that were measured, and numbers that are promised."},
    {K_PATH_, "Paths", "Clients skip, repeat and leave. Without a path, each step leads to the next one."},
    {K_CHANGE, "Variants",
     "A journey that extends another writes only what differs: for a persona, for a channel, or for the future."},
    {K_PERSONA, "Personas and segments", "Who the client is."},
    {K_TEAM, "Teams and systems", "Who and what stands behind the service."},
    {K_EVIDENCE, "What claims stand on", "A claim without evidence is a guess; say where it comes from."},
    {K_CHANNEL, "Vocabularies",
     "Channels, emotion words, severities, methods, lanes and metrics are declared, never built in. The standard "
     "library "
     "declares the usual ones; declare one again to change it for your project."},
};
#define GROUP_COUNT (sizeof groups / sizeof *groups)

/* ---- headings and links ---- */

static const char *place_words(Keyword where) { return where == K_FILE ? "file" : schema_row(where)->word; }

/* "touchpoint", and where there are two of a word, "goal (persona)". */
static void write_heading(Buf *to, Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  if (keyword == K_ARROW) buf_add(to, STR("Arrow "));
  buf_printf(to, "`%s`", row->word);
  if (schema_has_namesake(keyword)) buf_printf(to, " (%s)", place_words(row->where[0]));
}

/* The name that GitHub gives a heading: lower case, spaces become hyphens, marks go. */
static void write_anchor(Buf *to, Keyword keyword) {
  Buf heading = {0};
  write_heading(&heading, keyword);
  for (size_t i = 0; i < heading.len; i++) {
    char c = heading.at[i];
    if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
    if (c == ' ') c = '-';
    if (c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) buf_add_byte(to, c);
  }
  buf_free(&heading);
}

static void write_link(Buf *to, Keyword keyword) {
  if (keyword == K_FILE) {
    buf_add(to, STR("the file itself"));
    return;
  }
  buf_printf(to, "[`%s`](#", schema_row(keyword)->word);
  write_anchor(to, keyword);
  buf_add_byte(to, ')');
}

static void write_links(Buf *to, const Keyword *keywords) {
  for (const Keyword *k = keywords; *k != K_NONE; k++) {
    if (k != keywords) buf_add(to, STR(", "));
    write_link(to, *k);
  }
}

/* What may stand inside; ended by K_NONE. */
static size_t children_of(Keyword parent, Keyword children[K_COUNT + 1]) {
  size_t count = 0;
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++)
    if (schema_allows(parent, k)) children[count++] = k;
  children[count] = K_NONE;
  return count;
}

/* ---- values ---- */

static void write_choices(Buf *to, const char *const *choices) {
  for (size_t i = 0; choices[i]; i++) {
    if (i > 0) buf_add_c(to, choices[i + 1] ? ", " : " or ");
    buf_printf(to, "`%s`", choices[i]);
  }
}

static void write_number_words(Buf *to, const ValueRule *rule) {
  buf_add(to, STR("a number"));
  if (rule->max >= 1e9) {
    buf_add(to, STR(", 0 or more"));
    return;
  }
  buf_add(to, STR(" from "));
  buf_number(to, rule->min, 3);
  buf_add(to, STR(" to "));
  buf_number(to, rule->max, 3);
}

static const char *type_words(ValueType type) {
  switch (type) {
    case V_ID: return "a name";
    case V_TEXT: return "a text in quotes";
    case V_SHARE: return "a share, such as `38%`";
    case V_DURATION: return "a duration, such as `30min` or `3d`";
    case V_MONEY: return "an amount of money, such as `€40`";
    case V_DATE: return "a date, such as `2026-10-01`";
    case V_TIME: return "a time of the day, such as `07:30`";
    case V_CODE: return "the code of a message, such as `W0603`, or the name of a `check`";
    case V_EMOTION: return "a number on the map's scale, or a word such as `anxious`";
    case V_RANGE: return "a range, such as `1..10`";
    case V_QUANTITY: return "a number, a share, a duration or an amount of money";
    case V_OPERATOR: return "`>=`, `<=`, `>`, `<`, `=` or `!=`";
    case V_PATH: return "a file, in quotes";
    case V_COLOUR: return "a colour, such as `#2b6cb0`";
    default: return "";
  }
}

static void write_value(Buf *to, const ValueRule *rule) {
  buf_printf(to, "  - *%s*: ", rule->name);
  if (rule->type == V_REF) buf_printf(to, "the name of a declared %s", schema_target_words(rule->target));
  else if (rule->type == V_REFS)
    buf_printf(to, "one or more names, with commas, each of a declared %s", schema_target_words(rule->target));
  else if (rule->type == V_CHOICE) write_choices(to, rule->choices);
  else if (rule->type == V_NUMBER) write_number_words(to, rule);
  else buf_add_c(to, type_words(rule->type));
  buf_add_c(to, rule->optional ? " (may be left out)\n" : "\n");
}

static const char *how_often_words(HowOften how_often) {
  switch (how_often) {
    case ONE: return "at most once";
    case REQUIRED: return "exactly once";
    case MANY: return "any number of times";
    case DECLARES: return "any number of times, each with a name of its own";
  }
  return "";
}

/* ---- keywords ---- */

static void write_example(Buf *to, const char *example) { buf_printf(to, "\n```journey\n%s\n```\n", example); }

static void write_also(Buf *to, const char *also) {
  if (!*also) return;
  buf_add(to, STR("- Elsewhere called: "));
  Str rest = str_of(also);
  for (Str word = str_cut(&rest, ' ');; word = str_cut(&rest, ' ')) {
    buf_printf(to, STR_FMT, STR_ARG(word));
    if (!rest.len) break;
    buf_add(to, STR(", "));
  }
  buf_add_byte(to, '\n');
}

static void write_keyword(Buf *to, Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  Keyword children[K_COUNT + 1];
  buf_add(to, STR("\n### "));
  write_heading(to, keyword);
  buf_printf(to, "\n\n%s\n", row->doc);
  write_example(to, row->example);
  buf_add(to, STR("\n- Stands in: "));
  write_links(to, row->where);
  buf_printf(to, ", %s\n", how_often_words(row->how_often));
  if (row->values[0].type != V_NONE) buf_add(to, STR("- Values:\n"));
  for (const ValueRule *rule = row->values; rule->type != V_NONE; rule++) write_value(to, rule);
  if (children_of(keyword, children)) {
    buf_add(to, STR("- Holds: "));
    write_links(to, children);
    buf_add_byte(to, '\n');
  }
  write_also(to, row->also);
}

/* ---- the page ---- */

/* A row for each keyword that holds more than one or two properties. */
static void write_overview(Buf *to) {
  Keyword children[K_COUNT + 1];
  buf_add(to, STR("\n## What stands where\n\n| In | may stand |\n|---|---|\n"));
  for (Keyword k = K_FILE; k < K_COUNT; k++) {
    if (children_of(k, children) < 3) continue;
    buf_add(to, STR("| "));
    write_link(to, k);
    buf_add(to, STR(" | "));
    write_links(to, children);
    buf_add(to, STR(" |\n"));
  }
}

void reference_write(Buf *to) {
  buf_add_c(to, reference_intro);
  write_overview(to);
  for (size_t g = 0; g < GROUP_COUNT; g++) {
    buf_printf(to, "\n## %s\n\n%s\n", groups[g].title, groups[g].about);
    Keyword end = g + 1 < GROUP_COUNT ? groups[g + 1].first : K_COUNT;
    for (Keyword k = groups[g].first; k < end; k++) write_keyword(to, k);
  }
}
