// What OpenAI's families of models refuse or want otherwise.
#include <gtest/gtest.h>

#include "dialects/openai_chat/request_encoder_support.h"

namespace onellm::dialects::openai_chat {
namespace {

constexpr HostRules kOpenAi{.mapping = HostMapping::kOpenAi};

using Names = std::vector<std::string>;

struct Case {
  const char* model;
  const char* asked;
  const char* sent;
  Names dropped;
};

void expect_sent(const Case& c) {
  EXPECT_EQ(send_members(c.model, c.asked, kOpenAi), (Sent{c.sent, c.dropped})) << c.model << ' ' << c.asked;
  const std::string refused = refused_parameter(body_for(c.model, c.asked), {.model = c.model, .host = kOpenAi});
  EXPECT_EQ(refused, c.dropped.empty() ? "" : c.dropped.front()) << c.model << ' ' << c.asked;
}

TEST(OpenAiFamilyRequest, RenamesTheLimitOfTokens) {
  const Case cases[] = {
      {"o3", R"("max_tokens":100)", R"("max_completion_tokens":100)", {}},
      {"gpt-5-chat-latest", R"("max_tokens" : 1 )", R"("max_completion_tokens" : 1 )", {}},
      {"gpt-6.1-sol", R"("m\u0061x_tokens":100)", R"("max_completion_tokens":100)", {}},
      {"o3", R"("max_completion_tokens":100)", R"("max_completion_tokens":100)", {}},
      {"o3", R"("max_tokens":1,"max_completion_tokens":2)", R"("max_completion_tokens":2)", {}},
      {"o3", R"("max_tokens":1,"max_completion_tokens":null)", R"("max_completion_tokens":1)", {}},
      {"o3", R"("max_c\u006fmpletion_tokens":null,"max_tokens":1)", R"("max_completion_tokens":1)", {}},
      {"o3", R"("max_tokens":null,"max_completion_tokens":2)", R"("max_tokens":null,"max_completion_tokens":2)", {}},
      {"o3", R"("max_tokens":null)", R"("max_tokens":null)", {}},
      {"gpt-4o", R"("max_tokens":100)", R"("max_tokens":100)", {}},
      {"gpt-4o", R"("max_completion_tokens":100)", R"("max_completion_tokens":100)", {}},
  };
  for (const Case& c : cases) expect_sent(c);
}

TEST(OpenAiFamilyRequest, LeavesOutSamplingWhereItIsRefused) {
  const Case cases[] = {
      {"gpt-4o", R"("temperature":0.5,"top_p":0.1)", R"("temperature":0.5,"top_p":0.1)", {}},
      {"gpt-5-chat-latest", R"("temperature":0.5)", R"("temperature":0.5)", {}},
      {"o3", R"("temperature":0.5)", "", {"temperature"}},
      {"o3",
       R"("temperature":1.0,"top_p":1,"presence_penalty":0,"frequency_penalty":0.0,"logit_bias":{})",
       R"("temperature":1.0,"top_p":1,"presence_penalty":0,"frequency_penalty":0.0,"logit_bias":{})",
       {}},
      {"gpt-5",
       R"("top_p":0.9,"seed":1,"presence_penalty":1,"frequency_penalty":-1)",
       R"("seed":1)",
       {"top_p", "presence_penalty", "frequency_penalty"}},
      {"gpt-5",
       R"("logprobs":true,"top_logprobs":2,"logit_bias":{"1":2})",
       "",
       {"logprobs", "top_logprobs", "logit_bias"}},
      {"gpt-5", R"("logprobs":false,"temperature":null)", R"("logprobs":false,"temperature":null)", {}},
      {"gpt-4o-search-preview", R"("temperature":1,"top_p":0.5)", R"("top_p":0.5)", {}},
      {"gpt-4o-mini-search-preview-2025-03-11", R"("temperature":0)", "", {"temperature"}},
      {"gpt-6-astra", R"("temperature":1)", R"("temperature":1)", {}},
      {"gpt-6.1-sol", R"("temperature":1,"top_p":0.5)", "", {"top_p"}},
  };
  for (const Case& c : cases) expect_sent(c);
}

TEST(OpenAiFamilyRequest, KeepsSamplingWhileTheModelDoesNotReason) {
  const Case cases[] = {
      {"gpt-5.1", R"("temperature":0)", R"("temperature":0)", {}},
      {"gpt-5.1", R"("temperature":0,"reasoning_effort":"none")", R"("temperature":0,"reasoning_effort":"none")", {}},
      {"gpt-5.1", R"("temperature":0,"reasoning_effort":null)", R"("temperature":0,"reasoning_effort":null)", {}},
      {"gpt-5.4", R"("temperature":0,"reasoning_effort":"low")", R"("reasoning_effort":"low")", {"temperature"}},
      {"gpt-5.4", R"("temperature":0,"reasoning_effort":"newest")", R"("reasoning_effort":"newest")", {"temperature"}},
      {"gpt-5.5", R"("temperature":0)", "", {"temperature"}},
      {"gpt-6-sol",
       R"("temperature":0,"reasoning_effort":"n\u006fne")",
       R"("temperature":0,"reasoning_effort":"n\u006fne")",
       {}},
      {"gpt-5.2-chat-latest", R"("temperature":0)", "", {"temperature"}},
      {"gpt-5.4-pro", R"("temperature":0)", "", {"temperature"}},
  };
  for (const Case& c : cases) expect_sent(c);
}

TEST(OpenAiFamilyRequest, SendsAnEffortThatTheModelHas) {
  const Case cases[] = {
      {"o3", R"("reasoning_effort":"high")", R"("reasoning_effort":"high")", {}},
      {"o3", R"("reasoning_effort":"none")", R"("reasoning_effort":"low")", {"reasoning_effort"}},
      {"gpt-5", R"("reasoning_effort": "none" )", R"("reasoning_effort": "minimal" )", {"reasoning_effort"}},
      {"gpt-6.1-sol", R"("reasoning_effort":"max")", R"("reasoning_effort":"xhigh")", {}},
      {"gpt-6.1-sol", R"("reasoning_effort":"newest")", R"("reasoning_effort":"newest")", {}},
      {"gpt-4o", R"("reasoning_effort":"low")", "", {"reasoning_effort"}},
      {"gpt-4o", R"("reasoning_effort":"none")", "", {}},
      {"unknown", R"("reasoning_effort":"none")", R"("reasoning_effort":"none")", {}},
  };
  for (const Case& c : cases) expect_sent(c);
}

TEST(OpenAiFamilyRequest, LowersALimitBeyondTheModelsOwn) {
  const Case cases[] = {
      {"gpt-5.6-sol", R"("max_tokens":200000)", R"("max_completion_tokens":128000)", {"max_tokens"}},
      {"o3", R"("max_completion_tokens":100001)", R"("max_completion_tokens":100000)", {"max_completion_tokens"}},
      {"gpt-4o", R"("max_tokens":16385)", R"("max_tokens":16384)", {"max_tokens"}},
      {"gpt-4o", R"("max_tokens":16384)", R"("max_tokens":16384)", {}},
      {"unknown", R"("max_tokens":9000000)", R"("max_tokens":9000000)", {}},
  };
  for (const Case& c : cases) expect_sent(c);
}

TEST(OpenAiFamilyRequest, TakesTheWordsOfOtherApisForReasoning) {
  const Case cases[] = {
      {"gpt-5.6-sol", R"("reasoning":{"effort":"high"})", R"("reasoning_effort":"high")", {}},
      {"gpt-5.6-sol", R"("reasoning":{"effort":"max","exclude":true})", R"("reasoning_effort":"xhigh")", {}},
      {"gpt-5.6-sol", R"("reasoning":{"max_tokens":2000})", R"("reasoning_effort":"low")", {}},
      {"gpt-5.6-sol", R"("reasoning":{"enabled":false})", R"("reasoning_effort":"none")", {}},
      {"gpt-5.6-sol", R"("seed":1,"reasoning":{"enabled":true})", R"("seed":1)", {}},
      {"o3", R"("reasoning":{"enabled":false})", R"("reasoning_effort":"low")", {"reasoning.enabled"}},
      {"gpt-5.6-sol", R"("reasoning_effort":"low","reasoning":{"effort":"high"})", R"("reasoning_effort":"low")", {}},
      {"gpt-5.6-sol", R"("reasoning_effort":null,"reasoning":{"effort":"low"})", R"("reasoning_effort":"low")", {}},
      {"gpt-5.6-sol",
       R"("thinking":{"type":"enabled","budget_tokens":20000},"seed":1)",
       R"("reasoning_effort":"high","seed":1)",
       {}},
      {"gpt-5.6-sol", R"("thinking":{"type":"disabled"})", R"("reasoning_effort":"none")", {}},
      {"gpt-5.6-sol", R"("seed":1,"thinking":{"type":"adaptive"})", R"("seed":1)", {}},
      {"gpt-5.6-sol",
       R"("thinking":{"type":"disabled"},"reasoning_effort":"high")",
       R"("reasoning_effort":"none")",
       {"reasoning_effort"}},
      {"gpt-5.6-sol", R"("output_config":{"effort":"medium"})", R"("reasoning_effort":"medium")", {}},
      {"gpt-4o", R"("seed":1,"thinking":{"type":"enabled","budget_tokens":20000})", R"("seed":1)", {"thinking"}},
      {"gpt-4o", R"("seed":1,"thinking":{"type":"disabled"})", R"("seed":1)", {}},
      {"unknown", R"("reasoning":{"effort":"high"})", R"("reasoning":{"effort":"high"})", {}},
  };
  for (const Case& c : cases) expect_sent(c);
  const char* own = R"("reasoning":{"effort":"high"},"thinking":{"type":"enabled"})";
  EXPECT_EQ(send_members("gpt-5.6-sol", own, {.mapping = HostMapping::kCompatible}), (Sent{own, {}}))
      << "other hosts have words of their own";
}

TEST(OpenAiFamilyRequest, LeavesOutOtherParametersThatAreRefused) {
  const Case cases[] = {
      {"o1", R"("stop":"x")", R"("stop":"x")", {}},
      {"o3", R"("stop":["x"])", "", {"stop"}},
      {"o4-mini", R"("stop":["x"])", "", {"stop"}},
      {"gpt-6-astra", R"("stop":"x")", "", {"stop"}},
      {"gpt-6-sol", R"("stop":"x")", R"("stop":"x")", {}},
      {"gpt-4o", R"("service_tier":"flex")", "", {"service_tier"}},
      {"gpt-4o", R"("service_tier":"priority")", R"("service_tier":"priority")", {}},
      {"gpt-5-nano", R"("service_tier":"fast")", "", {"service_tier"}},
      {"gpt-5-nano", R"("service_tier":"auto")", R"("service_tier":"auto")", {}},
      {"gpt-5", R"("prompt_cache_options":{"ttl":"30m"})", "", {"prompt_cache_options"}},
      {"gpt-5.6-sol", R"("prompt_cache_options":{"ttl":"30m"})", R"("prompt_cache_options":{"ttl":"30m"})", {}},
      {"o3",
       R"("metadata":{"a":"b"},"store":true,"verbosity":"low","unknown":[1.50])",
       R"("metadata":{"a":"b"},"store":true,"verbosity":"low","unknown":[1.50])",
       {}},
  };
  for (const Case& c : cases) expect_sent(c);
}

TEST(OpenAiFamilyRequest, KeepsOldFunctionsForOldModels) {
  const char* legacy = R"("functions":[{"name":"f"}],"function_call":"auto")";
  for (const char* model : {"gpt-3.5-turbo", "gpt-4o", "unknown"}) expect_sent({model, legacy, legacy, {}});
  expect_sent({"gpt-5", legacy, R"("tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":"auto")", {}});
}

TEST(OpenAiFamilyRequest, GivesTheUserWhatModelsWithoutSystemMessagesAreTold) {
  const char* told =
      R"({"role":"system","content":"S"}, {"content":"D","role" : "dev\u0065loper"},{"role":"user","content":"U"})";
  const char* by_user =
      R"({"role":"user","content":"S"}, {"content":"D","role" : "user"},{"role":"user","content":"U"})";
  for (const char* model : {"o1-mini", "o1-mini-2024-09-12", "o1-preview"}) {
    EXPECT_EQ(send_messages(model, told, kOpenAi), (Sent{by_user, {}})) << model;
  }
  for (const char* model : {"o1", "o3-mini", "gpt-4o", "unknown"}) {
    EXPECT_EQ(send_messages(model, told, kOpenAi), (Sent{told, {}})) << model;
  }
}

TEST(OpenAiFamilyRequest, SendsARequestThatIsRightAsOneView) {
  const std::string body = request_fixture("streamed_with_usage.json").text;
  for (const char* model : {"gpt-4o", "o3", "gpt-6.1-sol"}) {
    std::string asked = body;
    asked.replace(asked.find("gpt-4o"), 6, model);
    const Encoded encoded = encode(asked, {.model = model, .host = kOpenAi});
    EXPECT_EQ(encoded.text, asked);
    EXPECT_EQ(encoded.pieces, 1u);
  }
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
