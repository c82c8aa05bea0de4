#include <gtest/gtest.h>

#include <algorithm>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"

namespace onellm::gateway::test {
namespace {

const Json kSettings = settings_with({{"ONELLM_ALIASES", {{"fast", "host/alpha|echo"}}}});

// The reply where no provider can be asked, so that only the settings speak.
Reply get(const std::string& target) {
  Configured gateway(kSettings);
  Driver driver(gateway);
  driver.request("GET " + target);
  for (size_t call = 0; call < driver.calls(); ++call) driver.fail(call);
  EXPECT_TRUE(driver.reply.ended) << driver.transcript();
  return driver.reply;
}

std::vector<std::string> ids_of(const Reply& reply) {
  std::vector<std::string> ids;
  const Json list = reply.json();
  for (const Json& model : list["data"]) ids.push_back(model["id"]);
  return ids;
}

TEST(Models, AreListedInTheShapeOfOpenAi) {
  const Reply reply = get("/v1/models");
  ASSERT_EQ(reply.status, 200);
  EXPECT_EQ(reply.json()["object"], "list");
  const Json list = reply.json()["data"];
  ASSERT_FALSE(list.empty());
  for (const Json& model : list) {
    EXPECT_EQ(model["object"], "model");
    EXPECT_TRUE(model["created"].is_number_integer());
    EXPECT_TRUE(model["owned_by"].is_string());
  }
}

TEST(Models, OfEverySettingAreListed) {
  const std::vector<std::string> ids = ids_of(get("/v1/models"));
  for (const char* id : {"echo", "fast", "alpha", "org/beta", "gamma", "delta"}) {
    EXPECT_EQ(std::count(ids.begin(), ids.end(), id), 1) << id;
  }
}

TEST(Models, AreFilteredByProvider) {
  EXPECT_EQ(ids_of(get("/v1/models?providers=host")), (std::vector<std::string>{"fast", "alpha", "org/beta"}));
  EXPECT_EQ(ids_of(get("/v1/models?providers=plain,%20mute")), (std::vector<std::string>{"delta", "gamma"}));
  EXPECT_TRUE(ids_of(get("/v1/models?providers=nobody")).empty());
}

TEST(Models, HaveIdsWithSlashes) {
  for (const char* target : {"/v1/models/org/beta", "/v1/models/org%2Fbeta"}) {
    const Reply reply = get(target);
    EXPECT_EQ(reply.status, 200) << target;
    EXPECT_EQ(reply.json()["id"], "org/beta");
    EXPECT_EQ(reply.json()["owned_by"], "host");
  }
}

TEST(Models, OfAFamilyAreFoundThoughNotListed) {
  const Reply reply = get("/v1/models/gpt-4o");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.json()["id"], "gpt-4o");
  EXPECT_EQ(reply.json()["context_window"], 128'000);
  EXPECT_EQ(reply.json()["max_output_tokens"], 16'384);
  EXPECT_EQ(reply.json()["owned_by"], "openai");
}

TEST(Models, UnknownAreNotFound) {
  for (const char* target : {"/v1/models/alpa", "/v1/models/echo,alpha", "/v1/models/,", "/v1/models/%00"}) {
    const Reply reply = get(target);
    EXPECT_EQ(reply.status, 404) << target;
    EXPECT_EQ(reply.error("code"), "model_not_found") << target;
  }
  EXPECT_NE(get("/v1/models/alpa").error("message").find("alpha"), std::string::npos) << "the nearest name helps";
}

TEST(Models, AnyListedIdIsFoundAndReachesItsTarget) {
  for (const std::string& id : ids_of(get("/v1/models"))) {
    EXPECT_EQ(get("/v1/models/" + id).status, 200) << id;
    Configured gateway(kSettings);
    Driver driver(gateway);
    driver.chat(Json{{"model", id}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
    EXPECT_TRUE(driver.calls() == 1 || driver.reply.status == 200) << id << "\n" << driver.transcript();
  }
}

constexpr const char* kList =
    R"({"object":"list","data":[{"id":"gpt-4o","object":"model","created":17,"owned_by":"system"},)"
    R"({"id":"alpha","object":"model","created":18,"owned_by":"system"}]})";

struct AskedModels : ::testing::Test {
  Configured gateway{kSettings};
  Driver driver{gateway};
};

TEST_F(AskedModels, AreThoseOfProvidersWhoseSettingsNameNone) {
  driver.request("GET /v1/models");
  ASSERT_EQ(driver.calls(), 1U);
  EXPECT_EQ(driver.fetches[0].url, "GET https://openai.test/v1/models");
  EXPECT_EQ(driver.fetches[0].headers["authorization"], std::string("Bearer ") + kUpstreamKey);
  EXPECT_EQ(driver.fetches[0].body, "");
  EXPECT_EQ(driver.reply.status, 0);
  driver.answer(0, 200, kList);
  const std::vector<std::string> ids = ids_of(driver.reply);
  EXPECT_EQ(std::count(ids.begin(), ids.end(), "gpt-4o"), 1);
  EXPECT_EQ(std::count(ids.begin(), ids.end(), "openai/alpha"), 1) << "alpha alone is the host's";
  EXPECT_EQ(driver.reply.json()["data"].back()["created"], 18);
}

TEST_F(AskedModels, AreOnlyThoseThatAreWanted) {
  driver.request("GET /v1/models?providers=host");
  EXPECT_EQ(driver.calls(), 0U);
  Driver other(gateway);
  other.request("GET /v1/models?providers=openai");
  other.answer(0, 200, kList);
  EXPECT_EQ(ids_of(other.reply), (std::vector<std::string>{"gpt-4o", "openai/alpha"}));
}

// Ids of a few letters become entries of eighty bytes.
TEST_F(AskedModels, AreLeftOutPastTheBoundOfTheList) {
  std::string list = R"({"data":[{"id":"first"})";
  for (size_t i = 0; list.size() < kModelListBytesMax - 100; ++i) list += R"(,{"id":")" + std::to_string(i) + R"("})";
  driver.request("GET /v1/models?providers=openai");
  driver.answer(0, 200, list + "]}");
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_LT(driver.reply.body.size(), kModelsAnswerBytesMax + 1024);
  EXPECT_GT(ids_of(driver.reply).size(), 10'000U);
}

TEST_F(AskedModels, AreMissingWhereTheProviderIsSlowOrBroken) {
  driver.request("GET /v1/models?providers=openai");
  driver.wait(4'999);
  EXPECT_EQ(driver.reply.status, 0);
  driver.wait(1);
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_TRUE(ids_of(driver.reply).empty());
  EXPECT_EQ(driver.fetches[0].aborts, 1);
  for (const char* body : {"", "no json", "{}", R"({"data":"x"})", R"({"data":[{"id":1},{}]})"}) {
    Driver broken(gateway);
    broken.request("GET /v1/models?providers=openai");
    broken.answer(0, 200, body);
    EXPECT_EQ(broken.reply.json()["data"], Json::array()) << body;
  }
  Driver refused(gateway);
  refused.request("GET /v1/models?providers=openai");
  refused.head(0, 401, {});
  EXPECT_EQ(refused.reply.status, 200);
}

}  // namespace
}  // namespace onellm::gateway::test
