// One request to one upstream, in bytes: what each event returns, and by which deadline it ends.
#include "gateway/upstream/fetch.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/limits.h"
#include "support/upstream_user.h"

namespace onellm::gateway::test {
namespace {

using Step = UpstreamStep;
using Lines = std::vector<std::string>;

struct FetchTest : ::testing::Test {
  Surroundings around;
  UpstreamFetch fetch{"leg", kShortDeadlines, around.context};
  Rope body;

  void SetUp() override {
    body.add_owned("body");
    send();
  }
  void send() {
    fetch.send({.head = "POST https://one.test", .body = &body, .provider = "one"});
    EXPECT_EQ(around.take_commands().size(), 1U);
  }
  // A stream whose first part was read.
  void begin_answer() {
    EXPECT_EQ(fetch.on_head(Head("200")), Step::kBegan);
    fetch.read_stream();
    EXPECT_EQ(fetch.on_bytes("first"), Step::kBytes);
    fetch.note_answer();
    (void)around.take_commands();
  }
  // Expects that it has its deadline after just `ms`, and returns what comes of it.
  Step late_after(double ms, bool client_is_ahead = false) {
    EXPECT_EQ(fetch.deadline_ms(), around.context.now_ms + ms);
    around.context.now_ms += ms - 1;
    EXPECT_EQ(fetch.on_time(client_is_ahead), Step::kNothing) << "too early";
    around.context.now_ms += 1;
    return fetch.on_time(client_is_ahead);
  }
  void pass(double ms) { around.context.now_ms += ms; }
};

TEST_F(FetchTest, SendsHeadAndBodyAsTheyAre) { EXPECT_EQ(around.sent, Lines{"POST https://one.test body"}); }

TEST_F(FetchTest, ReturnsTheBytesOfAGoodReply) {
  EXPECT_EQ(fetch.on_head(Head("200\ncontent-type: any")), Step::kBegan);
  EXPECT_EQ(fetch.status(), 200);
  fetch.read_stream();
  EXPECT_EQ(around.take_commands(), Lines{"read-stream 1"});
  EXPECT_EQ(fetch.on_bytes("a"), Step::kBytes);
  EXPECT_TRUE(fetch.reading());
  EXPECT_EQ(fetch.on_end(), Step::kEnded);
  fetch.finish();
  EXPECT_FALSE(fetch.under_way());
  EXPECT_TRUE(around.take_commands().empty()) << "what has ended is not aborted";
}

TEST_F(FetchTest, ReturnsNothingAfterItsEnd) {
  begin_answer();
  EXPECT_EQ(fetch.on_end(), Step::kEnded);
  for (const bool finished : {false, true}) {
    if (finished) fetch.finish();
    EXPECT_EQ(fetch.on_head(Head("200")), Step::kNothing);
    EXPECT_EQ(fetch.on_bytes("more"), Step::kNothing);
    EXPECT_EQ(fetch.on_end(), Step::kNothing);
    EXPECT_EQ(fetch.on_failed(), Step::kNothing);
    pass(1'000'000);
    EXPECT_EQ(fetch.on_time(false), Step::kNothing);
    EXPECT_EQ(fetch.cut({}), Step::kNothing);
  }
  EXPECT_TRUE(around.take_commands().empty());
}

TEST_F(FetchTest, FailsWithoutAConnection) {
  EXPECT_EQ(fetch.on_failed(), Step::kFailed);
  EXPECT_EQ(fetch.error().kind, ErrorKind::kUpstreamUnreachable);
  EXPECT_EQ(fetch.error().message, "leg: the provider one could not be reached");
  EXPECT_FALSE(fetch.under_way());
}

TEST_F(FetchTest, IsBrokenWhenTheConnectionBreaksInTheReply) {
  begin_answer();
  EXPECT_EQ(fetch.on_failed(), Step::kBroken);
  EXPECT_EQ(fetch.error().kind, ErrorKind::kUpstreamCut);
}

TEST_F(FetchTest, CutsTheBodyOfAnError) {
  EXPECT_EQ(fetch.on_head(Head("400")), Step::kNothing);
  EXPECT_EQ(around.take_commands(), Lines{"read-whole 1"});
  EXPECT_EQ(around.read_bytes_max, kErrorBodyBytesMax);
  EXPECT_EQ(fetch.on_bytes(std::string(kErrorBodyBytesMax - 2, 'x')), Step::kNothing);
  EXPECT_EQ(fetch.on_bytes("abcd"), Step::kNothing);
  EXPECT_EQ(fetch.on_bytes("e"), Step::kNothing);
  EXPECT_EQ(fetch.on_end(), Step::kRefused);
  EXPECT_EQ(fetch.status(), 400);
  const std::string text = fetch.take_error_body();
  EXPECT_EQ(text.size(), kErrorBodyBytesMax);
  EXPECT_TRUE(text.ends_with("xab"));
}

TEST_F(FetchTest, UsesThePartOfAnErrorsBodyThatCameBeforeItBroke) {
  EXPECT_EQ(fetch.on_head(Head("503")), Step::kNothing);
  EXPECT_EQ(fetch.on_bytes("half"), Step::kNothing);
  EXPECT_EQ(fetch.on_failed(), Step::kRefused);
  EXPECT_EQ(fetch.take_error_body(), "half");
  EXPECT_EQ(around.take_commands(), Lines{"read-whole 1"});
}

TEST_F(FetchTest, UsesThePartOfAnErrorsBodyThatCameInTime) {
  EXPECT_EQ(fetch.on_head(Head("503")), Step::kNothing);
  EXPECT_EQ(fetch.on_bytes("half"), Step::kNothing);
  EXPECT_EQ(late_after(2'000), Step::kRefused);
  EXPECT_EQ(fetch.take_error_body(), "half");
  EXPECT_EQ(around.take_commands(), (Lines{"read-whole 1", "abort 1"}));
}

TEST_F(FetchTest, HasADeadlineForTheHead) {
  EXPECT_EQ(late_after(1'000), Step::kFailed);
  EXPECT_EQ(fetch.error().kind, ErrorKind::kUpstreamTimeout);
  EXPECT_EQ(fetch.error().message, "leg: no reply within 1000 ms (HEAD)");
  EXPECT_EQ(around.take_commands(), Lines{"abort 1"});
}

TEST_F(FetchTest, HasADeadlineForTheFirstPartFromTheHeadOn) {
  pass(900);
  EXPECT_EQ(fetch.on_head(Head("200")), Step::kBegan);
  fetch.read_stream();
  pass(4'000);
  EXPECT_EQ(fetch.on_bytes(": ping"), Step::kBytes) << "bytes that are no part of an answer do not move it";
  EXPECT_EQ(late_after(1'000), Step::kBroken);
  EXPECT_EQ(fetch.error().message, "leg: no first event within 5000 ms (FIRST)");
}

TEST_F(FetchTest, HasAnIdleDeadlineThatEveryByteMoves) {
  begin_answer();
  for (int i = 0; i < 5; ++i) {
    pass(1'900);
    EXPECT_EQ(fetch.on_bytes(": ping"), Step::kBytes);
  }
  EXPECT_EQ(late_after(2'000), Step::kBroken);
  EXPECT_EQ(fetch.error().message, "leg: no further event within 2000 ms (IDLE)");
}

TEST_F(FetchTest, HasAnIdleDeadlineBetweenThePiecesOfAWholeReply) {
  EXPECT_EQ(fetch.on_head(Head("200")), Step::kBegan);
  fetch.read_whole(100);
  pass(4'900);
  EXPECT_EQ(fetch.on_bytes("first piece"), Step::kBytes);
  EXPECT_EQ(late_after(2'000), Step::kBroken);
  EXPECT_EQ(fetch.error().message, "leg: no further part of the reply within 2000 ms (IDLE)");
}

TEST_F(FetchTest, HasTheFirstDeadlineForAWholeReplyOfWhichNothingCame) {
  EXPECT_EQ(fetch.on_head(Head("200")), Step::kBegan);
  fetch.read_whole(100);
  EXPECT_EQ(around.read_bytes_max, 0U);
  EXPECT_EQ(late_after(5'000), Step::kBroken);
  EXPECT_EQ(fetch.error().message, "leg: no complete reply within 5000 ms (FIRST)");
  EXPECT_EQ(around.take_commands(), (Lines{"read-whole 1", "abort 1"}));
  EXPECT_EQ(around.read_bytes_max, 100U);
}

TEST_F(FetchTest, HasNoDeadlineThatIsZero) {
  UpstreamFetch endless("leg", Deadlines{}, around.context);
  endless.send({.head = "GET https://one.test", .provider = "one"});
  EXPECT_EQ(endless.deadline_ms(), std::numeric_limits<double>::infinity());
  EXPECT_EQ(endless.on_head(Head("200")), Step::kBegan);
  EXPECT_EQ(endless.deadline_ms(), std::numeric_limits<double>::infinity());
}

TEST_F(FetchTest, EndsByTheEarliestTimeOfACompleteAnswer) {
  begin_answer();
  fetch.expect_end(1'500);
  pass(1'000);
  fetch.expect_end(1'500);
  EXPECT_EQ(late_after(500), Step::kBroken);
  EXPECT_EQ(fetch.error().message, "leg: the stream did not end with its answer");
}

TEST_F(FetchTest, GoesOnIfTheAnswerWasNotCompleteAfterAll) {
  begin_answer();
  fetch.expect_end(500);
  fetch.expect_more();
  EXPECT_EQ(late_after(2'000), Step::kBroken);
}

TEST_F(FetchTest, HasNoDeadlineWhilePaused) {
  begin_answer();
  EXPECT_TRUE(fetch.pause());
  EXPECT_TRUE(fetch.pause());
  EXPECT_EQ(around.take_commands(), Lines{"pause 1"}) << "once";
  pass(1'000'000);
  EXPECT_EQ(fetch.on_time(false), Step::kNothing);
  fetch.resume();
  fetch.resume();
  EXPECT_EQ(around.take_commands(), Lines{"resume 1"});
  EXPECT_EQ(late_after(2'000), Step::kBroken) << "it begins anew";
}

TEST_F(FetchTest, CannotBePausedBeforeItsReplyOrAfterItsEnd) {
  EXPECT_FALSE(fetch.pause());
  begin_answer();
  EXPECT_EQ(fetch.on_end(), Step::kEnded);
  EXPECT_FALSE(fetch.pause());
  EXPECT_TRUE(around.take_commands().empty());
}

TEST_F(FetchTest, IsAbortedOnce) {
  begin_answer();
  EXPECT_TRUE(fetch.cancel());
  EXPECT_TRUE(fetch.cancel());
  EXPECT_EQ(around.take_commands(), Lines{"abort 1"});
}

TEST_F(FetchTest, WithdrawsARequestThatTheShimHasNotTaken) {
  fetch.cancel();
  (void)around.take_commands();
  fetch.send({.head = "POST https://one.test", .body = &body, .provider = "one"});
  EXPECT_FALSE(fetch.cancel());
  EXPECT_TRUE(around.take_commands().empty());
}

TEST_F(FetchTest, LetsTheShimStopARelayedBodyAndDeliverTheRest) {
  begin_answer();
  EXPECT_EQ(late_after(2'000, true), Step::kNothing);
  EXPECT_EQ(around.take_commands(), Lines{"stop 1"});
  EXPECT_EQ(fetch.on_bytes("the last copies"), Step::kBytes);
  EXPECT_EQ(fetch.on_failed(), Step::kBroken);
  EXPECT_EQ(fetch.error().kind, ErrorKind::kUpstreamTimeout) << "for the reason why it was stopped";
}

TEST_F(FetchTest, IsLostIfARelayedBodyCannotBeStopped) {
  begin_answer();
  EXPECT_EQ(late_after(2'000, true), Step::kNothing);
  EXPECT_EQ(late_after(kRelayStopMs, true), Step::kLost);
  EXPECT_EQ(around.take_commands(), (Lines{"stop 1", "abort 1"}));
  EXPECT_EQ(fetch.error().message, "leg: no further event within 2000 ms (IDLE)");
}

TEST_F(FetchTest, IsMeasuredFromItsRequestToItsEnd) {
  EXPECT_TRUE(around.context.account.upstream_wait.asked());
  pass(300);
  begin_answer();
  pass(200);
  fetch.finish();
  pass(1'000);
  EXPECT_EQ(around.context.account.upstream_wait.total_ms(around.context.now_ms), 500);
}

TEST_F(FetchTest, BeginsAnewWithTheNextRequest) {
  begin_answer();
  EXPECT_EQ(fetch.on_end(), Step::kEnded);
  fetch.finish();
  send();
  EXPECT_EQ(fetch.id(), 2U);
  EXPECT_EQ(fetch.status(), 0);
  EXPECT_FALSE(fetch.answer_noted());
  EXPECT_EQ(late_after(1'000), Step::kFailed) << "it waits for the head again";
}

}  // namespace
}  // namespace onellm::gateway::test
