/* A map as Markdown, from a view that is put together by hand; and the escaping of texts. */
#include "check.h"
#include "write/markdown.h"

static void check_escape(const char *text, const char *expected) {
  Buf buf = {0};
  markdown_add(&buf, str_of(text));
  CHECK_STR(buf_str(&buf), expected);
  buf_free(&buf);
}

static void test_escapes(void) {
  check_escape("plain, with a full stop.", "plain, with a full stop.");
  check_escape("*bold* _soft_ `code` [link](x) <b>", "\\*bold\\* \\_soft\\_ \\`code\\` \\[link\\](x) \\<b\\>");
  check_escape("a | b ~~c~~ \\", "a \\| b \\~\\~c\\~\\~ \\\\");
  check_escape("https://example.com/a_b?c=1&d=2", "https://example.com/a_b?c=1&d=2");
  check_escape("(see https://example.com/~a/_b_?c=1&amp;d) ~~x", "(see https://example.com/~a/_b_?c=1&amp;d) \\~\\~x");
  check_escape("&lt; & &#38; R&D", "\\&lt; & \\&#38; R&D");
  check_escape("# 1", "\\# 1");
  check_escape("1. one\n2) two\r\n- three", "1\\. one<br>2) two<br>- three");
  check_escape("3 days. 4", "3 days. 4");
  check_escape("-2", "-2");
  check_escape("- 2", "\\- 2");
  check_escape("$40", "$40");
  check_escape("from $40 to $50", "from \\$40 to \\$50");
  check_escape(" 契約_書_ 🎉 ", "契約_書\\_ 🎉");
  check_escape("", "");
}

static const Entry channels[] = {{.kind = ENTRY_CHANNEL, .text = STR("E-mail"), .icon = "email"},
                                 {.kind = ENTRY_CHANNEL, .text = STR("Phone"), .icon = "phone"}};
static const Entry thoughts[] = {{.kind = ENTRY_THOUGHT, .text = STR("What else?")}};
static const Entry needs[] = {{.kind = ENTRY_NEED, .text = STR("One price"), .label = STR("unmet"), .level = 3}};
static const Entry pains[] = {{.kind = ENTRY_PAIN, .text = STR("Waits"), .label = STR("Low"), .level = 1, .at = {1, 3}},
                              {.kind = ENTRY_PAIN,
                               .text = STR("Hidden | fees"),
                               .label = STR("High"),
                               .details = STR("Why: late quotes"),
                               .level = 3,
                               .at = {1, 4}}};
static const Entry ideas[] = {
    {.kind = ENTRY_OPPORTUNITY, .text = STR("One page"), .label = STR("planned"), .at = {1, 9}}};
static const Entry actions[] = {{.kind = ENTRY_ACTION, .text = STR("Sends it"), .label = STR("Sales")},
                                {.kind = ENTRY_ACTION, .text = STR("Files it")}};
static const Entry times[] = {{.kind = ENTRY_TIME, .text = STR("30 min"), .label = STR("busy")}};
static const Entry notes[] = {{.text = STR("Asked for *twice*:\n\n- by legal")}};
static const Entry measures[] = {
    {.kind = ENTRY_MEASURE, .text = STR("NPS 12 ± 8"), .label = STR("target 30"), .level = 1}};

static const Cell via[] = {{channels, 2}, {0}}, think[] = {{thoughts, 1}, {0}}, need[] = {{needs, 1}, {0}},
                  pain[] = {{pains, 1}, {pains + 1, 1}}, idea[] = {{ideas, 1}, {ideas, 1}},
                  action[] = {{0}, {actions, 2}}, time_of[] = {{0}, {times, 1}}, note[] = {{0}, {notes, 1}};
static const ViewLane lanes[] = {{.shows = K_VIA, .title = STR("Channel"), .cells = via},
                                 {.shows = K_THINKS, .title = STR("Client thinks"), .cells = think},
                                 {.kind = LANE_EMOTION, .shows = K_FEELS, .title = STR("Emotion")},
                                 {.shows = K_NEEDS, .title = STR("Needs"), .cells = need},
                                 {.shows = K_PAIN, .title = STR("Pains"), .cells = pain},
                                 {.shows = K_OPPORTUNITY, .title = STR("Opportunities"), .cells = idea},
                                 {.shows = K_FRONTSTAGE, .title = STR("Front stage"), .cells = action},
                                 {.shows = K_TAKES, .title = STR("Time"), .cells = time_of},
                                 {.shows = K_NOTE, .title = STR("Notes"), .cells = note}};
