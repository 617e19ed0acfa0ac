/* bare_parse FILE… : reads each file and parses it with tree-sitter alone, nothing more: what `check` is measured
 * against. Prints how many KiB the last tree takes, by the memory that the process grew. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_journey(void);

static long resident_kib(void) {
  char line[256];
  long kib = 0;
  FILE *status = fopen("/proc/self/status", "r");
  while (status && fgets(line, sizeof line, status))
    if (strncmp(line, "VmRSS:", 6) == 0) kib = atol(line + 6);
  if (status) fclose(status);
  return kib;
}

static char *read_file(const char *path, size_t *len) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) != 0) {
    perror(path);
    exit(2);
  }
  *len = (size_t)ftell(file);
  rewind(file);
  char *text = malloc(*len + 1);
  if (!text || fread(text, 1, *len, file) != *len) exit(2);
  fclose(file);
  return text;
}

int main(int count, char **arguments) {
  TSParser *parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_journey());
  long before = 0, after = 0;
  for (int i = 1; i < count; i++) {
    size_t len;
    char *text = read_file(arguments[i], &len);
    if (count == 2) before = resident_kib();
    TSTree *tree = ts_parser_parse_string(parser, NULL, text, (uint32_t)len);
    if (count == 2) after = resident_kib();
    else ts_tree_delete(tree);
    free(text);
  }
  printf("%ld\n", after - before);
  return 0;
}
