// The budget of memory: what requests hold is measured, and who would go over it fails by itself.
#include "gateway/session/memory.h"

#include <gtest/gtest.h>

#include <deque>

#include "base/heap.h"
#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"
#include "support/records.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

constexpr size_t kMegabyte = 1024 * 1024;

TEST(HeapUse, IsWhatIsAllocatedWithinItsScopes) {
  HeapUse use;
  std::string outside(1000, 'x');
  std::string inside;
  {
    const HeapUse::Scope scope(use);
    inside.assign(5000, 'x');
    EXPECT_GE(use.bytes(), 5000U) << "also while the scope is open";
    const HeapUse::Pause pause(use);
    outside.assign(100'000, 'x');
  }
  EXPECT_GE(use.bytes(), 5000U);
  EXPECT_LT(use.bytes(), 6000U);
  {
    const HeapUse::Scope scope(use);
    std::string().swap(inside);
  }
  EXPECT_EQ(use.bytes(), 0U);
}

TEST(HeapUse, IsNeverLessThanNothing) {
  HeapUse use;
  auto text = std::make_unique<std::string>(5000, 'x');
  const HeapUse::Scope scope(use);
  text.reset();
  EXPECT_EQ(use.bytes(), 0U);
}

struct MemoryBudget : ::testing::Test {
  // A streamed request whose upstream has begun an event of so many bytes and does not end it.
  Driver& begin_event(const std::string& model, size_t bytes, const Json& more = Json::object()) {
    Driver& driver = requests.emplace_back(gateway);
    driver.chat(chat_request(model, true, more));
    for (size_t call = 0; call < driver.calls(); ++call) driver.head(call, 200);
    for (size_t call = 0; call < driver.calls(); ++call) {
      driver.bytes(call, "data: ");
      for (size_t sent = 0; sent < bytes; sent += kPiece.size()) driver.bytes(call, kPiece);
    }
    return driver;
  }
  size_t refused() const {
    size_t count = 0;
    for (const Driver& driver : requests) count += driver.reply.status == 503 ? 1 : 0;
    return count;
  }
  void expect_all_refused_properly() const {
    for (const Driver& driver : requests) {
      if (driver.reply.status == 0) continue;
      EXPECT_EQ(driver.reply.status, 503);
      EXPECT_EQ(driver.reply.error("code"), "busy");
      EXPECT_EQ(driver.reply.header("retry-after"), "1");
    }
  }

  const std::string kPiece = std::string(64 * 1024, 'x');
  Configured gateway{settings_with({{"bindings", {"ONELLM_ANALYTICS"}}})};
  std::deque<Driver> requests;
};

TEST_F(MemoryBudget, HasPlentyOnlyWhereEveryoneHasRoom) {
  const Memory& memory = gateway.memory();
  EXPECT_TRUE(memory.has_plenty_for(kSseEventBytesMax));
  for (int i = 0; i < 150; ++i) {
    begin_event("alpha", kMegabyte / 4);
    for (const size_t bytes : {size_t{0}, kMegabyte, kSseEventBytesMax}) {
      if (!memory.has_plenty_for(bytes)) continue;
      EXPECT_TRUE(memory.can_parse(bytes));
      for (const size_t own : {size_t{0}, kMegabyte, 20 * kMegabyte}) EXPECT_TRUE(memory.has_room_for(own));
    }
  }
  EXPECT_FALSE(memory.has_plenty_for(0));
}

TEST_F(MemoryBudget, BoundsEventsWhoseEndDoesNotCome) {
  Driver small(gateway);
  small.chat(chat_request("alpha", true));
  small.head(0, 200);
  for (int i = 0; i < 90; ++i) {
    begin_event("alpha", 22 * kMegabyte / 10);
    small.bytes(0, text("word "));
    ASSERT_LT(gateway.memory().held_bytes(), kHeldBytesMax + 2 * kMegabyte);
  }
  EXPECT_GT(refused(), 0U);
  EXPECT_GT(requests.size() - refused(), 4U) << "as many as there is memory for go on";
  expect_all_refused_properly();
  small.bytes(0, finish() + kDone);
  EXPECT_EQ(read_stream(small.reply.body).dones, 1);
  requests.clear();
  EXPECT_EQ(begin_event("alpha", 4 * kMegabyte - 128 * 1024).reply.status, 0) << "there is room again";
}

TEST_F(MemoryBudget, BoundsFirstEventsThatArePeekedAt) {
  for (int i = 0; i < 60; ++i) {
    begin_event("gpt-4o", 3 * kMegabyte, {{"stream_options", {{"include_usage", true}}}});
  }
  EXPECT_GT(refused(), 0U);
  expect_all_refused_properly();
  EXPECT_LT(gateway.memory().held_bytes(), kHeldBytesMax + 2 * kMegabyte);
}

TEST_F(MemoryBudget, FailsTheLegsThatHoldTooMuchAndNotTheirRequest) {
  for (int i = 0; i < 15; ++i) begin_event("alpha,alpha,alpha,alpha,alpha", 22 * kMegabyte / 10);
  EXPECT_LT(gateway.memory().held_bytes(), kHeldBytesMax + 2 * kMegabyte);
  EXPECT_GT(refused(), 0U);
}

TEST_F(MemoryBudget, ShowsNothingOfOurOwnTroubleToTheProvider) {
  while (refused() == 0) begin_event("alpha", 22 * kMegabyte / 10);
  EXPECT_EQ(requests.back().fetches[0].aborts, 1);
  EXPECT_EQ(requests.back().calls(), 1U) << "nobody else is asked: there would be no memory either";
}

TEST_F(MemoryBudget, KeepsARelayGoingWhoseEventItCannotWatch) {
  Driver relay(gateway);
  relay.chat(chat_request("gpt-4o", true, {{"stream_options", {{"include_usage", true}}}}));
  relay.head(0, 200);
  relay.bytes(0, role() + text("a"));
  ASSERT_TRUE(relay.fetches[0].relayed);
  while (refused() == 0) begin_event("alpha", 22 * kMegabyte / 10);
  relay.bytes(0, "data: " + std::string(kMegabyte, 'x'));
  relay.bytes(0, kPiece);
  EXPECT_FALSE(relay.reply.broken);
  relay.bytes(0, "\n\n" + finish() + usage(3, 2) + kDone);
  relay.end(0);
  EXPECT_TRUE(relay.reply.ended);
  EXPECT_FALSE(relay.reply.broken);
  ASSERT_EQ(relay.records.size(), 1U);
  EXPECT_EQ(number(relay.records[0], "prompt_tokens"), 3) << "what came behind the event was watched";
}

TEST_F(MemoryBudget, HoldsShortWordsOfManyWaitingLegs) {
  std::string words;
  for (int i = 0; i < 3'000; ++i) words += text("word ");
  for (int i = 0; i < 180; ++i) {
    Driver& driver = requests.emplace_back(gateway);
    driver.chat(chat_request("alpha,alpha,alpha,alpha,alpha", true));
    for (size_t call = 0; call < 5; ++call) driver.head(call, 200);
    for (size_t call = 1; call < 5; ++call) driver.bytes(call, role() + words + finish() + kDone);
  }
  EXPECT_LT(gateway.memory().held_bytes(), 36 * kMegabyte);
  for (Driver& driver : requests) {
    driver.stream(0, speech("first"));
    ASSERT_EQ(read_stream(driver.reply.body).dones, 1);
    ASSERT_EQ(driver.reply.body.find("(503)"), std::string::npos);
  }
}

TEST_F(MemoryBudget, CountsWhatARequestIsDecodedTo) {
  // Small in bytes, large in parts: bodies that few would wait with, in their room.
  std::string messages;
  for (int i = 0; i < 30'000; ++i) messages += std::string(i == 0 ? "" : ",") + R"({"role":"user","content":"x"})";
  const std::string body = R"({"model":"gpt-4o","messages":[)" + messages + "]}";
  size_t busy = 0;
  for (int i = 0; i < 40; ++i) {
    Driver& driver = requests.emplace_back(gateway);
    driver.chat(body);
    busy += driver.reply.status == 503 ? 1 : 0;
    EXPECT_LT(gateway.memory().held_bytes(), kHeldBytesMax + 16 * kMegabyte);
  }
  EXPECT_GT(busy, 0U);
}

// To try again would be no use, so it must not be called busy.
TEST_F(MemoryBudget, RefusesARequestThatCanNeverFitAsTooLarge) {
  std::string messages;
  for (int i = 0; i < 60'000; ++i) messages += std::string(i == 0 ? "" : ",") + R"({"role":"user","content":"x"})";
  Configured with_claude(settings_with({{"ANTHROPIC_API_KEY", "a"}}));
  std::string model = "claude-opus-4-6";
  for (int leg = 1; leg < 5; ++leg) model += ",claude-opus-4-6";
  std::string with_fallbacks;
  for (int leg = 0; leg < 5; ++leg) {
    for (int target = 0; target < 8; ++target) {
      with_fallbacks += (target > 0 ? "|" : leg > 0 ? "," : "") + std::string("claude-opus-4-6");
    }
  }
  for (const std::string& models : {model, with_fallbacks}) {
    Driver driver(with_claude);
    driver.chat(R"({"model":")" + models + R"(","messages":[)" + messages + "]}");
    EXPECT_TRUE(driver.reply.status == 413 || driver.reply.status == 400) << driver.reply.body;
    EXPECT_EQ(driver.reply.header("retry-after"), "(absent)");
    EXPECT_NE(driver.reply.error("param"), "");
  }
  EXPECT_EQ(with_claude.memory().held_bytes(), 0U);
}

TEST_F(MemoryBudget, AsksNoOtherModelWhereThereIsNoMemoryForTheFirst) {
  while (refused() == 0) begin_event("alpha", 22 * kMegabyte / 10);
  Driver driver(gateway);
  driver.chat(chat_request("alpha|delta|gpt-4o", true));
  driver.answer(0, 500, error_body("broken", "server_error"));
  driver.head(1, 200);
  driver.bytes(1, "data: ");
  for (int i = 0; i < 32 && driver.reply.status == 0; ++i) driver.bytes(1, kPiece);
  EXPECT_EQ(driver.calls(), 2U) << "the first was in trouble, but a third needs memory as well";
  EXPECT_EQ(driver.reply.status, 503);
  EXPECT_EQ(driver.reply.error("code"), "busy");
  EXPECT_EQ(driver.reply.header("retry-after"), "1");
}

TEST_F(MemoryBudget, BoundsTheSumOfLegsThatHoldLittle) {
  const std::string piece = "data: " + std::string(6'000, 'x');
  for (int i = 0; i < 3'000; ++i) {
    Driver& driver = requests.emplace_back(gateway);
    driver.chat(chat_request("alpha,alpha,alpha,alpha,alpha", true));
    for (size_t call = 0; call < driver.calls(); ++call) driver.head(call, 200);
    for (size_t call = 0; call < driver.calls(); ++call) driver.bytes(call, piece);
    ASSERT_LT(gateway.memory().held_bytes(), kHeldBeforeMinimalBytesMax + kMegabyte);
  }
}

TEST_F(MemoryBudget, IsGivenBackWithTheSessions) {
  for (int round = 0; round < 3; ++round) {
    begin_event("alpha,gpt-4o", kMegabyte);
    begin_event("gpt-4o", kMegabyte).client_gone();
    EXPECT_GT(gateway.memory().held_bytes(), kMegabyte);
    requests.clear();
    EXPECT_EQ(gateway.memory().held_bytes(), 0U);
  }
}

}  // namespace
}  // namespace onellm::gateway::test
