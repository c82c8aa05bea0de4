// 10 000 random requests over all models: whatever a client asks for, what goes up is what the provider's API takes,
// by a judge that shares nothing with the table of models (api_refusals.h).
#include "api_refusals.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "dialects/openai_chat/dialect.h"
#include "json/buffer.h"
#include "providers/provider.h"
#include "support/providers.h"

namespace onellm::providers {
namespace {

using refusals::Json;

constexpr int kRequests = 10'000;

constexpr const char* kOpenAiModels[] = {"gpt-3.5-turbo",
                                         "gpt-4",
                                         "gpt-4o",
                                         "gpt-4o-mini",
                                         "gpt-4.1",
                                         "gpt-4.1-mini",
                                         "chatgpt-4o-latest",
                                         "o1",
                                         "o1-pro",
                                         "o3",
                                         "o3-mini",
                                         "o3-pro",
                                         "o3-deep-research",
                                         "o4-mini",
                                         "o4-mini-deep-research",
                                         "gpt-5",
                                         "gpt-5-2025-08-07",
                                         "gpt-5-mini",
                                         "gpt-5-nano",
                                         "gpt-5-pro",
                                         "gpt-5-codex",
                                         "gpt-5-chat-latest",
                                         "gpt-5.1",
                                         "gpt-5.1-codex",
                                         "gpt-5.1-codex-mini",
                                         "gpt-5.1-codex-max",
                                         "gpt-5.1-chat-latest",
                                         "gpt-5.2",
                                         "gpt-5.2-pro",
                                         "gpt-5.2-codex",
                                         "gpt-5.2-chat-latest",
                                         "gpt-5.3-codex",
                                         "gpt-5.3-chat-latest",
                                         "gpt-5.4",
                                         "gpt-5.4-mini",
                                         "gpt-5.4-nano",
                                         "gpt-5.4-pro",
                                         "gpt-5.5",
                                         "gpt-5.5-2026-04-23",
                                         "gpt-5.5-pro",
                                         "gpt-5.6-sol",
                                         "gpt-5.6-terra",
                                         "gpt-5.6-luna",
                                         "gpt-5.6-cyber",
                                         "gpt-6-astra",
                                         "gpt-6-sol",
                                         "gpt-6-luna",
                                         "gpt-6.1-sol",
                                         "gpt-6.1-sol-2026-09-29",
                                         "gpt-6.1-terra"};
constexpr const char* kClaudeModels[] = {"claude-3-haiku-20240307",
                                         "claude-3-5-haiku-latest",
                                         "claude-3-7-sonnet-latest",
                                         "claude-opus-4-1-20250805",
                                         "claude-opus-4-5-20251101",
                                         "claude-sonnet-4-5-20250929",
                                         "claude-haiku-4-5-20251001",
                                         "claude-opus-4-6",
                                         "claude-sonnet-4-6",
                                         "claude-opus-4-7",
                                         "claude-opus-4-8",
                                         "claude-sonnet-5",
                                         "claude-opus-5",
                                         "claude-fable-5",
                                         "claude-mythos-5",
                                         "claude-fable-5-1",
                                         "claude-mythos-5-1",
                                         "claude-fable-5-2",
                                         "claude-mythos-5-2",
                                         "claude-opus-5-5",
                                         "claude-sonnet-5-5",
                                         "claude-haiku-5-5"};
constexpr const char* kGoogleModels[] = {
    "gemini-2.0-flash",       "gemini-2.5-flash",       "gemini-2.5-flash-lite", "gemini-2.5-pro",
    "gemini-2.5-flash-image", "gemini-3-flash-preview", "gemini-3-pro-preview",  "gemini-3.1-pro-preview",
    "gemini-3.1-flash-lite",  "gemini-3.5-flash",       "gemini-3.5-flash-lite", "gemini-3.6-flash",
    "gemini-3.7-flash",       "gemini-3.8-flash",       "gemini-4-argon",        "gemini-4-carbon",
    "gemini-4-neon",          "gemini-4-hydrogen",      "gemini-flash-latest",   "gemini-pro-latest",
    "gemma-3-27b-it",         "gemma-3n-e4b-it",        "gemma-4-31b-it",        "gemma-4-26b-a4b-it"};

class RandomRequest {
 public:
  explicit RandomRequest(uint32_t seed) : random_(seed) {}

