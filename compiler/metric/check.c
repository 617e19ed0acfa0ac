#include "metric/check.h"

#include "base/nearest.h"
#include "metric/counted.h"
#include "metric/expect.h"
#include "metric/measure.h"
#include "metric/stated.h"
#include "script/compute.h"
#include "script/files.h"

bool metric_is_of(const ComputeFile *file, Place place) { return (file->scope & 1u << place.kind) != 0; }

/* ---- failures ---- */

static bool was_said(const MetricSaid *said, Ref metric) {
  for (size_t i = 0; i < said->metrics.len; i++)
    if (ref_is(said->metrics.at[i], metric)) return true;
  return false;
}

/* One metric is said once, wherever else it is asked for. */
void metric_say_failed(const Project *p, const Metric *metric, MetricFailure failure, uint32_t unit, Span span,
                       MetricSaid *said, Diagnostics *to) {
  if (was_said(said, metric->at) || lua_is_held_back(p, metric->at)) return;
  if (failure.is_untried && said->untried) return;
  said->untried |= failure.is_untried;
  vec_push(&said->metrics, metric->at);
  SandboxError error = {.file = failure.file, .line = failure.line, .message = failure.message, .trace = failure.trace};
  LuaAsked asked = {unit, span, "it is asked for here"};
  const char *help = "the metric is wrong, not the map: mend the Lua file; docs/metrics.md says what it may do";
  Str words = arena_format(to->arena, "the metric \"" STR_FMT "\" %s: " STR_FMT, STR_ARG(metric->id),
                           failure.is_cycle ? "needs itself" : "fails", STR_ARG(failure.message));
  if (!project_is_own(p, metric->at.unit))
    help = "the metric is the standard library's: look at what it is given, the evidence's columns, its `scale` and "
           "its file";
  if (failure.is_untried) help = "mend those that take longer than their limit: they are said, too";
  if (failure.is_cycle)
    help = "take out one of the `value(\u2026)` that lead back, or compute what both need in a third metric";
  lua_diagnose(p, to, failure.is_cycle ? DIAG_METRIC_CYCLE : DIAG_METRIC_FAILED, &error, asked, help, words);
}

/* ---- what is counted ---- */

static void say_counted(const Project *p, const Metrics *metrics, const CountedList *counted, MetricSaid *said,
                        Diagnostics *to) {
  for (size_t i = 0; i < counted->len; i++) {
    const Counted *one = &counted->at[i];
    const MetricValue *value = metrics_value(metrics, one->asked);
    if (value->state != METRIC_FAILED || (i && ref_is(counted->at[i - 1].measure, one->measure))) continue;
    Span span = unit_value(project_unit(p, one->measure), one->measure.at, 0)->span;
    metric_say_failed(p, metrics_metric(metrics, one->asked), value->failure, one->measure.unit, span, said, to);
  }
}

/* ---- Lua files of the project's own ---- */

typedef VEC(MetricFile) OwnFiles;

static bool names_file(const Project *p, Ref at, Span *span) {
  const Unit *unit = project_unit(p, at);
  uint32_t statement = unit->statements[at.at].keyword == K_METRIC ? unit_child(unit, at.at, K_COMPUTED_BY) : at.at;
  const Value *name = statement == NONE ? NULL : unit_value(unit, statement, 0);
  if (name) *span = name->span;
  return name && lua_names_file(p, at);
}

/* What nobody expects anything of would else be missed until somebody scores the map. */
static void ask_files(const Project *p, Metrics *metrics, OwnFiles *files, Diagnostics *to) {
  for (uint32_t u = 0; u < p->unit_count; u++) {
    if (!project_is_own(p, u)) continue;
    const Unit *unit = p->units[u];
    for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) {
      MetricFile file = {.at = {u, at}};
      Keyword keyword = (Keyword)unit->statements[at].keyword;
      if ((keyword != K_METRIC && keyword != K_USE) || !names_file(p, file.at, &file.span)) continue;
      if (lua_file_is_there(p, file.at)) {
        Metric metric = metric_info(p, file.at, to->arena);
        file.asked = metrics_ask_file(metrics, p->journey_count ? &p->journeys[0] : NULL, &metric);
        vec_push(files, file);
      } else if (keyword == K_METRIC) /* a `use` has been said by loading */
        diagnose(to, DIAG_NO_SUCH_FILE, u, file.span, "paths begin at the folder of this file",
                 "there is no file " STR_FMT, STR_ARG(source_text(&unit->source, file.span)));
    }
  }
}

static bool has_setting(const ComputeFile *file, Str name, Nearest *nearest) {
  for (uint32_t i = 0; i < file->setting_count; i++) {
    if (str_is(file->settings[i].name, name)) return true;
    nearest_offer(nearest, file->settings[i].name);
  }
  return false;
}

static Str setting_list(const ComputeFile *file, Arena *arena) {
  if (!file->setting_count) return STR("the Lua file says with `settings = {\u2026}` which it has, and it has none");
  Buf list = {0};
  buf_add_c(&list, "it has ");
  for (uint32_t i = 0; i < file->setting_count; i++)
    buf_printf(&list, "%s\"" STR_FMT "\"",
               !i                            ? ""
               : i + 1 < file->setting_count ? ", "
                                             : " and ",
               STR_ARG(file->settings[i].name));
  return buf_take(&list, arena);
}

