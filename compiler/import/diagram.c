#include "import/diagram.h"

#include <ctype.h>
#include <stdarg.h>

#define TASK_HELP "write a task as `name: score: actor, actor`, with a score from 1 (bad) to 5 (good)"
#define COLON_HELP "give a number from 1 to 5 behind the name; a colon inside a name is written #58;"

typedef struct {
  Lines lines;
  Arena *arena;
  Diagram *diagram;
  ImportProblems *problems;
  bool begun; /* the word `journey` was read */
} Reader;

void import_problem(ImportProblems *problems, uint32_t line, const char *help, const char *message, ...) {
  if (problems->list.len >= IMPORT_PROBLEMS_KEPT) {
    problems->left_out++;
    return;
  }
  Buf buf = {0};
  va_list args;
  va_start(args, message);
  buf_vprintf(&buf, message, args);
  va_end(args);
  Str said = buf_take(&buf, problems->arena);
  vec_push(&problems->list, (ImportProblem){line, said, str_of(help)});
}

void diagram_free(Diagram *diagram) {
  vec_free(&diagram->before);
  vec_free(&diagram->pieces);
  vec_free(&diagram->actors);
}

bool next_line(Lines *lines, Str *line) {
  if (lines->rest.len == 0) return false;
  const char *at = lines->rest.at;
  size_t end = 0, next;
  while (end < lines->rest.len && at[end] != '\n' && at[end] != '\r') end++;
  next = end + (end < lines->rest.len) + (end + 1 < lines->rest.len && at[end] == '\r' && at[end + 1] == '\n');
  *line = str_slice(lines->rest, 0, end);
  for (int i = 0; i < lines->quotes; i++) {
    Str trimmed = str_trim(*line);
    if (str_starts(trimmed, STR(">"))) *line = str_slice(trimmed, 1, trimmed.len);
  }
  lines->rest = str_slice(lines->rest, next, lines->rest.len);
  lines->line++;
  return true;
}

/* ---- what the lines are made of ---- */

static bool starts_with_word(Str line, const char *word, Str *rest) {
  size_t i = 0;
  for (; word[i]; i++)
    if (i >= line.len || tolower((unsigned char)line.at[i]) != word[i]) return false;
  *rest = str_slice(line, i, line.len);
  return true;
}

/* Whether the line is the keyword, alone or with something behind a space. */
static bool is_keyword(Str line, const char *word, Str *rest) {
  return starts_with_word(line, word, rest) && (rest->len == 0 || isspace((unsigned char)rest->at[0]));
}

/* Whether the line is the keyword with `sign` behind it, with or without space between them. */
static bool is_keyword_with(Str line, const char *word, char sign, Str *rest) {
  if (!starts_with_word(line, word, rest)) return false;
  *rest = str_trim(*rest);
  if (rest->len == 0 || rest->at[0] != sign) return false;
  *rest = str_slice(*rest, 1, rest->len);
  return true;
}

/* Takes a comment off the end of the line: behind a `#` that begins no entity. (`%%` is one only at the start of a
 * line.) */
static Str cut_comment(Str *line) {
  for (size_t i = 0; i < line->len; i++) {
    size_t entity = mermaid_entity(*line, i);
    if (entity > 0) i += entity - 1;
    if (entity > 0 || line->at[i] != '#') continue;
    Str comment = str_slice(*line, i, line->len);
    *line = str_trim(str_slice(*line, 0, i));
    return comment;
  }
  return (Str){0};
}

static size_t find_outside_entities(Str text, char c) {
  for (size_t i = 0; i < text.len; i++) {
    size_t entity = mermaid_entity(text, i);
    if (entity > 0) i += entity - 1;
    else if (text.at[i] == c) return i;
  }
  return text.len;
}

/* The part in front of `c`, which is taken off `*rest`. */
static Str cut_at(Str *rest, char c) {
  size_t i = find_outside_entities(*rest, c);
  Str part = str_slice(*rest, 0, i);
  *rest = str_slice(*rest, i + (i < rest->len), rest->len);
  return str_trim(part);
}

/* People end lines with a semicolon; Mermaid has no use for it, but nothing is lost without it. */
static Str without_last_semicolon(Str line) {
  size_t at = find_outside_entities(line, ';');
  return at + 1 == line.len ? str_trim(str_slice(line, 0, at)) : line;
}

