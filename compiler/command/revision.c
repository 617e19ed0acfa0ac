#include "command/revision.h"

#include <stdlib.h>

#include "base/os.h"
#include "base/os_process.h"
#include "base/vec.h"

enum { MOST_WORDS = 8 };

/* Runs `git -C top …`; the words end with NULL. Programs that the repository names to watch its files, or to be told of
 * its index, are not started: nothing here needs them, and the folder may be a stranger's. */
static int git(Arena *arena, Str top, const char *const *words, Str input, Str *output, Str *complaint) {
  const char *const first[] = {"git",
                               "--no-pager",
                               "--no-optional-locks",
                               "-C",
                               arena_copy(arena, top).at,
                               "-c",
                               "core.quotePath=off",
                               "-c",
                               "core.fsmonitor=false",
                               "-c",
                               "core.hooksPath=/dev/null"};
  enum { FIRST = sizeof first / sizeof *first };
  const char *command[MOST_WORDS + FIRST] = {NULL};
  memcpy(command, first, sizeof first);
  for (size_t i = 0; words[i] && i + 1 < MOST_WORDS; i++) command[i + FIRST] = words[i];
  return os_run(arena, command, input, output, complaint);
}

static Str first_line(Str text) { return str_trim(str_cut_line(&text)); }

bool revision_top(Arena *arena, Str folder, Str *top, Str *why) {
  Str prefix, complaint;
  const char *const words[] = {"rev-parse", "--show-prefix", NULL};
  int code = git(arena, folder, words, STR(""), &prefix, &complaint);
  if (code < 0) return *why = arena_format(arena, "git can't be run: " STR_FMT, STR_ARG(complaint)), false;
  if (code != 0) {
    bool none = memmem(complaint.at, complaint.len, "not a git repository", 20) != NULL;
    bool foreign = memmem(complaint.at, complaint.len, "dubious ownership", 17) != NULL;
    *why = none      ? STR("this folder is in no git repository")
           : foreign ? STR("this repository belongs to somebody else, and git refuses to read it; `git config --global "
                           "--add safe.directory \"$PWD\"` says that you trust it")
                     : first_line(complaint);
    return false;
  }
  Str real = os_real(arena, arena_copy(arena, folder).at);
  prefix = str_trim(prefix);
  if (prefix.len > 0) real.len -= prefix.len < real.len ? prefix.len : 0; /* "maps/", of /repository/maps */
  *top = arena_copy(arena, real.len > 0 ? real : STR("/"));
  return true;
}

bool revision_find(Arena *arena, Str top, Str name, Str *commit) {
  Str output, complaint;
  const char *dots = memmem(name.at, name.len, "...", 3);
  int code;
  if (dots) {
    Str from = str_slice(name, 0, (size_t)(dots - name.at)), to = str_slice(name, from.len + 3, name.len), a, b;
    if (!revision_find(arena, top, from, &a) || !revision_find(arena, top, to, &b)) return false;
    const char *const words[] = {"merge-base", a.at, b.at, NULL};
    code = git(arena, top, words, STR(""), &output, &complaint);
  } else {
    Str tree = arena_format(arena, STR_FMT "^{commit}", STR_ARG(name.len > 0 ? name : STR("HEAD")));
    const char *const words[] = {"rev-parse", "--verify", "--quiet", "--end-of-options", tree.at, NULL};
    code = name.len > 0 && name.at[0] == '-' ? 1 : git(arena, top, words, STR(""), &output, &complaint);
    if (code == 0 && str_starts(output, STR("--end-of-options"))) str_cut_line(&output); /* an older git repeats it */
  }
  if (code != 0) return false;
  *commit = arena_copy(arena, first_line(output));
  return commit->len > 0;
}

/* ---- the files ---- */

typedef struct {
  Str path, object;
  bool wanted; /* its text is */
} Listed;
typedef VEC(Listed) Listing;

/* "100644 blob 3b18e5…<tab>path" of a file; false for links, modules and what else there is. */
static bool read_entry(Arena *arena, Str top, Str entry, Listed *listed) {
  const char *tab = memchr(entry.at, '\t', entry.len);
  if (!tab || !str_starts(entry, STR("100"))) return false;
  Str head = str_slice(entry, 0, (size_t)(tab - entry.at)), path = str_slice(entry, head.len + 1, entry.len);
  str_cut(&head, ' ');
  str_cut(&head, ' ');
  listed->object = head;
  listed->path =
      arena_format(arena, STR_FMT "%s" STR_FMT, STR_ARG(top), str_ends(top, STR("/")) ? "" : "/", STR_ARG(path));
  listed->wanted = str_ends(path, STR(".journey")) || str_is(os_file_name(path), STR("journey.json"));
  return true;
}

static int by_path(const void *a, const void *b) {
  return str_compare(((const ProjectText *)a)->path, ((const ProjectText *)b)->path);
}

/* `git cat-file --batch` answers each object with "<object> blob <size>", its bytes and a line end. */
static Str next_object(Str *answers) {
  Str head = str_cut(answers, '\n');
  size_t space = head.len;
  while (space > 0 && head.at[space - 1] != ' ') space--;
  size_t size = 0;
  for (size_t i = space; i < head.len && head.at[i] >= '0' && head.at[i] <= '9'; i++)
    size = size * 10 + (size_t)(head.at[i] - '0');
  if (size > answers->len || str_ends(head, STR(" missing"))) return STR("");
  Str text = str_slice(*answers, 0, size);
  *answers = str_slice(*answers, size < answers->len ? size + 1 : size, answers->len);
  return text;
}

