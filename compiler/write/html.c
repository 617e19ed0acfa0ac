#include "write/html.h"

#include <math.h>

#include "text/measure.h"
#include "view/layout_plan.h"
#include "write/html_parts.h"

/* clang-format off */
static const char page_style[] =
  "html{background:#fff}body{margin:0;overflow-wrap:anywhere;padding:44px 40px 64px;line-height:1.45}"
  ".page{width:fit-content;max-width:100%;margin:0 auto}"
  ".page svg{display:block}.head svg{width:100%;height:auto}.head{margin-bottom:36px}"
  ".unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}"
  ".scroll{overflow:auto;max-width:100%;max-height:100vh}.grid{display:grid;grid-template-columns:auto auto;width:max-content}"
  ".corner,.labels,.top{background:#fff;position:sticky;z-index:1}.labels,.corner{left:0}.top,.corner{top:0}.corner{z-index:2}.top,.corner{box-shadow:0 1px #dce1e7}"
  ".names{position:absolute;inset:0;display:flex;gap:14px}.names div{flex:none;display:grid;justify-items:start}"
  ".names svg{grid-area:1/1}.names .stay{position:sticky;overflow:visible}.top rect[height=\"3\"]+g{visibility:hidden}"
  ".legend{margin:24px 0 0;max-width:100%;height:auto}"
  ".plan{margin-top:72px}.text .wide+h2{margin-top:56px}.plan:first-child{margin-top:0}.plan svg{max-width:100%;height:auto}"
  ".text{margin-top:72px;max-width:100%}.text h2{font-size:22px;line-height:1.3;margin:0 0 16px}"
  ".text dl{display:grid;grid-template-columns:minmax(90px,max-content) minmax(0,72ch);gap:6px 20px;margin:0 0 32px}"
  ".text dt{opacity:.82}.text dd{margin:0}.text ul{margin:0;padding-left:1.1em}"
  ".facts{list-style:none;columns:3 300px;column-gap:40px;margin:0 0 32px!important;padding:0!important}.facts>li{break-inside:avoid;padding:0 0 12px}"
  ".facts p{margin:0}.facts .n{margin-right:8px}.facts .o{display:inline}"
  ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;padding:0 0 10px;font-weight:700}.text p{max-width:96ch}.text h2+p{margin:0 0 24px}"
  "th,td{text-align:left;vertical-align:top;padding:9px 14px 9px 0;border-bottom:1px solid #dce1e7;min-width:112px;overflow-wrap:anywhere}"
  "details{margin:20px 0 48px}summary{cursor:pointer;font-weight:700;padding:6px 0}details table{width:auto}"
  "thead th{border-bottom:2px solid #78838f}tbody th[scope=rowgroup]{padding-top:26px;font-size:16px}"
  "ins{display:block;text-decoration:none;border-left:3px solid;padding-left:7px}del{opacity:.8}td:has(small){min-width:190px}:is(p,dd,li,th,small){unicode-bidi:plaintext;text-align:start}th[scope=rowgroup],th[scope=rowgroup] small{text-align:left}td p,td div{margin:0 0 6px}td ul{font-size:12px}sup{font-size:10px;line-height:0;margin-left:1px}small{font-size:12px;font-weight:400;display:block}tr>th:first-child{min-width:150px}.text th:first-child:not([colspan]){position:sticky;left:0;background:#fff}"
  ":focus-visible{outline:3px solid #1c4f94;outline-offset:3px}.sheets{display:none}"
  "@media screen and (prefers-color-scheme:dark){html,.corner,.labels,.top,.text th:first-child:not([colspan]){background:#12171d}"
  ".top,.corner{box-shadow:0 1px #2f3843}th,td{border-color:#2f3843}thead th{border-color:#7f8b98}:focus-visible{outline-color:#8fbbff}}"
  "@media screen and (max-width:760px){body{padding:24px 16px 48px}.head svg,.page .legend,.plan{display:none}"
  ".unseen.h1{position:static;width:auto;height:auto;clip-path:none;white-space:normal;font-size:26px;line-height:1.2;margin:0}"
  ".scroll{max-height:80vh}.text{margin-top:40px}.text dl{display:block}.text dd{margin:0 0 10px}"
  "table,caption,tbody,tr,td,th{display:block}thead{display:none}.text th:first-child:not([colspan]){position:static}td,th,tr>th:first-child{border:0;padding:5px 0;min-width:0}"
  "tr{padding:12px 0;border-bottom:1px solid #78838f}td:empty{display:none}td[data-l]::before{content:attr(data-l)}td::before{display:block;font-weight:700;font-size:12px}}"
  "@media screen and (max-width:560px){.labels,.corner{position:static}.names .stay{left:0!important}}"
  "@page{size:A3 landscape;margin:8mm}"
  "@media print{body{padding:0}.page{width:auto}.head,main>:not(.sheets,.behind){display:none}.sheets{display:block}.sheets svg.sheet{display:block;width:404mm;height:280mm;"
  "break-after:page;break-inside:avoid}.sheets svg.sheet:last-child{break-after:auto}.text.behind{break-before:page;margin:0;columns:4;column-gap:11mm;font-size:12px}.behind h2{font-size:15px;margin:0 0 8px;padding-top:8px;border-top:1px solid;break-after:avoid}.behind .facts{columns:1;margin:0 0 20px!important}.behind .facts>li{padding:0 0 8px}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";
