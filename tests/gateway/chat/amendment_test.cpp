// A part of the request that the provider refuses is left out of one call more, and of the requests after it for an
// hour. What a client can make a provider say must not teach anything. By a clock that only the test moves.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"
#include "support/records.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

constexpr double kHourMs = 3'600'000;
constexpr const char* kNoSeed = "Unsupported parameter: 'seed' is not supported with this model.";

std::string refusal(const Json& message, const Json& code = nullptr, const Json& param = nullptr) {
  return Json{{"error", {{"message", message}, {"type", "invalid_request_error"}, {"param", param}, {"code", code}}}}
      .dump();
}

struct Amendments : ::testing::Test {
  static Json ask(const Json& more = {{"seed", 7}}, const std::string& model = "host/alpha", bool stream = false) {
    return chat_request(model, stream, more);
  }
  static Json sent(Driver& driver, size_t call) { return Json::parse(driver.fetches[call].body); }

  // Makes the gateway learn that `alpha` takes no seed.
  void teach(double now_ms = kStartMs) {
    Driver driver(gateway);
    driver.now_ms = now_ms;
    driver.chat(ask());
    driver.answer(0, 400, refusal("No.", "unsupported_parameter", "seed"));
    ASSERT_EQ(driver.calls(), 2U);
    driver.answer(1, 200, completion("Well."));
    ASSERT_EQ(driver.reply.status, 200);
  }
  // What goes up at first of a request now.
  Json first_sent(const Json& more = {{"seed", 7}}, double now_ms = kStartMs, const std::string& model = "host/alpha") {
    Driver driver(gateway);
    driver.now_ms = now_ms;
    driver.chat(ask(more, model));
    const Json body = sent(driver, 0);
    driver.client_gone();
    return body;
  }
  // The first refusal reaches the client, and nobody learned from it.
  void expect_final(const Json& request, int status, const std::string& body) {
    Driver driver(gateway);
    driver.chat(request);
    driver.answer(0, status, body);
    EXPECT_EQ(driver.calls(), 1U) << body;
    EXPECT_EQ(driver.reply.status, status) << body;
    EXPECT_TRUE(gateway.learned().empty()) << body;
  }

  Configured gateway{standard_settings()};
};

TEST_F(Amendments, LeaveOutWhatWasRefusedAtOnceAndNameIt) {
  for (const std::string& body : {refusal("No.", "unsupported_parameter", "seed"), refusal(kNoSeed)}) {
    for (const bool stream : {false, true}) {
      Configured fresh;
      Driver driver(fresh);
      driver.chat(ask({{"seed", 7}, {"temperature", 0.5}}, "host/alpha", stream));
      driver.answer(0, 400, body);
      ASSERT_EQ(driver.calls(), 2U);
      EXPECT_FALSE(sent(driver, 1).contains("seed"));
      EXPECT_EQ(sent(driver, 1)["temperature"], 0.5);
      if (stream) driver.stream(1, speech("Well."));
      if (!stream) driver.answer(1, 200, completion("Well."));
      EXPECT_EQ(driver.reply.status, 200);
      EXPECT_NE(driver.reply.body.find("Well."), std::string::npos);
      EXPECT_EQ(driver.reply.header("x-onellm-dropped"), "seed");
      EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "2");
      EXPECT_EQ(driver.reply.header("x-onellm-upstream-status"), "200");
      EXPECT_FALSE(fresh.learned().empty());
    }
  }
}

TEST_F(Amendments, AreRememberedForAnHour) {
  teach();
  EXPECT_FALSE(first_sent({{"seed", 8}}, kStartMs + kHourMs - 1).contains("seed"));
  EXPECT_TRUE(first_sent({{"seed", 8}}, kStartMs + kHourMs).contains("seed"));
}

TEST_F(Amendments, AreNamedWhereTheyWereRemembered) {
  teach();
  Driver driver(gateway);
  driver.chat(ask());
  driver.answer(0, 200, completion("Well."));
  EXPECT_EQ(driver.reply.header("x-onellm-dropped"), "seed");
  EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "1");
  Driver without(gateway);
  without.chat(ask(Json::object()));
  without.answer(0, 200, completion("Well."));
  EXPECT_EQ(without.reply.header("x-onellm-dropped"), "(absent)");
}

TEST_F(Amendments, AreOfOneModelAtOneProvider) {
  teach();
  EXPECT_TRUE(first_sent({{"seed", 7}}, kStartMs, "host/org/beta").contains("seed"));
  EXPECT_TRUE(first_sent({{"seed", 7}}, kStartMs, "plain/gamma").contains("seed"));
  EXPECT_EQ(first_sent({{"seed", 7}, {"top_p", 0.5}})["top_p"], 0.5);
}

