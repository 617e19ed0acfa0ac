#include "format/tokens.h"

#include "base/limits.h"
#include "format/spelling.h"
#include "schema/schema.h"

typedef struct {
  uint8_t kind;   /* NodeKind */
  bool fresh;     /* no leaf of it was seen yet */
  bool closed;    /* of a block: its `}` was */
  uint32_t open;  /* of a block: its `{` */
  uint32_t first; /* its first token */
  uint32_t depth; /* blocks around it */
} Frame;

/* A statement of the top level. */
typedef struct {
  uint32_t first;
  bool allowed; /* its keyword may stand there */
  bool kept;
} Member;

typedef struct {
  Tokens *tokens;
  VEC(Frame) frames;
  VEC(Member) members;
  uint32_t depth, deepest;
  bool unclosed;  /* a block of this member has no `}` */
  bool keep_next; /* something is missing in front of the next token */
} Walk;

static Frame *top(Walk *w) { return &w->frames.at[w->frames.len - 1]; }

/* ---- what stands between two leaves ---- */

/* Counts the line ends, up to two. False where there is something else than spaces. */
static bool read_gap(Str text, size_t from, size_t to, uint8_t *newlines) {
  *newlines = 0;
  while (from < to) {
    if (text.at[from] == '\n' || text.at[from] == '\r') {
      if (*newlines < 2) ++*newlines;
      from += text.at[from] == '\r' && from + 1 < to && text.at[from + 1] == '\n' ? 2 : 1;
      continue;
    }
    size_t length = str_space(text, from);
    if (length == 0) return false;
    from += length;
  }
  return true;
}

/* ---- leaves ---- */

static bool is_word(unsigned kind) {
  return kind == NODE_KEYWORD || kind == NODE_NAME || (kind >= NODE_NUMBER && kind <= NODE_COLOUR);
}
static bool is_sign(unsigned kind) { return kind == NODE_OPERATOR || kind == NODE_SIGN; }

/* `5-3` or `2026−10−01`: pulled apart it would look right and be wrong. */
static bool is_doubtful_pair(const Token *left, const Token *right) {
  return left->span.end == right->span.start &&
         ((is_word(left->kind) && is_word(right->kind)) || (is_sign(left->kind) && is_sign(right->kind)));
}

static bool is_doubtful(const Walk *w, const Token *token) {
  Str text = token_text(w->tokens, token);
  switch (token->kind) {
    case NODE_STRAY:
    case NODE_UNCLOSED_STRING:
    case NODE_ERROR:
    case NODE_OTHER: return true;
    case NODE_TEXT_BLOCK: return text.len < 6 || !str_ends(text, STR("\"\"\""));
    default: return false;
  }
}

static void add_token(Walk *w, Token token) {
  Tokens *tokens = w->tokens;
  Token *last = tokens->list.len > 0 ? &tokens->list.at[tokens->list.len - 1] : NULL;
  bool clean = read_gap(tokens->text, last ? last->span.end : 0, token.span.start, &token.newlines);
  if (last && !clean) last->kept = true;
  token.kept |= !clean || w->keep_next || is_doubtful(w, &token) || (last && is_doubtful_pair(last, &token));
  w->keep_next = false;
  vec_push(&tokens->list, token);
}

/* Something is missing here: the lines around it are not to be touched. */
static void note_missing(Walk *w) {
  w->keep_next = true;
  if (w->tokens->list.len > 0) w->tokens->list.at[w->tokens->list.len - 1].kept = true;
}

static void visit_leaf(Walk *w, Node node) {
  Frame *frame = top(w);
  if (node.span.start >= node.span.end) {
    note_missing(w);
    return;
  }
  Token token = {.span = node.span, .kind = (uint8_t)node.kind, .kept = frame->kind == NODE_ERROR};
  uint32_t index = (uint32_t)w->tokens->list.len;
  bool in_block = frame->kind == NODE_BLOCK, closes = in_block && node.kind == NODE_CLOSE;
  bool opens = in_block && node.kind == NODE_OTHER && w->tokens->text.at[node.span.start] == '{';
  token.depth = (uint8_t)(w->depth < UINT8_MAX ? w->depth : UINT8_MAX);
  if (opens) {
    token.kind = NODE_BLOCK;
    frame->open = index;
    if (++w->depth > w->deepest) w->deepest = w->depth;
  } else if (closes) {
    w->depth = frame->depth;
    token.depth = (uint8_t)(w->depth < UINT8_MAX ? w->depth : UINT8_MAX);
    w->tokens->list.at[frame->open].match = index;
    frame->closed = true;
  } else if (node.kind == NODE_CLOSE) token.kept = true;
  if (node.kind < NODE_COMMENT) {
    bool starts = frame->kind == NODE_STATEMENT || frame->kind == NODE_ARROW || frame->kind == NODE_BROKEN;
    token.starts = starts && frame->fresh;
    token.kept |= frame->kind == NODE_BROKEN;
    frame->fresh = false;
  }
  add_token(w, token);
}

/* ---- what has no partner ---- */

