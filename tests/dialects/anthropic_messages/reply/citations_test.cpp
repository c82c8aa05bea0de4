#include "dialects/anthropic_messages/reply/citations.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/transcript.h"

namespace onellm::dialects::anthropic_messages {
namespace {

using Lines = std::vector<std::string>;

Lines handed_on(Citations& citations) {
  test::Recorder recorder;
  (void)citations.hand_on(recorder);
  return recorder.lines;
}

TEST(Citations, AreNoneWithoutALink) {
  Citations citations;
  citations.open(0);
  citations.add({.title = {"A document"}});
  citations.close(5);
  test::Recorder recorder;
  EXPECT_FALSE(citations.hand_on(recorder));
  EXPECT_EQ(recorder.lines, Lines{});
}

TEST(Citations, SpanTheBlockThatCites) {
  Citations citations;
  citations.open(3);
  citations.add({.url = {"https://a.example/"}, .title = {R"(\"A\")"}, .quote = {"said"}, .reference = {"r"}});
  citations.add({.url = {"https://a.example/"}, .title = {R"(\"A\")"}});
  EXPECT_EQ(handed_on(citations), Lines{}) << "the end of the block is not known yet";
  citations.close(8);
  citations.open(8);
  citations.close(9);
  EXPECT_EQ(handed_on(citations), Lines{R"(citation 0 3-8 https://a.example/ "\"A\"" quote said reference r)"});
  EXPECT_EQ(handed_on(citations), Lines{}) << "each is passed on once";
}

TEST(Citations, MayRepeatASourceInAnotherBlock) {
  Citations citations;
  for (const int64_t start : {0, 4}) {
    citations.open(start);
    citations.add({.url = {"u"}});
    citations.close(start + 2);
  }
  EXPECT_EQ(handed_on(citations), (Lines{R"(citation 0 0-2 u "")", R"(citation 0 4-6 u "")"}));
}

TEST(Citations, AreLeftOutWhereTheyAreTooMany) {
  Citations citations;
  const std::string long_url(kAnnotationBytesMax / 2, 'x');
  for (int64_t block = 0; block < 3; ++block) {
    citations.open(block);
    citations.add({.url = {long_url}, .title = {"title"}});
    citations.close(block + 1);
  }
  EXPECT_EQ(handed_on(citations).size(), 1U);
}

TEST(Citations, HaveNoQuoteWhereQuotesAreTooLong) {
  Citations citations;
  const std::string quote(kAnnotationBytesMax / 2 + 1, 'q');
  citations.open(0);
  for (const char* url : {"a", "b"}) citations.add({.url = {url}, .quote = {quote}});
  citations.close(1);
  const Lines lines = handed_on(citations);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_GT(lines[0].size(), quote.size());
  EXPECT_EQ(lines[1], R"(citation 0 0-1 b "")");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
