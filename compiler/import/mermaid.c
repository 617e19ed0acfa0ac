#include "import/mermaid.h"
#include "base/limits.h"
#include "base/os.h"
#include "format/format.h"
#include "import/diagram.h"
#include "source/source.h"

typedef VEC(Diagram) Diagrams;

/* ---- Markdown ---- */

/* Without Markdown's `>` signs and the indentation; `*quotes` of them were there. */
static Str unquoted(Str line, int *quotes) {
  line = str_trim(line);
  for (*quotes = 0; str_starts(line, STR(">")); ++*quotes) line = str_trim(str_slice(line, 1, line.len));
  return line;
}

/* How many of the fence's signs the line begins with; 0 where fewer than three. */
static size_t fence_length(Str line, char *sign) {
  size_t len = 0;
  if (line.len == 0 || (line.at[0] != '`' && line.at[0] != '~' && line.at[0] != ':')) return 0;
  while (len < line.len && line.at[len] == line.at[0]) len++;
  *sign = line.at[0];
  return len >= 3 ? len : 0;
}

static bool names_mermaid(Str info) {
  info = str_trim(info);
  while (info.len > 0 && (info.at[0] == '{' || info.at[0] == '.')) info = str_trim(str_slice(info, 1, info.len));
  if (info.len < 7) return false;
  for (size_t i = 0; i < 7; i++)
    if ((info.at[i] | 32) != "mermaid"[i]) return false;
  return info.len == 7 || strchr(" \t}{,", info.at[7]) != NULL;
}

static void add_diagram(Diagrams *diagrams, Lines lines, Arena *arena, ImportProblems *problems) {
  Diagram diagram = {0};
  if (diagram_read(lines, arena, &diagram, problems) == DIAGRAM_JOURNEY) vec_push(diagrams, diagram);
  else diagram_free(&diagram);
}

/* The text between the fence just read and the one that ends it, or the end of the file. */
static Lines fenced(Lines *lines, size_t len, char sign, int quotes) {
  Lines inside = {lines->rest, lines->line, quotes};
  Str line;
  const char *end = lines->rest.at;
  while (next_line(lines, &line)) {
    int depth;
    char closing_sign = 0;
    Str text = unquoted(line, &depth);
    size_t closing = fence_length(text, &closing_sign);
    if (closing >= len && closing_sign == sign && str_trim(str_slice(text, closing, text.len)).len == 0) break;
    if (depth < quotes) break;
    end = lines->rest.at;
  }
  inside.rest.len = (size_t)(end - inside.rest.at);
  return inside;
}

static void read_markdown(Str text, Arena *arena, Diagrams *diagrams, ImportProblems *problems) {
  Lines lines = {text, 0, 0};
  Str line;
  while (next_line(&lines, &line)) {
    int quotes;
    char sign = 0;
    Str begin = unquoted(line, &quotes);
    size_t len = fence_length(begin, &sign);
    if (len == 0) continue;
    bool mermaid = names_mermaid(str_slice(begin, len, begin.len));
    if (sign == ':' && !mermaid) continue;
    Lines inside = fenced(&lines, len, sign, quotes);
    if (mermaid) add_diagram(diagrams, inside, arena, problems);
  }
}

/* Whether any line begins a mermaid block. */
static bool has_fence(Str text) {
  Lines lines = {text, 0, 0};
  Str line;
  while (next_line(&lines, &line)) {
    int quotes;
    char sign;
    Str begin = unquoted(line, &quotes);
    size_t len = fence_length(begin, &sign);
    if (len > 0 && names_mermaid(str_slice(begin, len, begin.len))) return true;
  }
  return false;
}

static bool is_markdown(Str text, Str path) {
  if (str_ends(path, STR(".mmd")) || str_ends(path, STR(".mermaid"))) return false;
  return str_ends(path, STR(".md")) || str_ends(path, STR(".markdown")) || str_ends(path, STR(".mdx")) ||
         has_fence(text);
}

/* ---- what can't be read at all ---- */

static uint32_t line_at(Str text, size_t at) {
  Lines lines = {str_slice(text, 0, at + 1), 0, 0};
  Str line;
  while (next_line(&lines, &line)) {
  }
  return lines.line;
}

