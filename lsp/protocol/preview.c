/* Drawn maps for the editor, and what else is printed of a project. */
#include "lsp/protocol/preview.h"

#include "base/embedded.h"
#include "base/os.h"
#include "lsp/protocol/commands.h"
#include "lsp/protocol/drawing.h"
#include "lsp/protocol/live.h"
#include "lsp/protocol/page_files.h"
#include "lsp/text/uri.h"

enum { USUAL_WIDTH = 100, NARROWEST = 30, WIDEST = 1000 };

DrawingOf preview_of(const CallState *state, Arena *arena) {
  const Project *p = state->snapshot->project;
  bool is_now = state->late && state->late->snapshot == state->snapshot;
  return (DrawingOf){p, is_now ? state->late->evidence : NULL,
                     state->late ? late_figures(state->late, state->snapshot, arena) : NULL, arena, USUAL_WIDTH};
}

/* `width`, in columns, is what a client said of its window; anything else is as if it had said nothing. */
static DrawingOf drawing_of(const Call *call, const CallState *state, const json_t *width) {
  DrawingOf of = preview_of(state, call->arena);
  if (json_is_integer(width) && json_integer_value(width) >= NARROWEST && json_integer_value(width) <= WIDEST)
    of.width = (uint32_t)json_integer_value(width);
  return of;
}

static Str journey_id(const Project *p, const Journey *journey) {
  return unit_id(project_unit(p, journey->at), journey->at.at);
}

/* ---- journey/preview ---- */

static json_t *places_json(const Call *call, const Snapshot *snapshot, DrawnPlaces places) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < places.count; i++) {
    Ref at = places.at[i].at;
    json_t *location = json_location(call, snapshot, at.unit, name_span(snapshot->project, at));
    if (!location) continue;
    Span whole = project_statement(snapshot->project, at)->span;
    json_object_set_new(location, "whole", json_range(call, snapshot->files[at.unit], whole));
    json_object_set_new(location, "id", json_of(places.at[i].id));
    if (places.at[i].box.height > 0)
      json_object_set_new(location, "box",
                          json_pack("{s:i, s:i, s:i, s:i}", "line", (int)places.at[i].box.line, "column",
                                    (int)places.at[i].box.column, "height", (int)places.at[i].box.height, "width",
                                    (int)places.at[i].box.width));
    json_array_append_new(list, location);
  }
  return list;
}

/* The named one; else the one that stands at the client's `position`, or above it; else the file's first. */
static const Journey *asked_journey(const Call *call) {
  const Spot *spot = &call->spot;
  const Project *p = spot->snapshot->project;
  Str id = json_get_text(call->params, "journey");
  const Journey *found = call_find_journey(&call->states[0], spot->unit, id);
  if (id.len > 0) return found;
  for (uint32_t i = 0; i < p->journey_count; i++) {
    const Journey *journey = &p->journeys[i];
    if (journey->at.unit == spot->unit && spot_unit(spot)->statements[journey->at.at].span.start <= spot->offset)
      found = journey;
  }
  return found;
}

json_t *preview_draw(Call *call) {
  const CallState *state = &call->states[0];
  const File *file = call->spot.file;
  Str format = json_get_text(call->params, "format");
  const Journey *journey = asked_journey(call);
  if (!call->drawing) return call_fail(call, ERROR_REQUEST_FAILED, "this server draws nothing");
  if (!journey) return NULL;
  if (format.len == 0) format = STR("html");
  Buf drawn = {0};
  DrawnPlaces places = {0};
  DrawingOf of = drawing_of(call, state, json_object_get(call->params, "width"));
  json_t *result = NULL;
  if (!call->drawing->map(&of, journey, format, &places, &drawn))
    call_wrong(call, "format is html, svg, text, md, mermaid or json");
  else
    result = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "uri", json_of(file->uri), "version",
                       file->version == NO_VERSION ? json_null() : json_integer(file->version), "journey",
                       json_of(journey_id(of.project, journey)), "title",
                       json_of(item_title(of.project, &journey->item, call->arena)), "format", json_of(format),
                       "content", json_of(buf_str(&drawn)), "places", places_json(call, state->snapshot, places));
  buf_free(&drawn);
  return result;
}

void preview_changed(Session *session, const Root *root) {
  for (size_t i = 0; i < session->models.len; i++)
    session_request(session, "workspace/textDocumentContent/refresh", json_pack("{s:s}", "uri", session->models.at[i]),
                    NULL, NULL);
  if (!client_can(&session->client, "experimental.journeyPreview")) return;
  for (uint32_t u = 0; u < root->snapshot->project->unit_count; u++) {
    const File *file = root->snapshot->files[u];
    if (!file || !file->is_open || !file->unit || workspace_root(session->workspace, file->path) != root) continue;
    session_notify(session, "journey/previewChanged",
                   json_pack("{s:o, s:o}", "uri", json_of(file->uri), "version",
                             file->version == NO_VERSION ? json_null() : json_integer(file->version)));
  }
}

/* ---- commands: what they print is written to a file, and shown where the client can ---- */