TEST_F(Amendments, OfAValueAreOfThatValueAlone) {
  Driver driver(gateway);
  driver.chat(ask({{"temperature", 0.2}}));
  driver.answer(0, 400, refusal("No.", "unsupported_value", "temperature"));
  ASSERT_EQ(driver.calls(), 2U);
  driver.answer(1, 200, completion("Well."));
  EXPECT_FALSE(first_sent({{"temperature", 0.2}}).contains("temperature"));
  EXPECT_EQ(first_sent({{"temperature", 0.3}})["temperature"], 0.3);
}

TEST_F(Amendments, TeachNothingWhereTheSecondCallFails) {
  for (const int status : {400, 429, 500}) {
    Driver driver(gateway);
    driver.chat(ask());
    driver.answer(0, 400, refusal("No.", "unsupported_parameter", "seed"));
    ASSERT_EQ(driver.calls(), 2U);
    driver.answer(1, status, refusal("Still no."));
    EXPECT_EQ(driver.calls(), 2U);
    EXPECT_EQ(driver.reply.status, status);
    EXPECT_EQ(driver.reply.error("message"), "Still no.");
    EXPECT_TRUE(gateway.learned().empty());
  }
}

TEST_F(Amendments, AreOneOfAKindInARequest) {
  Driver driver(gateway);
  driver.chat(ask({{"seed", 7}, {"top_p", 0.5}}));
  driver.answer(0, 400, refusal("No.", "unsupported_parameter", "seed"));
  driver.answer(1, 400, refusal("No.", "unsupported_parameter", "top_p"));
  EXPECT_EQ(driver.calls(), 2U);
  EXPECT_EQ(driver.reply.status, 400);
  EXPECT_EQ(driver.reply.error("param"), "top_p");
}

TEST_F(Amendments, AreNeverOfAStrictRequest) {
  for (const bool in_body : {true, false}) {
    Json request = ask();
    if (in_body) request["onellm"] = {{"strict", true}};
    Driver driver(gateway);
    driver.chat(request, in_body ? with_key() : with_key({{"x-onellm-strict", "1"}}));
    driver.answer(0, 400, refusal("No.", "unsupported_parameter", "seed"));
    EXPECT_EQ(driver.calls(), 1U);
    EXPECT_EQ(driver.reply.status, 400);
  }
  teach();
  EXPECT_EQ(first_sent({{"seed", 7}, {"onellm", {{"strict", true}}}})["seed"], 7);
}

TEST_F(Amendments, AreNoneOfWhatTheClientDidNotSend) {
  expect_final(ask({{"top_p", 0.5}}), 400, refusal("No.", "unsupported_parameter", "seed"));
  expect_final(ask({{"seed", nullptr}}), 400, refusal(kNoSeed));
}

TEST_F(Amendments, NeverChangeWhatIsAsked) {
  const Json tool = {{"type", "function"}, {"function", {{"name", "f"}}}};
  for (const char* name : {"tools", "tool_choice", "response_format", "max_tokens", "messages", "n", "stream", "stop",
                           "parallel_tool_calls"}) {
    expect_final(ask({{"tools", {tool}},
                      {"tool_choice", "auto"},
                      {"stop", "END"},
                      {"parallel_tool_calls", false},
                      {"max_tokens", 5},
                      {"n", 2},
                      {"response_format", {{"type", "json_object"}}}}),
                 400, refusal("No.", "unsupported_parameter", name));
  }
}

// To allow several calls is the default, so a model that does not know the parameter answers the same without it.
TEST_F(Amendments, LeaveOutThatSeveralCallsAreAllowedButNotThatTheyAreForbidden) {
  const Json tools = {{{"type", "function"}, {"function", {{"name", "f"}}}}};
  Driver driver(gateway);
  driver.chat(ask({{"tools", tools}, {"parallel_tool_calls", true}}));
  driver.answer(0, 400, refusal("No.", "unsupported_parameter", "parallel_tool_calls"));
  ASSERT_EQ(driver.calls(), 2U);
  EXPECT_FALSE(sent(driver, 1).contains("parallel_tool_calls"));
  driver.answer(1, 200, completion("Well."));
  EXPECT_FALSE(first_sent({{"tools", tools}, {"parallel_tool_calls", true}}).contains("parallel_tool_calls"));
  EXPECT_EQ(first_sent({{"tools", tools}, {"parallel_tool_calls", false}})["parallel_tool_calls"], false);
}

