#include <math.h>

#include "view/flow_words.h"
#include "view/observe_words.h"
#include "write/excerpt.h"
#include "write/observe.h"
#include "write/text_table.h"

enum {
  NARROWEST = 60,
  VALUE_COLUMNS = 10,
  NAME_MOST = 40,
  SIGNS = 4,
  WAYS = 4,
  PATHS = 6,
  UNKNOWN = 10,
  SIDE_BY_SIDE = 6
};

typedef struct {
  const Observed *observed;
  const Observation *o;
  const Binding *binding;
  Arena *arena;
  TextTable table;
  int width;
} Page;

static void line(const Page *page, TableInk ink, Str text) { table_text(&page->table, page->width, ink, text); }

static void heading(const Page *page, const char *text) {
  buf_add_byte(page->table.to, '\n');
  line(page, TABLE_STRONG, str_of(text));
}

/* Lines behind a sign, the further ones below the first. */
static void hanging(const Page *page, const char *sign, TableInk ink, Str text) {
  int indent = (int)strlen(sign);
  TextTable table = page->table;
  TableCell cells[2] = {0};
  table.first_columns = indent - TABLE_GAP;
  table.value_columns = 0;
  table_add(&table, &cells[1], page->width - indent, ink, text);
  for (size_t i = 0; i < cells[1].len; i++) {
    Str start = i == 0 ? str_of(sign) : STR("");
    cells[1].at[i].text = cells[1].at[i].text;
    buf_add(table.to, start);
    if (i > 0) buf_repeat(table.to, STR(" "), (size_t)indent);
    TableCell one = {0};
    vec_push(&one, cells[1].at[i]);
    table.first_columns = page->width - indent;
    table_row(&table, &one, 1);
  }
  vec_free(&cells[1]);
}

/* ---- what went otherwise ---- */

static void write_finding(const Page *page, const Finding *finding, uint32_t number) {
  Arena *arena = page->arena;
  const Difference *first = &finding->differences[0];
  Str who = observe_who(finding, arena), what = observe_difference(page->binding, finding, first, arena);
  hanging(page, number < 10 ? arena_format(arena, " %u. ", number).at : arena_format(arena, "%u. ", number).at,
          TABLE_PLAIN,
          arena_format(arena, STR_FMT ": " STR_FMT " (" STR_FMT " of " STR_FMT ", against " STR_FMT " of " STR_FMT ").",
                       STR_ARG(who), STR_ARG(what), STR_ARG(observe_number(first->hits, arena)),
                       STR_ARG(observe_number(first->here.n, arena)), STR_ARG(observe_number(first->other_hits, arena)),
                       STR_ARG(observe_number(first->others.n, arena))));
  for (uint32_t i = 1; i < finding->count && i <= SIGNS; i++)
    hanging(page, "    - ", TABLE_FAINT, observe_difference(page->binding, finding, &finding->differences[i], arena));
}

static void write_findings(const Page *page) {
  const Findings *findings = &page->observed->findings;
  Arena *arena = page->arena;
  if (findings->compared == 0) return;
  heading(page, "What went otherwise for some");
  for (uint32_t i = 0; i < findings->count; i++) write_finding(page, &findings->at[i], i + 1);
  Str compared = arena_format(arena, "%u outcomes, %u groups of clients, %u days", findings->outcomes, findings->groups,
                              findings->days);
  if (findings->count == 0)
    line(page, TABLE_PLAIN,
         arena_format(arena, "Nothing that could not be chance (looked over: " STR_FMT ").", STR_ARG(compared)));
  else
    line(page, TABLE_FAINT,
         arena_format(arena,
                      "Beyond chance, the strongest first (looked over: " STR_FMT "). Whom one line speaks of is left "
                      "out of those below it.",
                      STR_ARG(compared)));
}

/* ---- steps ---- */

typedef enum {
  COLUMN_REACH,
  COLUMN_GOES_ON,
  COLUMN_LEAVES,
  COLUMN_AGAIN,
  COLUMN_WAIT,
  COLUMN_P90,
  STEP_COLUMNS
} StepColumn;

static Str step_value(const Page *page, const ObservedStep *step, StepColumn column) {
  Arena *arena = page->arena;
  switch (column) {
    case COLUMN_REACH: return observe_percent(step->reach.value, arena);
    case COLUMN_GOES_ON: return observe_percent(step->goes_on.n > 0 ? step->goes_on.value : NAN, arena);
    case COLUMN_LEAVES: return observe_percent(step->leaves.value, arena);
    case COLUMN_AGAIN: return observe_percent((double)step->repeats / (double)step->cases, arena);
    case COLUMN_WAIT: return observe_time(step->before.median, arena);
    case COLUMN_P90: return observe_time(step->before.p90, arena);
    case STEP_COLUMNS: break;
  }
  return STR("");
}

