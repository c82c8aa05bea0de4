// Many ways for a request to end, with marked words for all that is nobody's business: none of them stands in a
// data point, a line of the log or a header.
#include <gtest/gtest.h>

#include "base/text.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

constexpr const char* kPrompt = "marked-prompt";
constexpr const char* kAnswer = "marked-answer";
constexpr const char* kComplaint = "marked-complaint";  // What an upstream says of an error.
constexpr const char* kOther = "marked-other";          // Fields of a request that may hold anything.

enum class Fate { kAnswered, kUnreachable, kRefused, kFailsInStream, kCut, kClientGone, kNonsense, kTimesOut };
constexpr Fate kFates[] = {Fate::kAnswered, Fate::kUnreachable, Fate::kRefused,  Fate::kFailsInStream,
                           Fate::kCut,      Fate::kClientGone,  Fate::kNonsense, Fate::kTimesOut};

std::string all_secrets() {
  return std::string(kComplaint) + " " + kPrompt + " " + kHostKey + " " + kUpstreamKey + " " + kClientKey;
}

Json ask(const std::string& model, bool stream) {
  Json body = {{"model", model},
               {"stream", stream},
               {"user", kOther},
               {"metadata", {{"marked-other-key", kOther}}},
               {"messages",
                {{{"role", "system"}, {"content", kPrompt}},
                 {{"role", "user"}, {"content", {{{"type", "text"}, {"text", kPrompt}}}}}}}};
  if (stream) body["stream_options"] = {{"include_usage", true}};
  return body;
}

void suffer(Driver& driver, size_t call, Fate fate, bool stream) {
  switch (fate) {
    case Fate::kAnswered:
      if (stream) driver.stream(call, role() + reasoning(kAnswer) + text(kAnswer) + finish() + usage(3, 2) + kDone);
      if (!stream) driver.answer(call, 200, completion(kAnswer));
      return;
    case Fate::kUnreachable: return driver.fail(call);
    case Fate::kRefused: return driver.answer(call, 401, error_body(all_secrets(), all_secrets(), all_secrets()));
    case Fate::kFailsInStream:
      driver.head(call, 200);
      driver.bytes(call, role() + text(kAnswer) + error_event(all_secrets(), all_secrets(), all_secrets()));
      return driver.end(call);
    case Fate::kCut:
      driver.head(call, 200);
      driver.bytes(call, role() + tool_call(0, "call_1", kAnswer, kAnswer));
      return driver.fail(call);
    case Fate::kClientGone:
      driver.head(call, 200);
      driver.bytes(call, role() + text(kAnswer));
      return driver.client_gone();
    case Fate::kNonsense: return driver.answer(call, 200, "<html>" + all_secrets() + "</html>");
    case Fate::kTimesOut: driver.head(call, 200); return driver.wait(1'000'000);
  }
}

void expect_discreet(const Driver& driver, bool with_heads = true) {
  for (const std::string& line : driver.lines) {
    const bool is_kept = line.starts_with("record") || line.starts_with("log");
    const bool is_head = with_heads && line.starts_with("send-head");
    if (!is_kept && !is_head) continue;
    for (const char* secret : {kPrompt, kAnswer, kComplaint, kOther, kClientKey, kUpstreamKey, kHostKey}) {
      EXPECT_EQ(line.find(secret), line.npos) << secret << " in " << line;
    }
  }
}

TEST(Secrets, StandInNoPointLineOrHeader) {
  for (const char* level : {"info", "debug"}) {
    Configured gateway(settings_with({{"bindings", {"ONELLM_ANALYTICS"}}, {"ONELLM_LOG_LEVEL", level}}));
    for (const char* model : {"alpha", "gpt-4o", "alpha,gpt-4o", "alpha|gpt-4o", "echo", "echo,alpha"}) {
      for (const Fate fate : kFates) {
        for (const bool stream : {true, false}) {
          Driver driver(gateway);
          driver.chat(ask(model, stream), with_key({{"x-api-key", kUpstreamKey}}));
          for (size_t call = 0; call < driver.calls(); ++call) suffer(driver, call, fate, stream);
          EXPECT_FALSE(driver.logs.empty()) << model;
          EXPECT_FALSE(driver.records.empty()) << model;
          expect_discreet(driver);
        }
      }
    }
  }
}

