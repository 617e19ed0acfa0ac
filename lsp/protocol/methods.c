#include "lsp/protocol/methods.h"

#include <string.h>

static const Method methods[] = {
#define METHOD(name, handler, kind, nothing) {name, handler, METHOD_##kind, nothing},
#include "lsp/protocol/methods.def"
#undef METHOD
};

const Method *method_find(const char *name) {
  for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
    if (strcmp(methods[i].name, name) == 0) return &methods[i];
  return NULL;
}

#define ANNOUNCE(function) Announce function;
#include "lsp/protocol/announce.def"
#undef ANNOUNCE

void methods_announce(const Client *client, json_t *capabilities) {
  static Announce *const all[] = {
#define ANNOUNCE(function) function,
#include "lsp/protocol/announce.def"
#undef ANNOUNCE
  };
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) all[i](client, capabilities);
}
