// What can be known to be wrong before the first upstream call makes the whole request a 4xx, and
// nothing is sent.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"

namespace onellm::gateway::test {
namespace {

Json ask(const std::string& model, const Json& more = Json::object()) {
  Json body = {{"model", model}, {"messages", {{{"role", "user"}, {"content", "Hi there"}}}}};
  body.update(more);
  return body;
}

Reply reply_to(const Json& body, const Headers& headers = with_key()) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(body, headers);
  EXPECT_TRUE(driver.reply.ended) << driver.transcript();
  EXPECT_EQ(driver.calls(), 0U) << "something was sent upstream\n" << driver.transcript();
  return driver.reply;
}

void expect_refused(const Reply& reply, const std::string& param) {
  EXPECT_EQ(reply.status, 400) << reply.body;
  EXPECT_EQ(reply.error("param"), param);
  EXPECT_EQ(reply.error("type"), "invalid_request_error");
  EXPECT_NE(reply.error("message"), "");
}

TEST(ChatPlan, RefusesAWrongLegWhereverItStands) {
  for (const bool stream : {true, false}) {
    for (const char* model :
         {"alpha,nothing-known", "nothing-known,alpha", "alpha|nothing-known", "alpha,org/beta,?"}) {
      const Reply reply = reply_to(ask(model, {{"stream", stream}}));
      EXPECT_EQ(reply.status, 404) << model;
      EXPECT_EQ(reply.error("code"), "model_not_found") << model;
    }
  }
}

TEST(ChatPlan, RefusesEmptyLegs) {
  for (const char* model : {"", " ", ",alpha", "alpha,", "alpha,,gamma", "alpha||gamma", "|", ","}) {
    expect_refused(reply_to(ask(model)), "model");
  }
}

TEST(ChatPlan, RefusesMoreThanFiveLegs) {
  expect_refused(reply_to(ask("echo,echo,echo,echo,echo,echo")), "model");
  EXPECT_EQ(reply_to(ask("echo,echo,echo,echo,echo")).status, 200);
}

TEST(ChatPlan, RefusesSeveralChoicesOfSeveralModels) {
  expect_refused(reply_to(ask("alpha,gamma", {{"n", 2}})), "n");
  EXPECT_EQ(reply_to(ask("echo,echo", {{"n", 1}})).status, 200);
  EXPECT_EQ(reply_to(ask("echo", {{"n", 2}})).json()["choices"].size(), 2U);
}

TEST(ChatPlan, RefusesAnUnknownMerge) {
  expect_refused(reply_to(ask("echo,echo", {{"onellm", {{"merge", "blend"}}}})), "onellm.merge");
  expect_refused(reply_to(ask("echo,echo"), with_key({{"x-onellm-merge", "blend"}})), "x-onellm-merge");
  expect_refused(reply_to(ask("echo"), with_key({{"x-onellm-merge", "Concat"}})), "x-onellm-merge");
}

TEST(ChatPlan, LetsTheBodyWinOverTheHeader) {
  const Headers choices = with_key({{"x-onellm-merge", "choices"}});
  EXPECT_EQ(reply_to(ask("echo,echo"), choices).json()["choices"].size(), 2U);
  EXPECT_EQ(reply_to(ask("echo,echo", {{"onellm", {{"merge", "concat"}}}}), choices).json()["choices"].size(), 1U);
  const Headers wrong = with_key({{"x-onellm-merge", "blend"}, {"x-onellm-strict", "perhaps"}});
  EXPECT_EQ(reply_to(ask("echo", {{"onellm", {{"merge", "race"}, {"strict", false}}}}), wrong).status, 200);
}

TEST(ChatPlan, ReadsTheStrictHeader) {
  for (const char* value : {"1", "0", "true", "false"}) {
    EXPECT_EQ(reply_to(ask("echo"), with_key({{"x-onellm-strict", value}})).status, 200) << value;
  }
  for (const char* value : {"yes", "2", "TRUE"}) {
    expect_refused(reply_to(ask("echo"), with_key({{"x-onellm-strict", value}})), "x-onellm-strict");
  }
}

TEST(ChatPlan, NamesWhatATargetCannotHonour) {
  const Json seed = {{"seed", 1}};
  EXPECT_EQ(reply_to(ask("echo", seed)).header("x-onellm-dropped"), "seed");
  EXPECT_EQ(reply_to(ask("echo,echo", seed)).header("x-onellm-dropped"), "echo:seed,echo:seed");
  EXPECT_EQ(reply_to(ask("echo")).header("x-onellm-dropped"), "(absent)");
  const Reply refused = reply_to(ask("alpha,echo", {{"seed", 1}, {"onellm", {{"strict", true}}}}));
  expect_refused(refused, "seed");
  EXPECT_EQ(refused.error("code"), "unsupported_parameter");
}

TEST(ChatPlan, NamesTheLegBeforeWhatItsTargetsCannotHonour) {
  const Json body = ask("echo|alpha,echo", {{"seed", 1}, {"logit_bias", Json::object()}});
  const std::string dropped = reply_to(body).header("x-onellm-dropped");
  EXPECT_TRUE(dropped == "echo|alpha:seed,echo|alpha:logit_bias,echo:seed,echo:logit_bias" ||
              dropped == "echo|alpha:logit_bias,echo|alpha:seed,echo:logit_bias,echo:seed")
      << dropped;
}

TEST(ChatPlan, EncodesInANameWhatSeparatesNames) {
  EXPECT_EQ(reply_to(ask("echo", {{"a, b", 1}})).header("x-onellm-dropped"), "a%2C%20b");
}

TEST(ChatPlan, NamesNoMoreThanFitsAHead) {
  Json body = ask("echo,echo");
  for (int i = 0; i < 400; ++i) body["unknown_" + std::to_string(i) + std::string(200, 'x')] = 1;
  const std::string dropped = reply_to(body).header("x-onellm-dropped");
  EXPECT_LE(dropped.size(), kListHeaderBytesMax);
  EXPECT_GT(dropped.size(), kListHeaderBytesMax / 2);
  EXPECT_TRUE(dropped.starts_with("echo:unknown_0x"));
  EXPECT_TRUE(dropped.ends_with("x,...")) << dropped;
}

TEST(ChatPlan, RefusesWishesOfTheWrongType) {
  for (const Json& wish : {Json{{"merge", 1}}, Json{{"strict", "yes"}}, Json{{"lane", "fast"}}, Json::array()}) {
    EXPECT_EQ(reply_to(ask("echo", {{"onellm", wish}})).status, 400) << wish;
  }
}

TEST(ChatPlan, NamesTheFieldAtFault) {
  expect_refused(reply_to({{"model", "echo"}}), "messages");
  expect_refused(reply_to({{"messages", {{{"role", "user"}, {"content", "Hi"}}}}}), "model");
  expect_refused(reply_to(ask("echo", {{"temperature", "hot"}})), "temperature");
  expect_refused(reply_to({{"model", "echo"}, {"messages", {{{"role", "king"}, {"content", "Hi"}}}}}),
                 "messages[0].role");
}

TEST(ChatPlan, SurvivesJsonOfAnyDepth) {
  Configured gateway;
  for (const char bracket : {'[', '{'}) {
    Driver driver(gateway);
    driver.chat(R"({"model":"echo","messages":)" + std::string(100'000, bracket));
    EXPECT_EQ(driver.reply.status, 400);
  }
}

}  // namespace
}  // namespace onellm::gateway::test
