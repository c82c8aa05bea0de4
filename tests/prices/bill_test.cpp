#include "prices/bill.h"

#include <gtest/gtest.h>

namespace onellm::prices {
namespace {

struct Priced {
  Unit unit;
  int64_t price;
};

Prices prices(std::initializer_list<Priced> all) {
  Prices prices;
  for (const Priced& each : all) prices.set(static_cast<size_t>(each.unit), each.price);
  return prices;
}

const Prices kPlain = prices({{Unit::kInput, 100}, {Unit::kOutput, 1000}});

TEST(Bill, IsTokensTimesTheirPrice) {
  EXPECT_EQ(bill({.prompt_tokens = 7, .completion_tokens = 3}, kPlain), 7 * 100 + 3 * 1000);
  EXPECT_EQ(bill({}, kPlain), 0);
}

TEST(Bill, PaysCachedTokensAsPartOfThePrompt) {
  const Prices cached =
      prices({{Unit::kInput, 100}, {Unit::kOutput, 1000}, {Unit::kCacheRead, 10}, {Unit::kCacheWrite, 125}});
  const chat::Usage usage{.prompt_tokens = 50, .completion_tokens = 2, .cached_tokens = 30, .cache_write_tokens = 15};
  EXPECT_EQ(bill(usage, cached), 5 * 100 + 30 * 10 + 15 * 125 + 2 * 1000);
}

TEST(Bill, PaysWhatIsKeptForAnHourAsPartOfWhatIsWritten) {
  const Prices cached =
      prices({{Unit::kInput, 100}, {Unit::kOutput, 1000}, {Unit::kCacheWrite, 125}, {Unit::kCacheWrite1h, 200}});
  const chat::Usage usage{.prompt_tokens = 50, .cache_write_tokens = 15, .cache_write_1h_tokens = 4};
  EXPECT_EQ(bill(usage, cached), 35 * 100 + 11 * 125 + 4 * 200);
}

TEST(Bill, PaysAPartWithoutAPriceLikeItsWhole) {
  const chat::Usage usage{.prompt_tokens = 50,
                          .completion_tokens = 9,
                          .cached_tokens = 30,
                          .cache_write_tokens = 10,
                          .cache_write_1h_tokens = 5,
                          .reasoning_tokens = 8,
                          .audio_prompt_tokens = 20,
                          .audio_completion_tokens = 1};
  EXPECT_EQ(bill(usage, kPlain), 50 * 100 + 9 * 1000);
}

TEST(Bill, PaysWhatIsBothCachedAndAudioOnce) {
  const Prices audio = prices({{Unit::kInput, 100},
                               {Unit::kOutput, 1000},
                               {Unit::kCacheRead, 10},
                               {Unit::kInputAudio, 300},
                               {Unit::kCacheAudioRead, 30}});
  chat::Usage usage{.prompt_tokens = 50, .cached_tokens = 20, .audio_prompt_tokens = 15, .cached_audio_tokens = 5};
  // 5 both, 15 cached text, 10 new audio, 20 new text.
  EXPECT_EQ(bill(usage, audio), 5 * 30 + 15 * 10 + 10 * 300 + 20 * 100);
  usage.cached_audio_tokens.reset();
  EXPECT_EQ(bill(usage, audio), std::nullopt) << "it was not said how many were both";
  usage.cached_tokens = 0;
  EXPECT_EQ(bill(usage, audio), 15 * 300 + 35 * 100);
}

TEST(Bill, PaysPicturesAudioAndReasoningAsPartsOfTheCompletion) {
  const Prices rich = prices({{Unit::kInput, 1},
                              {Unit::kOutput, 10},
                              {Unit::kOutputAudio, 20},
                              {Unit::kOutputImage, 30},
                              {Unit::kOutputReasoning, 5}});
  const chat::Usage usage{
      .completion_tokens = 100, .reasoning_tokens = 40, .audio_completion_tokens = 3, .image_completion_tokens = 7};
  EXPECT_EQ(bill(usage, rich), 50 * 10 + 40 * 5 + 3 * 20 + 7 * 30);
}

TEST(Bill, CountsTheRequestItselfAndSearches) {
  const Prices fees = prices({{Unit::kInput, 0}, {Unit::kOutput, 0}, {Unit::kRequest, 12}, {Unit::kWebSearch, 1000}});
  EXPECT_EQ(bill({}, fees), 12);
  EXPECT_EQ(bill({.web_search_requests = 3}, fees), 3012);
}

TEST(Bill, KnowsNoCostOfWhatHasNoPrice) {
  EXPECT_EQ(bill({.prompt_tokens = 1}, Prices{}), std::nullopt);
  EXPECT_EQ(bill({.completion_tokens = 1}, prices({{Unit::kInput, 100}})), std::nullopt);
  EXPECT_EQ(bill({.prompt_tokens = 1}, prices({{Unit::kInput, 100}})), 100) << "an embedding has no completion";
  EXPECT_EQ(bill({.prompt_tokens = 1, .web_search_requests = 1}, kPlain), std::nullopt);
}

TEST(Bill, KnowsNoCostWherePartsAreMoreThanTheWhole) {
  const Prices cached = prices({{Unit::kInput, 100}, {Unit::kOutput, 1000}, {Unit::kCacheRead, 10}});
  EXPECT_EQ(bill({.prompt_tokens = 5, .cached_tokens = 5}, cached), 50);
  EXPECT_EQ(bill({.prompt_tokens = 5, .cached_tokens = 6}, cached), std::nullopt);
  EXPECT_EQ(bill({.prompt_tokens = -1}, cached), std::nullopt);
}

TEST(Bill, GivesNothingRatherThanOverflow) {
  constexpr int64_t kHuge = int64_t{1} << 53;
  EXPECT_EQ(bill({.prompt_tokens = kHuge}, prices({{Unit::kInput, 1}})), kHuge);
  EXPECT_EQ(bill({.prompt_tokens = kHuge}, prices({{Unit::kInput, 1'000'000}})), std::nullopt);
  EXPECT_EQ(
      bill({.prompt_tokens = kHuge, .completion_tokens = kHuge}, prices({{Unit::kInput, 1000}, {Unit::kOutput, 1000}})),
      std::nullopt);
  EXPECT_EQ(bill({.prompt_tokens = INT64_MAX, .completion_tokens = INT64_MAX},
                 prices({{Unit::kInput, 0}, {Unit::kOutput, 0}})),
            0);
}

}  // namespace
}  // namespace onellm::prices
