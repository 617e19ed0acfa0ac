#include "lsp/feature/snippets.h"

static const Snippet snippets[] = {
    {K_FILE, K_JOURNEY, "a whole map, to be filled",
     "journey \"${1:What the client goes through}\" {\n"
     "  type     current-state\n"
     "  scenario \"${2:The situation that sets it off}\"\n\n"
     "  stage \"${3:Awareness}\" {\n"
     "    goal \"${4:What the client wants to have reached here}\"\n\n"
     "    touchpoint \"${5:What the client does}\" {\n"
     "      via   ${6:web=channel}\n"
     "      feels ${7:0} \"${8:Why}\"\n"
     "    }\n"
     "  }\n"
     "}$0"},
    {K_FILE, K_PERSONA, "a client, with goal, need and frustration",
     "persona ${1:name} \"${2:Full name}\" {\n"
     "  role        \"${3:Their role or job}\"\n"
     "  quote       \"${4:One sentence that they said}\"\n"
     "  goal        \"${5:What they want to reach}\"\n"
     "  needs       ${6:short-name} \"${7:What they need}\"\n"
     "  frustration \"${8:What annoys them}\"\n"
     "}$0"},
    {K_FILE, K_SEGMENT, "a group of clients, with its shares",
     "segment ${1:name} \"${2:Title}\" clients ${3:20%} revenue ${4:40%}$0"},
    {K_FILE, K_TEAM, "a team, with its colour", "team ${1:name} \"${2:Title}\" colour ${3:#2b6cb0}$0"},
    {K_FILE, K_SYSTEM, "a system", "system ${1:name} \"${2:Title}\"$0"},
    {K_FILE, K_CHANNEL, "a channel, with its picture", "channel ${1:name} \"${2:Title}\" icon ${3:dot}$0"},
    {K_FILE, K_EVIDENCE, "evidence, with its file",
     "evidence ${1:name} \"${2:Title}\" {\n"
     "  method    ${3:survey=method}\n"
     "  collected ${4:=today}\n"
     "  file      \"${5:data/answers.csv}\"\n"
     "  column    score \"${6:Score}\"\n"
     "}$0"},
    {K_FILE, K_METRIC, "a metric of your own, in Lua",
     "metric ${1:name} \"${2:Title}\" unit \"${3:points}\" better ${4:lower} computed-by \"${5:metrics/name.lua}\"$0"},
    {K_FILE, K_PROJECT, "what holds for all maps",
     "project \"${1:Name}\" {\n  ranked-by    ${2:rice}\n  review-every ${3:quarter}\n}$0"},
    {K_JOURNEY, K_STAGE, "a stage, with its first touchpoint",
     "stage \"${1:Title}\" {\n"
     "  goal \"${2:What the client wants to have reached}\"\n\n"
     "  touchpoint \"${3:What the client does}\" {\n"
     "    via   ${4:web=channel}\n"
     "    feels ${5:0} \"${6:Why}\"\n"
     "  }\n"
     "}$0"},
    {K_JOURNEY, K_OPPORTUNITY, "what will be done, with its numbers",
     "opportunity ${1:name} \"${2:What will be done}\" {\n"
     "  solves     ${3:pain=pain}\n"
     "  impact     ${4:5}\n"
     "  effort     ${5:3}\n"
     "  confidence ${6:50%}\n"
     "  owner      ${7:team=team}\n"
     "}$0"},
    {K_JOURNEY, K_PATH_, "where clients go, with shares",
     "path {\n  ${1:step} -> ${2:step} ${3:60%}\n  ${1:step} -> leaves ${4:40%}\n}$0"},
    {K_JOURNEY, K_MEASURE, "a number, with target and source",
     "measure ${1:nps=metric} ${2:0} target ${3:30} from ${4:evidence=evidence}$0"},
    {K_JOURNEY, K_EXPECT, "a promise about a metric", "expect ${1:effort=metric} <= ${2:2.5}$0"},
    {K_STAGE, K_TOUCHPOINT, "a step, with channel and feeling",
     "touchpoint \"${1:What the client does}\" {\n"
     "  via   ${2:web=channel}\n"
     "  feels ${3:0} \"${4:Why}\"\n"
     "}$0"},
    {K_STAGE, K_MEASURE, "a number, with target and source",
     "measure ${1:csat=metric} ${2:0} target ${3:80%} from ${4:evidence=evidence}$0"},
    {K_TOUCHPOINT, K_PAIN, "where it hurts, and why",
     "pain ${1:name} \"${2:Where it hurts}\" {\n"
     "  severity ${3:medium=severity}\n"
     "  because  \"${4:Why it happens}\"\n"
     "  hurts    \"${5:Why it feels bad}\"\n"
     "}$0"},
    {K_TOUCHPOINT, K_BACKSTAGE, "what a team does behind it",
     "backstage ${1:team=team} \"${2:What they do}\" using ${3:system=system}$0"},
    {K_TOUCHPOINT, K_FRONTSTAGE, "what a team does where the client sees it",
     "frontstage ${1:team=team} \"${2:What they do}\"$0"},
    {K_TOUCHPOINT, K_HANDS_OVER, "what passes to another team", "hands-over \"${1:What}\" to ${2:team=team}$0"},
    {K_TOUCHPOINT, K_MEASURE, "a number, with target and source",
     "measure ${1:csat=metric} ${2:0} target ${3:80%} from ${4:evidence=evidence}$0"},
    {K_NONE, K_NONE, NULL, NULL},
};

const Snippet *snippets_all(void) { return snippets; }
