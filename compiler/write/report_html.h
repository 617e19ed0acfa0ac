/* A project on one page, with nothing outside of it: maps, clients, who owns what, pains, plan, upkeep, a search. */
#ifndef JOURNEY_WRITE_REPORT_HTML_H
#define JOURNEY_WRITE_REPORT_HTML_H

#include "report/report.h"

void report_write_html(const Report *report, Buf *to);

#endif
