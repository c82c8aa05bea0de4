// The request's body: how large it may be, and how many of them may be in memory at once.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using onellm::test::completion;

constexpr const char* kRoute = "POST /v1/chat/completions";
constexpr size_t kMegabyte = 1024 * 1024;

// A chat request of just that many bytes.
std::string body_of(size_t bytes, const std::string& model = "echo") {
  const std::string begin = R"({"model":")" + model + R"(","messages":[{"role":"user","content":")";
  const std::string end = "\"}]}";
  return begin + std::string(bytes - begin.size() - end.size(), 'a') + end;
}

Headers with_length(size_t bytes) { return with_key({{"content-length", std::to_string(bytes)}}); }

TEST(Body, OfTheLargestSizeIsTaken) {
  Configured gateway(settings_with({{"ONELLM_MAX_BODY_BYTES", "1000"}}));
  Driver driver(gateway);
  driver.chat(body_of(1000), with_length(1000));
  EXPECT_EQ(driver.body_bytes_max, 1000U);
  EXPECT_EQ(driver.reply.status, 200);
}

TEST(Body, ThatIsDeclaredTooLargeIsNotRead) {
  Configured gateway(settings_with({{"ONELLM_MAX_BODY_BYTES", "1000"}}));
  Driver driver(gateway);
  driver.request(kRoute, with_length(1001));
  EXPECT_FALSE(driver.body_wanted);
  EXPECT_EQ(driver.reply.status, 413);
  EXPECT_NE(driver.reply.error("message").find("ONELLM_MAX_BODY_BYTES"), std::string::npos);
}

TEST(Body, ThatTurnsOutTooLargeIsRefused) {
  for (const Headers& headers : {with_key(), with_length(10), with_key({{"content-length", "many"}}),
                                 with_key({{"content-length", "99999999999999999999999"}})}) {
    Configured gateway(settings_with({{"ONELLM_MAX_BODY_BYTES", "1000"}}));
    Driver driver(gateway);
    driver.request(kRoute, headers);
    ASSERT_TRUE(driver.body_wanted);
    const std::string body = body_of(1001);
    driver.send_body(std::string_view(body).substr(0, 400));
    driver.send_body(std::string_view(body).substr(400));
    driver.end_body();
    EXPECT_EQ(driver.reply.status, 413);
    EXPECT_EQ(driver.reply.error("code"), "request_too_large");
  }
}

TEST(Body, MayComeByteByByte) {
  Configured gateway;
  Driver driver(gateway);
  driver.request(kRoute, with_key());
  for (const char byte : body_of(200)) driver.send_body({&byte, 1});
  driver.end_body();
  EXPECT_EQ(driver.reply.status, 200);
}

