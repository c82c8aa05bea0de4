// The head of a request to an upstream.
#include "gateway/upstream/head.h"

#include <gtest/gtest.h>

#include "support/gateway_driver.h"

namespace onellm::gateway::test {
namespace {

// A provider that signs: its signature is of the time and of every byte of the body.
providers::Endpoint signed_endpoint(const providers::Provider& provider, const providers::Call& call) {
  uint32_t sum = 0;
  for (const std::string_view piece : call.body.pieces()) {
    for (const char c : piece) sum = sum * 31 + static_cast<unsigned char>(c);
  }
  return {.url = provider.base + "/model/" + std::string(call.model) + (call.stream ? "/stream" : "/whole"),
          .headers = {{"x-time", std::to_string(static_cast<int64_t>(call.now_ms))},
                      {"x-signature", provider.key + "-" + std::to_string(sum)}}};
}

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
