/* Every way out of the sandbox that we know of is stopped within the budget, and the sandbox works afterwards. */
#include <stdio.h>
#include <unistd.h>

#include "base/os.h"
#include "check.h"
#include "script/sandbox.h"

static const SandboxBudget roomy = {50000000, 64u << 20, 20000};
static const SandboxBudget small = {20000000, 64u << 20, 150};

static bool find(void *context, Str from, Str name, Arena *arena, Str *path, Str *text, Str *why) {
  (void)context, (void)from;
  *path = arena_format(arena, STR_FMT ".lua", STR_ARG(name));
  *text = STR("return { weight = 3 }");
  if (str_is_c(name, "itself")) *text = STR("return require 'itself'");
  if (str_is_c(name, "wrong")) *text = STR("\n\nlocal = 1");
  *why = STR("there is no such file");
  return !str_is_c(name, "nothing");
}

typedef struct {
  SandboxEnd end;
  bool has_value;
  double value;
  SandboxError error;
} Result;

static Result run(Sandbox *sandbox, const char *text) {
  Result result = {SANDBOX_OK, false, 0, {0}};
  sandbox_refill(sandbox);
  int handle = sandbox_load(sandbox, STR("metrics/test.lua"), str_of(text), &result.error);
  if (handle) sandbox_call(sandbox, handle, NULL, NULL, &result.has_value, &result.value, &result.error);
  result.end = result.error.end;
  return result;
}

static double value_of(Sandbox *sandbox, const char *text) {
  Result result = run(sandbox, text);
  if (result.end != SANDBOX_OK)
    printf("%s\n  line %u: " STR_FMT "\n", text, result.error.line, STR_ARG(result.error.message));
  return result.has_value ? result.value : -12345;
}

/* Which of the limits is reached first differs from machine to machine; on a slow one it is time. */
#define STOPPED ((SandboxEnd)100)

/* The script ends as it should, in time, and the sandbox still adds up. */
static void ends(Sandbox *sandbox, const char *text, SandboxEnd end, unsigned line) {
  double before = os_computed();
  Result result = run(sandbox, text);
  double took = os_computed() - before;
  bool ended = result.end == end || (end == STOPPED && result.end != SANDBOX_OK) ||
               (end > SANDBOX_WRONG && result.end == SANDBOX_TIME);
  bool fine = ended && (!line || result.error.line == line) && took < 2.0 &&
              value_of(sandbox, "return function() return 1 + 1 end") == 2;
  if (!fine) {
    printf("%.100s\n  ended as %d (line %u) after %.3f s: " STR_FMT "\n", text, result.end, result.error.line, took,
           STR_ARG(result.error.message));
  }
  CHECK(fine);
}

static void budgets(Sandbox *s) {
  ends(s, "while true do end", SANDBOX_INSTRUCTIONS, 1);
  ends(s, "\n::again::\ngoto again", SANDBOX_INSTRUCTIONS, 3);
  ends(s, "repeat until false", SANDBOX_INSTRUCTIONS, 1);
  ends(s, "for i = 1, math.huge do end", SANDBOX_INSTRUCTIONS, 1);
  ends(s, "return function()\n while true do pcall(function() while true do end end) end\nend", SANDBOX_INSTRUCTIONS,
       2);
  ends(s, "pcall(function() while true do end end)\nreturn function() return 5 end", SANDBOX_INSTRUCTIONS, 1);
  ends(s, "local function f() return pcall(f) end f()", SANDBOX_WRONG, 0);
  ends(s, "local function f() pcall(f) pcall(f) end f()", STOPPED, 1);
  ends(s, "local t = {} while true do t[#t + 1] = {} end", SANDBOX_MEMORY, 1);
  ends(s, "local t = {} while true do pcall(function() t[#t + 1] = { 'x', {} } end) end", SANDBOX_MEMORY, 1);
  ends(s, "local t = {} for i = 1, 100000000 do t[i] = i end", SANDBOX_MEMORY, 1);
  ends(s, "local x = 'x' while true do x = x .. x end", SANDBOX_TEXT, 1);
  ends(s, "local x = 'x' while true do pcall(function() x = x .. x end) end", SANDBOX_TEXT, 1);
  /* Memory that stays nearly full, and garbage: a full collection at each turn. */
  ends(s,
       "local t = {} for i = 1, 600000 do t[i] = {i} end local r = ('x'):rep(100000) while true do local g = r .. #t "
       "end",
       STOPPED, 1);
  ends(s,
       "local t = {} for i = 1, 100000 do t[i] = i end while true do for i = 1, 5 do t['k' .. i] = i; t['k' .. i] = "
       "nil end end",
       STOPPED, 1);
  ends(s, "local r = ('x'):rep(100000) local n = 0 while true do if r .. 'a' < r .. 'b' then n = n + 1 end end",
       STOPPED, 1);
  ends(s, "local function f(...) return f(1, ...) end f()", STOPPED, 1);
}

