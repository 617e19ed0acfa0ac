/* What there is where the program was built without libmicrohttpd. */
#include "preview/preview.h"

#ifndef JOURNEY_MICROHTTPD

const char preview_missing[] =
    "this journey was built without live previews; install libmicrohttpd (Debian: libmicrohttpd-dev) and build it "
    "again, or draw the page once: journey build";

const char *preview_library(void) { return NULL; }

Preview *preview_start(const PreviewOptions *options, Str *why) {
  (void)options;
  *why = str_of(preview_missing);
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
