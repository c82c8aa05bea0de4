// What is remembered of refusals: for how long, how much, and of whom.
#include "gateway/upstream/learned.h"

#include <gtest/gtest.h>

#include <string>

#include "base/limits.h"

namespace onellm::gateway {
namespace {

constexpr double kNowMs = 1'700'000'000'000;

Lesson lesson(const std::string& parameter, const std::string& value = "", const std::string& model = "m") {
  return {.place = "host/", .model = model, .parameter = parameter, .value = value};
}

TEST(Learned, IsForgottenAfterAnHour) {
  Learned learned;
  learned.remember(lesson("seed"), kNowMs);
  EXPECT_EQ(learned.of("host/", "m", kNowMs + kLessonMs - 1).size(), 1U);
  EXPECT_TRUE(learned.of("host/", "m", kNowMs + kLessonMs).empty());
}

TEST(Learned, IsOfOneModelAtOneProvider) {
  Learned learned;
  learned.remember(lesson("seed"), kNowMs);
  EXPECT_TRUE(learned.of("host/", "n", kNowMs).empty());
  EXPECT_TRUE(learned.of("other/", "m", kNowMs).empty());
}

TEST(Learned, KeepsEachValueApart) {
  Learned learned;
  learned.remember(lesson("temperature", "0.2"), kNowMs);
  learned.remember(lesson("temperature", "0.3"), kNowMs);
  learned.remember(lesson("temperature", "0.2"), kNowMs);
  EXPECT_EQ(learned.of("host/", "m", kNowMs).size(), 2U);
}

TEST(Learned, LosesTheOldestForThe257th) {
  Learned learned;
  for (size_t i = 0; i < kLessonsMax; ++i) learned.remember(lesson("seed", "", std::to_string(i)), kNowMs);
  EXPECT_EQ(learned.of("host/", "0", kNowMs).size(), 1U);
  learned.remember(lesson("seed", "", "more"), kNowMs);
  EXPECT_TRUE(learned.of("host/", "0", kNowMs).empty());
  EXPECT_EQ(learned.of("host/", "1", kNowMs).size(), 1U);
  EXPECT_EQ(learned.of("host/", "more", kNowMs).size(), 1U);
}

TEST(Learned, GivesThePlaceOfWhatHasExpiredToTheNew) {
  Learned learned;
  for (size_t i = 0; i < kLessonsMax; ++i)
    learned.remember(lesson("seed", "", std::to_string(i)), kNowMs + static_cast<double>(i));
  learned.remember(lesson("seed", "", "more"), kNowMs + kLessonMs);
  EXPECT_EQ(learned.of("host/", "1", kNowMs + kLessonMs).size(), 1U);
}

TEST(Learned, DoesNotKeepWhatIsTooLong) {
  Learned learned;
  learned.remember(lesson("logit_bias", std::string(kLessonBytesMax, '1')), kNowMs);
  EXPECT_TRUE(learned.empty());
}

}  // namespace
}  // namespace onellm::gateway
