/* What stands behind the map, at the end of the page and of the print: a heading for each section, its facts as a list.
 */
#include "view/place.h"
#include "write/html_parts.h"

static void dot(Buf *to, const Layout *layout, const ViewFact *fact) {
  if (!fact->has_colour) return;
  Ink ink = place_team_ink(layout, true, fact->colour);
  if (ink >= I_TEAM)
    buf_printf(to, "<span class=\"w%u\" aria-hidden=\"true\">\u25CF </span>", (unsigned)(ink - I_TEAM));
}

static void fact(Buf *to, const Layout *layout, const ViewFact *fact) {
  buf_add_c(to, "<li>");
  dot(to, layout, fact);
  html_element(to, "span", "mu n", fact->mark);
  html_element(to, "b", NULL, fact->name);
  html_element(to, "sup", NULL, fact->sources);
  if (fact->text.len) {
    buf_add_c(to, fact->name.len ? "<p>" : "<p class=\"o\">");
    svg_escape(to, fact->text);
    buf_add_c(to, "</p>");
  }
  html_element(to, "p", "bd", fact->alert);
  for (uint32_t i = 0; i < fact->list_count; i++) {
    html_element(to, "p", "mu", fact->lists[i].label);
    buf_add_c(to, "<ul>");
    for (uint32_t k = 0; k < fact->lists[i].count; k++) html_element(to, "li", NULL, fact->lists[i].lines[k]);
    buf_add_c(to, "</ul>");
  }
  buf_add_c(to, "</li>\n");
}

/* Ranked with all that is known of them, opportunities stand in the plan. */
static bool is_said(const View *view, const ViewSection *section) {
  return section->kind == SECTION_OPPORTUNITIES && view->plan;
}

void html_sections(Buf *to, const Layout *layout) {
  const View *view = layout->view;
  if (view->section_count == 0) return;
  buf_add_c(to, "<section class=\"text behind\">");
  for (uint32_t i = 0; i < view->section_count; i++) {
    const ViewSection *section = &view->sections[i];
    if (is_said(view, section)) continue;
    html_element(to, "h2", NULL, section->title);
    buf_add_c(to, "<ul class=\"facts\">");
    for (uint32_t f = 0; f < section->count; f++) fact(to, layout, &section->facts[f]);
    buf_add_c(to, "</ul>\n");
  }
  buf_add_c(to, "</section>\n");
}
