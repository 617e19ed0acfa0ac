#include "lsp/server/live.h"

#include "lsp/protocol/live.h"
#include "lsp/server/state.h"

typedef struct {
  Job job;
  const LspDrawing *drawing;
  CallState state;
  const Journey *journey; /* of that state */
  char *name;
} LiveJob;

static void draw_page(Job *job) {
  LiveJob *live = (LiveJob *)job;
  live_draw(live->drawing, &live->state, live->journey, str_of(live->name));
}

static void end_page(Server *server, Job *job) {
  LiveJob *live = (LiveJob *)job;
  server->is_drawing = false;
  snapshot_free(live->state.snapshot);
  late_free((Late *)live->state.late);
  free(live->name);
  free(live);
}

static void start_page(Server *server, const Root *root, const LivePage *page, const Journey *journey) {
  LiveJob *live = mem_alloc(sizeof *live);
  *live = (LiveJob){.job = {.work = draw_page, .end = end_page},
                    .drawing = server->session.drawing,
                    .state = {snapshot_share(root->snapshot), root->late ? late_share(root->late) : NULL},
                    .journey = journey,
                    .name = strdup(page->name)};
  server->is_drawing = true;
  server_start(server, &live->job);
}

static void note_id(LivePage *page, const Project *p, const Journey *journey) {
  Str id = unit_id(project_unit(p, journey->at), journey->at.at);
  if (str_is_c(id, page->journey)) return;
  free(page->journey);
  page->journey = strndup(id.at, id.len);
}

/* One at a time: while it is drawn ten keys may be pressed, and the next is of the last. */
static bool follow(Server *server, LivePage *page) {
  const LspDrawing *drawing = server->session.drawing;
  const Root *root = workspace_root(server->session.workspace, str_of(page->path));
  uint64_t snapshot = root && root->snapshot ? root->snapshot->number : 0;
  uint64_t late = root && root->late ? root->late->snapshot->number : 0;
  if (page->snapshot == snapshot && page->late == late) return false;
  if (!drawing->live->is_looked_at(drawing->live->context, str_of(page->name))) return false;
  page->snapshot = snapshot;
  page->late = late;
  bool is_there = snapshot && snapshot_unit(root->snapshot, str_of(page->path)) != NONE;
  const Journey *journey = is_there ? live_journey(page, root->snapshot) : NULL;
  if (journey) {
    note_id(page, root->snapshot->project, journey);
    start_page(server, root, page, journey);
  } else
    live_say(
        drawing, page,
        is_there
            ? STR("This journey isn't in its file any more; what you see is its last map, until it is there again.")
            : STR("The file was closed in the editor, or isn't there any more; what you see is its last map."));
  return true;
}

bool live_work(Server *server) {
  Session *session = &server->session;
  if (server->is_drawing || !session->drawing || !session->drawing->live) return false;
  for (size_t i = 0; i < session->live.len; i++)
    if (follow(server, &session->live.at[i])) return true;
  return false;
}
