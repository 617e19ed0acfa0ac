/* Checks of the project's own, in Lua: they run in a worker process, each in a sandbox. */
#include <stdlib.h>

#include "base/limits.h"
#include "check/asking.h"
#include "check/rules.h"
#include "check/sources.h"
#include "script/worker.h"

typedef struct {
  const Project *p;
  Diagnostics *to;
  Sources sources; /* one job each */
  bool untried;    /* it was said that some were not tried */
  bool *seen;      /* of source s and unit u: whether it holds for the file; at s * unit_count + u */
} Own;

static void say_no_file(const Project *p, Ref at, Diagnostics *to) {
  diagnose(to, DIAG_MISSING_PROPERTY, at.unit, rule_span(p, at), "name the Lua file: computed-by \"checks/x.lua\"",
           "this `check` does not say which file it is computed by");
}

static void say_unreadable(const Project *p, const CheckSource *source, Str why, Diagnostics *to) {
  LuaAsked asked = source_asked(p, source);
  if (!lua_file_is_there(p, source->at))
    diagnose(to, DIAG_NO_SUCH_FILE, asked.unit, asked.span, "paths begin at the folder of this file",
             "there is no file " STR_FMT, STR_ARG(source_text(&p->units[asked.unit]->source, asked.span)));
  else
    diagnose(to, DIAG_UNREADABLE, asked.unit, asked.span, "see that the file is there and may be read",
             "the file can't be read: " STR_FMT, STR_ARG(why));
}

static void add_own(Own *own, Ref at) {
  const Project *p = own->p;
  LuaFile file;
  Str why = STR("");
  CheckSource *source = source_of(p, at, own->to->arena);
  if (!lua_names_file(p, at)) say_no_file(p, at, own->to);
  else if (lua_is_held_back(p, at)) return;
  else if (!lua_file_of(p, at, own->to->arena, &file, &why)) say_unreadable(p, source, why, own->to);
  else {
    source->path = file.path;
    source->text = file.text;
    vec_push(&own->sources, source);
  }
}

typedef struct {
  Own *own;
  uint32_t unit;
} Seeing;

static void sees(void *context, Ref check) {
  Seeing *seeing = context;
  for (size_t s = 0; s < seeing->own->sources.len; s++)
    if (ref_is(seeing->own->sources.at[s]->at, check))
      seeing->own->seen[s * seeing->own->p->unit_count + seeing->unit] = true;
}

static void find_own(Own *own) {
  const Project *p = own->p;
  for (uint32_t u = 1; u < p->unit_count; u++)
    for (uint32_t at = 0; project_is_own(p, u) && at < p->units[u]->statement_count;
         at = p->units[u]->statements[at].after)
      if (p->units[u]->statements[at].keyword == K_CHECK) add_own(own, (Ref){u, at});
  if (own->sources.len == 0) return;
  own->seen = mem_alloc(own->sources.len * p->unit_count * sizeof *own->seen);
  memset(own->seen, 0, own->sources.len * p->unit_count * sizeof *own->seen);
  uint32_t last = NONE;
  for (uint32_t i = 0; i < p->journey_count; i++) {
    uint32_t unit = p->journeys[i].at.unit;
    if (unit != last && project_is_own(p, unit)) project_checks(p, unit, sees, &(Seeing){own, unit});
    last = unit;
  }
}

/* ---- in the worker ---- */

typedef struct {
  Ruleset *set;
  Diagnostics *found;
  SandboxError error;
  bool failed;
} OwnAsk;

static bool ask_own(void *context, const Rule *rule, const MapPart *part) {
  OwnAsk *ask = context;
  ask->failed = !ruleset_ask(ask->set, rule, part, ask->found, &ask->error);
  return !ask->failed;
}

static void fresh_budget(OwnAsk *ask) {
  worker_begin();
  ruleset_refill(ask->set);
}

/* The first fault ends it: the next map would have the same one. */
static void ask_all(const Own *own, size_t number, OwnAsk *ask, Arena *arena) {
  const Project *p = own->p;
  size_t count;
  const Rule *rules = ruleset_rules(ask->set, &count);
  Asking asking = asking_of(rules, count, arena);
  for (uint32_t i = 0; i < p->journey_count && !ask->failed; i++) {
    const Journey *journey = &p->journeys[i];
    if (!own->seen[number * p->unit_count + journey->at.unit]) continue;
    fresh_budget(ask);
    asking_journey(&asking, p, journey, arena, ask_own, ask);
  }
  if (ask->failed) return;
  fresh_budget(ask);
  asking_project(&asking, p, ask_own, ask);
}

static void add_number(Buf *to, uint32_t number) { buf_add(to, (Str){(const char *)&number, sizeof number}); }

static void add_text(Buf *to, Str text) {
  add_number(to, (uint32_t)text.len);
  buf_add(to, text);
}

static void add_prints(Buf *to, Ruleset *set) {
  const SandboxPrint *list = NULL;
  size_t count = set ? ruleset_printed(set, &list) : 0;
  add_number(to, (uint32_t)count);
  for (size_t i = 0; i < count; i++) {
    add_text(to, list[i].file);
    add_number(to, list[i].line);
    add_text(to, list[i].text);
    buf_add_byte(to, list[i].is_last);
  }
}

