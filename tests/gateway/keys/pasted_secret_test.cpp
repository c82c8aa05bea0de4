// The secret of a key, pasted into a wrong field: it stands in no log line, no data point and no row of the ledger.
#include <gtest/gtest.h>

#include "support/keys_gateway.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

void expect_none(const Driver& driver, const std::string& secret) {
  const std::string_view tail = std::string_view(secret).substr(12);
  EXPECT_FALSE(driver.logs.empty());
  EXPECT_FALSE(driver.records.empty());
  for (const std::string& line : driver.lines) {
    const bool is_kept = line.starts_with("record") || line.starts_with("log");
    EXPECT_TRUE(!is_kept || line.find(tail) == line.npos) << line;
  }
}

struct PastedSecret : ::testing::Test {
  KeysGateway keys{{{"bindings", {"ONELLM_KEYS_OBJECT", "ONELLM_LIMITER_OBJECT", "ONELLM_ANALYTICS"}},
                    {"ONELLM_LOG_LEVEL", "debug"},
                    {"ONELLM_LOG_BODIES", "1"}}};
  std::string secret = keys.make();
  std::string others = keys.make();
};

TEST_F(PastedSecret, IsNotKeptAsTheNameOfAModel) {
  for (const std::string& pasted : {secret, others}) {
    for (const std::string& model :
         {"openai/" + pasted, "openai/x-" + pasted + ":free", "openai/" + std::string(240, 'x') + pasted}) {
      const auto driver = keys.chat(secret, chat_request(model, false));
      ASSERT_EQ(driver->calls(), 1U) << driver->transcript();
      driver->answer(0, 404, error_body("No such model", "invalid_request_error"));
      expect_none(*driver, pasted);
    }
  }
}

TEST_F(PastedSecret, IsNotKeptOfTheNameThatAProviderGives) {
  const auto driver = keys.chat(secret, chat_request("openai/" + secret, false));
  ASSERT_EQ(driver->calls(), 1U);
  driver->answer(0, 200, KeysGateway::whole(1, 1, secret + "-2026-01-01"));
  expect_none(*driver, secret);
}

TEST_F(PastedSecret, IsNotKeptOfABodyThatIsLogged) {
  const auto driver = keys.chat(secret, chat_request("gamma", false, {{"user", "x" + others}}));
  ASSERT_EQ(driver->calls(), 1U);
  driver->answer(0, 200, KeysGateway::whole(1, 1));
  expect_none(*driver, others);
}

}  // namespace
}  // namespace onellm::gateway::test