/* ---- pieces ---- */

static void add_piece(Reader *r, PieceKind kind, Str text) {
  vec_push(&r->diagram->pieces, (Piece){.kind = kind, .text = text});
}

/* The text keeps its indentation, as settings need it. */
static void add_indented_comment(Reader *r, Str text) {
  size_t len = text.len;
  while (len > 0 && isspace((unsigned char)text.at[len - 1])) len--;
  char *copy = arena_alloc(r->arena, len + 1);
  for (size_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)text.at[i];
    copy[i] = c < 32 || c == 127 ? ' ' : (char)c;
  }
  Str comment = {copy, len};
  if (r->begun) add_piece(r, PIECE_COMMENT, comment);
  else vec_push(&r->diagram->before, comment);
}

static void add_comment(Reader *r, Str text) { add_indented_comment(r, str_trim(text)); }

/* The line is not drawn: it is said why, and the line stays as a comment. */
static void reject(Reader *r, Str line, const char *reason, const char *help) {
  import_problem(r->problems, r->lines.line, help, "\"" STR_FMT "\" is kept as a comment: %s",
                 STR_ARG(mermaid_excerpt(r->arena, line)), reason);
  add_comment(r, arena_format(r->arena, "Not drawn, since %s: " STR_FMT, reason, STR_ARG(line)));
  if (r->begun) r->diagram->pieces.at[r->diagram->pieces.len - 1].kind = PIECE_REMARK;
}

/* A comment behind something that is drawn. Mermaid drops `#1` as well, which nobody means. */
static void keep_end(Reader *r, Str comment) {
  if (comment.len == 0) return;
  bool meant = comment.len > 1 && !isspace((unsigned char)comment.at[1]);
  if (meant)
    import_problem(r->problems, r->lines.line, "write #35; for a # that is to be read",
                   "\"" STR_FMT "\" is kept as a comment: Mermaid leaves out what stands behind a #",
                   STR_ARG(mermaid_excerpt(r->arena, comment)));
  add_comment(r, meant ? comment : str_slice(comment, 1, comment.len));
}

static void say_unreadable(Reader *r, const char *what, Str text, char sign) {
  if (find_outside_entities(text, sign) == text.len) return;
  import_problem(r->problems, r->lines.line,
                 sign == ';' ? "it is kept; for Mermaid, write #59;" : "it is kept; for Mermaid, write #58;",
                 "the %s \"" STR_FMT "\" has a %s, which Mermaid can't read", what,
                 STR_ARG(mermaid_excerpt(r->arena, text)), sign == ';' ? "semicolon" : "colon");
}

/* A later one counts, as in Mermaid; the one before stays as a comment. */
static void replace_text(Reader *r, Str *old, const char *what, Str text) {
  if (old->len > 0 && !str_is(*old, text)) {
    import_problem(r->problems, r->lines.line, "keep one of them",
                   "there is another %s above, \"" STR_FMT "\", kept as a comment", what,
                   STR_ARG(mermaid_excerpt(r->arena, *old)));
    add_comment(r, arena_format(r->arena, "Another %s: " STR_FMT, what, STR_ARG(*old)));
  }
  if (text.len > 0) *old = text;
}

static void read_title(Reader *r, Str text) {
  keep_end(r, cut_comment(&text));
  text = without_last_semicolon(str_trim(text));
  if (text.len == 0) {
    reject(r, STR("title"), "there is no title behind it", "write the title on the same line: `title My working day`");
    return;
  }
  say_unreadable(r, "title", text, ';');
  replace_text(r, &r->diagram->title, "title", mermaid_plain(r->arena, text));
}

static void read_section(Reader *r, Str text) {
  keep_end(r, cut_comment(&text));
  text = without_last_semicolon(str_trim(text));
  say_unreadable(r, "section", text, ';');
  say_unreadable(r, "section", text, ':');
  Str name = mermaid_plain(r->arena, text);
  if (name.len == 0) {
    reject(r, STR("section"), "the section has no name", "name it on the same line: `section Go to work`");
    name = STR("Untitled");
  }
  add_piece(r, PIECE_SECTION, name);
}

