// What one request becomes for all its targets takes memory, which the sessions of an instance share: no request
// may take what others need.
#include <gtest/gtest.h>

#include <list>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"

namespace onellm::gateway::test {
namespace {

constexpr size_t kMegabyte = 1024 * 1024;

Json with_claude() {
  return settings_with({{"ANTHROPIC_API_KEY", "anthropic-key"}, {"ANTHROPIC_API_BASE", "https://claude.test"}});
}

// `targets` of a wire format that is not the body's own, in legs of at most eight. Each gets a megabyte or more.
std::string large_request(int targets) {
  std::string model = "claude-sonnet-4-5";
  for (int i = 1; i < targets; ++i) model += i % 8 == 0 ? ",claude-sonnet-4-5" : "|claude-sonnet-4-5";
  std::string body = R"({"model":")" + model + R"(","messages":[)";
  for (int i = 0; i < 20'000; ++i) {
    body +=
        i % 2 == 0 ? R"({"role":"user","content":"A question"},)" : R"({"role":"assistant","content":"Its answer"},)";
  }
  return body + R"({"role":"user","content":"?"}]})";
}

TEST(EncodedRoom, RefusesALongRequestForTooManyTargets) {
  Configured gateway(with_claude());
  Driver few(gateway);
  few.chat(large_request(5));
  EXPECT_EQ(few.calls(), 1U) << few.transcript();
  Driver many(gateway);
  many.chat(large_request(40));
  EXPECT_EQ(many.reply.status, 400);
  EXPECT_EQ(many.reply.error("param"), "model");
  EXPECT_NE(many.reply.error("message").find("fewer models"), std::string::npos);
  EXPECT_EQ(many.calls(), 0U);
}

TEST(EncodedRoom, IsSharedByAllRequestsAndGivenBack) {
  Configured gateway(with_claude());
  const std::string body = large_request(8);
  std::list<Driver> asking;
  while (asking.size() < 100) {
    asking.emplace_back(gateway).chat(body);
    if (asking.back().reply.ended) break;
  }
  EXPECT_EQ(asking.back().reply.status, 503);
  EXPECT_EQ(asking.back().reply.error("code"), "busy");
  EXPECT_EQ(asking.back().reply.header("retry-after"), "1");
  EXPECT_GE(asking.size(), 2U) << "the first ones have room";
  EXPECT_LE(asking.size(), kEncodedInFlightBytesMax / (4 * kMegabyte)) << "each takes more than that";

  Driver small(gateway);
  small.chat(std::string(R"({"model":"claude-sonnet-4-5","messages":[{"role":"user","content":"Hi"}]})"));
  EXPECT_EQ(small.calls(), 1U) << "small ones have a reserve";

  asking.clear();
  Driver next(gateway);
  next.chat(body);
  EXPECT_EQ(next.calls(), 1U) << next.transcript();
}

}  // namespace
}  // namespace onellm::gateway::test
