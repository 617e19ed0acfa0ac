/* The maps of tests: made of their texts, loaded, checked and scored as the program does it with files. */
#ifndef JOURNEY_COMMAND_TESTING_H
#define JOURNEY_COMMAND_TESTING_H

#include "command/command.h"
#include "script/testing.h"

typedef struct TestMaps TestMaps;

/* For one test of the file `path`. Lives in `arena`, but for what test_maps_close frees. */
TestMaps *test_maps_open(Str path, int32_t today, Arena *arena);
void test_maps_close(TestMaps *maps);
/* How the test asks for them. */
TestWorld test_maps_world(TestMaps *maps);

#endif