static void depths(Sandbox *s) {
  ends(s, "local function f() return 1 + f() end f()", STOPPED, 1);
  ends(s, "local function f() pcall(f) end f()", SANDBOX_WRONG, 0);
  ends(s, "local function f(x) return (x:gsub('.', f)) end f('a')", SANDBOX_WRONG, 1);
  ends(s, "local function f() table.sort({ 1, 2, 3 }, f) end f()", SANDBOX_WRONG, 1);
  ends(s, "local t = {} local function f() return tostring(t) .. f() end error(f())", STOPPED, 1);
  static char deep[60000];
  memset(deep, '(', sizeof deep - 1);
  ends(s, deep, SANDBOX_WRONG, 0);
  memset(deep, '{', sizeof deep - 1);
  memcpy(deep, "return ", 7);
  ends(s, deep, SANDBOX_WRONG, 0);
  for (size_t i = 0; i + 5 < sizeof deep; i += 5) memcpy(deep + i, "a or ", 5);
  memcpy(deep, "x = a ", 6);
  ends(s, deep, SANDBOX_WRONG, 0);
  static char labels[60000];
  size_t at = 0;
  for (int i = 0; at + 20 < sizeof labels; i++) at += (size_t)snprintf(labels + at, 20, "::a%d:: ", i);
  ends(s, labels, SANDBOX_WRONG, 0);
}

static int push_late(struct lua_State *lua, void *context) {
  (void)lua;
  usleep(*(const unsigned *)context);
  return 0;
}

/* On a busy machine a script may have to wait for its turn: that is not its time. */
static void waits(Sandbox *s) {
  unsigned longer = (unsigned)small.milliseconds * 2 * 1000;
  SandboxError error;
  bool has_value = false;
  double value = 0;
  sandbox_refill(s);
  int handle = sandbox_load(
      s, STR("wait.lua"), STR("return function() local n = 0 for i = 1, 10000 do n = n + 1 end return n end"), &error);
  CHECK(sandbox_call(s, handle, push_late, &longer, &has_value, &value, &error) && value == 10000);
}

/* However much garbage the script before has left, a script that needs little memory does not end for the lack of it.
 */
static void garbage(Arena *arena) {
  static const SandboxBudget tight = {3000000, 8u << 20, 20000};
  Sandbox *s = sandbox_new(arena, tight, find, NULL);
  char litter[200];
  for (int i = 0; i < 60; i++) {
    snprintf(litter, sizeof litter, "local t = {} for i = 1, %d do t[i] = { i } end", 40000 + i * 500);
    run(s, litter);
    Result result = run(s, "local n = 0 while true do pcall(string.find, ('a'):rep(3000), '.-.-.-.-b') end");
    if (result.end != SANDBOX_INSTRUCTIONS) printf("%d: ended as %d\n", i, result.end);
    CHECK(result.end == SANDBOX_INSTRUCTIONS);
  }
  sandbox_free(s);
}

