#include "write/terminal_page.h"

#include <stdarg.h>

#include "view/figure_words.h"
#include "write/terminal_curve.h"

static const char *const INKS[] = {"",         "\x1b[1m", "\x1b[2m",  "\x1b[32m", "\x1b[31m",
                                   "\x1b[33m", "\x1b[3m", "\x1b[36m", "\x1b[35m", "\x1b[34m"};

void page_put(const Page *page, Str text, Ink ink, int columns) {
  bool inked = page->style.colour && ink != INK_PLAIN && text.len > 0;
  if (inked) buf_add_c(page->to, INKS[ink]);
  buf_add(page->to, text);
  if (inked) buf_add_c(page->to, "\x1b[0m");
  int used = grid_columns(text);
  if (used < columns) buf_repeat(page->to, STR(" "), (size_t)(columns - used));
}

void page_repeat(const Page *page, const char *sign, int times, Ink ink) {
  if (times <= 0) return;
  Buf line = {0};
  buf_repeat(&line, str_of(sign), (size_t)times);
  page_put(page, buf_str(&line), ink, 0);
  buf_free(&line);
}

void page_newline(const Page *page) {
  while (page->to->len > 0 && page->to->at[page->to->len - 1] == ' ') page->to->len--;
  buf_add_byte(page->to, '\n');
}

void page_flush(const Page *page, Block *block, int indentation) {
  for (size_t i = 0; i < block->len; i++) {
    buf_repeat(page->to, STR(" "), (size_t)indentation);
    page_put(page, block->at[i].text, block->at[i].ink, 0);
    page_newline(page);
  }
  vec_free(block);
}

/* ---- blocks ---- */

void block_add(const Page *page, Block *block, int columns, Ink ink, const char *sign, Str text) {
  Str *lines, mark = str_of(sign);
  int hang = grid_columns(mark);
  if (hang * 3 > columns) hang = 0, mark = (Str){0}; /* too narrow for signs */
  size_t count = grid_wrap(page->arena, grid_text(page->arena, text, page->style.ascii), columns - hang, &lines);
  for (size_t i = 0; i < count; i++) {
    Str line = hang == 0 ? lines[i]
               : i == 0  ? arena_format(page->arena, STR_FMT STR_FMT, STR_ARG(mark), STR_ARG(lines[i]))
                         : arena_format(page->arena, "%*s" STR_FMT, hang, "", STR_ARG(lines[i]));
    vec_push(block, (PageLine){line, ink});
  }
}

void block_add_format(const Page *page, Block *block, int columns, Ink ink, const char *sign, const char *format, ...) {
  Buf text = {0};
  va_list args;
  va_start(args, format);
  buf_vprintf(&text, format, args);
  va_end(args);
  block_add(page, block, columns, ink, sign, buf_str(&text));
  buf_free(&text);
}

/* "text (label)", or the one of them that is there. */
static Str with_label(const Page *page, Str text, Str label) {
  if (label.len == 0) return text;
  return arena_format(page->arena, STR_FMT " (" STR_FMT ")", STR_ARG(text), STR_ARG(label));
}

/* "Camila: Waits in the corridor [1,3]": whose it is, and what it stands on. */
static Str said(const Page *page, const Entry *entry) {
  Str text = entry->text;
  if (entry->sources.len)
    text = arena_format(page->arena, STR_FMT " [" STR_FMT "]", STR_ARG(text), STR_ARG(entry->sources));
  if (entry->who.len) text = arena_format(page->arena, STR_FMT ": " STR_FMT, STR_ARG(entry->who), STR_ARG(text));
  return text;
}

static void add_pain(const Page *page, Block *block, int columns, const Entry *entry) {
  static const char *const MARKS[] = {"? ", "! ", "!! ", "!!! ", "!!!! "};
  int level = entry->level < 0 || entry->level > 4 ? 0 : entry->level;
  Ink ink = level >= 3 ? INK_BAD : INK_PLAIN;
  if (entry->label.len == 0)
    block_add(page, block, columns, ink, level ? MARKS[level] : page->signs->bullet, said(page, entry));
  else
    block_add_format(page, block, columns, ink, MARKS[level], STR_FMT ": " STR_FMT, STR_ARG(entry->label),
                     STR_ARG(said(page, entry)));
}

