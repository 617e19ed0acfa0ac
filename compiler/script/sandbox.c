#include "script/state.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/os.h"
#include "script/worker.h"

#define ROOM_FOR_TEXTS (4 * (size_t)LIMIT_LUA_TEXT) /* a text, its buffer, and the buffer while it grows */
enum { HELD = 4 }; /* times what is allowed may be held back, in blocks of sizes that nobody needs any more */
#define CLOCK_BYTES (64u << 10) /* memory between two looks at the clock */

/* ---- budget ---- */

/* The next function of a Lua file from `*level` on, which is counted up; false where there is none. Reads only. */
static bool next_lua(lua_State *lua, int *level, lua_Debug *at) {
  while (lua_getstack(lua, (*level)++, at))
    if (lua_getinfo(lua, "Sl", at) && at->currentline > 0 && at->source[0] == '@') return true;
  return false;
}

/* "weigh", as the script calls it, or what can be said of a function without a name. */
static void add_name(Buf *to, lua_State *lua, lua_Debug *at) {
  lua_getinfo(lua, "n", at);
  if (strcmp(at->what, "main") == 0) buf_add(to, STR("the file itself"));
  else if (at->name && at->name[0] && at->name[0] != '?') buf_add(to, str_of(at->name));
  else buf_printf(to, "the function of line %d", at->linedefined);
}

/* Who called whom, the last first; of a deep recursion the ends. */
static Str trace_of(lua_State *lua, Arena *arena) {
  enum { FIRST = 4, LAST = 2, MOST = 400 };
  lua_Debug at;
  Buf buf = {0};
  int levels = 0, written = 0;
  for (int level = 0; levels < MOST && next_lua(lua, &level, &at);) levels++;
  for (int i = 0, level = 0; levels > 1 && next_lua(lua, &level, &at) && i < levels; i++) {
    if (i == FIRST && levels > FIRST + LAST + 1)
      buf_printf(&buf, "\nand %d%s more", levels - FIRST - LAST, levels == MOST ? " or" : "");
    if (i >= FIRST && i < levels - LAST && levels > FIRST + LAST + 1) continue;
    buf_add_c(&buf, written++ ? "\ncalled by " : "in ");
    add_name(&buf, lua, &at);
    buf_printf(&buf, " (%s, line %d)", at.source + 1, at.currentline);
  }
  return buf_take(&buf, arena);
}

/* Remembers where the script is. Takes nothing of Lua's memory, so that it may be called when that is out. */
static void note_place(Sandbox *sandbox) {
  lua_Debug at;
  int level = 0;
  if (!next_lua(sandbox->lua, &level, &at)) return;
  sandbox->file = arena_copy(sandbox->arena, str_of(at.source + 1));
  sandbox->line = (uint32_t)at.currentline;
  sandbox->trace = trace_of(sandbox->lua, sandbox->arena);
}

/* Where the script is, for whoever has to end this process from outside. */
static void tell_place(lua_State *lua) {
  lua_Debug at;
  int level = 0;
  if (worker_listens() && next_lua(lua, &level, &at)) worker_note(str_of(at.source + 1), (uint32_t)at.currentline);
}

static void on_count(lua_State *lua, lua_Debug *at) {
  (void)at;
  sandbox_charge(lua, SANDBOX_STRIDE);
}

_Noreturn void sandbox_stop(lua_State *lua, SandboxEnd end) {
  Sandbox *sandbox = sandbox_of(lua);
  if (!sandbox->stopped) note_place(sandbox);
  sandbox->stopped = end;
  lua_pushnil(lua); /* no text: memory may be out */
  lua_error(lua);
  abort(); /* not reached: lua_error never returns */
}

void sandbox_time(Sandbox *sandbox, double seconds) {
  sandbox->deadline = os_computed() + seconds;
  sandbox->look = os_clock() + seconds;
}

static bool is_late(Sandbox *sandbox) {
  double now = os_clock();
  if (now <= sandbox->look) return false;
  double left = sandbox->deadline - os_computed();
  sandbox->look = now + left;
  return left < 0;
}

