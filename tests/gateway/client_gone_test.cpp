// The client that leaves, and what is written down of each request.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

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
      EXPECT_TRUE(line.starts_with("abort") || line.starts_with("record")) << line;
    }
    EXPECT_EQ(driver.records.size(), driver.calls());
    for (const Json& record : driver.records) EXPECT_EQ(record["blobs"][4], "cancelled");
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

TEST(Records, AreWrittenForEachLegAfterTheEnd) {
  Configured gateway(with_analytics());
  Driver driver(gateway);
  driver.chat(ask("alpha,gpt-4o", true));
  driver.wait(100);
  driver.stream(0, speech("One."));
  driver.wait(100);
  driver.answer(1, 429, error_body("Slow", "requests", "rate_limit_exceeded"));
  ASSERT_EQ(driver.records.size(), 2U);
  const Json blobs = driver.records[0]["blobs"];
  EXPECT_EQ(blobs[0], driver.reply.header("x-request-id"));
  EXPECT_EQ(blobs, (Json{blobs[0], "alpha", "served-model", "host", "ok", ""}));
  EXPECT_EQ(driver.records[0]["doubles"], (Json{200, 100, 100, 3, 2, 1}));
  EXPECT_EQ(driver.records[1]["blobs"][4], "error");
  EXPECT_EQ(driver.records[1]["blobs"][5], "rate_limit_exceeded");
  EXPECT_EQ(driver.records[1]["doubles"], (Json{429, 200, 0, 0, 0, 1}));
  EXPECT_EQ(driver.records[0]["indexes"].size(), 1U);
}

TEST(Records, CountUsageOfTheNativeLaneToo) {
  for (const bool stream : {true, false}) {
    Configured gateway(with_analytics());
    Driver driver(gateway);
    Json body = ask("gpt-4o", stream);
    if (!stream) body.erase("stream_options");
    driver.chat(body);
    if (stream) driver.stream(0, speech("One."));
    if (!stream) driver.answer(0, 200, completion("One."));
    ASSERT_EQ(driver.records.size(), 1U);
    EXPECT_EQ(driver.records[0]["doubles"][3], 3);
    EXPECT_EQ(driver.records[0]["doubles"][4], 2);
    EXPECT_EQ(driver.records[0]["blobs"][4], "ok");
  }
}

TEST(Records, NeedTheirBinding) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(ask("alpha", true)).stream(0, speech("One."));
  EXPECT_TRUE(driver.reply.ended);
  EXPECT_TRUE(driver.records.empty());
}

// Answers, failures and cancellations of every kind: no key stands in anything but the calls themselves,
// and neither prompt nor answer in what is kept.
TEST(Secrets, StayInTheCalls) {
  Configured gateway(with_analytics());
  for (const char* model : {"alpha", "gpt-4o", "alpha,gpt-4o", "alpha|gpt-4o", "echo", "unknown"}) {
    for (const int outcome : {0, 1, 2, 3}) {
      Driver driver(gateway);
      driver.chat(ask(model, true), with_key({{"x-api-key", kUpstreamKey}}));
      for (size_t call = 0; call < driver.calls(); ++call) {
        if (outcome == 0) driver.stream(call, speech("the answer"));
        if (outcome == 1) driver.fail(call);
        if (outcome == 2) driver.answer(call, 401, error_body(std::string("Bad key ") + kHostKey, "x"));
      }
      if (outcome == 3) driver.client_gone();
      for (const std::string& line : driver.lines) {
        const bool is_call = line.starts_with("fetch");
        EXPECT_EQ(line.find(kClientKey), line.npos) << line;
        if (is_call) continue;
        EXPECT_EQ(line.find(kUpstreamKey), line.npos) << line;
        EXPECT_TRUE(outcome == 2 || line.find(kHostKey) == line.npos) << line;
        const bool is_kept = line.starts_with("record") || line.starts_with("log");
        EXPECT_TRUE(!is_kept || line.find("prompt that") == line.npos) << line;
        EXPECT_TRUE(!is_kept || line.find("the answer") == line.npos) << line;
      }
    }
  }
}

}  // namespace
}  // namespace onellm::gateway::test
