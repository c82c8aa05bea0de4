#include "base/scan.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

namespace onellm {
namespace {

constexpr auto is_x_or_y = [](auto c) { return (c == 'x') | (c == 'y'); };

TEST(Scan, SeesEveryByteOfABlock) {
  std::string block(kScanBlockBytes, '.');
  EXPECT_FALSE(any_in_block(block.data(), is_x_or_y));
  for (size_t at = 0; at < block.size(); ++at) {
    for (const char c : {'x', 'y'}) {
      block[at] = c;
      EXPECT_TRUE(any_in_block(block.data(), is_x_or_y)) << at;
    }
    block[at] = '.';
  }
}

TEST(Scan, FindsTheFirstOfALaneAndNothingBehindIt) {
  std::string lane(kScanLaneBytes + 1, '.');
  lane.back() = 'y';
  for (size_t at = kScanLaneBytes; at-- > 0;) {
    EXPECT_EQ(first_in_lane(lane.data(), is_x_or_y), lane.find('x') == lane.npos ? kScanLaneBytes : at + 1);
    lane[at] = 'x';
    EXPECT_EQ(first_in_lane(lane.data(), is_x_or_y), at);
  }
}

TEST(Scan, FindsTheFirstOfATextOfAnyLengthFromAnyPlace) {
  for (const size_t bytes : std::initializer_list<size_t>{0, 1, 15, 16, 17, 31, 63, 64, 65, 79, 80, 130}) {
    const std::string none(bytes, '.');
    for (size_t from = 0; from <= bytes; ++from) {
      EXPECT_EQ(find_first(none, from, is_x_or_y), bytes);
      for (size_t at = 0; at < bytes; ++at) {
        std::string text = none;
        text[at] = 'x';
        text.back() = 'y';
        const size_t first = text.find_first_of("xy", from);
        EXPECT_EQ(find_first(text, from, is_x_or_y), first == text.npos ? bytes : first) << at << " from " << from;
      }
    }
  }
}

// Signed or not: a byte of a longer character is above the plain ones or below them, never among them.
TEST(Scan, ComparesBytesOfLanesAsSingleOnes) {
  constexpr auto is_special = [](auto c) { return (c < 0x20) | (c > 0x7E); };
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(kScanLaneBytes, static_cast<char>(byte));
    const bool expected = byte < 0x20 || byte > 0x7E;
    EXPECT_EQ(first_in_lane(text.data(), is_special) == 0, expected) << byte;
    EXPECT_EQ(find_first(text.substr(1), 0, is_special) == 0, expected) << byte;
  }
}

TEST(Scan, TellsTextsThatDifferInOneByte) {
  for (const size_t bytes : std::initializer_list<size_t>{0, 1, 15, 16, 17, 32, 40}) {
    const std::string text(bytes, '.');
    EXPECT_TRUE(is_same(text, std::string(text)));
    EXPECT_FALSE(is_same(text, text + "."));
    for (size_t at = 0; at < bytes; ++at) {
      std::string other = text;
      other[at] = '\0';
      EXPECT_FALSE(is_same(text, other)) << at;
    }
  }
}

TEST(Scan, FindsAWordWhereverItStands) {
  const std::string word = R"("error")";
  for (size_t bytes = 0; bytes < 60; ++bytes) {
    const std::string before(bytes, '"');  // Every place looks like its first byte.
    for (const size_t after : std::initializer_list<size_t>{0, 1, 15, 16, 40}) {
      const std::string rest(after, 'e');
      EXPECT_TRUE(has_word(before + word + rest, word)) << bytes;
      EXPECT_FALSE(has_word(before + word.substr(0, 6) + rest, word)) << bytes;
      EXPECT_FALSE(has_word(before + R"("eXXXX")" + rest, word)) << "its first, second and last byte, " << bytes;
    }
  }
  EXPECT_FALSE(has_word("", word));
}

TEST(Scan, SeesNothingOutsideTheBlock) {
  const std::string text = "x" + std::string(kScanBlockBytes, '.') + "y";
  EXPECT_FALSE(any_in_block(text.data() + 1, is_x_or_y));
}

}  // namespace
}  // namespace onellm
