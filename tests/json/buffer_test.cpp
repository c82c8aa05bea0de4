#include "json/buffer.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <utility>

namespace onellm::json {
namespace {

TEST(JsonBuffer, HoldsWhatWasAppended) {
  Buffer buffer;
  EXPECT_EQ(buffer.text(), "");
  std::string want;
  for (size_t i = 0; i < 1000; ++i) {
    const std::string piece(i % 17, static_cast<char>('a' + i % 26));
    buffer.append(piece);
    want += piece;
  }
  EXPECT_EQ(buffer.text(), want);
  EXPECT_EQ(buffer.size(), want.size());
}

TEST(JsonBuffer, IsFollowedByZeros) {
  Buffer buffer("a long text, which a short one follows in the same memory: 1234567890 1234567890 1234567890");
  buffer.assign("short");
  const std::string_view text = buffer.text();
  EXPECT_EQ(std::string_view(text.data() + text.size(), kPaddingBytes), std::string(kPaddingBytes, '\0'));
}

TEST(JsonBuffer, IsFilledInPlaceWithoutMoving) {
  Buffer buffer;
  buffer.reserve(100);
  EXPECT_GE(buffer.capacity(), 100U);
  char* first = buffer.extend(60);
  std::memset(first, 'x', 60);
  char* second = buffer.extend(40);
  std::memset(second, 'y', 40);
  EXPECT_EQ(second, first + 60);
  EXPECT_EQ(buffer.text(), std::string(60, 'x') + std::string(40, 'y'));
}

TEST(JsonBuffer, KeepsItsMemoryWhenClearedAndFreesItWhenReset) {
  Buffer buffer("text");
  buffer.reserve(1000);
  buffer.clear();
  EXPECT_EQ(buffer.text(), "");
  EXPECT_EQ(buffer.capacity(), 1000U);
  buffer.reset();
  EXPECT_EQ(buffer.capacity(), 0U);
  buffer.append("again");
  EXPECT_EQ(buffer.text(), "again");
}

TEST(JsonBuffer, MovesWithoutCopying) {
  Buffer from("text");
  const char* data = from.text().data();
  Buffer to = std::move(from);
  EXPECT_EQ(to.text().data(), data);
  EXPECT_EQ(from.size(), 0U);  // NOLINT(bugprone-use-after-move): an empty buffer is promised.
  EXPECT_EQ(from.text(), "");
  from.append("new");
  to = std::move(from);
  EXPECT_EQ(to.text(), "new");
}

}  // namespace
}  // namespace onellm::json
