#include "lsp_servers.h"

#include "base/os.h"

enum { STEPS = 25 };

static const char *const channels[] = {"web", "email", "phone", "chat"};
static const char *const titles[] = {"Reads the contract", "Asks about the price list", "Signs the security review",
                                     "Compares the renewal offer", "Waits for the first report"};

static const Server journey = {
    .name = "journey",
    .argv = {NULL, "lsp", NULL},
    .language = "journey",
    .file = "map-0000.journey",
    .options = "{}",
    .edits = {{"client      \"", "x", 0},                       /* a text */
              {"touchpoint step-", "7", 0},                     /* a name where it is declared */
              {"frontstage  team-", "7", 0},                    /* and where it is used */
              {"takes       ", "1", 0},                         /* a number */
              {"feels       ", "", 1},                          /* a sign */
              {"client      ", "", 1},                          /* a line is broken, and mended */
              {"using crm", "\n      thinks      \"Why?\"", 0}, /* a line comes, and goes */
              {"\" using crm\n", "", WITH_ITS_END}},            /* a line goes, and comes back */
    .edit_count = 8,
    .completed = {{"using crm", "\n      n", 0}, {"frontstage  team-", "", 1}, {"via         ", "", REST_OF_LINE}},
    .hovered = {"touchpoint st", "frontstage  te", "      fee"}};

static const char schema[] =
    "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\",\"required\":[\"touchpoints\"],"
    "\"properties\":{\"$schema\":{\"type\":\"string\"},\"touchpoints\":{\"type\":\"array\",\"items\":{"
    "\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"name\",\"title\",\"channel\"],\"properties\":{"
    "\"name\":{\"type\":\"string\",\"pattern\":\"^[a-z0-9-]+$\",\"description\":\"What others call it by\"},"
    "\"title\":{\"type\":\"string\",\"description\":\"What the client does\"},"
    "\"channel\":{\"enum\":[\"web\",\"email\",\"phone\",\"chat\"],\"description\":\"Where it happens\"},"
    "\"client\":{\"type\":\"string\"},\"owner\":{\"type\":\"string\",\"enum\":[\"team-0\",\"team-1\",\"team-2\"]},"
    "\"frontstage\":{\"type\":\"string\",\"description\":\"What the client sees of us\"},"
    "\"backstage\":{\"type\":\"string\",\"description\":\"What the client does not see\"},"
    "\"feels\":{\"type\":\"integer\",\"minimum\":-2,\"maximum\":2,\"description\":\"How the client feels\"},"
    "\"takes\":{\"type\":\"integer\",\"minimum\":0},\"unit\":{\"enum\":[\"h\",\"d\"]},"
    "\"status\":{\"enum\":[\"planned\",\"done\"]},\"thinks\":{\"type\":\"string\"}}}}}}\n";

void servers_write_schema(const char *folder) {
  Arena *arena = arena_new();
  Str why;
  os_write_file(arena, arena_format(arena, "%s/schema.json", folder).at, str_of(schema), &why);
  arena_free(arena);
}

static void write_c(Buf *to, const char *folder) {
  (void)folder;
  buf_add_c(to, "#include <stdio.h>\n#include <string.h>\n\nstruct step {\n  const char *title;\n  int effort;\n};\n");
  for (int i = 0; i < STEPS; i++)
    buf_printf(to,
               "\nint weigh_%d(const struct step *step) {\n  int effort = %d;\n  const char *title = \"%s\";\n"
               "  if (!step) return effort;\n  for (int i = 0; i < step->effort; i++) {\n    effort += i %% 7;\n"
               "    printf(\"%%s %%d\\n\", title, effort);\n  }\n"
               "  if (strcmp(step->title, title) == 0) effort -= 1;\n  return effort;\n}\n",
               i, 1 + i % 9, titles[i % 5]);
}

static const Server clangd = {
    .name = "clangd",
    .argv = {"clangd", "--background-index=false", NULL},
    .language = "c",
    .file = "steps.c",
    .options = "{}",
    .edits = {{"title = \"", "x", 0},
              {"int weigh_", "7", 0},
              {"step->eff", "x", 0},
              {"effort = ", "1", 0},
              {"effort -= ", "", 1},
              {"return effort", "", 1},
              {"effort -= 1;", "\n  effort += 2;", 0},
              {"i++) {\n", "", WITH_ITS_END}},
    .edit_count = 8,
    .completed = {{"effort -= 1;", "\n  pri", 0}, {"strcmp(step->", "", 5}, {"return ", "", 6}},
    .hovered = {"  return eff", "  if (strc", "struct st"},
    .write = write_c};