typedef struct {
  Str uri;
  bool external; /* in the browser, not in the editor */
} Shown;

void preview_show(Session *session, Str uri, bool external, Str words) {
  if (client_can(&session->client, "window.showDocument.support"))
    session_request(session, "window/showDocument",
                    json_pack("{s:o, s:b, s:b}", "uri", json_of(uri), "external", external, "takeFocus", 1), NULL,
                    NULL);
  else session_notify(session, "window/showMessage", json_pack("{s:i, s:o}", "type", 3, "message", json_of(words)));
}

static void show(Session *session, Call *call) {
  const Shown *shown = call->then_with;
  preview_show(session, shown->uri, shown->external,
               arena_format(call->arena, "Written to " STR_FMT, STR_ARG(shown->uri)));
}

/* What a command is about. */
typedef struct {
  const CallState *state;
  const File *file;
  uint32_t unit;          /* the file's */
  const Journey *journey; /* NULL: the project */
} Subject;

/* For a client that shows by itself what it gets: no file is made. */
static json_t *content_json(const Call *call, const Subject *subject, const char *what, Buf *content) {
  const Journey *journey = subject->journey;
  Str title = journey ? item_title(subject->state->snapshot->project, &journey->item, call->arena) : STR("");
  json_t *json = json_pack("{s:s, s:o, s:o}", "format", strrchr(what, '.') + 1, "title", json_of(title), "content",
                           json_of(buf_str(content)));
  buf_free(content);
  return json;
}

/* `what` is the end of the file's name: "plan.md". */
static json_t *print(Call *call, const Subject *subject, const char *what, Buf *content) {
  if (client_can(call->client, "experimental.journeyContent")) return content_json(call, subject, what, content);
  Str journey = subject->journey ? journey_id(subject->state->snapshot->project, subject->journey) : STR("all"), why;
  Str path = page_file_write(call->arena, subject->file->path_hash, journey, what, buf_str(content), &why);
  buf_free(content);
  if (!path.len) return call_fail(call, ERROR_REQUEST_FAILED, STR_FMT, STR_ARG(why));
  Shown *shown = ARENA_NEW(call->arena, Shown);
  *shown = (Shown){uri_of_path(call->arena, path), str_ends(path, STR(".html"))};
  call->then = show;
  call->then_with = shown;
  return json_pack("{s:o}", "uri", json_of(shown->uri));
}

/* [uri?, journey?, width?]: the document that its user has in front of them where none is named, since not every editor
 * can name it; the file's first journey where one is needed and none is named. False after saying why not. */
static bool read_subject(Call *call, const json_t *arguments, bool needs_journey, Subject *subject) {
  const json_t *first = json_array_get(arguments, 0), *id = json_array_get(arguments, 1);
  Str uri = json_is_string(first) ? (Str){json_string_value(first), json_string_length(first)} : STR("");
  uint32_t unit = NONE;
  if (!first) uri = call->attended;
  *subject = (Subject){0};
  if (!call->drawing) return call_fail(call, ERROR_REQUEST_FAILED, "this server draws nothing"), false;
  if (!first && uri.len == 0) return call_wrong(call, "no map is open: open one, or name it by its address"), false;
  if (uri.len == 0) return call_wrong(call, "the first argument is the address of a file"), false;
  if (!call_find_file(call, uri, &subject->state, &unit))
    return call_wrong(call, "there is no such file in the projects that are open"), false;
  Str name = json_is_string(id) ? (Str){json_string_value(id), json_string_length(id)} : STR("");
  subject->file = subject->state->snapshot->files[unit];
  subject->unit = unit;
  if (needs_journey || name.len > 0) subject->journey = call_find_journey(subject->state, unit, name);
  if ((needs_journey || name.len > 0) && !subject->journey)
    return call_wrong(call, "there is no such journey in this file"), false;
  return true;
}

typedef struct {
  const Journey *const *at;
  uint32_t count;
} Journeys;

/* Those that the file declares; none where it is about people, settings, evidence. */
static Journeys journeys_of_file(const Call *call, const Subject *subject) {
  const Project *p = subject->state->snapshot->project;
  const Journey **list = ARENA_ARRAY(call->arena, const Journey *, p->journey_count + 1);
  uint32_t count = 0;
  for (uint32_t i = 0; i < p->journey_count; i++)
    if (p->journeys[i].at.unit == subject->unit) list[count++] = &p->journeys[i];
  return (Journeys){list, count};
}

/* The one, or all of the files that belong to the project. */
static Journeys journeys_of(const Call *call, const Subject *subject) {
  const Project *p = subject->state->snapshot->project;
  const Journey **list = ARENA_ARRAY(call->arena, const Journey *, p->journey_count + 1);
  uint32_t count = 0;
  for (uint32_t i = 0; i < p->journey_count; i++) {
    const Journey *journey = &p->journeys[i];
    if (subject->journey ? journey == subject->journey : project_is_named(p, journey->at.unit)) list[count++] = journey;
  }
  return (Journeys){list, count};
}

