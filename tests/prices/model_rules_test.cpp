#include "prices/model_rules.h"

#include <gtest/gtest.h>

#include <string>

namespace onellm::prices {
namespace {

constexpr char kAnd = 8;
constexpr char kLast = 16;
constexpr char kEquals = 0, kStartsWith = 1, kEndsWith = 2, kContains = 3, kShape = 4, kShapeBegins = 5, kLacksWord = 6;

std::string rule(int flags, std::string_view text) {
  return std::string{static_cast<char>(flags), static_cast<char>(text.size())}.append(text);
}

// Whether the row takes the model. All of its rules must have been read, whatever the answer.
bool takes(const std::string& row, std::string_view model) {
  const std::string followed = row + '\x2A';
  ByteReader reader(followed);
  const bool is_model = read_rules(reader, model);
  EXPECT_EQ(reader.byte(), 0x2A) << model;
  EXPECT_TRUE(reader.is_at_end()) << model;
  return is_model;
}

TEST(ModelRules, CompareWholesBeginningsEndsAndMiddles) {
  EXPECT_TRUE(takes(rule(kEquals | kLast, "gpt-4"), "gpt-4"));
  EXPECT_FALSE(takes(rule(kEquals | kLast, "gpt-4"), "gpt-4o"));
  EXPECT_TRUE(takes(rule(kStartsWith | kLast, "gpt-4"), "gpt-4o"));
  EXPECT_FALSE(takes(rule(kStartsWith | kLast, "gpt-4"), "a-gpt-4"));
  EXPECT_TRUE(takes(rule(kEndsWith | kLast, "flash"), "gemini-flash"));
  EXPECT_FALSE(takes(rule(kEndsWith | kLast, "flash"), "flash-lite"));
  EXPECT_TRUE(takes(rule(kContains | kLast, "grok"), "x-ai/grok-4"));
  EXPECT_FALSE(takes(rule(kContains | kLast, "grok"), "groq"));
}

TEST(ModelRules, TakeAnyDigitInAShape) {
  const std::string whole = rule(kShape | kLast, "claude-5-########");
  EXPECT_TRUE(takes(whole, "claude-5-20260101"));
  EXPECT_FALSE(takes(whole, "claude-5-2026010x"));
  EXPECT_FALSE(takes(whole, "claude-5-2026010"));
  EXPECT_FALSE(takes(whole, "claude-5-202601011"));
  const std::string beginning = rule(kShapeBegins | kLast, "flash-#");
  EXPECT_TRUE(takes(beginning, "flash-05-20"));
  EXPECT_FALSE(takes(beginning, "flash-lite"));
  EXPECT_FALSE(takes(beginning, "flash-"));
}

TEST(ModelRules, TakeOneOfSeveralAlternatives) {
  const std::string row = rule(kEquals, "a") + rule(kStartsWith, "b") + rule(kEquals | kLast, "c");
  for (const char* model : {"a", "b", "bb", "c"}) EXPECT_TRUE(takes(row, model)) << model;
  for (const char* model : {"aa", "cc", "d", ""}) EXPECT_FALSE(takes(row, model)) << model;
}

TEST(ModelRules, WantAllOfAnAlternativesRules) {
  const std::string row =
      rule(kEquals, "x") + rule(kStartsWith | kAnd | kLast, "pro") + rule(kLacksWord | kLast, "-tts");
  for (const char* model : {"x", "pro", "pro-preview", "pro-ttss", "pro-tt"}) EXPECT_TRUE(takes(row, model)) << model;
  for (const char* model : {"y", "pro-tts", "pro-tts-1", "pro-ttss-tts", "a-pro"}) {
    EXPECT_FALSE(takes(row, model)) << model;
  }
}

}  // namespace
}  // namespace onellm::prices
