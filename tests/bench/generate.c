/* generate FOLDER TOUCHPOINTS FILES rich|usual|bare|variant : writes FILES journey files with that many touchpoints
 * together, always the same ones. Maps of 25 touchpoints in five stages, or of 5, 10, 15 or 20 where a file has no
 * more; rich ones say as much of a step as those in examples/, usual ones come to twelve lines a step, bare ones say
 * its title, channel and emotion. `variant` is one bare map with all the touchpoints, and a variant of it that changes
 * a third of them, drops a third, and adds one behind each of the last third. Whoever and whatever a rich or usual map
 * names is declared in people.journey, beside them. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { STAGES = 5, STEPS = 5, TEAMS = 6, EVIDENCE = 4 };

static const char *const stages[STAGES] = {"Discovery", "Decision", "Onboarding", "Daily use", "Renewal"};
static const char *const channels[] = {"web", "email", "phone", "chat", "in-person", "app", "invoice", "document"};
static const char *const does[] = {"Reads",     "Asks about", "Signs",    "Compares",
                                   "Waits for", "Fills in",   "Forwards", "Pays"};
static const char *const what[] = {"the contract", "the price list", "the security review", "the first report",
                                   "the invoice",  "the invitation", "the training plan",   "the renewal offer"};
static const char *const thoughts[] = {"What else will they charge for?", "Why do they ask this again?",
                                       "That was quick.", "Who decides this on their side?",
                                       "I hope nobody sees these numbers yet."};

static unsigned long long state = 88172645463325252ull;

static unsigned below(unsigned limit) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (unsigned)(state >> 33) % limit;
}

#define ANY(list) (list)[below(sizeof(list) / sizeof *(list))]

static unsigned pains[STAGES * STEPS], pain_count;

static void pain(FILE *to, unsigned id) {
  pains[pain_count++] = id;
  fprintf(to, "\n      pain hurdle-%u \"%s %s takes three attempts\" {\n", id, ANY(does), ANY(what));
  fprintf(to, "        severity  %s\n", below(2) ? "medium" : "high");
  fprintf(to, "        because   \"Quotes are written before the scope is known\"\n");
  fprintf(to, "        because   \"Scope is known to a team that is not asked\"\n");
  fprintf(to, "        because   \"Whom to ask is written nowhere\"\n");
  fprintf(to, "        hurts     \"It reads as a trick, after weeks of trust\"\n");
  fprintf(to, "        seen-in   study-%u %u%%\n      }\n", below(EVIDENCE), 5 + below(90));
}

static void rich_step(FILE *to, unsigned id) {
  fprintf(to, "\n    touchpoint step-%u \"%s %s\" {\n", id, ANY(does), ANY(what));
  fprintf(to, "      via         %s\n", ANY(channels));
  fprintf(to, "      client      \"%s %s, and asks a colleague what to make of it\"\n", ANY(does), ANY(what));
  fprintf(to, "      thinks      \"%s\"\n", ANY(thoughts));
  fprintf(to, "      frontstage  team-%u  \"Sends %s and answers\"\n", below(TEAMS), ANY(what));
  fprintf(to, "      backstage   team-%u  \"Checks %s\" using crm\n", below(TEAMS), ANY(what));
  if (below(2)) fprintf(to, "      needs       \"One page with %s on it\" %s\n", ANY(what), below(2) ? "met" : "unmet");
  fprintf(to, "      feels       %+d \"Expected less trouble with %s\" from study-%u\n", (int)below(5) - 2, ANY(what),
          below(EVIDENCE));
  fprintf(to, "      takes       %u%s\n", 1 + below(9), below(2) ? "h" : "d");
  if (below(12) == 0) fprintf(to, "      moment-of-truth\n");
  if (below(3) == 0) pain(to, id);
  fprintf(to, "    }\n");
}

/* Of the few that are high nothing says why: something is left to complain of, as in any map. */
static void usual_pain(FILE *to, unsigned id) {
  pains[pain_count++] = id;
  fprintf(to, "\n      pain hurdle-%u \"%s %s takes three attempts\" {\n", id, ANY(does), ANY(what));
  fprintf(to, "        severity  %s\n        seen-in   study-%u %u%%\n      }\n", below(8) ? "medium" : "high",
          below(EVIDENCE), 5 + below(90));
}

static void usual_step(FILE *to, unsigned id) {
  fprintf(to, "\n    touchpoint step-%u \"%s %s\" {\n", id, ANY(does), ANY(what));
  fprintf(to, "      via         %s\n", ANY(channels));
  fprintf(to, "      client      \"%s %s, and asks a colleague what to make of it\"\n", ANY(does), ANY(what));
  fprintf(to, "      frontstage  team-%u  \"Sends %s and answers\"\n", below(TEAMS), ANY(what));
  fprintf(to, "      backstage   team-%u  \"Checks %s\" using crm\n", below(TEAMS), ANY(what));
  fprintf(to, "      feels       %+d \"Expected less trouble with %s\" from study-%u\n", (int)below(5) - 2, ANY(what),
          below(EVIDENCE));
  fprintf(to, "      takes       %u%s\n", 1 + below(9), below(2) ? "h" : "d");
  if (below(6) == 0) usual_pain(to, id);
  fprintf(to, "    }\n");
}

static void bare_step(FILE *to, unsigned id) {
  (void)id;
  fprintf(to, "    touchpoint \"%s %s\"  via %s  feels %+d\n", ANY(does), ANY(what), ANY(channels), (int)below(5) - 2);
}

