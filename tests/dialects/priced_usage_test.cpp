// Usage objects as providers send them, decoded and priced. What the fixture says that they cost is the price
// package's own figure, which tests/repo/prices.test.mjs works out again; scripts/price_fixture.mjs writes it.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "base/time/rfc3339.h"
#include "dialects/anthropic_messages/usage.h"
#include "dialects/gemini/usage.h"
#include "dialects/openai_chat/usage.h"
#include "dialects/openai_responses/usage.h"
#include "json/reader.h"
#include "prices/prices.h"

namespace onellm::dialects {
namespace {

using Json = nlohmann::json;

template <typename Read>
chat::Usage read_root(const std::string& text, Read read) {
  const json::Buffer buffer(text);
  json::Reader reader;
  EXPECT_TRUE(reader.open(buffer)) << text;
  json::Value root = reader.root();
  const chat::Usage usage = read(root);
  EXPECT_TRUE(reader.finish()) << text;
  return usage;
}

chat::Usage decode(const std::string& dialect, const std::string& text) {
  if (dialect == "anthropic_messages") {
    return read_root(text, [](json::Value& value) {
      anthropic_messages::TokenCounts usage;
      anthropic_messages::read_usage(value, usage);
      return to_chat_usage(usage, "claude-fable-5");
    });
  }
  if (dialect == "gemini") {
    return read_root(text, [](json::Value& value) {
      gemini::TokenCounts counts;
      gemini::read_counts(value, counts);
      return to_chat_usage(counts);
    });
  }
  if (dialect == "openai_responses") {
    return read_root(text,
                     [](json::Value& value) { return openai_responses::read_usage(value).value_or(chat::Usage{}); });
  }
  EXPECT_EQ(dialect, "openai_chat");
  return openai_chat::read_usage({text}).value_or(chat::Usage{});
}

std::optional<prices::PicoUsd> cost(const chat::Usage& usage, std::string_view provider, std::string_view model,
                                    std::string_view at = "2026-11-23T12:00:00Z") {
  const auto now_ms = static_cast<double>(read_rfc3339_ms(at).value());
  return prices::cost_of(usage, {.provider = provider, .model = model}, now_ms, nullptr);
}

TEST(PricedUsage, CostsWhatThePricePackageSays) {
  std::ifstream file(ONELLM_FIXTURES "/prices/usage.json");
  const Json cases = Json::parse(file, nullptr, false);
  ASSERT_TRUE(cases.is_array());
  std::set<std::string> providers;
  for (const Json& one : cases) {
    const std::string provider = one.value("provider", "");
    const std::string model = one.value("model", "");
    const std::string text = one.value("usage", Json()).dump();
    const chat::Usage usage = decode(one.value("dialect", ""), text);
    const auto amount = cost(usage, provider, model, one.value("at", ""));
    const Json expected = one.value("usd", Json());
    ASSERT_EQ(amount.has_value(), expected.is_number()) << provider << " " << model << " " << text;
    if (!amount) continue;
    // The package adds up floats: its figure is a little off in the last digits.
    EXPECT_NEAR(static_cast<double>(*amount) / 1e12, expected.get<double>(), 1e-9)
        << provider << " " << model << " " << text;
    providers.insert(provider);
  }
  EXPECT_GE(providers.size(), 15U);
}

// Two of the usage objects say themselves what they cost, in "ticks" of 10^-10 dollars.
TEST(PricedUsage, CostsWhatTheProviderSays) {
  std::ifstream file(ONELLM_FIXTURES "/prices/usage.json");
  int said = 0;
  for (const Json& one : Json::parse(file, nullptr, false)) {
    const Json& usage = one.at("usage");
    if (!usage.contains("cost_in_usd_ticks")) continue;
    ++said;
    const auto amount = cost(decode("openai_chat", usage.dump()), "x-ai", one.value("model", ""));
    EXPECT_EQ(amount, usage.value("cost_in_usd_ticks", int64_t{0}) * 100);
  }
  EXPECT_EQ(said, 2);
}

// What was compacted on the way is paid for too, and not in the counts of the whole.
TEST(PricedUsage, IncludesACompactedContext) {
  const chat::Usage usage = decode("anthropic_messages", R"({"input_tokens":682,"output_tokens":1320,"iterations":[
      {"type":"compaction","input_tokens":60385,"output_tokens":592},
      {"type":"message","input_tokens":682,"output_tokens":1320}]})");
  // claude-opus-4-6: (60385 + 682) * 5 + (592 + 1320) * 25 = 305335 + 47800 millionths.
  EXPECT_EQ(cost(usage, "anthropic", "claude-opus-4-6"), 353'135'000'000);
}

// Another model took over: each call is paid at its own model's price, and one declined before its first word is not.
// https://docs.claude.com/en/docs/build-with-claude/refusals-and-fallback
TEST(PricedUsage, IsPaidByTheModelThatServed) {
  const chat::Usage usage = decode("anthropic_messages", R"({"input_tokens":1000,"output_tokens":1000,"iterations":[
      {"type":"message","model":"claude-fable-5","input_tokens":1000,"output_tokens":0},
      {"type":"fallback_message","model":"claude-opus-4-8","input_tokens":1000,"output_tokens":1000}]})");
  EXPECT_EQ(usage.total_tokens, 2000) << "what the client is told";
  EXPECT_EQ(cost(usage, "anthropic", "claude-fable-5"), 30'000'000'000);  // 5 + 25 thousandths.
}