static void long_functions(Sandbox *s) {
  ends(s, "local t = {} for i = 1, 300000 do t['k' .. i] = i end pairs(t)", STOPPED, 1);
  ends(s, "return function() return (('a'):rep(3000):find('.-.-.-.-b')) end", SANDBOX_WRONG, 1);
  ends(s, "while true do pcall(string.find, ('a'):rep(3000), '.-.-.-.-b') end", SANDBOX_INSTRUCTIONS, 1);
  ends(s, "while true do (('a'):rep(300)):find('.-.-b') end", STOPPED, 1);
  ends(s, "local f = ('a'):rep(300):gmatch('.-.-b') while true do f() end", STOPPED, 1);
  ends(s, "(('a'):rep(3000)):gsub('(.-)(.-)(.-)(.-)b', '')", SANDBOX_WRONG, 1);
  ends(s, "(('a'):rep(3000)):match(('a?'):rep(60) .. ('a'):rep(60))", SANDBOX_WRONG, 1);
  ends(s, "(('x'):rep(100000)):gsub('', ('y'):rep(100000))", SANDBOX_MEMORY, 1);
  ends(s, "while true do (('a'):rep(60000) .. 'b'):find(('a'):rep(60000) .. 'c', 1, true) end", STOPPED, 1);
  ends(s, "return ('x'):rep(1e9)", SANDBOX_WRONG, 1);
  ends(s, "return ('x'):rep(1e9, 'y')", SANDBOX_WRONG, 1);
  ends(s, "return (''):rep(1e15)", SANDBOX_WRONG, 1);
  ends(s, "return string.rep('x', -1) == '' and error('fine')", SANDBOX_WRONG, 1);
  ends(s, "table.unpack({}, 1, 1e7)", SANDBOX_WRONG, 1);
  ends(s, "table.unpack({}, math.mininteger, math.maxinteger)", SANDBOX_WRONG, 1);
  ends(s, "table.concat({}, 'x', 1, 1e9)", SANDBOX_WRONG, 1);
  ends(s, "local s = ('x'):rep(100000) local t = {} for i = 1, 10000 do t[i] = s end table.concat(t)", SANDBOX_MEMORY,
       1);
  ends(s, "local s = ('x'):rep(100000) local t = {} for i = 1, 50000 do t[i] = s end table.sort(t)",
       SANDBOX_INSTRUCTIONS, 1);
  ends(s, "local t = {} for i = 1, 90000 do t[i] = i end while true do table.insert(t, 1, 0) end", SANDBOX_INSTRUCTIONS,
       1);
  ends(s, "local t = {} for i = 1, 90000 do t[i] = i end while true do table.remove(t, 1) end", SANDBOX_INSTRUCTIONS,
       1);
  ends(s, "local t = {} for i = 1, 90000 do t[i] = i end while true do for _ in pairs(t) do break end end", STOPPED, 1);
  ends(s, "table.sort({ 3, 1, 2, 5, 4 }, function() return true end) error('fine')", SANDBOX_WRONG, 1);
  ends(s, "table.sort({ 3, 1, 2 }, function() while true do end end)", SANDBOX_INSTRUCTIONS, 1);
  ends(s, "string.format('%99999d', 1)", SANDBOX_WRONG, 1);
  ends(s, "string.format(('%s'):rep(10000), table.unpack({}, 1, 9000))", SANDBOX_WRONG, 1);
  ends(s, "for i = 1, ('1'):rep(100000) do end", STOPPED, 1);
}