static void add_need(const Page *page, Block *block, int columns, const Entry *entry) {
  const Signs *signs = page->signs;
  const char *mark = entry->level == 1   ? signs->good
                     : entry->level == 2 ? signs->partly
                     : entry->level == 3 ? signs->bad
                                         : signs->bullet;
  Ink ink = entry->level == 1 ? INK_GOOD : entry->level == 3 ? INK_BAD : INK_PLAIN;
  block_add(page, block, columns, ink, mark, with_label(page, said(page, entry), entry->label));
}

/* The trend, and what is to be known of a number that was counted. */
static void add_count(const Page *page, Block *block, int columns, const ViewCount *count) {
  enum { PERIODS = 24, INDENT = 2 };
  uint32_t most = columns > INDENT + PERIODS ? PERIODS : columns > INDENT + 4 ? (uint32_t)(columns - INDENT) : 4;
  Str spark = figure_spark(count, most, page->style.ascii, page->arena);
  Str what = count->failure.len ? count->failure : count->how;
  if (spark.len) block_add(page, block, columns, INK_PLAIN, "  ", spark);
  if (what.len) block_add(page, block, columns, INK_FAINT, "  ", what);
  if (count->stale) block_add_format(page, block, columns, INK_ALERT, "  ", "%sout of date", page->signs->alert);
}

static void add_measure(const Page *page, Block *block, int columns, const Entry *entry) {
  const Signs *signs = page->signs;
  const char *mark = entry->level == 1 ? signs->bad : entry->level == 2 ? signs->good : signs->bullet;
  const char *reached = entry->level == 1 ? ", missed" : entry->level == 2 ? ", met" : "";
  Ink ink = entry->level == 1 ? INK_BAD : entry->level == 2 ? INK_GOOD : INK_PLAIN;
  Str label =
      entry->label.len == 0 ? entry->label : arena_format(page->arena, STR_FMT "%s", STR_ARG(entry->label), reached);
  block_add(page, block, columns, ink, mark, with_label(page, said(page, entry), label));
  if (entry->count) add_count(page, block, columns, entry->count);
}

static void add_handover(const Page *page, Block *block, int columns, const Entry *entry) {
  const Signs *signs = page->signs;
  Str text = entry->text.len ? with_label(page, entry->text, entry->label) : entry->label;
  block_add(page, block, columns, entry->level ? INK_ALERT : INK_PLAIN, entry->level ? signs->alert : signs->leads,
            text);
}

static void add_thought(const Page *page, Block *block, int columns, const Entry *entry) {
  const Signs *signs = page->signs;
  bool other = entry->who.len > 0;
  block_add_format(page, block, columns, INK_VOICE, "", STR_FMT "%s%s" STR_FMT "%s", STR_ARG(entry->who),
                   other ? ": " : "", signs->open, STR_ARG(entry->text), signs->close);
}

static void add_entry(const Page *page, Block *block, int columns, const Entry *entry, bool alone) {
  const Signs *signs = page->signs;
  const char *bullet = alone ? "" : signs->bullet;
  switch (entry->kind) {
    case ENTRY_THOUGHT: add_thought(page, block, columns, entry); break;
    case ENTRY_HANDOVER: add_handover(page, block, columns, entry); break;
    case ENTRY_CLAIM:
      block_add_format(page, block, columns, INK_PLAIN, bullet, "%s" STR_FMT "%s%s" STR_FMT "%s" STR_FMT "%s",
                       signs->open, STR_ARG(entry->text), signs->close, entry->label.len ? ", " : "",
                       STR_ARG(entry->label), entry->sources.len ? " [" : "", STR_ARG(entry->sources),
                       entry->sources.len ? "]" : "");
      break;
    case ENTRY_NEED: add_need(page, block, columns, entry); break;
    case ENTRY_PAIN: add_pain(page, block, columns, entry); break;
    case ENTRY_MEASURE: add_measure(page, block, columns, entry); break;
    case ENTRY_OPPORTUNITY:
      block_add(page, block, columns, INK_PLAIN, signs->leads, with_label(page, entry->text, entry->label));
      break;
    case ENTRY_ACTION:
      if (entry->label.len == 0) block_add(page, block, columns, INK_PLAIN, bullet, entry->text);
      else
        block_add_format(page, block, columns, INK_PLAIN, bullet, STR_FMT ": " STR_FMT, STR_ARG(entry->label),
                         STR_ARG(entry->text));
      break;
    case ENTRY_OWNER:
      block_add(page, block, columns, entry->level ? INK_ALERT : INK_PLAIN, entry->level ? signs->alert : bullet,
                entry->text);
      break;
    case ENTRY_TIME:
      block_add_format(page, block, columns, INK_PLAIN, bullet, STR_FMT " " STR_FMT, STR_ARG(entry->text),
                       STR_ARG(entry->label));
      break;
    case ENTRY_TEXT:
    case ENTRY_CHANNEL:
    case ENTRY_SYSTEM:
      block_add(page, block, columns, INK_PLAIN, bullet, with_label(page, said(page, entry), entry->label));
      break;
  }
}

