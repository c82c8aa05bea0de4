// From a request to the ledger's rows, and to the command that has them taken.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"

namespace onellm::gateway::test {
namespace {

Json with_ledger() { return settings_with({{"ONELLM_LEDGER", "1"}, {"bindings", {"ONELLM_LEDGER_OBJECT"}}}); }

TEST(LedgerCommand, IsGivenWithTheFirstRequestAndTheRowsAreThere) {
  Configured gateway(with_ledger());
  Driver driver(gateway);
  driver.chat(Json{{"model", "gpt-4o"}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
  driver.answer(0, 200,
                R"({"id":"1","object":"chat.completion","created":1,"model":"gpt-4o-2024-08-06","choices":[{"index":0,)"
                R"("message":{"role":"assistant","content":"Ho"},"finish_reason":"stop"}],)"
                R"("usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}})");
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.ledger_flushes, std::vector<uint32_t>{1'000});
  const Json rows = Json::parse(gateway.take_ledger(true))["rows"];
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["model"], "gpt-4o-2024-08-06");
  EXPECT_EQ(rows[0]["requests"], 1);
  EXPECT_EQ(rows[0]["prompt_tokens"], 3);
}

TEST(LedgerCommand, BoundsACostAsTheDataPointDoes) {
  Json settings = with_ledger();
  settings["bindings"].push_back("ONELLM_ANALYTICS");
  Configured gateway(settings);
  Driver driver(gateway);
  driver.chat(Json{{"model", "gpt-4o"}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
  driver.answer(0, 200,
                R"({"id":"1","object":"chat.completion","created":1,"model":"gpt-4o","choices":[{"index":0,)"
                R"("message":{"role":"assistant","content":"Ho"},"finish_reason":"stop"}],)"
                R"("usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4,"cost":9000000}})");
  EXPECT_EQ(Json::parse(gateway.take_ledger(true))["rows"][0]["cost_pico_usd"], kCallCostPicoUsdMax);
  ASSERT_EQ(driver.records.size(), 1U);
  EXPECT_EQ(driver.records[0]["doubles"][8], 1000);
}

TEST(LedgerCommand, GivesNoRowToAModelThatItsProviderRefused) {
  Configured gateway(with_ledger());
  Driver driver(gateway);
  driver.chat(Json{{"model", "openai/invented"}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
  driver.answer(0, 400, R"({"error":{"message":"There is no such model.","type":"invalid_request_error"}})");
  const Json row = Json::parse(gateway.take_ledger(true))["rows"][0];
  EXPECT_EQ(row["model"], "");
  EXPECT_EQ(row["errors"], 1);
}

TEST(LedgerCommand, IsNotGivenWhereThereIsNoLedger) {
  for (const Json& settings : {standard_settings(), settings_with({{"ONELLM_LEDGER", "1"}})}) {
    Configured gateway(settings);
    Driver driver(gateway);
    driver.chat(Json{{"model", "echo"}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
    EXPECT_TRUE(driver.ledger_flushes.empty());
    EXPECT_EQ(gateway.take_ledger(true), "");
  }
}

}  // namespace
}  // namespace onellm::gateway::test
