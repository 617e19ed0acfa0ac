/* What files came to, from one reading of a project to the next.
 *
 * All that follows from the map is found out anew each time, so that no place in it is ever an old one. Of a file are
 * kept its beginning (how it is written, its columns), and what its rows came to for a certain question: which columns,
 * filters and names were asked for. Both by the file's state, or by the text that stands for it. */
#ifndef JOURNEY_EVIDENCE_KEEP_H
#define JOURNEY_EVIDENCE_KEEP_H

#include "evidence/build.h"

/* The file as it is now and was said to be written, or NULL. */
KeptFile *kept_find(EvidenceKeep *keep, const Project *p, const Reading *reading);
/* Gives its beginning to the reading. False with `*why` where it was no table. */
bool kept_begin(const KeptFile *kept, Evidence *evidence, Reading *reading, Str *why);
/* Keeps the beginning: that of `file`, or why there is none. */
KeptFile *kept_new(EvidenceKeep *keep, const Project *p, const Reading *reading, bool is_table, Str why);
/* Gives the reading what its rows came to when the same was asked; false where that isn't known. */
bool kept_recall(KeptFile *kept, Evidence *evidence, Reading *reading);
/* Keeps what its rows came to. */
void kept_store(KeptFile *kept, Evidence *evidence, const Reading *reading);
/* Drops what was neither found nor made since the last time. */
void kept_forget(EvidenceKeep *keep);

#endif
