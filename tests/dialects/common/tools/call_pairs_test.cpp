#include "dialects/common/tools/call_pairs.h"

#include <gtest/gtest.h>

#include <deque>

namespace onellm::dialects {
namespace {

class CallPairsTest : public testing::Test {
 protected:
  void add(std::string_view id, std::string_view name) {
    chat::ToolCall& call = calls_.emplace_back();
    call.id = {id};
    call.name = {name};
    pairs_.add(call);
  }

  // -1: the message answers none.
  int answer(std::string_view id) {
    chat::Message message;
    message.role = chat::Role::kTool;
    message.tool_call_id = {id};
    return number(message);
  }
  int answer_function(std::string_view name) {
    chat::Message message;
    message.role = chat::Role::kFunction;
    message.name = {name};
    return number(message);
  }

  CallPairs pairs_;

 private:
  int number(const chat::Message& message) {
    const std::optional<size_t> call = pairs_.answer(message);
    return call ? static_cast<int>(*call) : -1;
  }

  std::deque<chat::ToolCall> calls_;
};

TEST_F(CallPairsTest, FindsCallsByTheirIdsInAnyOrder) {
  for (const char* id : {"b", "a", "c"}) add(id, "f");
  EXPECT_EQ(answer("c"), 2);
  EXPECT_EQ(answer("b"), 0);
  EXPECT_EQ(answer("x"), -1);
  EXPECT_TRUE(pairs_.any_open());
  EXPECT_TRUE(pairs_.is_open(1));
  EXPECT_EQ(answer("a"), 1);
  EXPECT_FALSE(pairs_.any_open());
  EXPECT_EQ(answer("a"), -1);
}

TEST_F(CallPairsTest, AnswersEachCallOnceInTheirOrderWhereTheyShareAnId) {
  for (const char* id : {"a", "b", "a", "a"}) add(id, "f");
  EXPECT_EQ(answer("b"), 1);
  EXPECT_EQ(answer("a"), 0);
  EXPECT_EQ(answer("a"), 2);
  EXPECT_EQ(answer("a"), 3);
  EXPECT_EQ(answer("a"), -1);
}

TEST_F(CallPairsTest, MeansTheFirstOpenCallWhereThereIsNoId) {
  for (const char* id : {"a", "a", "c"}) add(id, "f");
  EXPECT_EQ(answer(""), 0);
  EXPECT_EQ(answer("a"), 1);
  EXPECT_EQ(answer(""), 2);
  EXPECT_EQ(answer(""), -1);
}

TEST_F(CallPairsTest, PairsResultsWithoutAnIdWithCallsWithoutOneFirst) {
  for (const char* id : {"a", "", "c", ""}) add(id, "f");
  EXPECT_EQ(answer(""), 1);
  EXPECT_EQ(answer("c"), 2);
  EXPECT_EQ(answer(""), 3);
  EXPECT_EQ(answer(""), 0);
}

TEST_F(CallPairsTest, KnowsFunctionsByName) {
  add("", "f");
  add("", "g");
  add("", "f");
  EXPECT_EQ(answer_function("g"), 1);
  EXPECT_EQ(answer_function("f"), 0);
  EXPECT_EQ(answer(""), 2);
  EXPECT_EQ(answer_function("f"), -1);
}

TEST_F(CallPairsTest, ComparesTextsHoweverTheyAreEscaped) {
  add(R"(a\/b)", "f");
  add("c", R"(\u0067)");
  EXPECT_EQ(answer("a/b"), 0);
  EXPECT_EQ(answer_function("g"), 1);
}

TEST_F(CallPairsTest, ForgetsAllCalls) {
  add("a", "f");
  EXPECT_EQ(answer("b"), -1);
  pairs_.clear();
  EXPECT_FALSE(pairs_.any_open());
  add("b", "f");
  EXPECT_EQ(answer("a"), -1);
  EXPECT_EQ(answer("b"), 0);
}

// So many that this would not end in time if each result were compared with each call.
TEST_F(CallPairsTest, PairsHundredsOfThousands) {
  constexpr int kCount = 400'000;
  std::deque<std::string> ids;
  for (int i = 0; i < kCount; ++i) add(ids.emplace_back("call_" + std::to_string(i)), "f");
  for (int i = 0; i < kCount; ++i) ASSERT_EQ(answer("none"), -1);
  for (int i = kCount; i-- > kCount / 2;) ASSERT_EQ(answer(ids[static_cast<size_t>(i)]), i);
  for (int i = 0; i < kCount / 4; ++i) ASSERT_EQ(answer_function("f"), i);
  for (int i = kCount / 4; i < kCount / 2; ++i) ASSERT_EQ(answer(""), i);
}

}  // namespace
}  // namespace onellm::dialects
