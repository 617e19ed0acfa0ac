/* What the client said that it can do, at `initialize`. Whatever it did not say, it can't. */
#ifndef JOURNEY_LSP_PROTOCOL_CLIENT_H
#define JOURNEY_LSP_PROTOCOL_CLIENT_H

#include <jansson.h>
#include <stdbool.h>

typedef struct {
  json_t *capabilities; /* an object */
  char name[32];        /* "Neovim"; empty: it said none */
} Client;

/* `path` is that of ClientCapabilities: "textDocument.hover.contentFormat". NULL where there is nothing; borrowed. */
const json_t *client_get(const Client *client, const char *path);
/* Whether it is `true`. */
bool client_can(const Client *client, const char *path);
/* Whether it is an array that holds the word. */
bool client_lists(const Client *client, const char *path, const char *word);
/* The same for a number, as in a valueSet. */
bool client_lists_number(const Client *client, const char *path, int number);

#endif