TEST_F(Amendments, AreNotTaughtByRangesAndTypes) {
  const Json request = ask({{"temperature", 9}, {"seed", 7}});
  expect_final(request, 400,
               refusal("Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 9 instead.",
                       "decimal_above_max_value", "temperature"));
  expect_final(request, 400, refusal("temperature must be between 0 and 2", nullptr, "temperature"));
  expect_final(request, 400, refusal("temperature must be between 0 and 2", "unsupported_value", "temperature"));
  expect_final(request, 400, refusal("Invalid type for 'seed'", "invalid_type", "seed"));
}

TEST_F(Amendments, AreNotTaughtByWhatAClientWrote) {
  Json request = ask();
  request["messages"][0]["content"] = kNoSeed;
  // Quoted in the middle, at the beginning, and as all there is.
  expect_final(request, 400, refusal("Bad message: " + std::string(kNoSeed)));
  expect_final(request, 400, refusal(std::string(kNoSeed) + " is no good message."));
  expect_final(request, 400, refusal(kNoSeed));
  expect_final(ask(), 400, refusal("Bad message: " + std::string(kNoSeed)));
  std::string escaped = request.dump();
  escaped.replace(escaped.find("Unsupported"), 1, "\\u0055");
  Driver driver(gateway);
  driver.chat(escaped);
  driver.answer(0, 400, refusal(kNoSeed));
  EXPECT_EQ(driver.calls(), 1U);
}

TEST_F(Amendments, AreTaughtByA400Alone) {
  for (const int status : {401, 403, 404, 409, 413, 422, 429, 500}) {
    expect_final(ask(), status, refusal("No.", "unsupported_parameter", "seed"));
  }
}

TEST_F(Amendments, AreMadeOfWhatTheGatewayAddsItself) {
  Driver driver(gateway);
  driver.chat(ask(Json::object(), "host/alpha", true));
  ASSERT_TRUE(sent(driver, 0).contains("stream_options"));
  driver.answer(0, 400, refusal("No.", "unsupported_parameter", "stream_options"));
  ASSERT_EQ(driver.calls(), 2U);
  EXPECT_FALSE(sent(driver, 1).contains("stream_options"));
  driver.stream(1, speech("Well."));
  EXPECT_EQ(driver.reply.header("x-onellm-dropped"), "stream_options");
  EXPECT_FALSE(first_sent(Json{{"stream", true}}).contains("stream_options"));
}

TEST_F(Amendments, AreMadeOfWhatTheBridgeToResponsesAdds) {
  Driver driver(gateway);
  driver.chat(ask(Json::object(), "gpt-5.3-codex"));
  ASSERT_TRUE(sent(driver, 0).contains("include")) << driver.fetches[0].body;
  driver.answer(0, 400, refusal("Encrypted content is not supported with this model.", nullptr, "include"));
  ASSERT_EQ(driver.calls(), 2U);
  EXPECT_FALSE(sent(driver, 1).contains("include"));
  EXPECT_TRUE(sent(driver, 1).contains("store"));
}

TEST_F(Amendments, AreMadeInTheLaneOfUntouchedBytes) {
  Driver driver(gateway);
  driver.chat(ask({{"seed", 7}}, "plain/gamma"));
  driver.answer(0, 400, refusal(kNoSeed));
  ASSERT_EQ(driver.calls(), 2U);
  EXPECT_FALSE(sent(driver, 1).contains("seed"));
  driver.answer(1, 200, completion("Well."));
  EXPECT_EQ(driver.reply.body, completion("Well."));
  EXPECT_FALSE(first_sent({{"seed", 7}}, kStartMs, "plain/gamma").contains("seed"));
}

TEST_F(Amendments, ComeBeforeTheFallback) {
  Driver driver(gateway);
  driver.chat(ask({{"seed", 7}}, "host/alpha|host/org/beta"));
  driver.answer(0, 400, refusal(kNoSeed));
  EXPECT_EQ(sent(driver, 1)["model"], "alpha");
  driver.answer(1, 503, refusal("Busy."));
  ASSERT_EQ(driver.calls(), 3U);
  EXPECT_EQ(sent(driver, 2)["model"], "org/beta");
  EXPECT_EQ(sent(driver, 2)["seed"], 7);
  driver.answer(2, 200, completion("Well."));
  EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "3");
  EXPECT_EQ(driver.reply.header("x-onellm-dropped"), "(absent)");
  EXPECT_TRUE(gateway.learned().empty());
}

