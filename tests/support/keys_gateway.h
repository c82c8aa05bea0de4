// A gateway with keys and prices: `gamma` costs $0.001 for a token of output and nothing for the prompt, `alpha` a
// tenth of it, `org/beta` ten times as much, `delta` has no price.
#pragma once

#include "support/gateway_settings.h"
#include "support/key_world.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {

inline constexpr int64_t kCent = 10'000'000'000;

inline Json keys_settings(const Json& more = Json::object()) {
  Json settings =
      settings_with({{"bindings", {"ONELLM_KEYS_OBJECT", "ONELLM_LIMITER_OBJECT"}},
                     {"ANTHROPIC_API_KEY", "key-of-anthropic"},
                     {"ANTHROPIC_API_BASE", "https://claude.test"},
                     {"GEMINI_API_KEY", "key-of-google-000001"},
                     {"ONELLM_ALIASES", {{"quickly", "gamma"}, {"safely", "gamma|org/beta"}}},
                     {"ONELLM_PRICES",
                      {{"gamma", {{"input_mtok", 0}, {"output_mtok", 1000}}},
                       {"alpha", {{"input_mtok", 0}, {"output_mtok", 100}}},
                       {"org/beta", {{"input_mtok", 0}, {"output_mtok", 10000}}},
                       {"claude-sonnet-4-6", {{"input_mtok", 0}, {"output_mtok", 100}, {"web_searches_kcount", 1000}}},
                       {"gemini-2.5-flash", {{"input_mtok", 0}, {"output_mtok", 100}}},
                       {"gpt-4o", {{"input_mtok", 0}, {"output_mtok", 100}}}}}});
  settings.update(more);
  return settings;
}

struct KeysGateway : KeyWorld {
  explicit KeysGateway(const Json& more = Json::object()) : gateway(keys_settings(more)) {}

  // A chat request, up to where it waits for an upstream or is answered.
  std::unique_ptr<Driver> chat(const std::string& secret, const Json& body, const Headers& headers = {},
                               double now_ms = kStartMs, const std::string& path = "/v1/chat/completions") {
    auto driver = std::make_unique<Driver>(gateway, std::array<uint32_t, 4>{++seed, 2, 3, 4});
    meet(*driver);
    driver->now_ms = now_ms;
    driver->chat_path = path;
    driver->request("POST " + path, with(secret, headers));
    serve(*driver);
    if (driver->body_wanted && !driver->reply.ended) driver->event(EventKind::kRequestEnd, 0, body.dump());
    serve(*driver);
    return driver;
  }

  // A whole reply of one answer.
  static std::string whole(int prompt, int completion, const std::string& model = "gamma") {
    return Json{{"id", "chatcmpl-up"},
                {"object", "chat.completion"},
                {"created", 1600000000},
                {"model", model},
                {"choices",
                 {{{"index", 0},
                   {"message", {{"role", "assistant"}, {"content", "well"}}},
                   {"logprobs", nullptr},
                   {"finish_reason", "stop"}}}},
                {"usage",
                 {{"prompt_tokens", prompt}, {"completion_tokens", completion}, {"total_tokens", prompt + completion}}}}
        .dump();
  }

  keys::Store& limiter(int number = 1) { return limiters["key_" + std::to_string(number)]; }

  Configured gateway;
  uint32_t seed = 0;
};

}  // namespace onellm::gateway::test
