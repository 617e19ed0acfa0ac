/* How a project gets from one state to the next. */
#include "base/os.h"
#include "lsp/workspace/workspace.h"

typedef struct {
  Workspace *workspace;
  const Root *root;
} Loading;

/* ---- what stands for the disk ---- */

typedef struct {
  File **files; /* of all open documents, one owner each */
  ProjectText *texts;
  size_t count;
} Open;

static Open open_files(Workspace *workspace, Arena *arena) {
  const Documents *documents = &workspace->documents;
  Open open = {ARENA_ARRAY(arena, File *, documents->len + 1), ARENA_ARRAY(arena, ProjectText, documents->len + 1),
               documents->len};
  for (size_t i = 0; i < documents->len; i++) {
    open.files[i] = file_share(document_file(documents->at[i]));
    open.texts[i] = (ProjectText){open.files[i]->path, open.files[i]->text};
  }
  return open;
}

static Unit *unit_as(const File *file, uint32_t number) {
  return file->unit->number == number ? unit_share(file->unit) : unit_renumbered(file->unit, number);
}

/* Any thread. */
static Unit *known_unit(void *context, Str path, uint32_t number) {
  const Loading *loading = context;
  Arena *arena = arena_new();
  Str absolute = os_absolute(arena, path);
  const Document *document = documents_find(&loading->workspace->documents, absolute);
  const Snapshot *before = loading->root->snapshot;
  const File *file = document ? document->file : NULL;
  if (!document && before) {
    uint32_t unit = snapshot_unit(before, absolute);
    file = unit == NONE ? NULL : before->files[unit];
    if (file && (file->is_open || !file->stamp || file->stamp != os_stamp(file->path.at, INT64_MAX))) file = NULL;
  }
  arena_free(arena);
  return file && file->unit ? unit_as(file, number) : NULL;
}

/* ---- reading it all ---- */

static File *file_of(Workspace *workspace, const Root *root, const Unit *unit, int64_t began, Arena *arena) {
  Str path = os_absolute(arena, unit->source.path);
  Document *document = documents_find(&workspace->documents, path);
  if (document) return file_share(document_file(document));
  uint32_t before = root->snapshot ? snapshot_unit(root->snapshot, path) : NONE;
  File *known = before == NONE ? NULL : root->snapshot->files[before];
  if (known && known->unit && known->text.at == unit->source.text.at) return file_share(known);
  return file_read(path, workspace_uri(workspace, arena, path), (Unit *)unit, os_stamp(path.at, began));
}

/* The root, and its open maps, which need not be where a folder's files are looked for: one may be hidden, have another
 * ending or be of a folder that is not there. */
static size_t list_paths(const Workspace *workspace, const Root *root, Arena *arena, const char **paths) {
  const Documents *documents = &workspace->documents;
  size_t count = 0;
  paths[count++] = arena_copy(arena, root->path).at;
  for (size_t i = 0; i < documents->len; i++)
    if (document_is_map(documents->at[i]) && workspace_root(workspace, documents->at[i]->path) == root)
      paths[count++] = arena_copy(arena, documents->at[i]->path).at;
  return count;
}

static Project *load(Workspace *workspace, const Root *root, const Open *open, Arena *arena) {
  Loading loading = {workspace, root};
  const char **paths = ARENA_ARRAY(arena, const char *, workspace->documents.len + 1);
  ProjectOptions options = {.paths = paths,
                            .path_count = list_paths(workspace, root, arena, paths),
                            .texts = open->texts,
                            .text_count = open->count,
                            .may_be_empty = true,
                            .today = workspace->today == INT32_MIN ? os_today() : workspace->today,
                            .threads = workspace->threads,
                            .unit = known_unit,
                            .unit_context = &loading,
                            .no_scripts = workspace->no_scripts,
                            .later = true};
  Str why;
  Project *project = project_load(&options, arena, &why);
  if (project) return project;
  options.paths++, options.path_count--; /* the folder is gone, or closed to us: what is open is known all the same */
  return project_load(&options, arena, &why);
}

static Snapshot *read_anew(Workspace *workspace, Root *root) {
  Arena *arena = arena_new(), *scratch = arena_new();
  int64_t began = os_time();
  Open open = open_files(workspace, arena);
  root->is_anew = true;
  Project *project = load(workspace, root, &open, arena);
  File **files = ARENA_ARRAY(arena, File *, project->unit_count);
  for (uint32_t u = 0; u < project->unit_count; u++)
    if (project_is_own(project, u)) files[u] = file_of(workspace, root, project->units[u], began, scratch);
  arena_free(scratch);
  return snapshot_new(arena, project, files, open.files, open.count);
}

/* ---- after an edit ---- */

typedef struct {
  Unit **units;
  size_t count;
} Edited;

/* The units of what was edited; false where more than the texts of maps has changed. */
static bool find_edited(Workspace *workspace, const Root *root, Arena *arena, Edited *edited) {
  const Documents *documents = &workspace->documents;
  edited->units = ARENA_ARRAY(arena, Unit *, documents->len + 1);
  edited->count = 0;
  for (size_t i = 0; i < documents->len; i++) {
    Document *document = documents->at[i];
    uint32_t unit = snapshot_unit(root->snapshot, document->path);
    if (unit == NONE && snapshot_was_open(root->snapshot, document->path)) continue;
    if (unit == NONE) return false; /* whatever it is, a file may have asked for it */
    File *file = document_file(document);
    if (root->snapshot->files[unit] == file) continue;
    if (!file->unit) return false;
    edited->units[edited->count++] = unit_as(file, unit);
  }
  return true;
}

static Snapshot *read_edited(Workspace *workspace, const Root *root, const Edited *edited) {
  Arena *arena = arena_new();
  const Snapshot *before = root->snapshot;
  Open open = open_files(workspace, arena);
  Project *project = project_edited(before->project, edited->units, edited->count, open.texts, open.count, arena);
  if (!project) {
    for (size_t i = 0; i < open.count; i++) file_free(open.files[i]);
    arena_free(arena);
    return NULL;
  }
  File **files = ARENA_ARRAY(arena, File *, project->unit_count);
  for (uint32_t u = 0; u < project->unit_count; u++) {
    if (!before->files[u]) continue;
    Document *document = before->files[u]->is_open || edited->count > 0
                             ? documents_find(&workspace->documents, before->files[u]->path)
                             : NULL;
    files[u] = file_share(document ? document_file(document) : before->files[u]);
  }
  return snapshot_new(arena, project, files, open.files, open.count);
}

static bool is_stale(const Workspace *workspace, const Root *root) {
  if (!root->snapshot || root->is_stale) return true;
  int32_t today = workspace->today == INT32_MIN ? os_today() : workspace->today;
  return root->snapshot->project->today != today;
}

Snapshot *root_snapshot(Workspace *workspace, Root *root) {
  Snapshot *next = NULL;
  Arena *arena = arena_new();
  Edited edited = {0};
  if (!is_stale(workspace, root) && find_edited(workspace, root, arena, &edited)) {
    if (edited.count == 0) {
      arena_free(arena);
      return root->snapshot;
    }
    next = read_edited(workspace, root, &edited);
  }
  if (!next) {
    next = read_anew(workspace, root);
  }
  for (size_t i = 0; i < edited.count; i++) unit_free(edited.units[i]);
  arena_free(arena);
  snapshot_free(root->snapshot);
  root->snapshot = next;
  root->is_stale = false;
  return next;
}