void sandbox_clock(lua_State *lua) {
  Sandbox *sandbox = sandbox_of(lua);
  sandbox->unclocked = 0;
  tell_place(lua);
  if (is_late(sandbox)) sandbox_stop(lua, SANDBOX_TIME);
}

/* Garbage is left alone until there is much of it: most scripts end before. */
static void collect(Sandbox *sandbox) {
  sandbox->collects = true;
  lua_gc(sandbox->lua, LUA_GCRESTART);
}

void sandbox_collects(lua_State *lua) {
  if (!sandbox_of(lua)->collects) collect(sandbox_of(lua));
}

void sandbox_finalizes(lua_State *lua) {
  Sandbox *sandbox = sandbox_of(lua);
  sandbox->finalizes = true;
  sandbox_collects(lua);
}

/* The buffers in which Lua's library makes texts ask for memory without a collection first, so that garbage of earlier
 * calls could end a script: now is the time to clear it away. */
static void make_room(Sandbox *sandbox) {
  if (!sandbox->collects && sandbox->used > sandbox->free_until) collect(sandbox);
  if (sandbox->used + ROOM_FOR_TEXTS < sandbox->allowed || sandbox->since_full < sandbox->budget.memory / 16) return;
  sandbox->since_full = 0;
  lua_gc(sandbox->lua, LUA_GCCOLLECT);
}

void sandbox_charge(lua_State *lua, uint64_t work) {
  Sandbox *sandbox = sandbox_of(lua);
  if (!sandbox->stopped) make_room(sandbox);
  if (sandbox->stopped) sandbox_stop(lua, sandbox->stopped);
  if (sandbox->fuel < work) sandbox_stop(lua, SANDBOX_INSTRUCTIONS);
  sandbox->fuel -= work;
  sandbox->unclocked += work;
  if (sandbox->unclocked >= SANDBOX_STRIDE) sandbox_clock(lua);
}

/* An instruction may take long where it moves much memory, so the clock is looked at here too: when time is up, the
 * hook is called before the next instruction. (To refuse the memory would only make Lua collect garbage first.) */
static void clock_memory(Sandbox *sandbox, size_t bytes) {
  sandbox->fresh += bytes;
  if (sandbox->fresh < CLOCK_BYTES || !sandbox->lua) return;
  sandbox->fresh = 0;
  if (!is_late(sandbox)) return;
  sandbox->unclocked = SANDBOX_STRIDE;
  lua_sethook(sandbox->lua, on_count, LUA_MASKCOUNT, 1);
}

/* Whether a request for more is refused. Lua answers a first refusal with a full collection and asks again, so memory
 * that keeps being full is out: else a script could make Lua collect for ever. */
static bool refuse(Sandbox *sandbox, size_t old_size, size_t new_size, bool is_text) {
  if (sandbox->stopped == SANDBOX_MEMORY || sandbox->stopped == SANDBOX_TEXT) return true;
  clock_memory(sandbox, new_size - old_size);
  sandbox->since_full += new_size - old_size;
  if (is_text && new_size > LIMIT_LUA_TEXT + 64) return sandbox->stopped = SANDBOX_TEXT, true;
  if (sandbox->used + (new_size - old_size) <= sandbox->allowed) return false;
  if (sandbox->since_full < sandbox->budget.memory / 16) sandbox->stopped = SANDBOX_MEMORY;
  sandbox->since_full = 0;
  return true;
}

static size_t most_held(const Sandbox *sandbox) {
  return sandbox->allowed < SIZE_MAX / HELD ? HELD * sandbox->allowed : SIZE_MAX;
}

static void *allocate(void *context, void *old, size_t old_size, size_t new_size) {
  Sandbox *sandbox = context;
  bool is_text = !old && old_size == LUA_TSTRING; /* for a new object, its kind stands in place of its size */
  if (!old) old_size = 0;
  if (!new_size) {
    if (old) heap_give(&sandbox->heap, old, old_size);
    sandbox->used -= old_size;
    return NULL;
  }
  if (new_size > old_size && refuse(sandbox, old_size, new_size, is_text)) {
    if (sandbox->lua) note_place(sandbox);
    return NULL;
  }
  void *new = heap_resize(&sandbox->heap, old, old_size, new_size, most_held(sandbox));
  if (!new &&new_size > old_size && sandbox->lua) note_place(sandbox);
  if (!new) return new_size <= old_size ? old : NULL; /* Lua relies on making things smaller */
  sandbox->used += new_size - old_size;
  return new;
}

