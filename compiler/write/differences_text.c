/* The differences in a terminal: journeys, stages and steps, each with what is another in it. */
#include "write/differences.h"
#include "write/excerpt.h"
#include "write/places.h"
#include "write/terminal_grid.h"

typedef struct {
  const Differences *differences;
  const Comparison *comparison;
  TerminalStyle style;
  Arena *arena;
  Places *was, *is;
  Buf *to;
} Writer;

typedef enum { INK_NONE, INK_ADDED, INK_DROPPED, INK_CHANGED, INK_STRONG, INK_FAINT } Ink;

enum { MOST_PARTS = 12 }; /* of something added or dropped that are listed */

static void put(Writer *w, Ink ink, Str text) {
  static const char *const codes[] = {"", "\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m"};
  bool inked = w->style.colour && ink != INK_NONE && text.len > 0;
  if (inked) buf_add_c(w->to, codes[ink]);
  buf_add(w->to, grid_text(w->arena, text, w->style.ascii));
  if (inked) buf_add_c(w->to, "\x1b[0m");
}

static void put_c(Writer *w, Ink ink, const char *text) { put(w, ink, str_of(text)); }
static void indent(Writer *w, uint32_t depth) { buf_repeat(w->to, STR("  "), depth); }
static void end_line(Writer *w) { buf_add_byte(w->to, '\n'); }

static Ink ink_of(DifferenceKind kind) {
  return kind == DIFFERENCE_ADDED ? INK_ADDED : kind == DIFFERENCE_DROPPED ? INK_DROPPED : INK_CHANGED;
}
static const char *sign_of(DifferenceKind kind) {
  return kind == DIFFERENCE_ADDED ? "+ " : kind == DIFFERENCE_DROPPED ? "− " : "~ ";
}

/* ---- properties ---- */

static void value_line(Writer *w, uint32_t depth, DifferenceKind kind, Str text) {
  indent(w, depth);
  put_c(w, ink_of(kind), sign_of(kind));
  put(w, ink_of(kind), text);
  end_line(w);
}

/* "feels  −2 → +1" on one line where there is room, or what was and what is below the name. */
static void write_property(Writer *w, const PropertyDifference *property, uint32_t depth, int label) {
  DifferenceKind kind = property->kind;
  bool both = property->before.len > 0 && property->after.len > 0;
  int used = 2 * (int)depth + 2 + (grid_columns(property->label) > label ? grid_columns(property->label) : label) + 2;
  bool fits = !both || used + grid_columns(property->before) + grid_columns(property->after) + 3 <= w->style.width;
  indent(w, depth);
  put_c(w, ink_of(kind), sign_of(kind));
  put(w, INK_NONE, property->label);
  if (!fits) {
    end_line(w);
    value_line(w, depth + 2, DIFFERENCE_DROPPED, property->before);
    value_line(w, depth + 2, DIFFERENCE_ADDED, property->after);
    return;
  }
  Str only = kind == DIFFERENCE_ADDED || property->before.len == 0 ? property->after : property->before;
  if (only.len > 0)
    buf_repeat(w->to, STR(" "),
               (size_t)(2 + (grid_columns(property->label) < label ? label - grid_columns(property->label) : 0)));
  if (both) {
    put(w, INK_DROPPED, property->before);
    put_c(w, INK_FAINT, " → ");
    put(w, INK_ADDED, property->after);
  } else {
    bool gone = kind == DIFFERENCE_CHANGED && property->after.len == 0;
    put(w, gone ? INK_DROPPED : kind == DIFFERENCE_CHANGED ? INK_ADDED : ink_of(kind), only);
    if (kind == DIFFERENCE_CHANGED) put_c(w, INK_FAINT, gone ? "  (no more)" : "  (new)");
  }
  end_line(w);
}

static void write_properties(Writer *w, const Difference *difference, uint32_t depth) {
  enum { WIDEST_LABEL = 18 };
  int label = 0;
  if (difference->property_count == 0) return;
  const PropertyDifference *first = w->comparison->properties + difference->first_property;
  for (uint32_t i = 0; i < difference->property_count; i++)
    if (grid_columns(first[i].label) > label && grid_columns(first[i].label) <= WIDEST_LABEL)
      label = grid_columns(first[i].label);
  for (uint32_t i = 0; i < difference->property_count; i++) write_property(w, &first[i], depth, label);
}

/* ---- things ---- */

