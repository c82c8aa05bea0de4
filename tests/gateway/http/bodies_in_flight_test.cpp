// How many bodies of requests may be in memory at once, and which of them wait for the others.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <utility>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"
#include "support/request_bodies.h"

namespace onellm::gateway::test {
namespace {

using onellm::test::completion;

// Two large bodies are being read, and there is no room for a third.
struct FullHouse {
  FullHouse() {
    for (const size_t megabytes : {8U, 4U}) {
      readers.emplace_back(gateway).request(kChatRoute, with_length(megabytes * kMegabyte));
      EXPECT_TRUE(readers.back().body_wanted);
    }
  }
  Configured gateway;
  std::deque<Driver> readers;
};

TEST(BodiesInFlight, WaitForRoom) {
  FullHouse house;
  Driver driver(house.gateway);
  driver.request(kChatRoute, with_length(kMegabyte));
  driver.wait(9'000);
  EXPECT_FALSE(driver.body_wanted);
  EXPECT_FALSE(driver.reply.ended);
  house.readers.pop_front();
  driver.wait(1'000);
  EXPECT_TRUE(driver.body_wanted);
}

TEST(BodiesInFlight, AreRefusedAfterTenSeconds) {
  FullHouse house;
  Driver driver(house.gateway);
  driver.request(kChatRoute, with_length(kMegabyte));
  driver.wait(10'100);
  EXPECT_EQ(driver.reply.status, 503);
  EXPECT_EQ(driver.reply.error("code"), "busy");
  EXPECT_EQ(driver.reply.header("retry-after"), "1");
  const std::string before = driver.transcript();
  house.readers.clear();
  driver.wait(100'000);
  EXPECT_EQ(driver.transcript(), before) << "the refused one waits no longer";
}

TEST(BodiesInFlight, LeaveRoomForSmallOnes) {
  FullHouse house;
  Driver small(house.gateway);
  EXPECT_EQ(small.chat(body_of(1000)).reply.status, 200);
}

TEST(BodiesInFlight, AreCountedWithoutADeclaredLength) {
  FullHouse house;
  Driver driver(house.gateway);
  driver.request(kChatRoute, with_key());
  const std::string megabyte(kMegabyte, ' ');
  for (int i = 0; i < 8 && !driver.reply.ended; ++i) driver.send_body(megabyte);
  EXPECT_EQ(driver.reply.status, 503);
  driver.send_body(megabyte);
  driver.end_body();
  EXPECT_EQ(driver.reply.status, 503) << "what still comes of a refused body changes nothing";
}

// A body without a declared length that is sent in pieces, as far as the gateway takes them.
struct Growing {
  explicit Growing(Gateway& gateway, size_t bytes, const std::string& coding = "gzip")
      : driver(gateway), body(body_of(bytes)) {
    driver.request(kChatRoute, with_key({{"content-encoding", coding}, {"content-length", "20000"}}));
  }
  void send_piece() {
    if (driver.body_paused || driver.reply.ended || ended) return;
    driver.send_body(std::string_view(body).substr(sent, kPieceBytes));
    sent = std::min(body.size(), sent + kPieceBytes);
    if (sent < body.size() || driver.body_paused) return;
    driver.end_body();
    ended = true;
  }
  void wait(double ms) {
    driver.wait(ms);
    if (sent == body.size() && !driver.body_paused && !std::exchange(ended, true)) driver.end_body();
  }

  static constexpr size_t kPieceBytes = 64 * 1024;
  Driver driver;
  std::string body;
  size_t sent = 0;
  bool ended = false;
};

TEST(BodiesInFlight, WaitInTheirMiddleIfTheirLengthIsUnknown) {
  FullHouse house;
  Growing body(house.gateway, kMegabyte);
  for (int i = 0; i < 20; ++i) body.send_piece();
  EXPECT_TRUE(body.driver.body_paused);
  EXPECT_EQ(body.driver.reply.status, 0);
  body.wait(9'000);
  EXPECT_TRUE(body.driver.body_paused);
  house.readers.pop_front();
  body.wait(100);
  EXPECT_FALSE(body.driver.body_paused);
  for (int i = 0; i < 20; ++i) body.send_piece();
  EXPECT_EQ(body.driver.reply.status, 200) << body.driver.transcript();
}

TEST(BodiesInFlight, DoNotWaitForLongerInTheirMiddle) {
  FullHouse house;
  Growing body(house.gateway, kMegabyte);
  for (int i = 0; i < 20; ++i) body.send_piece();
  body.wait(10'100);
  EXPECT_EQ(body.driver.reply.status, 503);
  EXPECT_EQ(body.driver.reply.header("retry-after"), "1");
}

// Six times three megabytes are more than there is room for. If each took its share, none would ever be complete.
TEST(BodiesInFlight, NeverWaitForEachOtherInACircle) {
  for (const std::string coding : {"gzip", "deflate"}) {
    Configured gateway;
    std::deque<Growing> bodies;
    for (int i = 0; i < 6; ++i) bodies.emplace_back(gateway, 3 * kMegabyte, coding);
    size_t served = 0;
    for (int turn = 0; turn < 1'000 && served < 6; ++turn) {
      for (Growing& body : bodies) {
        body.wait(10);
        body.send_piece();
      }
      served = static_cast<size_t>(std::count_if(bodies.begin(), bodies.end(),
                                                 [](const Growing& body) { return body.driver.reply.status == 200; }));
    }
    EXPECT_EQ(served, 6U);
  }
}

TEST(BodiesInFlight, ThatAreTooLongAreRefusedOneAfterTheOther) {
  Configured gateway;
  std::deque<Growing> bodies;
  for (int i = 0; i < 24; ++i) bodies.emplace_back(gateway, 8 * kMegabyte + 1);
  for (int turn = 0; turn < 4'000; ++turn) {
    for (Growing& body : bodies) {
      body.wait(2);
      body.send_piece();
    }
  }
  for (const Growing& body : bodies) EXPECT_EQ(body.driver.reply.status, 413) << body.driver.now_ms;
}

TEST(BodiesInFlight, DoNotWaitForOneThatStandsStill) {
  Configured gateway;
  Growing slow(gateway, 3 * kMegabyte);
  for (int i = 0; i < 10; ++i) slow.send_piece();
  Driver declared(gateway);
  declared.request(kChatRoute, with_length(4 * kMegabyte));
  Growing other(gateway, 2 * kMegabyte);
  for (int turn = 0; turn < 300; ++turn) {
    other.wait(10);
    other.send_piece();
  }
  EXPECT_EQ(other.driver.reply.status, 200) << other.driver.transcript();
}

TEST(BodiesInFlight, AreReleasedWhenTheClientLeaves) {
  FullHouse house;
  house.readers.front().client_gone();
  Driver next(house.gateway);
  next.request(kChatRoute, with_length(8 * kMegabyte));
  EXPECT_TRUE(next.body_wanted);
}

TEST(BodiesInFlight, WaitForNothingOnceTheClientLeft) {
  FullHouse house;
  Driver driver(house.gateway);
  driver.request(kChatRoute, with_length(kMegabyte));
  driver.client_gone();
  house.readers.clear();
  driver.wait(100'000);
  EXPECT_FALSE(driver.body_wanted);
  EXPECT_EQ(driver.reply.status, 0);
}

TEST(BodiesInFlight, AreReleasedOnceTheAnswerIsThere) {
  Configured gateway;
  for (int i = 0; i < 5; ++i) {
    Driver driver(gateway);
    driver.chat(body_of(8 * kMegabyte), with_length(8 * kMegabyte));
    EXPECT_EQ(driver.reply.status, 200);
  }
}

TEST(BodiesInFlight, AreReleasedWhenTheOnlyModelBeginsToAnswer) {
  Configured gateway;
  std::deque<Driver> answered;
  for (int i = 0; i < 5; ++i) {
    Driver& driver = answered.emplace_back(gateway);
    driver.chat(body_of(8 * kMegabyte, "gpt-4o"), with_length(8 * kMegabyte));
    ASSERT_EQ(driver.calls(), 1U) << "request " << i;
    driver.head(0, 200, {{"content-type", "application/json"}});
  }
  for (Driver& driver : answered) {
    driver.bytes(0, completion("Done."));
    driver.end(0);
    EXPECT_EQ(driver.reply.status, 200);
  }
}

TEST(BodiesInFlight, AreKeptWhileAFallbackMayNeedThem) {
  Configured gateway;
  Driver driver(gateway);
  const std::string body = body_of(100'000, "gpt-4o|alpha");
  driver.chat(body);
  driver.answer(0, 200, "this is no reply");
  ASSERT_EQ(driver.calls(), 2U) << driver.transcript();
  EXPECT_NE(driver.fetches[1].body.find(std::string(90'000, 'a')), std::string::npos);
}

}  // namespace
}  // namespace onellm::gateway::test
