#include "keys/estimate.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "prices/prices.h"

namespace onellm::keys {
namespace {

using prices::Prices;
using prices::ServerTool;
using prices::Unit;

Prices prices_with(std::initializer_list<std::pair<Unit, int64_t>> entries) {
  Prices prices;
  for (const auto& [unit, price] : entries) prices.set(static_cast<size_t>(unit), price);
  return prices;
}

Estimate estimate_at(const PricedRequest& request, const std::vector<Prices>& lists) {
  return estimate(request, lists);
}

const Prices kPlain = prices_with({{Unit::kInput, 3},
                                   {Unit::kOutput, 15},
                                   {Unit::kCacheRead, 1},
                                   {Unit::kCacheWrite, 4},
                                   {Unit::kCacheWrite1h, 6},
                                   {Unit::kInputAudio, 40},
                                   {Unit::kOutputAudio, 80},
                                   {Unit::kWebSearch, 1'000},
                                   {Unit::kRequest, 7}});

TEST(Estimate, IsThePromptTheOutputAndTheRequest) {
  const Estimate out = estimate_at({.prompt_tokens = 100, .output_tokens = 10}, {kPlain});
  EXPECT_EQ(out.unpriced, Unpriced::kNothing);
  EXPECT_EQ(out.cost.fixed, 100 * 3 + 10 * 15 + 7);
  EXPECT_EQ(out.cost.per_output_token, 0);
}

TEST(Estimate, LeavesTheOutputOpenWhereTheLimiterChoosesIt) {
  const Estimate out = estimate_at({.prompt_tokens = 100}, {kPlain});
  EXPECT_EQ(out.cost.fixed, 100 * 3 + 7);
  EXPECT_EQ(out.cost.per_output_token, 15);
}

TEST(Estimate, TakesTheDearestUnitThatTheRequestCanMeet) {
  const auto fixed = [](prices::UnitSet may_meet) {
    return estimate_at({.prompt_tokens = 100, .output_tokens = 10, .may_meet = may_meet}, {kPlain}).cost.fixed - 7;
  };
  EXPECT_EQ(fixed(set_of(Unit::kCacheRead)), 100 * 3 + 10 * 15);
  EXPECT_EQ(fixed(set_of(Unit::kCacheWrite)), 100 * 4 + 10 * 15);
  EXPECT_EQ(fixed(set_of(Unit::kCacheWrite, Unit::kCacheWrite1h)), 100 * 6 + 10 * 15);
  EXPECT_EQ(fixed(set_of(Unit::kInputAudio)), 100 * 40 + 10 * 15);
  EXPECT_EQ(fixed(set_of(Unit::kOutputAudio)), 100 * 3 + 10 * 80);
  EXPECT_EQ(fixed(set_of(Unit::kOutputImage)), 100 * 3 + 10 * 15) << "a unit without a price is charged as its whole";
}

TEST(Estimate, TakesTheDearestOfAllLists) {
  const Prices longer = prices_with({{Unit::kInput, 6}, {Unit::kOutput, 12}});
  EXPECT_EQ(estimate_at({.prompt_tokens = 100, .output_tokens = 10}, {kPlain, longer}).cost.fixed,
            100 * 6 + 10 * 15 + 7);
}

TEST(Estimate, CountsServerToolsAtTheirMostUses) {
  const std::vector<ServerTool> tools = {{.uses_max = 4}, {}};
  EXPECT_EQ(estimate_at({.output_tokens = 0, .tools = tools}, {kPlain}).cost.fixed, 9 * 1'000 + 7);
}

TEST(Estimate, SaysWhatHasNoPrice) {
  const Prices no_output = prices_with({{Unit::kInput, 3}});
  const Prices no_search = prices_with({{Unit::kInput, 3}, {Unit::kOutput, 0}});
  const std::vector<ServerTool> search = {{}};
  const std::vector<ServerTool> other = {{.has_price = false}};
  EXPECT_EQ(estimate_at({}, {}).unpriced, Unpriced::kModel);
  EXPECT_EQ(estimate_at({}, {no_output}).unpriced, Unpriced::kModel);
  EXPECT_EQ(estimate_at({}, {kPlain, no_output}).unpriced, Unpriced::kModel);
  EXPECT_EQ(estimate_at({.has_output = false}, {no_output}).unpriced, Unpriced::kNothing);
  EXPECT_EQ(estimate_at({}, {no_search}).unpriced, Unpriced::kNothing) << "a price of 0 is a price";
  EXPECT_EQ(estimate_at({.tools = search}, {no_search}).unpriced, Unpriced::kTool);
  EXPECT_EQ(estimate_at({.tools = other}, {kPlain}).unpriced, Unpriced::kTool);
}

TEST(Estimate, StaysAtTheLargestAmountInsteadOfOverflowing) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  EXPECT_EQ(estimate_at({.prompt_tokens = kMost, .output_tokens = kMost}, {kPlain}).cost.fixed, kMost);
  EXPECT_EQ(estimate_at({.prompt_tokens = -5, .output_tokens = -5}, {kPlain}).cost.fixed, 7);
}

TEST(Estimate, AddsAFifthToTheCountOfThePrompt) {
  EXPECT_EQ(with_margin(0), 0);
  EXPECT_EQ(with_margin(1), 2);
  EXPECT_EQ(with_margin(5), 6);
  EXPECT_EQ(with_margin(1'000), 1'200);
  EXPECT_EQ(with_margin(1'001), 1'202);
  EXPECT_EQ(with_margin(std::numeric_limits<int64_t>::max()), kTokensMax + kTokensMax / 5);
}

TEST(Estimate, OfARealModelIsNeverBelowItsBill) {
  const prices::Service sonnet{.provider = "anthropic", .model = "claude-sonnet-4-5"};
  for (const int64_t prompt : {100, 199'999, 200'001, 500'000}) {
    const chat::Usage usage{.prompt_tokens = prompt, .completion_tokens = 1'000, .cache_write_tokens = prompt};
    const auto bill = prices::cost_of(usage, sonnet, 1.8e12, nullptr);
    const auto prices = prices::prices_of(sonnet, with_margin(prompt), 1.8e12, nullptr);
    ASSERT_TRUE(bill && prices) << prompt;
    const Estimate out = estimate_at(
        {.prompt_tokens = prompt, .output_tokens = 1'000, .may_meet = set_of(Unit::kCacheWrite)}, {*prices});
    EXPECT_EQ(out.unpriced, Unpriced::kNothing);
    EXPECT_GE(out.cost.fixed, *bill) << prompt;
  }
}

TEST(Estimate, OfTheEchoIsNothing) {
  const auto prices = prices::prices_of({.provider = "echo", .is_free = true}, 5, 1.8e12, nullptr);
  ASSERT_TRUE(prices);
  const Estimate out = estimate_at({.prompt_tokens = 100, .output_tokens = 100}, {*prices});
  EXPECT_EQ(out.unpriced, Unpriced::kNothing);
  EXPECT_EQ(out.cost.fixed, 0);
}

}  // namespace
}  // namespace onellm::keys
