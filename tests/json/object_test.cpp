#include "json/object.h"

#include <gtest/gtest.h>

#include <string>

namespace onellm::json {
namespace {

struct Found {
  std::string members;
  std::string wrong;
};

Found find_in(std::string_view text) {
  Found found;
  const Buffer document(text);
  found.wrong = read_object(document, [&found](size_t place, RawString key, Value& value) {
    found.members += std::to_string(place) + std::string(key.text) + std::string(value.raw().text) + ' ';
  });
  return found;
}

TEST(ReadObject, CallsForEachMemberWithItsPlace) {
  const Found found = find_in(R"( {"a":1, "b":{"c":[]}} )");
  EXPECT_EQ(found.members, R"(1a1 2b{"c":[]} )");
  EXPECT_EQ(found.wrong, "");
  EXPECT_EQ(find_in("{}").wrong, "");
}

TEST(ReadObject, SaysWhatIsWrongWithTheDocument) {
  for (const char* text : {"", "{", R"({"a":})", R"({"a":1}})", "\xff"}) {
    EXPECT_EQ(find_in(text).wrong, "is not valid JSON") << text;
  }
  for (const char* text : {"[]", "1", "null", R"("a")"}) {
    EXPECT_EQ(find_in(text).wrong, "must be a JSON object") << text;
    EXPECT_EQ(find_in(text).members, "");
  }
  EXPECT_EQ(find_in(R"({"a":1,"b")").members, "1a1 ");
}

}  // namespace
}  // namespace onellm::json
