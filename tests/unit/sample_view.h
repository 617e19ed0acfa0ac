/* A view made by hand, for the tests of layout and drawing: a few rich steps, in many scripts. */
#ifndef TESTS_SAMPLE_VIEW_H
#define TESTS_SAMPLE_VIEW_H

#include "view/view.h"

/* clang-format off */
#define ENTRY(kind_, text_, ...) {.kind = kind_, .text = STR(text_), __VA_ARGS__}
#define ARRAY(array) array, sizeof array / sizeof *array

static const Entry sample_client0[] = {ENTRY(ENTRY_TEXT, "Searches for \"onboarding software\", reads three comparison articles, and asks two people whom she trusts")};
static const Entry sample_client1[] = {ENTRY(ENTRY_TEXT, "Reads the contract, asks two questions, signs"), ENTRY(ENTRY_TEXT, "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihung steht an")};
static const Entry sample_client2[] = {ENTRY(ENTRY_TEXT, "تقرأ العقد وتطرح سؤالين ثم توقّع على الاتفاقية مع فريق المبيعات")};
static const Entry sample_client3[] = {ENTRY(ENTRY_TEXT, "她阅读合同，提出两个问题，然后签署协议。第一份报告在一周之内完成。")};
static const Entry sample_client4[] = {ENTRY(ENTRY_TEXT, "वह अनुबंध पढ़ती है, दो प्रश्न पूछती है और हस्ताक्षर करती है 🎉👩‍👩‍👧‍👦🇩🇪")};
static const Entry sample_client5[] = {ENTRY(ENTRY_TEXT, "เธออ่านสัญญาถามคำถามสองข้อแล้วลงนามในข้อตกลงกับทีมขาย")};
static const Cell sample_client[] = {{ARRAY(sample_client0)}, {ARRAY(sample_client1)}, {ARRAY(sample_client2)}, {ARRAY(sample_client3)}, {ARRAY(sample_client4)}, {ARRAY(sample_client5)}};

static const Entry sample_thought0[] = {ENTRY(ENTRY_THOUGHT, "Everyone promises it takes a week.")};
static const Entry sample_thought1[] = {ENTRY(ENTRY_THOUGHT, "What else will they charge for?")};
static const Cell sample_thoughts[] = {{ARRAY(sample_thought0)}, {ARRAY(sample_thought1)}, {0}, {0}, {0}, {0}};

static const Entry sample_via0[] = {ENTRY(ENTRY_CHANNEL, "Web", .icon = "web"), ENTRY(ENTRY_CHANNEL, "Social media", .icon = "social")};
static const Entry sample_via1[] = {ENTRY(ENTRY_CHANNEL, "E-mail", .icon = "email")};
static const Entry sample_via2[] = {ENTRY(ENTRY_CHANNEL, "In person", .icon = "person"), ENTRY(ENTRY_CHANNEL, "Video call", .icon = "video")};
static const Entry sample_via3[] = {ENTRY(ENTRY_CHANNEL, "Phone", .icon = "phone"), ENTRY(ENTRY_CHANNEL, "App", .icon = "app"), ENTRY(ENTRY_CHANNEL, "Form", .icon = "form"), ENTRY(ENTRY_CHANNEL, "Chat", .icon = "chat"), ENTRY(ENTRY_CHANNEL, "Document", .icon = "document")};
static const Entry sample_via4[] = {ENTRY(ENTRY_CHANNEL, "Invoice", .icon = "invoice"), ENTRY(ENTRY_CHANNEL, "Ad", .icon = "ad"), ENTRY(ENTRY_CHANNEL, "Review site", .icon = "review"), ENTRY(ENTRY_CHANNEL, "Event", .icon = "event"), ENTRY(ENTRY_CHANNEL, "Knowledge base", .icon = "book")};
static const Entry sample_via5[] = {ENTRY(ENTRY_CHANNEL, "API", .icon = "api"), ENTRY(ENTRY_CHANNEL, "Post", .icon = "post"), ENTRY(ENTRY_CHANNEL, "Shop", .icon = "shop"), ENTRY(ENTRY_CHANNEL, "Something else", .icon = "dot")};
static const Cell sample_via[] = {{ARRAY(sample_via0)}, {ARRAY(sample_via1)}, {ARRAY(sample_via2)}, {ARRAY(sample_via3)}, {ARRAY(sample_via4)}, {ARRAY(sample_via5)}};