/* Where the first byte stands that no text holds; text.len where there is none. */
static size_t first_bad_byte(Str text) {
  size_t bad = source_first_invalid(text, 0);
  const char *nul = bad > 0 ? memchr(text.at, 0, bad) : NULL;
  return nul ? (size_t)(nul - text.at) : bad;
}

static bool is_readable(Str text, ImportProblems *problems) {
  if (text.len > LIMIT_IMPORT_BYTES) {
    import_problem(problems, 0, "split the diagram", "the file is larger than %d MiB, the most that can be imported",
                   LIMIT_IMPORT_MIB);
    return false;
  }
  if (str_starts(text, STR("\xFF\xFE")) || str_starts(text, STR("\xFE\xFF"))) {
    import_problem(problems, 1, "save it as UTF-8", "the file is written in UTF-16");
    return false;
  }
  size_t bad = first_bad_byte(text);
  if (bad == text.len) return true;
  const char *what = text.at[bad] == 0 ? "a NUL byte, which no text has" : "a byte that isn't UTF-8 text";
  import_problem(problems, line_at(text, bad), "save the file as UTF-8 text", "the line has %s", what);
  return false;
}

/* ---- import ---- */

static bool read_single(Str text, Arena *arena, Diagrams *diagrams, ImportProblems *problems) {
  Diagram diagram = {0};
  DiagramKind kind = diagram_read((Lines){text, 0, 0}, arena, &diagram, problems);
  if (kind == DIAGRAM_JOURNEY) {
    vec_push(diagrams, diagram);
    return true;
  }
  if (kind == DIAGRAM_EMPTY)
    import_problem(problems, 0, "a Mermaid journey begins with the word `journey`", "there is no diagram in it");
  else
    import_problem(problems, 0, "only journey diagrams can be imported; they begin with the word `journey`",
                   "the diagram begins with \"" STR_FMT "\", so it is not a journey",
                   STR_ARG(mermaid_excerpt(arena, diagram.other_kind)));
  diagram_free(&diagram);
  return false;
}

static bool read_all(Str text, Str path, Arena *arena, Diagrams *diagrams, ImportProblems *problems) {
  if (!is_markdown(text, path)) return read_single(text, arena, diagrams, problems);
  read_markdown(text, arena, diagrams, problems);
  if (diagrams->len == 0)
    import_problem(problems, 0, "give a file with a ```mermaid block that begins with the word `journey`",
                   "there is no Mermaid journey diagram in it");
  return diagrams->len > 0;
}

bool mermaid_import(Arena *arena, Str text, Str path, Buf *journey_text, ImportProblems *problems) {
  if (!is_readable(text, problems)) return false;
  if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_slice(text, 3, text.len);
  Diagrams diagrams = {0};
  Buf plain = {0};
  bool found = read_all(text, path, arena, &diagrams, problems);
  if (found) journey_text_write(diagrams.at, diagrams.len, os_file_name(path), arena, &plain);
  for (size_t i = 0; i < diagrams.len; i++) diagram_free(&diagrams.at[i]);
  vec_free(&diagrams);
  bool fits = plain.len <= LIMIT_FILE_BYTES;
  if (found && fits) buf_add(journey_text, format_text(arena, buf_str(&plain)).text);
  else if (found)
    import_problem(problems, 0, "split the diagram", "the journey would be larger than %d MiB", LIMIT_FILE_MIB);
  buf_free(&plain);
  return found && fits;
}

void import_problems_print(const ImportProblems *problems, Str path, Buf *to) {
  for (size_t i = 0; i < problems->list.len; i++) {
    const ImportProblem *problem = &problems->list.at[i];
    buf_add(to, path);
    if (problem->line > 0) buf_printf(to, ":%u", problem->line);
    buf_printf(to, ": " STR_FMT "\n", STR_ARG(problem->message));
    if (problem->help.len > 0) buf_printf(to, "  help: " STR_FMT "\n", STR_ARG(problem->help));
  }
  if (problems->left_out > 0) buf_printf(to, STR_FMT ": and %zu more\n", STR_ARG(path), problems->left_out);
}
