/* Event logs that are kept between edits are those that a fresh reading gives, read again only where their file, or
 * what is said of it, has changed; and whoever was given one has it for as long as its arena lasts. */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/os.h"
#include "check.h"
#include "observe/logs.h"

enum { TODAY = 20779, AGED = 3600, FRESH = -3600 };

/* ---- equality ---- */

static bool same_texts(const Str *a, const Str *b, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (!str_is(a[i], b[i])) return false;
  return true;
}

static bool same_attributes(const EventLog *a, const EventLog *b) {
  bool same = a->attribute_count == b->attribute_count;
  for (uint32_t i = 0; i < a->attribute_count && same; i++) {
    const LogAttribute *x = &a->attributes[i], *y = &b->attributes[i];
    same = str_is(x->name, y->name) && x->value_count == y->value_count &&
           same_texts(x->values, y->values, x->value_count) && (x->of_case == NULL) == (y->of_case == NULL) &&
           (!x->of_case || memcmp(x->of_case, y->of_case, a->case_count) == 0);
  }
  return same;
}

static bool same_log(const EventLog *a, const EventLog *b) {
  if (!a || !b) return a == b;
  return ref_is(a->evidence, b->evidence) && str_is(a->path, b->path) && a->rows == b->rows &&
         a->left_out == b->left_out && a->bad == b->bad && a->bad_shown == b->bad_shown && a->broken == b->broken &&
         a->has_time == b->has_time && a->first_time == b->first_time && a->last_time == b->last_time &&
         a->activity_count == b->activity_count && same_texts(a->activities, b->activities, a->activity_count) &&
         a->event_count == b->event_count && a->case_count == b->case_count &&
         memcmp(a->first, b->first, (a->case_count + 1) * sizeof *a->first) == 0 &&
         (a->event_count == 0 || memcmp(a->events, b->events, a->event_count * sizeof *a->events) == 0) &&
         same_attributes(a, b);
}

/* ---- readings ---- */

static Project *load(Arena *arena, Str path, Str text) {
  Str why = {0};
  ProjectOptions options = {.stdin_text = &text, .stdin_path = path, .today = TODAY, .threads = 1};
  Project *p = project_load(&options, arena, &why);
  CHECK(p != NULL);
  return p;
}

static size_t compare(const Project *p, EventLogs *kept, EventLogs *fresh) {
  size_t logs = 0;
  for (uint32_t u = 1; u < p->unit_count; u++)
    for (uint32_t at = 0; at < p->units[u]->statement_count; at = p->units[u]->statements[at].after) {
      Ref ref = {u, at};
      if (p->units[u]->statements[at].keyword != K_EVIDENCE || !is_event_log(p, ref)) continue;
      EventLog *log = event_logs_get(kept, ref);
      CHECK(same_log(log, event_logs_get(fresh, ref)) && log == event_logs_get(kept, ref));
      logs++;
    }
  return logs;
}

/* How many logs were read for it. */
static size_t read_text(LogKeep *keep, Str path, Str text) {
  Arena *arena = arena_new();
  size_t before = log_keep_reads(keep);
  Project *p = load(arena, path, text);
  compare(p, event_logs_kept(keep, p, arena), event_logs_new(p, NULL, NULL, arena));
  project_free(p);
  arena_free(arena);
  return log_keep_reads(keep) - before;
}

/* ---- edits of a map ---- */

static Str without_line(Arena *arena, Str text, size_t line) {
  const char *at = text.at, *end = text.at + text.len;
  for (; at < end && line > 0; line--) {
    const char *next = memchr(at, '\n', (size_t)(end - at));
    at = next ? next + 1 : end;
  }
  const char *next = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL, *behind = next ? next + 1 : end;
  return arena_format(arena, STR_FMT STR_FMT, (int)(at - text.at), text.at, (int)(end - behind), behind);
}

static void edits(void) {
  Arena *arena = arena_new();
  LogKeep *keep = log_keep_new();
  Str path = STR(JOURNEY_ROOT "/examples/shop/people.journey"), text, why;
  CHECK(os_read_file(arena, path.at, 1 << 20, &text, &why));
  size_t read = read_text(keep, path, text), lines = 0;
  CHECK(read == 1);
  for (size_t i = 0; i < text.len; i++) lines += text.at[i] == '\n';
  for (size_t line = 0; line < lines; line++) read += read_text(keep, path, without_line(arena, text, line));
  CHECK(lines > 30 && read < 20); /* only the lines of the log itself */
  log_keep_free(keep);
  arena_free(arena);
}

/* ---- a file that changes ---- */

static char folder[] = "/tmp/journey-logs-XXXXXX";

static Str path_of(Arena *arena, const char *name) { return arena_format(arena, "%s/%s", folder, name); }

/* As if it had been written long ago, so that its time is to be relied on; or at this very moment, whenever it is read:
 * on a busy machine that is later. */
