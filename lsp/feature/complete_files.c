/* Files, folder by folder; the columns of those that evidence names; the settings of those in Lua. */
#include "base/embedded.h"
#include "base/os.h"
#include "data/table.h"
#include "lsp/feature/complete_build.h"
#include "lsp/text/uri.h"
#include "project/scope.h"

enum { MOST_ENTRIES = 2000 /* of a folder that are looked at */ };

/* ---- texts in quotes ---- */

static Str in_quotes(const Completer *c, Str text, bool may_close) {
  Buf words = {0};
  bool quoted = c->place.is_quoted;
  if (!quoted) buf_add_byte(&words, '"');
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] == '"' || text.at[i] == '\\') buf_add_byte(&words, '\\');
    buf_add_byte(&words, text.at[i]);
  }
  if (may_close && !(quoted && c->place.is_closed)) buf_add_byte(&words, '"');
  return buf_take(&words, c->arena);
}

static void add_text(Completer *c, CompletionKind kind, uint8_t rank, Str text, Str detail) {
  for (size_t i = 0; i < c->list.len; i++)
    if (str_is(c->list.at[i].label, text)) return;
  completer_add(c, (Completion){.kind = kind,
                                .rank = rank,
                                .label = text,
                                .detail = detail,
                                .insert = in_quotes(c, text, kind != COMPLETION_FOLDER)});
}

/* ---- files ---- */

typedef struct {
  Completer *c;
  Keyword keyword;
  Str folder; /* of the file that is edited */
  Str typed;  /* the folders that are typed already: "data/" */
} FileSearch;

