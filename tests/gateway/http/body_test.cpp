// The request's body: how large it may be, how long it may take, and in which forms it may come.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/request_bodies.h"

namespace onellm::gateway::test {
namespace {

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
  driver.request(kChatRoute, with_length(1001));
  EXPECT_FALSE(driver.body_wanted);
  EXPECT_EQ(driver.reply.status, 413);
  EXPECT_NE(driver.reply.error("message").find("ONELLM_MAX_BODY_BYTES"), std::string::npos);
}

TEST(Body, ThatTurnsOutTooLargeIsRefused) {
  for (const Headers& headers : {with_key(), with_length(10), with_key({{"content-length", "many"}}),
                                 with_key({{"content-length", "99999999999999999999999"}})}) {
    Configured gateway(settings_with({{"ONELLM_MAX_BODY_BYTES", "1000"}}));
    Driver driver(gateway);
    driver.request(kChatRoute, headers);
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
  driver.request(kChatRoute, with_key());
  for (const char byte : body_of(200)) driver.send_body({&byte, 1});
  driver.end_body();
  EXPECT_EQ(driver.reply.status, 200);
}

TEST(Body, ThatStopsComingIsGivenUp) {
  Configured gateway;
  Driver driver(gateway);
  driver.request(kChatRoute, with_key());
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
    driver.request(kChatRoute, headers);
    int pieces = 0;  // Of 66 KB, one in five seconds: that is two fifths of the least rate.
    for (; pieces < 100 && !driver.reply.ended; ++pieces) {
      driver.wait(5'000);
      driver.send_body(std::string(66'000, ' '));
    }
    EXPECT_EQ(driver.reply.status, 408);
    EXPECT_EQ(driver.reply.error("code"), "request_timeout");
    EXPECT_LE(pieces, 21) << "it has a minute, and a second for every 32 KB";
    Driver next(gateway);
    next.request(kChatRoute, with_length(8 * kMegabyte));
    EXPECT_TRUE(next.body_wanted) << "its room is free again";
  }
}

TEST(Body, MayComeAtTheLeastRate) {
  Configured gateway;
  Driver driver(gateway);
  driver.request(kChatRoute, with_length(8 * kMegabyte));
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
  driver.request(kChatRoute, with_key());
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
  driver.request(kChatRoute, with_key());
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

TEST(Body, ThatCannotBeExpandedIsRefusedForThat) {
  for (const char* path : {"POST /v1/chat/completions", "POST /v1/messages"}) {
    for (const std::string& before : {std::string(), body_of(1000), body_of(kMegabyte)}) {
      Configured gateway;
      Driver driver(gateway);
      driver.request(path, with_key({{"content-encoding", "gzip"}}));
      driver.send_body(before);
      driver.event(EventKind::kRequestEnd, kBrokenBody, {});
      EXPECT_EQ(driver.reply.status, 400);
      EXPECT_EQ(driver.reply.error("type"), "invalid_request_error");
      EXPECT_NE(driver.reply.error("message").find("gzip"), std::string::npos) << driver.reply.body;
      EXPECT_NE(driver.reply.error("message").find("expanded"), std::string::npos) << driver.reply.body;
    }
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
