#include "dialects/common/splice/spliced_text.h"

#include <gtest/gtest.h>

namespace onellm::dialects {
namespace {

std::string without_lone_surrogates(const std::string& slice, const std::string& padding) {
  SplicedText text;
  text.text() += '"';
  const std::string viewed = slice + padding;
  text.append(viewed);
  text.text() += '"';
  text.replace_lone_surrogates();
  const std::string out = text.finish().flat();
  EXPECT_TRUE(out.ends_with(padding + "\""));
  return out.substr(1, out.size() - 2 - padding.size());
}

TEST(SplicedText, ReplacesHalvesOfSurrogatePairs) {
  for (const std::string& padding : {std::string(), std::string(10'000, 'x')}) {
    EXPECT_EQ(without_lone_surrogates(R"(a\ud83d b)", padding), R"(a\ufffd b)");
    EXPECT_EQ(without_lone_surrogates(R"(\udE00\ud83d\ud83d\n)", padding), R"(\ufffd\ufffd\ufffd\n)");
    EXPECT_EQ(without_lone_surrogates(R"(\uD83D\uD83D\uDE00)", padding), R"(\ufffd\uD83D\uDE00)");
  }
}

TEST(SplicedText, KeepsWholePairsAndWhatOnlyLooksLikeAHalf) {
  for (const std::string& padding : {std::string(), std::string(10'000, 'x')}) {
    const std::string text = R"(\ud83d\ude00 \\ud83d \uD7ff\u0041)";
    EXPECT_EQ(without_lone_surrogates(text, padding), text);
  }
}

}  // namespace
}  // namespace onellm::dialects
