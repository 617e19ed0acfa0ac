#include "write/markdown.h"

#include <stdlib.h>

#include "base/vec.h"
#include "view/figure_words.h"

/* ---- pieces ---- */

static void add_line(Buf *to, const char *before, Str text, const char *behind) {
  buf_add_c(to, before);
  markdown_add(to, text);
  buf_add_c(to, behind);
}

static void write_heading(Buf *to, const char *marks, Str text) {
  buf_printf(to, "\n%s ", marks);
  markdown_add(to, text);
  buf_add(to, STR("\n"));
}

/* ---- entries ---- */

/* The numbers of the sources, raised. */
static void write_sources(Buf *to, Str numbers) {
  if (numbers.len) buf_printf(to, "<sup>" STR_FMT "</sup>", STR_ARG(numbers));
}

static void write_entry_text(Buf *to, const Entry *entry) {
  if (entry->who.len) add_line(to, "", entry->who, ": ");
  if (entry->kind == ENTRY_THOUGHT || entry->kind == ENTRY_CLAIM) {
    add_line(to, "\u201C", entry->text, "\u201D");
  } else if (entry->kind == ENTRY_ACTION && entry->label.len) {
    add_line(to, "", entry->label, ": ");
    markdown_add(to, entry->text);
  } else {
    markdown_add(to, entry->text);
  }
}

static void write_entry_label(Buf *to, const Entry *entry) {
  if (!entry->label.len || entry->kind == ENTRY_ACTION) return;
  if (entry->kind == ENTRY_TIME || !entry->text.len) {
    add_line(to, entry->text.len ? " " : "", entry->label, "");
    return;
  }
  add_line(to, " (", entry->label, "");
  if (entry->kind == ENTRY_MEASURE && entry->level == 1) buf_add(to, STR(", missed"));
  if (entry->kind == ENTRY_MEASURE && entry->level == 2) buf_add(to, STR(", met"));
  buf_add_byte(to, ')');
}

static void write_spark(Buf *to, const ViewCount *count) {
  Arena *arena = arena_new();
  Str spark = figure_spark(count, 36, false, arena);
  if (spark.len) add_line(to, "<br>", spark, "");
  arena_free(arena);
}

/* What more there is to say of pains and opportunities stands in their tables. */
static void write_entry(Buf *to, const Entry *entry) {
  if (entry->state == 3) {
    add_line(to, "~~", entry->text, "~~");
    return;
  }
  write_entry_text(to, entry);
  write_sources(to, entry->sources);
  write_entry_label(to, entry);
  if (entry->before.len) add_line(to, " ~~", entry->before, entry->too_close ? "~~ (too close to tell)" : "~~");
  else if (entry->state) buf_add_c(to, " *(new)*");
  if (entry->kind != ENTRY_PAIN && entry->kind != ENTRY_OPPORTUNITY && entry->details.len)
    add_line(to, "<br>", entry->details, "");
  if (entry->count) write_spark(to, entry->count);
}

/* Notes are Markdown already. */
static void write_notes(Buf *to, const ViewLane *lane, const Cell *cell) {
  if (!cell->count) return;
  add_line(to, "- **", lane->title, "**:\n");
  for (uint32_t i = 0; i < cell->count; i++) {
    Str rest = str_trim(cell->entries[i].text);
    buf_add_byte(to, '\n');
    while (rest.len) {
      Str line = str_cut(&rest, '\n');
      if (line.len) buf_add(to, STR("  "));
      buf_add(to, line);
      buf_add_byte(to, '\n');
    }
  }
}

/* One entry behind its label, several as a list of their own. */
static void write_cell(Buf *to, const ViewLane *lane, const Cell *cell) {
  if (!cell->count) return;
  add_line(to, "- **", lane->title, "**:");
  for (uint32_t i = 0; i < cell->count; i++) {
    buf_add_c(to, cell->count == 1 ? " " : "\n  - ");
    write_entry(to, &cell->entries[i]);
  }
  buf_add_byte(to, '\n');
}

/* ---- emotions ---- */

static void write_emotion(Buf *to, const ViewStep *step) {
  if (!step->has_emotion) return;
  markdown_add(to, step->emotion_label);
  if (step->emotion_text.len) add_line(to, " ", step->emotion_text, "");
  write_sources(to, step->emotion_sources);
  if (step->lowest) buf_add(to, STR(", **lowest point**"));
  if (step->highest) buf_add(to, STR(", **highest point**"));
}

