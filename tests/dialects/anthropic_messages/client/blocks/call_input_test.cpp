#include "dialects/anthropic_messages/client/blocks/call_input.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace onellm::dialects::anthropic_messages {
namespace {

using Json = nlohmann::json;

// The input that a client reads, or "broken".
std::string read(const std::string& arguments, size_t piece_bytes, bool custom = false) {
  CallInput input(custom);
  std::string out;
  for (size_t at = 0; at < arguments.size(); at += piece_bytes) {
    if (!input.add({json::escape(arguments.substr(at, piece_bytes))}, out)) return "broken";
  }
  return input.end(out) ? json::unescape({out}) : "broken";
}

TEST(CallInput, PassesAnObjectAsItIs) {
  for (const std::string object :
       {R"({})", R"({"a":1})", R"({ "a" : [1, {"b":"\"}{\\"}], "c":null })", R"({"a":"\n"})"}) {
    for (const size_t piece_bytes : {size_t{1}, size_t{2}, size_t{100}}) EXPECT_EQ(read(object, piece_bytes), object);
  }
}

TEST(CallInput, GivesNothingForNothingAndForNull) {
  for (const char* nothing : {"", " ", "\n", "null", " null ", "null\n"}) {
    EXPECT_EQ(read(nothing, 1), "") << nothing;
    EXPECT_EQ(read(nothing, 100), "") << nothing;
  }
}

TEST(CallInput, PutsAnythingElseIntoAnObject) {
  for (const std::string other : {"[1]", "\"a\\\"\"", "12", "nul", "nullx", "not json \xC3\xA4", "null null"}) {
    for (const size_t piece_bytes : {size_t{1}, size_t{100}}) {
      if (piece_bytes == 1 && other.find('\xC3') != other.npos) continue;  // A fragment is UTF-8.
      EXPECT_EQ(Json::parse(read(other, piece_bytes), nullptr, false), Json({{"rawInvalidInput", other}})) << other;
    }
  }
}

TEST(CallInput, BreaksWhereAnObjectIsCutOrWrong) {
  for (const char* broken :
       {"{", R"({"a)", R"({"a":})", R"({"a":1,})", "{}{}", "{} x", R"({"a":01})", "{\"a\":\"\n\"}"}) {
    EXPECT_EQ(read(broken, 1), "broken") << broken;
    EXPECT_EQ(read(broken, 100), "broken") << broken;
  }
}

TEST(CallInput, HasTheTextOfACustomTool) {
  EXPECT_EQ(Json::parse(read("ls \"a\"\n", 3, true)), Json({{"input", "ls \"a\"\n"}}));
  EXPECT_EQ(Json::parse(read("", 3, true)), Json({{"input", ""}}));
}

TEST(CallInput, KnowsWhetherItMayEnd) {
  CallInput input;
  std::string out;
  EXPECT_TRUE(input.is_empty());
  EXPECT_TRUE(input.may_end());
  ASSERT_TRUE(input.add({R"({\"a\":)"}, out));
  EXPECT_FALSE(input.is_empty());
  EXPECT_FALSE(input.may_end());
  ASSERT_TRUE(input.add({"1}"}, out));
  EXPECT_TRUE(input.may_end());
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
