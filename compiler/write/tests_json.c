#include "write/json_out.h"
#include "write/tests.h"

static void add_text(JsonOut *out, const char *key, Str text) {
  if (text.len) json_str(out, key, text);
}

static void add_failure(JsonOut *out, const TestOutcome *outcome) {
  json_begin_object(out, "failure");
  json_str(out, "message", outcome->message);
  add_text(out, "file", outcome->file);
  if (outcome->line) json_num(out, "line", outcome->line);
  add_text(out, "place", outcome->place);
  add_text(out, "expected", outcome->expected);
  add_text(out, "found", outcome->found);
  add_text(out, "trace", outcome->trace);
  json_end_object(out);
}

void tests_write_json(TestRuns runs, Buf *to) {
  JsonOut out = json_out(to);
  json_begin_object(&out, NULL);
  json_num(&out, "version", 1);
  json_num(&out, "passed", (double)(runs.count - runs.failed));
  json_num(&out, "failed", (double)runs.failed);
  json_begin_array(&out, "tests");
  for (size_t i = 0; i < runs.count; i++) {
    const TestRun *run = &runs.list[i];
    json_begin_object(&out, NULL);
    json_str(&out, "file", run->file);
    add_text(&out, "name", run->name);
    if (run->line) json_num(&out, "line", run->line);
    json_bool(&out, "passed", run->outcome.passed);
    if (!run->outcome.passed) add_failure(&out, &run->outcome);
    add_text(&out, "printed", run->outcome.printed);
    json_end_object(&out);
  }
  json_end_array(&out);
  json_end_object(&out);
  json_end(&out);
}
