#include "dialects/common/reply/url_citation.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace onellm::dialects {
namespace {

TEST(UrlCitation, JoinsTheElementsOfAnArray) {
  std::string elements;
  append_url_citation({.begin = 0, .end = 2, .url = {"https://a.example/"}, .title = {R"(\"A\")"}}, elements);
  append_url_citation({.begin = 2, .end = 7, .url = {"https://b.example/"}}, elements);
  EXPECT_EQ(
      elements,
      R"({"type":"url_citation","url_citation":{"start_index":0,"end_index":2,"url":"https://a.example/","title":"\"A\""}},)"
      R"({"type":"url_citation","url_citation":{"start_index":2,"end_index":7,"url":"https://b.example/","title":""}})");
}

TEST(UrlCitation, LeavesOutWhatHasNoLink) {
  std::string elements;
  append_url_citation({.begin = 0, .end = 2, .title = {"A"}}, elements);
  EXPECT_EQ(elements, "");
}

TEST(UrlCitation, LeavesOutWhatWouldTakeTooMuch) {
  std::string elements;
  const std::string long_url(kAnnotationBytesMax / 3, 'u');
  for (int i = 0; i < 5; ++i) append_url_citation({.url = {long_url}}, elements);
  EXPECT_LE(elements.size(), kAnnotationBytesMax);
  EXPECT_GT(elements.size(), long_url.size() * 2);
  append_url_citation({.url = {"https://a.example/"}}, elements);
  EXPECT_NE(elements.find("a.example"), std::string::npos) << "a short one still goes in";
}

TEST(UrlCitation, IsNoLongerThanItSays) {
  std::string elements;
  append_url_citation({.begin = 1'000'000'000'000, .end = 1'000'000'000'000, .url = {"u"}, .title = {"t"}}, elements);
  EXPECT_LE(elements.size() + 1, kBytesAroundUrlCitation + 2);
}

}  // namespace
}  // namespace onellm::dialects
