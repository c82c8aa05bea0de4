#include <gtest/gtest.h>

#include "base/limits.h"
#include "gateway/merge/merger_fixture.h"

namespace onellm::gateway::test {
namespace {

constexpr MergeMode kMode = MergeMode::kRace;

TEST(RaceMerger, IsWonByTheFirstContent) {
  Merging merging(kMode, 3);
  merging.start(0).start(1).text(1, "B");
  EXPECT_EQ(merging.out(), (Lines{"start b", "text B"}));
  EXPECT_EQ(merging.asked(), (Lines{"cancel a", "cancel c"}));
}

TEST(RaceMerger, TakesAPictureForContent) {
  chat::EventDetails details;
  details.media = {.type = {"image/png"}, .data = {"QUJD"}};
  EXPECT_EQ(Merging(kMode, 2).start(0).say(0, {.kind = chat::EventKind::kMedia, .details = &details}).out(),
            (Lines{"start a", "media QUJD"}));
  const chat::Event sound{.extra_holds = chat::ExtraHolds::kContent, .delta_extra = {"\"x\":1"}};
  EXPECT_EQ(Merging(kMode, 2).start(0).say(0, sound).out(), (Lines{"start a", "extra +\"x\":1"}));
}

TEST(RaceMerger, TakesSignedReasoningAndLabelsForNoContent) {
  chat::EventDetails details;
  Merging merging(kMode, 2);
  merging.start(0).say(0, {.kind = chat::EventKind::kThinkingSigned, .details = &details});
  merging.say(0, {.kind = chat::EventKind::kCode, .details = &details}).say(0, {.delta_extra = {"\"x\":1"}});
  EXPECT_EQ(merging.out(), Lines{});
  EXPECT_EQ(merging.start(1).text(1, "B").out(), (Lines{"start b", "text B"}));
}

TEST(RaceMerger, IsWonByARefusalOrAToolCall) {
  EXPECT_EQ(Merging(kMode, 2).start(0).refusal(0, "No").out(), (Lines{"start a", "refusal No"}));
  EXPECT_EQ(Merging(kMode, 2).start(1).call(1, 0, "x").out(), (Lines{"start b", "call 0 x f"}));
}

TEST(RaceMerger, IsNotWonByReasoningOrEmptyText) {
  Merging merging(kMode, 2);
  merging.start(0).reasoning(0, "hm").text(0, "");
  EXPECT_EQ(merging.out(), Lines{});
  EXPECT_EQ(merging.start(1).text(1, "B").out(), (Lines{"start b", "text B"}));
}

TEST(RaceMerger, ShowsWhatTheWinnerThoughtBefore) {
  Merging merging(kMode, 2);
  EXPECT_EQ(merging.start(0).reasoning(0, "hm").text(0, "A").out(), (Lines{"start a", "reasoning hm", "text A"}));
}

TEST(RaceMerger, PassesOnlyTheWinner) {
  Merging merging(kMode, 2);
  merging.start(0).text(0, "A").out();
  EXPECT_EQ(merging.start(1).text(1, "B").fail(1).out(), Lines{});
  EXPECT_EQ(merging.finish(0).usage(0, 5).complete(0).out(),
            (Lines{"finish stop +\"onellm\":0", "usage 5", "completed"}));
  EXPECT_EQ(merging.asked(), Lines{"cancel b"});
}

TEST(RaceMerger, IsNotLostByAFailureOfOne) {
  Merging merging(kMode, 2);
  merging.fail(0);
  EXPECT_EQ(merging.asked(), Lines{});
  EXPECT_EQ(merging.speak(1, "B").out().front(), "start b");
}

TEST(RaceMerger, TellsTheHostWhenAllFailed) {
  Merging merging(kMode, 2);
  merging.reasoning(0, "hm").fail(0).fail(1);
  EXPECT_EQ(merging.asked(), Lines{"all failed"});
  EXPECT_EQ(merging.out(), Lines{});
}

TEST(RaceMerger, EndsWithTheErrorOfItsWinner) {
  Merging merging(kMode, 2);
  merging.start(0).text(0, "Half").out();
  EXPECT_EQ(merging.fail(0, "cut").out(), Lines{"failed cut"});
}

TEST(RaceMerger, TakesAnEmptyAnswerOnlyIfNoOtherComes) {
  Merging merging(kMode, 2);
  EXPECT_EQ(merging.start(0).finish(0).complete(0).out(), Lines{}) << "the other may still speak";
  Merging other(kMode, 2);
  other.start(0).finish(0).complete(0);
  EXPECT_EQ(merging.speak(1, "B").out().front(), "start b");
  EXPECT_EQ(other.fail(1).out(), (Lines{"start a", "finish stop +\"onellm\":0", "completed"}));
}

TEST(RaceMerger, IsNotWonByHoweverMuchReasoning) {
  Merging merging(kMode, 2);
  merging.start(0);
  for (int i = 0; i < 5'000; ++i) merging.reasoning(0, "hm ");
  merging.reasoning(0, std::string(kWaitingLegTextBytesMax + 1, 'x'));
  EXPECT_EQ(merging.out(), Lines{});
  EXPECT_EQ(merging.asked(), Lines{});
  EXPECT_EQ(merging.start(1).text(1, "B").out(), (Lines{"start b", "text B"}));
}

TEST(RaceMerger, OfWholeRepliesIsWonByTheFirstThatIsWhole) {
  Merging merging(kMode, 2, false);
  merging.start(0).text(0, "A").start(1).text(1, "B").finish(1).usage(1, 5);
  EXPECT_EQ(merging.out(), Lines{});
  EXPECT_EQ(merging.complete(1).out(),
            (Lines{"start b", "text B", "finish stop +\"onellm\":0", "usage 5", "completed"}));
  EXPECT_EQ(merging.asked(), Lines{"cancel a"});
}

TEST(RaceMerger, OfWholeRepliesIsNotWonByAnEmptyOneWhileAnotherMayCome) {
  Merging merging(kMode, 2, false);
  merging.start(0).text(0, "").finish(0).complete(0);
  EXPECT_EQ(merging.out(), Lines{});
  EXPECT_EQ(merging.speak(1, "B").out().front(), "start b");
}

TEST(RaceMerger, OfWholeRepliesIsWonByAnEmptyOneIfNoOtherComes) {
  Merging merging(kMode, 2, false);
  merging.start(0).finish(0).complete(0).fail(1);
  EXPECT_EQ(merging.out(), (Lines{"start a", "finish stop +\"onellm\":0", "completed"}));
}

TEST(RaceMerger, OfWholeRepliesIsNotWonByAFailure) {
  Merging merging(kMode, 2, false);
  merging.start(0).text(0, "A").fail(0);
  EXPECT_EQ(merging.speak(1, "B").out().back(), "completed");
}

}  // namespace
}  // namespace onellm::gateway::test
