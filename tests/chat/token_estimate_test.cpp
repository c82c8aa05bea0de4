// The estimate of tokens against the true counts of o200k_base for fixed texts. A test that has the tokenizer itself
// (tests/worker/token_estimate.test.mjs) compares longer ones.
#include "chat/token_estimate.h"

#include <gtest/gtest.h>

#include <string>

namespace onellm::chat {
namespace {

struct Sample {
  const char* name;
  const char* text;
  double tokens;  // Of o200k_base.
};

constexpr Sample kSamples[] = {
    {"english",
     "The old harbour town woke slowly. Fishermen mended their nets on the quay while the first ferry of the day "
     "turned into the bay, and the smell of fresh bread drifted from the bakery at the corner. Nobody hurried; there "
     "was time enough until the market opened.",
     55},
    {"german",
     "Die alte Hafenstadt erwachte langsam. Die Fischer flickten ihre Netze auf der Kaimauer, während die erste Fähre "
     "des Tages in die Bucht einbog. Die Geschwindigkeitsbeschränkung auf der Bundesstraße wurde durch das "
     "Verwaltungsgericht aufgehoben.",
     54},
    {"chinese",
     "清晨的老港口慢慢醒来。渔民们在码头上修补渔网，第一班渡轮驶入海湾，街角的面包店飘来新鲜面包的香味。人工智能技术正"
     "在迅速发展，许多企业已经开始使用大型语言模型来处理日常工作。",
     74},
    {"c++",
     "Result<Buffer> read_all(std::span<const std::byte> bytes) {\n  size_t offset = 0;\n  for (const auto& piece : "
     "pieces_) {\n    if (piece.empty()) continue;\n    offset += piece.size();\n  }\n  return "
     "Buffer{std::move(pieces_), offset};\n}\n",
     65},
    {"json",
     "{\"name\":\"get_weather\",\"description\":\"Weather of a "
     "city\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},\"days\":{\"type\":"
     "\"integer\",\"minimum\":1}},\"required\":[\"city\"],\"additionalProperties\":false}}",
     50},
    {"digits", "31415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679",
     34},
    {"rows", "17, 42, 1999, 3.14159, 2.71828, 100000, 65535, 0.5, 12.75, 8080, 443", 45},
    {"base64",
     "yFESGr6AlZc8m9wbRGCJ8ySc904LZGYLYdc7yuA1D01Zx8rMRkxTJYh5Sv1lOtDd3KlxiooeF/"
     "EFRIclNcMeCpKvWLYz8yUsa++fTmTWV4EdjfkgB9E6xy8VKkBwgNWLq2ytpTIwgxY/"
     "nv4mQAKDE1CksTW0AzGCtAe6phVVWfw8EXhnrH+2zEcXNHNtn/ckveN63oX+",
     137},
    {"russian",
     "Старый портовый город просыпался медленно. Рыбаки чинили сети на причале, а первый паром входил в бухту.", 33},
};

TEST(TokenEstimate, IsNotLowAndNotMuchTooHigh) {
  for (const Sample& sample : kSamples) {
    const auto estimate = static_cast<double>(estimate_tokens(std::string_view(sample.text)));
    EXPECT_GE(estimate, 0.95 * sample.tokens) << sample.name;
    EXPECT_LE(estimate, 1.5 * sample.tokens) << sample.name;
  }
}

TEST(TokenEstimate, IsZeroOnlyForNoText) {
  EXPECT_EQ(estimate_tokens(std::string_view()), 0);
  for (const char* text : {"a", " ", "\n", ".", "\xC3\xA9", "\xF0\x9F\x98\x80", "7"}) {
    EXPECT_GE(estimate_tokens(std::string_view(text)), 1) << text;
  }
}

TEST(TokenEstimate, ReadsEscapesAsTheCharactersThatTheyStandFor) {
  const std::string plain =
      "One line\nand \"another\" with caf\xC3\xA9, \xE6\xBC\xA2\xE5\xAD\x97 and \xF0\x9F\x98\x80.";
  const json::RawString raw{R"(One line\nand \"another\" with caf\u00e9, \u6f22\u5b57 and \ud83d\ude00.)"};
  EXPECT_EQ(estimate_tokens(raw), estimate_tokens(std::string_view(plain)));
  EXPECT_GE(estimate_tokens(json::RawString{"\\"}), 1);     // Cut short.
  EXPECT_GE(estimate_tokens(json::RawString{"\\u00"}), 1);  // Cut short.
}

TEST(TokenEstimate, GrowsWithTheText) {
  std::string text;
  int64_t last = 0;
  for (int i = 0; i < 200; ++i) {
    text += i % 3 == 0 ? "word " : i % 3 == 1 ? "12345" : ", \n";
    const int64_t now = estimate_tokens(std::string_view(text));
    EXPECT_GE(now, last) << text;
    last = now;
  }
}

TEST(TokenEstimate, OfARequestCountsMessagesToolsAndMedia) {
  Request request;
  request.messages.resize(2);
  EXPECT_EQ(estimate_tokens(request), 8);
  std::vector<Part>& parts = request.messages[0].parts;
  parts.emplace_back().text = {"Hello"};
  const int64_t with_text = estimate_tokens(request);
  EXPECT_EQ(with_text, 8 + estimate_tokens(json::RawString{"Hello"}));
  parts.emplace_back().kind = PartKind::kImage;
  EXPECT_EQ(estimate_tokens(request), with_text + 1500);
  parts.emplace_back().kind = PartKind::kFile;
  EXPECT_EQ(estimate_tokens(request), with_text + 4500);
  request.tools.emplace_back().parameters = {R"({"type":"object"})"};
  EXPECT_GE(estimate_tokens(request), with_text + 4500 + 12 + 5);
}

}  // namespace
}  // namespace onellm::chat