static void write_emotion_line(Buf *to, const ViewLane *lane, const ViewStep *step) {
  bool same = step->has_emotion && str_is(step->emotion_label, step->emotion_label_before) &&
              str_is(step->emotion_text, step->emotion_text_before);
  if (!step->has_emotion && !step->had_emotion) return;
  add_line(to, "- **", lane->title, "**: ");
  write_emotion(to, step);
  if (step->had_emotion && !same) {
    add_line(to, step->has_emotion ? " ~~" : "~~", step->emotion_label_before, "");
    if (step->emotion_text_before.len) add_line(to, " ", step->emotion_text_before, "");
    buf_add_c(to, "~~");
  }
  if (step->emotion_source.len) add_line(to, " (source: ", step->emotion_source, ")");
  buf_add_byte(to, '\n');
}

static void write_feelings(Buf *to, const View *view, uint32_t step) {
  for (uint32_t i = 0; i < view->actor_count; i++) {
    const ViewFeeling *feeling = &view->actors[i].feelings[step];
    if (!feeling->has_emotion) continue;
    add_line(to, "- **", view->actors[i].title, " feels**: ");
    markdown_add(to, feeling->label);
    if (feeling->text.len) add_line(to, " ", feeling->text, "");
    write_sources(to, feeling->sources);
    if (feeling->lowest) buf_add(to, STR(", **lowest point**"));
    if (feeling->highest) buf_add(to, STR(", **highest point**"));
    buf_add_byte(to, '\n');
  }
}

/* ---- head and persona ---- */

static void write_row(Buf *to, const char *label, Str text) {
  if (!text.len) return;
  buf_printf(to, "| **%s** | ", label);
  markdown_add(to, text);
  buf_add(to, STR(" |\n"));
}

static void write_upkeep(Buf *to, const View *view) {
  write_row(to, "Reviewed", view->reviewed);
  if (view->review_note.len) add_line(to, "| | **", view->review_note, "** |\n");
  write_row(to, "Validated", view->validated.len ? view->validated : STR("Not yet with clients"));
  write_row(to, "Evidence", view->evidence);
}

static void write_head(Buf *to, const View *view) {
  add_line(to, "# ", view->title, "\n");
  if (view->kind.len) add_line(to, "\n*", view->kind, "*\n");
  if (view->doc.len) add_line(to, "\n", view->doc, "\n");
  buf_add(to, STR("\n| | |\n|---|---|\n"));
  if (view->persona.present) write_row(to, "Persona", view->persona.name);
  write_row(to, "Scenario", view->scenario);
  write_row(to, "Objective", view->objective);
  write_row(to, "Covers", view->covers);
  write_row(to, "For", view->audience);
  write_row(to, "Stage names", view->vocabulary);
  write_row(to, "Variant of", view->base_title);
  write_row(to, "Owner", view->owner);
  write_row(to, "Mapped by", view->mapped_by);
  write_upkeep(to, view);
}

static void write_persona(Buf *to, const ViewPersona *persona) {
  if (!persona->present) return;
  write_heading(to, "##", persona->name);
  if (persona->role.len) add_line(to, "\n*", persona->role, "*\n");
  if (persona->quote.len) add_line(to, "\n> \u201C", persona->quote, "\u201D\n");
  if (persona->about.len) add_line(to, "\n", persona->about, "\n");
  if (persona->demographics.len || persona->segment.len || persona->sources.len) buf_add_byte(to, '\n');
  if (persona->demographics.len) add_line(to, "- **Demographics**: ", persona->demographics, "\n");
  if (persona->segment.len) add_line(to, "- **Segment**: ", persona->segment, "");
  if (persona->segment_facts.len) add_line(to, " (", persona->segment_facts, ")");
  if (persona->segment.len) buf_add_byte(to, '\n');
  if (persona->sources.len) buf_printf(to, "- **Known from**<sup>" STR_FMT "</sup>\n", STR_ARG(persona->sources));
  for (uint32_t i = 0; i < persona->list_count; i++) {
    const ViewList *list = &persona->lists[i];
    add_line(to, "\n**", list->label, "**\n\n");
    for (uint32_t line = 0; line < list->count; line++) add_line(to, "- ", list->lines[line], "\n");
  }
}

