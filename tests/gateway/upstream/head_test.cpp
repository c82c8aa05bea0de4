// The head of a request to an upstream.
#include "gateway/upstream/head.h"

#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/signing_provider.h"

namespace onellm::gateway::test {
namespace {

using onellm::test::signed_endpoint;

std::string signed_head(std::string_view body, double now_ms) {
  static const providers::Kind kKind{.name = "signer", .dialect = nullptr, .chat_endpoint = signed_endpoint};
  providers::Provider provider;
  provider.kind = &kKind;
  provider.base = "https://signer.test";
  provider.key = "k";
  Rope sent;
  sent.add_view(body.substr(0, 1));
  sent.add_owned(std::string(body.substr(1)));
  Room room(0);
  Context context{.commands = {},
                  .random = Random({1, 2, 3, 4}),
                  .client = nullptr,
                  .cooldowns = nullptr,
                  .learned = nullptr,
                  .thoughts = nullptr,
                  .encoded_room = nullptr,
                  .memory = nullptr,
                  .memory_use = nullptr,
                  .held_replies = RoomShare(room),
                  .now_ms = now_ms,
                  .request = {},
                  .settings = nullptr};
  const providers::Endpoint endpoint =
      signed_endpoint(provider, {.model = "m", .stream = true, .body = sent, .now_ms = now_ms});
  return upstream_head(provider, endpoint, {}, {}, context);
}

TEST(UpstreamHead, GivesTheBodyAndTheTimeToAProviderThatSigns) {
  const std::string head = signed_head("ab", 1'700'000'000'000);
  EXPECT_NE(head.find("POST https://signer.test/model/m/stream\n"), head.npos) << head;
  EXPECT_NE(head.find("x-time: 1700000000000"), head.npos) << head;
  EXPECT_NE(head.find("x-signature: k-" + std::to_string('a' * 31 + 'b')), head.npos) << head;
  EXPECT_NE(signed_head("ac", 1'700'000'000'000), head);
  EXPECT_NE(signed_head("ab", 1'700'000'000'001), head);
}

}  // namespace
}  // namespace onellm::gateway::test