void sandbox_refill(Sandbox *sandbox) {
  sandbox->stopped = SANDBOX_OK;
  sandbox->fuel = sandbox->budget.instructions;
  sandbox_time(sandbox, sandbox->budget.milliseconds / 1000.0);
  sandbox->fresh = sandbox->unclocked = 0;
  sandbox->since_full = sandbox->budget.memory;
  lua_sethook(sandbox->lua, on_count, LUA_MASKCOUNT, SANDBOX_STRIDE);
}

void sandbox_allow(Sandbox *sandbox, size_t bytes) {
  sandbox->allowed += bytes;
  sandbox->free_until += bytes;
}

/* ---- errors ---- */

/* One line of valid UTF-8 without control characters, of a length that fits a message. */
static Str plain(Arena *arena, Str text) {
  Buf buf = {0};
  while (text.len && buf.len < 240) {
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.len, &c);
    if (n > 0 && c >= ' ' && c != 0x7F && !(c >= 0x80 && c < 0xA0)) buf_add(&buf, (Str){text.at, (size_t)n});
    else buf_add_byte(&buf, n > 0 ? ' ' : '?');
    text = str_slice(text, n > 0 ? (size_t)n : 1, text.len);
  }
  if (text.len) buf_add_c(&buf, " …");
  return str_trim(buf_take(&buf, arena));
}

/* Takes "file:12: " off the front of one of Lua's messages; the line, or 0 where it does not start so. */
static uint32_t cut_place(Str *message, Str file) {
  for (size_t i = 0; i + 1 < message->len; i++) {
    if (message->at[i] != ':') continue;
    uint32_t line = 0;
    size_t end = i + 1;
    for (; end < message->len && message->at[end] >= '0' && message->at[end] <= '9' && line < 10000000; end++)
      line = line * 10 + (uint32_t)(message->at[end] - '0');
    if (end == i + 1 || end + 1 >= message->len || message->at[end] != ':' || message->at[end + 1] != ' ') continue;
    Str front = str_slice(*message, 0, i);
    if (!str_is(front, file) && !str_starts(front, STR("..."))) continue;
    *message = str_slice(*message, end + 2, message->len);
    return line;
  }
  return 0;
}

static Str limit_words(const Sandbox *sandbox) {
  SandboxBudget budget = sandbox->budget;
  switch (sandbox->stopped) {
    case SANDBOX_INSTRUCTIONS:
      return arena_format(sandbox->arena, "it takes more than %g million steps, which is the limit",
                          (double)budget.instructions / 1e6);
    case SANDBOX_TIME:
      return arena_format(sandbox->arena, "it takes longer than %g seconds, which is the limit",
                          budget.milliseconds / 1e3);
    case SANDBOX_TEXT:
      return arena_format(sandbox->arena, "it makes a text of more than %d KiB, which is the limit",
                          LIMIT_LUA_TEXT >> 10);
    default:
      return arena_format(sandbox->arena, "it takes more than %zu MiB of memory, which is the limit",
                          budget.memory >> 20);
  }
}

/* The message handler: takes note of the place while the script still stands there. The end of a budget has been noted
 * where it was reached. */
static int on_error(lua_State *lua) {
  if (!sandbox_of(lua)->stopped) note_place(sandbox_of(lua));
  return 1;
}

static void fail(Sandbox *sandbox, int status, SandboxError *error) {
  if (status == LUA_ERRMEM && !sandbox->stopped) sandbox->stopped = SANDBOX_MEMORY;
  error->end = sandbox->stopped ? sandbox->stopped : SANDBOX_WRONG;
  error->file = sandbox->file.len ? sandbox->file : sandbox->loading;
  error->line = sandbox->line;
  error->trace = sandbox->trace;
  if (sandbox->stopped) {
    error->message = limit_words(sandbox);
    return;
  }
  int type = lua_type(sandbox->lua, -1);
  Str message =
      arena_format(sandbox->arena, "it raised an error that is no text but a %s", lua_typename(sandbox->lua, type));
  if (type == LUA_TSTRING) message.at = lua_tolstring(sandbox->lua, -1, &message.len);
  uint32_t line = cut_place(&message, error->file);
  if (line) error->line = line;
  error->message = plain(sandbox->arena, message);
}

