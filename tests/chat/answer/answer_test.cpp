#include "chat/answer/answer.h"

#include <gtest/gtest.h>

#include "support/transcript.h"

namespace onellm::chat {
namespace {

constexpr DialectId kClient{7};
constexpr DialectId kOther{8};

std::vector<std::string> shown(const AnswerExtras& extras) {
  test::Recorder recorder;
  extras.show(recorder);
  return recorder.lines;
}
using Lines = std::vector<std::string>;

TEST(Answer, JoinsThePiecesOfEachChannel) {
  Answer answer;
  answer.take({.kind = EventKind::kStarted, .id = {"id-1"}, .name = {"gpt-4o"}, .created_s = 17});
  answer.take({.kind = EventKind::kReasoning, .text = {"Hm"}});
  answer.take({.kind = EventKind::kText, .text = {"Hel"}});
  answer.take({.kind = EventKind::kText, .text = {"lo"}});
  answer.take({.kind = EventKind::kRefusal, .text = {"No."}});
  answer.take({.kind = EventKind::kFinished, .finish = FinishReason::kLength, .native_finish = {"max"}});
  answer.take({.kind = EventKind::kCompleted});

  EXPECT_EQ(answer.id, "id-1");
  EXPECT_EQ(answer.model, "gpt-4o");
  EXPECT_EQ(answer.created_s, 17);
  ASSERT_EQ(answer.choices.size(), 1u);
  EXPECT_EQ(answer.choices[0].text, "Hello");
  EXPECT_EQ(answer.choices[0].reasoning, "Hm");
  EXPECT_EQ(answer.choices[0].refusal, "No.");
  EXPECT_EQ(answer.choices[0].finish, FinishReason::kLength);
  EXPECT_EQ(answer.choices[0].native_finish, "max");
  EXPECT_TRUE(answer.completed);
}

TEST(Answer, TellsEmptyTextFromNone) {
  Answer answer;
  answer.take({.kind = EventKind::kText, .choice = 1, .text = {}});
  ASSERT_EQ(answer.choices.size(), 2u);
  EXPECT_FALSE(answer.choices[0].has_text);
  EXPECT_TRUE(answer.choices[1].has_text);
}

TEST(Answer, KeepsTheFragmentsOfSeveralCallsApart) {
  Answer answer;
  answer.take({.kind = EventKind::kToolCallOpened, .tool_call = 0, .id = {"a"}, .name = {"weather"}});
  answer.take({.kind = EventKind::kToolCallOpened, .tool_call = 1, .custom = true, .id = {"b"}, .name = {"shell"}});
  answer.take({.kind = EventKind::kToolArguments, .tool_call = 0, .text = {"{"}});
  answer.take({.kind = EventKind::kToolArguments, .tool_call = 1, .text = {"ls"}, .delta_extra = {"\"x\":1"}});
  answer.take({.kind = EventKind::kToolArguments, .tool_call = 0, .text = {"}"}});

  const std::vector<AnswerToolCall>& calls = answer.choices.at(0).tool_calls;
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[0].arguments, "{}");
  EXPECT_FALSE(calls[0].custom);
  EXPECT_EQ(calls[1].arguments, "ls");
  EXPECT_TRUE(calls[1].custom);
  EXPECT_EQ(calls[1].extra, "\"x\":1");
  EXPECT_TRUE(answer.choices[0].others.empty());
}

TEST(Answer, CountsTheLastUsageAndKeepsTheError) {
  Answer answer;
  Usage first;
  first.total_tokens = 1;
  Usage last;
  last.total_tokens = 2;
  Error error{.kind = ErrorKind::kUpstreamCut, .message = "cut"};
  answer.take({.kind = EventKind::kUsage, .usage = &first});
  answer.take({.kind = EventKind::kUsage, .usage = &last});
  answer.take({.kind = EventKind::kFailed, .error = &error});
  ASSERT_TRUE(answer.usage.has_value());
  EXPECT_EQ(answer.usage->total_tokens, 2);
  ASSERT_TRUE(answer.error.has_value());
  EXPECT_EQ(answer.error->message, "cut");
  EXPECT_FALSE(answer.completed);
}

TEST(Answer, JoinsExtrasOfChoicesAndKeepsTheLastOfTheReply) {
  Answer answer;
  answer.take({.kind = EventKind::kText,
               .extra_of = kOther,
               .choice_extra = {R"("logprobs":{"content":[{"token":"A"}],"refusal":null})"},
               .reply_extra = {R"("service_tier":"auto")"}});
  answer.take({.kind = EventKind::kText,
               .extra_of = kOther,
               .choice_extra = {R"("logprobs":{"content":[{"token":"B"}],"refusal":null})"},
               .reply_extra = {R"("service_tier":"flex")"}});
  EXPECT_EQ(shown(answer.choices.at(0).others),
            Lines{R"(extra 0 | choice "logprobs":{"content":[{"token":"A"},{"token":"B"}],"refusal":null})"});
  EXPECT_EQ(shown(answer.others), Lines{R"(extra 0 | reply "service_tier":"flex")"});
}

TEST(Answer, KeepsTypedEventsAmongExtrasInTheirOrder) {
  Answer answer;
  EventDetails details;
  details.media = {.type = {"image/png"}, .data = {"QUJD"}};
  const auto extra = [](std::string_view members, DialectId of) {
    return Event{.kind = EventKind::kText, .extra_of = of, .text = {"a"}, .delta_extra = {members}};
  };
  answer.take(extra("\"x\":[1]", kOther));
  answer.take(extra("\"x\":[2]", kOther));
  answer.take({.kind = EventKind::kMedia, .details = &details});
  answer.take(extra("\"x\":[3]", kOther));
  answer.take(extra("\"y\":[4]", kClient));
  EXPECT_EQ(shown(answer.choices.at(0).others), (Lines{R"(extra 0 | delta "x":[1,2])", "media 0 image/png QUJD",
                                                       R"(extra 0 | delta "x":[3])", R"(extra 0 | delta "y":[4])"}));
  EXPECT_EQ(answer.choices[0].text, "aaaa");
}

// A client's dialect writes its own extras, and the details of events that have none.
TEST(Answer, KeepsOnlyWhatTheClientsDialectWrites) {
  EventDetails details;
  details.logprobs = {R"({"content":[]})"};
  details.service_tier = {"flex"};
  const auto event = [&details](DialectId of) {
    return Event{.kind = EventKind::kText,
                 .extra_of = of,
                 .details = &details,
                 .delta_extra = {"\"d\":1"},
                 .choice_extra = {"\"c\":1"},
                 .reply_extra = {"\"r\":1"}};
  };
  Answer own(kClient);
  own.take(event(kClient));
  EXPECT_EQ(shown(own.choices.at(0).others), Lines{R"(extra 0 | delta "d":1 | choice "c":1)"});
  EXPECT_EQ(shown(own.others), Lines{R"(extra 0 | reply "r":1)"});

  Answer foreign(kClient);
  foreign.take(event(kOther));
  const std::string typed = R"(extra 0 | logprobs {"content":[]} | service_tier flex)";
  EXPECT_EQ(shown(foreign.choices.at(0).others), Lines{typed});
  EXPECT_EQ(shown(foreign.others), Lines{typed});
}

TEST(Answer, IgnoresTypedEventsThatTheClientsExtrasHold) {
  EventDetails details;
  details.citation = {.begin = 1, .end = 2, .url = {"u"}};
  for (const DialectId of : {kClient, kOther, DialectId::kNone}) {
    Answer answer(kClient);
    for (const EventKind kind : {EventKind::kCitation, EventKind::kContentEnded}) {
      answer.take({.kind = kind, .extra_of = of, .details = &details});
    }
    const Lines both = {R"(citation 0 1-2 u "")", "content_ended 0"};
    EXPECT_EQ(shown(answer.choices.at(0).others), of == kClient ? Lines{} : both);
  }
}

// The gateway's own members, and where the text of a leg begins, are in no extra.
TEST(Answer, KeepsWhatTheGatewayAddsBesideExtrasOfTheClient) {
  EventDetails details;
  details.service_tier = {"flex"};
  details.gateway_members = {"\"onellm\":1"};
  Answer answer(kClient);
  answer.take({.kind = EventKind::kFinished, .extra_of = kClient, .details = &details});
  EXPECT_EQ(shown(answer.others), Lines{R"(extra 0 | service_tier flex | gateway "onellm":1)"});

  EventDetails place;
  place.characters_before = 4;
  answer.take({.kind = EventKind::kText, .extra_of = kClient, .details = &place, .delta_extra = {"\"x\":1"}});
  EXPECT_EQ(shown(answer.choices.at(0).others), Lines{R"(extra 0 | characters_before 4 | delta "x":1)"});
}

TEST(Answer, KeepsTheSignatureOfACall) {
  Answer answer(kClient);
  EventDetails details;
  details.signature = {"s1"};
  answer.take({.kind = EventKind::kToolCallOpened, .id = {"a"}, .name = {"f"}, .details = &details});
  answer.take({.kind = EventKind::kToolArguments, .text = {"{}"}});
  EXPECT_EQ(answer.choices.at(0).tool_calls.at(0).signature, "s1");
  details.signature = {"s2"};
  answer.take({.kind = EventKind::kToolArguments, .details = &details});
  EXPECT_EQ(answer.choices.at(0).tool_calls.at(0).signature, "s2");
  EXPECT_TRUE(answer.choices[0].others.empty());
}

TEST(Answer, NamesTheLegOfAChoiceAndItsFailure) {
  Answer answer;
  const Error error{.message = "broken"};
  answer.take({.kind = EventKind::kFinished, .name = {"leg"}, .finish = FinishReason::kError, .error = &error});
  EXPECT_EQ(answer.choices.at(0).leg, "leg");
  ASSERT_TRUE(answer.choices[0].error.has_value());
  EXPECT_EQ(answer.choices[0].error->message, "broken");
}

}  // namespace
}  // namespace onellm::chat
