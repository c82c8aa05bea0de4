#include "gateway/keys/authentication/client_address.h"

#include <gtest/gtest.h>

namespace onellm::gateway {
namespace {

std::string address(bool is_plain_workerd, bool has_trusted_proxy, const std::string& lines) {
  routing::Settings settings;
  settings.is_plain_workerd = is_plain_workerd;
  settings.has_trusted_proxy = has_trusted_proxy;
  return client_address(settings, Head("\n" + lines));
}

TEST(ClientAddress, IsCloudflaresWhereCloudflareIsInFront) {
  EXPECT_EQ(address(false, false, "cf-connecting-ip: 192.0.2.1\nx-forwarded-for: 192.0.2.9"), "192.0.2.1");
  EXPECT_EQ(address(false, true, "cf-connecting-ip: 2001:db8::1"), "2001:db8::1");
}

TEST(ClientAddress, InPlainWorkerdIsThatOfTheConnection) {
  EXPECT_EQ(address(true, false, "cf-connecting-ip: 192.0.2.1\ncf.clientIp: 192.0.2.2:1234"), "192.0.2.2");
  EXPECT_EQ(address(true, false, "cf.clientIp: [2001:db8::2]:1234"), "2001:db8::2");
  EXPECT_EQ(address(true, false, "cf-connecting-ip: 192.0.2.1"), "");
}

TEST(ClientAddress, BehindATrustedProxyIsTheLastThatItNames) {
  EXPECT_EQ(address(true, true, "x-forwarded-for: 192.0.2.66, 192.0.2.3\ncf.clientIp: 10.0.0.1:1"), "192.0.2.3");
  EXPECT_EQ(address(true, true, "x-forwarded-for: 192.0.2.4"), "192.0.2.4");
}

TEST(ClientAddress, IsNeverLong) {
  EXPECT_LE(address(true, true, "x-forwarded-for: " + std::string(5'000, 'x')).size(), 64U);
}

}  // namespace
}  // namespace onellm::gateway