json_t *command_preview(Call *call, const json_t *arguments) {
  Subject subject;
  DrawnPlaces places;
  Buf page = {0};
  if (!read_subject(call, arguments, true, &subject)) return NULL;
  json_t *live = live_open(call, subject.state, subject.file, subject.journey);
  if (live) return live;
  DrawingOf of = drawing_of(call, subject.state, json_array_get(arguments, 2));
  call->drawing->map(&of, subject.journey, STR("html"), &places, &page);
  return print(call, &subject, "map.html", &page);
}

json_t *command_score(Call *call, const json_t *arguments) {
  Subject subject;
  Buf text = {0};
  if (!read_subject(call, arguments, false, &subject)) return NULL;
  DrawingOf of = drawing_of(call, subject.state, json_array_get(arguments, 2));
  Journeys journeys = journeys_of_file(call, &subject);
  if (!subject.journey && journeys.count == 1) subject.journey = journeys.at[0];
  if (subject.journey || journeys.count == 0) journeys = journeys_of(call, &subject);
  MetricTable *tables = ARENA_ARRAY(call->arena, MetricTable, journeys.count + 1);
  metrics_run_all(of.project, of.evidence, journeys.at, journeys.count, tables, call->arena);
  for (uint32_t i = 0; i < journeys.count; i++) {
    if (i) buf_add_c(&text, "\n\n");
    call->drawing->score(&of, journeys.at[i], tables[i], &text);
  }
  return print(call, &subject, "score.txt", &text);
}

json_t *command_plan(Call *call, const json_t *arguments) {
  Subject subject;
  Buf text = {0};
  if (!read_subject(call, arguments, false, &subject)) return NULL;
  DrawingOf of = drawing_of(call, subject.state, json_array_get(arguments, 2));
  Journeys journeys = journeys_of(call, &subject);
  /* Who shows contents has a view of Markdown, most likely; in a file, its tables are hard to read. */
  bool is_markdown = client_can(call->client, "experimental.journeyContent");
  call->drawing->plan(&of, journeys.at, journeys.count, is_markdown, &text);
  return print(call, &subject, is_markdown ? "plan.md" : "plan.txt", &text);
}

json_t *command_report(Call *call, const json_t *arguments) {
  Subject subject;
  Buf page = {0};
  if (!read_subject(call, arguments, false, &subject)) return NULL;
  subject.journey = NULL;
  DrawingOf of = drawing_of(call, subject.state, json_array_get(arguments, 2));
  Journeys journeys = journeys_of(call, &subject);
  call->drawing->report(&of, journeys.at, journeys.count, &page);
  return print(call, &subject, "report.html", &page);
}

/* ---- workspace/textDocumentContent ---- */

static const Str model_scheme = STR("journey-model:"), library_scheme = STR("journey-library:");

static json_t *content(Str text) { return json_pack("{s:o}", "text", json_of(text)); }

/* The client has it open from now on, perhaps, and is told when it is another. */
static void note_model(Session *session, Call *call) {
  Str uri = json_get_text(call->params, "uri");
  for (size_t i = 0; i < session->models.len; i++)
    if (str_is_c(uri, session->models.at[i])) return;
  if (client_get(&session->client, "workspace.textDocumentContent")) vec_push(&session->models, strdup(uri.at));
}

/* journey-model:///work/trip.journey.json is the model of file:///work/trip.journey and all that it sees. */
static json_t *model(Call *call, Str uri) {
  Str path = str_slice(uri, model_scheme.len, uri.len);
  const CallState *state = NULL;
  uint32_t unit;
  if (str_ends(path, STR(".json"))) path.len -= STR(".json").len;
  if (!call->drawing || !call_find_file(call, arena_format(call->arena, "file:" STR_FMT, STR_ARG(path)), &state, &unit))
    return call_wrong(call, "there is no such file in the projects that are open");
  DrawingOf of = drawing_of(call, state, NULL);
  Buf text = {0};
  call->drawing->model(&of, call_find_journey(state, unit, STR("")), &text);
  json_t *json = content(buf_str(&text));
  buf_free(&text);
  call->then = note_model;
  return json;
}

json_t *preview_content(Call *call) {
  Str uri = json_get_text(call->params, "uri");
  if (str_starts(uri, model_scheme)) return model(call, uri);
  Str path = str_starts(uri, library_scheme) ? str_slice(uri, library_scheme.len, uri.len) : STR("");
  while (path.len > 0 && path.at[0] == '/') path = str_slice(path, 1, path.len);
  const EmbeddedFile *file = path.len > 0 ? embedded_file(arena_copy(call->arena, path)) : NULL;
  return file ? content(file->text) : call_wrong(call, "there is no such content");
}

void preview_announce(const Client *client, json_t *capabilities) {
  if (!json_is_object(client_get(client, "workspace.textDocumentContent"))) return;
  json_t *workspace = json_object_get(capabilities, "workspace");
  if (!workspace) json_object_set_new(capabilities, "workspace", workspace = json_object());
  json_object_set_new(workspace, "textDocumentContent",
                      json_pack("{s:[s, s]}", "schemes", "journey-model", "journey-library"));
}