static bool read_texts(Arena *arena, Str top, const Listing *listing, RevisionTexts *texts, Str *why) {
  Buf objects = {0};
  Str answers, complaint;
  for (size_t i = 0; i < listing->len; i++)
    if (listing->at[i].wanted) buf_printf(&objects, STR_FMT "\n", STR_ARG(listing->at[i].object));
  const char *const words[] = {"cat-file", "--batch", NULL};
  int code = git(arena, top, words, buf_str(&objects), &answers, &complaint);
  buf_free(&objects);
  if (code != 0) return *why = first_line(complaint), false;
  texts->texts = ARENA_ARRAY(arena, ProjectText, listing->len);
  texts->count = listing->len;
  for (size_t i = 0; i < listing->len; i++)
    texts->texts[i] = (ProjectText){listing->at[i].path, listing->at[i].wanted ? next_object(&answers) : STR("")};
  if (texts->count > 0) qsort(texts->texts, texts->count, sizeof *texts->texts, by_path);
  return true;
}

bool revision_texts(Arena *arena, Str top, Str commit, RevisionTexts *texts, Str *why) {
  Str tree, complaint;
  const char *const words[] = {"ls-tree", "-r", "-z", "--full-tree", commit.at, NULL};
  if (git(arena, top, words, STR(""), &tree, &complaint) != 0) return *why = first_line(complaint), false;
  Listing listing = {0};
  while (tree.len > 0) {
    Listed listed;
    if (read_entry(arena, top, str_cut(&tree, '\0'), &listed)) vec_push(&listing, listed);
  }
  bool fine = read_texts(arena, top, &listing, texts, why);
  vec_free(&listing);
  return fine;
}

/* ---- what changed ---- */

Str revision_why_not(Arena *arena, Str top, Str name) {
  Str output, complaint;
  const char *const words[] = {"rev-parse", "--is-shallow-repository", NULL};
  bool shallow = git(arena, top, words, STR(""), &output, &complaint) == 0 && str_is(str_trim(output), STR("true"));
  if (shallow)
    return STR(
        "this clone holds only the last commits, and that one is not among them; get more of them with `git fetch "
        "--unshallow`, or some with `git fetch --deepen=100` (in CI: a checkout with fetch-depth: 0)");
  if (str_is(name, STR("HEAD"))) return STR("nothing is committed here yet; `journey check` checks all");
  if (memmem(name.at, name.len, "..", 2) && !memmem(name.at, name.len, "...", 3))
    return STR("files are compared as they are now, so that one revision is named: main, or main... for where this "
               "branch left it");
  if (str_starts(name, STR("origin/")))
    return arena_format(
        arena, "there is no such branch or commit; perhaps it was not fetched yet: `git fetch origin " STR_FMT "`",
        STR_ARG(str_slice(name, 7, str_ends(name, STR("...")) ? name.len - 3 : name.len)));
  if (str_ends(name, STR("...")))
    return STR("there is no such branch or commit, or it has nothing in common with this one; `git branch --all` and "
               "`git log --oneline` show which there are");
  return STR("there is no such branch or commit; `git branch --all` and `git log --oneline` show which there are");
}

typedef VEC(Str) Names;

/* Of what git lists with -z. */
static void add_names(Arena *arena, Str top, Str list, Names *names) {
  while (list.len > 0) {
    Str name = str_cut(&list, '\0');
    if (name.len == 0) continue;
    const char *slash = str_ends(top, STR("/")) ? "" : "/";
    vec_push(names, arena_format(arena, STR_FMT "%s" STR_FMT, STR_ARG(top), slash, STR_ARG(name)));
  }
}

static RevisionPaths take_names(Arena *arena, Names *names) {
  RevisionPaths paths = {ARENA_ARRAY(arena, Str, names->len + 1), names->len};
  if (names->len > 0) memcpy(paths.at, names->at, names->len * sizeof *names->at);
  vec_free(names);
  return paths;
}

bool revision_changes(Arena *arena, Str top, Str commit, RevisionPaths *changes, Str *why) {
  const char *const differ[] = {"diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", commit.at, "--", NULL};
  const char *const others[] = {"ls-files", "--others", "--exclude-standard", "-z", NULL};
  Str output, complaint;
  Names names = {0};
  bool fine = git(arena, top, differ, STR(""), &output, &complaint) == 0;
  if (fine) add_names(arena, top, output, &names);
  fine = fine && git(arena, top, others, STR(""), &output, &complaint) == 0;
  if (fine) add_names(arena, top, output, &names);
  else *why = first_line(complaint);
  *changes = take_names(arena, &names);
  return fine;
}

RevisionPaths revision_gone(Arena *arena, Str top, Str range) {
  const char *const staged[] = {"diff", "--cached", "--name-only", "--no-renames", "--diff-filter=D", "-z", NULL};
  const char *const between[] = {"diff", "--name-only", "--no-renames", "--diff-filter=D", "-z", range.at, "--", NULL};
  Str output, complaint;
  Names names = {0};
  if (git(arena, top, range.len > 0 ? between : staged, STR(""), &output, &complaint) == 0)
    add_names(arena, top, output, &names);
  return take_names(arena, &names);
}
