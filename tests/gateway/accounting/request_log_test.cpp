// One line of JSON for each request, at the level that was asked for.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

Json with_level(const Json& level, const Json& more = Json::object()) {
  Json settings = settings_with({{"ONELLM_LOG_LEVEL", level}});
  settings.update(more);
  return settings;
}

Json only_line(const Driver& driver) {
  EXPECT_EQ(driver.logs.size(), 1U) << driver.transcript();
  return driver.logs.empty() ? Json() : Json::parse(driver.logs[0], nullptr, false);
}

TEST(RequestLog, HasALineForAnAnswer) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(chat_request("gpt-4o", false));
  driver.wait(120);
  driver.answer(0, 200, completion("One."));
  const std::string line =
      R"({"level":"info","message":"POST /v1/chat/completions","request_id":")" + driver.reply.header("x-request-id") +
      R"(","key":"master","route":"/v1/chat/completions","model":"gpt-4o","status":200,"ms":120,"ttft_ms":120,)"
      R"("legs":[{"model":"gpt-4o","provider":"openai","served":"served-model","status":200,"attempts":1,)"
      R"("prompt_tokens":3,"completion_tokens":2,"cost":0.0000275}]})";
  ASSERT_EQ(driver.logs.size(), 1U);
  EXPECT_EQ(driver.logs[0], line);
}

TEST(RequestLog, ComesAfterTheReply) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(chat_request("alpha", true)).stream(0, speech("One."));
  ASSERT_FALSE(driver.lines.empty());
  EXPECT_TRUE(driver.lines.back().starts_with("log")) << driver.transcript();
}

TEST(RequestLog, TellsOfEachLeg) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(chat_request("alpha|delta,gpt-4o", false));
  driver.answer(1, 503, error_body("Busy", "overloaded_error"));
  driver.fail(0);
  driver.answer(2, 200, completion("Two."));
  const Json line = only_line(driver);
  EXPECT_EQ(line["level"], "warn");
  EXPECT_EQ(line["merge"], "concat");
  EXPECT_EQ(line["status"], 200);
  ASSERT_EQ(line["legs"].size(), 2U) << line;
  EXPECT_EQ(line["legs"][0]["model"], "alpha|delta");
  EXPECT_EQ(line["legs"][0]["provider"], "mute");
  EXPECT_EQ(line["legs"][0]["attempts"], 2);
  EXPECT_EQ(line["legs"][0]["cost"], nullptr);
  EXPECT_EQ(line["legs"][1]["outcome"], "error");
  EXPECT_EQ(line["legs"][1]["status"], 503);
  EXPECT_EQ(line["legs"][1]["error"], "overloaded") << line;
  EXPECT_FALSE(line.contains("calls"));
}

TEST(RequestLog, TellsOfARefusal) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(chat_request("no-such-model", false));
  const Json line = only_line(driver);
  EXPECT_EQ(line["level"], "warn");
  EXPECT_EQ(line["status"], 404);
  EXPECT_EQ(line["error"], "model_not_found");
  EXPECT_EQ(line["model"], "no-such-model");
  EXPECT_FALSE(line.contains("legs"));
  Driver nobody(gateway);
  nobody.request("POST /v1/chat/completions", {});
  EXPECT_FALSE(only_line(nobody).contains("key"));
}

TEST(RequestLog, TellsOfAClientThatLeft) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(chat_request("alpha", true));
  driver.client_gone();
  const Json line = only_line(driver);
  EXPECT_EQ(line["level"], "info");
  EXPECT_EQ(line["status"], 499);
  EXPECT_EQ(line["client_gone"], true);
  EXPECT_EQ(line["legs"][0]["outcome"], "client_gone");
}