static void (*step)(FILE *to, unsigned id) = bare_step;

/* One for each pain of the journey, so that there is nothing to complain of. */
static void opportunities(FILE *to) {
  for (unsigned i = 0; i < pain_count; i++)
    fprintf(to,
            "\n  opportunity \"Make %s easier, step %u\" {\n    solves  hurdle-%u\n    impact  %u\n    effort  %u\n"
            "    owner   team-%u\n    due     2027-%02u-15\n    status  planned\n  }\n",
            ANY(what), pains[i], pains[i], 1 + below(5), 1 + below(5), below(TEAMS), 1 + below(12));
  pain_count = 0;
}

static void heading(FILE *to, unsigned number) {
  fprintf(to, "journey map-%u \"Enterprise onboarding, region %u\" {\n", number, number);
  if (step == bare_step) return;
  fprintf(to, "  type       current-state\n  persona    sarah\n  owner      team-0\n"
              "  scenario   \"Moves forty people off spreadsheets before the fiscal year ends\"\n"
              "  mapped-by  team-0, team-1, team-2, team-3, team-4\n"
              "  reviewed   2026-10-01 every year\n  validated  2026-09-12 with 12 clients by interview\n");
}

static void journey(FILE *to, unsigned number, unsigned steps) {
  heading(to, number);
  for (unsigned stage = 0; stage < STAGES; stage++) {
    fprintf(to, "\n  stage stage-%u \"%s\" {\n", stage, stages[stage]);
    if (step != bare_step) fprintf(to, "    goal   \"Know %s, and go on\"\n    owner  team-%u\n", ANY(what), stage);
    for (unsigned i = 0; i < steps; i++) step(to, stage * STEPS + i);
    fprintf(to, "  }\n");
  }
  if (step != bare_step) opportunities(to);
  fprintf(to, "}\n\n");
}

/* In one stage, so that each line of the variant has all of them to look through. */
static void variant(FILE *to, unsigned touchpoints) {
  fprintf(to, "journey base \"As it is\" {\n  stage all \"All\" {\n");
  for (unsigned i = 0; i < touchpoints; i++)
    fprintf(to, "    touchpoint step-%u \"%s %s\"  via %s\n", i, ANY(does), ANY(what), ANY(channels));
  fprintf(to, "  }\n}\n\njourney better \"As it could be\" extends base {\n");
  for (unsigned i = 0; i + 2 < touchpoints; i += 3) {
    fprintf(to, "  change step-%u { feels %+d }\n  drop step-%u\n", i, (int)below(5) - 2, i + 1);
    fprintf(to, "  change all { touchpoint new-%u \"%s %s\" { after step-%u } }\n", i, ANY(does), ANY(what), i + 2);
  }
  fprintf(to, "}\n");
}

static void people(FILE *to) {
  fprintf(to, "persona sarah \"Sarah Chen\" {\n  role  \"Head of operations\"\n"
              "  goal  \"Close the books in three days\"\n}\n"
              "persona omar \"Omar Haddad\" role \"Planner\" goal \"Hand over a shift without a call\"\n"
              "system crm \"CRM\"\n");
  for (unsigned i = 0; i < TEAMS; i++) fprintf(to, "team team-%u \"Team %u\" colour #2b6cb0\n", i, i);
  for (unsigned i = 0; i < EVIDENCE; i++)
    fprintf(to, "evidence study-%u \"Study %u\" method %s collected 2026-08-31 answered 39\n", i, i,
            i % 2 == 0 ? "interview" : "event-log");
}

static FILE *open_file(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *to = fopen(path, "w");
  if (to) return to;
  perror(path);
  exit(2);
}

static void close_file(FILE *to) {
  if (fclose(to) == 0) return;
  perror("generate");
  exit(2);
}

/* The maps of one file after the other; `variant` is one file. */
static void maps(const char *folder, unsigned touchpoints, unsigned files, bool is_variant) {
  unsigned steps = touchpoints / files / STAGES;
  if (steps > STEPS) steps = STEPS;
  unsigned journeys = steps ? touchpoints / (STAGES * steps) : 0;
  for (unsigned file = 0, number = 0; file < files; file++) {
    char name[32];
    snprintf(name, sizeof name, "map-%04u.journey", file);
    FILE *to = open_file(folder, name);
    if (step != bare_step) fprintf(to, "use \"people.journey\"\n\n");
    if (is_variant) variant(to, touchpoints);
    else
      for (; number < (unsigned)((unsigned long long)journeys * (file + 1) / files); number++)
        journey(to, number, steps);
    close_file(to);
  }
}

int main(int count, char **arguments) {
  if (count != 5) return fprintf(stderr, "generate FOLDER TOUCHPOINTS FILES rich|usual|bare|variant\n"), 2;
  const char *folder = arguments[1], *kind = arguments[4];
  unsigned touchpoints = (unsigned)atoi(arguments[2]), files = (unsigned)atoi(arguments[3]);
  if (files == 0) return 2;
  if (strcmp(kind, "rich") == 0) step = rich_step;
  if (strcmp(kind, "usual") == 0) step = usual_step;
  mkdir(folder, 0777);
  if (step != bare_step) {
    FILE *to = open_file(folder, "people.journey");
    people(to);
    close_file(to);
  }
  maps(folder, touchpoints, files, strcmp(kind, "variant") == 0);
  return 0;
}
