// What an agent's loop of twenty steps costs at Claude with and without the marks that the gateway adds, by the price
// table. docs/prices.md quotes both figures.
//
// The cache is a model of the API's: at a mark it keeps the prompt up to there, and at the next request it looks for
// what it keeps at each mark and up to 19 blocks before. A token is four bytes.
// https://docs.claude.com/en/docs/build-with-claude/prompt-caching
#include <iostream>
#include <set>

#include "base/time/rfc3339.h"
#include "dialects/anthropic_messages/encoding_support.h"
#include "prices/prices.h"

namespace onellm::dialects::anthropic_messages {
namespace {

constexpr const char* kModel = "claude-sonnet-5-5";
constexpr int kSteps = 20;
constexpr int kBlocksLookedAt = 20;
constexpr size_t kSystemBytes = 12'000;
constexpr size_t kToolsBytes = 24'000;
constexpr size_t kResultBytes = 4'000;
constexpr int64_t kAnswerTokens = 100;

struct PromptBlock {
  std::string text;
  bool is_marked;
};

void add_blocks(const Json& content, std::vector<PromptBlock>& blocks) {
  if (!content.is_array()) return blocks.push_back({content.dump(), false});
  for (Json block : content) {
    const bool is_marked = block.contains("cache_control");
    block.erase("cache_control");
    blocks.push_back({block.dump(), is_marked});
  }
}

std::vector<PromptBlock> blocks_of(const Json& body) {
  std::vector<PromptBlock> blocks;
  add_blocks(body["tools"], blocks);
  add_blocks(body["system"], blocks);
  for (const Json& message : body["messages"]) add_blocks(message["content"], blocks);
  return blocks;
}

class Cache {
 public:
  chat::Usage ask(const Json& body) {
    const std::vector<PromptBlock> blocks = blocks_of(body);
    std::vector<std::string> prompts;  // Up to each block.
    std::string prompt;
    for (const PromptBlock& block : blocks) prompts.push_back(prompt += block.text);
    size_t read = 0;
    size_t written = 0;
    for (size_t at = 0; at < blocks.size(); ++at) {
      if (!blocks[at].is_marked) continue;
      for (size_t back = 0; back < kBlocksLookedAt && back <= at; ++back) {
        if (kept_.contains(prompts[at - back])) read = std::max(read, prompts[at - back].size());
      }
      written = prompts[at].size();
    }
    for (size_t at = 0; at < blocks.size(); ++at) {
      if (blocks[at].is_marked) kept_.insert(prompts[at]);
    }
    chat::Usage usage{.prompt_tokens = static_cast<int64_t>(prompt.size() / 4), .completion_tokens = kAnswerTokens};
    usage.cached_tokens = static_cast<int64_t>(read / 4);
    usage.cache_write_tokens = static_cast<int64_t>(written > read ? (written - read) / 4 : 0);
    return usage;
  }

 private:
  std::set<std::string> kept_;
};

Json sent(const std::string& messages, bool may_mark) {
  const std::string tool =
      R"({"type":"function","function":{"name":"f","description":")" + std::string(kToolsBytes, 't') + R"("}})";
  const DecodedBody decoded = decode_good(R"({"model":"m","messages":[)" + messages + R"(],"tools":[)" + tool + "]}");
  chat::Request request = *decoded.request;
  request.options.auto_cache = may_mark;
  const EncodeOptions options{.model = kModel, .contract = models::contract_of(models::Maker::kAnthropic, kModel)};
  return parse(encode_request(request, options)->body.flat());
}

std::string cost_of_loop(bool may_mark) {
  const auto now_ms = static_cast<double>(read_rfc3339_ms("2026-11-23T12:00:00Z").value());
  std::string messages = R"({"role":"system","content":")" + std::string(kSystemBytes, 's') +
                         R"("},{"role":"user","content":"Mend the test."})";
  Cache cache;
  prices::PicoUsd sum = 0;
  for (int step = 0; step < kSteps; ++step) {
    sum += prices::cost_of(cache.ask(sent(messages, may_mark)), {.provider = "anthropic", .model = kModel}, now_ms,
                           nullptr)
               .value();
    const std::string id = "call_" + std::to_string(step);
    messages += R"(,{"role":"assistant","content":null,"tool_calls":[{"id":")" + id +
                R"(","type":"function","function":{"name":"f","arguments":"{}"}}]})";
    messages +=
        R"(,{"role":"tool","tool_call_id":")" + id + R"(","content":")" + std::string(kResultBytes, 'r') + R"("})";
  }
  return std::to_string(static_cast<double>(sum) / 1e12).substr(0, 6);
}

TEST(AgentLoopCost, IsLowerByTheMarksThatTheGatewayAdds) {
  const std::string without = cost_of_loop(false);
  const std::string with = cost_of_loop(true);
  std::cout << "20 steps at " << kModel << ": $" << without << " without marks, $" << with << " with them\n";
  EXPECT_EQ(without, "0.7717");
  EXPECT_EQ(with, "0.1432");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
