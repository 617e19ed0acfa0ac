/* Whatever bytes come: formatting twice changes nothing more, and the text still says the same. */
#include <stdlib.h>

#include "../unit/format_properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Str text = {size > 0 ? (const char *)data : "", size};
  const char *fault = format_fault(text);
  if (!fault) return 0;
  fprintf(stderr, "does not hold: %s\n", fault);
  abort();
}
