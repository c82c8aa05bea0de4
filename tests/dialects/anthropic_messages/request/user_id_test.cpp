#include "dialects/anthropic_messages/request/user_id.h"

#include <gtest/gtest.h>

#include "dialects/anthropic_messages/encoding_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

TEST(AnthropicUserId, NamesNobody) {
  for (const char* id : {"jane.doe@example.com", "user jane@a.b", R"(jane\u0040example.com)", "+49 151 12345678",
                         "(030) 1234-5678", "a@b@c.de"}) {
    EXPECT_FALSE(is_user_id_taken({id})) << id;
  }
  EXPECT_FALSE(is_user_id_taken({std::string(257, 'a')}));
}

TEST(AnthropicUserId, MayBeAnythingElse) {
  for (const char* id :
       {"u-1", "", "1234567", "jane@localhost", "@a.b", "jane@", "jane@.b", "2026-11-30T10", "7f3a9c21d04"}) {
    EXPECT_TRUE(is_user_id_taken({id})) << id;
  }
  EXPECT_TRUE(is_user_id_taken({std::string(256, 'a')}));
}

TEST(AnthropicUserId, IsLeftOutAndNamedWhereItNamesSomebody) {
  const Encoded user = encode(kBudgetModel, R"("user":"jane@example.com")");
  EXPECT_TRUE(member_of(user, "metadata").is_null());
  EXPECT_EQ(user.dropped, Names{"user"});
  const Encoded both = encode(kBudgetModel, R"("user":"u-1","safety_identifier":"jane@example.com")");
  EXPECT_EQ(member_of(both, "metadata"), parse(R"({"user_id":"u-1"})"));
  EXPECT_EQ(both.dropped, Names{"safety_identifier"});
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
