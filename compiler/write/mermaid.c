#include "write/mermaid.h"

#include <ctype.h>
#include <math.h>

#include "base/vec.h"

/* Signs that end a text in Mermaid, or begin something else in it. */
static const char TITLE_SIGNS[] = "#;<&", NAME_SIGNS[] = "#;:<&", ACTOR_SIGNS[] = "#;:,<&";

/* Whether Mermaid would take the text for a line of another kind. */
static bool reads_as_keyword(Str text) {
  static const char *const WORDS[] = {"title", "section", "journey", "acctitle", "accdescr"};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
    size_t len = strlen(WORDS[i]), same = 0;
    while (same < len && same < text.len && tolower((unsigned char)text.at[same]) == WORDS[i][same]) same++;
    if (same == len) return true;
  }
  return false;
}

static void add_text(Buf *to, Str text, const char *signs, bool starts_line) {
  text = str_trim(text);
  bool hide = starts_line && reads_as_keyword(text);
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.at[i];
    bool percents = c == '%' && i + 1 < text.len && text.at[i + 1] == '%';
    if (c < 32 || c == 127) buf_add_byte(to, ' ');
    else if (strchr(signs, c) || percents || (hide && i == 0)) buf_printf(to, "#%d;", c);
    else buf_add_byte(to, (char)c);
  }
}

/* ---- actors ---- */

typedef VEC(Str) Names;

static void add_name(Names *names, Str name) {
  for (size_t i = 0; i < names->len; i++)
    if (str_is(names->at[i], name)) return;
  if (str_trim(name).len > 0) vec_push(names, name);
}

/* Adds the teams that act in the step; whether the step shows anything beside back stage work. */
static bool add_teams(const View *view, uint32_t step, Names *names) {
  bool client = true, behind = false, seen = false;
  for (uint32_t i = 0; i < view->lane_count; i++) {
    const ViewLane *lane = &view->lanes[i];
    if (lane->kind != LANE_ENTRIES || lane->cells[step].count == 0) continue;
    const Cell *cell = &lane->cells[step];
    if (lane->shows == K_BACKSTAGE) behind = true;
    else if (lane->shows == K_FRONTSTAGE || lane->shows == K_CLIENT || lane->shows == K_THINKS ||
             lane->shows == K_VIA || lane->shows == K_NEEDS)
      seen = true;
    for (uint32_t k = 0; k < cell->count; k++)
      if (cell->entries[k].kind == ENTRY_ACTION) add_name(names, cell->entries[k].label);
  }
  if (behind && !seen) client = false;
  return client;
}

static void write_actors(const View *view, uint32_t step, Buf *to) {
  Names teams = {0}, all = {0};
  bool client = add_teams(view, step, &teams);
  if (client && view->persona.present) add_name(&all, view->persona.name);
  for (size_t i = 0; i < teams.len; i++) add_name(&all, teams.at[i]);
  for (size_t i = 0; i < all.len; i++) {
    buf_add_c(to, i == 0 ? ": " : ", ");
    add_text(to, all.at[i], ACTOR_SIGNS, false);
  }
  vec_free(&teams);
  vec_free(&all);
}

/* ---- lines ---- */

static void write_step(const View *view, uint32_t at, Buf *to) {
  const ViewStep *step = &view->steps[at];
  if (!step->has_emotion) buf_add_c(to, "    %% No emotion is stated for the next step: drawn as 3\n");
  buf_add_c(to, "    ");
  size_t start = to->len;
  add_text(to, step->title, NAME_SIGNS, true);
  if (to->len == start) buf_add_c(to, "Step");
  buf_printf(to, ": %d", step->has_emotion ? (int)lround(3 + 2 * step->emotion) : 3);
  write_actors(view, at, to);
  buf_add_byte(to, '\n');
}

static void write_stage(const View *view, const ViewStage *stage, Buf *to) {
  buf_add_c(to, "  section ");
  size_t start = to->len;
  add_text(to, stage->title, NAME_SIGNS, false);
  if (to->len == start) buf_add_c(to, "Stage");
  buf_add_byte(to, '\n');
  for (uint32_t i = 0; i < stage->step_count; i++) write_step(view, stage->first_step + i, to);
}

/* The documentation, as the description that screen readers give. */
static void write_description(const View *view, Buf *to) {
  Str rest = str_trim(view->doc);
  bool one = !memchr(rest.at ? rest.at : "", '\n', rest.len);
  if (rest.len == 0) return;
  if (one) buf_add_c(to, "  accDescr: ");
  else buf_add_c(to, "  accDescr {\n");
  while (rest.len > 0) {
    Str line = str_cut(&rest, '\n');
    if (!one) buf_add_c(to, "    ");
    add_text(to, line, one ? "#&<" : "#&<}", false);
    buf_add_byte(to, '\n');
  }
  if (!one) buf_add_c(to, "  }\n");
}

void mermaid_write(const View *view, Buf *to) {
  buf_add_c(to, "journey\n  title ");
  add_text(to, view->title, TITLE_SIGNS, false);
  buf_add_byte(to, '\n');
  write_description(view, to);
  for (uint32_t i = 0; i < view->stage_count; i++) write_stage(view, &view->stages[i], to);
}
