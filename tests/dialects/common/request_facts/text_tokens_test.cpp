// The tokens of all texts of a body, whoever understands them.
#include "dialects/common/request_facts/text_tokens.h"

#include <gtest/gtest.h>

#include <string>

#include "chat/token_estimate.h"

namespace onellm::dialects {
namespace {

std::string words(size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += "word ";
  return text;
}

TEST(TextTokens, CountsTextsWhereverTheyStand) {
  const std::string text = words(1000);
  const int64_t tokens = chat::estimate_tokens(std::string_view(text));
  const auto body = [&text](const std::string& before, const std::string& after) { return before + text + after; };
  for (const std::string& one :
       {body(R"({"messages":[{"content":")", R"("}]})"),
        body(R"({"messages":[{"content":[{"type":"x","y":")", R"("}]}]})"),
        body(R"({"prediction":{"content":")", R"("}})"), body(R"({"documents":[{"a" : ")", R"("}]})"),
        body(R"({"chat_template_kwargs":{")", R"(":1}})"), body(R"({"url":"data:text/plain,)", R"("})"),
        body(R"({"source":{"type":"text","data":")", R"("}})")}) {
    EXPECT_GE(tokens_of_texts(one), tokens) << one.substr(0, 60);
    EXPECT_LE(tokens_of_texts(one), tokens + 20) << one.substr(0, 60);
  }
}

TEST(TextTokens, CountsNoNamesAndNoMedia) {
  EXPECT_EQ(tokens_of_texts(R"({"messages" : [], "max_tokens": 10, "stream":true})"), 0);
  const std::string base64(4000, 'A');
  EXPECT_LT(tokens_of_texts(R"({"url":"data:image/png;base64,)" + base64 + R"("})"), 10);
  EXPECT_LT(tokens_of_texts(R"({"source":{"type":"base64","data":")" + base64 + R"("}})"), 10);
}

TEST(TextTokens, ReadsEscapesAsAReaderDoes) {
  const int64_t apart = tokens_of_texts(R"({"a":"\\"})") + tokens_of_texts(R"({"b":"x"})");
  EXPECT_EQ(tokens_of_texts(R"({"a":"\\","b":"x"})"), apart);
  EXPECT_GT(tokens_of_texts(R"({"a":"say \"word word word\", then"})"), 4);
  EXPECT_EQ(tokens_of_texts(R"({"a":"\u0077ord"})"), tokens_of_texts(R"({"a":"word"})"));
}

}  // namespace
}  // namespace onellm::dialects
