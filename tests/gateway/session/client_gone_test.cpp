// The client that leaves.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"
#include "support/records.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

constexpr const char* kPrompt = "a prompt that nobody else may read";

Json ask(const std::string& model, bool stream) {
  return {{"model", model},
          {"stream", stream},
          {"stream_options", {{"include_usage", true}}},
          {"messages", {{{"role", "user"}, {"content", kPrompt}}}}};
}

Json with_analytics() { return settings_with({{"bindings", {"ONELLM_ANALYTICS"}}}); }

// The commands that came after the client left.
std::vector<std::string> lines_after(const Driver& driver, size_t before) {
  return {driver.lines.begin() + static_cast<std::ptrdiff_t>(before), driver.lines.end()};
}

TEST(ClientGone, CancelsEveryCall) {
  for (const char* model : {"alpha", "gpt-4o", "alpha,gpt-4o,delta"}) {
    Configured gateway(with_analytics());
    Driver driver(gateway);
    driver.chat(ask(model, true));
    const size_t before = driver.lines.size();
    driver.client_gone();
    for (const Fetch& fetch : driver.fetches) EXPECT_EQ(fetch.aborts, 1) << model;
    for (const std::string& line : lines_after(driver, before)) {
      EXPECT_TRUE(line.starts_with("abort") || line.starts_with("record") || line.starts_with("log")) << line;
    }
    EXPECT_EQ(driver.records.size(), driver.calls());
    for (const Json& record : driver.records) EXPECT_EQ(blob(record, "outcome"), "client_gone");
  }
}

TEST(ClientGone, CancelsAStreamInTheMiddle) {
  for (const char* model : {"alpha", "gpt-4o"}) {
    Configured gateway;
    Driver driver(gateway);
    driver.chat(ask(model, true));
    driver.head(0, 200);
    driver.bytes(0, role() + text("One"));
    driver.client_gone();
    EXPECT_EQ(driver.fetches[0].aborts, 1) << model;
    const std::string before = driver.transcript();
    driver.event(EventKind::kFetchBytes, driver.fetches[0].id, text("two"));
    driver.event(EventKind::kFetchEnd, driver.fetches[0].id, "");
    driver.wait(1'000'000);
    driver.client_gone();
    EXPECT_EQ(driver.transcript(), before) << model;
  }
}

TEST(ClientGone, EndsAllBeforeTheBodyIsThere) {
  Configured gateway;
  Driver driver(gateway);
  driver.request("POST /v1/chat/completions");
  driver.send_body("{\"model\":");
  driver.client_gone();
  const std::string before = driver.transcript();
  driver.send_body("\"echo\"}");
  driver.end_body();
  EXPECT_EQ(driver.transcript(), before);
}

TEST(ClientGone, CancelsTheListsOfModels) {
  Configured gateway;
  Driver driver(gateway);
  driver.request("GET /v1/models");
  driver.client_gone();
  for (const Fetch& fetch : driver.fetches) EXPECT_EQ(fetch.aborts, 1);
  EXPECT_EQ(driver.reply.status, 0);
}

}  // namespace
}  // namespace onellm::gateway::test