/* ---- the whole journey in one table ---- */

static const ViewLane *find_lane(const View *view, Keyword shows) {
  for (uint32_t i = 0; i < view->lane_count; i++)
    if (view->lanes[i].shows == shows) return &view->lanes[i];
  return NULL;
}

static void write_channels(Buf *to, const ViewLane *lane, uint32_t step) {
  for (uint32_t i = 0; i < lane->cells[step].count; i++) {
    const Entry *entry = &lane->cells[step].entries[i];
    if (entry->kind != ENTRY_CHANNEL) continue;
    if (i > 0) buf_add(to, STR(", "));
    markdown_add(to, entry->text);
  }
}

static void write_glance_row(Buf *to, const View *view, const ViewStage *stage, uint32_t number,
                             const ViewLane *channels, const ViewLane *emotions) {
  const ViewStep *step = &view->steps[number];
  add_line(to, "| ", number == stage->first_step ? stage->title : (Str){0}, " | ");
  if (step->state == 3) add_line(to, "~~", step->title, "~~");
  else markdown_add(to, step->title);
  if (step->moment_of_truth) buf_add(to, STR(" **(moment of truth)**"));
  if (channels) {
    buf_add(to, STR(" | "));
    write_channels(to, channels, number);
  }
  if (emotions) {
    buf_add(to, STR(" | "));
    write_emotion(to, step);
    for (uint32_t i = 0; i < view->actor_count; i++)
      if (view->actors[i].feelings[number].has_emotion) {
        add_line(to, step->has_emotion || i ? "<br>" : "", view->actors[i].title, ": ");
        markdown_add(to, view->actors[i].feelings[number].label);
      }
  }
  buf_add(to, STR(" |\n"));
}

static void write_glance(Buf *to, const View *view) {
  const ViewLane *channels = find_lane(view, K_VIA), *emotions = find_lane(view, K_FEELS);
  if (!view->step_count) return;
  Arena *arena = arena_new();
  add_line(to, "\n## At a glance\n\n", view_summary(view, arena), "\n\n| Stage | Touchpoint |");
  arena_free(arena);
  if (channels) add_line(to, " ", STR("Channel"), " |");
  if (emotions) {
    add_line(to, " Emotion, from ", view->scale_min, " to ");
    add_line(to, "", view->scale_max, " |");
  }
  buf_add(to, STR("\n|---|---|"));
  buf_repeat(to, STR("---|"), (size_t)(channels != NULL) + (size_t)(emotions != NULL));
  buf_add_byte(to, '\n');
  for (uint32_t s = 0; s < view->stage_count; s++) {
    const ViewStage *stage = &view->stages[s];
    for (uint32_t i = 0; i < stage->step_count; i++)
      write_glance_row(to, view, stage, stage->first_step + i, channels, emotions);
  }
}

/* ---- stages ---- */

static void write_step_marks(Buf *to, const ViewStep *step) {
  if (step->moment_of_truth) {
    buf_add(to, STR("\n**Moment of truth**"));
    if (step->moment_text.len) add_line(to, ": ", step->moment_text, "");
    buf_add_byte(to, '\n');
  }
  if (step->clock.len) add_line(to, step->on_clock ? "\n" : "\nAt ", step->clock, "");
  if (step->later.len) add_line(to, ", ", step->later, "");
  if (step->clock.len) buf_add_byte(to, '\n');
  if (step->serves) {
    buf_add_c(to, step->serves == 1 ? "\n**Serves the goal partly**" : "\n**Serves no goal**");
    if (step->serves_text.len) add_line(to, ": ", step->serves_text, "");
    buf_add_byte(to, '\n');
  }
  static const char *const states[] = {NULL, "Changed", "New", "Dropped"};
  if (step->title_before.len) add_line(to, "\nBefore: ~~", step->title_before, "~~\n");
  if (step->state) buf_printf(to, "\n*%s*\n", states[step->state & 3]);
}

