/* The parts of the report's page, each in its file. */
#ifndef JOURNEY_WRITE_REPORT_PARTS_H
#define JOURNEY_WRITE_REPORT_PARTS_H

#include "write/html_parts.h"
#include "write/report_html.h"

/* A link to a map, and to one of its steps where `step` is not empty. */
void report_link(Buf *to, const ReportMap *map, Str step, Str text);
/* <th scope="row">text</th> */
void report_row_head(Buf *to, Str text);
/* <section id="id"><h2>title</h2> */
void report_section(Buf *to, const char *id, const char *title);

void report_cards(Buf *to, const Report *report);    /* the maps in little */
void report_measures(Buf *to, const Report *report); /* their numbers; nothing where there are none */
void report_people(Buf *to, const Report *report);   /* personas, segments */
void report_owners(Buf *to, const Report *report);   /* the matrices */
void report_pains(Buf *to, const Report *report);    /* pains */
void report_plan(Buf *to, const Report *report);     /* opportunities */
void report_upkeep(Buf *to, const Report *report);   /* reviews, evidence */
void report_maps(Buf *to, const Report *report);     /* the maps themselves */
void report_index(Buf *to, const Report *report);    /* what the search looks through */
extern const char report_style[], report_script[];

#endif
