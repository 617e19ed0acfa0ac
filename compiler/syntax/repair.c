#include "syntax/repair.h"

#include <stdlib.h>

static bool is_type(TSNode node, const char *type) { return strcmp(ts_node_type(node), type) == 0; }
static bool is_comment(TSNode node) { return is_type(node, "comment") || is_type(node, "doc_comment"); }

static bool ends_with(TSNode node, const char *type) {
  uint32_t count = ts_node_child_count(node);
  return count > 1 && is_type(ts_node_child(node, count - 1), type);
}

static char *copy_of(Str text) {
  char *copy = mem_alloc(text.len);
  memcpy(copy, text.at, text.len);
  return copy;
}

/* ---- text blocks ---- */

/* Where a text block starts that goes on to the end of the file, or UINT32_MAX. Nothing else makes errors in the tree:
 * its end is missing, or it is nothing but its quotes. */
static uint32_t open_text_block(const TSTree *tree) {
  TSNode root = ts_tree_root_node(tree);
  if (!ts_node_has_error(root)) return UINT32_MAX;
  TSTreeCursor cursor = ts_tree_cursor_new(root);
  uint32_t start = UINT32_MAX;
  for (bool more = true; more && start == UINT32_MAX;) {
    TSNode node = ts_tree_cursor_current_node(&cursor);
    bool error = ts_node_has_error(node);
    if (is_type(node, "\"\"\"") || (error && is_type(node, "text_block"))) start = ts_node_start_byte(node);
    else if (!error || !ts_tree_cursor_goto_first_child(&cursor)) more = ts_tree_cursor_goto_next_sibling(&cursor);
  }
  ts_tree_cursor_delete(&cursor);
  return start;
}

/* ---- blocks ---- */

/* The child that is no comment, and nothing but comments stands behind it. */
static bool last_child(TSNode node, TSNode *child) {
  for (uint32_t count = ts_node_child_count(node); count > 0; count--) {
    *child = ts_node_child(node, count - 1);
    if (!is_comment(*child)) return true;
  }
  return false;
}

/* How many blocks go on to the end of the file: such a one is the last thing in it, or in the last thing … `member` is
 * what stands at the top level around them. */
static uint32_t open_blocks(const TSTree *tree, TSNode *member) {
  TSNode node;
  uint32_t count = 0;
  if (!last_child(ts_tree_root_node(tree), member)) return 0;
  for (node = *member;;) {
    count += is_type(node, "block") && !ends_with(node, "}");
    if (!last_child(node, &node)) return count;
  }
}

typedef struct {
  uint32_t at;     /* of the `{` */
  uint32_t indent; /* of the line that it stands on */
} Open;

typedef struct {
  Str text;
  char *copy;
  VEC(Open) stack;
  Opens *opens;
  uint32_t left;        /* how many may still be closed */
  uint32_t row, indent; /* of the line that is being read */
  uint32_t gap_start;   /* behind the last token; what stands up to the next may be overwritten */
  uint32_t gap_end;
} Scan;

enum {
  MOST_OPENS = 32, /* a file that lacks more is no file that somebody is typing */
  LONG = 1 << 20,  /* in a longer one, no more are closed than it lacks: the rest isn't looked through at each key */
};

/* Puts `}` for the innermost block into the white space in front of the token. */
static bool close_innermost(Scan *scan) {
  if (scan->gap_end <= scan->gap_start || scan->opens->len > MOST_OPENS) return false;
  if (!scan->copy) scan->copy = copy_of(scan->text);
  scan->copy[--scan->gap_end] = '}';
  vec_push(scan->opens, scan->stack.at[--scan->stack.len].at);
  scan->left--;
  return true;
}

/* A line no further in than the one that opened the block stands behind it; its own `}` may stand just as far. */
static void start_line(Scan *scan, bool closes) {
  while (scan->stack.len > 0 && scan->left > 0) {
    uint32_t opened = scan->stack.at[scan->stack.len - 1].indent;
    if (closes ? scan->indent >= opened : scan->indent > opened) return;
    if (!close_innermost(scan)) return;
  }
}

static void read_token(Scan *scan, TSNode token) {
  TSPoint point = ts_node_start_point(token);
  uint32_t start = ts_node_start_byte(token), end = ts_node_end_byte(token);
  bool closes = is_type(token, "}") || is_type(token, "unmatched"), comment = is_comment(token);
  if (end == start) return;
  scan->gap_end = start;
  if (point.row != scan->row && !comment) {
    scan->row = point.row;
    scan->indent = point.column;
    start_line(scan, closes);
  }
  if (is_type(token, "{")) vec_push(&scan->stack, (Open){start, scan->indent});
  else if (closes && scan->stack.len > 0) scan->stack.len--;
  scan->gap_start = end + comment; /* the line's end that ends a comment stays */
}

/* A statement on one line, without a block: as good as one token. */
static bool is_line(const Scan *scan, TSNode node) {
  uint32_t start = ts_node_start_byte(node), end = ts_node_end_byte(node);
  return is_type(node, "statement") && end > start && !ts_node_has_error(node) &&
         ts_node_start_point(node).row == ts_node_end_point(node).row &&
         !memchr(scan->text.at + start, '{', end - start);
}

/* The tokens of the member, in order, until no more may be closed. What stands in front of it is balanced,
 * however its lines are indented. */
static void read_tokens(Scan *scan, TSNode member) {
  TSTreeCursor cursor = ts_tree_cursor_new(member);
  for (bool more = true; more && scan->left > 0;) {
    TSNode node = ts_tree_cursor_current_node(&cursor);
    if (!is_line(scan, node) && ts_tree_cursor_goto_first_child(&cursor)) continue;
    read_token(scan, node);
    while (!(more = ts_tree_cursor_goto_next_sibling(&cursor)) && ts_tree_cursor_goto_parent(&cursor)) continue;
  }
  ts_tree_cursor_delete(&cursor);
}

char *repair_text(const TSTree *tree, Str text, Opens *opens) {
  uint32_t start = open_text_block(tree);
  if (start != UINT32_MAX) {
    char *copy = copy_of(text);
    copy[start] = copy[start + 1] = ' ';
    for (size_t i = start + 3; i < text.len && text.at[i] != '\n' && text.at[i] != '\r'; i++)
      if (strchr("\"\\{}", text.at[i])) copy[i] = ' '; /* its line is one text, whatever stands in it */
    return copy;
  }
  TSNode member;
  uint32_t missing = opens ? open_blocks(tree, &member) : 0;
  if (missing == 0) return NULL;
  Scan scan = {.text = text, .opens = opens, .left = text.len > LONG ? missing : UINT32_MAX, .row = UINT32_MAX};
  size_t before = opens->len;
  read_tokens(&scan, member);
  vec_free(&scan.stack);
  if (opens->len <= MOST_OPENS) return scan.copy;
  opens->len = before;
  free(scan.copy);
  return NULL;
}