static const Entry sample_need0[] = {ENTRY(ENTRY_NEED, "An honest comparison", .label = STR("met"), .level = 1)};
static const Entry sample_need1[] = {ENTRY(ENTRY_NEED, "One page with every price on it", .label = STR("unmet"), .level = 3), ENTRY(ENTRY_NEED, "A named person to ask", .label = STR("partly met"), .level = 2)};
static const Entry sample_need2[] = {ENTRY(ENTRY_NEED, "معرفة السعر الكامل قبل التوقيع", .label = STR("unmet"), .level = 3)};
static const Cell sample_needs[] = {{ARRAY(sample_need0)}, {ARRAY(sample_need1)}, {ARRAY(sample_need2)}, {0}, {0}, {0}};

static const Entry sample_pain1[] = {ENTRY(ENTRY_PAIN, "A set-up fee appears in the contract", .label = STR("High · 38% of interviews"), .level = 3, .details = STR("Quotes are written before the scope is known")), ENTRY(ENTRY_PAIN, "Two contracts for one product", .label = STR("Low"), .level = 1)};
static const Entry sample_pain4[] = {ENTRY(ENTRY_PAIN, "Forty questions, asked twice", .label = STR("Critical"), .level = 4), ENTRY(ENTRY_PAIN, "No answer for days", .label = STR("Medium"), .level = 2)};
static const Cell sample_pains[] = {{0}, {ARRAY(sample_pain1)}, {0}, {0}, {ARRAY(sample_pain4)}, {0}};

static const Entry sample_idea1[] = {ENTRY(ENTRY_OPPORTUNITY, "Show every price on one page before the contract", .label = STR("planned, due 15 Jan 2027"), .details = STR("Impact 4, effort 2; Sales"))};
static const Cell sample_ideas[] = {{0}, {ARRAY(sample_idea1)}, {0}, {0}, {0}, {0}};

static const Entry sample_front1[] = {ENTRY(ENTRY_ACTION, "Sends the contract and answers", .label = STR("Sales"), .colour = 0xF6C344, .has_colour = true)};
static const Entry sample_front2[] = {ENTRY(ENTRY_ACTION, "Runs the kick-off", .label = STR("Customer success"), .colour = 0x2B6CB0, .has_colour = true)};
static const Cell sample_front[] = {{0}, {ARRAY(sample_front1)}, {ARRAY(sample_front2)}, {0}, {0}, {0}};
static const Entry sample_back1[] = {ENTRY(ENTRY_ACTION, "Checks the credit line", .label = STR("Finance"), .colour = 0x38A169, .has_colour = true)};
static const Cell sample_back[] = {{0}, {ARRAY(sample_back1)}, {0}, {0}, {0}, {0}};
static const Entry sample_system1[] = {ENTRY(ENTRY_SYSTEM, "CRM"), ENTRY(ENTRY_SYSTEM, "Contract management and electronic signature")};
static const Cell sample_systems[] = {{0}, {ARRAY(sample_system1)}, {0}, {0}, {0}, {0}};
static const Entry sample_owner0[] = {ENTRY(ENTRY_OWNER, "No owner", .level = 1)};
static const Entry sample_owner1[] = {ENTRY(ENTRY_OWNER, "Sales", .colour = 0xF6C344, .has_colour = true)};
static const Entry sample_owner2[] = {ENTRY(ENTRY_OWNER, "Customer success", .colour = 0x2B6CB0, .has_colour = true)};
static const Cell sample_owners[] = {{ARRAY(sample_owner0)}, {ARRAY(sample_owner1)}, {ARRAY(sample_owner2)}, {ARRAY(sample_owner2)}, {ARRAY(sample_owner2)}, {ARRAY(sample_owner2)}};
static const Entry sample_measure1[] = {ENTRY(ENTRY_MEASURE, "Conversion 42%", .name = STR("Conversion"), .value = STR("42%"), .label = STR("target 55%"), .level = 1), ENTRY(ENTRY_TIME, "3 days", .label = STR("waiting")), ENTRY(ENTRY_TIME, "30 min", .label = STR("busy"))};
static const Cell sample_measures[] = {{0}, {ARRAY(sample_measure1)}, {0}, {0}, {0}, {0}};

static const ViewLane sample_lanes[] = {
    {.title = STR("Client does"), .cells = sample_client}, {.title = STR("Client thinks"), .cells = sample_thoughts},
    {.title = STR("Touchpoint"), .cells = sample_via}, {.kind = LANE_EMOTION, .title = STR("Emotion")},
    {.title = STR("Needs"), .cells = sample_needs}, {.title = STR("Pains"), .cells = sample_pains},
    {.title = STR("Opportunities"), .cells = sample_ideas},
    {.title = STR("Front stage"), .line = STR("Line of interaction"), .cells = sample_front},
    {.title = STR("Back stage"), .line = STR("Line of visibility"), .cells = sample_back},
    {.title = STR("Systems"), .line = STR("Line of internal interaction"), .cells = sample_systems},
    {.title = STR("Owner"), .cells = sample_owners}, {.title = STR("Measures"), .cells = sample_measures}};