static void write_yaml(Buf *to, const char *folder) {
  buf_printf(to, "# yaml-language-server: $schema=file://%s/schema.json\ntouchpoints:\n", folder);
  for (int i = 0; i < STEPS; i++)
    buf_printf(to,
               "  - name: step-%d\n    title: \"%s\"\n    channel: %s\n    client: \"%s, and asks a colleague\"\n"
               "    frontstage: \"Sends it and answers\"\n    backstage: \"Checks it\"\n    owner: team-%d\n"
               "    feels: %d\n    takes: %d\n    unit: d\n    status: planned\n    # goes on\n",
               i, titles[i % 5], channels[i % 4], titles[(i + 1) % 5], i % 3, i % 5 - 2, 1 + i % 9);
}

static const Server yaml = {
    .name = "yaml-language-server",
    .argv = {"yaml-language-server", "--stdio", NULL},
    .language = "yaml",
    .file = "steps.yaml",
    .options = "{}",
    .edits = {{"client: \"", "x", 0},
              {"name: step-", "7", 0},
              {"owner: team-", "7", 0},
              {"takes: ", "1", 0},
              {"feels: ", "", 1},
              {"client: ", "", 1},
              {"unit: d", "\n    thinks: \"Why?\"", 0},
              {"unit: d\n", "", WITH_ITS_END}},
    .edit_count = 8,
    .completed = {{"unit: d", "\n    th", 0}, {"owner: ", "", REST_OF_LINE}, {"channel: ", "", REST_OF_LINE}},
    .hovered = {"    chan", "    fee", "    front"},
    .write = write_yaml};

static void write_json(Buf *to, const char *folder) {
  buf_printf(to, "{\n  \"$schema\": \"file://%s/schema.json\",\n  \"touchpoints\": [\n", folder);
  for (int i = 0; i < STEPS; i++)
    buf_printf(to,
               "    {\n      \"name\": \"step-%d\",\n      \"title\": \"%s\",\n      \"channel\": \"%s\",\n"
               "      \"client\": \"%s, and asks a colleague\",\n      \"frontstage\": \"Sends it and answers\",\n"
               "      \"owner\": \"team-%d\",\n      \"feels\": %d,\n      \"takes\": %d,\n"
               "      \"unit\": \"d\",\n      \"status\": \"planned\"\n    }%s\n",
               i, titles[i % 5], channels[i % 4], titles[(i + 1) % 5], i % 3, i % 5 - 2, 1 + i % 9,
               i + 1 < STEPS ? "," : "");
  buf_add_c(to, "  ]\n}\n");
}

static const Server json = {
    .name = "JSON, of VS Code",
    .argv = {"vscode-json-language-server", "--stdio", NULL},
    .language = "json",
    .file = "steps.json",
    .options = "{\"handledSchemaProtocols\":[\"file\"],\"provideFormatter\":true}",
    .edits = {{"\"client\": \"", "x", 0},
              {"\"name\": \"step-", "7", 0},
              {"\"owner\": \"team-", "7", 0},
              {"\"takes\": ", "1", 0},
              {"\"feels\": ", "", 1},
              {"\"client\": ", "", 1},
              {"\"unit\": \"d\",", "\n      \"thinks\": \"Why?\",", 0},
              {"\"unit\": \"d\",\n", "", WITH_ITS_END}},
    .edit_count = 8,
    .completed = {{"\"unit\": \"d\",", "\n      \"th", 0}, {"\"owner\": \"", "", 6}, {"\"channel\": \"", "", 1}},
    .hovered = {"\"chan", "\"fee", "\"front"},
    .pulls = true,
    .write = write_json};

void servers_fill(Server servers[SERVERS], const char *program) {
  servers[0] = journey;
  servers[0].argv[0] = program;
  servers[1] = clangd;
  servers[2] = yaml;
  servers[3] = json;
}