TEST_F(Amendments, AreOfEachLegForItself) {
  Driver driver(gateway);
  driver.chat(ask({{"seed", 7}}, "host/alpha,host/org/beta"));
  driver.answer(0, 400, refusal(kNoSeed));
  ASSERT_EQ(driver.calls(), 3U);
  driver.answer(2, 200, completion("One."));
  driver.answer(1, 200, completion("Two."));
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.header("x-onellm-dropped"), "host/alpha:seed");
  EXPECT_FALSE(first_sent().contains("seed"));
  EXPECT_TRUE(first_sent({{"seed", 7}}, kStartMs, "host/org/beta").contains("seed"));
}

TEST_F(Amendments, TakeNoneOfTheRetries) {
  Configured retrying(settings_with({{"ONELLM_RETRIES", 1}}));
  Driver driver(retrying);
  driver.chat(ask());
  driver.answer(0, 400, refusal(kNoSeed));
  driver.answer(1, 503, refusal("Busy."));
  driver.wait(2000);
  ASSERT_EQ(driver.calls(), 3U);
  EXPECT_FALSE(sent(driver, 2).contains("seed"));
  driver.answer(2, 200, completion("Well."));
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "3");
}

TEST_F(Amendments, HaveNoTimeOfTheirOwn) {
  Configured brief(settings_with({{"ONELLM_TOTAL_TIMEOUT_MS", 10'000}}));
  Driver driver(brief);
  driver.chat(ask({{"seed", 7}}, "host/alpha", true));
  driver.wait(6000);
  driver.answer(0, 400, refusal(kNoSeed));
  ASSERT_EQ(driver.calls(), 2U);
  driver.wait(3999);
  EXPECT_FALSE(driver.reply.ended);
  driver.wait(2);
  EXPECT_TRUE(driver.reply.ended);
}

TEST_F(Amendments, DoNotSendTheKeyOfAnotherBody) {
  Driver driver(gateway);
  driver.chat(ask({{"seed", 7}}, "gpt-4o"), with_key({{"idempotency-key", "k"}}));
  ASSERT_EQ(driver.fetches[0].headers.count("idempotency-key"), 1U);
  driver.answer(0, 400, refusal(kNoSeed));
  ASSERT_EQ(driver.calls(), 2U);
  EXPECT_EQ(driver.fetches[1].headers.count("idempotency-key"), 0U);
}

TEST_F(Amendments, CountAsCallsOfOneLeg) {
  Configured noting(settings_with({{"bindings", {"ONELLM_ANALYTICS"}}}));
  Driver driver(noting);
  driver.chat(ask());
  driver.answer(0, 400, refusal(kNoSeed));
  driver.answer(1, 200, completion("Well."));
  ASSERT_EQ(driver.records.size(), 2U);
  EXPECT_EQ(blob(driver.records[0], "outcome"), "error");
  EXPECT_EQ(number(driver.records[0], "prompt_tokens"), 0);
  EXPECT_EQ(blob(driver.records[1], "outcome"), "ok");
  EXPECT_EQ(number(driver.records[1], "attempt"), 2);
  EXPECT_EQ(number(driver.records[1], "legs"), 1);
}

TEST_F(Amendments, EndWhereTheClientLeaves) {
  Driver driver(gateway);
  driver.chat(ask());
  driver.answer(0, 400, refusal(kNoSeed));
  driver.client_gone();
  EXPECT_EQ(driver.fetches[1].aborts, 1);
  EXPECT_TRUE(gateway.learned().empty());
}

// Without the other parameter the model takes it, and a client chooses what it sends together.
TEST_F(Amendments, OfWhatIsRefusedBesideAnotherParameterAreNotRemembered) {
  for (const char* words : {"when reasoning is on.", "if `top_p` is set.", "together with 'top_p'."}) {
    Driver driver(gateway);
    driver.chat(ask());
    driver.answer(0, 400, refusal("Unsupported parameter: 'seed' is not supported " + std::string(words)));
    ASSERT_EQ(driver.calls(), 2U) << words;
    EXPECT_FALSE(sent(driver, 1).contains("seed"));
    driver.answer(1, 200, completion("Well."));
    EXPECT_EQ(driver.reply.status, 200);
    EXPECT_EQ(driver.reply.header("x-onellm-dropped"), "seed");
    EXPECT_TRUE(gateway.learned().empty()) << words;
  }
}

}  // namespace
}  // namespace onellm::gateway::test