static void check_setting(const Project *p, Ref at, const Metric *metric, const ComputeFile *file, Diagnostics *to) {
  const Unit *unit = project_unit(p, at);
  const Value *value = unit_value(unit, at.at, 0);
  if (!value) return;
  Str name = unit_text(unit, to->arena, value);
  Nearest nearest = nearest_to(name);
  if (has_setting(file, name, &nearest)) return;
  Diagnostic *diagnostic = diagnose(
      to, DIAG_UNKNOWN_NAME, at.unit, value->span, setting_list(file, to->arena).at,
      nearest.best.len ? "the metric \"" STR_FMT "\" has no setting \"" STR_FMT "\"; did you mean \"" STR_FMT "\"?"
                       : "the metric \"" STR_FMT "\" has no setting \"" STR_FMT "\"" STR_FMT,
      STR_ARG(metric->id), STR_ARG(name), STR_ARG(nearest.best));
  if (nearest.best.len)
    diagnostic_fix_if_sure(diagnostic, nearest_is_sure(&nearest), value->span,
                           arena_format(to->arena, "\"" STR_FMT "\"", STR_ARG(nearest.best)));
}

static void say_files(const Project *p, const Metrics *metrics, const OwnFiles *files, MetricSaid *said,
                      Diagnostics *to) {
  for (size_t i = 0; i < files->len; i++) {
    const MetricFile *file = &files->at[i];
    const Metric *metric = metrics_metric(metrics, file->asked);
    const MetricValue *value = metrics_value(metrics, file->asked);
    const ComputeFile *read = metrics_file(metrics, file->asked);
    if (value->state == METRIC_FAILED && !was_said(said, file->at))
      metric_say_failed(p, metric, value->failure, file->at.unit, file->span, said, to);
    const Unit *unit = project_unit(p, file->at);
    for (uint32_t at = unit_first_child(unit, file->at.at); at != NONE && read; at = unit_next_sibling(unit, at))
      if (unit->statements[at].keyword == K_SET) check_setting(p, (Ref){file->at.unit, at}, metric, read, to);
  }
}

/* ---- what scripts print ---- */

static void say_printed(const Project *p, const Metrics *metrics, Diagnostics *to) {
  const SandboxPrint *list, *before = NULL;
  for (size_t i = 0; i < metrics_count(metrics); i++) {
    size_t count = metrics_printed(metrics, i, &list);
    if (!count || list == before) continue;
    before = list;
    Ref at = metrics_metric(metrics, i)->at;
    LuaAsked asked = {at.unit, statement_head(project_statement(p, at)), "the metric is declared here"};
    lua_say_printed(p, to, list, count, asked);
  }
}

/* ---- all of it ---- */

struct MetricChecks {
  const Project *p;
  const Evidence *evidence;
  Metrics *metrics;
  MetricSaid said;
  CountedList counted, stated;
  OwnFiles files;
  Expectations *expectations;
};

MetricChecks *metric_checks_ask(const Project *p, const Evidence *evidence, Metrics *metrics, Diagnostics *to) {
  MetricChecks *checks = ARENA_NEW(to->arena, MetricChecks);
  *checks = (MetricChecks){.p = p, .evidence = evidence, .metrics = metrics};
  checks->expectations = expectations_ask(p, metrics, to->arena);
  counted_ask(p, evidence, metrics, false, &checks->counted, to->arena);
  counted_ask(p, evidence, metrics, true, &checks->stated, to->arena);
  ask_files(p, metrics, &checks->files, to);
  return checks;
}

void metric_checks_say(MetricChecks *checks, Diagnostics *to) {
  const Project *p = checks->p;
  expectations_say(checks->expectations, &checks->said, to);
  say_counted(p, checks->metrics, &checks->counted, &checks->said, to);
  stated_say(p, checks->evidence, checks->metrics, &checks->stated, to);
  say_files(p, checks->metrics, &checks->files, &checks->said, to);
  say_printed(p, checks->metrics, to);
}

size_t metric_checks_files(const MetricChecks *checks, const MetricFile **files) {
  *files = checks->files.at;
  return checks->files.len;
}

const Figures *metric_checks_figures(const MetricChecks *checks, Arena *arena) {
  return figures_read(checks->metrics, &checks->counted, checks->evidence, arena);
}

MetricSaid *metric_checks_said(MetricChecks *checks) { return &checks->said; }

void metric_checks_free(MetricChecks *checks) {
  expectations_free(checks->expectations);
  vec_free(&checks->counted);
  vec_free(&checks->stated);
  vec_free(&checks->files);
  vec_free(&checks->said.metrics);
}

void metrics_check(const Project *p, const Evidence *evidence, Diagnostics *to) {
  Metrics *metrics = metrics_open(p, evidence, to->arena);
  MetricChecks *checks = metric_checks_ask(p, evidence, metrics, to);
  metrics_compute(metrics);
  metric_checks_say(checks, to);
  metric_checks_free(checks);
  metrics_close(metrics);
}
