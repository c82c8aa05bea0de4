#include <gtest/gtest.h>

#include "base/limits.h"
#include "gateway/merge/merger_fixture.h"

namespace onellm::gateway::test {
namespace {

using chat::FinishReason;

constexpr MergeMode kMode = MergeMode::kConcat;

TEST(ConcatMerger, StreamsTheFirstLegLive) {
  Merging merging(kMode, 2);
  EXPECT_EQ(merging.start(0).text(0, "One").out(), (Lines{"start a", "text One"}));
  EXPECT_EQ(merging.text(0, " more").out(), Lines{"text  more"});
}

TEST(ConcatMerger, KeepsTheOrderAsked) {
  Merging merging(kMode, 3);
  merging.speak(2, "Three").speak(1, "Two");
  EXPECT_EQ(merging.out(), Lines{}) << "later legs wait";
  EXPECT_EQ(merging.speak(0, "One").out(),
            (Lines{"start a", "text One", "start b", R"(text \n\n)", "text Two", "start c", R"(text \n\n)",
                   "text Three", "finish stop +\"onellm\":0", "usage 15", "completed"}));
}

TEST(ConcatMerger, StreamsTheNextLegLiveOnceItsTurnComes) {
  Merging merging(kMode, 2);
  merging.start(1).text(1, "Tw").speak(0, "One");
  merging.out();
  EXPECT_EQ(merging.text(1, "o").out(), Lines{"text o"});
}

TEST(ConcatMerger, SeparatesOnlyWhereBothSidesSpoke) {
  Merging merging(kMode, 3);
  merging.start(0).finish(0).complete(0);  // Says nothing.
  merging.start(1).text(1, "").text(1, "Two").finish(1).complete(1);
  EXPECT_EQ(merging.out(), (Lines{"start a", "start b", "text Two"}));
  EXPECT_EQ(merging.start(2).text(2, "").finish(2).complete(2).out(),
            (Lines{"start c", "finish stop +\"onellm\":0", "completed"}));
}

TEST(ConcatMerger, SeparatesRefusalsLikeWords) {
  Merging merging(kMode, 2);
  merging.speak(0, "One").out();
  EXPECT_EQ(merging.start(1).refusal(1, "No").out(), (Lines{"start b", R"(text \n\n)", "refusal No"}));
}

TEST(ConcatMerger, ShowsAFailedLegAndGoesOn) {
  Merging merging(kMode, 2);
  merging.start(0).text(0, "Half").fail(0);
  EXPECT_EQ(merging.out(), (Lines{"start a", "text Half", "start a", R"(text \n\n)", "text [a: overloaded (503)]"}));
  EXPECT_EQ(merging.speak(1, "Two").out(),
            (Lines{"start b", R"(text \n\n)", "text Two", "finish stop +\"onellm\":0", "usage 5", "completed"}));
  EXPECT_EQ(merging.asked(), Lines{"resume b"});
}

TEST(ConcatMerger, ShowsTheFailureOfALegThatWaited) {
  Merging merging(kMode, 2);
  merging.fail(1, "rate_limit_exceeded", 429).speak(0, "One");
  EXPECT_EQ(merging.out(),
            (Lines{"start a", "text One", "start b", R"(text \n\n)", "text [b: rate_limit_exceeded (429)]",
                   "finish stop +\"onellm\":0", "usage 5", "completed"}));
}

TEST(ConcatMerger, TellsTheHostWhenAllFailed) {
  Merging merging(kMode, 2);
  merging.fail(1).fail(0);
  const Lines out = merging.out();
  ASSERT_FALSE(out.empty());
  EXPECT_EQ(out.back(), "finish error +\"onellm\":0") << "no leg completed";
  EXPECT_EQ(merging.asked().back(), "all failed");
}

TEST(ConcatMerger, EscapesTheNameOfALeg) {
  EXPECT_EQ(failure_text("a\"b", {.kind = ErrorKind::kUpstreamTimeout}), "[a\"b: upstream_timeout (504)]");
  Error without_code{.kind = ErrorKind::kUpstreamRefused};
  without_code.status = 429;
  EXPECT_EQ(failure_text("a", without_code), "[a: rate_limit_error (429)]");
}

TEST(ConcatMerger, NumbersToolCallsOverAllLegs) {
  Merging merging(kMode, 2);
  merging.start(0).call(0, 0, "x").arguments(0, 0, "{}").call(0, 1, "y").arguments(0, 1, "{}");
  merging.finish(0, FinishReason::kToolCalls).complete(0);
  merging.start(1).call(1, 0, "z").arguments(1, 0, "{").arguments(1, 0, "}");
  EXPECT_EQ(merging.out(), (Lines{"start a", "call 0 x f", "arguments 0 {}", "call 1 y f", "arguments 1 {}", "start b",
                                  "call 2 z f", "arguments 2 {", "arguments 2 }"}));
}

TEST(ConcatMerger, MakesToolCallIdsUnique) {
  Merging merging(kMode, 3);
  for (size_t leg = 0; leg < 3; ++leg) {
    merging.start(leg).call(leg, 0, "call_0").finish(leg, FinishReason::kToolCalls).complete(leg);
  }
  const Lines out = merging.out();
  EXPECT_EQ(out[1], "call 0 call_0 f");
  EXPECT_EQ(out[3], "call 1 call_0_2 f");
  EXPECT_EQ(out[5], "call 2 call_0_3 f");
}

TEST(ConcatMerger, FinishesWithTheReasonThatTellsMost) {
  using enum FinishReason;
  const std::pair<std::vector<FinishReason>, const char*> cases[] = {
      {{kStop, kStop}, "stop"},
      {{kStop, kContentFilter}, "content_filter"},
      {{kLength, kContentFilter}, "length"},
      {{kLength, kToolCalls}, "tool_calls"},
      {{kToolCalls, kStop}, "tool_calls"},
      {{kError, kStop}, "stop"},
  };
  for (const auto& [reasons, expected] : cases) {
    Merging merging(kMode, 2);
    for (size_t leg = 0; leg < 2; ++leg) merging.start(leg).text(leg, "x").finish(leg, reasons[leg]).complete(leg);
    const Lines out = merging.out();
    EXPECT_EQ(out[out.size() - 2], std::string("finish ") + expected + " +\"onellm\":0");
  }
}

TEST(ConcatMerger, PassesOnWhatStandsBesideAFinish) {
  Merging merging(kMode, 2);
  merging.start(0).say(0, {.kind = chat::EventKind::kFinished, .choice_extra = {"\"filter\":1"}}).complete(0);
  EXPECT_EQ(merging.out(), (Lines{"start a", "extra +\"filter\":1"}));
}

// A sandbox and a service tier are of the leg, not of the joined answer.
TEST(ConcatMerger, PassesOnDetailsOfTheChoiceThatStandBesideAFinish) {
  chat::EventDetails details;
  details.answer_filters = {"{1}"};
  details.container = {"{2}"};
  Merging merging(kMode, 2);
  merging.start(0).say(0, {.kind = chat::EventKind::kFinished, .details = &details}).complete(0);
  EXPECT_EQ(merging.out(), (Lines{"start a", "extra filters {1}"}));
  details.answer_filters = {};
  merging.start(1).say(1, {.kind = chat::EventKind::kFinished, .details = &details}).complete(1);
  EXPECT_EQ(merging.out(), (Lines{"start b", "finish stop +\"onellm\":0", "completed"}));
}

TEST(ConcatMerger, CountsPlacesFromTheStartOfTheJoinedText) {
  chat::EventDetails details;
  details.citation = {.begin = 1, .end = 2, .url = {"u"}};
  const chat::Event citation{.kind = chat::EventKind::kCitation, .details = &details};
  const chat::Event extra{.kind = chat::EventKind::kText, .text = {"!"}, .delta_extra = {"\"x\":1"}};
  Merging merging(kMode, 2);
  for (size_t leg = 0; leg < 2; ++leg)
    merging.start(leg).text(leg, "Gr\u00fc").say(leg, citation).say(leg, extra).complete(leg);
  EXPECT_EQ(merging.out(), (Lines{"start a", "text Gr\u00fc", "citation 1 2 u", "text ! +\"x\":1", "start b",
                                  "text \\n\\n", "text Gr\u00fc", "citation 7 8 u", "text ! +\"x\":1 at 6",
                                  "finish stop +\"onellm\":0", "completed"}));
}

TEST(ConcatMerger, PassesOnSignedReasoningAndPictures) {
  chat::EventDetails details;
  details.thinking = {.text = {"Hm"}, .signature = {"s"}};
  details.media = {.type = {"image/png"}, .data = {"QUJD"}};
  Merging merging(kMode, 2);
  merging.start(0);
  for (const chat::EventKind kind :
       {chat::EventKind::kThinkingSigned, chat::EventKind::kMedia, chat::EventKind::kContentEnded}) {
    merging.say(0, {.kind = kind, .details = &details});
  }
  EXPECT_EQ(merging.out(), (Lines{"start a", "thinking_signed Hm", "media QUJD", "content_ended"}));
}

TEST(ConcatMerger, HoldsBackALegThatSaysTooMuchBeforeItsTurn) {
  Merging merging(kMode, 2);
  const std::string much(kWaitingLegTextBytesMax / 4, 'x');
  merging.start(1);
  for (int i = 0; i < 3; ++i) merging.text(1, much);
  EXPECT_EQ(merging.asked(), Lines{});
  merging.text(1, much);
  EXPECT_EQ(merging.asked(), Lines{"pause b"});
  merging.speak(0, "One");
  EXPECT_EQ(merging.asked(), Lines{"resume b"});
  EXPECT_EQ(merging.out().size(), 2U + 2 + 4);
}

TEST(ConcatMerger, HoldsBackALegOfShortPiecesByItsTextAlone) {
  Merging merging(kMode, 2);
  merging.start(1);
  size_t text_bytes = 0;
  for (Lines asked; asked.empty() && text_bytes < 2 * kWaitingLegTextBytesMax; asked = merging.asked()) {
    merging.text(1, "word ");
    text_bytes += 5;
  }
  EXPECT_GT(text_bytes, kWaitingLegTextBytesMax);
  EXPECT_LT(text_bytes, kWaitingLegTextBytesMax + 16);
}

TEST(ConcatMerger, HoldsBackALegWhoseEventsTakeMoreThanTheirText) {
  Merging merging(kMode, 2);
  merging.start(1);
  Lines asked;
  size_t events = 0;
  while (asked.empty() && events < kWaitingLegEventsBytesMax / 32) {
    merging.text(1, "x").reasoning(1, "y");  // Neither joins the other.
    events += 2;
    asked = merging.asked();
  }
  ASSERT_FALSE(asked.empty());
  EXPECT_EQ(asked.front(), "pause b");
}

TEST(ConcatMerger, GivesUniqueIdsToCallsThatShareOne) {
  Merging merging(kMode, 2);
  merging.start(0).call(0, 0, "x_2").call(0, 1, "x").call(0, 2, "x").finish(0).complete(0);
  merging.start(1).call(1, 0, "x").call(1, 1, "x_2").finish(1).complete(1);
  const Lines out = merging.out();
  const Lines calls = {"call 0 x_2 f", "call 1 x f", "call 2 x_3 f", "call 3 x_4 f", "call 4 x_2_2 f"};
  Lines seen;
  for (const std::string& line : out) {
    if (line.starts_with("call")) seen.push_back(line);
  }
  EXPECT_EQ(seen, calls);
}

TEST(ConcatMerger, HoldsNothingBackOfWholeReplies) {
  Merging merging(kMode, 2, false);
  merging.start(1).text(1, std::string(2 * kWaitingLegTextBytesMax, 'x')).finish(1).complete(1);
  EXPECT_EQ(merging.asked(), Lines{});
}

TEST(ConcatMerger, PassesReasoningOfTheLiveLeg) {
  Merging merging(kMode, 2);
  merging.reasoning(1, "b thinks").start(0).reasoning(0, "a thinks");
  EXPECT_EQ(merging.out(), (Lines{"start a", "reasoning a thinks"}));
}

}  // namespace
}  // namespace onellm::gateway::test