  Json make(const std::string& model) {
    Json body = {{"model", model}, {"messages", messages()}};
    maybe(body, "temperature", {0, 0.2, 1, 1.7});
    maybe(body, "top_p", {0.1, 0.97, 1});
    maybe(body, "presence_penalty", {0, 0.5});
    maybe(body, "frequency_penalty", {0, -0.5});
    maybe(body, "seed", {7});
    maybe(body, "stop", {"END", Json({"a", "b"}), Json({"a", "b", "c", "d", "e", "f"})});
    maybe(body, "logprobs", {true, false});
    maybe(body, "logit_bias", {Json::object(), {{"1", 2}}});
    maybe(body, "max_tokens", {5, 900, 9'000, 70'000, 900'000});
    maybe(body, "max_completion_tokens", {5, 2'000, 400'000});
    maybe(body, "reasoning_effort", {"none", "minimal", "low", "medium", "high", "xhigh", "max"});
    maybe(body, "reasoning",
          {{{"effort", "none"}},
           {{"effort", "xhigh"}},
           {{"max_tokens", 3'000}},
           {{"enabled", false}},
           {{"enabled", true}, {"exclude", true}}});
    maybe(body, "thinking",
          {{{"type", "disabled"}},
           {{"type", "adaptive"}},
           {{"type", "between_tools"}},
           {{"type", "enabled"}, {"budget_tokens", 500}},
           {{"type", "enabled"}, {"budget_tokens", 60'000}}});
    maybe(body, "output_config", {{{"effort", "low"}}, {{"effort", "xhigh"}}, {{"effort", "max"}}});
    maybe(body, "thinking_config", {{{"thinking_budget", 0}}, {{"thinking_budget", 9'999'999}}});
    maybe(body, "store", {true, false});
    if (one_in(20)) body["n"] = 2;
    if (!model.starts_with("gpt") && !model.starts_with("o")) maybe(body, "top_k", {40});
    maybe(body, "response_format",
          {{{"type", "json_object"}},
           {{"type", "json_schema"}, {"json_schema", {{"name", "n"}, {"schema", {{"type", "object"}}}}}}});
    if (one_in(2)) add_tools(body);
    return body;
  }

  bool one_in(uint32_t count) { return random_() % count == 0; }
  template <typename T>
  const T& one_of(std::span<const T> all) {
    return all[random_() % all.size()];
  }

 private:
  void maybe(Json& body, const char* key, const std::vector<Json>& values) {
    if (one_in(4)) body[key] = one_of(std::span<const Json>(values));
  }

  Json messages() {
    Json list = Json::array();
    if (one_in(3)) list.push_back({{"role", "system"}, {"content", "Be brief."}});
    if (!one_in(6)) list.push_back({{"role", "user"}, {"content", "Hello"}});
    if (!list.empty() && one_in(6)) list.back()["name"] = "Ann";
    if (!list.empty() && one_in(6)) list.back()["content"] = {{{"type", "text"}, {"text", "In JSON."}}};
    if (!list.empty() && one_in(6)) list.back()["cache_control"] = {{"type", "ephemeral"}};
    if (one_in(4)) {
      const Json call = {{"id", "c1"}, {"type", "function"}, {"function", {{"name", "f"}, {"arguments", "{}"}}}};
      list.push_back({{"role", "assistant"}, {"content", nullptr}, {"tool_calls", Json::array({call})}});
      list.push_back({{"role", "tool"}, {"tool_call_id", "c1"}, {"content", "7"}});
    }
    if (one_in(3)) list.push_back({{"role", "assistant"}, {"content", "Well"}});
    if (one_in(8)) list.push_back({{"role", "system"}, {"content", "Be kind."}});
    if (list.empty() || one_in(2)) list.push_back({{"role", "user"}, {"content", "Go on"}});
    return list;
  }

  void add_tools(Json& body) {
    const Json schema = {{"type", "object"}, {"properties", {{"x", {{"type", "string"}}}}}};
    body["tools"] = Json::array();
    for (const char* name : {"f", "get_weather"}) {
      body["tools"].push_back({{"type", "function"}, {"function", {{"name", name}, {"parameters", schema}}}});
    }
    if (one_in(4)) body["tools"][0]["function"]["name"] = "3d_render";
    if (one_in(8)) body["tools"][0]["function"]["name"] = "files.read all";
    if (one_in(8)) body["tools"][0]["function"]["name"] = "mcp__" + std::string(140, 'x');
    if (one_in(8)) body["tools"].push_back(body["tools"][0]);
    maybe(body, "tool_choice",
          {"none", "auto", "required", {{"type", "function"}, {"function", {{"name", "get_weather"}}}}});
  }

  std::mt19937 random_;
};

struct Sent {
  std::string api;
  Json body;  // Null where the request was refused by ourselves.
  bool wants_store = false;
};

Sent send(const Provider& provider, const std::string& model, const std::string& text) {
  const json::Buffer buffer(text);
  Result<chat::Request> request = dialects::openai_chat::dialect().decode_request(buffer);
  EXPECT_TRUE(request) << text;
  if (!request) return {};
  const models::Contract contract = contract_of(provider, model);
  dialects::EncodeOptions options{.model = model, .contract = contract};
  if (provider.kind->host_rules != nullptr) options.host = provider.kind->host_rules(provider, model);
  const Api* other = provider.kind->other_api == nullptr ? nullptr : provider.kind->other_api(contract, *request);
  const dialects::Dialect* dialect = other == nullptr ? provider.kind->dialect : other->dialect;
  Result<dialects::EncodedRequest> encoded = dialect->encode_request(*request, options);
  if (!encoded) return {};
  return {other == nullptr ? "chat" : "responses", Json::parse(encoded->body.flat(), nullptr, false),
          request->parameter("store").text == "true"};
}

struct Host {
  const char* base;
  std::vector<const char*> models;
  refusals::Reasons (*judge)(const std::string& model, const Json& body);
};

template <refusals::Reasons (*kJudge)(const Json& body)>
refusals::Reasons of_any_model(const std::string& /*model*/, const Json& body) {
  return kJudge(body);
}

const std::vector<Host>& hosts() {
  static const std::vector<Host> kHosts = {
      {"https://api.groq.com/openai/v1", {"llama-3.3-70b-versatile"}, of_any_model<refusals::of_groq>},
      {"https://api.cerebras.ai/v1", {"gpt-oss-120b"}, of_any_model<refusals::of_cerebras>},
      {"https://api.mistral.ai/v1", {"mistral-large-latest"}, of_any_model<refusals::of_mistral>},
      {"https://api.deepseek.com", {"deepseek-v4-pro", "deepseek-reasoner"}, refusals::of_deepseek},
      {"https://api.moonshot.ai/v1",
       {"kimi-k2.6", "kimi-k2.7-code", "kimi-k3", "moonshot-v1-8k"},
       refusals::of_moonshot},
      {"https://api.z.ai/api/paas/v4", {"glm-5.2"}, of_any_model<refusals::of_zai>},
      {"https://dashscope-intl.aliyuncs.com/compatible-mode/v1", {"qwen3.8-max"}, of_any_model<refusals::of_dashscope>},
      {"https://api.perplexity.ai", {"sonar-pro"}, of_any_model<refusals::of_perplexity>},
      {"https://api.cloudflare.com/client/v4/accounts/a/ai/v1",
       {"@cf/openai/gpt-oss-120b"},
       of_any_model<refusals::of_workers_ai>}};
  return kHosts;
}

refusals::Reasons judge(const Provider& provider, const std::string& model, const Sent& sent) {
  if (sent.body.is_null()) return {};
  if (sent.body.is_discarded()) return {"no JSON"};
  if (provider.name == "anthropic") return refusals::of_anthropic(model, sent.body, provider.api_version);
  if (provider.name == "google") return refusals::of_gemini(model, sent.body, sent.wants_store);
  return sent.api == "chat" ? refusals::of_openai_chat(model, sent.body)
                            : refusals::of_openai_responses(model, sent.body);
}

TEST(ApiRefusals, MeetNoneOfTenThousandRandomRequestsOverAllModels) {
  struct Maker {
    const char* kind;
    std::span<const char* const> models;
  };
  const Maker makers[] = {{"openai", kOpenAiModels}, {"anthropic", kClaudeModels}, {"google", kGoogleModels}};
  RandomRequest random(20261130);
  int sent_requests = 0;
  for (int i = 0; i < kRequests; ++i) {
    const Maker& maker = random.one_of(std::span<const Maker>(makers));
    Provider provider;
    provider.kind = find_kind(maker.kind);
    provider.name = maker.kind;
    if (provider.name == "anthropic") provider.api_version = random.one_in(4) ? "2026-10-21" : "2023-06-01";
    const std::string model = random.one_of(maker.models);
    const std::string text = random.make(model).dump();
    const Sent sent = send(provider, model, text);
    const refusals::Reasons reasons = judge(provider, model, sent);
    EXPECT_TRUE(reasons.empty()) << model << ": " << reasons.front() << "\n" << text << "\n" << sent.body;
    if (testing::Test::HasFailure()) return;
    sent_requests += sent.body.is_null() ? 0 : 1;
  }
  EXPECT_GT(sent_requests, kRequests * 9 / 10) << "nearly all of them can be sent";
}

TEST(ApiRefusals, MeetNoneOfTenThousandRandomRequestsOverTheKnownHosts) {
  RandomRequest random(20261201);
  int sent_requests = 0;
  for (int i = 0; i < kRequests; ++i) {
    const Host& host = random.one_of(std::span<const Host>(hosts()));
    Provider provider;
    provider.kind = &compatible_kind();
    provider.name = "host";
    provider.base = host.base;
    provider.quirks = known_quirks(host.base);
    const std::string model = random.one_of(std::span<const char* const>(host.models));
    const std::string text = random.make(model).dump();
    const Sent sent = send(provider, model, text);
    if (sent.body.is_null()) continue;
    ++sent_requests;
    const refusals::Reasons reasons =
        sent.body.is_discarded() ? refusals::Reasons{"no JSON"} : host.judge(model, sent.body);
    EXPECT_TRUE(reasons.empty()) << host.base << ' ' << model << ": " << reasons.front() << "\n"
                                 << text << "\n"
                                 << sent.body;
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(sent_requests, kRequests * 9 / 10) << "nearly all of them can be sent";
}

// The judge itself: what is plainly refused is found.
TEST(ApiRefusals, AreFoundWhereTheyAre) {
  using refusals::of_anthropic;
  const Json hello = {{{"role", "user"}, {"content", "Hello"}}};
  EXPECT_FALSE(refusals::of_openai_chat("gpt-5.1", {{"reasoning_effort", "minimal"}}).empty());
  EXPECT_FALSE(refusals::of_openai_chat("gpt-5.4", {{"temperature", 0}, {"reasoning_effort", "low"}}).empty());
  EXPECT_FALSE(refusals::of_openai_chat("o3", {{"max_tokens", 5}}).empty());
  EXPECT_FALSE(refusals::of_openai_responses("gpt-5.6-sol", {{"max_output_tokens", 5}}).empty());
  EXPECT_FALSE(of_anthropic("claude-opus-5-5",
                            {{"max_tokens", 5}, {"messages", hello}, {"thinking", {{"type", "disabled"}}}},
                            "2023-06-01")
                   .empty());
  EXPECT_FALSE(
      of_anthropic("claude-3-haiku-20240307", {{"max_tokens", 5}, {"messages", hello}, {"top_k", 1}}, "2026-10-21")
          .empty());
  EXPECT_TRUE(of_anthropic("claude-opus-5-5", {{"max_tokens", 5}, {"messages", hello}}, "2023-06-01").empty());
  const Json turns = {{{"role", "user"}}, {{"role", "model"}}};
  EXPECT_FALSE(refusals::of_gemini("gemini-3.8-flash", {{"store", false}, {"contents", turns}}).empty());
  EXPECT_TRUE(refusals::of_gemini("gemini-2.5-flash", {{"store", false}, {"contents", turns}}).empty());
}

}  // namespace
}  // namespace onellm::providers