// What each level shows of: an answer, a 404, a failed leg beside a good one, a 503, a preflight.
TEST(RequestLog, ShowsWhatItsLevelSays) {
  const std::map<std::string, std::vector<int>> kLinesAt = {{"off", {0, 0, 0, 0, 0}},
                                                            {"error", {0, 0, 0, 1, 0}},
                                                            {"warn", {0, 1, 1, 1, 0}},
                                                            {"info", {1, 1, 1, 1, 0}},
                                                            {"debug", {1, 1, 1, 1, 1}}};
  for (const auto& [level, lines] : kLinesAt) {
    Configured gateway(with_level(level));
    Driver answer(gateway), unknown(gateway), half(gateway), busy(gateway), preflight(gateway);
    answer.chat(chat_request("echo", false));
    unknown.chat(chat_request("no-such-model", false));
    half.chat(chat_request("echo,alpha", false));
    half.answer(0, 429, error_body("Slow", "x"));
    busy.chat(chat_request("alpha", false));
    busy.answer(0, 503, error_body("Busy", "x"));
    preflight.request("OPTIONS /v1/chat/completions", {});
    std::vector<int> seen;
    for (const Driver* driver : {&answer, &unknown, &half, &busy, &preflight}) {
      seen.push_back(static_cast<int>(driver->logs.size()));
    }
    EXPECT_EQ(seen, lines) << level;
  }
}

TEST(RequestLog, ShowsEveryCallAtLevelDebug) {
  Configured gateway(with_level("debug"));
  Driver driver(gateway);
  driver.chat(chat_request("alpha|delta", true));
  driver.wait(15);
  driver.answer(0, 429, error_body("Slow", "requests", "rate_limit_exceeded"));
  driver.wait(25);
  driver.stream(1, speech("One."));
  const Json calls = only_line(driver)["calls"];
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[0]["error"], "rate_limit_exceeded");
  EXPECT_EQ(calls[0]["ms"], 15);
  EXPECT_EQ(calls[1]["attempt"], 2);
  EXPECT_EQ(calls[1]["ms"], 25);
  EXPECT_EQ(calls[1]["usage"], "reported");
}

TEST(RequestLog, TellsTheConsoleTheLevelToo) {
  Configured gateway(with_level("debug"));
  Driver answer(gateway), unknown(gateway), busy(gateway), preflight(gateway);
  answer.chat(chat_request("echo", false));
  EXPECT_EQ(answer.log_levels, std::vector<uint32_t>{3});
  unknown.chat(chat_request("no-such-model", false));
  EXPECT_EQ(unknown.log_levels, std::vector<uint32_t>{2});
  busy.chat(chat_request("alpha", false));
  busy.answer(0, 503, error_body("Busy", "x"));
  EXPECT_EQ(busy.log_levels, std::vector<uint32_t>{1});
  preflight.request("OPTIONS /v1/chat/completions", {});
  EXPECT_EQ(preflight.log_levels, std::vector<uint32_t>{4});
}

TEST(RequestLog, WarnsOfSettingsInJsonToo) {
  for (const char* level : {"warn", "error"}) {
    Configured gateway(with_level(level, {{"ONELLM_RETRIES", "many"}}));
    Driver driver(gateway);
    driver.chat(chat_request("echo", false));
    if (std::string(level) == "error") {
      EXPECT_TRUE(driver.logs.empty());
    } else {
      const Json line = only_line(driver);
      EXPECT_EQ(line["level"], "warn");
      EXPECT_NE(line["message"].get<std::string>().find("ONELLM_RETRIES"), std::string::npos);
    }
  }
}

TEST(RequestLog, TakesAnUnknownLevelForInfoAndSaysSo) {
  for (const Json& level : {Json("loud"), Json({"warn"})}) {
    Configured gateway(with_level(level));
    EXPECT_EQ(gateway.settings()->log_level, routing::LogLevel::kInfo);
    ASSERT_EQ(gateway.settings()->problems.size(), 1U);
    EXPECT_TRUE(gateway.settings()->problems[0].starts_with("ONELLM_LOG_LEVEL: "));
    EXPECT_EQ(gateway.settings()->problems[0].find("loud"), std::string::npos);
  }
  EXPECT_EQ(Configured(with_level("WARN")).settings()->log_level, routing::LogLevel::kWarn);
}