/* The score as Mermaid reads it; false where it is no plain number. */
static bool read_score(Str text, double *score) {
  char digits[32];
  size_t dots = 0, i = 0;
  if (text.len == 0 || text.len >= sizeof digits) return false;
  for (; i < text.len; i++) {
    char c = text.at[i];
    if (c == '.') dots++;
    else if ((c < '0' || c > '9') && !(i == 0 && (c == '+' || c == '-'))) return false;
    digits[i] = c;
  }
  digits[i] = 0;
  if (dots > 1 || !isdigit((unsigned char)digits[i - 1])) return false;
  double value = 0, unit = 1;
  bool fraction = false;
  for (const char *c = digits; *c; c++) {
    if (*c == '.') fraction = true;
    else if (isdigit((unsigned char)*c)) value = value * 10 + (*c - '0'), unit *= fraction ? 10 : 1;
  }
  *score = (digits[0] == '-' ? -value : value) / unit;
  return true;
}

static void read_actors(Reader *r, Piece *task, Str text) {
  task->first_actor = (uint32_t)r->diagram->actors.len;
  while (text.len > 0) {
    Str actor = mermaid_plain(r->arena, cut_at(&text, ','));
    bool known = actor.len == 0;
    /* Only so many names are compared: a line of a million actors is nobody's journey. */
    for (uint32_t i = 0; i < task->actor_count && i < 64 && !known; i++)
      known = str_is(r->diagram->actors.at[task->first_actor + i], actor);
    if (known) continue;
    vec_push(&r->diagram->actors, actor);
    task->actor_count++;
  }
}

/* Why the task can't be drawn; NULL where it can. */
static const char *task_fault(Reader *r, Str task, Str name, Str score, bool scored, bool colon_left, double *value,
                              const char **help) {
  *help = TASK_HELP;
  if (find_outside_entities(task, ';') < task.len) {
    *help = "write each task on a line of its own; a semicolon inside a name is written #59;";
    return "it has a semicolon, which Mermaid can't read";
  }
  if (!scored || score.len == 0)
    return name.len == 0 ? "the task has neither a name nor a score" : "the task has no score";
  if (name.len == 0) return "the task has no name";
  *help = COLON_HELP;
  if (colon_left) return "it has a colon too many";
  Str shown = mermaid_excerpt(r->arena, score);
  if (!read_score(score, value))
    return arena_format(r->arena, "the score \"" STR_FMT "\" is not a number", STR_ARG(shown)).at;
  if (*value < 1 || *value > 5)
    return arena_format(r->arena, "the score " STR_FMT " is not from 1 to 5", STR_ARG(shown)).at;
  return NULL;
}

static void read_task(Reader *r, Str line) {
  Str task = line, comment = cut_comment(&task);
  task = without_last_semicolon(task);
  Str rest = task, name_text = cut_at(&rest, ':'), name = mermaid_plain(r->arena, name_text);
  bool scored = find_outside_entities(task, ':') < task.len;
  Str score = cut_at(&rest, ':'), actors = cut_at(&rest, ':');
  const char *help;
  Piece piece = {.kind = PIECE_TASK, .text = name};
  const char *fault = task_fault(r, task, name, score, scored, rest.len > 0, &piece.score, &help);
  if (fault) {
    if (comment.len > 0 && !scored) help = "write #35; for a #: Mermaid leaves out what stands behind it";
    reject(r, line, fault, help);
    return;
  }
  keep_end(r, comment);
  read_actors(r, &piece, actors);
  vec_push(&r->diagram->pieces, piece);
}

/* ---- what runs over several lines ---- */

/* %%{init: …}%%: how Mermaid is to draw; kept as comments. */
static void read_directive(Reader *r, Str line) {
  uint32_t first = r->lines.line;
  do {
    add_comment(r, line);
    if (str_ends(str_trim(line), STR("}%%"))) return;
    for (size_t i = 0; i + 3 <= line.len; i++)
      if (memcmp(line.at + i, "}%%", 3) == 0) return;
  } while (next_line(&r->lines, &line));
  import_problem(r->problems, first, "end it with }%%", "the setting that begins with %%%%{ never ends");
}