static void write_step(Buf *to, const View *view, uint32_t number) {
  const ViewStep *step = &view->steps[number];
  if (step->state == 3) add_line(to, "\n### ~~", step->title, "~~\n");
  else write_heading(to, "###", step->title);
  write_step_marks(to, step);
  buf_add_byte(to, '\n');
  for (uint32_t i = 0; i < view->lane_count; i++) {
    const ViewLane *lane = &view->lanes[i];
    if (lane->kind == LANE_EMOTION) {
      write_emotion_line(to, lane, step);
      write_feelings(to, view, number);
    } else if (lane->shows == K_NOTE) write_notes(to, lane, &lane->cells[number]);
    else write_cell(to, lane, &lane->cells[number]);
  }
}

static void write_stage(Buf *to, const View *view, uint32_t number) {
  const ViewStage *stage = &view->stages[number];
  buf_printf(to, "\n## %u. ", number + 1);
  markdown_add(to, stage->title);
  buf_add_byte(to, '\n');
  if (stage->goal.len || stage->owner.len || stage->objective.len || stage->usual.len || stage->measure_count)
    buf_add_byte(to, '\n');
  if (stage->usual.len) add_line(to, "- **Usually called**: ", stage->usual, "\n");
  if (stage->goal.len) add_line(to, "- **Goal of the client**: ", stage->goal, "\n");
  if (stage->objective.len) add_line(to, "- **Objective of the firm**: ", stage->objective, "\n");
  if (stage->owner.len) add_line(to, "- **Owner**: ", stage->owner, "\n");
  for (uint32_t i = 0; i < stage->measure_count; i++) {
    buf_add_c(to, "- **Measure**: ");
    write_entry(to, &stage->measures[i]);
    buf_add_byte(to, '\n');
  }
  for (uint32_t i = 0; i < stage->step_count; i++) write_step(to, view, stage->first_step + i);
}

/* ---- pains and opportunities ---- */

/* An entry that stands in the cells of several steps is one row, with all of its steps. */
typedef struct {
  const Entry *entry;
  uint32_t step, order;
} Found;

typedef struct {
  VEC(Found) found;   /* sorted by what they are, then in the order of the map */
  uint32_t *first_at; /* [order]: where in `found` the first of its kind stands; NONE for the others */
} Rows;

static bool is_same(const Found *a, const Found *b) {
  return ref_ok(a->entry->at) && ref_is(a->entry->at, b->entry->at);
}

static int compare(const void *left, const void *right) {
  const Found *a = left, *b = right;
  int order = ref_compare(&a->entry->at, &b->entry->at);
  return order ? order : (a->order > b->order) - (a->order < b->order);
}

static void collect(Rows *rows, const View *view, EntryKind kind) {
  for (uint32_t l = 0; l < view->lane_count; l++) {
    const Cell *cells = view->lanes[l].cells;
    for (uint32_t s = 0; cells && s < view->step_count; s++)
      for (uint32_t i = 0; i < cells[s].count; i++)
        if (cells[s].entries[i].kind == kind && cells[s].entries[i].state != 3) {
          Found found = {&cells[s].entries[i], s, (uint32_t)rows->found.len};
          vec_push(&rows->found, found);
        }
  }
}

static Rows rows_new(const View *view, EntryKind kind) {
  Rows rows = {0};
  collect(&rows, view, kind);
  if (!rows.found.len) return rows;
  qsort(rows.found.at, rows.found.len, sizeof *rows.found.at, compare);
  rows.first_at = mem_alloc(rows.found.len * sizeof *rows.first_at);
  for (uint32_t i = 0; i < rows.found.len; i++) {
    const Found *found = &rows.found.at[i];
    rows.first_at[found->order] = i > 0 && is_same(found, found - 1) ? NONE : i;
  }
  return rows;
}

static void rows_free(Rows *rows) {
  free(rows->first_at);
  vec_free(&rows->found);
}

static void write_steps(Buf *to, const View *view, const Rows *rows, uint32_t first) {
  for (uint32_t i = first; i < rows->found.len && (i == first || is_same(&rows->found.at[i], &rows->found.at[first]));
       i++) {
    if (i > first) buf_add(to, STR("<br>"));
    markdown_add(to, view->steps[rows->found.at[i].step].title);
  }
}

