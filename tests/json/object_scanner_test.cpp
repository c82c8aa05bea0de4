#include "json/object_scanner.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "json/reader.h"

namespace onellm::json {
namespace {

bool is_whole(const std::string& text, size_t piece_bytes) {
  ObjectScanner scanner;
  for (size_t at = 0; at < text.size(); at += piece_bytes) scanner.push(text.substr(at, piece_bytes));
  return scanner.is_whole();
}

bool is_object(const std::string& text) {
  const size_t first = text.find_first_not_of(" \n\r\t");
  return first != text.npos && text[first] == '{' && is_valid(text);
}

const std::string kObjects[] = {
    "{}",
    " { } ",
    R"({"a":1,"b":-0.5e+3,"c":[true,false,null,{}, []],"d":"\u00e4\"\\\/\n"})",
    R"({"a":{"b":{"c":[[["x"]]]}},"e":0,"f":10,"g":1e5,"h":1.25})",
};

TEST(ObjectScanner, AcceptsObjectsForEveryCut) {
  for (const std::string& text : kObjects) {
    ASSERT_TRUE(is_object(text)) << text;
    for (size_t piece_bytes = 1; piece_bytes <= text.size(); ++piece_bytes) {
      EXPECT_TRUE(is_whole(text, piece_bytes)) << text;
    }
    for (size_t end = 0; end + 1 < text.size(); ++end) {
      const std::string part = text.substr(0, end);
      EXPECT_EQ(is_whole(part, 1), is_object(part)) << part;
    }
  }
}

TEST(ObjectScanner, SaysTheSameAsTheReaderForDamagedObjects) {
  std::mt19937 random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same each time.
  const std::string letters = R"({}[]:,"\ ainulltrefs0123456789+-.eE)";
  for (int round = 0; round < 20'000; ++round) {
    std::string text = kObjects[random() % std::size(kObjects)];
    const size_t changes = 1 + random() % 3;
    for (size_t change = 0; change < changes; ++change) {
      const size_t at = random() % text.size();
      const char letter = letters[random() % letters.size()];
      switch (random() % 3) {
        case 0: text[at] = letter; break;
        case 1: text.insert(at, 1, letter); break;
        default: text.erase(at, 1); break;
      }
      if (text.empty()) break;
    }
    ASSERT_EQ(is_whole(text, 1 + random() % 8), is_object(text)) << text;
  }
}

TEST(ObjectScanner, RefusesWhatNestsTooDeep) {
  const auto nested = [](size_t depth) {
    std::string text = "{\"a\":";
    text.append(depth - 1, '[').append(depth - 1, ']');
    return text + "}";
  };
  EXPECT_EQ(is_whole(nested(kJsonDepthMax), 1), is_valid(nested(kJsonDepthMax)));
  EXPECT_FALSE(is_whole(nested(kJsonDepthMax + 1), 1));
}

TEST(ObjectScanner, StaysBroken) {
  ObjectScanner scanner;
  scanner.push("[");
  EXPECT_TRUE(scanner.is_broken());
  scanner.push("{}");
  EXPECT_TRUE(scanner.is_broken());
}

TEST(ObjectScanner, EndsAnObjectThatWasCutAnywhere) {
  const std::string whole =
      R"( {"a" : [1, -2.5e+3, [] , {"b\\\u00e9\ud83d\ude00":"x\"y"}, true,false , null,0],"c":{}, "d":{"e":"","f":-0.5E1}})";
  for (size_t cut = whole.find('{') + 1; cut < whole.size(); ++cut) {
    const std::string begin = whole.substr(0, cut);
    ObjectScanner scanner;
    scanner.push(begin);
    ASSERT_FALSE(scanner.is_broken()) << begin;
    std::string rest;
    scanner.append_end(R"("cut":true)", rest);
    EXPECT_TRUE(rest.ends_with(R"("cut":true})")) << rest;
    const Buffer text(begin + rest);
    Reader reader;
    bool has_member = false;
    ASSERT_TRUE(reader.open(text)) << begin + rest;
    reader.root().each_member([&](RawString key, Value& value) {
      (void)value.whole();
      has_member = has_member || key_is(key, "cut");
    });
    EXPECT_TRUE(reader.finish() && has_member) << begin + rest;
  }
}

}  // namespace
}  // namespace onellm::json
