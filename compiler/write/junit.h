/* JUnit's XML, as the schema of Jenkins has it: what systems of CI read, whatever was tested. */
#ifndef JOURNEY_WRITE_JUNIT_H
#define JOURNEY_WRITE_JUNIT_H

#include "base/buf.h"

typedef struct {
  Str name;
  bool failed;
  Str type, message, story; /* of a failure: its kind (may be empty), one sentence, all there is to say */
  Str printed;              /* may be empty */
} JunitTest;

typedef struct {
  Str name; /* of what was tested: a file's path */
  const JunitTest *tests;
  size_t count;
  Str printed; /* may be empty */
} JunitSuite;

/* Texts may hold anything. Of several tests of one name in a suite the later ones are numbered. */
void junit_write(Str name, const JunitSuite *suites, size_t count, Buf *to);

#endif
