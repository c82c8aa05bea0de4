// What an answer cost, beside its tokens: as a provider says it, and as clients are told.
#include "dialects/openai_chat/usage.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace onellm::dialects::openai_chat {
namespace {

std::string counts_and(const std::string& more) {
  return R"({"prompt_tokens":3,"completion_tokens":2,"total_tokens":5)" + more + "}";
}

std::optional<int64_t> cost_in(const std::string& more) {
  const std::string text = counts_and(more);
  const std::optional<chat::Usage> usage = read_usage({text});
  EXPECT_TRUE(usage) << text;
  return usage ? usage->reported_cost_pico_usd : std::nullopt;
}

std::string shown(const std::string& raw, const std::string& cost) {
  chat::Usage usage{.prompt_tokens = 3, .completion_tokens = 2, .total_tokens = 5};
  usage.raw = raw;
  usage.shown_cost = cost;
  std::string out;
  append_usage(out, usage);
  return out;
}

TEST(UsageJson, ReadsWhatTheProviderSaysOfTheCost) {
  EXPECT_EQ(cost_in(R"(,"cost":0.00012)"), 120'000'000);
  EXPECT_EQ(cost_in(R"(,"cost":1.5e-6)"), 1'500'000);
  EXPECT_EQ(cost_in(R"(,"cost":0)"), 0);
  EXPECT_EQ(cost_in(R"(,"cost":{"request_cost":0.005,"total_cost":0.006})"), 6'000'000'000);
}

// https://openrouter.ai/docs/use-cases/usage-accounting
TEST(UsageJson, AddsWhatTheProviderBehindARouterCharges) {
  EXPECT_EQ(cost_in(R"(,"cost":0.0001,"is_byok":true,"cost_details":{"upstream_inference_cost":0.002})"),
            2'100'000'000);
  EXPECT_EQ(cost_in(R"(,"cost_details":{"upstream_inference_cost":0.002},"is_byok":true,"cost":0)"), 2'000'000'000);
  EXPECT_EQ(cost_in(R"(,"cost":0.001,"is_byok":false,"cost_details":{"upstream_inference_cost":0.001})"),
            1'000'000'000);
  EXPECT_EQ(cost_in(R"(,"cost":0,"is_byok":true,"cost_details":{"upstream_inference_cost":null})"), std::nullopt);
  EXPECT_EQ(cost_in(R"(,"cost":0,"is_byok":true)"), std::nullopt);
}

TEST(UsageJson, ReadsACostInTicks) {
  EXPECT_EQ(cost_in(R"(,"cost_in_usd_ticks":318319000)"), 31'831'900'000);
  EXPECT_EQ(cost_in(R"(,"cost_in_usd_ticks":-1)"), std::nullopt);
  EXPECT_EQ(cost_in(R"(,"cost_in_usd_ticks":9223372036854775807)"), std::nullopt);
}

TEST(UsageJson, TakesNothingElseForACost) {
  for (const char* more : {"", R"(,"cost":null)", R"(,"cost":"1")", R"(,"cost":-1)", R"(,"cost":1e99)", R"(,"cost":{})",
                           R"(,"cost":[1])", R"(,"cost":{"total_cost":"1"})", R"(,"costs":1)"}) {
    EXPECT_EQ(cost_in(more), std::nullopt) << more;
  }
}

TEST(UsageJson, KeepsItsCountsWhateverStandsForTheCost) {
  for (const char* more : {R"(,"cost":{"deep":[{"total_cost":1}]})", R"(,"cost":true)", R"(,"cost":[])"}) {
    const std::string text = counts_and(more);
    EXPECT_EQ(read_usage({text})->raw, text);
    EXPECT_EQ(read_usage({text})->total_tokens, 5);
  }
}

TEST(UsageJson, ShowsTheCostBesideTheCounts) {
  EXPECT_EQ(shown("", "0.00012"), counts_and(R"(,"cost":0.00012)"));
  EXPECT_EQ(shown("", "null"), counts_and(R"(,"cost":null)"));
  EXPECT_EQ(shown("", ""), counts_and(""));
  EXPECT_EQ(shown(counts_and(R"(,"own":{"cost":1})"), "2"), counts_and(R"(,"own":{"cost":1},"cost":2)"));
}

TEST(UsageJson, LeavesTheProvidersOwnCostWhereItStands) {
  for (const char* more : {R"(,"cost":0.1)", R"(,"cost" : 2)", R"(,"cost":{"total_cost":1})"}) {
    chat::Usage usage = *read_usage({counts_and(more)});
    usage.shown_cost = "7";
    std::string out;
    append_usage(out, usage);
    EXPECT_EQ(out, counts_and(more));
  }
}

TEST(UsageJson, ReplacesACostThatCannotBeBelieved) {
  for (const char* more :
       {R"(,"cost":null)", R"(,"cost" : "0.5")", R"(,"cost":-5)", R"(,"cost":1e300)", R"(,"cost":{})"}) {
    EXPECT_EQ(shown(counts_and(more), "7"), counts_and(R"(,"cost":7)"));
    EXPECT_EQ(shown(counts_and(more), ""), counts_and(more)) << "nobody asked";
  }
}

TEST(UsageJson, BoundsTheCounts) {
  for (const char* huge : {"9223372036854775807", "99999999999999999999", "1e300"}) {
    const std::string text = std::string(R"({"prompt_tokens":)") + huge + R"(,"completion_tokens":)" + huge + "}";
    const std::optional<chat::Usage> usage = read_usage({text});
    ASSERT_TRUE(usage) << huge;
    EXPECT_EQ(usage->prompt_tokens, kTokensMax);
    EXPECT_EQ(usage->total_tokens, 2 * kTokensMax);
  }
  EXPECT_EQ(read_usage({R"({"prompt_tokens":-9223372036854775808,"total_tokens":3})"})->completion_tokens, 3);
}

// What a client reads of counts that a host gave by other names, with all else that the host said.
TEST(UsageJson, PutsCountsIntoTheDetailsThatAreThere) {
  const struct {
    std::string told;
    std::string read;
  } cases[] = {
      {counts_and(R"(,"reasoning_tokens":1,"cached_tokens":2,"prompt_tokens_details":{"text_tokens":7,)"
                  R"("image_tokens":1},"completion_tokens_details":{"text_tokens":5,"accepted_prediction_tokens":1})"),
       counts_and(R"(,"prompt_tokens_details":{"cached_tokens":2,"text_tokens":7,"image_tokens":1},)"
                  R"("completion_tokens_details":{"reasoning_tokens":1,"text_tokens":5,)"
                  R"("accepted_prediction_tokens":1},"reasoning_tokens":1,"cached_tokens":2)")},
      {R"({ "total_tokens":9, "prompt_tokens":3, "completion_tokens":2, "prompt_tokens_details":{},)"
       R"("completion_tokens_details":null,"x":{"y":[1.0]},"prompt_cache_hit_tokens":2 } )",
       R"({"prompt_tokens":3,"completion_tokens":6,"total_tokens":9,"prompt_tokens_details":{"cached_tokens":2},)"
       R"("completion_tokens_details":null,"x":{"y":[1.0]},"prompt_cache_hit_tokens":2})"},
      {R"({"total_tokens":9,"reasoning_tokens":1,"completion_tokens_details":{"audio_tokens":4,"reasoning_tokens":null}})",
       R"({"prompt_tokens":0,"completion_tokens":9,"total_tokens":9,"completion_tokens_details":)"
       R"({"reasoning_tokens":1,"audio_tokens":4},"reasoning_tokens":1})"},
      {R"({"prompt_tokens":1,"prompt_tokens_details":"odd","cached_tokens":1,"total_tokens":1})",
       R"({"prompt_tokens":1,"completion_tokens":0,"total_tokens":1,"prompt_tokens_details":{"cached_tokens":1},)"
       R"("cached_tokens":1})"},
  };
  for (const auto& c : cases) EXPECT_EQ(read_usage({c.told})->raw, c.read);
}

TEST(UsageJson, ReadsWholeNumbersHoweverTheyAreWritten) {
  const std::optional<chat::Usage> usage = read_usage({R"({"prompt_tokens":10.0,"completion_tokens":1e2})"});
  ASSERT_TRUE(usage);
  EXPECT_EQ(usage->prompt_tokens, 10);
  EXPECT_EQ(usage->completion_tokens, 100);
  EXPECT_FALSE(read_usage({R"({"prompt_tokens":10.5})"}));
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
