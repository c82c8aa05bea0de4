// Which members of an encoded request go to an endpoint that counts.
#include "dialects/common/request/count_body.h"

#include <gtest/gtest.h>

namespace onellm::dialects {
namespace {

constexpr std::string_view kNames[] = {"model", "messages", "tools"};

std::string counted(Rope body, std::string before = "{") {
  return only_members(std::move(body), kNames, std::move(before), "}").flat();
}
std::string counted(std::string_view text) {
  Rope body;
  body.add_view(text);
  return counted(std::move(body));
}

TEST(CountBody, HasOnlyTheMembersThatCount) {
  EXPECT_EQ(counted(R"({"model":"m","max_tokens":5,"messages":[1],"stream":true})"), R"({"model":"m","messages":[1]})");
  EXPECT_EQ(counted(R"({"stream":true,"model":"m"})"), R"({"model":"m"})");
  EXPECT_EQ(counted(R"({"stream":true})"), "{}");
  EXPECT_EQ(counted("{}"), "{}");
}

TEST(CountBody, IsNotMisledByWhatStandsInValues) {
  EXPECT_EQ(
      counted(R"({"x":{"model":"no","tools":[{"messages":"}"}]},"messages":[{"a":"\\\",\"tools\":{","b":"\\"}]})"),
      R"({"messages":[{"a":"\\\",\"tools\":{","b":"\\"}]})");
  EXPECT_EQ(counted(R"({"a":"tools","b":["model","tools"],"tools":["a",{"b":","}]})"), R"({"tools":["a",{"b":","}]})");
}

TEST(CountBody, IsTheSameForAnyCuttingIntoPieces) {
  const std::string text = R"({"n":"\"","model":"\\m","messages":[{"t":"\u00e9,]}"},7],"stop":["x"],"tools":[]})";
  for (size_t cut = 0; cut <= text.size(); ++cut) {
    Rope body;
    body.add_owned(text.substr(0, cut));
    body.add_owned(text.substr(cut));
    EXPECT_EQ(counted(std::move(body)), R"({"model":"\\m","messages":[{"t":"\u00e9,]}"},7],"tools":[]})") << cut;
  }
}

TEST(CountBody, MayStandInsideAnotherObject) {
  Rope body;
  body.add_owned(R"({"messages":[]})");
  EXPECT_EQ(counted(std::move(body), R"({"model":"m")"), R"({"model":"m","messages":[]})");
}

TEST(CountBody, CopiesNoLongValue) {
  const std::string value = '"' + std::string(1'000'000, 'x') + '"';
  Rope body;
  body.add_owned(R"({"messages":)");
  body.add_view(value);
  body.add_owned("}");
  EXPECT_LT(only_members(std::move(body), kNames, "{", "}").memory_bytes(), 1000U);
}

}  // namespace
}  // namespace onellm::dialects