/* ---- running ---- */

/* Runs `body` guarded, with `job` as its one argument; nothing is left on the stack. */
static bool guarded(Sandbox *sandbox, lua_CFunction body, void *job, SandboxError *error) {
  lua_State *lua = sandbox->lua;
  *error = (SandboxError){0};
  sandbox->file = sandbox->trace = (Str){0};
  sandbox->line = 0;
  lua_settop(lua, 0);
  lua_pushcfunction(lua, on_error);
  lua_pushcfunction(lua, body);
  lua_pushlightuserdata(lua, job);
  int status = lua_pcall(lua, 1, 0, 1);
  if (status != LUA_OK) fail(sandbox, status, error);
  lua_settop(lua, 0);
  if (error->end == SANDBOX_MEMORY) lua_gc(lua, LUA_GCCOLLECT);
  return status == LUA_OK;
}

void sandbox_chunk(lua_State *lua, Str path, Str text) {
  Sandbox *sandbox = sandbox_of(lua);
  if (text.len > LIMIT_LUA_FILE)
    luaL_error(lua, "the file is larger than %d KiB, which is the limit", LIMIT_LUA_FILE >> 10);
  sandbox_charge(lua, text.len); /* reading it is work too */
  if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_slice(text, 3, text.len);
  Str before = sandbox->loading;
  sandbox->loading = path;
  if (luaL_loadbufferx(lua, text.at, text.len, arena_format(sandbox->arena, "@" STR_FMT, STR_ARG(path)).at, "t") !=
      LUA_OK) {
    sandbox->file = path; /* the message has the line */
    lua_error(lua);
  }
  library_copy(lua);
  lua_setupvalue(lua, -2, 1);
  lua_call(lua, 0, 1);
  sandbox->loading = before;
}

typedef struct {
  Str path, text;
  int handle;
} Load;

static int load_body(lua_State *lua) {
  Load *load = lua_touserdata(lua, 1);
  sandbox_chunk(lua, load->path, load->text);
  if (lua_istable(lua, -1)) lua_getfield(lua, -1, "compute");
  if (!lua_isfunction(lua, -1))
    luaL_error(lua, "it returns no function: end it with `return function(journey, place) … end`");
  load->handle = luaL_ref(lua, LUA_REGISTRYINDEX);
  return 0;
}

/* A file that failed while it was being read is to be read again, not to be thought of as requiring itself. */
static int forget_body(lua_State *lua) {
  lua_pushnil(lua);
  lua_setfield(lua, LUA_REGISTRYINDEX, "required");
  return 0;
}

int sandbox_load(Sandbox *sandbox, Str path, Str text, SandboxError *error) {
  Load load = {path, text, 0};
  bool ok = guarded(sandbox, load_body, &load, error);
  if (!ok && !error->file.len) error->file = path;
  sandbox->loading = (Str){0};
  SandboxError ignored;
  if (!ok) guarded(sandbox, forget_body, NULL, &ignored);
  return ok ? load.handle : 0;
}

typedef struct {
  int handle;
  SandboxPush *push;
  void *context;
  bool has_value;
  double value;
} Call;

static int call_body(lua_State *lua) {
  Call *call = lua_touserdata(lua, 1);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, call->handle);
  int arguments = call->push ? call->push(lua, call->context) : 0;
  lua_call(lua, arguments, 1);
  sandbox_charge(lua, 0); /* a budget that is spent stays spent, whatever the script made of it */
  call->has_value = !lua_isnil(lua, -1);
  if (!call->has_value) return 0;
  if (lua_type(lua, -1) != LUA_TNUMBER) luaL_error(lua, "its result is no number but a %s", luaL_typename(lua, -1));
  call->value = lua_tonumber(lua, -1);
  if (!isfinite(call->value)) luaL_error(lua, "its result is no number that can be shown: it divides by zero");
  return 0;
}

