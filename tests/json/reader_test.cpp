#include "json/reader.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "base/limits.h"

namespace onellm::json {
namespace {

using Texts = std::vector<std::string>;

// Opens `text`, hands its root to `walk`, and returns what finish() says.
bool read(std::string_view text, FunctionRef<void(Value&)> walk) {
  const Buffer buffer(text);
  Reader reader;
  if (reader.open(buffer)) {
    Value root = reader.root();
    walk(root);
  }
  return reader.finish();
}

std::string error_of(std::string_view text) {
  const Buffer buffer(text);
  Reader reader;
  if (reader.open(buffer)) (void)reader.root().raw();
  EXPECT_FALSE(reader.finish());
  return reader.error_message();
}

TEST(JsonReader, WalksMembersInOrder) {
  Texts seen;
  EXPECT_TRUE(read(R"({"b" : 1, "a":[2 , 3], "b":"x"})", [&](Value& root) {
    EXPECT_TRUE(root.each_member([&](RawString key, Value& value) {
      seen.push_back(std::string(key.text) + "=" + std::string(value.raw().text));
    }));
  }));
  EXPECT_EQ(seen, (Texts{"b=1", "a=[2 , 3]", "b=\"x\""}));
}

TEST(JsonReader, WalksElementsWithTheirIndex) {
  Texts seen;
  EXPECT_TRUE(read(R"([true , {} , "s"])", [&](Value& root) {
    EXPECT_TRUE(root.each_element(
        [&](size_t index, Value& value) { seen.push_back(std::to_string(index) + std::string(value.raw().text)); }));
  }));
  EXPECT_EQ(seen, (Texts{"0true", "1{}", "2\"s\""}));
}

TEST(JsonReader, WalksNestedValues) {
  int64_t sum = 0;
  EXPECT_TRUE(read(R"({"rows":[{"n":1},{"skip":[[]],"n":2},{"n":3,"skip":{"n":100}}]})", [&](Value& root) {
    root.each_member([&](RawString, Value& rows) {
      rows.each_element([&](size_t, Value& row) {
        row.each_member([&](RawString key, Value& value) {
          int64_t n = 0;
          if (key.text == "n" && value.read(n)) sum += n;
        });
      });
    });
  }));
  EXPECT_EQ(sum, 6);
}

TEST(JsonReader, TellsTypes) {
  std::vector<Type> types;
  EXPECT_TRUE(read(R"([null,true,false,0,-1,"",[],{}])", [&](Value& root) {
    root.each_element([&](size_t, Value& value) { types.push_back(value.type()); });
  }));
  EXPECT_EQ(types, (std::vector<Type>{Type::kNull, Type::kBoolean, Type::kBoolean, Type::kNumber, Type::kNumber,
                                      Type::kString, Type::kArray, Type::kObject}));
}

TEST(JsonReader, LeavesAValueOfAnotherTypeToBeReadOtherwise) {
  RawString string;
  EXPECT_TRUE(read(R"("text")", [&](Value& root) {
    bool boolean = false;
    int64_t integer = 0;
    double number = 0;
    EXPECT_FALSE(root.read(boolean));
    EXPECT_FALSE(root.read(integer));
    EXPECT_FALSE(root.read(number));
    EXPECT_FALSE(root.is_null());
    EXPECT_FALSE(root.each_member([](RawString, Value&) { FAIL(); }));
    EXPECT_FALSE(root.each_element([](size_t, Value&) { FAIL(); }));
    EXPECT_EQ(root.type(), Type::kString);
    EXPECT_TRUE(root.read(string));
    EXPECT_EQ(string.text, "text");
  }));
}

TEST(JsonReader, ReadsBooleans) {
  for (const bool want : {true, false}) {
    bool seen = !want;
    EXPECT_TRUE(read(want ? "true" : " false ", [&](Value& root) { EXPECT_TRUE(root.read(seen)); }));
    EXPECT_EQ(seen, want);
  }
}

TEST(JsonReader, ReadsIntegersThatFit) {
  const auto integer = [](std::string_view text) {
    int64_t value = -77;
    EXPECT_TRUE(read(text, [&](Value& root) { EXPECT_TRUE(root.read(value)) << text; })) << text;
    return value;
  };
  EXPECT_EQ(integer("0"), 0);
  EXPECT_EQ(integer("-0"), 0);
  EXPECT_EQ(integer("9007199254740993"), 9007199254740993);
  EXPECT_EQ(integer("9223372036854775807"), std::numeric_limits<int64_t>::max());
  EXPECT_EQ(integer("-9223372036854775808"), std::numeric_limits<int64_t>::min());
}

TEST(JsonReader, LeavesOtherNumbersUnreadAsIntegers) {
  for (const std::string_view text : {"9223372036854775808", "-9223372036854775809", "1.0", "1e2", "1E2", "0.5"}) {
    EXPECT_TRUE(read(text, [&](Value& root) {
      int64_t value = 0;
      EXPECT_FALSE(root.read(value)) << text;
      EXPECT_EQ(root.raw().text, text);
    }));
  }
}

TEST(JsonReader, ReadsDoubles) {
  const auto number = [](std::string_view text) {
    double value = -77;
    EXPECT_TRUE(read(text, [&](Value& root) { EXPECT_TRUE(root.read(value)) << text; })) << text;
    return value;
  };
  EXPECT_EQ(number("0"), 0.0);
  EXPECT_EQ(number("-1.5e3"), -1500.0);
  EXPECT_EQ(number("0.1"), 0.1);
  EXPECT_EQ(number("123456789012345678901234567890"), 123456789012345678901234567890.0);
  EXPECT_EQ(number("2.2250738585072014E-308"), std::numeric_limits<double>::min());
  EXPECT_EQ(number("1e-400"), 0.0);
  EXPECT_EQ(number("17976931348623157" + std::string(292, '0')), std::numeric_limits<double>::max());
}

TEST(JsonReader, KeepsTheTextOfANumberThatNoDoubleHolds) {
  EXPECT_TRUE(read("[1e400]", [](Value& root) {
    root.each_element([](size_t, Value& value) {
      double number = 0;
      EXPECT_FALSE(value.read(number));
      EXPECT_EQ(value.raw().text, "1e400");
    });
  }));
}

TEST(JsonReader, SlicesValuesWithoutTheSpaceAround) {
  for (const std::string_view value : {R"({ "a" : [ 1 , 2 ] })", R"("x y")", "-1.50", "null", "[ ]"}) {
    EXPECT_TRUE(read(" \n" + std::string(value) + "\t\r ", [&](Value& root) { EXPECT_EQ(root.raw().text, value); }));
  }
}

TEST(JsonReader, SlicesPointIntoTheText) {
  const Buffer buffer(R"({"key":"value"})");
  Reader reader;
  ASSERT_TRUE(reader.open(buffer));
  RawString seen;
  reader.root().each_member([&](RawString, Value& value) { EXPECT_TRUE(value.read(seen)); });
  EXPECT_TRUE(reader.finish());
  EXPECT_EQ(seen.text.data(), buffer.text().data() + 8);
}

TEST(JsonReader, FindsLongStringsEnds) {
  for (size_t length = 0; length < 300; ++length) {
    for (const std::string tail : {"", "\\\\", "\\\"", "\\u0041"}) {
      const std::string inside = std::string(length, 'x') + tail;
      EXPECT_TRUE(read("[\"" + inside + "\" ,1]", [&](Value& root) {
        root.each_element([&](size_t index, Value& value) {
          RawString string;
          EXPECT_EQ(value.read(string), index == 0);
          EXPECT_EQ(string.text, index == 0 ? inside : "");
        });
      }));
    }
  }
}

TEST(JsonReader, ChecksWhatNobodyReads) {
  EXPECT_TRUE(read(R"({"a":[1,"\n"]})", [](Value&) {}));
  EXPECT_FALSE(read(R"({"a":[1,"\x"]})", [](Value&) {}));
  EXPECT_FALSE(read(R"({"a":[01],"b":2})",
                    [](Value& root) { root.each_member([](RawString key, Value&) { EXPECT_EQ(key.text, "a"); }); }));
}

TEST(JsonReader, EndsEveryLoopOnceMalformed) {
  size_t calls = 0;
  EXPECT_FALSE(read(R"([[1,2,x,4],[5]])", [&](Value& root) {
    EXPECT_TRUE(root.each_element([&](size_t, Value& row) {
      EXPECT_TRUE(row.each_element([&](size_t, Value& value) {
        ++calls;
        int64_t number = 0;
        EXPECT_EQ(value.read(number), calls < 3);
        if (calls < 3) return;
        EXPECT_EQ(value.type(), Type::kNone);
        EXPECT_TRUE(value.raw().empty());
        EXPECT_FALSE(value.each_member([](RawString, Value&) { FAIL(); }));
      }));
    }));
  }));
  EXPECT_EQ(calls, 3U);
}

TEST(JsonReader, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(error_of(""), "is not valid JSON: the text is empty");
  EXPECT_EQ(error_of("  "), "is not valid JSON: the text is empty");
  EXPECT_EQ(error_of("\"\xFF\""), "is not valid JSON: the text is not UTF-8");
  EXPECT_EQ(error_of("\"\n\""), "is not valid JSON: a string holds a control character");
  EXPECT_EQ(error_of("[\"a]"), "is not valid JSON: a string has no end");
  EXPECT_EQ(error_of("[1,tru]"), "is not valid JSON: an unknown word at byte 3");
  EXPECT_EQ(error_of("[1,01]"), "is not valid JSON: a bad number at byte 3");
  EXPECT_EQ(error_of(R"(["\x"])"), "is not valid JSON: a bad escape in the string at byte 1");
  EXPECT_EQ(error_of("[1,]"), "is not valid JSON: a value was expected at byte 3");
  EXPECT_EQ(error_of("[1,"), "is not valid JSON: a value is missing at byte 3");
  EXPECT_EQ(error_of("[1 2]"), "is not valid JSON: ',' or ']' was expected at byte 3");
  EXPECT_EQ(error_of(R"({"a":1)"), "is not valid JSON: ',' or '}' is missing at byte 6");
  EXPECT_EQ(error_of(R"({"a" 1})"), "is not valid JSON: ':' was expected at byte 5");
  EXPECT_EQ(error_of("{a:1}"), "is not valid JSON: the name of a member was expected at byte 1");
  EXPECT_EQ(error_of("{} {}"), "is not valid JSON: something follows the end at byte 3");
  EXPECT_EQ(error_of(std::string(kJsonDepthMax + 1, '[')), "nests deeper than 128 levels at byte 128");
}

TEST(JsonReader, LooksIntoAnObjectBeforeItIsRead) {
  const auto peeked = [](std::string_view text) {
    std::string type = "(unread)";
    EXPECT_TRUE(read(text, [&](Value& root) {
      type = root.peek("type").text;
      size_t members = 0;
      root.each_member([&](RawString, Value&) { ++members; });
      EXPECT_EQ(members > 0, text.find(':') != text.npos && text.front() == '{');
    })) << text;
    return type;
  };
  EXPECT_EQ(peeked(R"({"type":"a","type":"b"})"), "a");
  EXPECT_EQ(peeked(R"({"x":{"type":"no","y":[{"type":"no"},[]]},"z":[],"type" : "late"})"), "late");
  EXPECT_EQ(peeked(R"({"x":"type","type":1})"), "");
  EXPECT_EQ(peeked(R"({"x":{"type":"no"}})"), "");
  EXPECT_EQ(peeked("{}"), "");
  EXPECT_EQ(peeked(R"(["type","a"])"), "");
  EXPECT_EQ(peeked(R"("type")"), "");
  const Buffer broken(R"({"type":"\sad"})");
  Reader reader;
  ASSERT_TRUE(reader.open(broken));
  EXPECT_TRUE(reader.root().peek("type").empty());
}

TEST(JsonReader, LooksIntoBrokenObjectsWithoutHarm) {
  const std::string whole = R"({"a":[{"b":1},2],"c":{"d":"e"},"type":"x"})";
  for (size_t length = 1; length < whole.size(); ++length) {
    for (const std::string& text : {whole.substr(0, length), whole.substr(length)}) {
      const Buffer buffer(text);
      Reader reader;
      if (reader.open(buffer)) (void)reader.root().peek("type");
      EXPECT_FALSE(reader.finish()) << text;
    }
  }
}

TEST(JsonReader, GivesTheTextOfAValueThatWasRead) {
  Texts seen;
  EXPECT_TRUE(read(R"({ "a" : { "b" : [ 1 , 2 ] } , "n" : 1.50 , "t" : true , "s" : "x" })", [&](Value& root) {
    root.each_member([&](RawString key, Value& value) {
      double number = 0;
      bool truth = false;
      if (key.text == "a") value.each_member([](RawString, Value&) {});
      if (key.text == "n") (void)value.read(number);
      if (key.text == "t") (void)value.read(truth);
      if (key.text != "s") seen.emplace_back(value.whole().text);
    });
    seen.emplace_back(root.whole().text.substr(0, 3));
  }));
  EXPECT_EQ(seen, (Texts{R"({ "b" : [ 1 , 2 ] })", "1.50", "true", "{ \""}));
  EXPECT_FALSE(read(R"({"a":[1,)", [&](Value& root) {
    root.each_member([](RawString, Value&) {});
    EXPECT_TRUE(root.whole().empty());
  }));
}

TEST(JsonReader, ReadsOneDocumentAfterAnother) {
  Reader reader;
  for (const size_t length : {10U, 5'000U, 3'000'000U, 20U}) {
    Buffer good("[\"" + std::string(length, 'x') + "\"]");
    ASSERT_TRUE(reader.open(good));
    EXPECT_EQ(reader.root().raw().text, good.text());
    EXPECT_TRUE(reader.finish());
    EXPECT_EQ(reader.error_message(), "");

    Buffer bad("[\"" + std::string(length, 'x') + "\",]");
    ASSERT_TRUE(reader.open(bad));
    EXPECT_FALSE(reader.finish());
    EXPECT_NE(reader.error_message(), "");
    reader.release_large_buffers();
  }
}

TEST(JsonReader, IsNotFinishedBeforeItWasOpened) {
  Reader reader;
  EXPECT_FALSE(reader.finish());
  reader.release_large_buffers();
}

// What stood in the buffer before must not be taken for a part of the text.
TEST(JsonReader, ReadsAShorterTextInAUsedBuffer) {
  Buffer buffer("[1,2,3,4,5,6,7,8,9]");
  buffer.assign("[1");
  Reader reader;
  ASSERT_TRUE(reader.open(buffer));
  EXPECT_FALSE(reader.finish());
  buffer.assign("12");
  ASSERT_TRUE(reader.open(buffer));
  EXPECT_EQ(reader.root().raw().text, "12");
  EXPECT_TRUE(reader.finish());
}

TEST(JsonKey, IsComparedWithItsEscapesResolved) {
  EXPECT_TRUE(key_is({"model"}, "model"));
  EXPECT_TRUE(key_is({R"(mod\u0065l)"}, "model"));
  EXPECT_TRUE(key_is({R"(a\/b)"}, "a/b"));
  EXPECT_FALSE(key_is({"models"}, "model"));
  EXPECT_FALSE(key_is({R"(mod\u0065ls)"}, "model"));
  EXPECT_FALSE(key_is({R"(\\)"}, R"(\\)"));
}

}  // namespace
}  // namespace onellm::json