TEST(PricedUsage, IncludesWhatWasSaidBeforeAnotherModelTookOver) {
  const chat::Usage usage = decode("anthropic_messages", R"({"input_tokens":1000,"output_tokens":1000,"iterations":[
      {"type":"message","model":"claude-fable-5","input_tokens":1000,"output_tokens":100},
      {"type":"fallback_message","model":"claude-opus-4-8","input_tokens":1000,"output_tokens":1000}]})");
  EXPECT_EQ(cost(usage, "anthropic", "claude-fable-5"), 45'000'000'000);  // 10 + 5 thousandths more.
}

TEST(PricedUsage, IncludesTheAdviceOfAnotherModel) {
  const char* const iterations = R"({"input_tokens":1000,"output_tokens":1000,"iterations":[
      {"type":"message","input_tokens":1000,"output_tokens":1000},
      {"type":"advisor_message",%"input_tokens":1000,"output_tokens":100}]})";
  const auto with = [&](const std::string& model) {
    std::string text = iterations;
    return text.replace(text.find('%'), 1, model);
  };
  // The reply's own model is claude-fable-5: 10 + 50 thousandths, and opus-4-8: 5 + 2.5.
  EXPECT_EQ(cost(decode("anthropic_messages", with(R"("model":"claude-opus-4-8",)")), "anthropic", "claude-fable-5"),
            67'500'000'000);
  EXPECT_EQ(cost(decode("anthropic_messages", with("")), "anthropic", "claude-fable-5"), std::nullopt);
}

TEST(PricedUsage, IsUnknownWhereItWasServedAtOtherPrices) {
  const auto is_known = [](const std::string& dialect, const std::string& usage, const char* provider,
                           const char* model) { return cost(decode(dialect, usage), provider, model).has_value(); };
  const auto claude = [&](const std::string& more) {
    return is_known("anthropic_messages", R"({"input_tokens":10,"output_tokens":1,)" + more + "}", "anthropic",
                    "claude-opus-5");
  };
  for (const char* more : {R"("speed":"standard")", R"("service_tier":"standard","inference_geo":"not_available")",
                           R"("inference_geo":"global","speed":null)"}) {
    EXPECT_TRUE(claude(more)) << more;
  }
  for (const char* more : {R"("speed":"fast")", R"("service_tier":"priority")", R"("service_tier":"batch")",
                           R"("inference_geo":"us")", R"("speed":"of_the_future")"}) {
    EXPECT_FALSE(claude(more)) << more;
  }
  const auto gemini = [&](const std::string& more) {
    return is_known("gemini", R"({"promptTokenCount":10,"candidatesTokenCount":1,)" + more + "}", "google",
                    "gemini-3.8-flash");
  };
  for (const char* more :
       {R"("trafficType":"ON_DEMAND")", R"("serviceTier":"standard")", R"("trafficType":"TRAFFIC_TYPE_UNSPECIFIED")"}) {
    EXPECT_TRUE(gemini(more)) << more;
  }
  for (const char* more : {R"("trafficType":"PROVISIONED_THROUGHPUT")", R"("serviceTier":"flex")"}) {
    EXPECT_FALSE(gemini(more)) << more;
  }
}

