#include "dialects/common/reply/source_list.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "dialects/common/reply/citation_limit.h"
#include "support/transcript.h"

namespace onellm::dialects {
namespace {

using Lines = std::vector<std::string>;

Lines handed_on(SourceList& sources) {
  test::Recorder recorder;
  sources.hand_on(1, recorder);
  return recorder.lines;
}

TEST(SourceList, PassesOnEachSourceOnce) {
  SourceList sources;
  EXPECT_TRUE(sources.empty());
  sources.add({.begin = 0, .end = 2, .url = {"https://a.example/"}, .title = {R"(\"A\")"}});
  sources.add({.begin = 2, .end = 7, .url = {"https://b.example/"}});
  EXPECT_EQ(handed_on(sources),
            (Lines{R"(citation 1 0-2 https://a.example/ "\"A\"")", R"(citation 1 2-7 https://b.example/ "")"}));
  EXPECT_FALSE(sources.empty()) << "there were some";
  EXPECT_EQ(handed_on(sources), Lines{});
}

TEST(SourceList, LeavesOutWhatHasNoLink) {
  SourceList sources;
  sources.add({.begin = 0, .end = 2, .title = {"A"}});
  EXPECT_TRUE(sources.empty());
  EXPECT_EQ(handed_on(sources), Lines{});
}

TEST(SourceList, TellsEqualSourcesFromNewOnes) {
  SourceList sources;
  const chat::Citation first{.begin = 0, .end = 2, .url = {"u"}, .title = {"t"}};
  for (chat::Citation citation : {first, first}) sources.add_new(citation);
  for (int64_t chat::Citation::*place : {&chat::Citation::begin, &chat::Citation::end}) {
    chat::Citation other = first;
    other.*place += 1;
    sources.add_new(other);
  }
  for (json::RawString chat::Citation::*text : {&chat::Citation::url, &chat::Citation::title}) {
    chat::Citation other = first;
    (other.*text) = {"x"};
    sources.add_new(other);
  }
  EXPECT_EQ(handed_on(sources).size(), 5U);
}

TEST(SourceList, LeavesOutWhatWouldTakeTooMuch) {
  SourceList sources;
  const std::string long_url(kAnnotationBytesMax / 3, 'u');
  for (int i = 0; i < 5; ++i) sources.add({.url = {long_url}});
  sources.add({.url = {"https://a.example/"}});
  const Lines lines = handed_on(sources);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_NE(lines.back().find("a.example"), std::string::npos) << "a short one still goes in";
}

TEST(SourceList, CountsWhatItPassedOnAlready) {
  SourceList sources;
  const std::string long_url(kAnnotationBytesMax / 3, 'u');
  size_t passed_on = 0;
  for (int i = 0; i < 5; ++i) {
    sources.add({.url = {long_url}});
    passed_on += handed_on(sources).size();
  }
  EXPECT_EQ(passed_on, 2U);
}

TEST(CitationLimit, CountsNothingForACitationThatIsLeftOut) {
  size_t bytes = 5;
  EXPECT_FALSE(take_room({.title = {"no link"}}, bytes));
  const std::string long_url(kAnnotationBytesMax, 'u');
  EXPECT_FALSE(take_room({.url = {long_url}}, bytes));
  EXPECT_EQ(bytes, 5U);
}

}  // namespace
}  // namespace onellm::dialects
