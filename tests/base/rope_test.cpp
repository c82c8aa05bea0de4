#include "base/rope.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace onellm {
namespace {

TEST(Rope, JoinsItsPieces) {
  const std::string body = R"({"model":"a","n":1})";
  Rope rope;
  rope.add_view(std::string_view(body).substr(0, 10));
  rope.add_owned("other");
  rope.add_view(std::string_view(body).substr(11));
  EXPECT_EQ(rope.flat(), R"({"model":"other","n":1})");
  EXPECT_EQ(rope.bytes(), rope.flat().size());
  EXPECT_EQ(rope.pieces().size(), 3U);
  EXPECT_EQ(rope.pieces()[0].data(), body.data());
}

TEST(Rope, LeavesEmptyPiecesOut) {
  Rope rope;
  rope.add_view("");
  rope.add_owned("");
  EXPECT_TRUE(rope.pieces().empty());
  EXPECT_EQ(rope.bytes(), 0U);
  EXPECT_EQ(rope.flat(), "");
}

// Short strings live inside the string object: growing or moving the rope must not move them.
TEST(Rope, KeepsShortOwnedPiecesInPlace) {
  Rope rope;
  std::string want;
  for (int i = 0; i < 1000; ++i) {
    rope.add_owned(std::to_string(i));
    want += std::to_string(i);
  }
  const Rope moved = std::move(rope);
  EXPECT_EQ(moved.flat(), want);
}

TEST(Rope, KeepsWhatAnotherOneOwns) {
  Rope part;
  {
    Rope whole;
    whole.add_owned("A text that is longer than a string object.");
    part.add_view(whole.pieces().front().substr(2, 4));
    part.keep(std::move(whole));
  }
  EXPECT_EQ(part.flat(), "text");
  EXPECT_EQ(part.bytes(), 4U);
  EXPECT_GT(part.memory_bytes(), 40U);
}

}  // namespace
}  // namespace onellm
