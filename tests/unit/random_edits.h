/* Random edits of a text: what people type, and what trips a reader up. The same ones on every machine. */
#ifndef JOURNEY_TESTS_RANDOM_EDITS_H
#define JOURNEY_TESTS_RANDOM_EDITS_H

#include "base/buf.h"
#include "source/source.h"

enum { LONGEST = 6000 }; /* a longer text only gets shorter */

/* clang-format off */
static const char *const pieces[] = {
  "{", "}", "\n", "\r\n", "\r", " ", "\"", "\"\"\"", "->", ",", "//", "///", "\\", "touchpoint", "via email", "feels -2 \"x\"",
  "stage a \"A\" {\n  goal \"x\"\n}\n", "38%", "2026-10-01", "#2b6cb0", "1..5", "\xC3\xA9", "\xE6\xB1\xBA", "\xF0\x9F\x91\x8D",
  "\xE2\x80\x9C", "\xE2\x80\x9D", "\xC2\xAB", "-", ".", "1", "d", "\xEF\xBB\xBF", "\xE2", "\x80", "\xFF", "\n\n", "  ",
  "/// about it\n", "silence W0603 \"so\"\n", "touchpoint \"Call\" via phone\n", "\ntouchpoint \"Call\" {\n feels 1\n}",
  "\njourney \"Call\" {\n stage \"Call\" { touchpoint \"Call\" }\n}\n", "change x { }", "persona", "journey", "\nowner me\n",
};
/* clang-format on */

static uint64_t state = 1;

/* xorshift: the same edits on every machine. */
static inline uint32_t below(uint32_t limit) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return limit == 0 ? 0 : (uint32_t)(state >> 33) % limit;
}

static inline void splice(Buf *text, uint32_t start, uint32_t cut, Str piece) {
  Buf after = {0};
  buf_add(&after, (Str){text->at, start});
  buf_add(&after, piece);
  buf_add(&after, (Str){text->at + start + cut, text->len - start - cut});
  buf_free(text);
  *text = after;
}

static inline Span word_at(Str text, uint32_t at) {
  Span word = {at, at};
  while (word.start > 0 && strchr(" \n{}\"", text.at[word.start - 1]) == NULL) word.start--;
  while (word.end < text.len && strchr(" \n{}\"", text.at[word.end]) == NULL) word.end++;
  return word;
}

/* One word becomes another one of the text. */
static inline void swap_word(Buf *text) {
  Span word = word_at(buf_str(text), below((uint32_t)text->len));
  Span other = word_at(buf_str(text), below((uint32_t)text->len));
  Buf copy = {0};
  buf_add(&copy, str_slice(buf_str(text), other.start, other.end));
  splice(text, word.start, word.end - word.start, buf_str(&copy));
  buf_free(&copy);
}

/* What a line begins with becomes another keyword. */
static inline void change_keyword(Buf *text) {
  static const char *const keywords[] = {"stage", "touchpoint", "change", "journey", "pain", "opportunity", "path"};
  Source source = {.text = buf_str(text)};
  Span line = source_line(&source, below((uint32_t)text->len));
  while (line.start < line.end && text->at[line.start] == ' ') line.start++;
  Span word = word_at(source.text, line.start);
  splice(text, word.start, word.end - word.start, str_of(keywords[below(sizeof keywords / sizeof *keywords)]));
}

/* A line goes, or comes twice. */
static inline void change_line(Buf *text) {
  Source source = {.text = buf_str(text)};
  Span line = source_line(&source, below((uint32_t)text->len));
  line.end += line.end < text->len;
  Buf copy = {0};
  if (below(2)) buf_add(&copy, str_slice(source.text, line.start, line.end));
  splice(text, line.start, copy.len > 0 ? 0 : line.end - line.start, buf_str(&copy));
  buf_free(&copy);
}

/* Types, takes away, pastes a part of the text elsewhere. */
static inline void edit(Buf *text) {
  uint32_t kind = below(8);
  if (kind == 0 && text->len > 0 && text->len < LONGEST) {
    swap_word(text);
    return;
  }
  if (kind == 1 && text->len > 0) {
    change_line(text);
    return;
  }
  if (kind == 2 && text->len > 0) {
    change_keyword(text);
    return;
  }
  uint32_t len = (uint32_t)text->len, start = below(len + 1), most = len - start;
  uint32_t cut = below(3) == 0 ? below(60) : below(3);
  if (below(40) == 0) cut = below(len + 1);
  if (cut > most) cut = most;
  Str piece = str_of(pieces[below(sizeof pieces / sizeof *pieces)]);
  Buf pasted = {0};
  if (below(8) == 0 && len > 0) {
    uint32_t from = below(len), much = below(400);
    buf_add(&pasted, (Str){text->at + from, from + much < len ? much : len - from});
    piece = buf_str(&pasted);
  }
  if (below(4) == 0 || len > LONGEST) piece = STR("");
  splice(text, start, cut, piece);
  buf_free(&pasted);
}

#endif