static Str place_of(Writer *w, const Difference *difference) {
  bool gone = difference->kind == DIFFERENCE_DROPPED;
  const Project *project = gone ? w->comparison->was : w->comparison->is;
  Ref ref = gone ? difference->was : difference->is;
  if (!ref_ok(ref)) return STR("");
  Position position = places_position(gone ? w->was : w->is, ref.unit, project_statement(project, ref)->span.start);
  Str path = excerpt_name(w->arena, project_unit(project, ref)->source.path);
  return arena_format(w->arena, STR_FMT ":%u", STR_ARG(path), position.line);
}

static void write_heading(Writer *w, const Difference *difference, uint32_t depth) {
  bool own = difference_is_own(difference), journey = difference->keyword == K_JOURNEY;
  indent(w, depth);
  if (own && !(journey && difference->kind == DIFFERENCE_CHANGED))
    put_c(w, ink_of(difference->kind), sign_of(difference->kind));
  else if (!journey) buf_add_c(w->to, "  ");
  if (difference->keyword != K_FILE) {
    put_c(w, INK_FAINT, difference_keyword(difference));
    buf_add_byte(w->to, ' ');
  }
  put(w, difference->kind == DIFFERENCE_CHANGED ? INK_STRONG : ink_of(difference->kind), difference->title);
  if (difference->moved.len > 0)
    put(w, INK_CHANGED, arena_format(w->arena, "  moved " STR_FMT, STR_ARG(difference->moved)));
  put(w, INK_FAINT, arena_format(w->arena, "  " STR_FMT, STR_ARG(place_of(w, difference))));
  end_line(w);
}

/* What holds of a journey as a whole. */
static void write_summary(Writer *w, const Difference *difference) {
  Str counts = differences_counts(w->comparison, difference, w->arena);
  if (counts.len > 0 && difference->kind == DIFFERENCE_CHANGED) {
    buf_add_c(w->to, "  ");
    put(w, INK_NONE, counts);
    end_line(w);
  }
  FigureDifference figures[8];
  size_t count = differences_figures(&w->comparison->journeys[difference->journey], w->arena, figures);
  for (size_t f = 0; f < count; f++)
    put(w, INK_NONE,
        arena_format(w->arena, "%s" STR_FMT " " STR_FMT " → " STR_FMT, f == 0 ? "  " : "; ", STR_ARG(figures[f].what),
                     STR_ARG(figures[f].before), STR_ARG(figures[f].after)));
  if (count > 0) end_line(w);
}

static void write_thing(Writer *w, uint32_t at, uint32_t depth);

/* Of a journey added or dropped, its parts by their titles alone, and not without end. */
static void write_parts(Writer *w, uint32_t at, uint32_t depth) {
  const Difference *differences = w->comparison->differences;
  uint32_t written = 0, left = 0;
  for (uint32_t i = at + 1; i < differences[at].end; i = differences[i].end) {
    bool brief = differences[i].brief && differences[i].keyword != K_STAGE;
    if (brief && written++ >= MOST_PARTS) left++;
    else write_thing(w, i, depth);
  }
  if (left == 0) return;
  indent(w, depth + 1);
  put(w, INK_FAINT, arena_format(w->arena, "… and %u more", left));
  end_line(w);
}

static void write_thing(Writer *w, uint32_t at, uint32_t depth) {
  const Difference *difference = &w->comparison->differences[at];
  bool top = difference->keyword == K_JOURNEY;
  write_heading(w, difference, depth);
  if (top) write_summary(w, difference);
  if (!difference->brief) write_properties(w, difference, depth + (top ? 1 : 2));
  write_parts(w, at, depth + 1);
}

void differences_write_text(const Differences *differences, TerminalStyle style, Buf *to) {
  Arena *arena = arena_new();
  const Comparison *comparison = differences->comparison;
  Writer w = {.differences = differences, .comparison = comparison, .style = style, .arena = arena, .to = to};
  w.was = places_new(comparison->was, arena);
  w.is = places_new(comparison->is, arena);
  put(&w, INK_FAINT,
      arena_format(arena, STR_FMT " → " STR_FMT, STR_ARG(excerpt_name(arena, differences->was)),
                   STR_ARG(excerpt_name(arena, differences->is))));
  end_line(&w);
  if (comparison->difference_count == 0) put_c(&w, INK_NONE, "Nothing differs in meaning\n");
  for (uint32_t i = 0; i < comparison->difference_count; i = comparison->differences[i].end) {
    bool first_of_others =
        comparison->differences[i].keyword != K_JOURNEY &&
        (i == 0 || comparison->differences[i - 1].depth > 0 || comparison->differences[i - 1].keyword == K_JOURNEY);
    if (comparison->differences[i].keyword == K_JOURNEY || first_of_others) end_line(&w);
    write_thing(&w, i, 0);
  }
  arena_free(arena);
}
