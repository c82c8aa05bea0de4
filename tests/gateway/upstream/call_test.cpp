// One call over several targets, in bytes: who is asked, when, and how it ends. What a failure means is tested in
// retry_policy_test.cpp, one request in fetch_test.cpp.
#include "gateway/upstream/call.h"

#include <gtest/gtest.h>

#include "support/upstream_user.h"

namespace onellm::gateway::test {
namespace {

using Lines = std::vector<std::string>;

constexpr double kLongestWaitMs = 2'000;

TEST(UpstreamCall, PassesOnTheBytesOfTheFirstTargetThatAnswers) {
  UpstreamUser user({"one", "two"});
  user.start();
  user.head(200);
  user.bytes("some ");
  user.call->note_answer();
  user.bytes("bytes");
  user.end();
  EXPECT_EQ(user.got, "some bytes");
  EXPECT_EQ(user.outcome, "ended");
  EXPECT_EQ(user.asked(), "one body");
}

TEST(UpstreamCall, AsksTheNextTargetAtOnceAfterAFailure) {
  UpstreamUser user({"one", "two", "three", "four"});
  user.start();
  user.refuse(500);
  user.fail();       // No connection.
  user.wait(1'000);  // No head in time.
  EXPECT_EQ(user.asked(), "one body, two body, three body, four body");
  EXPECT_EQ(user.now_ms(), kNoonMs + 1'000);
  EXPECT_EQ(user.outcome, "");
}

TEST(UpstreamCall, AsksTheNextTargetIfAReplyBreaksBeforeItsAnswer) {
  UpstreamUser user({"one", "two"});
  user.start();
  user.head(200);
  user.bytes(": ping");
  user.fail();
  EXPECT_EQ(user.asked(), "one body, two body");
}

TEST(UpstreamCall, AsksNobodyOnceTheAnswerHasBegun) {
  UpstreamUser user({"one", "two"}, 5);
  user.start();
  user.head(200);
  user.bytes("first");
  user.call->note_answer();
  user.fail();
  user.wait(100'000);
  EXPECT_EQ(user.asked(), "one body");
  EXPECT_EQ(user.outcome, "broken: leg: the connection broke before the answer was complete");
  EXPECT_FALSE(user.call->more_possible());
}

TEST(UpstreamCall, AsksNoOtherTargetAfterAnErrorOfTheRequestItself) {
  UpstreamUser user({"one", "two"}, 5);
  user.start();
  user.refuse(400, "The request is wrong");
  EXPECT_EQ(user.asked(), "one body");
  EXPECT_EQ(user.outcome, "failed: The request is wrong");
}

TEST(UpstreamCall, RetriesAfterAWaitOnceAllTargetsHaveFailed) {
  UpstreamUser user({"one", "two"}, 1);
  user.start();
  user.refuse(503);
  EXPECT_TRUE(user.call->more_possible());
  user.refuse(503);
  EXPECT_EQ(user.asked(), "one body, two body");
  const double wait_ms = user.call->deadline_ms() - user.now_ms();
  EXPECT_GT(wait_ms, 0);
  EXPECT_LE(wait_ms, kLongestWaitMs);
  user.wait(wait_ms);
  EXPECT_EQ(user.asked(), "one body, two body, two body") << "the last that may pass";
  EXPECT_FALSE(user.call->more_possible());
  user.refuse(503, "Still down");
  user.wait(100'000);
  EXPECT_EQ(user.asked(), "one body, two body, two body");
  EXPECT_EQ(user.outcome, "failed: Still down");
}

TEST(UpstreamCall, WaitsBeforeARetryAsLongAsTheReplySays) {
  UpstreamUser user({"one"}, 1);
  user.start();
  user.reply_headers = {{"retry-after-ms", "1700"}};
  user.refuse(429);
  user.wait(1'699);
  EXPECT_EQ(user.asked(), "one body");
  user.wait(1);
  EXPECT_EQ(user.asked(), "one body, one body");
}

TEST(UpstreamCall, MakesNoRetryThatIsTooFarAway) {
  UpstreamUser user({"one"}, 1);
  user.start();
  user.reply_headers = {{"retry-after", "3"}};
  user.refuse(429, "Slow down");
  EXPECT_EQ(user.outcome, "failed: Slow down");
}

TEST(UpstreamCall, ReportsTheMostRetryableFailureAndItsTarget) {
  UpstreamUser user({"one", "two"});
  user.start();
  user.refuse(429, "Slow down");
  user.refuse(401, "No such key");
  EXPECT_EQ(user.outcome, "failed: Slow down");
  EXPECT_EQ(user.call->current(), 0U);
  EXPECT_EQ(user.call->failure().upstream_status, 429);
}

TEST(UpstreamCall, ReportsNoCredential) {
  UpstreamUser user;
  user.start();
  user.refuse(401, "The key secret-key is wrong");
  EXPECT_EQ(user.outcome.find("secret-key"), std::string::npos) << user.outcome;
}

TEST(UpstreamCall, SendsAnotherBodyToTheSameTargetIfTheUserSaysSo) {
  UpstreamUser user({"one", "two"});
  user.start();
  user.other_body = [](const Error& error) { return error.message == "without x, please" ? "body without x" : ""; };
  user.refuse(400, "without x, please");
  EXPECT_EQ(user.asked(), "one body, one body without x");
  user.refuse(500);
  EXPECT_EQ(user.asked(), "one body, one body without x, two body") << "it was the same try";
  EXPECT_EQ(user.now_ms(), kNoonMs);
}

TEST(UpstreamCall, SendsTheNextRequestOfAnAnswerThatGoesOn) {
  UpstreamUser user;
  user.start();
  user.head(200);
  user.call->note_answer();
  user.end();
  user.wait(100'000);
  user.call->send({.head = "the rest", .provider = "one"});
  EXPECT_TRUE(user.call->has_answer());
  EXPECT_FALSE(user.call->answer_noted()) << "of this request nothing was read";
  EXPECT_EQ(user.call->deadline_ms(), user.now_ms() + 1'000) << "only the time for the head";
}

TEST(UpstreamCall, TakesThePlacesOfAModelInTurn) {
  const auto around = std::make_shared<Surroundings>();
  for (int i = 0; i < 3; ++i) UpstreamUser({"one@a", "one@b"}, 0, around).start();
  UpstreamUser last({"one@a", "one@b"}, 0, around);
  EXPECT_EQ(last.start().asked(), "one@a body, one@b body, one@a body, one@b body");
}

TEST(UpstreamCall, CallsAPlaceLastThatFailedLately) {
  const auto around = std::make_shared<Surroundings>();
  UpstreamUser first({"one@a", "one@b"}, 0, around);
  first.start().refuse(503);
  EXPECT_EQ(first.asked(), "one@a body, one@b body");
  for (int i = 0; i < 2; ++i) {
    around->sent.clear();
    UpstreamUser next({"one@a", "one@b"}, 0, around);
    EXPECT_EQ(next.start().asked(), "one@b body");
  }
}

TEST(UpstreamCall, EndsWithTheTimeForTheAnswerOverAllItsRequests) {
  UpstreamUser user({"one", "two", "three", "four", "five"});
  user.start();
  for (int i = 0; i < 4; ++i) {
    user.head(200);
    user.wait(5'000);  // No first part in time.
  }
  EXPECT_EQ(user.asked(), "one body, two body, three body, four body") << "no time is left for the fifth";
  EXPECT_EQ(user.outcome, "failed: leg: no answer within 20000 ms (ANSWER)");
}

TEST(UpstreamCall, HasNoTimeLimitForTheAnswerOnceItHasBegun) {
  UpstreamUser user;
  user.start();
  user.head(200);
  user.call->note_answer();
  for (int i = 0; i < 30; ++i) {
    user.wait(1'500);
    user.bytes(".");
  }
  EXPECT_EQ(user.outcome, "");
  EXPECT_EQ(user.got.size(), 30U);
}

TEST(UpstreamCall, MakesNoRequestAfterItWasCancelled) {
  UpstreamUser user({"one"}, 3);
  user.start();
  user.refuse(503);
  EXPECT_TRUE(user.call->cancel());
  user.wait(100'000);
  EXPECT_EQ(user.asked(), "one body");
}

TEST(UpstreamCall, AbortsTheRequestUnderWayWhenItIsCancelled) {
  UpstreamUser user({"one", "two"});
  user.start();
  EXPECT_TRUE(user.call->cancel());
  EXPECT_EQ(user.around->take_commands(), Lines{"abort 1"});
  user.head(200);
  user.fail();
  EXPECT_EQ(user.outcome, "");
}

TEST(UpstreamCall, ReadsAWholeReply) {
  UpstreamUser user;
  user.reads_whole = true;
  user.start();
  EXPECT_EQ(user.commands, Lines{"only-fetch 1"});
  user.head(200);
  EXPECT_EQ(user.commands, Lines{"read-whole 1"});
  user.bytes("all of it");
  user.end();
  EXPECT_EQ(user.got, "all of it");
}

}  // namespace
}  // namespace onellm::gateway::test
