// The answer to a client that sent the deprecated `functions`, from a provider that knows only tools.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "dialects/openai_chat/client/encode_reply.h"
#include "dialects/openai_chat/client/encode_stream.h"

namespace onellm::dialects::openai_chat {
namespace {

using chat::Event;
using chat::EventKind;
using chat::FinishReason;

const ReplyMeta kMeta = {.id = {}, .fallback_id = {}, .function_call = true};

const std::vector<Event> kOneCall = {
    {.kind = EventKind::kStarted, .id = {"id-1"}, .name = {"claude"}, .created_s = 17},
    {.kind = EventKind::kToolCallOpened, .id = {"toolu_1"}, .name = {"now"}},
    {.kind = EventKind::kToolArguments, .text = {R"({\"zone\":)"}},
    {.kind = EventKind::kToolArguments, .text = {R"(\"utc\"})"}},
    {.kind = EventKind::kToolCallOpened, .tool_call = 1, .id = {"toolu_2"}, .name = {"then"}},
    {.kind = EventKind::kToolArguments, .tool_call = 1, .text = {"{}"}},
    {.kind = EventKind::kFinished, .finish = FinishReason::kToolCalls},
    {.kind = EventKind::kCompleted},
};

TEST(OpenAiChatFunctionCall, StreamsTheFirstCallInTheOldShape) {
  ChunkStreamEncoder encoder(kMeta);
  std::string out;
  for (const Event& event : kOneCall) encoder.take(event, out);

  std::string name;
  std::string arguments;
  std::string finish;
  for (size_t at = 0; (at = out.find("data: {", at)) != out.npos; ++at) {
    const auto chunk = nlohmann::json::parse(out.substr(at + 6, out.find("\n\n", at) - at - 6), nullptr, false);
    ASSERT_FALSE(chunk.is_discarded());
    const nlohmann::json& choice = chunk["choices"][0];
    EXPECT_FALSE(choice["delta"].contains("tool_calls"));
    const nlohmann::json call = choice["delta"].value("function_call", nlohmann::json::object());
    name += call.value("name", "");
    arguments += call.value("arguments", "");
    if (choice["finish_reason"].is_string()) finish = choice["finish_reason"];
  }
  EXPECT_EQ(name, "now");
  EXPECT_EQ(arguments, R"({"zone":"utc"})");
  EXPECT_EQ(finish, "function_call");
}

TEST(OpenAiChatFunctionCall, RepliesWithTheFirstCallInTheOldShape) {
  chat::Answer answer;
  for (const Event& event : kOneCall) answer.take(event);
  std::string out;
  encode_reply(answer, kMeta, out);
  const auto reply = nlohmann::json::parse(out, nullptr, false);
  ASSERT_FALSE(reply.is_discarded());
  const nlohmann::json& choice = reply["choices"][0];
  EXPECT_EQ(choice["message"]["function_call"],
            nlohmann::json::parse(R"({"name":"now","arguments":"{\"zone\":\"utc\"}"})"));
  EXPECT_FALSE(choice["message"].contains("tool_calls"));
  EXPECT_EQ(choice["finish_reason"], "function_call");
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
