#include <gtest/gtest.h>

#include "gateway/merge/merger_fixture.h"

namespace onellm::gateway::test {
namespace {

using chat::FinishReason;

constexpr MergeMode kMode = MergeMode::kChoices;

TEST(ChoicesMerger, GivesEachLegItsChoiceAsItArrives) {
  Merging merging(kMode, 2);
  merging.start(1).text(1, "B").start(0).text(0, "A").text(1, "b");
  EXPECT_EQ(merging.out(), (Lines{"1: start b", "1: text B", "start a", "text A", "1: text b"}));
}

TEST(ChoicesMerger, FinishesEachChoiceOnce) {
  Merging merging(kMode, 2);
  merging.start(0).text(0, "A").finish(0, FinishReason::kLength);
  merging.out();
  EXPECT_EQ(merging.complete(0).out(), Lines{"finish length"});
  EXPECT_EQ(merging.start(1).finish(1).complete(1).out(),
            (Lines{"1: start b", "1: finish stop +\"onellm\":0", "completed"}))
      << "the last one tells of all legs";
}

TEST(ChoicesMerger, SumsUsage) {
  Merging merging(kMode, 2);
  const Lines out = merging.speak(0, "A").speak(1, "B").out();
  EXPECT_EQ(out[out.size() - 2], "usage 10");
}

TEST(ChoicesMerger, KeepsCallsAndReasoningInTheirChoice) {
  Merging merging(kMode, 2);
  merging.start(1).reasoning(1, "hm").call(1, 0, "x").arguments(1, 0, "{}").refusal(1, "no");
  EXPECT_EQ(merging.out(),
            (Lines{"1: start b", "1: reasoning hm", "1: call 0 x f", "1: arguments 0 {}", "1: refusal no"}));
}

TEST(ChoicesMerger, EndsTheChoiceOfAFailedLegWithItsError) {
  Merging merging(kMode, 2);
  merging.start(0).text(0, "Half").finish(0).out();
  const Lines failed = merging.fail(0).out();
  ASSERT_EQ(failed.size(), 2U);
  EXPECT_EQ(failed[1], "finish error failed overloaded (503)");
  EXPECT_EQ(merging.speak(1, "B").out().back(), "completed") << "the other goes on";
}

TEST(ChoicesMerger, StartsTheChoiceOfALegThatNeverSpoke) {
  Merging merging(kMode, 2);
  const Lines out = merging.fail(1).out();
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(out[0], "1: start b");
}

TEST(ChoicesMerger, TellsTheHostWhenAllFailed) {
  Merging merging(kMode, 2);
  merging.fail(0);
  EXPECT_EQ(merging.asked(), Lines{});
  merging.fail(1);
  EXPECT_EQ(merging.asked(), Lines{"all failed"});
  EXPECT_NE(merging.out().back(), "completed");
}

TEST(ChoicesMerger, NamesTheModelOnEachChoiceOfAWholeReply) {
  Merging merging(kMode, 2, false);
  merging.speak(0, "A").fail(1);
  const Lines out = merging.out();
  EXPECT_EQ(out[2], "finish stop of a");
  EXPECT_TRUE(out[4].starts_with("1: finish error failed overloaded (503) of b")) << out[4];
}

}  // namespace
}  // namespace onellm::gateway::test