// A provider can call its model what it likes, and its errors too.
TEST(Secrets, StandInNothingThatIsKeptOfWhatAProviderCallsItself) {
  Configured gateway(settings_with({{"bindings", {"ONELLM_ANALYTICS"}}, {"ONELLM_LOG_LEVEL", "debug"}}));
  for (const std::string& name : {std::string("marked-answer and more"), std::string("m-") + kUpstreamKey,
                                  std::string("m/") + std::string(kHostKey).substr(0, 12), std::string(5000, 'm')}) {
    for (const char* model : {"gpt-4o", "alpha"}) {
      for (const bool stream : {true, false}) {
        Driver driver(gateway);
        driver.chat(ask(model, stream));
        const std::string reply = stream ? speech("One.") : completion("One.");
        const std::string named = replace_all(reply, "served-model", name);
        if (stream) driver.stream(0, named);
        if (!stream) driver.answer(0, 200, named);
        ASSERT_EQ(driver.records.size(), 1U);
        const bool is_known = name.find(model[0] == 'g' ? "-key-of-openai" : "m/upstream-key") != name.npos;
        if (is_known || name.size() > 1000 || name.find(' ') != name.npos) {
          EXPECT_EQ(driver.records[0]["blobs"][3], model) << "what was asked for";
          EXPECT_EQ(driver.logs[0].find(name), std::string::npos);
        }
        EXPECT_NE(driver.reply.body.find(name), std::string::npos) << "the client gets the provider's own words";
      }
    }
  }
  Driver refused(gateway);
  refused.chat(ask("alpha", false));
  refused.answer(0, 400, error_body("No", "invalid_request_error", "Say-it.SECRETPROMPT"));
  EXPECT_EQ(refused.records[0].dump().find("SECRETPROMPT"), std::string::npos);
}

TEST(Secrets, StandInNothingThatIsKeptOfAModelThatIsAKey) {
  Configured gateway(settings_with({{"bindings", {"ONELLM_ANALYTICS"}}, {"ONELLM_LOG_LEVEL", "debug"}}));
  for (const std::string& model : {std::string(kClientKey), std::string("openai/") + kClientKey}) {
    Driver driver(gateway);
    driver.chat(ask(model, false));
    if (driver.calls() > 0) driver.answer(0, 404, error_body("No such model", "invalid_request_error"));
    ASSERT_EQ(driver.records.size(), 1U);
    expect_discreet(driver, false);
  }
}

TEST(Secrets, StandInNoBodyThatIsLogged) {
  Configured gateway(settings_with({{"ONELLM_LOG_BODIES", "1"},
                                    {"CF_ACCOUNT_ID", "0123456789abcdef0123456789abcdef"},
                                    {"CF_API_TOKEN", "marked token of cloudflare"}}));
  Driver driver(gateway);
  driver.chat(chat_request("alpha", false, {{"user", "marked token of cloudflare"}}));
  driver.answer(0, 200, completion("It is: marked token of cloudflare."));
  ASSERT_EQ(driver.logs.size(), 1U);
  EXPECT_EQ(driver.logs[0].find("marked token"), std::string::npos) << driver.logs[0];
}

TEST(Secrets, StandInNothingThatIsKeptOfARefusedRequest) {
  Configured gateway(settings_with({{"bindings", {"ONELLM_ANALYTICS"}}, {"ONELLM_LOG_LEVEL", "debug"}}));
  Json body = ask("no-such-model", false);
  for (const char* key : {kUpstreamKey, kClientKey}) {
    Driver driver(gateway);
    driver.chat(body, {{"authorization", std::string("Bearer ") + key}});
    expect_discreet(driver);
  }
  body["temperature"] = kOther;
  Driver malformed(gateway);
  malformed.chat(body);
  expect_discreet(malformed);
  for (const char* line : {"GET /v1/models/marked-other", "GET /marked-other?key=marked-other", "GET /v1/marked-other",
                           "POST /v1/models?key=marked-other"}) {
    Driver driver(gateway);
    driver.request(line);
    expect_discreet(driver);
  }
}

}  // namespace
}  // namespace onellm::gateway::test