static const ViewStage stages[] = {
    {.title = STR("Decision"), .goal = STR("Sign"), .owner = STR("Sales"), .step_count = 2}};
static const ViewStep steps[] = {
    {.title = STR("Reads"),
     .has_emotion = true,
     .emotion_label = STR("-2"),
     .emotion_text = STR("Anxious"),
     .emotion_source = STR("Interviews"),
     .lowest = true},
    {.title = STR("Signs"), .moment_of_truth = true, .moment_text = STR("Stays or leaves"), .state = 1}};
static const Str goals[] = {STR("Close the books")};
static const ViewList lists[] = {{STR("Goals"), goals, 1}};

static const View view = {.title = STR("Onboarding"),
                          .kind = STR("Current state"),
                          .doc = STR("From A to *B*."),
                          .scenario = STR("Moves"),
                          .owner = STR("Success"),
                          .reviewed = STR("1 Oct 2026"),
                          .review_note = STR("Review overdue"),
                          .review_overdue = true,
                          .persona = {.name = STR("Sarah"),
                                      .role = STR("Head"),
                                      .quote = STR("What does it cost?"),
                                      .segment = STR("Enterprise"),
                                      .lists = lists,
                                      .list_count = 1,
                                      .present = true},
                          .stages = stages,
                          .stage_count = 1,
                          .steps = steps,
                          .step_count = 2,
                          .lanes = lanes,
                          .lane_count = sizeof lanes / sizeof *lanes,
                          .measures = measures,
                          .measure_count = 1,
                          .scale_min = STR("-2"),
                          .scale_max = STR("+2"),
                          .scale_middle = STR("0")};

static void test_whole(void) {
  Buf buf = {0};
  markdown_write(&view, &buf);
  CHECK_STR(
      buf_str(&buf),
      "# Onboarding\n\n*Current state*\n\nFrom A to \\*B\\*.\n\n"
      "| | |\n|---|---|\n| **Persona** | Sarah |\n| **Scenario** | Moves |\n| **Owner** | Success |\n"
      "| **Reviewed** | 1 Oct 2026 |\n| | **Review overdue** |\n| **Validated** | Not yet with clients |\n\n"
      "## Sarah\n\n*Head*\n\n> “What does it cost?”\n\n- **Segment**: Enterprise\n\n**Goals**\n\n- Close the books\n\n"
      "## At a glance\n\nA journey map of Sarah (Head) with 2 steps in 1 stage: Decision. "
      "The lowest point is “Reads” (-2: Anxious). 1 moment of truth.\n\n| Stage | Touchpoint | Channel | Emotion, from "
      "-2 to +2 |\n|---|---|---|---|\n"
      "| Decision | Reads | E-mail, Phone | -2 Anxious, **lowest point** |\n"
      "|  | Signs **(moment of truth)** |  |  |\n\n"
      "## 1. Decision\n\n- **Goal of the client**: Sign\n- **Owner**: Sales\n\n"
      "### Reads\n\n- **Channel**:\n  - E-mail\n  - Phone\n- **Client thinks**: “What else?”\n"
      "- **Emotion**: -2 Anxious, **lowest point** (source: Interviews)\n- **Needs**: One price (unmet)\n"
      "- **Pains**: Waits (Low)\n- **Opportunities**: One page (planned)\n\n"
      "### Signs\n\n**Moment of truth**: Stays or leaves\n\n*Changed*\n\n"
      "- **Pains**: Hidden \\| fees (High)\n- **Opportunities**: One page (planned)\n"
      "- **Front stage**:\n  - Sales: Sends it\n  - Files it\n- **Time**: 30 min busy\n"
      "- **Notes**:\n\n  Asked for *twice*:\n\n  - by legal\n\n"
      "## Pains\n\n| Pain | How bad | Where | More |\n|---|---|---|---|\n"
      "| Hidden \\| fees | High | Signs | Why: late quotes |\n| Waits | Low | Reads |  |\n\n"
      "## Opportunities\n\n| Opportunity | How far | Where | More |\n|---|---|---|---|\n"
      "| One page | planned | Reads<br>Signs |  |\n\n"
      "## Measures\n\n- NPS 12 ± 8 (target 30, missed)\n");
  buf_free(&buf);
}

int main(void) {
  test_escapes();
  test_whole();
  return CHECK_DONE();
}
