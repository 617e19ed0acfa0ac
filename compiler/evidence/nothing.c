/* Measures for which their files say nothing, and why. */
#include "base/nearest.h"
#include "evidence/build.h"
#include "evidence/personal.h"

Str seen_text(const Seen *seen, Arena *arena) {
  enum { LONGEST = 40 };
  Buf out = {0};
  bool more = seen->more;
  for (uint32_t i = 0; i < seen->count; i++) {
    bool shown = seen->list[i].len <= LONGEST && personal_in(seen->list[i], true) == PERSONAL_NOTHING;
    if (shown) buf_printf(&out, "%s\"" STR_FMT "\"", out.len ? ", " : "", STR_ARG(seen->list[i]));
    else more = true;
  }
  if (more && out.len > 0) buf_add_c(&out, " and others");
  return buf_take(&out, arena);
}

static Nearest nearest_seen(Str word, const Seen *seen) {
  Nearest nearest = nearest_to(word);
  for (uint32_t i = 0; i < seen->count; i++)
    if (personal_in(seen->list[i], true) == PERSONAL_NOTHING) nearest_offer(&nearest, seen->list[i]);
  return nearest;
}

static const char *how_words(WhereHow how) {
  static const char *const words[] = {"is", "is anything but", "contains", "is at least", "is at most"};
  return words[how];
}

static void say_filter(Evidence *evidence, const Reading *reading, const Filter *filter) {
  const Value *value = unit_value(project_unit(evidence->p, filter->at), filter->at.at, 2);
  Str seen = seen_text(&filter->seen, evidence->arena), help = STR("");
  Nearest nearest = nearest_seen(filter->text, &filter->seen);
  if (seen.len > 0) help = arena_format(evidence->arena, "there it is " STR_FMT, STR_ARG(seen));
  bool near = nearest.best.len > 0 && filter->how == WHERE_IS;
  if (near)
    help =
        arena_format(evidence->arena, "did you mean \"" STR_FMT "\"? " STR_FMT, STR_ARG(nearest.best), STR_ARG(help));
  Diagnostic *said =
      diagnose(evidence->to, DIAG_NOTHING_MATCHES, filter->at.unit, value->span, help.at,
               "there is no row in " STR_FMT " whose \"" STR_FMT "\" %s \"" STR_FMT "\"", STR_ARG(reading->file->path),
               STR_ARG(evidence_column(reading->file, (uint32_t)filter->column, evidence->arena)),
               how_words(filter->how), STR_ARG(filter->text));
  if (near) diagnostic_fix(said, value->span, evidence_quoted(nearest.best, evidence->arena));
}

/* The first that no row holds which holds those before it. */
static const Filter *failing(const Filter *filters, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (!filters[i].held) return &filters[i];
  return NULL;
}

static void say_nobody(Evidence *evidence, const Reading *reading, const Measure *measure, ColumnKind kind,
                       const Seen *seen, Str what) {
  const EvidenceFile *file = reading->file;
  Str column = evidence_column(file, (uint32_t)file->column_of[kind], evidence->arena),
      names = seen_text(seen, evidence->arena);
  Str help =
      names.len > 0
          ? arena_format(evidence->arena,
                         "its column \"" STR_FMT "\" says " STR_FMT
                         "; write in the %s which of them is meant: observed-as \"\xE2\x80\xA6\"",
                         STR_ARG(column), STR_ARG(names), kind == COLUMN_SEGMENT ? "segment" : "stage or touchpoint")
          : arena_format(evidence->arena, "its column \"" STR_FMT "\" says nothing there", STR_ARG(column));
  Diagnostic *said = diagnose(evidence->to, DIAG_NOTHING_MATCHES, measure->at.unit, measure_span(evidence, measure),
                              help.at, "no row of " STR_FMT " is of " STR_FMT, STR_ARG(file->path), STR_ARG(what));
  diagnostic_relate(evidence->to, said, file->evidence.unit, reading->span, "the file is named here");
}

static Str place_words(const Evidence *evidence, const Measure *measure) {
  return arena_format(evidence->arena, "\"" STR_FMT "\"",
                      STR_ARG(item_title(evidence->p, measure->place, evidence->arena)));
}

static Str audience_words(const Evidence *evidence, const Measure *measure) {
  Item item = item_of(measure->at);
  Ref *refs;
  Buf out = {0};
  size_t count = item_refs(evidence->p, &item, K_FOR, evidence->arena, &refs);
  for (size_t i = 0; i < count; i++)
    buf_printf(&out, "%s\"" STR_FMT "\"", i ? " or " : "", STR_ARG(evidence_title(evidence, refs[i])));
  return buf_take(&out, evidence->arena);
}

static void say_no_score(Evidence *evidence, const Reading *reading, const Measure *measure, const Binding *binding) {
  const EvidenceFile *file = reading->file;
  Str column = binding->score == NO_CELL
                   ? STR("")
                   : evidence_column(file, (uint32_t)reading->selected[binding->score], evidence->arena);
  Str where = column.len ? arena_format(evidence->arena, " in the column \"" STR_FMT "\"", STR_ARG(column)) : STR("");
  Diagnostic *said = diagnose(evidence->to, DIAG_NOTHING_MATCHES, measure->at.unit, measure_span(evidence, measure),
                              "look whether the column is the right one",
                              "none of the %llu row%s that belong here has a number" STR_FMT,
                              (unsigned long long)binding->held, binding->held == 1 ? "" : "s", STR_ARG(where));
  diagnostic_relate(evidence->to, said, file->evidence.unit, reading->span, "the file is named here");
}

static void say_of(Evidence *evidence, const Reading *reading, const Binding *binding) {
  const Measure *measure = &evidence->measures.at[binding->measure];
  const Filter *filter = failing(binding->filters, binding->filter_count);
  if (!binding->at_place)
    say_nobody(evidence, reading, measure, COLUMN_TOUCHPOINT, &reading->seen_places, place_words(evidence, measure));
  else if (!binding->in_segment)
    say_nobody(evidence, reading, measure, COLUMN_SEGMENT, &reading->seen_segments, audience_words(evidence, measure));
  else if (!binding->held && filter) say_filter(evidence, reading, filter);
  else say_no_score(evidence, reading, measure, binding);
}

/* The file's own `where` leaves nothing: said once, and nothing of its measures. */
static bool say_of_file(Evidence *evidence, const Reading *reading) {
  const EvidenceFile *file = reading->file;
  if (!file->is_read || file->rows == file->bad_rows || reading->is_broken) return true;
  const Filter *filter = failing(reading->filters, reading->filter_count);
  if (file->counted > 0 || !filter) return file->counted == 0;
  say_filter(evidence, reading, filter);
  return true;
}

/* Where a measure stands on several files, one of them may well say nothing of it. */
void say_of_measures(Evidence *evidence) {
  for (uint32_t i = 0; i < evidence->file_count; i++) {
    Reading *reading = &evidence->readings[i];
    if (say_of_file(evidence, reading)) continue;
    for (size_t b = 0; b < reading->bindings.len; b++) {
      Measure *measure = &evidence->measures.at[reading->bindings.at[b].measure];
      if (measure->is_failed || measure->counter.all.tally.n > 0) continue;
      measure->is_failed = true; /* said once */
      say_of(evidence, reading, &reading->bindings.at[b]);
    }
  }
}
