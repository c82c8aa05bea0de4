#include "chat/answer.h"

#include <gtest/gtest.h>

namespace onellm::chat {
namespace {

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
  EXPECT_EQ(answer.choices[0].message_extra, "");
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

TEST(Answer, JoinsLogprobsAndKeepsTheLastTier) {
  Answer answer;
  answer.take({.kind = EventKind::kText,
               .choice_extra = {R"("logprobs":{"content":[{"token":"A"}],"refusal":null})"},
               .reply_extra = {R"("service_tier":"auto")"}});
  answer.take({.kind = EventKind::kText,
               .choice_extra = {R"("logprobs":{"content":[{"token":"B"}],"refusal":null})"},
               .reply_extra = {R"("service_tier":"flex")"}});
  EXPECT_EQ(answer.choices.at(0).choice_extra,
            R"("logprobs":{"content":[{"token":"A"},{"token":"B"}],"refusal":null})");
  EXPECT_EQ(answer.reply_extra, R"("service_tier":"flex")");
}

}  // namespace
}  // namespace onellm::chat