/* "**Why it happens**: the first reason<br>the second", for a cell of a table. */
static void write_lists(Buf *to, const ViewList *lists, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    add_line(to, i ? "<br>**" : "**", lists[i].label, "**: ");
    for (uint32_t k = 0; k < lists[i].count; k++) add_line(to, k ? "; " : "", lists[i].lines[k], "");
  }
}

/* Those of one level, or of all where it is negative. */
static void write_rows(Buf *to, const View *view, const Rows *rows, int level) {
  for (size_t order = 0; order < rows->found.len; order++) {
    uint32_t first = rows->first_at[order];
    if (first == NONE) continue;
    const Entry *entry = rows->found.at[first].entry;
    if (level >= 0 && entry->level != level) continue;
    add_line(to, "| ", entry->text, " | ");
    add_line(to, "", entry->label, " | ");
    write_steps(to, view, rows, first);
    buf_add_c(to, " | ");
    if (entry->list_count) write_lists(to, entry->lists, entry->list_count);
    else markdown_add(to, entry->details);
    buf_add_c(to, " |\n");
  }
}

/* The worst first. */
static void write_pains(Buf *to, const View *view) {
  Rows rows = rows_new(view, ENTRY_PAIN);
  if (rows.found.len) buf_add(to, STR("\n## Pains\n\n| Pain | How bad | Where | More |\n|---|---|---|---|\n"));
  for (int level = 4; level >= 0; level--) write_rows(to, view, &rows, level);
  rows_free(&rows);
}

static void write_opportunities(Buf *to, const View *view) {
  Rows rows = rows_new(view, ENTRY_OPPORTUNITY);
  if (rows.found.len)
    buf_add(to, STR("\n## Opportunities\n\n| Opportunity | How far | Where | More |\n|---|---|---|---|\n"));
  write_rows(to, view, &rows, -1);
  rows_free(&rows);
}

static void write_measures(Buf *to, const View *view) {
  if (!view->measure_count) return;
  buf_add(to, STR("\n## Measures\n\n"));
  for (uint32_t i = 0; i < view->measure_count; i++) {
    buf_add(to, STR("- "));
    write_entry(to, &view->measures[i]);
    buf_add_byte(to, '\n');
  }
}

static void write_figures(Buf *to, const View *view) {
  static const char *const trends[] = {"worse", "", "better"};
  if (view->figure_count == 0) return;
  add_line(to, "\n## Compared with ", view->before_title, "\n\n| | Before | Now | |\n|---|---|---|---|\n");
  for (uint32_t i = 0; i < view->figure_count; i++) {
    const ViewFigure *figure = &view->figures[i];
    add_line(to, "| ", figure->name, " | ");
    add_line(to, "", figure->before, " | ");
    add_line(to, "", figure->now, " | ");
    buf_printf(to, "%s |\n", trends[figure->trend + 1]);
  }
}

/* ---- what stands behind the map ---- */

static void write_fact(Buf *to, const ViewFact *fact) {
  bool numbered = fact->mark.len && fact->name.len;
  if (!numbered) buf_add_c(to, "- ");
  if (fact->mark.len) add_line(to, "", fact->mark, numbered ? ". " : ": ");
  if (fact->name.len) add_line(to, "**", fact->name, "**");
  write_sources(to, fact->sources);
  if (fact->text.len) add_line(to, fact->name.len ? ": " : "", fact->text, "");
  if (fact->alert.len) add_line(to, " **(", fact->alert, ")**");
  buf_add_byte(to, '\n');
}

static void write_sections(Buf *to, const View *view) {
  for (uint32_t i = 0; i < view->section_count; i++) {
    const ViewSection *section = &view->sections[i];
    if (section->kind == SECTION_PAINS || section->kind == SECTION_OPPORTUNITIES) continue; /* tables of their own */
    write_heading(to, "##", section->title);
    buf_add_byte(to, '\n');
    for (uint32_t f = 0; f < section->count; f++) write_fact(to, &section->facts[f]);
  }
}

void markdown_write(const View *view, Buf *to) {
  write_head(to, view);
  write_persona(to, &view->persona);
  write_figures(to, view);
  write_glance(to, view);
  for (uint32_t i = 0; i < view->stage_count; i++) write_stage(to, view, i);
  write_pains(to, view);
  write_opportunities(to, view);
  write_measures(to, view);
  write_sections(to, view);
}
