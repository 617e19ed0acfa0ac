#include "command/progress.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "write/excerpt.h"

static const double FIRST_AFTER = 0.5, EVERY = 0.1; /* seconds */

static bool can_erase(void) {
  const char *terminal = getenv("TERM");
  return os_is_terminal(2) && !(terminal && strcmp(terminal, "dumb") == 0);
}

void progress_begin(Progress *progress) {
  *progress = (Progress){.started = os_clock(), .terminal = can_erase()};
  os_watch_interrupt();
}

/* A line that is wider than the terminal would not go away: of a long path only its end is shown. */
static Str end_of_path(Str path, size_t columns) {
  if (path.len <= columns) return path;
  size_t from = path.len - columns;
  while (from < path.len && ((unsigned char)path.at[from] & 0xC0) == 0x80) from++;
  return str_slice(path, from, path.len);
}

static void show(Str file, uint64_t read, uint64_t size) {
  enum { REST = 16, USUAL = 80 };
  int width = os_terminal_width(2);
  size_t columns = (size_t)(width > 2 * REST ? width : width > 0 ? 2 * REST : USUAL) - REST;
  Buf line = {0};
  buf_add_c(&line, "\r\033[KReading ");
  excerpt_add_name(&line, end_of_path(file, columns));
  if (size > 0) buf_printf(&line, " %3d%%", (int)(100.0 * (double)read / (double)size));
  fwrite(line.at, 1, line.len, stderr);
  fflush(stderr);
  buf_free(&line);
}

bool progress_report(void *context, Str file, uint64_t read, uint64_t size) {
  Progress *progress = context;
  if (os_interrupted()) return false;
  if (!progress->terminal) return true;
  double now = os_clock();
  if (now - progress->started < FIRST_AFTER || now - progress->shown < EVERY) return true;
  progress->shown = now;
  show(file, read > size ? size : read, size);
  return true;
}

void progress_end(Progress *progress) {
  if (progress->shown > 0) fputs("\r\033[K", stderr), fflush(stderr);
  bool stopped = os_interrupted();
  if (os_unwatch_interrupt() && stopped) os_end_interrupted();
}