static size_t step_columns(const Page *page) {
  size_t count = page->binding->log->has_time ? STEP_COLUMNS : COLUMN_WAIT;
  while (count > COLUMN_AGAIN && page->width - (int)count * (VALUE_COLUMNS + TABLE_GAP) < 18) count--;
  return count;
}

static void write_step_row(const Page *page, const TextTable *table, const ObservedStep *step, size_t columns) {
  TableCell cells[STEP_COLUMNS + 1] = {0};
  Str title = item_title(page->observed->project, &page->observed->journey->steps[step->step].item, page->arena);
  table_add(table, &cells[0], table->first_columns - 2, TABLE_PLAIN, title);
  for (size_t i = 0; i < cells[0].len; i++)
    cells[0].at[i].text = arena_format(page->arena, "  " STR_FMT, STR_ARG(cells[0].at[i].text));
  for (size_t i = 0; i < columns; i++)
    table_add(table, &cells[i + 1], table->value_columns, TABLE_PLAIN, step_value(page, step, (StepColumn)i));
  table_row(table, cells, columns + 1);
}

static void write_stage_row(const Page *page, const TextTable *table, uint32_t number) {
  const Stage *stage = &page->observed->journey->stages[number];
  TableCell cells[2] = {0};
  table_add(table, &cells[0], table->first_columns, TABLE_STRONG,
            item_title(page->observed->project, &stage->item, page->arena));
  table_add(table, &cells[1], table->value_columns, TABLE_FAINT,
            observe_percent(page->o->stages[number].reach.value, page->arena));
  table_row(table, cells, 2);
}

static void write_steps(const Page *page) {
  static const char *const names[] = {"come here",  "go on",       "leave here",
                                      "come again", "wait before", "one in ten over"};
  TextTable table = page->table;
  size_t columns = step_columns(page);
  int room = page->width - (int)columns * (VALUE_COLUMNS + TABLE_GAP);
  table.value_columns = VALUE_COLUMNS;
  table.first_columns = room < NAME_MOST ? room : NAME_MOST;
  TableCell cells[STEP_COLUMNS + 1] = {0};
  heading(page, "Steps");
  for (size_t i = 0; i < columns; i++)
    table_add(&table, &cells[i + 1], table.value_columns, TABLE_STRONG, str_of(names[i]));
  table_row(&table, cells, columns + 1);
  table_rule(&table, columns);
  uint32_t stage = NONE;
  for (uint32_t node = 0; node < page->binding->node_count; node++) {
    const ObservedStep *step = &page->o->steps[node];
    uint32_t own = page->observed->journey->steps[step->step].stage;
    if (own != stage) write_stage_row(page, &table, stage = own);
    write_step_row(page, &table, step, columns);
  }
  line(page, TABLE_FAINT,
       STR("Come here: of all cases. Go on: of those who come here, who also come to the next step. Leave here: who "
           "has no step behind it. Wait: the median from the step before."));
}

/* ---- where they go ---- */

static void write_move(const Page *page, const ObservedMove *move, Buf *out) {
  Arena *arena = page->arena;
  double drawn;
  Str to = move->to == page->binding->end ? STR("no further step") : node_title(page->binding, move->to, arena);
  buf_printf(out, "%s" STR_FMT " " STR_FMT, out->len > 0 ? ", " : "",
             STR_ARG(observe_percent(move->share.value, arena)), STR_ARG(to));
  if (drawn_share(page->o, move->from, move->to, &drawn)) {
    if (move_contradicts(move, drawn))
      buf_printf(out, " (the map says " STR_FMT ")", STR_ARG(observe_percent(drawn, arena)));
  } else if (!move->drawn) buf_add_c(out, " (not drawn)");
}

static void write_moves_of(const Page *page, uint32_t node) {
  Buf out = {0};
  const Observation *o = page->o;
  uint32_t first = o->first_move[node], end = o->first_move[node + 1], shown = 0;
  for (; first + shown < end && shown < WAYS; shown++) write_move(page, &o->moves[first + shown], &out);
  if (shown == 0) return;
  if (first + shown < end) buf_printf(&out, ", and %u more", end - first - shown);
  Str from = node_title(page->binding, node, page->arena);
  if (node == page->binding->start) from = STR("Begin at");
  hanging(page, "  ", TABLE_PLAIN,
          arena_format(page->arena, STR_FMT ": " STR_FMT, STR_ARG(from), STR_ARG(buf_str(&out))));
  buf_free(&out);
}

