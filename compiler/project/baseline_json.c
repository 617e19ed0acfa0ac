/* The file of a baseline: read by people in reviews, merged by git, written by `check --write-baseline`. */
#include <jansson.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/os.h"
#include "project/baseline.h"

/* ---- what is wrong with it ---- */

static void say(Unit *unit, Span span, Str message) {
  diagnose(&unit->diagnostics, DIAG_BAD_BASELINE, unit->number, span,
           arena_format(unit->arena, "`journey check --write-baseline " STR_FMT "` makes it anew, of what is there now",
                        STR_ARG(unit->source.path))
               .at,
           STR_FMT, STR_ARG(message));
}

/* The first line that git has put between the two sides of a merge. */
static bool find_merge(const Unit *unit, Span *marker) {
  static const Str marks[] = {{"<<<<<<<", 7}, {">>>>>>>", 7}};
  for (Str rest = unit->source.text; rest.len > 0;) {
    Str line = str_cut_line(&rest);
    uint32_t start = (uint32_t)(line.at - unit->source.text.at);
    *marker = (Span){start, start + (uint32_t)line.len};
    if (str_starts(line, marks[0]) || str_starts(line, marks[1])) return true;
  }
  return false;
}

static void complain_syntax(Unit *unit, const json_error_t *error, size_t skipped) {
  Span marker;
  if (find_merge(unit, &marker)) {
    say(unit, marker, STR("this baseline holds both sides of a merge; take either of them"));
    return;
  }
  size_t at = skipped + (error->position > 0 ? (size_t)error->position : 0);
  uint32_t end = (uint32_t)(at < unit->source.text.len ? at : unit->source.text.len);
  say(unit, (Span){end > 0 ? end - 1 : 0, end}, STR("this baseline is no JSON from here on"));
}

/* ---- reading ---- */

static Str text_of(const json_t *object, const char *key, Arena *arena) {
  const json_t *value = json_object_get(object, key);
  return json_is_string(value) ? arena_copy(arena, (Str){json_string_value(value), json_string_length(value)})
                               : STR("");
}

static bool read_entry(const json_t *json, Arena *arena, BaselineEntry *entry) {
  const json_t *count = json_object_get(json, "count");
  *entry = (BaselineEntry){text_of(json, "file", arena), text_of(json, "code", arena), text_of(json, "at", arena), 1};
  if (count && (!json_is_integer(count) || json_integer_value(count) < 1 || json_integer_value(count) > INT32_MAX))
    return false;
  if (count) entry->count = (uint32_t)json_integer_value(count);
  return entry->file.len > 0 && entry->code.len > 0 && json_is_string(json_object_get(json, "at"));
}

/* Of two about the same thing, as a merge may leave them, the larger counts. */
static void sort_entries(Baseline *baseline) {
  uint32_t count = baseline->count, kept = 0;
  BaselineEntry *at = baseline->entries;
  if (count > 1) qsort(at, count, sizeof *at, baseline_compare);
  for (uint32_t i = 0; i < count; i++) {
    bool same = kept > 0 && baseline_compare(&at[kept - 1], &at[i]) == 0;
    if (same && at[i].count > at[kept - 1].count) at[kept - 1].count = at[i].count;
    if (!same) at[kept++] = at[i];
  }
  baseline->count = kept;
}

static void read_entries(Unit *unit, const json_t *list, Baseline *baseline) {
  size_t count = json_array_size(list);
  baseline->entries = ARENA_ARRAY(unit->arena, BaselineEntry, count + 1);
  for (size_t i = 0; i < count; i++) {
    BaselineEntry entry;
    if (read_entry(json_array_get(list, i), unit->arena, &entry)) baseline->entries[baseline->count++] = entry;
    else
      say(unit, (Span){0, 0},
          arena_format(unit->arena,
                       "entry %zu of this baseline lacks a file, a code, what it is at, or a count above 0", i + 1));
  }
  sort_entries(baseline);
}

static void read_document(Unit *unit, const json_t *root, Baseline *baseline) {
  const json_t *version = json_object_get(root, "version"), *entries = json_object_get(root, "entries");
  if (!json_is_integer(version)) say(unit, (Span){0, 0}, STR("this is no baseline: it has no \"version\" such as 1"));
  else if (json_integer_value(version) != BASELINE_VERSION)
    say(unit, (Span){0, 0},
        arena_format(unit->arena,
                     "this baseline has version %lld, and this program knows version %d: it is too old or "
                     "too new for it",
                     (long long)json_integer_value(version), BASELINE_VERSION));
  else if (!json_is_array(entries)) say(unit, (Span){0, 0}, STR("this baseline has no list of \"entries\""));
  else read_entries(unit, entries, baseline);
}

void baseline_read(Unit *unit) {
  Baseline *baseline = ARENA_NEW(unit->arena, Baseline);
  Str text = unit->source.text, mark = STR("\xEF\xBB\xBF");
  size_t skipped = str_starts(text, mark) ? mark.len : 0;
  json_error_t error;
  unit->baseline = baseline;
  if (text.len > LIMIT_BASELINE_BYTES) {
    say(unit, (Span){0, 0}, arena_format(unit->arena, "this baseline is larger than %d MiB", LIMIT_BASELINE_MIB));
    return;
  }
  json_t *root = json_loadb(text.at + skipped, text.len - skipped, JSON_DECODE_ANY, &error);
  if (root) read_document(unit, root, baseline);
  else complain_syntax(unit, &error, skipped);
  json_decref(root);
}

/* ---- writing ---- */

static json_t *json_of(Str text) { return json_stringn_nocheck(text.at, text.len); }

static void write_entry(const BaselineEntry *entry, bool first, Buf *to) {
  json_t *json = json_object();
  json_object_set_new(json, "file", json_of(entry->file));
  json_object_set_new(json, "code", json_of(entry->code));
  json_object_set_new(json, "at", json_of(entry->at));
  if (entry->count > 1) json_object_set_new(json, "count", json_integer((json_int_t)entry->count));
  char *line = json_dumps(json, JSON_PRESERVE_ORDER); /* NULL: a name is no UTF-8 */
  if (line) buf_printf(to, "%s\n    %s", first ? "" : ",", line);
  free(line);
  json_decref(json);
}

void baseline_write(const Baseline *baseline, Buf *to) {
  buf_printf(to, "{\n  \"version\": %d,\n  \"entries\": [", BASELINE_VERSION);
  size_t start = to->len;
  for (uint32_t i = 0; i < baseline->count; i++) write_entry(&baseline->entries[i], to->len == start, to);
  buf_add_c(to, to->len > start ? "\n  ]\n}\n" : "]\n}\n");
}
