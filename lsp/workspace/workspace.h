/* All that the server knows of its client's files: what is open, the projects that they belong to, and what was found
 * in them. Belongs to one thread; what it hands out as shared may go to others. */
#ifndef JOURNEY_LSP_WORKSPACE_WORKSPACE_H
#define JOURNEY_LSP_WORKSPACE_WORKSPACE_H

#include "lsp/workspace/documents.h"
#include "lsp/workspace/late.h"

/* A project: a folder that the client opened, a folder in it with settings of its own, or a file that is in neither. */
typedef struct Root {
  Str path; /* absolute, links followed; of the folder or of the file */
  Str uri;  /* of that, as the client writes it */
  bool is_file;
  bool is_wanted;     /* opened by the client as a folder: it stays when no file of it is open */
  bool is_stale;      /* files came or went: to be read anew */
  Snapshot *snapshot; /* NULL: not read yet */
  Findings *all;      /* of all files of a snapshot, which may be an older one; NULL: none yet */
  Findings *edited;   /* of the one file that was edited since; NULL: none */
  Late *late;         /* of a snapshot, which may be an older one; NULL: none yet */
  bool is_anew;       /* the snapshot, or one before it, was read from the disk since the files were last watched */
  LateKeep *keep;
  uint64_t told;  /* the number of the snapshot whose edited files the client was told of first */
  uint64_t shown; /* that of the snapshot of which it was told all that is known soon */
  char *names;
} Root;

typedef struct {
  Documents documents;
  VEC(Root *) roots;
  Checker *checker;
  int32_t today;   /* days since 1970-01-01; INT32_MIN: the system's date */
  bool no_scripts; /* of ProjectOptions */
  int threads;     /* 0: as many as the machine has */
} Workspace;

Workspace *workspace_new(void);
void workspace_free(Workspace *workspace);

/* A folder that the client opened, or closes. */
void workspace_add_folder(Workspace *workspace, Str uri);
void workspace_drop_folder(Workspace *workspace, Str uri);
/* The path of a file, with links in front of it followed, so that each file has one. Lives in `arena`. */
Str workspace_path(const Workspace *workspace, Arena *arena, Str uri);
/* As the client would write it. */
Str workspace_uri(const Workspace *workspace, Arena *arena, Str path);

/* The project that the file belongs to; NULL where it is in none. */
Root *workspace_root(const Workspace *workspace, Str path);
/* The same for a file that is opened: made where there is none yet. */
Root *workspace_adopt(Workspace *workspace, Str path, Str uri);
/* Its state now: read when it is first asked for, and after each edit the edited file alone. The root's own. */
Snapshot *root_snapshot(Workspace *workspace, Root *root);
/* A file of the disk was changed, made or taken away. What is open is not the disk's. */
void workspace_touched(Workspace *workspace, Str path);
/* A project that nobody needs any more, since no file of it is open and the client did not open its folder; NULL where
 * there is none. Free it with workspace_drop. */
Root *workspace_unneeded(const Workspace *workspace);
void workspace_drop(Workspace *workspace, Root *root);

/* ---- findings, of the snapshot now ---- */

/* Of one file, now where they aren't known yet. */
FindingList root_findings(Workspace *workspace, Root *root, uint32_t unit);
/* Whether it has so few files that they are checked together, and not the edited one first. */
bool root_is_small(const Root *root);
/* Whether those of all files are known. */
bool root_is_checked(const Root *root);
void root_check(Workspace *workspace, Root *root);
/* Whether all that takes a while is known, too. */
bool root_is_late_known(const Root *root);
/* Takes it over. */
void root_take_late(Root *root, Late *late);

/* The late findings of a file, moved to where their texts stand in the snapshot now; those whose text is gone are left
 * out. In `arena`. */
FindingList root_late_findings(const Root *root, uint32_t unit, Arena *arena);

#endif
