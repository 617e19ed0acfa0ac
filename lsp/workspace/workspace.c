#include "lsp/workspace/workspace.h"

#include "base/os.h"
#include "lsp/text/uri.h"
#include "project/settings.h"

Workspace *workspace_new(void) {
  Workspace *workspace = mem_alloc(sizeof *workspace);
  memset(workspace, 0, sizeof *workspace);
  workspace->checker = checker_new();
  workspace->today = INT32_MIN;
  return workspace;
}

static void root_free(Root *root) {
  late_free(root->late);
  findings_free(root->edited);
  findings_free(root->all);
  snapshot_free(root->snapshot);
  late_keep_free(root->keep);
  free(root->names);
  free(root);
}

void workspace_free(Workspace *workspace) {
  if (!workspace) return;
  for (size_t i = 0; i < workspace->roots.len; i++) root_free(workspace->roots.at[i]);
  vec_free(&workspace->roots);
  documents_free(&workspace->documents);
  checker_free(workspace->checker);
  free(workspace);
}

/* ---- paths and addresses ---- */

static const Document *document_at(const Workspace *workspace, Str uri) {
  for (size_t i = 0; i < workspace->documents.len; i++)
    if (str_is(workspace->documents.at[i]->uri, uri)) return workspace->documents.at[i];
  return NULL;
}

/* What is not there yet has a folder that is. */
static Str real_path(Arena *arena, Str path) {
  Str real = os_real(arena, path.at);
  if (real.len > 0 || path.len <= 1) return real.len > 0 ? real : path;
  Str folder = real_path(arena, arena_copy(arena, os_folder(path)));
  return arena_format(arena, STR_FMT "%s" STR_FMT, STR_ARG(folder), folder.len > 1 ? "/" : "",
                      STR_ARG(os_file_name(path)));
}

Str workspace_path(const Workspace *workspace, Arena *arena, Str uri) {
  const Document *document = document_at(workspace, uri);
  if (document) return arena_copy(arena, document->path);
  Str path = uri_path(arena, uri);
  return uri_is_file(uri) ? real_path(arena, path) : path;
}

Str workspace_uri(const Workspace *workspace, Arena *arena, Str path) {
  const Document *document = documents_find(&workspace->documents, path);
  if (document) return arena_copy(arena, document->uri);
  const Root *root = workspace_root(workspace, path);
  if (!root || root->is_file) return uri_of_path(arena, path);
  Str inside = uri_of_path(arena, str_slice(path, root->path.len, path.len));
  inside = str_slice(inside, STR("file://").len, inside.len);
  return arena_format(arena, STR_FMT STR_FMT, STR_ARG(root->uri), STR_ARG(inside));
}

/* ---- projects ---- */

static Root *root_new(Workspace *workspace, Str path, Str uri, bool is_file) {
  Root *root = mem_alloc(sizeof *root);
  memset(root, 0, sizeof *root);
  while (!is_file && uri.len > 0 && uri.at[uri.len - 1] == '/') uri.len--;
  root->names = mem_alloc(path.len + uri.len + 2);
  memcpy(root->names, path.at, path.len);
  root->names[path.len] = 0;
  memcpy(root->names + path.len + 1, uri.at, uri.len);
  root->path = (Str){root->names, path.len};
  root->uri = (Str){root->names + path.len + 1, uri.len};
  root->is_file = is_file;
  root->keep = late_keep_new();
  vec_push(&workspace->roots, root);
  return root;
}

/* The innermost folder, or the file itself. */
Root *workspace_root(const Workspace *workspace, Str path) {
  Root *found = NULL;
  for (size_t i = 0; i < workspace->roots.len; i++) {
    Root *root = workspace->roots.at[i];
    bool fits = root->is_file ? str_is(root->path, path) : os_is_in(path, root->path);
    if (fits && (!found || root->path.len > found->path.len)) found = root;
  }
  return found;
}

static Root *root_at(const Workspace *workspace, Str path) {
  for (size_t i = 0; i < workspace->roots.len; i++)
    if (str_is(workspace->roots.at[i]->path, path)) return workspace->roots.at[i];
  return NULL;
}

void workspace_add_folder(Workspace *workspace, Str uri) {
  Arena *arena = arena_new();
  Str path = workspace_path(workspace, arena, uri);
  Root *root = root_at(workspace, path);
  if (!root && uri_is_file(uri)) root = root_new(workspace, path, uri, false);
  if (root) root->is_wanted = true;
  arena_free(arena);
}

void workspace_drop_folder(Workspace *workspace, Str uri) {
  Arena *arena = arena_new();
  Root *root = root_at(workspace, workspace_path(workspace, arena, uri));
  if (root) root->is_wanted = false;
  arena_free(arena);
}

/* The nearest folder around the file that has settings, up to `top`; empty: none. */
static Str settings_folder(Arena *arena, Str path, Str top) {
  for (Str folder = os_folder(path); folder.len > top.len; folder = os_folder(folder)) {
    Str settings = arena_format(arena, STR_FMT "/" SETTINGS_FILE, STR_ARG(folder));
    Str map = arena_format(arena, STR_FMT "/" SETTINGS_MAP, STR_ARG(folder));
    if (os_kind(settings.at) == OS_FILE || os_kind(map.at) == OS_FILE) return arena_copy(arena, folder);
  }
  return STR("");
}