TEST(Body, ThatStopsComingIsGivenUp) {
  Configured gateway;
  Driver driver(gateway);
  driver.request(kRoute, with_key());
  for (int i = 0; i < 3; ++i) {
    driver.wait(59'999);
    driver.send_body(std::string(2 * kMegabyte, ' '));
  }
  EXPECT_FALSE(driver.reply.ended);
  driver.wait(60'000);
  EXPECT_EQ(driver.reply.status, 408);
  EXPECT_EQ(driver.reply.error("code"), "request_timeout");
}

TEST(Body, ThatTricklesIsGivenUpForAllThatCome) {
  for (const Headers& headers : {with_length(8 * kMegabyte), with_key()}) {
    Configured gateway;
    Driver driver(gateway);
    driver.request(kRoute, headers);
    int pieces = 0;  // Of 66 KB, one in five seconds: that is two fifths of the least rate.
    for (; pieces < 100 && !driver.reply.ended; ++pieces) {
      driver.wait(5'000);
      driver.send_body(std::string(66'000, ' '));
    }
    EXPECT_EQ(driver.reply.status, 408);
    EXPECT_EQ(driver.reply.error("code"), "request_timeout");
    EXPECT_LE(pieces, 21) << "it has a minute, and a second for every 32 KB";
    Driver next(gateway);
    next.request(kRoute, with_length(8 * kMegabyte));
    EXPECT_TRUE(next.body_wanted) << "its room is free again";
  }
}

TEST(Body, MayComeAtTheLeastRate) {
  Configured gateway;
  Driver driver(gateway);
  driver.request(kRoute, with_length(8 * kMegabyte));
  const std::string body = body_of(8 * kMegabyte);
  for (size_t at = 0; at < body.size(); at += 256 * 1024) {
    driver.wait(8'000);
    driver.send_body(std::string_view(body).substr(at, 256 * 1024));
  }
  driver.end_body();
  EXPECT_EQ(driver.reply.status, 200);
}

TEST(Body, MayBeShortAndTakeAMinute) {
  Configured gateway;
  Driver driver(gateway);
  driver.request(kRoute, with_key());
  for (const char byte : body_of(100)) {
    driver.wait(599);
    driver.send_body({&byte, 1});
  }
  driver.end_body();
  EXPECT_EQ(driver.reply.status, 200);
}

TEST(Body, MayComeInEmptyPieces) {
  Configured gateway;
  Driver driver(gateway);
  driver.request(kRoute, with_key());
  driver.send_body("");
  driver.send_body(body_of(100));
  driver.send_body("");
  driver.end_body();
  EXPECT_EQ(driver.reply.status, 200);
}

TEST(Body, ThatIsEmptyOrNoJsonIsABadRequest) {
  for (const char* body : {"", "{", "null", "[]", "{\"model\":1}", "\xFF", "{}{}"}) {
    Configured gateway;
    Driver driver(gateway);
    driver.chat(std::string(body));
    EXPECT_EQ(driver.reply.status, 400) << body;
    EXPECT_EQ(driver.reply.error("type"), "invalid_request_error") << body;
  }
}

// Two large bodies are being read, and there is no room for a third.
struct FullHouse {
  FullHouse() {
    for (const size_t megabytes : {8U, 4U}) {
      readers.emplace_back(gateway).request(kRoute, with_length(megabytes * kMegabyte));
      EXPECT_TRUE(readers.back().body_wanted);
    }
  }
  Configured gateway;
  std::deque<Driver> readers;
};

TEST(BodiesInFlight, WaitForRoom) {
  FullHouse house;
  Driver driver(house.gateway);
  driver.request(kRoute, with_length(kMegabyte));
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
  driver.request(kRoute, with_length(kMegabyte));
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
  driver.request(kRoute, with_key());
  const std::string megabyte(kMegabyte, ' ');
  for (int i = 0; i < 8 && !driver.reply.ended; ++i) driver.send_body(megabyte);
  EXPECT_EQ(driver.reply.status, 503);
  driver.send_body(megabyte);
  driver.end_body();
  EXPECT_EQ(driver.reply.status, 503) << "what still comes of a refused body changes nothing";
}

TEST(BodiesInFlight, AreReleasedWhenTheClientLeaves) {
  FullHouse house;
  house.readers.front().client_gone();
  Driver next(house.gateway);
  next.request(kRoute, with_length(8 * kMegabyte));
  EXPECT_TRUE(next.body_wanted);
}

TEST(BodiesInFlight, WaitForNothingOnceTheClientLeft) {
  FullHouse house;
  Driver driver(house.gateway);
  driver.request(kRoute, with_length(kMegabyte));
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

TEST(Body, IsReadInTheCompressedFormsThatTheShimKnows) {
  for (const auto& [coding, head] : std::map<std::string, std::string>{
           {"gzip", "gzip"}, {"GZIP", "gzip"}, {"x-gzip", "gzip"}, {"deflate", "deflate"}, {"identity", ""}}) {
    Configured gateway;
    Session session(gateway, {1, 2, 3, 4});
    session.on_event(EventKind::kRequest, 0, kStartMs,
                     head_text("POST /v1/chat/completions", with_key({{"content-encoding", coding}})));
    const Command* command = session.next();
    ASSERT_NE(command, nullptr);
    ASSERT_EQ(command->kind, CommandKind::kReadRequest);
    EXPECT_EQ(command->head, head) << coding;
  }
}

TEST(Body, OfAnotherCompressedFormIsRefusedByItsName) {
  for (const char* coding : {"zstd", "br", "gzip, gzip"}) {
    Configured gateway;
    Driver driver(gateway);
    driver.request("POST /v1/messages", with_key({{"content-encoding", coding}}));
    EXPECT_FALSE(driver.body_wanted);
    EXPECT_EQ(driver.reply.status, 415);
    EXPECT_EQ(driver.reply.error("type"), "invalid_request_error");
    EXPECT_NE(driver.reply.error("message").find(coding), std::string::npos) << driver.reply.body;
  }
}

}  // namespace
}  // namespace onellm::gateway::test