/* clang-format on */

#define STAGE_GAP 14.0   /* as in page_style */
#define TREND_ROOM 116.0 /* for the line of a measure, behind its words */

void html_element(Buf *to, const char *name, const char *class, Str text) {
  if (text.len == 0) return;
  buf_printf(to, class ? "<%s class=\"%s\">" : "<%s>", name, class);
  svg_escape(to, text);
  buf_printf(to, "</%s>", name);
}

void html_open_svg(Buf *to, const char *attributes, double width, double height, bool fixed) {
  buf_printf(to, "<svg %s viewBox=\"0 0 ", attributes);
  svg_number(to, width);
  buf_add_byte(to, ' ');
  svg_number(to, height);
  buf_add_byte(to, '"');
  if (fixed) {
    buf_add_c(to, " width=\"");
    svg_number(to, width);
    buf_add_c(to, "\" height=\"");
    svg_number(to, height);
    buf_add_byte(to, '"');
  }
  buf_add_byte(to, '>');
}

static void group(Buf *to, const Layout *layout, const char *id, void (*part)(Buf *, const Layout *)) {
  svg_group(to, "", str_of(id), 0, 0);
  part(to, layout);
  buf_add_c(to, "</g></svg>\n");
}

static void write_head(Buf *to, const Layout *layout, const Block *head) {
  const View *view = layout->view;
  buf_add_c(to, "<header class=\"head\"><h1 class=\"unseen h1\">");
  svg_escape(to, view->title);
  buf_add_c(to, "</h1>\n");
  Buf attributes = {0}; /* on a wide screen the head grows a little, not without end */
  buf_printf(&attributes, "aria-hidden=\"true\" style=\"max-width:%.0fpx\"", head->width * 1.12);
  buf_add_byte(&attributes, '\0');
  html_open_svg(to, attributes.at, head->width, head->height, true);
  buf_free(&attributes);
  svg_group(to, "", STR("head"), 0, 0);
  svg_block(to, head);
  buf_add_c(to, "</g></svg></header>\n");
}

/* Marks of a band, which begin at its left edge. */
static Block band_part(const LayoutStage *stage, size_t from, size_t to) {
  return (Block){stage->band.marks + from, to - from, stage->width, stage->band.height};
}

/* How much room they need; the whole band where they may not be moved, as those that run from right to left. */
static double part_room(const Block *part, double after_title) {
  double room = 0;
  for (size_t i = 0; i < part->count; i++) {
    const Mark *mark = &part->marks[i];
    if (mark->kind != MARK_TEXT) continue;
    if (mark->rtl) return part->width;
    const TypeRow *type = type_row(mark->type);
    double after = mark->type == T_STAGE ? after_title : mark->type == T_TAG ? TREND_ROOM : 12;
    for (size_t l = 0; l < mark->lines.count; l++)
      room = fmax(room, mark->x + text_width(mark->lines.lines[l], type->size, type->bold) + after);
  }
  return fmin(ceil(room), part->width);
}

static void write_part(Buf *to, const char *attributes, Block part, double width, double height) {
  if (part.count == 0) return;
  html_open_svg(to, attributes, width, height, true);
  svg_block(to, &part);
  buf_add_c(to, "</svg>");
}

/* On the screen what is said of a stage stays in sight as long as the stage does: its title, and apart from it what is
 * longer. The same in the drawing is hidden there, and printed. */