static void write_moves(const Page *page) {
  heading(page, "Where they go next");
  if (page->observed->from == NONE) write_moves_of(page, page->binding->start);
  for (uint32_t node = 0; node < page->binding->node_count; node++) write_moves_of(page, node);
}

static void write_variants(const Page *page) {
  const Observation *o = page->o;
  Arena *arena = page->arena;
  if (o->variant_count == 0) return;
  heading(page, "The usual paths");
  for (uint32_t i = 0; i < o->variant_count && i < PATHS; i++) {
    const ObservedVariant *variant = &o->variants[i];
    Str part = observe_percent(variant->share.value, arena);
    hanging(page, arena_format(arena, "%6s  ", part.at).at, TABLE_PLAIN,
            arena_format(arena, STR_FMT "%s", STR_ARG(observe_path(page->binding, variant, arena)),
                         variant->completes ? ", complete"
                         : variant->fits    ? ""
                                            : " (not as drawn)"));
  }
  if (o->variants_all > PATHS)
    line(page, TABLE_FAINT,
         arena_format(arena, STR_FMT " different paths in all.", STR_ARG(observe_number(o->variants_all, arena))));
}

/* ---- beside the map ---- */

static void write_unknown(const Page *page) {
  const Observation *o = page->o;
  Arena *arena = page->arena;
  if (o->unknown_all == 0) return;
  heading(page, "Activities that no step has");
  for (uint32_t i = 0; i < o->unknown_count && i < UNKNOWN; i++) {
    const UnknownActivity *unknown = &o->unknown[i];
    Str after =
        unknown->after == page->binding->start
            ? STR("before any step")
            : arena_format(arena, "after \"" STR_FMT "\"", STR_ARG(node_title(page->binding, unknown->after, arena)));
    hanging(page, "  ", TABLE_PLAIN,
            arena_format(arena,
                         STR_FMT ": " STR_FMT " %s, in " STR_FMT " of the cases; most often " STR_FMT " (" STR_FMT ")",
                         STR_ARG(page->binding->log->activities[unknown->activity]),
                         STR_ARG(observe_number(unknown->events, arena)), unknown->events == 1 ? "event" : "events",
                         STR_ARG(observe_percent(unknown->reach.value, arena)), STR_ARG(after),
                         STR_ARG(observe_percent((double)unknown->after_count / (double)unknown->events, arena))));
  }
  if (o->unknown_all > UNKNOWN) line(page, TABLE_FAINT, arena_format(arena, "  and %u more", o->unknown_all - UNKNOWN));
}

static void write_fit(const Page *page) {
  Arena *arena = page->arena;
  Str unknown = observe_steps_unseen(page->binding, STEP_UNKNOWN, arena);
  Str unseen = observe_steps_unseen(page->binding, STEP_UNSEEN, arena);
  heading(page, "How well the map fits");
  line(page, TABLE_PLAIN, observe_fit(page->o, arena));
  if (unknown.len > 0)
    line(page, TABLE_PLAIN,
         arena_format(arena, "Nobody takes " STR_FMT ": the log has no such activity.", STR_ARG(unknown)));
  if (unseen.len > 0)
    line(page, TABLE_FAINT,
         arena_format(arena, "The log cannot show " STR_FMT ": no activity is bound there by `observed-as`.",
                      STR_ARG(unseen)));
}

/* ---- splits ---- */

static void write_split_row(const Page *page, const TextTable *table, Str name, Str *values, const bool *marked,
                            size_t count) {
  TableCell *cells = ARENA_ARRAY(page->arena, TableCell, count + 1);
  table_add(table, &cells[0], table->first_columns, TABLE_PLAIN, name);
  for (size_t i = 0; i < count; i++)
    table_add(table, &cells[i + 1], table->value_columns, marked && marked[i] ? TABLE_STRONG : TABLE_PLAIN, values[i]);
  table_row(table, cells, count + 1);
}

/* A share of a part, with a sign where it can be told from that of all. */
static Str marked_share(const Page *page, Estimate here, Estimate all, bool *marked) {
  Str text = observe_percent(here.n > 0 ? here.value : NAN, page->arena);
  *marked = here.n > 0 && here.n < all.n && estimates_differ(here, all);
  if (!*marked) return text;
  return arena_format(page->arena, STR_FMT " %s", STR_ARG(text),
                      here.value < all.value ? (page->table.ascii ? "-" : "\u2193")
                                             : (page->table.ascii ? "+" : "\u2191"));
}

