#include "gateway/merge/annotations.h"

#include <gtest/gtest.h>

namespace onellm::gateway {
namespace {

TEST(Annotations, CountsCharactersNotBytes) {
  EXPECT_EQ(count_characters({""}), 0);
  EXPECT_EQ(count_characters({"abc"}), 3);
  EXPECT_EQ(count_characters({R"(a\n\"\\b)"}), 5);
  EXPECT_EQ(count_characters({"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"}), 3);
  EXPECT_EQ(count_characters({R"(\u00e4\ud83d\ude00\uD83D\uDE00)"}), 3);
}

TEST(Annotations, MovesPlacesAndNothingElse) {
  EXPECT_EQ(shift_annotations({R"("a":[1],"annotations":[{"type":"url_citation","start_index":1,"url_citation":)"
                               R"({"start_index":1,"end_index":5,"url":"u","n":7}},3])"},
                              10),
            R"("a":[1],"annotations":[{"type":"url_citation","start_index":1,"url_citation":)"
            R"({"start_index":11,"end_index":15,"url":"u","n":7}},3])");
  EXPECT_EQ(shift_annotations({R"("a":1)"}, 10), R"("a":1)");
}

}  // namespace
}  // namespace onellm::gateway