static void absent(Sandbox *s) {
  static const char *const names[] = {"load",
                                      "loadstring",
                                      "loadfile",
                                      "dofile",
                                      "collectgarbage",
                                      "setmetatable",
                                      "getmetatable",
                                      "coroutine",
                                      "debug",
                                      "os",
                                      "io",
                                      "package",
                                      "rawset",
                                      "rawget",
                                      "rawequal",
                                      "rawlen",
                                      "next",
                                      "xpcall",
                                      "warn",
                                      "_G",
                                      "string.dump",
                                      "string.pack",
                                      "string.unpack",
                                      "string.packsize",
                                      "table.move",
                                      "math.random",
                                      "math.randomseed",
                                      "utf8.codes"};
  char text[200];
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    snprintf(text, sizeof text, "return function() return %s == nil and 1 or 0 end", names[i]);
    if (value_of(s, text) != 1) printf("%s is there\n", names[i]);
    CHECK(value_of(s, text) == 1);
  }
  ends(s, "\x1bLua", SANDBOX_WRONG, 0);
  ends(s, "local x <close> = {}", SANDBOX_WRONG, 1);
  ends(s, "return ('x').__index.y", SANDBOX_WRONG, 1);
  ends(s, "return '10' + 1", SANDBOX_WRONG, 1);
  ends(s, "return string.format('%p', {})", SANDBOX_WRONG, 1);
  ends(s, "return string.format('%-5.3p', {})", SANDBOX_WRONG, 1);
  /* A file that changes its library changes nobody else's. */
  ends(s, "string.upper = nil math.floor = nil pairs = nil error('done')", SANDBOX_WRONG, 1);
  CHECK(value_of(s, "return function() return #('x'):upper() + math.floor(1.5) + #string.upper('y') end") == 3);
}

static void errors(Sandbox *s) {
  CHECK_STR(run(s, "\n\nerror('too few steps')").error.message, "too few steps");
  CHECK_STR(run(s, "\n\nerror('too few steps')").error.file, "metrics/test.lua");
  ends(s, "\n\nerror('too few steps')", SANDBOX_WRONG, 3);
  ends(s, "return function()\n  local x = nil\n  return x.y\nend", SANDBOX_WRONG, 3);
  ends(s, "x = = 1", SANDBOX_WRONG, 1);
  ends(s, "\nx = 'abc", SANDBOX_WRONG, 2);
  CHECK_STR(run(s, "error({})").error.message, "it raised an error that is no text but a table");
  CHECK_STR(run(s, "error()").error.message, "it raised an error that is no text but a nil");
  CHECK_STR(run(s, "error('a\\27[2J\\nb\\255', 0)").error.message, "a [2J b?");
  CHECK(run(s, "error(('x'):rep(10000))").error.message.len < 300);
  CHECK_STR(run(s, "return 5").error.message,
            "it returns no function: end it with `return function(journey, place) … end`");
  CHECK_STR(run(s, "return function() return 'x' end").error.message, "its result is no number but a string");
  CHECK_STR(run(s, "return function() return 1 / 0 end").error.message,
            "its result is no number that can be shown: it divides by zero");
  CHECK(!run(s, "return function() end").has_value && run(s, "return function() end").end == SANDBOX_OK);
  CHECK(str_ends(run(s, "while true do end").error.message, STR(", which is the limit")));
  CHECK_STR(run(s, "require 'nothing'").error.message, "cannot require \"nothing\": there is no such file");
  CHECK(value_of(s, "return function() return require('weights').weight end") == 3);
  ends(s, "require 'itself'", SANDBOX_WRONG, 0);
  ends(s, "require 'itself'", SANDBOX_WRONG, 0);
  ends(s, "\nrequire 'wrong'", SANDBOX_WRONG, 2);
}

/* The lines that were printed since, as "3: text". */
static Str printed(Sandbox *s, Arena *arena, const char *text) {
  const SandboxPrint *list;
  sandbox_printed(s, &list);
  run(s, text);
  Buf out = {0};
  size_t count = sandbox_printed(s, &list);
  for (size_t i = 0; i < count; i++) {
    CHECK_STR(list[i].file, "metrics/test.lua");
    buf_printf(&out, "%u: " STR_FMT "%s\n", list[i].line, STR_ARG(list[i].text), list[i].is_last ? " (last)" : "");
  }
  return buf_take(&out, arena);
}

