// What the reader accepts and what it refuses, in every position in which a value can stand and by
// every way of passing it: read, sliced, or left to be skipped.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "base/limits.h"
#include "json/grammar.h"
#include "json/reader.h"

namespace onellm::json {
namespace {

using namespace std::string_literals;

std::string nested(size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

const std::vector<std::string>& legal_values() {
  static const std::vector<std::string> kValues = {"null",
                                                   "true",
                                                   "false",
                                                   "0",
                                                   "-0",
                                                   "1",
                                                   "-1",
                                                   "10",
                                                   "1.5",
                                                   "0.0",
                                                   "-0.0",
                                                   "1e5",
                                                   "1E5",
                                                   "1e+5",
                                                   "1e-5",
                                                   "1.5e10",
                                                   "0e0",
                                                   "123456789012345678901234567890",
                                                   "-9223372036854775809",
                                                   "1e400",
                                                   "-1e400",
                                                   "1e-400",
                                                   "0.1000000000000000055511151231257827021181583404541015625",
                                                   R"("")",
                                                   R"("a")",
                                                   R"(" ")",
                                                   R"("\"")",
                                                   R"("\\")",
                                                   R"("\\\\\"")",
                                                   R"("\/\b\f\n\r\t")",
                                                   R"("\u0000")",
                                                   R"("\uABCD\uabcd")",
                                                   R"("\uD83D\uDE00")",
                                                   R"("\uD83D")",
                                                   R"("\uDE00")",
                                                   R"("\uDE00\uD83D")",
                                                   "\"\x7F\"",
                                                   "\"é日🎉\"",
                                                   "\"\xEF\xBB\xBF\"",
                                                   "\"{}[],:\"",
                                                   "[]",
                                                   "[ ]",
                                                   "[1]",
                                                   "[1,2]",
                                                   "[ 1 , 2 ]",
                                                   "[[],[[]],{}]",
                                                   "[null,true,\"\"]",
                                                   "{}",
                                                   "{ }",
                                                   R"({"a":1})",
                                                   R"({ "a" : 1 , "b" : [ ] })",
                                                   R"({"a":{"a":{}}})",
                                                   R"({"":0})",
                                                   R"({"a":1,"a":2})",
                                                   R"({"\u0061":1})",
                                                   "\t[\r\n1\n]\t",
                                                   "\"" + std::string(1000, 'x') + "\"",
                                                   "\"" + std::string(63, 'x') + "\\n\"",
                                                   "[" + std::string(300, ' ') + "1" + std::string(300, ' ') + "]"};
  return kValues;
}

// None of these is a value, nor becomes one by standing in an array or object.
const std::vector<std::string>& malformed_values() {
  static const std::vector<std::string> kValues = {
      // Literals.
      "nul", "nulll", "Null", "NULL", "tru", "truee", "True", "fals", "falsee", "FALSE", "undefined", "NaN", "nan",
      "Infinity", "-Infinity", "inf", "t", "n", "f", "true1", "1true", "nullnull", "true\"\"", "null[]x",
      // Numbers.
      "-", "+1", "--1", "-+1", "01", "-01", "00", "1.", ".1", "-.1", "1.e1", "1e", "1e+", "1E-", "1e1.0", "1ee1",
      "1.2.3", "0x10", "0b1", "1_000", "1a", "1-", "1+1", "1e5x", "0e", "- 1", "1 .5", "1e 5", "1\"a\"", "1\"", "1\\",
      "1L", "1.0f", "1\xC2\xA0", "１",
      // Strings.
      "\"", "\"a", "a\"", "'a'", "`a`", "\"a\"\"", "\"a\"b", "\"a\"1", "\"a\"\"b\"", "\"a\" \"b\"", "\"\\\"", "\"\\x\"",
      "\"\\a\"", "\"\\0\"", "\"\\'\"", "\"\\U0041\"", "\"\\\0\""s, "\"\\u\"", "\"\\u1\"", "\"\\u12\"", "\"\\u123\"",
      "\"\\u123g\"", "\"\\u 123\"", "\"\\u+123\"", "\"\\uD83D\\u\"", "\"\\uD83D\\uDE0\"", "\"\\ \"", "\"\\\n\"",
      "\"\\é\"", "\"\n\"", "\"\r\"", "\"\t\"", "\"\0\""s, "\"\x01\"", "\"\x1F\"", "\\\"a\\\"", "\\u0061", "\"a\\\"",
      "\"" + std::string(200, 'x') + "\\q\"", "\"" + std::string(200, 'x') + "\n\"",
      "\"" + std::string(62, 'x') + "\\q" + std::string(62, 'x') + "\"",
      // UTF-8.
      "\"\xFF\"", "\"\x80\"", "\"\xC3\"", "\"\xC0\xAF\"", "\"\xE0\x80\xAF\"", "\"\xED\xA0\x80\"",
      "\"\xF4\x90\x80\x80\"", "\"\xF8\x88\x80\x80\x80\"", "\"\xE2\x82\"", "\"\xF0\x9F\x8E\"", "\xFF", "\xC3\xA9",
      "\xEF\xBB\xBF"
      "1",
      // Arrays.
      "[", "[1", "[1,", "[1,]", "[,]", "[,1]", "[1,,2]", "[1 2]", "[1;2]", "[1:2]", "[\"a\":1]", "[}", "[1}", "[[]",
      "[\"a\"", "[\"a", "[1,\"a\"", "[(1)]", "[*]", "[/*c*/1]", "[1//c\n]", "[1,#\n]", "[a]", "[\\]", "[1]x", "[]1",
      "[[[[[", "[\"x\", truth]", "[-]", "[1,-]", "[nul]",
      // Objects.
      "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{,\"a\":1}", "{\"a\"}", "{\"a\":}",
      "{\"a\" 1}", "{\"a\",1}", "{\"a\":1 \"b\":2}", "{\"a\":1,,\"b\":2}", "{\"a\":1;\"b\":2}", "{\"a\"::1}",
      "{\"a\":1:2}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "{[]:1}", "{{}:1}", "{\"a\":1]", "{]", "{\"a\":[}",
      "{\"a\":1}}x", "{\"\\x\":1}", "{\"a\xFF\":1}", "{\"a\":\\}", "{\"a\":1 /**/}", "{\"a\":tru}", "{\"a\":01}",
      "{\"a\"\"b\":1}", "{\"a\"b:1}", "{\"a\":\"b\"c}", "{\"a\":\"b\" \"c\"}",
      // White space that is none, and control characters outside strings.
      "\v", "\f1", "1\f", "\xC2\xA0", "[1\0]"s, "\0"s, "1\0"s, "[\x01]", "[\x7F]", "\xE2\x80\xA8",
      // Depth.
      nested(kJsonDepthMax + 1), std::string(100'000, '['), std::string(kJsonDepthMax + 1, '[')};
  return kValues;
}

// Malformed where nothing is around them.
const std::vector<std::string>& malformed_documents() {
  static const std::vector<std::string> kDocuments = {
      "",       " ",      "\n\t\r ",       "1 2",         "1,2",  "1,",       ",",       ",1",      ":",  "]",
      "}",      "[]]",    "[]]",           "{}}",         "{}{}", "[][]",     "{} []",   "\"a\":1", "1]", "true,",
      "[1],",   "null ]", "{},{}",         "\"a\",\"b\"", "1\n2", "[1]\n[2]", "\"a\" ]", "}{",      "][", "{\"a\":1},",
      "{}\x01", "[] x",   "\xEF\xBB\xBF{}"};
  return kDocuments;
}

// The ways of passing a value. Each walks what it may and leaves the verdict to finish().
void leave_unread(Value&) {}

void slice(Value& value) {
  const Raw raw = value.raw();
  if (raw.empty()) return;
  EXPECT_FALSE(is_space(raw.text.front()));
  EXPECT_FALSE(is_space(raw.text.back()));
}

void read_all(Value& value) {
  RawString string;
  bool boolean = false;
  int64_t integer = 0;
  double number = 0;
  value.read(string) || value.read(boolean) || value.read(integer) || value.read(number) ||
      value.each_member([](RawString, Value& member) { read_all(member); }) ||
      value.each_element([](size_t, Value& element) { read_all(element); });
}

void read_outermost(Value& value) {
  value.each_member([](RawString, Value&) {}) || value.each_element([](size_t, Value& element) { slice(element); });
}

using Pass = void (*)(Value&);
constexpr Pass kPasses[] = {leave_unread, slice, read_all, read_outermost};

// The memory ends right behind the padding, so that a sanitizer sees what is read beyond.
bool accepts(std::string_view text, Pass pass) {
  const Buffer buffer(text);
  Reader reader;
  if (reader.open(buffer)) {
    Value root = reader.root();
    pass(root);
  }
  const bool accepted = reader.finish();
  EXPECT_EQ(accepted, reader.error_message().empty());
  return accepted;
}

std::vector<std::string> in_every_position(const std::string& value) {
  return {value,
          " " + value + "\n",
          "[" + value + "]",
          "[1," + value + "]",
          "[" + value + ",1]",
          "[ " + value + " , 1 ]",
          "{\"a\":" + value + "}",
          "{\"a\": " + value + " }",
          "{\"a\":" + value + ",\"b\":2}",
          "{\"z\":0,\"a\":" + value + "}",
          "[[{\"a\":[" + value + "]}],\"" + std::string(100, 'x') + "\"]"};
}

TEST(JsonReader, AcceptsLegalValuesInEveryPosition) {
  for (const std::string& value : legal_values()) {
    for (const std::string& text : in_every_position(value)) {
      for (const Pass pass : kPasses) EXPECT_TRUE(accepts(text, pass)) << text;
      EXPECT_TRUE(is_valid(text)) << text;
    }
  }
}

TEST(JsonReader, RefusesMalformedValuesInEveryPosition) {
  for (const std::string& value : malformed_values()) {
    for (const std::string& text : in_every_position(value)) {
      for (const Pass pass : kPasses) EXPECT_FALSE(accepts(text, pass)) << text.substr(0, 200);
      EXPECT_FALSE(is_valid(text)) << text.substr(0, 200);
    }
  }
}

TEST(JsonReader, RefusesMalformedDocuments) {
  for (const std::string& text : malformed_documents()) {
    for (const Pass pass : kPasses) EXPECT_FALSE(accepts(text, pass)) << text;
    EXPECT_FALSE(is_valid(text)) << text;
  }
}

TEST(JsonReader, LimitsTheDepth) {
  for (const Pass pass : kPasses) {
    EXPECT_TRUE(accepts(nested(kJsonDepthMax), pass));
    EXPECT_FALSE(accepts(nested(kJsonDepthMax + 1), pass));
  }
  // Many, but not deep.
  std::string flat = "[";
  for (size_t i = 0; i < 1000; ++i) flat += "[{}],";
  flat += "0]";
  for (const Pass pass : kPasses) EXPECT_TRUE(accepts(flat, pass));
}

TEST(JsonReader, RefusesEveryTextThatIsCutShort) {
  const std::string text = R"({"a":[1,{"b":"c\n\u00e9é"},true,null,-1.5e3],"d":{"e":""}})";
  ASSERT_TRUE(is_valid(text));
  for (size_t length = 0; length < text.size(); ++length) {
    for (const Pass pass : kPasses) EXPECT_FALSE(accepts(text.substr(0, length), pass)) << text.substr(0, length);
  }
}

// The other parser refuses lone surrogates and numbers past a double, and takes a byte order mark; here
// it is the other way round. One change cannot make any of these of the seed.
TEST(JsonReader, AgreesWithAnotherParserOnTextsWithAChangedByte) {
  const std::string seed =
      R"({"model":"gpt-4o","messages":[{"role":"user","content":"a \"b\" \\ \n \u00e9 é日🎉"},{}],"n":-1.5E+1,)"
      R"( "t":true,"f":[false,null,0,[],"\/\b\f\r\t"], "x" : { "y" : 12 } })";
  std::mt19937 random(1);
  const std::string_view alphabet =
      "{}[]:,\"\\ntf0123456789.eE+- \t\n\x01\x7F\x80\xC3\xFF"
      "abu/'";
  size_t accepted = 0;
  for (size_t round = 0; round < 20'000; ++round) {
    std::string text = seed;
    const size_t at = random() % text.size();
    switch (random() % 3) {
      case 0: text[at] = alphabet[random() % alphabet.size()]; break;
      case 1: text.erase(at, 1 + random() % 3); break;
      default: text.insert(at, 1, alphabet[random() % alphabet.size()]);
    }
    const bool want = nlohmann::json::accept(text);
    accepted += want ? 1 : 0;
    for (const Pass pass : kPasses) ASSERT_EQ(accepts(text, pass), want) << text;
  }
  EXPECT_GT(accepted, 1000U);
  EXPECT_LT(accepted, 19'000U);
}

}  // namespace
}  // namespace onellm::json
