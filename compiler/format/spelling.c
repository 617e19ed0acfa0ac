#include "format/spelling.h"

#include <utf8proc.h>

/* ---- single leaves ---- */

static bool has_byte(Str s, char byte) { return s.len > 0 && memchr(s.at, byte, s.len) != NULL; }

/* “…” becomes "…", unless something in it would have to be escaped then. */
static Str inside_smart_quotes(Str text) {
  Str open = STR("\xE2\x80\x9C"), close = STR("\xE2\x80\x9D");
  if (!str_starts(text, open) || !str_ends(text, close)) return (Str){0};
  Str inside = str_slice(text, open.len, text.len - close.len);
  return has_byte(inside, '"') || has_byte(inside, '\\') ? (Str){0} : inside;
}

static void spell_string(Buf *to, Str text) {
  Str inside = inside_smart_quotes(text);
  if (!inside.at) {
    buf_add(to, text);
    return;
  }
  buf_add_byte(to, '"');
  buf_add(to, inside);
  buf_add_byte(to, '"');
}

/* − becomes -, and `5 %` 5%. */
static void spell_number(Buf *to, Str text) {
  Str minus = STR("\xE2\x88\x92");
  while (text.len > 0) {
    size_t taken = str_starts(text, minus) ? minus.len : 1;
    if (taken > 1) buf_add_byte(to, '-');
    else if (text.at[0] != ' ' && text.at[0] != '\t') buf_add_byte(to, text.at[0]);
    text = str_slice(text, taken, text.len);
  }
}

static void spell_operator(Buf *to, Str text) {
  if (str_is(text, STR("\xE2\x89\xA5"))) buf_add_c(to, ">=");
  else if (str_is(text, STR("\xE2\x89\xA4"))) buf_add_c(to, "<=");
  else buf_add(to, text);
}

static void spell_comment(Buf *to, Str text) {
  while (text.len > 0 && strchr(" \t\f\v", text.at[text.len - 1])) text.len--;
  buf_add(to, text);
}

/* ---- text blocks: unit_text takes the common indentation away, and the first line where it is empty ---- */

static size_t indentation(Str line) {
  size_t count = 0;
  while (count < line.len && (line.at[count] == ' ' || line.at[count] == '\t')) count++;
  return count;
}

static bool is_blank(Str line) { return str_trim(line).len == 0; }

static size_t common_indentation(Str content) {
  size_t common = SIZE_MAX;
  while (content.len > 0) {
    Str line = str_cut_line(&content);
    if (!is_blank(line) && indentation(line) < common) common = indentation(line);
  }
  return common;
}

static void spell_lines_as_they_are(Buf *to, Str content, Str line_end) {
  while (content.len > 0) {
    Str line = str_cut_line(&content);
    buf_add(to, line);
    bool ended = content.len > 0 || line.at[line.len] == '\n' || line.at[line.len] == '\r';
    if (ended) buf_add(to, line_end);
  }
}

static void spell_indented(Buf *to, Str content, unsigned indent, Str line_end) {
  size_t common = common_indentation(content);
  while (content.len > 0) {
    Str line = str_cut_line(&content);
    bool last = content.len == 0 && line.at[line.len] == '"';
    if (last && indentation(line) == line.len) break;
    size_t cut = indentation(line) < common ? indentation(line) : common;
    if (cut < line.len) buf_repeat(to, STR(" "), indent + 2);
    buf_add(to, str_slice(line, cut, line.len));
    if (last) return;
    buf_add(to, line_end);
  }
  buf_repeat(to, STR(" "), indent);
}

static void spell_text_block(Buf *to, Str text, unsigned indent, Str line_end) {
  Str content = str_slice(text, 3, text.len - 3), rest = content;
  Str first = str_cut_line(&rest);
  bool one_line = !has_byte(content, '\n') && !has_byte(content, '\r');
  buf_add_c(to, "\"\"\"");
  if (one_line || !is_blank(first) || is_blank(rest)) spell_lines_as_they_are(to, content, line_end);
  else {
    buf_add(to, line_end);
    spell_indented(to, rest, indent, line_end);
  }
  buf_add_c(to, "\"\"\"");
}

/* ---- all ---- */

void spell(Buf *to, const Tokens *tokens, const Token *token, unsigned indent, Str line_end) {
  Str text = token_text(tokens, token);
  switch (token->kind) {
    case NODE_STRING: spell_string(to, text); break;
    case NODE_TEXT_BLOCK:
      if (token->kept && (text.len < 6 || !str_ends(text, STR("\"\"\"")))) buf_add(to, text);
      else spell_text_block(to, text, indent, line_end);
      break;
    case NODE_NUMBER:
    case NODE_PERCENT:
    case NODE_MONEY:
    case NODE_RANGE: spell_number(to, text); break;
    case NODE_OPERATOR: spell_operator(to, text); break;
    case NODE_SIGN: buf_add_c(to, "->"); break;
    case NODE_CLOSE: buf_add_byte(to, '}'); break; /* it may have been put in */
    case NODE_COMMENT:
    case NODE_DOC_COMMENT: spell_comment(to, text); break;
    default: buf_add(to, text);
  }
}

unsigned columns_of(Str text) {
  unsigned columns = 0;
  for (size_t i = 0; i < text.len;) {
    if ((unsigned char)text.at[i] < 0x80) {
      columns++, i++;
      continue;
    }
    utf8proc_int32_t letter;
    utf8proc_ssize_t size =
        utf8proc_iterate((const utf8proc_uint8_t *)text.at + i, (utf8proc_ssize_t)(text.len - i), &letter);
    if (size <= 0) size = 1, letter = ' ';
    columns += (unsigned)utf8proc_charwidth(letter);
    i += (size_t)size;
  }
  return columns;
}

unsigned spelled_columns(const Tokens *tokens, const Token *token) {
  Str text = token_text(tokens, token);
  if (token->kind == NODE_TEXT_BLOCK && (has_byte(text, '\n') || has_byte(text, '\r'))) return LONG_TEXT;
  bool plain = token->kind == NODE_KEYWORD || token->kind == NODE_NAME || token->kind == NODE_COMMA;
  if (plain || (token->kind == NODE_STRING && text.at[0] == '"')) return columns_of(text);
  Buf spelled = {0};
  spell(&spelled, tokens, token, 0, STR("\n"));
  unsigned columns = columns_of(buf_str(&spelled));
  buf_free(&spelled);
  return columns;
}
