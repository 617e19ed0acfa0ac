/* What is left to do between messages: first what is wrong in the files that were edited, then in all others, then what
 * takes a while. */
#include "base/os.h"
#include "lsp/protocol/diagnostics.h"
#include "lsp/protocol/preview.h"
#include "lsp/protocol/settings.h"
#include "lsp/server/live.h"
#include "lsp/server/state.h"
#include "lsp/server/watch.h"

/* ---- soon ---- */

/* The files of the root that were edited and whose diagnostics the client doesn't have yet. */
static bool publish_edited(Session *session, Root *root) {
  Workspace *workspace = session->workspace;
  bool any = false;
  for (size_t i = 0; i < workspace->documents.len; i++) {
    const Document *document = workspace->documents.at[i];
    if (workspace_root(workspace, document->path) != root) continue;
    uint32_t unit = snapshot_unit(root->snapshot, document->path);
    if (unit == NONE || root->snapshot->files[unit]->unit == NULL) continue;
    if (root->all && !root_is_checked(root)) {
      uint32_t before = snapshot_unit(root->all->snapshot, document->path);
      if (before != NONE && root->all->snapshot->files[before] == root->snapshot->files[unit]) continue;
    }
    diagnostics_publish(session, root, unit, root_findings(workspace, root, unit));
    any = true;
  }
  return any;
}

static bool check_root(Server *server, Root *root) {
  Session *session = &server->session;
  const Snapshot *snapshot = server_snapshot(server, root);
  watch_root(server, root);
  if (root_is_checked(root) && root->shown == snapshot->number) return false;
  if (!root_is_checked(root) && !root_is_small(root) && root->told != snapshot->number) {
    root->told = snapshot->number;
    if (publish_edited(session, root)) return true;
  }
  if (!root_is_checked(root)) root_check(session->workspace, root); /* else a request has asked for it */
  root->shown = snapshot->number;
  server->has_news = true;
  diagnostics_publish_all(session, root);
  preview_changed(session, root);
  return true;
}

/* ---- late ---- */

typedef struct {
  Job job;
  LateKeep *keep;
  Findings *soon;
  Late *late;
} LateJob;

static void late_work(Job *job) {
  LateJob *late = (LateJob *)job;
  late->late = late_run(late->keep, late->soon, &job->stop);
}

static void late_end(Server *server, Job *job) {
  LateJob *late = (LateJob *)job;
  Root *root = server->late_of;
  progress_off(server, PROGRESS_MEASURING);
  server->late = NULL;
  server->late_of = NULL;
  if (late->late && root && server->state == STATE_RUNNING) {
    root_take_late(root, late->late);
    server->has_news = true;
    watch_evidence(server, root);
    server_snapshot(server, root);
    diagnostics_publish_all(&server->session, root);
    diagnostics_refresh(&server->session);
    settings_refresh(&server->session);
    preview_changed(&server->session, root);
  } else late_free(late->late);
  findings_free(late->soon);
  free(late);
}

/* It is computed in a copy of this process: making one of a large project, and what it computes, hold the next
 * keystrokes up. So it waits until somebody who types has stopped for a moment. */
static double pause_before(const Server *server) {
  static const double LEAST = 0.025, MOST = 0.5;
  double pause = 4 * server->soon;
  return pause < LEAST ? LEAST : pause > MOST ? MOST : pause;
}

static bool start_late(Server *server, Root *root) {
  if (root_is_late_known(root)) return false;
  LateJob *late = mem_alloc(sizeof *late);
  *late = (LateJob){{.work = late_work, .end = late_end, .is_late = true, .pause = pause_before(server)},
                    root->keep,
                    findings_share(root->all),
                    NULL};
  server->late = &late->job;
  server->late_of = root;
  progress_on(server, PROGRESS_MEASURING);
  server_start(server, &late->job);
  return true;
}

/* Stale work is dropped. */
static void stop_stale(Server *server) {
  if (!server->late || !server->late_of) return;
  const LateJob *late = (const LateJob *)server->late;
  if (late->soon->snapshot != server->late_of->snapshot) atomic_store(&server->late->stop, true);
}

/* ---- projects that nobody needs any more ---- */

static bool sweep(Server *server) {
  Session *session = &server->session;
  Root *root = workspace_unneeded(session->workspace);
  if (!root) return false;
  if (server->late_of == root) {
    atomic_store(&server->late->stop, true);
    return false; /* when the job has ended */
  }
  for (uint32_t u = 0; root->snapshot && u < root->snapshot->project->unit_count; u++)
    if (root->snapshot->files[u] && workspace_root(session->workspace, root->snapshot->files[u]->path) == root)
      diagnostics_withdraw(session, root->snapshot->files[u]->uri);
  workspace_drop(session->workspace, root);
  server->has_news = true;
  return true;
}

/* Whoever waits until all is known is told. */
static void settle(Server *server) {
  for (size_t i = 0; i < server->settling.len; i++) server_answer(server, server->settling.at[i], NULL);
  server->settling.len = 0;
}

bool server_work(Server *server) {
  Workspace *workspace = server->session.workspace;
  if (server->state != STATE_RUNNING) {
    server_ask_held(server);
    settle(server);
    return false;
  }
  if (!server->is_greeted) return false;
  if (sweep(server)) return true;
  double began = os_clock();
  for (size_t i = 0; i < workspace->roots.len; i++)
    if (check_root(server, workspace->roots.at[i])) {
      server->soon = os_clock() - began;
      return true;
    }
  if (live_work(server)) return true;
  stop_stale(server);
  for (size_t i = 0; i < workspace->roots.len && !server->late; i++)
    if (start_late(server, workspace->roots.at[i])) return true;
  server_ask_held(server);
  if (server->jobs == 0) settle(server);
  return false;
}