/* What differs from the other map says so in words. */
void block_add_entry(const Page *page, Block *block, int columns, const Entry *entry, bool alone) {
  if (entry->state == 3) {
    block_add_format(page, block, columns, INK_FAINT, "", "%s: " STR_FMT,
                     entry->kind == ENTRY_MEASURE ? "not stated here" : "was", STR_ARG(entry->text));
    return;
  }
  add_entry(page, block, columns, entry, alone);
  if (entry->before.len)
    block_add_format(page, block, columns, INK_FAINT, "", "was: " STR_FMT "%s", STR_ARG(entry->before),
                     entry->too_close ? ", too close to tell" : "");
  else if (entry->state) block_add(page, block, columns, INK_FAINT, "", STR("(new)"));
}

static void add_felt(const Page *page, Block *block, int columns, const ViewStep *step) {
  Ink ink = step->emotion < -0.001 ? INK_BAD : step->emotion > 0.001 ? INK_GOOD : INK_PLAIN;
  block_add_format(page, block, columns, ink, "", step->emotion_text.len ? STR_FMT "  " STR_FMT : STR_FMT STR_FMT,
                   STR_ARG(step->emotion_label), STR_ARG(step->emotion_text));
  if (step->lowest) block_add(page, block, columns, ink, page->signs->low, STR("lowest point"));
  if (step->highest) block_add(page, block, columns, ink, page->signs->high, STR("highest point"));
  if (step->emotion_source.len > 0)
    block_add_format(page, block, columns, INK_FAINT, "", "from " STR_FMT "%s" STR_FMT "%s",
                     STR_ARG(step->emotion_source), step->emotion_sources.len ? " [" : "",
                     STR_ARG(step->emotion_sources), step->emotion_sources.len ? "]" : "");
}

void block_add_emotion(const Page *page, Block *block, int columns, const ViewStep *step) {
  if (step->has_emotion) add_felt(page, block, columns, step);
  if (step->had_emotion && !(step->has_emotion && str_is(step->emotion_label, step->emotion_label_before)))
    block_add_format(page, block, columns, INK_FAINT, "", "was: " STR_FMT, STR_ARG(step->emotion_label_before));
}

static Ink actor_ink(unsigned actor) { return actor == 0 ? INK_STRONG : (Ink)(INK_ACTOR + (actor - 1) % 3); }

static const char *actor_sign(const Page *page, unsigned actor) {
  Buf sign = {0};
  curve_put(&sign, curve_sign(actor, page->style.ascii));
  buf_add_byte(&sign, ' ');
  return buf_take(&sign, page->arena).at;
}

void block_add_name(const Page *page, Block *block, int columns, unsigned actor, Str name) {
  block_add(page, block, columns, actor_ink(actor), actor_sign(page, actor), name);
}