static void write_file(const char *name, const char *text, long age) {
  Arena *arena = arena_new();
  Str path = path_of(arena, name), why;
  CHECK(os_write_file(arena, path.at, str_of(text), &why));
  struct timespec times[2] = {{.tv_sec = (time_t)os_time() - age}, {.tv_sec = (time_t)os_time() - age}};
  CHECK(utimensat(AT_FDCWD, path.at, times, 0) == 0);
  arena_free(arena);
}

#define MAP(what, plan) \
  "evidence log \"Log\" method event-log file \"log.csv\" {\n column case \"Case\"\n column activity \"" what "\"\n" \
  " where \"Plan\" is \"" plan "\"\n}\njourney j \"J\" { stage s \"S\" { touchpoint t via web } }\n"

static void changes(void) {
  Arena *arena = arena_new();
  LogKeep *keep = log_keep_new();
  Str path = path_of(arena, "map.journey");
  write_file("log.csv", "Case,What,Page,Plan\na,open,x,Pro\na,pay,y,Pro\nb,open,x,Free\n", AGED);
  CHECK(read_text(keep, path, STR(MAP("What", "Pro"))) == 1);
  CHECK(read_text(keep, path, STR("// further down\n" MAP("What", "Pro"))) == 0);
  CHECK(read_text(keep, path, STR(MAP("What", "Free"))) == 1);
  CHECK(read_text(keep, path, STR(MAP("Page", "Free"))) == 1);
  CHECK(read_text(keep, path, STR(MAP("Page", "Free"))) == 0);
  write_file("log.csv", "Case,What,Page,Plan\na,open,x,Pro\na,pay,z,Pro\nb,open,z,Free\n", AGED - 1);
  CHECK(read_text(keep, path, STR(MAP("Page", "Free"))) == 1);
  CHECK(read_text(keep, path, STR(MAP("Page", "Free"))) == 0);
  CHECK(read_text(keep, path, STR(MAP("Pages", "Free"))) == 1); /* no such column */
  CHECK(read_text(keep, path, STR(MAP("Pages", "Free"))) == 0);
  write_file("log.csv", "Case,What,Plan\na,open,Pro\n", FRESH); /* another writing might leave no trace */
  CHECK(read_text(keep, path, STR(MAP("What", "Pro"))) == 1);
  CHECK(read_text(keep, path, STR(MAP("What", "Pro"))) == 1);
  log_keep_free(keep);
  arena_free(arena);
}

/* ---- who has it for how long ---- */

static void owners(void) {
  Arena *map_arena = arena_new(), *first = arena_new(), *second = arena_new();
  LogKeep *keep = log_keep_new();
  write_file("log.csv", "Case,What,Plan\na,open,Pro\n", AGED);
  Project *p = load(map_arena, path_of(map_arena, "map.journey"), STR(MAP("What", "Pro")));
  Ref ref = {1, 0};
  EventLog *one = event_logs_get(event_logs_kept(keep, p, first), ref);
  EventLogs *later = event_logs_kept(keep, p, second);
  EventLog *two = event_logs_get(later, ref);
  CHECK(one && two && one != two && one->events == two->events && log_keep_reads(keep) == 1);
  arena_free(first);
  event_logs_kept(keep, p, map_arena);
  event_logs_kept(keep, p, map_arena); /* nobody asked for it in between: the keep has dropped it */
  event_logs_leave(later);
  log_keep_free(keep);
  CHECK_STR(two->activities[0], "open");
  CHECK(two->event_count == 1 && event_activity(two->events[0]) == 0 && event_logs_get(later, ref) == two);
  arena_free(second);
  project_free(p);
  arena_free(map_arena);
}

/* What is not wanted any more is not kept: it is not whole. */
static void stopped(void) {
  Arena *arena = arena_new();
  LogKeep *keep = log_keep_new();
  atomic_bool stop = true;
  Buf rows = {0};
  buf_add_c(&rows, "Case,What,Plan\n");
  for (int i = 0; i < 20000; i++) buf_printf(&rows, "%d,open,Pro\n", i);
  buf_add_byte(&rows, 0);
  write_file("log.csv", rows.at, AGED);
  Project *p = load(arena, path_of(arena, "map.journey"), STR(MAP("What", "Pro")));
  EventLogs *logs = event_logs_kept(keep, project_stoppable(p, &stop, arena), arena);
  EventLog *log = event_logs_get(logs, (Ref){1, 0});
  CHECK(log && log->was_stopped && log->rows < 20000);
  log = event_logs_get(event_logs_kept(keep, p, arena), (Ref){1, 0});
  CHECK(log && !log->was_stopped && log->rows == 20000);
  buf_free(&rows);
  project_free(p);
  arena_free(arena);
  log_keep_free(keep);
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *at) {
  (void)info, (void)kind, (void)at;
  return remove(path);
}

int main(void) {
  CHECK(mkdtemp(folder) != NULL);
  edits();
  changes();
  owners();
  stopped();
  nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
  return CHECK_DONE();
}
