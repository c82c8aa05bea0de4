// Prices by the built table. Figures are worked out beside them from the price package, version 0.1.8.
#include "prices/prices.h"

#include <gtest/gtest.h>

#include "base/time/rfc3339.h"

namespace onellm::prices {
namespace {

std::optional<std::string> cost(const chat::Usage& usage, const Service& service,
                                std::string_view time = "2026-11-23T12:00:00Z") {
  const auto amount = cost_of(usage, service, static_cast<double>(read_rfc3339_ms(time).value()), nullptr);
  if (!amount) return std::nullopt;
  return format_usd(*amount);
}

// A million tokens each way: the price is easily read from the cost.
const chat::Usage kThousand{.prompt_tokens = 1000, .completion_tokens = 1000};

TEST(Prices, FindTheListByTheHostBeforeTheName) {
  // Groq: 0.15 + 0.6. Baseten: 0.1 + 0.5.
  const auto price = [](std::string_view provider, std::string_view base) {
    return cost(kThousand, {.provider = provider, .base = base, .model = "openai/gpt-oss-120b"});
  };
  EXPECT_EQ(price("fast", "https://api.groq.com/openai/v1"), "0.00075");
  EXPECT_EQ(price("baseten", "https://API.groq.com:443"), "0.00075");
  EXPECT_EQ(price("groq", "http://127.0.0.1:8080"), "0.00075") << "a proxy of our own";
  EXPECT_EQ(price("fast", "https://me:p%40ss@api.groq.com/openai/v1"), "0.00075");
  EXPECT_EQ(price("fast", "https://api.example/@api.groq.com"), std::nullopt);
  EXPECT_EQ(price("groq", "https://inference.baseten.co/v1"), "0.0006");
}

TEST(Prices, AreUnknownInAnotherTierUnlessTheDeploymentSetsThem) {
  const Service flex{.provider = "openai", .model = "gpt-4o", .has_other_prices = true};
  EXPECT_EQ(cost(kThousand, flex), std::nullopt);
  std::vector<std::string> problems;
  const auto own = read_overrides(R"({"gpt-4o":{"input_mtok":1,"output_mtok":1}})", problems);
  EXPECT_EQ(cost_of(kThousand, flex, 0, own.get()), 2'000'000'000);
}

TEST(Prices, AreUnknownOfWhatNobodyKnows) {
  EXPECT_EQ(cost(kThousand, {.provider = "mine", .base = "http://localhost:8000/v1", .model = "gpt-4o"}), std::nullopt);
  EXPECT_EQ(
      cost(kThousand, {.provider = "mine", .base = "https://api.groq.com.example.org", .model = "openai/gpt-oss-20b"}),
      std::nullopt);
  EXPECT_EQ(cost(kThousand, {.provider = "openai", .model = "gpt-99"}), std::nullopt);
  EXPECT_EQ(cost(kThousand, {.provider = "openai"}), std::nullopt);
  EXPECT_EQ(cost(kThousand, {.provider = "openai", .model = "ft:unheard-of:me::1"}), std::nullopt);
}

TEST(Prices, OfTheEchoAreNothing) {
  EXPECT_EQ(cost(kThousand, {.provider = "echo", .model = "echo", .is_free = true}), "0");
}

TEST(Prices, KnowSnapshotsAndFineTunes) {
  // gpt-4o: 2.5 + 10 for a million; fine-tuned 3.75 + 15.
  for (const char* model : {"gpt-4o", "GPT-4o ", "gpt-4o-2024-08-06", "gpt-4o-20240806"}) {
    EXPECT_EQ(cost(kThousand, {.provider = "openai", .model = model}), "0.0125") << model;
  }
  EXPECT_EQ(cost(kThousand, {.provider = "openai", .model = "ft:gpt-4o-2024-08-06:me::abc"}), "0.01875");
  EXPECT_EQ(cost(kThousand, {.provider = "openai", .model = "gpt-4o-20241306"}), std::nullopt) << "no month";
  EXPECT_EQ(cost(kThousand, {.provider = "openai", .model = "gpt-4o-202408061"}), std::nullopt) << "no date";
}

TEST(Prices, OfAzureAreThoseOfTheModelsMaker) {
  EXPECT_EQ(cost(kThousand, {.provider = "azure", .model = "gpt-4o-2024-08-06"}), "0.0125");
  // claude-sonnet-4-5: 3 + 15.
  EXPECT_EQ(cost(kThousand, {.provider = "azure", .model = "claude-sonnet-4-5"}), "0.018");
  EXPECT_EQ(cost(kThousand, {.provider = "x", .base = "https://me.openai.azure.com/openai/v1", .model = "gpt-4o"}),
            "0.0125");
}

TEST(Prices, KnowGooglesNamesInTheirFolder) {
  // gemini-2.5-flash: 0.3 + 2.5.
  EXPECT_EQ(cost(kThousand, {.provider = "google", .model = "models/gemini-2.5-flash"}), "0.0028");
  EXPECT_EQ(cost(kThousand, {.provider = "palm", .model = "gemini-2.5-flash"}), "0.0028");
}

TEST(Prices, FallBackToTheNameThatWasAskedFor) {
  EXPECT_EQ(cost(kThousand, {.provider = "openai", .model = "internal-7", .asked = "gpt-4o"}), "0.0125");
  // The name served wins: gpt-4o-mini, 0.15 + 0.6.
  EXPECT_EQ(cost(kThousand, {.provider = "azure", .model = "gpt-4o-mini-2024-07-18", .asked = "gpt-4o"}), "0.00075");
}

TEST(Prices, OfAWholeRequestAreThoseOfTheTierItReaches) {
  // gemini-2.5-pro: 1.25 and 10 up to 200000 prompt tokens, 2.5 and 15 above, cached 0.125 and 0.25.
  const Service pro{.provider = "google", .model = "gemini-2.5-pro"};
  EXPECT_EQ(cost({.prompt_tokens = 200'000, .completion_tokens = 1000}, pro), "0.26");       // 0.25 + 0.01
  EXPECT_EQ(cost({.prompt_tokens = 200'001, .completion_tokens = 1000}, pro), "0.5150025");  // 0.5000025 + 0.015
  // 100001 * 2.5 + 100000 * 0.25 + 1000 * 15, a millionth of it: 0.2500025 + 0.025 + 0.015.
  EXPECT_EQ(cost({.prompt_tokens = 200'001, .completion_tokens = 1000, .cached_tokens = 100'000}, pro), "0.2900025");
}

TEST(Prices, ChangeOnTheirDay) {
  // o3: 10 + 40 until 2025-06-10, then 2 + 8.
  const Service o3{.provider = "openai", .model = "o3"};
  EXPECT_EQ(cost(kThousand, o3, "2025-06-09T23:59:59.999Z"), "0.05");
  EXPECT_EQ(cost(kThousand, o3, "2025-06-10T00:00:00Z"), "0.01");
  // claude-opus-4-6 lost its tier on 2026-03-13: 300000 prompt tokens at 10, then at 5.
  const Service opus{.provider = "anthropic", .model = "claude-opus-4-6"};
  EXPECT_EQ(cost({.prompt_tokens = 300'000}, opus, "2026-03-12T12:00:00Z"), "3");
  EXPECT_EQ(cost({.prompt_tokens = 300'000}, opus, "2026-03-13T00:00:00Z"), "1.5");
}

// What the price package does not have yet: scripts/lib/price_additions.mjs.
TEST(Prices, KnowTheNewestModels) {
  const struct {
    const char* provider;
    const char* model;
    const char* usd;  // A thousand tokens each way.
  } cases[] = {
      {"anthropic", "claude-opus-5-5", "0.024"},     {"anthropic", "claude-sonnet-5-5", "0.012"},
      {"anthropic", "claude-sonnet-5", "0.012"},     {"anthropic", "claude-haiku-5-5", "0.0006"},
      {"anthropic", "claude-fable-5-1", "0.06"},     {"anthropic", "claude-fable-5-2", "0.048"},
      {"anthropic", "claude-mythos-5-2", "0.048"},   {"anthropic", "claude-fable-5-2-20261109", "0.048"},
      {"openai", "gpt-6.1-sol-2026-09-29", "0.012"}, {"openai", "gpt-6.1-terra", "0.006"},
      {"azure", "gpt-6.1-terra", "0.006"},           {"google", "gemini-4-argon", "0.012"},
      {"google", "models/gemini-4-carbon", "0.012"},
  };
  for (const auto& c : cases) EXPECT_EQ(cost(kThousand, {.provider = c.provider, .model = c.model}), c.usd) << c.model;
}

TEST(Prices, OfAModelAreNotThoseOfAnotherVersion) {
  for (const char* model : {"claude-sonnet-5-7", "claude-fable-5-3", "claude-haiku-5-6", "claude-mythos-6"}) {
    EXPECT_EQ(cost(kThousand, {.provider = "anthropic", .model = model}), std::nullopt) << model;
  }
  // Read from the cache: 0.1 with Sonnet 5.5, 0.2 with Sonnet 5.
  const chat::Usage cached{.prompt_tokens = 1'000'000, .cached_tokens = 1'000'000};
  EXPECT_EQ(cost(cached, {.provider = "anthropic", .model = "claude-sonnet-5-5"}), "0.1");
  EXPECT_EQ(cost(cached, {.provider = "anthropic", .model = "claude-sonnet-5-5"}, "2026-10-06T12:00:00Z"), "0.2");
  EXPECT_EQ(cost(cached, {.provider = "anthropic", .model = "claude-sonnet-5"}), "0.2");
}

TEST(Prices, OfALongPromptCountWhatWasCached) {
  const chat::Usage usage{.prompt_tokens = 120'000, .completion_tokens = 1000, .cached_tokens = 100'000};
  // claude-haiku-5-5 over 100000: 20000 * 0.5 + 100000 * 0.05 + 1000 * 2.5, a millionth of it.
  EXPECT_EQ(cost(usage, {.provider = "anthropic", .model = "claude-haiku-5-5"}), "0.0175");
}

TEST(Prices, OfAnAnswerOfSeveralModelsAreEachItsOwn) {
  chat::Usage usage = kThousand;
  chat::Usage first = kThousand;
  first.model = "gpt-4o";
  chat::Usage second = kThousand;
  second.model = "gpt-4o-mini";
  usage.by_model = {first, second};
  const Service service{.provider = "openai", .model = "o3", .asked = "o3"};
  EXPECT_EQ(cost(usage, service), "0.01325");
  usage.by_model[1].model = "";
  EXPECT_EQ(cost(usage, service), std::nullopt) << "nobody says whose it is";
}

TEST(Prices, ChangeWithTheTimeOfDay) {
  // deepseek-reasoner: 0.55 + 2.19 from 00:30 to 16:30 UTC, else 0.135 + 0.55.
  const Service reasoner{.provider = "deepseek", .model = "deepseek-reasoner"};
  EXPECT_EQ(cost(kThousand, reasoner, "2025-05-01T00:29:59.999Z"), "0.000685");
  EXPECT_EQ(cost(kThousand, reasoner, "2025-05-01T00:30:00Z"), "0.00274");
  EXPECT_EQ(cost(kThousand, reasoner, "2025-05-01T16:29:59.999Z"), "0.00274");
  EXPECT_EQ(cost(kThousand, reasoner, "2025-05-01T16:30:00Z"), "0.000685");
}

TEST(Prices, ArePaidForSearchesAndForCachesOfAnHour) {
  // claude-sonnet-4-5: 3, cached 0.3, written 3.75, for an hour 6, out 15; a search is one cent.
  const chat::Usage usage{.prompt_tokens = 10'000,
                          .completion_tokens = 100,
                          .cached_tokens = 2000,
                          .cache_write_tokens = 5000,
                          .cache_write_1h_tokens = 1000,
                          .web_search_requests = 2};
  // 3000 * 3 + 2000 * 0.3 + 4000 * 3.75 + 1000 * 6 + 100 * 15 = 32100 millionths, and two cents.
  EXPECT_EQ(cost(usage, {.provider = "anthropic", .model = "claude-sonnet-4-5-20250929"}), "0.0521");
}

TEST(Prices, AreUnknownWherePartOfWhatIsPaidForCannotBeSeen) {
  EXPECT_EQ(cost(kThousand, {.provider = "perplexity", .model = "sonar-deep-research"}), std::nullopt);
  // sonar: 1 + 1, and 12 for a thousand requests.
  EXPECT_EQ(cost(kThousand, {.provider = "perplexity", .model = "sonar"}), "0.014");
}

TEST(Prices, AreZeroOnlyWhereTheyAreSaidToBe) {
  EXPECT_EQ(cost(kThousand, {.provider = "google", .model = "gemma-3-27b-it"}), "0") << "free";
  EXPECT_EQ(cost(kThousand, {.provider = "cerebras", .model = "qwen-3-coder-480b"}), std::nullopt) << "no longer sold";
}

TEST(Prices, AreUnknownAtNoTime) {
  EXPECT_EQ(cost_of(kThousand, {.provider = "openai", .model = "gpt-4o"}, -1, nullptr), std::nullopt);
  EXPECT_EQ(cost_of(kThousand, {.provider = "openai", .model = "gpt-4o"}, 1e300, nullptr), std::nullopt);
}

// $4 for a million tokens of the prompt, $1 read from the cache, $5 written to it; $8 of output.
Costs costs_with_cache(const chat::Usage& usage) {
  std::vector<std::string> problems;
  const auto own =
      read_overrides(R"({"m":{"input_mtok":4,"cache_read_mtok":1,"cache_write_mtok":5,"output_mtok":8}})", problems);
  EXPECT_TRUE(problems.empty());
  return costs_of(usage, {.provider = "mine", .base = "http://localhost", .model = "m"}, 0, own.get());
}

TEST(Prices, TellWhatTheCacheSaved) {
  const Costs costs = costs_with_cache(
      {.prompt_tokens = 1000, .completion_tokens = 10, .cached_tokens = 400, .cache_write_tokens = 100});
  EXPECT_EQ(costs.total, 2'980'000'000);
  EXPECT_EQ(costs.cache_saved, 1'100'000'000);
}

TEST(Prices, TellWhatTheCacheCostMoreThanItSaved) {
  EXPECT_EQ(costs_with_cache({.prompt_tokens = 100, .cache_write_tokens = 100}).cache_saved, -100'000'000);
}

TEST(Prices, TellNoSavingsWithoutACacheOrAPrice) {
  EXPECT_EQ(costs_with_cache({.prompt_tokens = 100}).cache_saved, 0);
  const Costs unknown =
      costs_of({.prompt_tokens = 100, .cached_tokens = 50}, {.provider = "mine", .model = "x"}, 0, nullptr);
  EXPECT_EQ(unknown.total, std::nullopt);
  EXPECT_EQ(unknown.cache_saved, 0);
}

}  // namespace
}  // namespace onellm::prices
