#include "gateway/chat/merge/annotations.h"

#include <gtest/gtest.h>

namespace onellm::gateway {
namespace {

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
