#include "base/calendar.h"
#include "observe/observe.h"

enum { DAY_MS = 86400000, WEEKDAY_OF_1970 = 3 /* Thursday, from Monday */ };

static int32_t day_of(int64_t time) { return (int32_t)((time - (time % DAY_MS + DAY_MS) % DAY_MS) / DAY_MS); }

typedef struct {
  SplitKind kind;
  const LogAttribute *attribute;
} Key;

/* The first day of the period, or the value's number. */
static int32_t key_of(const EventLog *log, const Key *key, uint32_t number) {
  if (key->kind == SPLIT_ATTRIBUTE) return key->attribute->of_case[number];
  int32_t day = day_of(event_time(log->events[log->first[number]]));
  if (key->kind == SPLIT_DAY) return day;
  if (key->kind == SPLIT_WEEK) return day - ((day + WEEKDAY_OF_1970) % 7 + 7) % 7;
  CalendarDay date = calendar_day(day);
  date.day = 1;
  return calendar_days(date);
}

static Str key_name(const Key *key, int32_t value, Arena *arena) {
  if (key->kind == SPLIT_ATTRIBUTE) return value == 0 ? STR("(none)") : key->attribute->values[value - 1];
  CalendarDay date = calendar_day(value);
  if (key->kind == SPLIT_MONTH) return arena_format(arena, "%04d-%02d", date.year, date.month);
  return arena_format(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static bool find_key(const EventLog *log, Str name, Arena *arena, Key *key, Str *why) {
  static const char *const times[] = {"month", "week", "day"};
  *key = (Key){SPLIT_ATTRIBUTE, log_attribute(log, name)};
  for (int i = 0; i < 3 && !key->attribute; i++)
    if (str_is_c(name, times[i])) {
      *key = (Key){(SplitKind)(SPLIT_MONTH + i), NULL};
      if (!log->has_time) *why = STR("the log has no column for time");
      return log->has_time;
    }
  if (key->attribute && key->attribute->of_case) return true;
  if (key->attribute) {
    *why = arena_format(arena, "the column \"" STR_FMT "\" has over %d values, which is too many to compare",
                        STR_ARG(name), LOG_VALUES);
    return false;
  }
  Buf out = {0};
  buf_printf(&out, "the log has no column \"" STR_FMT "\"; it can be split by ", STR_ARG(name));
  for (uint32_t i = 0; i < log->attribute_count; i++)
    if (log->attributes[i].of_case) buf_printf(&out, STR_FMT ", ", STR_ARG(log->attributes[i].name));
  buf_add_c(&out, log->has_time ? "month, week or day" : "nothing else");
  *why = buf_take(&out, arena);
  return false;
}

typedef struct {
  int32_t first, second;
  uint64_t cases;
} Group;

static int compare_groups(const void *a, const void *b) {
  const Group *x = a, *y = b;
  if (x->first != y->first) return x->first < y->first ? -1 : 1;
  return x->second < y->second ? -1 : x->second > y->second;
}

static int compare_sizes(const void *a, const void *b) {
  const Group *x = a, *y = b;
  return x->cases != y->cases ? (x->cases > y->cases ? -1 : 1) : compare_groups(a, b);
}

/* All groups that have a case, in order. */
static Group *find_groups(const EventLog *log, const Selection *selection, const Key *keys, int key_count,
                          size_t *count, Arena *arena) {
  VEC(Group) all = {0};
  for (uint32_t c = 0; c < log->case_count; c++) {
    if (!selection_has(selection, c)) continue;
    Group group = {key_of(log, &keys[0], c), key_count > 1 ? key_of(log, &keys[1], c) : 0, 1};
    if (all.len > 0 && compare_groups(&all.at[all.len - 1], &group) == 0) all.at[all.len - 1].cases++;
    else vec_push(&all, group);
  }
  Group *groups = ARENA_ARRAY(arena, Group, all.len + 1);
  *count = 0;
  if (all.len > 0) qsort(all.at, all.len, sizeof *all.at, compare_groups);
  for (size_t i = 0; i < all.len; i++)
    if (*count > 0 && compare_groups(&groups[*count - 1], &all.at[i]) == 0) groups[*count - 1].cases += all.at[i].cases;
    else groups[(*count)++] = all.at[i];
  vec_free(&all);
  return groups;
}

bool observe_by(const Binding *binding, Selection selection, Str by, Arena *arena, Split *split, Str *why) {
  const EventLog *log = binding->log;
  Str rest = by, first = str_trim(str_cut(&rest, ',')), second = str_trim(rest);
  Key keys[2];
  int key_count = second.len > 0 ? 2 : 1;
  if (!find_key(log, first, arena, &keys[0], why)) return false;
  if (key_count > 1 && !find_key(log, second, arena, &keys[1], why)) return false;
  Arena *own = arena_new();
  size_t count;
  Group *groups = find_groups(log, &selection, keys, key_count, &count, own);
  if (count > SPLIT_PARTS) qsort(groups, count, sizeof *groups, compare_sizes);
  *split = (Split){.by = by, .left_out = count > SPLIT_PARTS ? (uint32_t)(count - SPLIT_PARTS) : 0};
  if (count > SPLIT_PARTS) qsort(groups, count = SPLIT_PARTS, sizeof *groups, compare_groups);
  SplitPart *parts = ARENA_ARRAY(arena, SplitPart, count + 1);
  bool *in = ARENA_ARRAY(own, bool, log->case_count + 1);
  for (size_t i = 0; i < count; i++) {
    for (uint32_t c = 0; c < log->case_count; c++)
      in[c] = selection_has(&selection, c) && key_of(log, &keys[0], c) == groups[i].first &&
              (key_count < 2 || key_of(log, &keys[1], c) == groups[i].second);
    Str name = key_name(&keys[0], groups[i].first, arena);
    if (key_count > 1)
      name =
          arena_format(arena, STR_FMT ", " STR_FMT, STR_ARG(name), STR_ARG(key_name(&keys[1], groups[i].second, own)));
    parts[i] =
        (SplitPart){name, groups[i].cases, observe(binding, (Selection){in, selection.from, selection.to}, arena)};
  }
  split->parts = parts;
  split->count = (uint32_t)count;
  arena_free(own);
  return true;
}
