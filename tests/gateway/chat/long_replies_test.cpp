// Whole replies that are too long to be sent in one: they come in pieces and leave in pieces, and what waits between
// counts to the memory of all requests.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

constexpr size_t kMegabyte = 1024 * 1024;
const std::string kLong = completion(std::string(79 * kMegabyte / 10, 'y'));
constexpr const char* kLanes[] = {"gpt-4o", "alpha"};  // Native and translated.

size_t sends(const Driver& driver) {
  return static_cast<size_t>(std::count_if(driver.lines.begin(), driver.lines.end(),
                                           [](const std::string& line) { return line.starts_with("send "); }));
}

struct LongReplies : ::testing::Test {
  Driver& answered(const char* model, const std::string& reply, bool reads_slowly = false) {
    Driver& driver = requests.emplace_back(gateway);
    driver.reads_slowly = reads_slowly;
    driver.chat(chat_request(model, false));
    driver.answer(0, 200, reply);
    return driver;
  }

  Configured gateway{settings_with({{"bindings", {"ONELLM_ANALYTICS"}}})};
  std::deque<Driver> requests;
};

TEST_F(LongReplies, AreSentInPiecesAsTheClientTakesThem) {
  for (const char* model : kLanes) {
    Driver& driver = answered(model, kLong, true);
    ASSERT_EQ(driver.reply.status, 200) << model;
    EXPECT_EQ(sends(driver), 1U) << model;
    EXPECT_FALSE(driver.reply.ended) << model;
    size_t pieces = 1;
    for (; driver.more_waits; ++pieces) {
      EXPECT_LE(driver.reply.body.size(), pieces * kReplyPieceBytes);
      driver.take_more();
    }
    EXPECT_TRUE(driver.reply.ended) << model;
    EXPECT_GE(pieces, kLong.size() / kReplyPieceBytes) << model;
    EXPECT_EQ(driver.reply.json()["choices"], Json::parse(kLong)["choices"]) << model;
    requests.clear();
    EXPECT_EQ(gateway.memory().held_bytes(), 0U) << model;
  }
}

TEST_F(LongReplies, OfTheNativeLaneStayAsTheyAreByteForByte) {
  for (const size_t bytes : {kKeptBodyBytesMax - 1000U, kKeptBodyBytesMax + 1000U, 1'000'000U}) {
    const std::string reply = completion(std::string(bytes, 'y'));
    EXPECT_EQ(answered("gpt-4o", reply).reply.body, reply) << bytes;
  }
}

TEST_F(LongReplies, ThatAreShortAreNotCopiedOutOfTheModule) {
  const Driver& driver = answered("gpt-4o", completion("Short."));
  EXPECT_EQ(sends(driver), 0U);
  EXPECT_NE(driver.transcript().find("send-fetched"), std::string::npos);
}

TEST_F(LongReplies, AreCountedBeforeTheirClientsHaveReadThem) {
  Driver& driver = answered("gpt-4o", kLong, true);
  EXPECT_GT(gateway.memory().held_bytes(), kLong.size());
  ASSERT_EQ(driver.records.size(), 1U) << "the ledger does not wait for a slow client";
  driver.client_gone();
  EXPECT_EQ(driver.records.size(), 1U);
  requests.clear();
  EXPECT_EQ(gateway.memory().held_bytes(), 0U);
}

TEST_F(LongReplies, AreRefusedWhereSlowClientsFillTheMemory) {
  for (const char* model : kLanes) {
    size_t busy = 0;
    for (int i = 0; i < 20; ++i) {
      Driver& driver = answered(model, kLong, true);
      if (driver.reply.status == 200) continue;
      ++busy;
      EXPECT_EQ(driver.reply.status, 503);
      EXPECT_EQ(driver.reply.header("retry-after"), "1");
      EXPECT_EQ(driver.fetches[0].aborts, 1) << "the rest of the reply is not read";
    }
    EXPECT_GT(busy, 10U) << model;
    EXPECT_LT(busy, 19U) << model;
    EXPECT_LT(gateway.memory().held_bytes(), kHeldBytesMax) << model;
    EXPECT_EQ(answered(model, completion("Small ones have room.")).reply.status, 200);
    requests.clear();
  }
}

