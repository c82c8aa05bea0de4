// How a Messages request asks a model of Claude to think that knows only budgets.
#include "dialects/anthropic_messages/client/messages_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

Sent send_to(const char* model, const std::string& members, int max_tokens) {
  Target target = claude();
  target.model = model;
  return send_body(R"({"model":"m","max_tokens":)" + std::to_string(max_tokens) +
                       R"(,"messages":[{"role":"user","content":"hi"}],)" + members + "}",
                   target);
}

TEST(MessagesThinkingToClaude, IsTheModelsDefaultIfItIsAdaptive) {
  for (const int max_tokens : {100, 20'000}) {
    for (const char* const model : {"claude-sonnet-4-5", "claude-opus-4-5", "claude-haiku-4-5"}) {
      const Sent sent = send_to(model, R"("thinking":{"type":"adaptive"})", max_tokens);
      EXPECT_EQ(sent.body["max_tokens"], max_tokens) << model;
      EXPECT_FALSE(sent.body.contains("thinking")) << sent.text;
      EXPECT_EQ(sent.dropped, Names()) << model;
    }
  }
}

TEST(MessagesThinkingToClaude, NeverChangesTheLimitOfTheClient) {
  const std::string effort = R"("output_config":{"effort":"high"})";
  for (const std::string& members : {effort, R"("thinking":{"type":"adaptive"},)" + effort}) {
    const Sent sent = send_to("claude-sonnet-4-5", members, 10'000);
    EXPECT_EQ(sent.body["max_tokens"], 10'000);
    EXPECT_EQ(sent.body["thinking"]["budget_tokens"], 5'000) << sent.text;
    EXPECT_EQ(sent.dropped, Names());
    const Sent small = send_to("claude-sonnet-4-5", members, 800);
    EXPECT_EQ(small.body["max_tokens"], 800);
    EXPECT_FALSE(small.body.contains("thinking"));
    EXPECT_EQ(small.dropped, Names{"output_config.effort"});
  }
  EXPECT_EQ(
      send_to("claude-sonnet-4-5", R"("thinking":{"type":"enabled","budget_tokens":5000})", 8'000).body["thinking"],
      Json::parse(R"({"type":"enabled","budget_tokens":5000})"));
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
