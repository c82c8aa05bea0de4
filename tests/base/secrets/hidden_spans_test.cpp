#include "base/secrets/hidden_spans.h"

#include <gtest/gtest.h>

namespace onellm {
namespace {

// Hides every "key".
std::string without_key(std::string_view text) {
  return with_hidden_spans(text, [](std::string_view reading) {
    std::vector<Span> found;
    for (size_t at = reading.find("key"); at != reading.npos; at = reading.find("key", at + 3)) {
      found.push_back({at, at + 3});
    }
    return found;
  });
}

TEST(HiddenSpans, LeaveTheRestOfTheTextAsItIs) {
  EXPECT_EQ(without_key(""), "");
  EXPECT_EQ(without_key("a key, a key"), "a ***, a ***");
  EXPECT_EQ(without_key(R"(C:\new \d+ \u12 \)"), R"(C:\new \d+ \u12 \)");
  EXPECT_EQ(without_key("\\n key \xC3\xA4\\"), "\\n *** \xC3\xA4\\");
}

TEST(HiddenSpans, AreFoundInEscapes) {
  EXPECT_EQ(without_key(R"(a \u006bey)"), "a ***");
  EXPECT_EQ(without_key(R"(\u006B\u0065\u0079s)"), "***s");
}

TEST(HiddenSpans, AreFoundInEscapesOfEscapes) {
  EXPECT_EQ(without_key(R"(a k\\u0065y.)"), "a ***.");
  EXPECT_EQ(without_key(R"(a k\\\\u0065y.)"), "a ***.");
  EXPECT_EQ(without_key(R"(a k\u005cu0065y.)"), "a ***.");
}

// Half an escape would break the JSON around it.
TEST(HiddenSpans, HideWholeEscapes) {
  const auto hide_letters = [](std::string_view reading) {
    const size_t begin = reading.find("nabc");
    return begin == reading.npos ? std::vector<Span>() : std::vector<Span>{{begin, begin + 4}};
  };
  EXPECT_EQ(with_hidden_spans(R"("\nabc")", hide_letters), R"("***")");
  EXPECT_EQ(with_hidden_spans(R"("\\nabc")", hide_letters), R"("***")");
}

}  // namespace
}  // namespace onellm