static const ViewStep sample_steps[] = {
    {.id = STR("search"), .number = 1, .anchor = STR("search"), .title = STR("Looks for a way out of the spreadsheets"), .has_emotion = true, .emotion = 0.5, .emotion_label = STR("+1"), .emotion_text = STR("Hopeful"), .emotion_source = STR("Interviews")},
    {.id = STR("sign"), .number = 2, .anchor = STR("sign"), .title = STR("Signs the agreement"), .moment_of_truth = true, .moment_text = STR("A third of all deals end here"), .has_emotion = true, .emotion = -1, .emotion_label = STR("-2"), .emotion_text = STR("Anxious about hidden costs"), .lowest = true},
    {.id = STR("بدء"), .number = 3, .anchor = STR("بدء"), .title = STR("اجتماع البداية"), .has_emotion = true, .emotion = 0, .emotion_label = STR("0"), .emotion_text = STR("هادئ"), .state = 1},
    {.id = STR("首次"), .number = 4, .anchor = STR("首次"), .title = STR("第一次使用系统"), .state = 2},
    {.id = STR("hindi"), .number = 5, .anchor = STR("hindi"), .title = STR("सुरक्षा समीक्षा"), .has_emotion = true, .emotion = -0.5, .emotion_label = STR("-1"), .emotion_text = STR("Forty questions, asked twice, by two people who do not talk to each other"), .emotion_source = STR("Log")},
    {.id = STR("thai"), .number = 6, .anchor = STR("thai"), .title = STR("รายงานฉบับแรก"), .has_emotion = true, .emotion = 1, .emotion_label = STR("+2"), .emotion_text = STR("Delighted 🎉"), .highest = true, .emotion_source = STR("Survey")}};

static const ViewStage sample_stages[] = {
    {.title = STR("Decision"), .goal = STR("Know the whole price, and sign"), .owner = STR("Sales"), .owner_colour = 0xF6C344, .has_owner_colour = true, .first_step = 0, .step_count = 2},
    {.title = STR("التهيئة"), .goal = STR("البدء بسرعة"), .owner = STR("Customer success"), .owner_colour = 0x2B6CB0, .has_owner_colour = true, .first_step = 2, .step_count = 2},
    {.title = STR("First value"), .first_step = 4, .step_count = 2}};

static const Str sample_goals[] = {STR("Close the books in three days"), STR("Stop being the person who knows all the spreadsheets")};
static const Str sample_frustrations[] = {STR("Being sold to"), STR("Vendors who answer a question with a meeting")};
static const ViewList sample_lists[] = {{STR("Goals"), ARRAY(sample_goals)}, {STR("Motivations"), ARRAY(sample_goals)}, {STR("Frustrations"), ARRAY(sample_frustrations)}};
static const Entry sample_figures[] = {ENTRY(ENTRY_MEASURE, "Net Promoter Score 12 ± 8", .name = STR("Net Promoter Score"), .value = STR("12 ± 8"), .label = STR("target 30"), .level = 1), ENTRY(ENTRY_MEASURE, "Churn 4%", .name = STR("Churn"), .value = STR("4%"), .label = STR("target 5%"), .level = 2)};

static const View sample_view = {
    .id = STR("onboarding"), .title = STR("Enterprise onboarding"), .kind = STR("Current state"), .doc = STR("From the first search to the renewal call."),
    .scenario = STR("Moves forty people off spreadsheets before the fiscal year ends"), .objective = STR("Cut the time to first value from 21 days to 7"),
    .owner = STR("Customer success"), .mapped_by = STR("Customer success, Sales, Finance"), .reviewed = STR("1 Oct 2026, due every quarter"),
    .review_note = STR("Review overdue since 1 Jan 2027"), .review_overdue = true, .validated = STR("12 Sep 2026 with 12 clients, by interview"),
    .persona = {.name = STR("Sarah Chen"), .role = STR("Head of operations"), .demographics = STR("42, Leeds, 300 employees"),
                .quote = STR("I just want to know what it costs."), .about = STR("Buys for forty people"), .segment = STR("Enterprise"),
                .lists = sample_lists, .list_count = 3, .present = true},
    .stages = sample_stages, .stage_count = 3, .steps = sample_steps, .step_count = 6, .lanes = sample_lanes, .lane_count = 12,
    .measures = sample_figures, .measure_count = 2, .scale_min = STR("-2"), .scale_max = STR("+2"), .scale_middle = STR("0")};

#endif
