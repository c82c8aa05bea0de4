#include "gateway/http/head.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace onellm::gateway {
namespace {

TEST(Head, ReadsFirstLineAndHeaders) {
  const Head head("POST /v1/x?a=b\nauthorization: Bearer k\napi-key: two: parts");
  EXPECT_EQ(head.first_line(), "POST /v1/x?a=b");
  EXPECT_EQ(head.header("authorization"), "Bearer k");
  EXPECT_EQ(head.header("api-key"), "two: parts") << "only the first colon divides";
}

TEST(Head, HasNoValueForAHeaderThatIsAbsent) {
  EXPECT_EQ(Head("200\na: 1").header("b"), "");
  EXPECT_EQ(Head("200").header("a"), "");
  EXPECT_EQ(Head("").first_line(), "");
}

TEST(Head, TakesTheFirstOfTwoHeadersOfOneName) { EXPECT_EQ(Head("200\na: 1\na: 2").header("a"), "1"); }

TEST(Head, PassesOverLinesThatAreNoHeaders) {
  const Head head("200\nnonsense\n\na: 1");
  EXPECT_EQ(head.header("a"), "1");
  EXPECT_EQ(head.header("nonsense"), "");
}

TEST(Head, KeepsAnEmptyValue) { EXPECT_EQ(Head("200\na: \nb: 2").header("b"), "2"); }

TEST(HeadWriter, WritesWhatHeadReads) {
  const std::string text = HeadWriter("200").add("a", "1").add_if("b", "").add_if("c", "3").take();
  EXPECT_EQ(text, "200\na: 1\nc: 3");
}

TEST(HeadWriter, LetsNoValueForgeAHeader) {
  EXPECT_EQ(HeadWriter("200").add("a", "1\r\nset-cookie: x").take(), "200\na: 1set-cookie: x");
  EXPECT_EQ(HeadWriter("200").add("a", std::string_view("b\0\x1F\x7F\tc", 6)).take(), "200\na: bc");
}

TEST(HeadWriter, EncodesWhatIsNotAscii) {
  EXPECT_EQ(HeadWriter("200").add("a", "x\xC3\xA4\ny").take(), "200\na: x%C3%A4y");
}

TEST(HeadWriter, CutsALongListBehindOneOfItsItems) {
  std::string list = "first";
  while (list.size() < kListHeaderBytesMax - 7) list += ",item";
  EXPECT_EQ(HeadWriter("200").add_list("a", list).add_list("b", "").take(), "200\na: " + list);
  const std::string text = HeadWriter("200").add_list("a", list + "," + std::string(100, 'x')).take();
  EXPECT_EQ(text, "200\na: " + list + ",...");
}

TEST(HeadWriter, CutsAListByWhatIsWrittenOfIt) {
  std::string umlauts;
  while (umlauts.size() < kListHeaderBytesMax) umlauts += "\xC3\xA4";
  for (const std::string& list : {umlauts, "a,b," + umlauts}) {
    const std::string text = HeadWriter("200").add("a", "1").add_list("b", list).take();
    EXPECT_LE(text.size(), std::string("200\na: 1\nb: ").size() + kListHeaderBytesMax);
    EXPECT_TRUE(text.ends_with("..."));
  }
}

TEST(Head, NamesMayStandForAllThatBeginSo) {
  const std::vector<std::string_view> names = {"x-one", "y-*"};
  for (const char* name : {"x-one", "y-", "y-two"}) EXPECT_TRUE(is_named(names, name)) << name;
  for (const char* name : {"x-on", "x-one-more", "y", "z", ""}) EXPECT_FALSE(is_named(names, name)) << name;
}

TEST(Head, GivesEachHeaderInOrder) {
  std::string seen;
  Head("200\na: 1\nb: 2: 3\nno header").each([&seen](std::string_view name, std::string_view value) {
    seen.append(name).append("=").append(value).append(";");
  });
  EXPECT_EQ(seen, "a=1;b=2: 3;");
}

}  // namespace
}  // namespace onellm::gateway
