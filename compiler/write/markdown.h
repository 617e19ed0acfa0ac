/* A map as a Markdown document, for a wiki or a merge request: its head, the persona, the whole journey in one table, a
 * section for each stage, and tables of pains, opportunities and measures. Texts of the map are escaped, so that they
 * come out as they were written (CommonMark with GitHub's tables). */
#ifndef JOURNEY_WRITE_MARKDOWN_H
#define JOURNEY_WRITE_MARKDOWN_H

#include "view/view.h"

void markdown_write(const View *view, Buf *to);
/* `text` so that Markdown shows it as it is, also in a table; line ends become `<br>`. */
void markdown_add(Buf *to, Str text);

#endif
