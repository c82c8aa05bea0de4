#include "json/writer.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "json/reader.h"

namespace onellm::json {
namespace {

TEST(JsonWriter, WritesEveryKindOfMember) {
  std::string out;
  {
    ObjectWriter object(out);
    object.add("string", RawString{R"(a\n)"});
    object.add("raw", Raw{"[1]"});
    object.add("no_raw", Raw{});
    object.add("integer", int64_t{-5});
    object.add("boolean", true);
    object.add_null("nothing");
    object.add_plain("plain", "\"q\"\n");
    object.add(RawMembers{});
    object.add(RawMembers{R"("x":1,"y":2)"});
    ArrayWriter list(object.begin("list"));
    list.next() += '1';
    { const ObjectWriter inner(list.next()); }
    { const ArrayWriter inner(list.next()); }
  }
  EXPECT_EQ(out, R"({"string":"a\n","raw":[1],"no_raw":null,"integer":-5,"boolean":true,"nothing":null,)"
                 R"("plain":"\"q\"\n","x":1,"y":2,"list":[1,{},[]]})");
  EXPECT_TRUE(is_valid(out));
}

TEST(JsonWriter, BeginsWithRawMembersWithoutAComma) {
  std::string out = "data: ";
  {
    ObjectWriter object(out);
    object.add(RawMembers{R"("x":1)"});
    object.add("y", false);
  }
  EXPECT_EQ(out, R"(data: {"x":1,"y":false})");
}

TEST(JsonWriter, WritesIntegersOfAnySize) {
  std::string out;
  for (const int64_t value : {std::numeric_limits<int64_t>::min(), int64_t{0}, std::numeric_limits<int64_t>::max()}) {
    append_integer(out, value);
    out += ' ';
  }
  EXPECT_EQ(out, "-9223372036854775808 0 9223372036854775807 ");
}

TEST(JsonWriter, JoinsMembers) {
  std::string members;
  append_member(members, {"a"}, {"1"});
  append_member(members, {R"(b\n)"}, {R"({"c":2})"});
  append_member(members, {"d"}, {});
  EXPECT_EQ(members, R"("a":1,"b\n":{"c":2},"d":null)");
}

}  // namespace
}  // namespace onellm::json
