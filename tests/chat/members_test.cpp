#include "chat/members.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace onellm::chat {
namespace {

std::string added(std::string members, std::string_view more, SameKey same_key) {
  add_members(members, {more}, same_key);
  return members;
}

TEST(Members, AreFoundOnlyAtTheirOwnLevel) {
  const json::RawMembers members{R"("a":{"inner":1,"b":[{"deep":2}]},"text":"\"quoted\":1,{","last":null)"};
  for (const char* key : {"a", "text", "last"}) EXPECT_TRUE(has_member(members, key)) << key;
  for (const char* key : {"inner", "b", "deep", "quoted", "nul", ""}) EXPECT_FALSE(has_member(members, key)) << key;
}

TEST(Members, HaveNoValueWhereTheyAreNull) {
  const json::RawMembers members{R"("function_call" : null,"audio":{"id":null},"images":[],"text":"null")"};
  for (const char* key : {"audio", "images", "text"}) EXPECT_TRUE(has_value(members, key)) << key;
  for (const char* key : {"function_call", "id", "missing"}) EXPECT_FALSE(has_value(members, key)) << key;
}

TEST(Members, AreAddedInTimeThatGrowsWithTheirNumber) {
  const auto numbered = [](size_t from) {
    std::string members;
    for (size_t i = from; i < from + 100'000; ++i)
      members += (members.empty() ? "\"k" : ",\"k") + std::to_string(i) + "\":1";
    return members;
  };
  // Compared each with each, these would take a minute.
  const std::string all = added(numbered(0), numbered(50'000), SameKey::kReplace);
  EXPECT_EQ(std::count(all.begin(), all.end(), ':'), 150'000);
}

TEST(Members, NameEachKeyOnce) {
  EXPECT_EQ(added("", R"("a":1)", SameKey::kReplace), R"("a":1)");
  EXPECT_EQ(added(R"("a":1)", "", SameKey::kReplace), R"("a":1)");
  EXPECT_EQ(added(R"("a":1,"b":2)", R"("a":[3],"c":4)", SameKey::kReplace), R"("a":[3],"b":2,"c":4)");
}

TEST(Members, JoinWhatIsStreamedInPieces) {
  const auto joined = [](std::string members, std::string_view more) {
    return added(std::move(members), more, SameKey::kAccumulate);
  };
  EXPECT_EQ(joined(R"("list":[1])", R"("list":[2,3])"), R"("list":[1,2,3])");
  EXPECT_EQ(joined(R"("list":[ ])", R"("list":[2])"), R"("list":[2])");
  EXPECT_EQ(joined(R"("list":[1])", R"("list":[])"), R"("list":[1])");
  EXPECT_EQ(joined(R"("call":{"name":"f","arguments":"{"})", R"("call":{"arguments":"}"})"),
            R"("call":{"name":"f","arguments":"{}"})");
  EXPECT_EQ(joined(R"("channel":"analysis")", R"("channel":"analysis")"), R"("channel":"analysis")");
  EXPECT_EQ(joined(R"("a":{})", R"("a":{"b":1})"), R"("a":{"b":1})");
  EXPECT_EQ(joined(R"("a":1)", R"("a":null)"), R"("a":1)");
  EXPECT_EQ(joined(R"("a":null)", R"("a":[1])"), R"("a":[1])");
}

TEST(Members, AreNullIfNoneSaysAnything) {
  for (const char* members : {"", " ", R"("a":null)", R"("a" : null , "b":null)", R"("a\"":null)"}) {
    EXPECT_TRUE(are_null({members})) << members;
  }
  for (const char* members : {R"("a":1)", R"("a":null,"b":"null")", R"("a":[null])", R"("a":{"b":null})"}) {
    EXPECT_FALSE(are_null({members})) << members;
  }
}

}  // namespace
}  // namespace onellm::chat