// https://docs.litellm.ai/docs/completion/prompt_caching,
// https://www.alibabacloud.com/help/en/model-studio/context-cache
TEST(PricedUsage, KnowsOtherNamesOfWhatIsWrittenToTheCache) {
  const std::string counts = R"("prompt_tokens":3000,"completion_tokens":100,"total_tokens":3100,)";
  for (const char* names : {
           R"("prompt_tokens_details":{"cached_tokens":1000,"cache_write_tokens":1000})",
           R"("prompt_tokens_details":{"cached_tokens":1000,"cache_creation_tokens":1000})",
           R"("prompt_tokens_details":{"cached_tokens":1000,"cache_creation_input_tokens":1000,"cache_type":"x"})",
           R"("cache_creation_input_tokens":1000,"cache_read_input_tokens":1000)",
           R"("prompt_tokens_details":{"cached_tokens":1000,"cache_write_tokens":1000,"cache_creation_tokens":1000},
              "cache_creation_input_tokens":1000,"cache_read_input_tokens":1000)",
       }) {
    const chat::Usage usage = decode("openai_chat", "{" + counts + names + "}");
    EXPECT_EQ(usage.cached_tokens, 1000) << names;
    EXPECT_EQ(usage.cache_write_tokens, 1000) << names;
    EXPECT_NE(usage.raw.find(R"("cache_write_tokens":1000)"), std::string::npos) << usage.raw;
    // gpt-6-sol: 1000 * 2 + 1000 * 0.2 + 1000 * 2.5 + 100 * 10 millionths.
    EXPECT_EQ(cost(usage, "openai", "gpt-6-sol"), 5'700'000'000) << names;
  }
  const chat::Usage hour =
      decode("openai_chat", "{" + counts + R"("prompt_tokens_details":{"cache_creation_tokens":1000,
      "cache_creation_token_details":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":1000}}})");
  EXPECT_EQ(hour.cache_write_1h_tokens, 1000);
}

TEST(PricedUsage, KeepsWhatIsWrittenToTheCacheForAnHour) {
  const chat::Usage usage = decode("anthropic_messages", R"({"input_tokens":10,"output_tokens":1,
      "cache_creation_input_tokens":300,"cache_creation":{"ephemeral_5m_input_tokens":100,
      "ephemeral_1h_input_tokens":200}})");
  EXPECT_EQ(usage.cache_write_tokens, 300);
  EXPECT_EQ(usage.cache_write_1h_tokens, 200);
  // claude-sonnet-4-5: 10 * 3 + 100 * 3.75 + 200 * 6 + 15 millionths.
  EXPECT_EQ(cost(usage, "anthropic", "claude-sonnet-4-5"), 1'620'000'000);
}

TEST(PricedUsage, TellsModalitiesOfGeminiApart) {
  const chat::Usage usage = decode("gemini", R"({"promptTokenCount":100,"toolUsePromptTokenCount":20,
      "candidatesTokenCount":50,"thoughtsTokenCount":5,"totalTokenCount":175,"cachedContentTokenCount":30,
      "promptTokensDetails":[{"modality":"TEXT","tokenCount":40},{"modality":"AUDIO","tokenCount":60}],
      "toolUsePromptTokensDetails":[{"modality":"AUDIO","tokenCount":7},{"modality":"TEXT","tokenCount":13}],
      "cacheTokensDetails":[{"modality":"TEXT","tokenCount":30}],
      "candidatesTokensDetails":[{"tokenCount":9,"modality":"IMAGE"},{"modality":"AUDIO","tokenCount":11}]})");
  EXPECT_EQ(usage.prompt_tokens, 120);
  EXPECT_EQ(usage.completion_tokens, 55);
  EXPECT_EQ(usage.audio_prompt_tokens, 67);
  EXPECT_EQ(usage.cached_audio_tokens, 0) << "the list says that there was none";
  EXPECT_EQ(usage.image_completion_tokens, 9);
  EXPECT_EQ(usage.audio_completion_tokens, 11);
}

TEST(PricedUsage, SaysNothingOfModalitiesThatGeminiDidNotCount) {
  const chat::Usage usage = decode("gemini", R"({"promptTokenCount":100,"promptTokensDetails":[
      {"modality":"TEXT","tokenCount":100},5,{"modality":null,"tokenCount":"x"}],"candidatesTokensDetails":{}})");
  EXPECT_EQ(usage.prompt_tokens, 100);
  EXPECT_EQ(usage.audio_prompt_tokens, std::nullopt);
  EXPECT_EQ(usage.cached_audio_tokens, std::nullopt);
  EXPECT_EQ(usage.audio_completion_tokens, std::nullopt);
}

}  // namespace
}  // namespace onellm::dialects
