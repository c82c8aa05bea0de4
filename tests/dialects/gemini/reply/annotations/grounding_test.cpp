// How offsets are converted is in tests/fixtures/gemini; here are the edges.
#include "dialects/gemini/reply/annotations/grounding.h"

#include <gtest/gtest.h>

#include <string>

#include "base/limits.h"

namespace onellm::dialects::gemini {
namespace {

const auto at_the_beginning = [](int64_t /*part*/) { return int64_t{0}; };

std::string annotations(const std::string& sources, const std::string& supports, const char* text = "Grüße") {
  TextMap map;
  map.append({text});
  return annotations_of_grounding(
      {R"({"groundingSupports":[)" + supports + R"(],"groundingChunks":[)" + sources + "]}"}, map, at_the_beginning);
}

constexpr const char* kSource = R"({"web":{"uri":"u","title":"t"}})";

TEST(Grounding, HasNoAnnotationForWhatIsNotThere) {
  EXPECT_EQ(annotations("", R"({"segment":{"endIndex":3},"groundingChunkIndices":[0]})"), "");
  EXPECT_EQ(annotations(kSource, ""), "");
  EXPECT_EQ(annotations(kSource, R"({"segment":{"endIndex":3},"groundingChunkIndices":[1,-1,"0"]})"), "");
  EXPECT_EQ(annotations(kSource, R"({"segment":{"startIndex":9,"endIndex":12},"groundingChunkIndices":[0]})"), "");
  EXPECT_EQ(annotations(kSource, R"({"segment":{"startIndex":3,"endIndex":3},"groundingChunkIndices":[0]})"), "");
  EXPECT_EQ(annotations(R"({"web":{"title":"t"}})", R"({"segment":{"endIndex":3},"groundingChunkIndices":[0]})"), "");
  TextMap map;
  for (const char* wrong : {"", "7", "[]", R"({"groundingChunks":7,"groundingSupports":[7]})"}) {
    EXPECT_EQ(annotations_of_grounding({wrong}, map, at_the_beginning), "") << wrong;
    EXPECT_EQ(annotations_of_citations({wrong}, map), "") << wrong;
  }
}

TEST(Grounding, EndsWithTheText) {
  EXPECT_EQ(annotations(kSource, R"({"segment":{"startIndex":2,"endIndex":99},"groundingChunkIndices":[0]})"),
            R"({"type":"url_citation","url_citation":{"start_index":2,"end_index":5,"url":"u","title":"t"}})");
}

TEST(Grounding, KnowsOtherSourcesThanPages) {
  EXPECT_EQ(annotations(R"({"retrievedContext":{"uri":"gs://x","title":"t","text":"…"}})",
                        R"({"segment":{"endIndex":1},"groundingChunkIndices":[0]})"),
            R"({"type":"url_citation","url_citation":{"start_index":0,"end_index":1,"url":"gs://x","title":"t"}})");
}

TEST(Grounding, HasALimit) {
  std::string supports = R"({"segment":{"endIndex":3},"groundingChunkIndices":[0)";
  for (int i = 0; i < 10'000; ++i) supports += ",0";
  const std::string out = annotations(kSource, supports + "]}");
  EXPECT_LT(out.size(), kAnnotationBytesMax + 200);
  EXPECT_GT(out.size(), kAnnotationBytesMax - 200);
}

}  // namespace
}  // namespace onellm::dialects::gemini
