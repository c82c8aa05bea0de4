#include "gateway/keys/authentication/known_keys.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace onellm::gateway {
namespace {

using Knowledge = KnownKeys::Knowledge;

keys::Record record(size_t pattern_bytes = 0) {
  keys::Record made{.id = "key_1"};
  if (pattern_bytes > 0) made.models.emplace_back(pattern_bytes, 'x');
  return made;
}

TEST(KnownKeys, ARecordIsBelievedForAMinute) {
  KnownKeys known;
  known.keep("a", record(), 0);
  EXPECT_EQ(known.find("a", kKnownKeyMs - 1).knowledge, Knowledge::kRight);
  EXPECT_EQ(known.find("a", kKnownKeyMs).knowledge, Knowledge::kOutdated);
  EXPECT_EQ(known.find("a", kKnownKeyMs).record, nullptr);
  EXPECT_EQ(known.find("b", 0).knowledge, Knowledge::kNothing);
}

TEST(KnownKeys, AWrongKeyIsRememberedForTenSeconds) {
  KnownKeys known;
  known.keep_wrong("a", 0);
  EXPECT_EQ(known.find("a", kWrongKeyMs - 1).knowledge, Knowledge::kWrong);
  EXPECT_EQ(known.find("a", kWrongKeyMs).knowledge, Knowledge::kNothing);
}

TEST(KnownKeys, NewerKnowledgeReplacesOlder) {
  KnownKeys known;
  known.keep("a", record(100), 0);
  known.keep_wrong("a", 1);
  EXPECT_EQ(known.find("a", 2).knowledge, Knowledge::kWrong);
  EXPECT_EQ(known.size(), 1U);
  EXPECT_EQ(known.bytes(), 0U);
}

TEST(KnownKeys, WrongKeysPushOutNoRightOne) {
  KnownKeys known;
  known.keep("right", record(), 0);
  for (size_t i = 0; i < 2 * kKnownKeysMax; ++i) known.keep_wrong(std::to_string(i), 1);
  EXPECT_EQ(known.size(), kKnownKeysMax);
  EXPECT_EQ(known.find("right", 2).knowledge, Knowledge::kRight);
}

TEST(KnownKeys, LargeRecordsAreKeptUpToANumberOfBytes) {
  KnownKeys known;
  for (size_t i = 0; i < 1'000; ++i) known.keep(std::to_string(i), record(12'800), static_cast<double>(i));
  EXPECT_LE(known.bytes(), kKnownKeysBytesMax);
  EXPECT_EQ(known.find("999", 1'000).knowledge, Knowledge::kRight) << "the latest stays";
  EXPECT_EQ(known.find("0", 1'000).knowledge, Knowledge::kNothing);
}

}  // namespace
}  // namespace onellm::gateway