static void check_source(void *context, size_t number, Buf *answer) {
  const Own *own = context;
  Arena *arena = arena_new();
  Diagnostics found = {.arena = arena};
  OwnAsk ask = {.set = ruleset_new(own->p, arena, SANDBOX_BUDGET), .found = &found};
  ask.failed = !ask.set;
  ask.error.message = STR("there is no memory for it");
  if (ask.set) ask.failed = !ruleset_load(ask.set, own->sources.at[number], &ask.error);
  if (!ask.failed) ask_all(own, number, &ask, arena);
  if (ask.failed && ask.error.end > SANDBOX_WRONG) worker_lost();
  buf_add_byte(answer, ask.failed ? '!' : '.');
  add_number(answer, ask.failed ? ask.error.line : 0);
  add_text(answer, ask.failed ? ask.error.file : STR(""));
  add_text(answer, ask.failed ? ask.error.message : STR(""));
  add_text(answer, ask.failed ? ask.error.trace : STR(""));
  if (ask.failed) found.list.len = 0; /* the same whether it failed or its process did */
  add_prints(answer, ask.set);
  reports_write(&found, answer);
  ruleset_free(ask.set);
  vec_free(&found.list);
  arena_free(arena);
}

/* ---- what comes back ---- */

static bool take(Str *from, void *to, size_t size) {
  if (from->len < size) return false;
  memcpy(to, from->at, size);
  *from = str_slice(*from, size, from->len);
  return true;
}

static bool take_text(Str *from, Arena *arena, Str *text) {
  uint32_t length;
  if (!take(from, &length, sizeof length) || from->len < length) return false;
  *text = arena_copy(arena, str_slice(*from, 0, length));
  *from = str_slice(*from, length, from->len);
  return true;
}

static bool take_prints(Str *from, Arena *arena, const SandboxPrint **list, uint32_t *count) {
  enum { SMALLEST = 13 }; /* bytes of one */
  if (!take(from, count, sizeof *count) || *count > from->len / SMALLEST) return false;
  SandboxPrint *prints = ARENA_ARRAY(arena, SandboxPrint, *count);
  *list = prints;
  for (uint32_t i = 0; i < *count; i++) {
    char last;
    bool whole = take_text(from, arena, &prints[i].file) && take(from, &prints[i].line, sizeof prints[i].line) &&
                 take_text(from, arena, &prints[i].text) && take(from, &last, 1);
    if (!whole) return false;
    prints[i].is_last = last != 0;
  }
  return true;
}

static Str fate_words(WorkerFate fate, Arena *arena) {
  switch (fate.end) {
    case WORKER_TIME:
      return arena_format(arena, "it takes longer than %g seconds, which is the limit", LIMIT_LUA_MILLISECONDS / 1e3);
    case WORKER_MEMORY: return STR("it takes more memory than there is for it");
    case WORKER_FLOOD: return STR("it reports more than anybody could read");
    case WORKER_UNTRIED:
      return arena_format(
          arena, "it is not tried, nor are those behind it: checks in front of it came to no end for %g seconds",
          LIMIT_WORKER_LOST * LIMIT_LUA_MILLISECONDS / 1e3);
    default:
      return fate.signal ? arena_format(arena, "it brought down the process that ran it (signal %d)", fate.signal)
                         : STR("it brought down the process that ran it");
  }
}

static void hear(void *context, size_t number, WorkerFate fate, Str answer) {
  Own *own = context;
  Arena *arena = own->to->arena;
  const CheckSource *source = own->sources.at[number];
  SandboxError error = {.file = arena_copy(arena, fate.file), .line = fate.line};
  const SandboxPrint *prints = NULL;
  uint32_t print_count = 0;
  if (fate.end == WORKER_STOPPED || (fate.end == WORKER_UNTRIED && own->untried)) return;
  own->untried |= fate.end == WORKER_UNTRIED;
  char mark = '!';
  bool whole = fate.end == WORKER_DONE && take(&answer, &mark, 1) && take(&answer, &error.line, sizeof error.line) &&
               take_text(&answer, arena, &error.file) && take_text(&answer, arena, &error.message) &&
               take_text(&answer, arena, &error.trace) && take_prints(&answer, arena, &prints, &print_count);
  if (!whole) error.message = fate_words(fate, arena);
  else if (!reports_read(own->p, source, answer, own->to)) mark = '!', error.message = STR("its answer makes no sense");
  if (whole) lua_say_printed(own->p, own->to, prints, print_count, source_asked(own->p, source));
  if (error.file.len == 0) error.file = source->path;
  if (mark == '!') source_say_failed(own->p, source, &error, own->to);
}

/* Where no process can be started, the sandbox alone has to do. */
static void check_here(Own *own) {
  for (size_t i = 0; i < own->sources.len; i++) {
    Buf answer = {0};
    check_source(own, i, &answer);
    hear(own, i, (WorkerFate){.end = WORKER_DONE}, buf_str(&answer));
    buf_free(&answer);
  }
}

void check_own(const Project *p, Diagnostics *to) {
  Own own = {.p = p, .to = to};
  Str why;
  find_own(&own);
  if (own.sources.len > 0 &&
      !worker_run(own.sources.len, LIMIT_LUA_MILLISECONDS, p->stop, check_source, hear, &own, &why))
    check_here(&own);
  vec_free(&own.sources);
  free(own.seen);
}
