#include "dialects/common/splice/last_member.h"

#include <gtest/gtest.h>

#include <string_view>

namespace onellm::dialects {
namespace {

std::string with_member(std::initializer_list<std::string_view> pieces) {
  Rope body;
  for (const std::string_view piece : pieces) body.add_view(piece);
  add_last_member(body, "max_tokens", 7);
  EXPECT_EQ(body.flat().size(), body.bytes());
  return body.flat();
}

TEST(LastMember, StandsBeforeTheLastBrace) {
  EXPECT_EQ(with_member({R"({"a":1})"}), R"({"a":1,"max_tokens":7})");
  EXPECT_EQ(with_member({R"({"a":"}"})"}), R"({"a":"}","max_tokens":7})");
  EXPECT_EQ(with_member({R"({"a":{}})"}), R"({"a":{},"max_tokens":7})");
}

TEST(LastMember, WhiteSpaceAfterTheBodyIsLeftOut) {
  EXPECT_EQ(with_member({"{\"a\":1 \n } \n\t"}), "{\"a\":1 \n ,\"max_tokens\":7}");
}

TEST(LastMember, TheEndMayBeInSeveralPieces) {
  EXPECT_EQ(with_member({R"({"a":)", "1", "}", " ", "\n"}), R"({"a":1,"max_tokens":7})");
  EXPECT_EQ(with_member({R"({"a":[1])", "} "}), R"({"a":[1],"max_tokens":7})");
}

}  // namespace
}  // namespace onellm::dialects