static void prints(Arena *arena) {
  Sandbox *s = sandbox_new(arena, small, find, NULL);
  CHECK_STR(printed(s, arena, "print('a', 1, nil, true)\nprint()\n\nprint(2.5, {}, print)"),
            "1: a 1 nil true\n2: \n4: 2.5 {} function\n");
  CHECK_STR(printed(s, arena, "print({ 1, 'two', {}, b = 2, a = 'x', [7] = 1 })"),
            "1: { 1, \"two\", table, [7] = 1, a = \"x\", b = 2 }\n");
  CHECK_STR(printed(s, arena, "print({ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 })"),
            "1: { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, … }\n");
  CHECK_STR(printed(s, arena, "return function()\n print('a\\27[2J\\nb\\255')\nend"), "2: a [2J b?\n");
  CHECK_STR(printed(s, arena, "print('before')\nerror('x')"), "1: before\n");
  CHECK_STR(printed(s, arena, "pcall(print, 'by pcall')"), "1: by pcall\n");
  CHECK_STR(printed(s, arena, "pcall(print, { [print] = 1 }) print({ [1.5] = 1 })"), "1: { [1.5] = 1 }\n");
  ends(s, "while true do print(('x'):rep(1000)) end", STOPPED, 1);
  const SandboxPrint *list;
  size_t count = sandbox_printed(s, &list), bytes = 0;
  for (size_t i = 0; i < count; i++) bytes += list[i].text.len;
  CHECK(count > 1 && bytes < LIMIT_LUA_PRINTED + 1000 && list[count - 1].is_last && !list[0].is_last);
  CHECK_STR(printed(s, arena, "print('more')"), "");
  sandbox_free(s);
  s = sandbox_new(arena, small, find, NULL);
  ends(s, "while true do print() end", STOPPED, 1);
  CHECK(sandbox_printed(s, &list) == LIMIT_LUA_PRINTS && list[LIMIT_LUA_PRINTS - 1].is_last);
  sandbox_free(s);
}

static void traces(Sandbox *s) {
  CHECK_STR(run(s, "error('x')").error.trace, "");
  CHECK_STR(run(s, "local function weigh(x)\n return x.y.z\nend\nreturn function()\n  local sum = weigh({})\n  return "
                   "sum\nend")
                .error.trace,
            "in weigh (metrics/test.lua, line 2)\ncalled by the function of line 4 (metrics/test.lua, line 5)");
  CHECK_STR(
      run(s, "local function f(n) if n == 0 then error('deep') end f(n - 1) return 1 end\nf(20)").error.trace,
      "in f (metrics/test.lua, line 1)\ncalled by f (metrics/test.lua, line 1)\ncalled by f (metrics/test.lua, line "
      "1)\ncalled by f (metrics/test.lua, line 1)\nand 16 more\ncalled by f (metrics/test.lua, line 1)\ncalled by "
      "the file itself (metrics/test.lua, line 2)");
  /* What a limit is reached in is told, not where it was held for a moment. */
  Result result =
      run(s, "local function burn() while true do end end\nlocal function hold()\n pcall(burn)\nend\nhold()");
  CHECK(result.end > SANDBOX_WRONG && result.error.line == 1);
  CHECK_STR(
      result.error.trace,
      "in the function of line 1 (metrics/test.lua, line 1)\ncalled by hold (metrics/test.lua, line 3)\ncalled by "
      "the file itself (metrics/test.lua, line 5)");
}