void block_add_feeling(const Page *page, Block *block, int columns, const ViewFeeling *feeling, unsigned actor) {
  if (!feeling->has_emotion) return;
  const char *mark = feeling->lowest ? " (lowest point)" : feeling->highest ? " (highest point)" : "";
  Str sources = feeling->sources.len ? arena_format(page->arena, " [" STR_FMT "]", STR_ARG(feeling->sources)) : STR("");
  block_add_format(page, block, columns, actor_ink(actor), actor_sign(page, actor), STR_FMT "%s" STR_FMT STR_FMT "%s",
                   STR_ARG(feeling->label), feeling->text.len ? "  " : "", STR_ARG(feeling->text), STR_ARG(sources),
                   mark);
}

void block_add_step(const Page *page, Block *block, int columns, const ViewStep *step) {
  if (step->state == 3) {
    block_add(page, block, columns, INK_FAINT, "", step->title);
    block_add(page, block, columns, INK_FAINT, page->signs->bad, STR("dropped"));
    return;
  }
  if (step->later.len) block_add(page, block, columns, INK_FAINT, page->signs->leads, step->later);
  if (step->on_clock) block_add(page, block, columns, step->time_said ? INK_PLAIN : INK_FAINT, "", step->clock);
  if (step->on_clock) block_add(page, block, columns, INK_STRONG, "", step->title);
  else
    block_add_format(page, block, columns, INK_STRONG, "", STR_FMT "%s" STR_FMT, STR_ARG(step->clock),
                     step->clock.len ? "  " : "", STR_ARG(step->title));
  if (step->title_before.len)
    block_add_format(page, block, columns, INK_FAINT, "", "was: " STR_FMT, STR_ARG(step->title_before));
  if (step->serves)
    block_add(page, block, columns, INK_ALERT, step->serves == 1 ? page->signs->partly : page->signs->bad,
              step->serves == 1 ? STR("serves the goal partly") : STR("serves no goal"));
  if (step->serves_text.len > 0) block_add(page, block, columns, INK_PLAIN, "  ", step->serves_text);
  if (step->moment_of_truth) block_add(page, block, columns, INK_ALERT, page->signs->moment, STR("moment of truth"));
  if (step->moment_text.len > 0) block_add(page, block, columns, INK_PLAIN, "  ", step->moment_text);
  if (step->state == 1) block_add(page, block, columns, INK_FAINT, "", STR("(changed)"));
  if (step->state == 2) block_add(page, block, columns, INK_FAINT, "", STR("(new)"));
}

static bool has_owner(const View *view, uint32_t step) {
  for (uint32_t i = 0; i < view->lane_count; i++) {
    const ViewLane *lane = &view->lanes[i];
    if (lane->kind == LANE_ENTRIES && lane->shows == K_OWNER && lane->cells[step].count > 0 &&
        lane->cells[step].entries[0].level == 0)
      return true;
  }
  return false;
}

/* Where the map has an owner, all of it has one; else it is worth a sign where no step has its own either. */
static bool is_neglected(const View *view, const ViewStage *stage) {
  if (stage->owner.len > 0 || view->owner.len > 0) return false;
  for (uint32_t i = 0; i < stage->step_count; i++)
    if (has_owner(view, stage->first_step + i)) return false;
  return true;
}

void block_add_stage(const Page *page, Block *block, int columns, const ViewStage *stage) {
  block_add(page, block, columns, INK_STRONG, "", stage->title);
  if (stage->state == 3) {
    block_add(page, block, columns, INK_FAINT, page->signs->bad, STR("dropped"));
    return;
  }
  if (stage->usual.len > 0)
    block_add_format(page, block, columns, INK_FAINT, "", "Usually called: " STR_FMT, STR_ARG(stage->usual));
  if (stage->goal.len > 0)
    block_add_format(page, block, columns, INK_PLAIN, "", "Goal: " STR_FMT, STR_ARG(stage->goal));
  if (stage->objective.len > 0)
    block_add_format(page, block, columns, INK_PLAIN, "", "Objective: " STR_FMT, STR_ARG(stage->objective));
  if (stage->owner.len > 0)
    block_add_format(page, block, columns, INK_FAINT, "", "Owner: " STR_FMT, STR_ARG(stage->owner));
  else if (is_neglected(page->view, stage))
    block_add(page, block, columns, INK_ALERT, page->signs->alert, STR("no owner"));
  for (uint32_t i = 0; i < stage->measure_count; i++) block_add_entry(page, block, columns, &stage->measures[i], true);
}
