// How long the reply waited for upstreams, and how long for the gateway itself.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

std::string timing(const Driver& driver) { return driver.reply.header("server-timing"); }

TEST(ServerTiming, TellsTheTwoApart) {
  for (const bool stream : {true, false}) {
    for (const char* model : {"gpt-4o", "alpha"}) {
      Configured gateway;
      Driver driver(gateway);
      driver.request("POST /v1/chat/completions");
      driver.wait(30);  // For the body.
      driver.send_body(chat_request(model, stream, {{"stream_options", {{"include_usage", true}}}}).dump());
      driver.end_body();
      driver.wait(200);
      if (stream) driver.stream(0, speech("One."));
      if (!stream) driver.answer(0, 200, completion("One."));
      EXPECT_EQ(timing(driver), "upstream;dur=200, gateway;dur=30") << model << stream;
    }
  }
}

TEST(ServerTiming, CountsWaitsBetweenRetriesAsTheGateways) {
  Configured gateway(settings_with({{"ONELLM_RETRIES", 1}}));
  Driver driver(gateway);
  driver.chat(chat_request("alpha", false));
  driver.wait(40);
  driver.answer(0, 503, error_body("Busy", "x"), {{"retry-after-ms", "2000"}});
  driver.wait(2000);
  ASSERT_EQ(driver.calls(), 2U);
  driver.wait(60);
  driver.answer(1, 200, completion("One."));
  EXPECT_EQ(timing(driver), "upstream;dur=100, gateway;dur=2000");
}

TEST(ServerTiming, CountsTimeOnceHoweverManyAreWaitedFor) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(chat_request("alpha,gpt-4o", false));
  driver.wait(100);
  driver.answer(1, 200, completion("Two."));
  driver.wait(50);
  driver.answer(0, 200, completion("One."));
  EXPECT_EQ(timing(driver), "upstream;dur=150, gateway;dur=0");
}

TEST(ServerTiming, IsThereOfErrorsAndListsOfModels) {
  Configured gateway;
  Driver failed(gateway);
  failed.chat(chat_request("alpha", false));
  failed.wait(70);
  failed.fail(0);
  EXPECT_EQ(timing(failed), "upstream;dur=70, gateway;dur=0");
  Driver models(gateway);
  models.request("GET /v1/models");
  models.wait(90);
  for (size_t call = 0; call < models.calls(); ++call) models.fail(call);
  EXPECT_EQ(timing(models), "upstream;dur=90, gateway;dur=0");
}

TEST(ServerTiming, IsAbsentWhereNobodyWasAsked) {
  Configured gateway;
  Driver echo(gateway), refused(gateway), health(gateway);
  echo.chat(chat_request("echo", true));
  refused.chat(chat_request("no-such-model", true));
  health.request("GET /healthz", {});
  for (const Driver* driver : {&echo, &refused, &health}) EXPECT_EQ(timing(*driver), "(absent)");
}

}  // namespace
}  // namespace onellm::gateway::test