Root *workspace_adopt(Workspace *workspace, Str path, Str uri) {
  Arena *arena = arena_new();
  Root *root = workspace_root(workspace, path);
  Str folder = uri_is_file(uri) && !(root && root->is_file) ? settings_folder(arena, path, root ? root->path : STR("/"))
                                                            : STR("");
  if (folder.len > 0) root = root_new(workspace, folder, workspace_uri(workspace, arena, folder), false);
  else if (!root) root = root_new(workspace, path, uri, true);
  arena_free(arena);
  return root;
}

Root *workspace_unneeded(const Workspace *workspace) {
  for (size_t i = 0; i < workspace->roots.len; i++) {
    Root *root = workspace->roots.at[i];
    bool used = root->is_wanted;
    for (size_t d = 0; d < workspace->documents.len && !used; d++)
      used = workspace_root(workspace, workspace->documents.at[d]->path) == root;
    if (!used) return root;
  }
  return NULL;
}

void workspace_drop(Workspace *workspace, Root *root) {
  size_t kept = 0;
  for (size_t i = 0; i < workspace->roots.len; i++)
    if (workspace->roots.at[i] != root) workspace->roots.at[kept++] = workspace->roots.at[i];
  workspace->roots.len = kept;
  root_free(root);
}

void workspace_touched(Workspace *workspace, Str path) {
  if (documents_find(&workspace->documents, path)) return;
  bool is_outside = !workspace_root(workspace, path); /* such as a file of data */
  for (size_t i = 0; i < workspace->roots.len; i++) {
    Root *root = workspace->roots.at[i];
    bool known = root->snapshot && snapshot_unit(root->snapshot, path) != NONE;
    if (known || is_outside || os_is_in(path, root->path)) root->is_stale = true;
  }
}

/* ---- findings ---- */

bool root_is_small(const Root *root) {
  enum { FEW = 4 }; /* the library's among them */
  return root->snapshot->project->unit_count <= FEW;
}

FindingList root_findings(Workspace *workspace, Root *root, uint32_t unit) {
  if (!root_is_checked(root) && root_is_small(root)) root_check(workspace, root);
  if (root_is_checked(root)) return findings_of(root->all, unit);
  bool known = root->edited && root->edited->snapshot == root->snapshot && root->edited->only == unit;
  if (!known) {
    findings_free(root->edited);
    root->edited = findings_soon(workspace->checker, root->snapshot, unit);
  }
  return findings_of(root->edited, unit);
}

bool root_is_checked(const Root *root) { return root->all && root->all->snapshot == root->snapshot; }

void root_check(Workspace *workspace, Root *root) {
  findings_free(root->all);
  findings_free(root->edited);
  root->edited = NULL;
  root->all = findings_soon(workspace->checker, root->snapshot, NONE);
}

bool root_is_late_known(const Root *root) { return root->late && root->late->snapshot == root->snapshot; }

void root_take_late(Root *root, Late *late) {
  late_free(root->late);
  root->late = late;
}

/* Of a unit of the older snapshot: which it is now; NONE where it is gone. */
static uint32_t unit_now(const Root *root, uint32_t unit) {
  const Snapshot *before = root->late->snapshot;
  if (before == root->snapshot || !before->files[unit]) return unit;
  return snapshot_unit(root->snapshot, before->files[unit]->path);
}

static bool move(const Root *root, LateChange *last, uint32_t *unit, Span *span) {
  const Snapshot *before = root->late->snapshot;
  uint32_t now = unit_now(root, *unit), moved_start, moved_end;
  if (now == NONE) return false;
  if (before->files[*unit]) {
    Str old = before->files[*unit]->text, text = root->snapshot->files[now]->text;
    if (!late_offset(last, old, text, span->start, &moved_start) ||
        !late_offset(last, old, text, span->end, &moved_end))
      return false;
    *span = (Span){moved_start, moved_end > moved_start ? moved_end : moved_start};
  }
  *unit = now;
  return true;
}

static bool move_finding(const Root *root, LateChange *last, Diagnostic *finding, Arena *arena) {
  if (!move(root, last, &finding->unit, &finding->span)) return false;
  Related *related = ARENA_ARRAY(arena, Related, finding->related_count + 1);
  uint32_t count = 0;
  for (uint32_t i = 0; i < finding->related_count; i++) {
    related[count] = finding->related[i];
    if (move(root, last, &related[count].unit, &related[count].span)) count++;
  }
  finding->related = related;
  finding->related_count = count;
  finding->has_fix = finding->has_fix && root_is_late_known(root);
  return true;
}

FindingList root_late_findings(const Root *root, uint32_t unit, Arena *arena) {
  if (!root->late) return (FindingList){NULL, 0};
  const Snapshot *before = root->late->snapshot;
  if (before == root->snapshot) return findings_of(root->late->findings, unit);
  uint32_t then = root->snapshot->files[unit] ? snapshot_unit(before, root->snapshot->files[unit]->path) : unit;
  if (then == NONE) return (FindingList){NULL, 0};
  FindingList list = findings_of(root->late->findings, then);
  Diagnostic *moved = ARENA_ARRAY(arena, Diagnostic, list.count + 1);
  LateChange last = {.head = 0};
  uint32_t count = 0;
  for (uint32_t i = 0; i < list.count; i++) {
    moved[count] = list.at[i];
    if (move_finding(root, &last, &moved[count], arena)) count++;
  }
  return (FindingList){moved, count};
}