/* accDescr { … } */
static void read_description(Reader *r, Str line) {
  uint32_t first = r->lines.line;
  Buf text = {0};
  bool closed = false;
  do {
    size_t end = 0;
    while (end < line.len && line.at[end] != '}') end++;
    closed = end < line.len;
    buf_add(&text, mermaid_plain(r->arena, str_slice(line, 0, end)));
    buf_add_byte(&text, '\n');
    if (closed && str_trim(str_slice(line, end + 1, line.len)).len > 0)
      reject(r, str_trim(str_slice(line, end + 1, line.len)), "it stands behind the description's }",
             "give it a line of its own");
  } while (!closed && next_line(&r->lines, &line));
  if (!closed)
    import_problem(r->problems, first, "end it with }", "the description that begins with accDescr { never ends");
  replace_text(r, &r->diagram->description, "description", str_trim(buf_take(&text, r->arena)));
}

static Str unquote(Str value) {
  bool quoted = value.len >= 2 && (value.at[0] == '"' || value.at[0] == '\'') && value.at[value.len - 1] == value.at[0];
  return quoted ? str_slice(value, 1, value.len - 1) : value;
}

/* --- title: … config: … ---: the title is taken, the settings are kept as comments. */
static void read_front_matter(Reader *r, Str fence) {
  uint32_t first = r->lines.line;
  size_t indentation = (size_t)(str_trim(fence).at - fence.at);
  Str line, rest;
  while (next_line(&r->lines, &line)) {
    Str text = str_trim(line);
    if (str_is(text, STR("---"))) return;
    if (is_keyword_with(text, "title", ':', &rest) && r->diagram->title.len == 0)
      r->diagram->title = mermaid_plain(r->arena, unquote(str_trim(rest)));
    else if (text.len > 0) {
      size_t own = (size_t)(text.at - line.at);
      add_indented_comment(r, str_slice(line, own < indentation ? own : indentation, line.len));
    }
  }
  import_problem(r->problems, first, "end it with a line of three hyphens",
                 "the settings that begin with --- never end");
}

/* ---- lines ---- */

/* Comments and directives, which may stand anywhere. */
static bool read_aside(Reader *r, Str text) {
  if (str_starts(text, STR("%%{"))) read_directive(r, text);
  else if (str_starts(text, STR("%%"))) add_comment(r, str_slice(text, 2, text.len));
  else if (r->begun && str_starts(text, STR("#")) && mermaid_entity(text, 0) == 0)
    add_comment(r, str_slice(text, 1, text.len));
  else return false;
  return true;
}

static void read_statement(Reader *r, Str text) {
  Str rest;
  if (text.len == 0 || read_aside(r, text)) return;
  if (is_keyword_with(text, "acctitle", ':', &rest))
    replace_text(r, &r->diagram->spoken_title, "accTitle", mermaid_plain(r->arena, rest));
  else if (is_keyword_with(text, "accdescr", ':', &rest))
    replace_text(r, &r->diagram->description, "description", mermaid_plain(r->arena, rest));
  else if (is_keyword_with(text, "accdescr", '{', &rest)) read_description(r, rest);
  else if (is_keyword(text, "title", &rest)) read_title(r, rest);
  else if (is_keyword(text, "section", &rest)) read_section(r, rest);
  else if (starts_with_word(text, "journey", &rest) && rest.len == 0)
    reject(r, text, "a diagram begins with the word `journey` once", "give each diagram a file of its own");
  else read_task(r, text);
}

/* The lines up to the one that says which kind of diagram it is. */
static DiagramKind read_head(Reader *r) {
  Str line, rest;
  bool first = true;
  while (next_line(&r->lines, &line)) {
    Str text = str_trim(line);
    if (text.len == 0) continue;
    if (first && str_is(text, STR("---"))) read_front_matter(r, line);
    else if (is_keyword(text, "journey", &rest)) {
      r->begun = true;
      read_statement(r, str_trim(rest));
      return DIAGRAM_JOURNEY;
    } else if (!read_aside(r, text)) {
      size_t end = 0;
      while (end < text.len && !isspace((unsigned char)text.at[end])) end++;
      r->diagram->other_kind = str_slice(text, 0, end);
      return DIAGRAM_OTHER;
    }
    first = false;
  }
  return DIAGRAM_EMPTY;
}

DiagramKind diagram_read(Lines lines, Arena *arena, Diagram *diagram, ImportProblems *problems) {
  Reader r = {.lines = lines, .arena = arena, .diagram = diagram, .problems = problems};
  DiagramKind kind = read_head(&r);
  Str line;
  if (kind != DIAGRAM_JOURNEY) return kind;
  while (next_line(&r.lines, &line)) read_statement(&r, str_trim(line));
  return kind;
}