bool sandbox_call(Sandbox *sandbox, int handle, SandboxPush *push, void *context, bool *has_value, double *value,
                  SandboxError *error) {
  Call call = {handle, push, context, false, 0};
  bool ok = guarded(sandbox, call_body, &call, error);
  *has_value = ok && call.has_value;
  *value = *has_value ? call.value : 0;
  return ok;
}

typedef struct {
  SandboxPush *work;
  void *context;
} Build;

static int build_body(lua_State *lua) {
  Build *build = lua_touserdata(lua, 1);
  lua_settop(lua, 0);
  build->work(lua, build->context);
  return 0;
}

bool sandbox_build(Sandbox *sandbox, SandboxPush *work, void *context, SandboxError *error) {
  Build build = {work, context};
  sandbox_refill(sandbox);
  return guarded(sandbox, build_body, &build, error);
}

/* ---- print ---- */

void sandbox_print(lua_State *lua, Str text) {
  Sandbox *sandbox = sandbox_of(lua);
  if (sandbox->prints.len > 0 && sandbox->prints.at[sandbox->prints.len - 1].is_last) return;
  SandboxPrint print = {.file = STR("")};
  lua_Debug at;
  int level = 0;
  if (next_lua(lua, &level, &at)) {
    print.file = arena_copy(sandbox->arena, str_of(at.source + 1));
    print.line = (uint32_t)at.currentline;
  }
  print.text = plain(sandbox->arena, text);
  sandbox->printed += print.text.len;
  print.is_last = sandbox->printed >= LIMIT_LUA_PRINTED || sandbox->prints.len + 1 >= LIMIT_LUA_PRINTS;
  vec_push(&sandbox->prints, print);
}

size_t sandbox_printed(Sandbox *sandbox, const SandboxPrint **list) {
  size_t count = sandbox->prints.len - sandbox->given;
  SandboxPrint *copy = ARENA_ARRAY(sandbox->arena, SandboxPrint, count);
  if (count) memcpy(copy, sandbox->prints.at + sandbox->given, count * sizeof *copy);
  sandbox->given = sandbox->prints.len;
  *list = copy;
  return count;
}

/* ---- life ---- */

static int open_body(lua_State *lua) {
  library_open(lua);
  lua_setfield(lua, LUA_REGISTRYINDEX, "library");
  return 0;
}

Sandbox *sandbox_new(Arena *arena, SandboxBudget budget, SandboxFind *find, void *context) {
  Sandbox *sandbox = mem_alloc(sizeof *sandbox);
  *sandbox = (Sandbox){.arena = arena,
                       .budget = budget,
                       .find = find,
                       .context = context,
                       .allowed = SIZE_MAX / 2,
                       .deadline = INFINITY,
                       .look = INFINITY};
  lua_State *lua = lua_newstate(allocate, sandbox);
  SandboxError error;
  if (!lua) {
    heap_free(&sandbox->heap);
    free(sandbox);
    return NULL;
  }
  *(Sandbox **)lua_getextraspace(lua) = sandbox;
  sandbox->lua = lua;
  sandbox->fuel = UINT64_MAX;
  if (!guarded(sandbox, open_body, NULL, &error)) {
    sandbox_free(sandbox);
    return NULL;
  }
  sandbox->allowed = sandbox->used + budget.memory;
  sandbox->free_until = sandbox->used + (budget.memory < LIMIT_LUA_MEMORY ? budget.memory : LIMIT_LUA_MEMORY) / 4;
  lua_gc(lua, LUA_GCSTOP);
  sandbox_refill(sandbox);
  return sandbox;
}

void sandbox_rebind(Sandbox *sandbox, Arena *arena, void *context) {
  sandbox->arena = arena;
  sandbox->context = context;
  sandbox->file = sandbox->trace = sandbox->loading = (Str){0};
  sandbox->prints.len = sandbox->given = 0;
}

void sandbox_free(Sandbox *sandbox) {
  if (!sandbox) return;
  if (sandbox->finalizes) lua_close(sandbox->lua);
  heap_free(&sandbox->heap);
  vec_free(&sandbox->prints);
  buf_free(&sandbox->words);
  free(sandbox);
}

const char *sandbox_library(void) { return LUA_RELEASE; }
