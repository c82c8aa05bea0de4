// Whole replies against tests/fixtures/openai_chat/replies, decoded to events and encoded again.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "chat/answer/answer.h"
#include "dialects/openai_chat/client/encode_reply.h"
#include "dialects/openai_chat/reply/whole.h"
#include "support/transcript.h"

namespace onellm::dialects::openai_chat {
namespace {

chat::Answer answer_to(const std::string& reply) {
  chat::Answer answer;
  decode_reply(reply, answer);
  return answer;
}

std::string encode(const chat::Answer& answer, const ReplyMeta& meta = {}) {
  std::string out;
  encode_reply(answer, meta, out);
  return out;
}

class EveryReply : public testing::TestWithParam<test::Transcript> {
 protected:
  [[nodiscard]] std::string reply() const { return GetParam().blocks.at("reply"); }
};
INSTANTIATE_TEST_SUITE_P(ChatCompletions, EveryReply, testing::ValuesIn(test::read_transcripts("openai_chat/replies")),
                         [](const auto& test) { return test.param.name; });

TEST_P(EveryReply, GivesTheEventsOfItsTranscript) {
  test::Recorder recorder;
  decode_reply(reply(), recorder);
  EXPECT_EQ(recorder.text(), GetParam().blocks.at("events"));
}

TEST_P(EveryReply, FailsWhereItIsCutShort) {
  const std::string text = reply();
  for (size_t bytes = 0; bytes + 1 < text.size(); ++bytes) {
    const chat::Answer answer = answer_to(text.substr(0, bytes));
    ASSERT_TRUE(answer.error.has_value()) << "cut at byte " << bytes;
    ASSERT_FALSE(answer.completed) << "cut at byte " << bytes;
  }
}

TEST_P(EveryReply, StaysTheSameWhenEncodedAndDecodedAgain) {
  const chat::Answer answer = answer_to(reply());
  if (answer.error) return;
  const std::string encoded = encode(answer, {.id = "", .fallback_id = "x", .created_s = 1});
  EXPECT_EQ(encode(answer_to(encoded)), encoded);
}

// The fixtures in OpenAI's own form come out as they went in, member for member.
TEST_P(EveryReply, LosesNothingOfOpenAisOwn) {
  if (!GetParam().name.starts_with("openai_")) return;
  const std::string encoded = encode(answer_to(reply()));
  EXPECT_EQ(nlohmann::json::parse(encoded, nullptr, false), nlohmann::json::parse(reply(), nullptr, false)) << encoded;
}

TEST(OpenAiChatReplyEncoder, HasTheMembersThatClientsCountOn) {
  EXPECT_EQ(
      encode(answer_to(R"({"choices":[{"message":{"content":"Hi","tool_calls":[]}}]})"),
             {.id = "", .fallback_id = "chatcmpl-9", .created_s = 7}),
      R"({"id":"chatcmpl-9","object":"chat.completion","created":7,"model":"","choices":[{"index":0,)"
      R"("message":{"role":"assistant","content":"Hi","refusal":null},"logprobs":null,"finish_reason":"stop"}]})");
}

TEST(OpenAiChatReplyEncoder, KeepsTheDigitsOfNumbers) {
  const std::string encoded = encode(answer_to(
      R"({"id":"a","choices":[{"message":{"content":"Hi"},"score":1.50e-07}],"seed":9007199254740993,"ratio":2.50})"));
  EXPECT_NE(encoded.find(R"("score":1.50e-07)"), encoded.npos);
  EXPECT_NE(encoded.find(R"("seed":9007199254740993,"ratio":2.50)"), encoded.npos);
}

TEST(OpenAiChatReplyEncoder, PutsOneEnvelopeAroundSeveralLegs) {
  chat::Answer answer =
      answer_to(R"({"id":"theirs","created":1,"model":"m","choices":[{"message":{"content":"Hi"}}]})");
  answer.choices[0].leg = "gpt-4o";
  const nlohmann::json encoded = nlohmann::json::parse(
      encode(answer, {.id = "ours", .fallback_id = "", .created_s = 7, .one_envelope = true}), nullptr, false);
  EXPECT_EQ(encoded["id"], "ours");
  EXPECT_EQ(encoded["created"], 7);
  EXPECT_EQ(encoded["choices"][0]["model"], "gpt-4o");
}

TEST(OpenAiChatReplyEncoder, WritesCountsWhereThereIsNoOriginal) {
  chat::Answer answer = answer_to(R"({"id":"a","choices":[{"message":{"content":"Hi"}}]})");
  answer.usage.emplace();
  answer.usage->prompt_tokens = 1;
  answer.usage->completion_tokens = 2;
  answer.usage->total_tokens = 3;
  answer.usage->reasoning_tokens = 1;
  EXPECT_NE(encode(answer).find(R"("usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,)"
                                R"("completion_tokens_details":{"reasoning_tokens":1}})"),
            std::string::npos);
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
