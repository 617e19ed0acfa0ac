#include "write/svg_parts.h"

#include <stdio.h>

#include "text/measure.h"
#include "write/svg_icons.h"

#define FONTS \
  "\"Liberation Sans\",Arimo,Arial,Helvetica,\"Noto Sans\",\"Noto Sans Arabic\",\"Noto Sans Hebrew\",\"Noto Sans " \
  "Devanagari\"," \
  "\"Noto Sans Thai\",\"Noto Sans CJK SC\",sans-serif"

/* ---- text and numbers ---- */

static bool is_xml(int32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

void svg_escape(Buf *to, Str text) {
  size_t from = 0;
  for (size_t at = 0; at < text.len;) {
    size_t start = at;
    int32_t c = text_next(text, &at);
    const char *instead = c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : c == '"' ? "&quot;" : NULL;
    if (c == 0xFFFD || !is_xml(c)) instead = "\xEF\xBF\xBD";
    if (!instead) continue;
    buf_add(to, str_slice(text, from, start));
    buf_add_c(to, instead);
    from = at;
  }
  if (from < text.len) buf_add(to, str_slice(text, from, text.len));
}

void svg_number(Buf *to, double number) { buf_number(to, number, 1); }

static void attribute(Buf *to, const char *name, double number) {
  buf_printf(to, " %s=\"", name);
  svg_number(to, number);
  buf_add_byte(to, '"');
}

void svg_open(Buf *to, Str title, Str description, double width, double height) {
  buf_add_c(to, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"map\" role=\"img\" aria-labelledby=\"title desc\"");
  attribute(to, "width", width);
  attribute(to, "height", height);
  buf_add_c(to, " viewBox=\"0 0 ");
  svg_number(to, width);
  buf_add_byte(to, ' ');
  svg_number(to, height);
  buf_add_c(to, "\">\n<title id=\"title\">");
  svg_escape(to, title);
  buf_add_c(to, "</title>\n<desc id=\"desc\">");
  svg_escape(to, description);
  buf_add_c(to, "</desc>\n");
}

/* ---- style ---- */

static void ink_rule(Buf *to, const char *name, uint32_t colour) {
  buf_printf(to, ".%s{color:#%06x}", name, (unsigned)colour);
}

static void inks(Buf *to, const Layout *layout, bool dark) {
  buf_printf(to, ".map{color:#%06x}", (unsigned)(dark ? ink_row(I_INK)->dark : ink_row(I_INK)->light));
  buf_printf(to, ".hp{stroke:#%06x}.ht{stroke:#%06x}",
             (unsigned)(dark ? ink_row(I_PAPER)->dark : ink_row(I_PAPER)->light),
             (unsigned)(dark ? ink_row(I_TINT)->dark : ink_row(I_TINT)->light));
  for (Ink ink = I_INK + 1; ink < I_TEAM; ink++)
    ink_rule(to, ink_row(ink)->name, dark ? ink_row(ink)->dark : ink_row(ink)->light);
  ink_rule(to, "su", dark ? ink_row(I_MUTED)->dark : ink_row(I_MUTED)->light);
  for (uint32_t i = 0; i < layout->team_count; i++)
    buf_printf(to, ".w%u{color:#%06x}", (unsigned)i, (unsigned)readable(layout->teams[i], dark));
}

void svg_style(Buf *to, const Layout *layout, const char *dark) {
  buf_add_c(to, ".map{font-family:" FONTS ";font-size:13px}text{fill:currentColor}");
  for (Type type = T_BODY + 1; type < T_COUNT; type++) {
    const TypeRow *row = type_row(type);
    buf_printf(to, ".%s{", row->name);
    if (row->size != type_row(T_BODY)->size) {
      buf_add_c(to, "font-size:");
      svg_number(to, row->size);
      buf_add_c(to, "px;");
    }
    buf_printf(to, "%s%s}", row->bold ? "font-weight:700;" : "", row->italic ? "font-style:italic" : "");
  }
  buf_add_c(
      to, ".c{text-anchor:middle}.e{text-anchor:end}.r{direction:rtl}.x{text-decoration:line-through}.f{fill:"
          "currentColor;stroke:none}"
          ".l,.d,.p,.ic{fill:none;stroke:currentColor}.ic{stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}"
          ".rb{fill:currentColor;fill-opacity:.3;stroke:none}.pi{fill:none;stroke:currentColor;stroke-opacity:.4}"
          ".ic .pa{stroke-width:1.8}.d{stroke-width:1.3;stroke-dasharray:5 "
          "4}.cu{fill:none;stroke:url(#feel);stroke-width:3;"
          "stroke-linecap:round}.ar{fill:url(#felt);stroke:none}.p{stroke-width:2.2}.pp{fill:currentColor}"
          "stop{stop-color:currentColor}.hp,.ht{paint-order:stroke;stroke-width:5px;stroke-linejoin:round}");
  buf_add_c(to, ".k{fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round}.k1{stroke-dasharray:8 "
                "5}.k2{stroke-dasharray:1 5}.k3{stroke-dasharray:10 4 1 4}");
  buf_add_c(to, ".su{font-weight:400;font-style:normal;fill:currentColor}");
  inks(to, layout, false);
  buf_printf(to, "@media %s{", dark);
  inks(to, layout, true);
  buf_add_c(to, "}");
}

/* ---- definitions ---- */

static const Icon *icon_of(const Mark *mark) {
  const Icon *icon = icon_find(mark->path);
  return icon ? icon : icon_find(STR("dot"));
}

/* What the document defines once: icons, and the hatching behind the last of them. */
typedef bool Used[ICON_LIMIT + 1];

static void note_used(const Block *block, Used used) {
  for (size_t i = 0; i < block->count; i++)
    if (block->marks[i].kind == MARK_ICON) used[icon_index(icon_of(&block->marks[i]))] = true;
    else if (block->marks[i].look == LOOK_HATCH) used[ICON_LIMIT] = true;
}

static void write_icons(Buf *to, const bool *used) {
  for (size_t i = 0; i < ICON_LIMIT; i++) {
    if (!used[i]) continue;
    const Icon *icon = icon_at(i);
    buf_printf(to, "<symbol id=\"i-%s\" viewBox=\"0 0 %d %d\"><g class=\"ic\">%s</g></symbol>", icon->name, icon->grid,
               icon->grid, icon->drawing);
  }
}

static void write_gradient(Buf *to, const Layout *layout, const char *id, const char *end, const char *middle) {
  buf_printf(to, "<linearGradient id=\"%s\" gradientUnits=\"userSpaceOnUse\" x1=\"0\" x2=\"0\" y1=\"0\"", id);
  attribute(to, "y2", layout->emotion_low - layout->emotion_high);
  buf_printf(
      to,
      "><stop class=\"gd\"%s/><stop offset=\".5\" class=\"mu\"%s/><stop offset=\"1\" class=\"bd\"%s/></linearGradient>",
      end, middle, end);
}

void svg_defs(Buf *to, const Layout *layout, const Block *more, size_t count) {
  Used used = {false};
  for (size_t i = 0; i < count; i++) note_used(&more[i], used);
  for (uint32_t i = 0; i < layout->view->stage_count; i++) note_used(&layout->stages[i].band, used);
  for (uint32_t i = 0; i < layout->view->step_count; i++) {
    note_used(&layout->steps[i].title, used);
    note_used(&layout->steps[i].later, used);
    for (uint32_t lane = 0; lane < layout->view->lane_count; lane++) note_used(&layout->steps[i].cells[lane], used);
  }
  for (uint32_t i = 0; i < layout->view->section_count; i++)
    for (uint32_t f = 0; f < layout->view->sections[i].count; f++)
      if (layout->view->sections[i].facts[f].alert.len) used[icon_index(icon_find(STR("warning")))] = true;
  buf_add_c(to, "<defs>");
  write_icons(to, used);
  if (used[ICON_LIMIT])
    buf_add_c(
        to,
        "<pattern id=\"hatch\" class=\"ru\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate(45)\"><path d=\"M3 0v6\" stroke=\"currentColor\" stroke-opacity=\".5\"/></pattern>");
  if (layout->emotion.count) {
    write_gradient(to, layout, "feel", "", "");
    write_gradient(to, layout, "felt", " stop-opacity=\".24\"", " stop-opacity=\".04\"");
  }
  buf_add_c(to, "</defs>");
}

/* ---- marks ---- */

static void add_class(Buf *to, const char *name, bool *any) {
  if (!*name) return;
  buf_printf(to, *any ? " %s" : " class=\"%s", name);
  *any = true;
}

static void add_ink(Buf *to, Ink ink, bool *any) {
  if (ink < I_TEAM) {
    add_class(to, ink_row(ink)->name, any);
    return;
  }
  char name[16];
  snprintf(name, sizeof name, "w%u", (unsigned)(ink - I_TEAM));
  add_class(to, name, any);
}

static void classes(Buf *to, Ink ink, const char *first, const char *second, const char *third) {
  bool any = false;
  add_class(to, first, &any);
  add_class(to, second, &any);
  add_class(to, third, &any);
  add_ink(to, ink, &any);
  if (any) buf_add_byte(to, '"');
}

static void write_tip(Buf *to, Str tip) {
  if (tip.len == 0) return;
  buf_add_c(to, "<title>");
  svg_escape(to, tip);
  buf_add_c(to, "</title>");
}

static void write_text(Buf *to, const Mark *mark) {
  buf_add_c(to, "<text");
  const char *anchor = mark->anchor == ANCHOR_MIDDLE ? "c" : mark->anchor == ANCHOR_END ? "e" : "";
  const char *third = mark->rtl               ? mark->struck ? "r x" : "r"
                      : mark->struck          ? "x"
                      : mark->halo == I_PAPER ? "hp"
                      : mark->halo == I_TINT  ? "ht"
                                              : "";
  classes(to, mark->ink, type_row(mark->type)->name, anchor, third);
  if (mark->x != 0) attribute(to, "x", mark->x);
  attribute(to, "y", mark->y);
  buf_add_byte(to, '>');
  write_tip(to, mark->tip);
  for (size_t i = 0; i < mark->lines.count; i++) {
    if (i) {
      buf_add_c(to, "<tspan");
      attribute(to, "x", mark->x);
      attribute(to, "dy", mark->leading);
      buf_add_byte(to, '>');
    }
    svg_escape(to, mark->lines.lines[i]);
    /* The space keeps words apart for those who read or copy the text; it must not move one that is set from its end.
     */
    const char *space = mark->anchor == ANCHOR_START ? " " : "<tspan font-size=\"0\"> </tspan>";
    if (i + 1 < mark->lines.count) buf_add_c(to, space);
    if (i) buf_add_c(to, "</tspan>");
  }
  if (mark->sources.len) {
    buf_add_c(to, "<tspan class=\"su\" dx=\"1.5\" dy=\"-4\">");
    svg_escape(to, mark->sources);
    buf_add_c(to, "</tspan>");
  }
  buf_add_c(to, "</text>");
}

static const char *const looks[] = {"f", "l", "d", "cu", "ar", "p", "k k1", "k k2", "k k3", "rb", "pi", ""};

static void shape(Buf *to, const Mark *mark, const char *name) {
  buf_printf(to, "<%s", name);
  bool own = mark->look == LOOK_CURVE || mark->look == LOOK_AREA;
  classes(to, own ? I_INK : mark->ink, looks[mark->look], "", "");
}

static void close(Buf *to, const Mark *mark, const char *name) {
  if (mark->tip.len == 0) {
    buf_add_c(to, "/>");
    return;
  }
  buf_add_byte(to, '>');
  write_tip(to, mark->tip);
  buf_printf(to, "</%s>", name);
}

static void write_line(Buf *to, const Mark *mark) {
  shape(to, mark, "path");
  buf_add_c(to, " d=\"M");
  svg_number(to, mark->x);
  buf_add_byte(to, ' ');
  svg_number(to, mark->y);
  buf_add_c(to, mark->h != 0 ? "v" : "h");
  svg_number(to, mark->h != 0 ? mark->h : mark->w);
  buf_add_c(to, "\"/>");
}

static void write_rect(Buf *to, const Mark *mark) {
  shape(to, mark, "rect");
  if (mark->x != 0) attribute(to, "x", mark->x);
  if (mark->y != 0) attribute(to, "y", mark->y);
  attribute(to, "width", mark->w);
  attribute(to, "height", mark->h);
  if (mark->radius > 0) attribute(to, "rx", mark->radius);
  if (mark->look == LOOK_HATCH) buf_add_c(to, " fill=\"url(#hatch)\"");
  close(to, mark, "rect");
}

static void write_circle(Buf *to, const Mark *mark) {
  shape(to, mark, "circle");
  attribute(to, "cx", mark->x);
  attribute(to, "cy", mark->y);
  attribute(to, "r", mark->w);
  close(to, mark, "circle");
}

static void write_path(Buf *to, const Mark *mark) {
  shape(to, mark, "path");
  if (mark->x != 0 || mark->y != 0) {
    buf_add_c(to, " transform=\"translate(");
    svg_number(to, mark->x);
    buf_add_byte(to, ' ');
    svg_number(to, mark->y);
    buf_add_c(to, ")\"");
  }
  if (mark->weight > 0) attribute(to, "stroke-width", mark->weight);
  buf_printf(to, " d=\"" STR_FMT "\"", STR_ARG(mark->path));
  close(to, mark, "path");
}

static void write_icon(Buf *to, const Mark *mark) {
  buf_printf(to, "<use href=\"#i-%s\"", icon_of(mark)->name);
  if (mark->x != 0) attribute(to, "x", mark->x);
  if (mark->y != 0) attribute(to, "y", mark->y);
  attribute(to, "width", mark->w);
  attribute(to, "height", mark->h);
  classes(to, mark->ink, "", "", "");
  close(to, mark, "use");
}

void svg_block(Buf *to, const Block *block) {
  for (size_t i = 0; i < block->count; i++) {
    const Mark *mark = &block->marks[i];
    switch (mark->kind) {
      case MARK_TEXT: write_text(to, mark); break;
      case MARK_LINE: write_line(to, mark); break;
      case MARK_RECT: write_rect(to, mark); break;
      case MARK_CIRCLE: write_circle(to, mark); break;
      case MARK_PATH: write_path(to, mark); break;
      case MARK_ICON: write_icon(to, mark); break;
    }
  }
}