TEST_F(LongReplies, ThatComeAtOnceAreServedAsFarAsThereIsMemory) {
  for (const char* model : kLanes) {
    for (int i = 0; i < 20; ++i) {
      Driver& driver = requests.emplace_back(gateway);
      driver.chat(chat_request(model, false));
      driver.head(0, 200, {{"content-type", "application/json"}});
    }
    for (size_t at = 0; at < kLong.size(); at += kReplyPieceBytes) {
      for (Driver& driver : requests) driver.bytes(0, kLong.substr(at, kReplyPieceBytes));
      ASSERT_LT(gateway.memory().held_bytes(), kHeldBytesMax) << model;
    }
    size_t served = 0;
    for (Driver& driver : requests) {
      driver.fetches[0].in_pieces = true;
      driver.end(0);
      served += driver.reply.status == 200 ? 1 : 0;
      EXPECT_TRUE(driver.reply.status == 200 || driver.reply.status == 503) << driver.reply.status;
    }
    EXPECT_GE(served, 2U) << model;
    requests.clear();
    EXPECT_EQ(gateway.memory().held_bytes(), 0U);
  }
}

TEST_F(LongReplies, OfSeveralModelsAreBoundedWhileTheyCome) {
  Driver driver(gateway);
  driver.chat(chat_request("alpha,alpha,alpha,alpha,alpha", false));
  for (size_t call = 0; call < 5; ++call) driver.head(call, 200, {{"content-type", "application/json"}});
  for (size_t at = 0; at < kLong.size(); at += kReplyPieceBytes) {
    for (size_t call = 0; call < 5; ++call) driver.bytes(call, kLong.substr(at, kReplyPieceBytes));
    ASSERT_LT(gateway.memory().held_bytes(), kHeldBeforeSmallBytesMax);
  }
  for (size_t call = 0; call < 5; ++call) driver.end(call);
  EXPECT_TRUE(driver.reply.ended);
}

TEST_F(LongReplies, ThatNobodyTakesAreGivenUp) {
  for (const char* model : kLanes) {
    Driver& driver = answered(model, kLong, true);
    driver.wait(kReplyIdleTimeoutMs - 1);
    EXPECT_FALSE(driver.reply.broken) << model;
    driver.take_more();
    driver.wait(kReplyIdleTimeoutMs + 20'000);
    EXPECT_TRUE(driver.reply.broken) << model;
    EXPECT_LT(gateway.memory().held_bytes(), kMegabyte) << model;
    const size_t before = driver.reply.body.size();
    driver.take_more();
    EXPECT_EQ(driver.reply.body.size(), before) << "nothing follows a reply that was broken off";
    requests.clear();
  }
}

TEST_F(LongReplies, ThatAreTakenTooSlowlyAreGivenUp) {
  Driver& driver = answered("gpt-4o", kLong, true);
  size_t taken = 0;
  for (; driver.more_waits && !driver.reply.broken; ++taken) {
    driver.wait(kReplyIdleTimeoutMs / 2);
    driver.take_more();
  }
  EXPECT_TRUE(driver.reply.broken);
  EXPECT_LT(taken, 10U);
}

TEST_F(LongReplies, HaveTheTimeOfASlowClient) {
  Driver& driver = answered("gpt-4o", kLong, true);
  while (driver.more_waits) {
    driver.wait(1000.0 * kReplyPieceBytes / kReplyBytesPerSecondMin);
    driver.take_more();
  }
  EXPECT_TRUE(driver.reply.ended);
  EXPECT_FALSE(driver.reply.broken);
}

}  // namespace
}  // namespace onellm::gateway::test
