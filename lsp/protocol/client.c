#include "lsp/protocol/client.h"

#include <string.h>

const json_t *client_get(const Client *client, const char *path) {
  const json_t *at = client->capabilities;
  char word[64];
  while (at && *path) {
    size_t length = strcspn(path, ".");
    if (length >= sizeof word) return NULL;
    memcpy(word, path, length);
    word[length] = 0;
    at = json_object_get(at, word);
    path += length + (path[length] == '.');
  }
  return at;
}

bool client_can(const Client *client, const char *path) { return json_is_true(client_get(client, path)); }

bool client_lists(const Client *client, const char *path, const char *word) {
  const json_t *list = client_get(client, path);
  for (size_t i = 0; i < json_array_size(list); i++) {
    const char *item = json_string_value(json_array_get(list, i));
    if (item && strcmp(item, word) == 0) return true;
  }
  return false;
}

bool client_lists_number(const Client *client, const char *path, int number) {
  const json_t *list = client_get(client, path);
  for (size_t i = 0; i < json_array_size(list); i++)
    if (json_is_integer(json_array_get(list, i)) && json_integer_value(json_array_get(list, i)) == number) return true;
  return false;
}