// --- bodies ---

Json with_bodies(const Json& more = Json::object()) {
  Json settings = settings_with({{"ONELLM_LOG_BODIES", "1"}});
  settings.update(more);
  return settings;
}

TEST(LoggedBodies, AreThoseOfAllLanes) {
  for (const char* model : {"gpt-4o", "alpha", "echo"}) {
    for (const bool stream : {true, false}) {
      Configured gateway(with_bodies());
      Driver driver(gateway);
      Json body = chat_request(model, stream);
      if (stream) body["stream_options"] = {{"include_usage", true}};
      driver.chat(body);
      const std::string said = std::string(model) == "echo" ? "Hi" : "Said \"so\"\nand é.";
      if (driver.calls() > 0 && stream)
        driver.stream(0, role() + text("Said \"so\"") + text("\nand é.") + finish() + kDone);
      if (driver.calls() > 0 && !stream) driver.answer(0, 200, completion(said));
      const Json line = only_line(driver);
      EXPECT_EQ(line["request"], body.dump());
      EXPECT_EQ(line["legs"][0]["reply"], said) << model << stream << driver.logs[0];
    }
  }
}

TEST(LoggedBodies, AreThereOfRefusedRequestsToo) {
  Configured gateway(with_bodies());
  Driver driver(gateway);
  driver.chat(chat_request("no-such-model", false));
  EXPECT_EQ(only_line(driver)["request"], chat_request("no-such-model", false).dump());
}

TEST(LoggedBodies, AreCut) {
  Configured gateway(with_bodies());
  Driver driver(gateway);
  std::string words;
  while (words.size() < 20'000) words += "long é ";
  driver.chat(chat_request("alpha", true, {{"user", words}}));
  driver.head(0, 200);
  for (size_t at = 0; at < 10; ++at) driver.bytes(0, text(words));
  driver.client_gone();
  const Json line = only_line(driver);
  for (const Json& value : {line["request"], line["legs"][0]["reply"]}) {
    const std::string logged = value.get<std::string>();
    EXPECT_LE(logged.size(), kLoggedTextBytesMax);
    EXPECT_GT(logged.size(), kLoggedTextBytesMax - 8);
  }
}

TEST(LoggedBodies, HaveNoCredentials) {
  Configured gateway(with_bodies());
  Driver driver(gateway);
  const std::string keys =
      std::string(kClientKey) + " " + kUpstreamKey + " " + kHostKey + " sk-proj-0123456789abcdef0123";
  driver.chat(chat_request("alpha", true, {{"user", keys}}));
  driver.stream(0, speech(keys));
  ASSERT_EQ(driver.logs.size(), 1U);
  for (const char* part : {kClientKey, kUpstreamKey, kHostKey, "0123456789abcdef"}) {
    EXPECT_EQ(driver.logs[0].find(part), std::string::npos) << driver.logs[0];
  }
}

TEST(LoggedBodies, AreNotLoggedUnlessTheSettingSaysOne) {
  for (const Json& value : {Json(nullptr), Json(""), Json("0"), Json("yes")}) {
    Configured gateway(settings_with({{"ONELLM_LOG_BODIES", value}, {"ONELLM_LOG_LEVEL", "debug"}}));
    Driver driver(gateway);
    driver.chat(chat_request("alpha", true, {{"user", "marked words"}}));
    driver.stream(0, speech("marked answer"));
    for (const std::string& line : driver.logs) EXPECT_EQ(line.find("marked"), line.npos) << line;
    EXPECT_EQ(gateway.settings()->problems.size(), value == "yes" ? 1U : 0U);
  }
}

}  // namespace
}  // namespace onellm::gateway::test