static bool is_data(Str path) {
  static const char *const endings[] = {".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".gz", ".txt"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (str_ends(path, str_of(endings[i]))) return !str_is(os_file_name(path), STR("journey.json"));
  return false;
}

static bool is_wanted(Keyword keyword, Str path) {
  if (str_ends(path, STR("_test.lua"))) return false;
  if (keyword == K_USE) return str_ends(path, STR(".journey")) || str_ends(path, STR(".lua"));
  return keyword == K_DATA_FILE ? is_data(path) : str_ends(path, STR(".lua"));
}

static bool is_used(const FileSearch *search, Str name) {
  const Unit *unit = search->c->unit;
  for (uint32_t at = 0; at < unit->statement_count && search->keyword == K_USE; at = unit->statements[at].after)
    if (unit->statements[at].keyword == K_USE &&
        statement_starting(unit, unit->statements[at].span.start, K_USE) != search->c->place.frames[0].at &&
        str_is(unit_text_of(unit, search->c->arena, at, 0), name))
      return true;
  return false;
}

static Str kind_of(Str path) {
  if (str_ends(path, STR(".journey"))) return STR("map");
  return str_ends(path, STR(".lua")) ? STR("Lua") : STR("data");
}

static void add_file(FileSearch *search, Str name, uint8_t rank, Str detail) {
  if (is_wanted(search->keyword, name) && !is_used(search, name))
    add_text(search->c, COMPLETION_FILE, rank, name, detail);
}

static void add_entry(void *context, Str path) {
  FileSearch *search = context;
  bool is_folder = path.at[path.len - 1] == '/';
  Str name = os_file_name(str_slice(path, 0, path.len - is_folder));
  Str whole =
      arena_format(search->c->arena, STR_FMT STR_FMT "%s", STR_ARG(search->typed), STR_ARG(name), is_folder ? "/" : "");
  bool is_own = str_is(path, search->c->spot->file->path);
  if (is_folder) add_text(search->c, COMPLETION_FOLDER, FURTHER, whole, STR(""));
  else if (!is_own) add_file(search, whole, USUAL, kind_of(whole));
}

/* The files of the project, wherever they lie. */
static void add_known_files(FileSearch *search) {
  Completer *c = search->c;
  for (uint32_t u = 0; u < c->p->unit_count && !c->is_cut; u++) {
    const File *file = c->spot->snapshot->files[u];
    if (!file || file == c->spot->file) continue;
    bool is_map = str_ends(file->path, STR(".journey")), declares = is_map && !c->p->units[u]->only_journeys;
    Str name = os_relative(c->arena, file->path, search->folder);
    add_file(search, name, declares ? FIRST : USUAL, declares ? STR("names that maps share") : kind_of(name));
  }
}

/* Out of the folder of the file: as far up as one likes. */
static void add_way_up(FileSearch *search) {
  for (size_t i = 0; i < search->typed.len; i++)
    if (search->typed.at[i] != '.' && search->typed.at[i] != '/') return;
  add_text(search->c, COMPLETION_FOLDER, LAST, arena_format(search->c->arena, STR_FMT "../", STR_ARG(search->typed)),
           STR(""));
}

static void add_library(FileSearch *search) {
  const char *folder = search->keyword == K_USE ? "stdlib/words/" : "stdlib/metrics/";
  for (const EmbeddedFile *file = embedded_files; file->path; file++)
    if (str_starts(str_of(file->path), str_of(folder)))
      add_file(search, str_of(file->path + strlen("stdlib/")), FURTHER, STR("comes with the program"));
}

/* What was never saved lies in no folder: nothing is beside it. */
static void add_beside(FileSearch *search) {
  Completer *c = search->c;
  Str why, folder = os_absolute(c->arena, os_beside(c->arena, c->spot->file->path, search->typed));
  if (!uri_is_file(c->spot->file->uri)) return;
  if (search->keyword != K_DATA_FILE) add_known_files(search);
  if (os_kind(folder.at) == OS_FOLDER) os_list(c->arena, folder.at, MOST_ENTRIES, add_entry, search, &why);
  if (folder.len > 1) add_way_up(search);
}

void complete_files(Completer *c, Keyword keyword) {
  Str typed = c->place.typed;
  size_t slash = typed.len;
  while (slash > 0 && typed.at[slash - 1] != '/') slash--;
  FileSearch search = {c, keyword, completer_folder(c), str_slice(typed, 0, slash)};
  add_beside(&search);
  if (keyword != K_DATA_FILE) add_library(&search);
}

/* ---- columns ---- */

typedef struct {
  Completer *c;
  int files; /* that were opened */
} ColumnSearch;

static TableDialect said_of(const Unit *unit, uint32_t evidence) {
  TableDialect said = {0};
  uint32_t at = unit_child(unit, evidence, K_DELIMITER);
  Str delimiter =
      at == NONE ? STR("") : unit_raw(unit, unit_value(unit, at, 0) ? unit_value(unit, at, 0) : unit->values);
  if (delimiter.len == 3) said.delimiter = delimiter.at[1];
  at = unit_child(unit, evidence, K_HEADER);
  const Value *header = at == NONE ? NULL : unit_value(unit, at, 0);
  if (header && header->type == V_CHOICE) said.header = (TableHeader)(header->extra + 1);
  return said;
}

/* From what was read of the file late, where that is it. */
static bool add_known(Completer *c, Str path, Str from) {
  const EvidenceFile *files;
  size_t count = c->spot->late ? evidence_files(c->spot->late->evidence, &files) : 0;
  for (size_t i = 0; i < count; i++) {
    if (!files[i].is_read || !str_is(os_absolute(c->arena, files[i].path), path)) continue;
    for (uint32_t k = 0; k < files[i].column_count; k++)
      add_text(c, COMPLETION_COLUMN, FIRST, evidence_column(&files[i], k, c->arena), from);
    return files[i].column_count > 0;
  }
  return false;
}

/* The beginning of the file alone is read. */
static void add_columns_of(ColumnSearch *search, Ref evidence) {
  enum { MOST_FILES = 4 };
  Completer *c = search->c;
  const Unit *unit = project_unit(c->p, evidence);
  uint32_t at = unit_child(unit, evidence.at, K_DATA_FILE);
  const File *file = c->spot->snapshot->files[evidence.unit];
  if (at == NONE || !file || search->files++ >= MOST_FILES) return;
  Str name = unit_text_of(unit, c->arena, at, 0), why;
  Str path = os_absolute(c->arena, os_beside(c->arena, file->path, name));
  if (add_known(c, path, name) || os_kind(path.at) != OS_FILE) return;
  TableDialect said = said_of(unit, evidence.at);
  Table *table = table_open_text(c->arena, path.at, project_text(c->p, path), &said, &why);
  for (size_t i = 0; table && i < table_column_count(table); i++)
    add_text(c, COMPLETION_COLUMN, FIRST, arena_copy(c->arena, table_column(table, i)), name);
  table_close(table);
}

static void add_columns_found(void *context, Ref evidence) { add_columns_of(context, evidence); }

/* Those that the measure names with `from`; else all that the file sees. */
static void add_of_measure(ColumnSearch *search, uint32_t measure) {
  Completer *c = search->c;
  uint32_t from = measure == NONE ? NONE : unit_child(c->unit, measure, K_FROM);
  for (uint16_t i = 0; from != NONE && i < c->unit->statements[from].value_count; i++) {
    const Value *name = &c->unit->values[c->unit->statements[from].first_value + i];
    Resolved found = scope_resolve(c->p, (Ref){c->spot->unit, from}, unit_raw(c->unit, name), K_EVIDENCE);
    if (found.count == 1) add_columns_of(search, found.found);
  }
  if (search->files == 0) project_visible(c->p, c->spot->unit, K_EVIDENCE, add_columns_found, search);
}

void complete_columns(Completer *c, const PlaceFrame *frame) {
  ColumnSearch search = {c, 0};
  const PlaceFrame *outer = frame > c->place.frames ? frame - 1 : NULL;
  Keyword owner = outer ? outer->keyword : c->place.block;
  uint32_t at = outer ? outer->at : c->place.block_at;
  if (owner == K_EVIDENCE && at != NONE) add_columns_of(&search, (Ref){c->spot->unit, at});
  else if (owner == K_MEASURE) add_of_measure(&search, at);
}

/* ---- activities of event logs ---- */

/* Whether a step of the map is that activity already. */
static bool is_observed(const Completer *c, Str activity) {
  for (uint32_t at = 0; at < c->unit->statement_count; at++) {
    if (c->unit->statements[at].keyword != K_OBSERVED_AS || unit_value(c->unit, at, 0) == NULL) continue;
    if (at != completer_frame(c)->at && str_is(unit_text_of(c->unit, c->arena, at, 0), activity)) return true;
  }
  return false;
}

static Str times_words(const Completer *c, uint64_t times, Str file, bool is_known) {
  Str often = times == 1 ? STR("once") : arena_format(c->arena, "%llu times", (unsigned long long)times);
  return arena_format(c->arena, STR_FMT " in " STR_FMT "%s", STR_ARG(often), STR_ARG(os_file_name(file)),
                      is_known ? ", on the map already" : "");
}

void complete_activities(Completer *c) {
  const Late *late = c->spot->late;
  for (uint32_t i = 0; late && i < late->log_count; i++)
    for (uint32_t k = 0; k < late->logs[i].count && !c->is_cut; k++) {
      const LateLog *log = &late->logs[i];
      if (!completer_fits(c, log->activities[k])) continue;
      bool is_known = is_observed(c, log->activities[k]);
      add_text(c, COMPLETION_COLUMN, is_known ? FURTHER : FIRST, log->activities[k],
               times_words(c, log->events[k], log->file, is_known));
    }
}

/* ---- settings ---- */

static const Value *script_name(const Unit *unit, uint32_t declaration) {
  uint32_t at = declaration == NONE ? NONE : unit_child(unit, declaration, K_COMPUTED_BY);
  return at == NONE ? NULL : unit_value(unit, at, 0);
}

static Str script_text(Completer *c, uint32_t declaration) {
  const Value *name = script_name(c->unit, declaration);
  if (!name) return STR("");
  uint32_t at = unit_child(c->unit, declaration, K_COMPUTED_BY),
           script = project_script(c->p, (Ref){c->spot->unit, at});
  if (script != NONE) return c->p->units[script]->source.text;
  Str path = arena_format(c->arena, "stdlib/" STR_FMT, STR_ARG(unit_text(c->unit, c->arena, name))), text;
  return embedded_find(path, &text) ? text : STR("");
}

static bool is_letter(char l) {
  return (l >= 'a' && l <= 'z') || (l >= 'A' && l <= 'Z') || (l >= '0' && l <= '9') || l == '_';
}

/* The keys of `settings = { action = 1, … }`, as they stand in the text: nothing is run for it. */
void complete_settings(Completer *c) {
  bool is_inline = c->place.frame_count > 1;
  Str text = script_text(c, is_inline ? c->place.frames[0].at : c->place.block_at), word = STR("settings");
  const char *found = text.len > 0 ? memmem(text.at, text.len, "settings = {", 12) : NULL;
  size_t at = found ? (size_t)(found - text.at) + word.len + 4 : text.len;
  while (at < text.len && text.at[at] != '}') {
    while (at < text.len && strchr(" \t\r\n,", text.at[at])) at++;
    size_t start = at;
    while (at < text.len && is_letter(text.at[at])) at++;
    Str name = str_slice(text, start, at);
    while (at < text.len && text.at[at] == ' ') at++;
    if (name.len > 0 && at < text.len && text.at[at] == '=') {
      size_t end = ++at;
      while (end < text.len && !strchr(",}\n-", text.at[end])) end++;
      add_text(c, COMPLETION_COLUMN, FIRST, name,
               arena_format(c->arena, "usually " STR_FMT, STR_ARG(str_trim(str_slice(text, at, end)))));
      at = end;
    } else if (name.len == 0 && text.at[at] == '-') {
      while (at < text.len && text.at[at] != '\n') at++;
    } else if (name.len == 0 && at < text.len && text.at[at] != '}') at++;
  }
}
