// Whole replies of several legs: they wait for one another in memory, so all of them together are bounded.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

constexpr size_t kMegabyte = 1024 * 1024;
const std::string kWords(79 * kMegabyte / 10, 'y');  // Two such replies may wait, three may not.
const std::string kLarge = completion(kWords);

Json ask(const std::string& model, const std::string& merge = "choices") {
  return chat_request(model, false, {{"onellm", {{"merge", merge}}}});
}

struct LargeReplies : ::testing::Test {
  // A request of which one leg's large reply came and the other's has not.
  void wait_with_one(Driver& waiting) {
    waiting.chat(ask("alpha,gpt-4o"));
    waiting.answer(0, 200, kLarge);
  }

  Configured gateway;
  Driver driver{gateway};
};

TEST_F(LargeReplies, FailBeyondWhatMayWaitTogether) {
  driver.chat(ask("alpha,alpha,alpha,alpha,alpha"));
  for (size_t call = 0; call < 5; ++call) driver.answer(call, 200, kLarge);
  ASSERT_EQ(driver.reply.status, 200);
  const Json answer = driver.reply.json();
  for (size_t leg = 0; leg < 5; ++leg) {
    const Json& choice = answer["choices"][leg];
    if (leg < 2) {
      EXPECT_TRUE(choice["message"]["content"] == kWords) << leg;
    } else {
      EXPECT_EQ(choice["finish_reason"], "error");
      EXPECT_EQ(choice["error"]["code"], "upstream_bad_reply") << leg;
    }
  }
}

TEST_F(LargeReplies, FailVisiblyWhereTheyAreJoined) {
  driver.chat(ask("alpha,alpha,delta", "concat"));
  for (const size_t call : {2U, 1U, 0U}) driver.answer(call, 200, kLarge);
  const std::string content = driver.reply.json()["choices"][0]["message"]["content"];
  EXPECT_TRUE(content == "[alpha: upstream_bad_reply (502)]\n\n" + kWords + "\n\n" + kWords);
}

TEST_F(LargeReplies, LetAFallbackAnswer) {
  driver.chat(ask("alpha,alpha,alpha|delta"));
  for (size_t call = 0; call < 3; ++call) driver.answer(call, 200, kLarge);
  ASSERT_EQ(driver.calls(), 4U);
  driver.answer(3, 200, completion("Short."));
  EXPECT_EQ(driver.reply.json()["choices"][2]["message"]["content"], "Short.");
}

TEST_F(LargeReplies, WaitForThoseOfOtherRequests) {
  Driver other(gateway);
  Driver late(gateway);
  wait_with_one(driver);
  wait_with_one(other);
  late.chat(ask("alpha,gpt-4o"));
  late.answer(0, 200, kLarge);
  late.answer(1, 200, completion("Small ones have room."));
  const Json answer = late.reply.json();
  EXPECT_EQ(answer["choices"][0]["error"]["code"], "busy");
  EXPECT_EQ(answer["choices"][0]["error"]["status"], 503);
  EXPECT_EQ(answer["choices"][1]["message"]["content"], "Small ones have room.");
}

TEST_F(LargeReplies, AreForgottenWithTheirAnswer) {
  std::deque<Driver> answered;  // Their clients read for long.
  for (int i = 0; i < 3; ++i) {
    Driver& one = answered.emplace_back(gateway);
    wait_with_one(one);
    one.answer(1, 200, kLarge);
    ASSERT_TRUE(one.reply.ended);
    EXPECT_GT(one.reply.body.size(), 2 * kWords.size()) << i;
  }
}

TEST_F(LargeReplies, AreForgottenWithTheirRequest) {
  for (int i = 0; i < 3; ++i) {
    Driver one(gateway);
    wait_with_one(one);
    Driver two(gateway);
    wait_with_one(two);
    two.answer(1, 200, completion("Short."));
    EXPECT_GT(two.reply.body.size(), kWords.size()) << i;
    one.client_gone();
  }
}

TEST_F(LargeReplies, OfALoneModelWaitForNobody) {
  Driver other(gateway);
  wait_with_one(driver);
  wait_with_one(other);
  for (const char* model : {"gpt-4o", "alpha"}) {  // In either lane.
    Driver lone(gateway);
    lone.chat(chat_request(model, false));
    lone.answer(0, 200, kLarge);
    EXPECT_EQ(lone.reply.status, 200) << model;
  }
}

TEST_F(LargeReplies, OfTheEchoAreCountedToo) {
  Json large = ask("gpt-4o,echo,echo,echo,echo");
  large["messages"][0]["content"] = std::string(2 * kMegabyte, 'y');
  std::deque<Driver> waiting;
  for (int i = 0; i < 3; ++i) {
    waiting.emplace_back(gateway).chat(large);
    waiting.back().head(0, 200, {{"content-type", "application/json"}});
  }
  for (size_t i = 0; i < waiting.size(); ++i) {
    Driver& one = waiting[i];
    one.bytes(0, completion("Short."));
    one.end(0);
    const Json answer = one.reply.json();
    EXPECT_EQ(answer["choices"][0]["message"]["content"], "Short.") << "small ones have room";
    EXPECT_EQ(answer["choices"][1].contains("error"), i == 2) << "the third found no room";
  }
}

}  // namespace
}  // namespace onellm::gateway::test