static void write_names(Buf *to, const Layout *layout) {
  double end = -STAGE_GAP, height = layout->step_top - 16;
  Buf stay = {0};
  buf_printf(&stay, "class=\"stay\" style=\"left:%.0fpx\"", layout->label_width);
  buf_add_byte(&stay, '\0');
  buf_add_c(to, "<div class=\"names\">");
  for (uint32_t i = 0; i < layout->view->stage_count; i++) {
    const LayoutStage *stage = &layout->stages[i];
    size_t aside = stage->aside.first, title = aside + stage->aside.count;
    size_t rest = title < stage->band.count ? title + 1 : title;
    Block above = band_part(stage, 0, aside), name = band_part(stage, title, rest),
          more = band_part(stage, rest, stage->band.count);
    double room = part_room(&name, text_width(layout->view->stages[i].owner, 12.5, true) + 60);
    buf_add_c(to, "<div style=\"");
    if (stage->x - end - STAGE_GAP > 0.5) buf_printf(to, "margin-left:%.0fpx;", stage->x - end - STAGE_GAP);
    end = stage->x + stage->width;
    buf_printf(to, "width:%.0fpx\">", stage->width);
    write_part(to, "", band_part(stage, aside, title), stage->width, height);
    write_part(to, stay.at, above, part_room(&above, 0), height);
    write_part(to, stay.at, name, room, height);
    write_part(to, stay.at, more, part_room(&more, 0), height);
    buf_add_c(to, "</div>");
  }
  buf_add_c(to, "</div>");
  buf_free(&stay);
}

static void write_map(Buf *to, const Layout *layout, Str summary) {
  buf_add_c(to, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"The map\"><div class=\"grid\"><div "
                "class=\"corner\"></div>\n");
  buf_add_c(to, "<div class=\"top\" aria-hidden=\"true\">");
  html_open_svg(to, "", layout->body_width, layout->top_height, true);
  group(to, layout, "top", svg_top);
  write_names(to, layout);
  buf_add_c(to, "</div>\n");
  html_open_svg(to, "class=\"labels\" aria-hidden=\"true\"", layout->label_width, layout->body_height, true);
  group(to, layout, "labels", svg_labels);
  html_open_svg(to, "class=\"lanes\" role=\"img\" aria-labelledby=\"title desc\"", layout->body_width,
                layout->body_height, true);
  buf_add_c(to, "<title id=\"title\">");
  svg_escape(to, layout->view->title);
  buf_add_c(to, "</title><desc id=\"desc\">");
  svg_escape(to, summary);
  buf_add_c(to, " The same content follows as a table.</desc>");
  group(to, layout, "body", svg_body);
  buf_add_c(to, "</div></div>\n");
}

static void write_legend(Buf *to, const Block *legend) {
  if (legend->count == 0) return;
  html_open_svg(to, "class=\"legend\" role=\"img\" aria-label=\"What the marks mean\"", legend->width, legend->height,
                true);
  svg_group(to, "", STR("legend"), 0, 0);
  svg_block(to, legend);
  buf_add_c(to, "</g></svg>\n");
}

void html_opening(Buf *to, const Layout *layout, Str title, Str summary, const Block *blocks, size_t count) {
  buf_add_c(to, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                "content=\"width=device-width, "
                "initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">\n<title>");
  svg_escape(to, title);
  buf_add_c(to, "</title>\n<meta name=\"description\" content=\"");
  svg_escape(to, summary);
  buf_add_c(to, "\">\n<style>");
  svg_style(to, layout, "screen and (prefers-color-scheme:dark)");
  buf_add_c(to, page_style);
  buf_add_c(to, "@media screen and (max-width:760px){");
  html_labels(to, layout->view);
  buf_add_byte(to, '}');
  buf_add_c(to, "</style></head>\n<body class=\"map\">\n<svg width=\"0\" height=\"0\" style=\"position:absolute\" "
                "aria-hidden=\"true\">");
  svg_defs(to, layout, blocks, count);
  buf_add_c(to, "</svg>\n");
}

void html_write(const View *view, Buf *to) {
  Arena *arena = arena_new();
  const Layout *layout = layout_new(view, arena);
  double width = fmax(1060, fmin(1360, layout->label_width + layout->body_width));
  Block blocks[] = {layout_head(layout, width, arena), layout_legend(layout, width, arena),
                    layout_plan(layout, view->plan, width, arena)};
  Block *flows = ARENA_ARRAY(arena, Block, view->flow_count + 1);
  for (uint32_t i = 0; i < view->flow_count; i++) flows[i] = layout_flow(layout, &view->flows[i], width, arena);
  Str summary = view_summary(view, arena);
  html_opening(to, layout, view->title, summary, blocks, sizeof blocks / sizeof *blocks);
  buf_add_c(to, "<div class=\"page\">");
  write_head(to, layout, &blocks[0]);
  buf_add_c(to, "<main>\n");
  write_map(to, layout, summary);
  write_legend(to, &blocks[1]);
  html_flows(to, view, flows);
  html_plan(to, &blocks[2]);
  html_table(to, view);
  html_sheets(to, layout, &blocks[0], &blocks[1], flows, &blocks[2]);
  html_sections(to, layout);
  buf_add_c(to, "</main></div>\n</body></html>\n");
  arena_free(arena);
}