static void works(Sandbox *s) {
  CHECK(value_of(s, "return { compute = function() return 7 end, id = 'x' }") == 7);
  CHECK(value_of(
            s,
            "local n = 0 for k, v in pairs({ 1, 2, 3, x = 4 }) do n = n * 10 + v end return function() return n end") ==
        1234);
  CHECK(value_of(s, "local r = '' for k in pairs({ b = 1, a = 1, [3] = 1, [1.5] = 1, [true] = 1, [-1] = 1 }) do r = r "
                    ".. tostring(k) .. ' ' end "
                    "return function() return r == '-1 1.5 3 true a b ' and 1 or error(r) end") == 1);
  CHECK(value_of(s, "local t = { 'c', 'a', 'b' } table.sort(t) return function() return table.concat(t) == 'abc' and 1 "
                    "or error(table.concat(t)) end") == 1);
  CHECK(value_of(s, "local t = {} for i = 1, 1000 do t[i] = { i // 10, i } end table.sort(t, function(a, b) return "
                    "a[1] > b[1] end) "
                    "local n = 0 for i = 2, 1000 do if t[i - 1][1] < t[i][1] or t[i - 1][1] == t[i][1] and t[i - 1][2] "
                    "> t[i][2] then n = n + 1 end end "
                    "return function() return n end") == 0);
  CHECK(value_of(s, "return function() return #('  hello  '):match('^%s*(.-)%s*$') end") == 5);
  CHECK(value_of(s, "return function() return select(2, ('a-b-c'):gsub('%-', '+')) end") == 2);
  CHECK(
      value_of(
          s, "local n = 0 for w in ('one two three'):gmatch('%a+') do n = n + #w end return function() return n end") ==
      11);
  CHECK(value_of(s, "return function() return (('x.y'):find('.', 1, true)) end") == 2);
  CHECK(value_of(s, "return function() return (('x.y'):find('y', -1, true)) end") == 3);
  CHECK(value_of(s, "return function() return (('x.y'):find('x', math.mininteger, true)) end") == 1);
  CHECK(value_of(s, "return function() return (('x.y'):find('x', math.maxinteger, true)) end") == -12345);
  CHECK(value_of(s, "return function() return (('x.y'):find('', 4, true)) end") == 4);
  CHECK(value_of(s, "return function() return utf8.len('Grüße') end") == 5);
  CHECK(value_of(s, "return function() return math.max(table.unpack({ 1, 5, 3 })) end") == 5);
  CHECK(value_of(s, "local ok, e = pcall(error, 'x') return function() return not ok and e == 'x' and 1 or 0 end") ==
        1);
  CHECK(value_of(s, "return function() return #string.format('%s %5.1f %q', {}, 2, 'x') end") == 15);
  CHECK(value_of(s,
                 "return function() return tostring({}) == 'table' and tostring(print) == 'function' and 1 or 0 end") ==
        1);
  /* Holes beside names, and what is taken away on the way. */
  static const char *const pairs[] = {"{ 1, nil, 3, x = 4 }",
                                      "1 3 x ",
                                      "{ 1, 2, 3 }",
                                      "1 2 3 ",
                                      "{}",
                                      "",
                                      "{ [3] = 1, [-2] = 1, [2^53] = 1, [0.5] = 1, b = 1, a = 1 }",
                                      "-2 0.5 3 9007199254740992 a b ",
                                      "{ 1, 2, nil, nil, 5, x = 1, y = 1 }",
                                      "1 2 5 x y "};
  char text[400];
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i += 2) {
    snprintf(text, sizeof text,
             "local r, t = '', %s for k in pairs(t) do r = r .. tostring(k) .. ' ' t[k] = nil end "
             "return function() return r == '%s' and 1 or error(r) end",
             pairs[i], pairs[i + 1]);
    CHECK(value_of(s, text) == 1);
  }
  CHECK(value_of(s, "local t, n = {}, 0 for i = 1, 300000 do t[i] = i end for k in pairs(t) do n = n + 1 end "
                    "return function() return n end") == 300000);
}

int main(void) {
  Arena *arena = arena_new();
  Sandbox *sandbox = sandbox_new(arena, small, find, NULL);
  Sandbox *calm = sandbox_new(arena, roomy, find, NULL);
  CHECK(sandbox && calm);
  works(calm);
  budgets(sandbox);
  depths(sandbox);
  waits(sandbox);
  long_functions(sandbox);
  absent(sandbox);
  errors(sandbox);
  traces(sandbox);
  garbage(arena);
  prints(arena);
  sandbox_free(sandbox);
  sandbox_free(calm);
  arena_free(arena);
  return CHECK_DONE();
}
