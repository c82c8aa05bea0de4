// Pages of keys that begin behind a key which is not there any more.
#include <gtest/gtest.h>

#include "support/keys_gateway.h"

namespace onellm::gateway::test {
namespace {

TEST(KeyPages, BehindADeletedKeyAreAnErrorThatNamesAfter) {
  KeysGateway keys;
  for (const char* path : {"/v1/admin/keys?after=key_gone", "/v1/admin/keys/export?after=key_gone"}) {
    Driver driver(keys.gateway);
    driver.request(std::string("GET ") + path);
    ASSERT_EQ(driver.object_calls.size(), 1U);
    driver.object_reply(0, R"({"problem":"key_not_found"})");
    EXPECT_EQ(driver.reply.status, 404) << path;
    EXPECT_EQ(driver.reply.error("code"), "key_not_found");
    EXPECT_EQ(driver.reply.error("param"), "after");
  }
}

}  // namespace
}  // namespace onellm::gateway::test
