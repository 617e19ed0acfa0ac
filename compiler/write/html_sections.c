/* What stands behind the map, under it: a heading for each section, and its facts as a list. */
#include "write/html_parts.h"

static void element(Buf *to, const char *open, const char *name, Str text) {
  if (text.len == 0) return;
  buf_printf(to, "<%s>", open);
  svg_escape(to, text);
  buf_printf(to, "</%s>", name);
}

static void fact(Buf *to, const ViewFact *fact) {
  buf_add_c(to, "<li>");
  element(to, "span class=\"mu n\"", "span", fact->mark);
  element(to, "b", "b", fact->name);
  element(to, "sup", "sup", fact->sources);
  if (fact->text.len) {
    buf_add_c(to, fact->name.len ? "<p>" : "<p class=\"o\">");
    svg_escape(to, fact->text);
    buf_add_c(to, "</p>");
  }
  element(to, "p class=\"bd\"", "p", fact->alert);
  for (uint32_t i = 0; i < fact->list_count; i++) {
    element(to, "p class=\"mu\"", "p", fact->lists[i].label);
    buf_add_c(to, "<ul>");
    for (uint32_t k = 0; k < fact->lists[i].count; k++) element(to, "li", "li", fact->lists[i].lines[k]);
    buf_add_c(to, "</ul>");
  }
  buf_add_c(to, "</li>\n");
}

void html_sections(Buf *to, const View *view) {
  for (uint32_t i = 0; i < view->section_count; i++) {
    const ViewSection *section = &view->sections[i];
    if (section->in_cells) continue; /* the table says it */
    element(to, "h2", "h2", section->title);
    buf_add_c(to, "<ul class=\"facts\">");
    for (uint32_t f = 0; f < section->count; f++) fact(to, &section->facts[f]);
    buf_add_c(to, "</ul>\n");
  }
}