static void keep(Walk *w, size_t from, size_t to) {
  for (size_t i = from; i < to; i++) w->tokens->list.at[i].kept = true;
}

/* A `}` too many: most likely what stands in front of it was closed too early. That is the last statement that may
 * stand at the top level, and those behind it that may not. */
static void keep_closed_too_early(Walk *w, uint32_t unmatched) {
  uint32_t from = unmatched;
  for (size_t i = w->members.len; i-- > 0 && !w->members.at[i].kept;) {
    w->members.at[i].kept = true;
    from = w->members.at[i].first;
    if (w->members.at[i].allowed) break;
  }
  keep(w, from, w->tokens->list.len);
}

static void finish_member(Walk *w, const Frame *frame) {
  Tokens *tokens = w->tokens;
  if (frame->first == tokens->list.len) return;
  if (frame->kind == NODE_UNMATCHED) {
    keep_closed_too_early(w, frame->first);
    return;
  }
  bool kept = w->unclosed || w->deepest > LIMIT_NESTING;
  bool allowed = schema_find(K_FILE, token_text(tokens, &tokens->list.at[frame->first])) != K_NONE;
  vec_push(&w->members, (Member){.first = frame->first, .allowed = allowed, .kept = kept});
  if (kept) keep(w, frame->first, tokens->list.len);
  w->unclosed = false;
  w->deepest = 0;
}

/* ---- the walk ---- */

static void open_frame(Walk *w, Node node) {
  uint32_t first = (uint32_t)w->tokens->list.len;
  vec_push(&w->frames, (Frame){.kind = (uint8_t)node.kind, .fresh = true, .first = first, .depth = w->depth});
}

static void close_frame(Walk *w) {
  Frame frame = *top(w);
  w->frames.len--;
  if (frame.kind == NODE_BLOCK) {
    w->unclosed |= !frame.closed;
    w->depth = frame.depth;
  }
  if (w->frames.len == 1) finish_member(w, &frame);
}

static bool may_have_children(unsigned kind) { return kind <= NODE_ERROR; }

static void visit_all(Walk *w, Syntax *syntax) {
  Tokens *tokens = w->tokens;
  syntax_start(syntax);
  for (;;) {
    Node node = syntax_node(syntax);
    if (node.kind < NODE_COMMENT) tokens->shape = (tokens->shape ^ (node.kind + (w->frames.len << 8))) * 0x100000001b3u;
    bool down = may_have_children(node.kind) && syntax_down(syntax);
    if (down) {
      open_frame(w, node);
      continue;
    }
    if (w->frames.len > 0) visit_leaf(w, node);
    while (w->frames.len > 0 && !syntax_next(syntax)) {
      syntax_up(syntax);
      close_frame(w);
    }
    if (w->frames.len == 0) return;
  }
}

size_t tokens_line_end(const Tokens *tokens, size_t first) {
  size_t end = first + 1;
  while (end < tokens->list.len && tokens->list.at[end].newlines == 0) end++;
  return end;
}

static void keep_whole_lines(Walk *w) {
  Tokens *tokens = w->tokens;
  for (size_t first = 0, end; first < tokens->list.len; first = end) {
    bool kept = false;
    end = tokens_line_end(tokens, first);
    for (size_t i = first; i < end; i++) kept |= tokens->list.at[i].kept;
    if (kept) keep(w, first, end);
    tokens->any_kept |= kept;
  }
}

static void check_end(Walk *w) {
  Tokens *tokens = w->tokens;
  uint8_t newlines;
  if (tokens->list.len == 0) return;
  Token *last = &tokens->list.at[tokens->list.len - 1];
  if (!read_gap(tokens->text, last->span.end, tokens->text.len, &newlines)) last->kept = true;
}

Tokens tokens_of(Syntax *syntax, Str text) {
  Tokens tokens = {.text = text};
  Walk walk = {.tokens = &tokens};
  const uint32_t *opens;
  tokens.mended = syntax_mended(syntax, &opens);
  visit_all(&walk, syntax);
  check_end(&walk);
  keep_whole_lines(&walk);
  vec_free(&walk.frames);
  vec_free(&walk.members);
  return tokens;
}

Tokens tokens_read(Str text, bool mend_blocks) {
  if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_slice(text, 3, text.len);
  Syntax *syntax = syntax_parse(text, mend_blocks);
  Tokens tokens = tokens_of(syntax, text);
  syntax_free(syntax);
  return tokens;
}

void tokens_free(Tokens *tokens) { vec_free(&tokens->list); }

bool tokens_same(const Tokens *a, const Tokens *b) {
  bool same = a->shape == b->shape && a->list.len == b->list.len && a->mended == b->mended;
  Buf left = {0}, right = {0};
  for (size_t i = 0; same && i < a->list.len; i++) {
    left.len = right.len = 0;
    spell(&left, a, &a->list.at[i], 0, STR("\n"));
    spell(&right, b, &b->list.at[i], 0, STR("\n"));
    same = a->list.at[i].kind == b->list.at[i].kind && str_is(buf_str(&left), buf_str(&right));
  }
  buf_free(&left);
  buf_free(&right);
  return same;
}