static void write_split_band(const Page *page, uint32_t first, uint32_t count) {
  const Split *split = page->observed->split;
  TextTable table = page->table;
  Str *values = ARENA_ARRAY(page->arena, Str, count + 1);
  bool *marked = ARENA_ARRAY(page->arena, bool, count + 1);
  table.value_columns = VALUE_COLUMNS;
  table.first_columns = page->width - (int)count * (VALUE_COLUMNS + TABLE_GAP);
  if (table.first_columns > NAME_MOST) table.first_columns = NAME_MOST;
  buf_add_byte(table.to, '\n');
  for (uint32_t i = 0; i < count; i++) values[i] = split->parts[first + i].name, marked[i] = true;
  write_split_row(page, &table, STR(""), values, marked, count);
  table_rule(&table, count);
  for (uint32_t i = 0; i < count; i++) values[i] = observe_number(split->parts[first + i].cases, page->arena);
  write_split_row(page, &table, STR("Cases"), values, NULL, count);
  for (uint32_t i = 0; i < count; i++)
    values[i] = marked_share(page, split->parts[first + i].observation->completes, page->o->completes, &marked[i]);
  write_split_row(page, &table, STR("Complete the journey"), values, marked, count);
  for (uint32_t node = 0; node < page->binding->node_count; node++) {
    for (uint32_t i = 0; i < count; i++)
      values[i] = marked_share(page, split->parts[first + i].observation->steps[node].goes_on,
                               page->o->steps[node].goes_on, &marked[i]);
    if (node + 1 < page->binding->node_count)
      write_split_row(page, &table,
                      arena_format(page->arena, STR_FMT " \u2192 " STR_FMT,
                                   STR_ARG(node_title(page->binding, node, page->arena)),
                                   STR_ARG(node_title(page->binding, node + 1, page->arena))),
                      values, marked, count);
  }
  for (uint32_t i = 0; i < count; i++)
    values[i] = observe_time(split->parts[first + i].observation->length.median, page->arena);
  if (page->binding->log->has_time)
    write_split_row(page, &table, STR("From first to last (median)"), values, NULL, count);
}

static void write_split(const Page *page) {
  const Split *split = page->observed->split;
  if (!split) return;
  heading(page, arena_format(page->arena, "By " STR_FMT, STR_ARG(split->by)).at);
  line(page, TABLE_FAINT,
       STR("Of those who come to a step, who also come to the next one. An arrow marks what can be told from all "
           "cases."));
  uint32_t each = (uint32_t)((page->width - 24) / (VALUE_COLUMNS + TABLE_GAP));
  if (each > 8) each = 8;
  for (uint32_t i = 0; i < split->count; i += each)
    write_split_band(page, i, split->count - i < each ? split->count - i : each);
  if (split->left_out > 0)
    line(page, TABLE_FAINT,
         arena_format(page->arena, "%u smaller ones are left out; the JSON has as many.", split->left_out));
}

/* ---- all of it ---- */

static void write_head(const Page *page) {
  const Observed *observed = page->observed;
  Arena *arena = page->arena;
  Str bad = observe_bad_rows(observed->log, arena);
  line(page, TABLE_STRONG, item_title(observed->project, &observed->journey->item, arena));
  line(page, TABLE_FAINT,
       arena_format(arena, "What clients did, by \"" STR_FMT "\" (" STR_FMT "): " STR_FMT ".",
                    STR_ARG(item_title(observed->project, &(Item){.at = observed->log->evidence}, arena)),
                    STR_ARG(excerpt_name(arena, observed->log->path)), STR_ARG(observe_source(observed->log, arena))));
  if (bad.len > 0) line(page, TABLE_BAD, bad);
  if (observed->from != NONE || observed->to != NONE)
    line(page, TABLE_PLAIN,
         arena_format(
             arena, "Only from \"" STR_FMT "\" to \"" STR_FMT "\": cases that come to the first.",
             STR_ARG(node_title(page->binding, observed->from != NONE ? observed->from : page->binding->start, arena)),
             STR_ARG(node_title(page->binding, observed->to != NONE ? observed->to : page->binding->end, arena))));
  buf_add_byte(page->table.to, '\n');
  line(page, TABLE_PLAIN, observe_summary(page->o, arena));
}

void observe_write_text(const Observed *observed, TerminalStyle style, Buf *to) {
  Arena *arena = arena_new();
  Page page = {.observed = observed,
               .o = observed->observation,
               .binding = observed->binding,
               .arena = arena,
               .width = style.width < NARROWEST ? NARROWEST : style.width,
               .table = {.arena = arena, .to = to, .colour = style.colour, .ascii = style.ascii}};
  write_head(&page);
  if (page.o->on_map > 0) {
    write_findings(&page);
    write_split(&page);
    write_steps(&page);
    write_moves(&page);
    write_variants(&page);
  }
  write_unknown(&page);
  write_fit(&page);
  arena_free(arena);
}
