#include "dialects/openai_chat/client/own_form/annotations.h"

#include <gtest/gtest.h>

#include "dialects/common/reply/citation_limit.h"

namespace onellm::dialects::openai_chat {
namespace {

TEST(Annotations, JoinTheElementsOfAnArray) {
  std::string elements;
  append_annotation({.begin = 0, .end = 2, .url = {"https://a.example/"}, .title = {R"(\"A\")"}}, elements);
  append_annotation({.begin = 2, .end = 7, .url = {"https://b.example/"}}, elements);
  EXPECT_EQ(
      elements,
      R"({"type":"url_citation","url_citation":{"start_index":0,"end_index":2,"url":"https://a.example/","title":"\"A\""}},)"
      R"({"type":"url_citation","url_citation":{"start_index":2,"end_index":7,"url":"https://b.example/","title":""}})");
}

TEST(Annotations, AreAsLongAsTheLimitCounts) {
  std::string elements;
  size_t bytes = 0;
  for (const int64_t place : {int64_t{0}, int64_t{10}, int64_t{1'000'000'000'000}}) {
    const chat::Citation citation{.begin = place, .end = place + 5, .url = {"u"}, .title = {"title"}};
    EXPECT_TRUE(take_room(citation, bytes));
    const size_t before = elements.size();
    append_annotation(citation, elements);
    EXPECT_EQ(elements.size(), bytes);
    EXPECT_LE(elements.size() - before, kBytesAroundCitation + sizeof("utitle"));
  }
}

TEST(Annotations, MoveTheirPlacesAndNothingElse) {
  EXPECT_EQ(shift_annotations({R"("a":[1],"annotations":[{"type":"url_citation","start_index":1,"url_citation":)"
                               R"({"start_index":1,"end_index":5,"url":"u","n":7}},3])"},
                              10),
            R"("a":[1],"annotations":[{"type":"url_citation","start_index":1,"url_citation":)"
            R"({"start_index":11,"end_index":15,"url":"u","n":7}},3])");
  EXPECT_EQ(shift_annotations({R"("a":1)"}, 10), R"("a":1)");
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
