// How offsets are converted is in tests/fixtures/gemini; here are the edges.
#include "dialects/gemini/reply/annotations/grounding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/limits.h"
#include "dialects/common/reply/citation_limit.h"
#include "support/transcript.h"

namespace onellm::dialects::gemini {
namespace {

const auto at_the_beginning = [](int64_t /*part*/) { return int64_t{0}; };

std::string text_of(SourceList list) {
  test::Recorder recorder;
  list.hand_on(0, recorder);
  return recorder.text();
}

std::string sources_in(const std::string& sources, const std::string& supports, const char* text = "Grüße") {
  TextMap map;
  map.append({text});
  return text_of(sources_of_grounding(
      {R"({"groundingSupports":[)" + supports + R"(],"groundingChunks":[)" + sources + "]}"}, map, at_the_beginning));
}

constexpr const char* kSource = R"({"web":{"uri":"u","title":"t"}})";

TEST(Grounding, HasNoSourceForWhatIsNotThere) {
  EXPECT_EQ(sources_in("", R"({"segment":{"endIndex":3},"groundingChunkIndices":[0]})"), "");
  EXPECT_EQ(sources_in(kSource, ""), "");
  EXPECT_EQ(sources_in(kSource, R"({"segment":{"endIndex":3},"groundingChunkIndices":[1,-1,"0"]})"), "");
  EXPECT_EQ(sources_in(kSource, R"({"segment":{"startIndex":9,"endIndex":12},"groundingChunkIndices":[0]})"), "");
  EXPECT_EQ(sources_in(kSource, R"({"segment":{"startIndex":3,"endIndex":3},"groundingChunkIndices":[0]})"), "");
  EXPECT_EQ(sources_in(R"({"web":{"title":"t"}})", R"({"segment":{"endIndex":3},"groundingChunkIndices":[0]})"), "");
  TextMap map;
  for (const char* wrong : {"", "7", "[]", R"({"groundingChunks":7,"groundingSupports":[7]})"}) {
    EXPECT_EQ(text_of(sources_of_grounding({wrong}, map, at_the_beginning)), "") << wrong;
    SourceList citations;
    add_sources_of_citations({wrong}, map, citations);
    EXPECT_EQ(text_of(citations), "") << wrong;
  }
}

TEST(Grounding, EndsWithTheText) {
  EXPECT_EQ(sources_in(kSource, R"({"segment":{"startIndex":2,"endIndex":99},"groundingChunkIndices":[0]})"),
            "citation 0 2-5 u \"t\"\n");
}

TEST(Grounding, KnowsOtherSourcesThanPages) {
  EXPECT_EQ(sources_in(R"({"retrievedContext":{"uri":"gs://x","title":"t","text":"…"}})",
                       R"({"segment":{"endIndex":1},"groundingChunkIndices":[0]})"),
            "citation 0 0-1 gs://x \"t\"\n");
}

TEST(Grounding, HasALimit) {
  std::string supports = R"({"segment":{"endIndex":3},"groundingChunkIndices":[0)";
  for (int i = 0; i < 10'000; ++i) supports += ",0";
  const std::string out = sources_in(kSource, supports + "]}");
  const auto lines = static_cast<size_t>(std::count(out.begin(), out.end(), '\n'));
  size_t bytes = 0;  // That so many take.
  for (size_t line = 0; line < lines; ++line) EXPECT_TRUE(take_room({.end = 3, .url = {"u"}, .title = {"t"}}, bytes));
  EXPECT_LT(bytes, kAnnotationBytesMax + 200);
  EXPECT_GT(bytes, kAnnotationBytesMax - 200);
}

}  // namespace
}  // namespace onellm::dialects::gemini
