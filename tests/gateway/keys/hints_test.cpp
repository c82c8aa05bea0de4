// What a key learns of models that it may not use, or that nobody serves.
#include <gtest/gtest.h>

#include "support/keys_gateway.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

std::string refusal_of(KeysGateway& keys, const std::string& secret, const std::string& model) {
  const auto driver = keys.chat(secret, chat_request(model, false));
  EXPECT_EQ(driver->reply.status, 404) << driver->transcript();
  EXPECT_EQ(driver->reply.error("code"), "model_not_found");
  return driver->reply.error("message");
}

std::string refusal_of_id(KeysGateway& keys, const std::string& secret, const std::string& id) {
  Driver driver(keys.gateway);
  keys.meet(driver);
  driver.request("GET /v1/models/" + id, KeyWorld::with(secret));
  keys.serve(driver);
  EXPECT_EQ(driver.reply.status, 404) << id;
  return driver.reply.error("message");
}

TEST(Hints, NameOnlyModelsThatTheKeyMayUse) {
  KeysGateway keys;
  const std::string secret = keys.make({{"models", {"gamma"}}});
  for (const char* model : {"gamm", "quick", "safel", "alph"}) {
    for (const std::string& message : {refusal_of(keys, secret, model), refusal_of_id(keys, secret, model)}) {
      EXPECT_NE(message.find("gamma"), message.npos) << message;
      for (const char* other : {"alpha", "delta", "org/beta", "quickly", "safely", "claude", "echo"}) {
        EXPECT_EQ(message.find(other), message.npos) << other << " in " << message;
      }
    }
  }
}

TEST(Hints, AreNoneWhereTheKeyMayUseNoKnownModel) {
  KeysGateway keys;
  const std::string message = refusal_of(keys, keys.make({{"models", {"unheard-of"}}}), "gamm");
  EXPECT_EQ(message, "No configured provider serves the model `gamm`.");
}

TEST(Hints, NameSettingsToTheMasterKeyAlone) {
  KeysGateway keys;
  for (const std::string& secret : {keys.make(), keys.make({{"models", {"azure/*"}}})}) {
    EXPECT_EQ(refusal_of(keys, secret, "azure/gpt-4.1").find("AZURE_OPENAI_API_KEYS"), std::string::npos);
    EXPECT_EQ(refusal_of_id(keys, secret, "azure/gpt-4.1").find("AZURE_OPENAI_API_KEYS"), std::string::npos);
  }
  const std::string of_master = refusal_of(keys, kClientKey, "azure/gpt-4.1");
  EXPECT_NE(of_master.find("AZURE_OPENAI_API_KEYS"), std::string::npos) << of_master;
  EXPECT_NE(refusal_of(keys, keys.make(), "gamm").find("gamma"), std::string::npos) << "it may use every model";
}

}  // namespace
}  // namespace onellm::gateway::test
