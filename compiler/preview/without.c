/* What there is where the program was built without libmicrohttpd. */
#include "preview/preview.h"

#ifndef JOURNEY_MICROHTTPD

Str preview_library(Arena *arena, Str *why) {
  (void)arena;
  *why = STR(
      "this journey was built without live pages: with libmicrohttpd-dev installed, build it anew; " PREVIEW_MEANWHILE);
  return STR("");
}

Preview *preview_start(const PreviewOptions *options, Str *why) {
  (void)options;
  preview_library(NULL, why);
  return NULL;
}

void preview_stop(Preview *preview) { (void)preview; }

Str preview_address(const Preview *preview, Str name, Arena *arena) {
  (void)preview;
  (void)name;
  (void)arena;
  return STR("");
}

void preview_publish(Preview *preview, Str name, const PreviewPage *page) {
  (void)preview;
  (void)name;
  (void)page;
}

void preview_list(Preview *preview, const PreviewEntry *entries, size_t count) {
  (void)preview;
  (void)entries;
  (void)count;
}

uint32_t preview_lookers(Preview *preview, Str name) {
  (void)preview;
  (void)name;
  return 0;
}

#endif
