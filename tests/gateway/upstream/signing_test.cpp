// A provider that signs its requests: a row with an endpoint of its own, and nothing else.
#include <gtest/gtest.h>

#include "gateway/neutral/toy_gateway.h"
#include "support/signing_provider.h"

namespace onellm::gateway::test {
namespace {

const providers::Kind& signing_kind() {
  static const providers::Kind kKind{
      .name = "signer", .dialect = &toy::dialect(), .chat_endpoint = onellm::test::signed_endpoint};
  return kKind;
}

struct SigningGateway : Gateway {
  SigningGateway() : Gateway(toy::routes()) {
    routing::Settings settings = routing::read_settings(settings_with({{"ONELLM_RETRIES", nullptr}}).dump(), {});
    providers::Provider provider = toy_provider("signer", false, {"s"});
    provider.kind = &signing_kind();
    provider.key = "k";
    settings.providers.push_back(std::move(provider));
    configure(std::move(settings));
  }
};

std::string signature_of_body(const Fetch& fetch) {
  Rope body;
  body.add_view(fetch.body);
  return onellm::test::signature_of(body, "k");
}

TEST(SigningProvider, SignsTheBodyThatIsSent) {
  SigningGateway gateway;
  for (const bool stream : {true, false}) {
    ToyClient client(gateway);
    client.ask("s", stream);
    Fetch& fetch = client.fetches[0];
    EXPECT_TRUE(fetch.url.ends_with(stream ? "/model/s/stream" : "/model/s/whole")) << fetch.url;
    EXPECT_NE(fetch.body, "");
    EXPECT_EQ(fetch.headers["x-signature"], signature_of_body(fetch));
    EXPECT_EQ(fetch.headers["x-time"], std::to_string(static_cast<int64_t>(client.now_ms)));
    client.answer(0, 200, toy_speech("One."), {{"content-type", std::string(toy::kStreamType)}});
    EXPECT_EQ(client.said(), "One.");
  }
}

TEST(SigningProvider, SignsARetryAtItsOwnTime) {
  SigningGateway gateway;
  ToyClient client(gateway);
  client.ask("s");
  client.answer(0, 500, toy_error("Later.", 500, "odd"));
  client.wait(2000);
  ASSERT_EQ(client.calls(), 2U) << client.transcript();
  EXPECT_EQ(client.fetches[1].headers["x-signature"], signature_of_body(client.fetches[1]));
  EXPECT_GT(client.fetches[1].headers["x-time"], client.fetches[0].headers["x-time"]);
}

}  // namespace
}  // namespace onellm::gateway::test
