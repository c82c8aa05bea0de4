// Whose key a request has: what is looked up, what is remembered, and what wrong keys cost.
#include <gtest/gtest.h>

#include "support/gateway_settings.h"
#include "support/key_world.h"

namespace onellm::gateway::test {
namespace {

Json settings() { return settings_with({{"bindings", {"ONELLM_KEYS_OBJECT", "ONELLM_LIMITER_OBJECT"}}}); }

struct World : KeyWorld {
  Configured gateway{settings()};

  Reply ask(const std::string& secret, double now_ms = kStartMs, const std::string& address = "203.0.113.5") {
    Driver driver(gateway);
    meet(driver);
    driver.now_ms = now_ms;
    driver.address = address;
    driver.request("GET /v1/models/echo", with(secret));
    serve(driver);
    return driver.reply;
  }
};

std::string unknown_secret(uint8_t number) {
  std::array<uint8_t, keys::kSecretRandomBytes> random{};
  random[1] = number;
  random[2] = 1;
  return keys::make_secret(random);
}

TEST(Identification, TheMasterKeyIsKnownWithoutALookUp) {
  World world;
  EXPECT_EQ(world.ask(kClientKey).status, 200);
  EXPECT_TRUE(world.counts.empty());
}

TEST(Identification, AKeyIsLookedUpOnceAMinute) {
  World world;
  const std::string secret = world.make();
  for (const double after_ms : {0.0, 10.0, 59'999.0}) EXPECT_EQ(world.ask(secret, kStartMs + after_ms).status, 200);
  EXPECT_EQ(world.counts["find"], 1);
  EXPECT_EQ(world.ask(secret, kStartMs + 60'000).status, 200);
  EXPECT_EQ(world.counts["find"], 2);
}

TEST(Identification, WhatHasNotTheFormOfASecretIsNotLookedUp) {
  World world;
  const std::string secret = world.make();
  for (std::string wrong : {secret.substr(1), secret + "a", std::string("sk-onellm-"), std::string("guess"),
                            secret.substr(0, secret.size() - 1) + (secret.back() == 'a' ? "b" : "a")}) {
    const Reply reply = world.ask(wrong);
    EXPECT_EQ(reply.status, 401) << wrong;
    EXPECT_EQ(reply.error("code"), "invalid_api_key");
    EXPECT_EQ(reply.body.find(wrong), std::string::npos) << "a wrong key may be a right one elsewhere";
    EXPECT_EQ(reply.body.find(kClientKey), std::string::npos);
  }
  EXPECT_TRUE(world.counts.empty());
}

TEST(Identification, AnUnknownKeyIsRememberedForTenSeconds) {
  World world;
  for (const double after_ms : {0.0, 9'999.0}) {
    EXPECT_EQ(world.ask(unknown_secret(1), kStartMs + after_ms).status, 401);
  }
  EXPECT_EQ(world.counts["find"], 1);
  EXPECT_EQ(world.ask(unknown_secret(1), kStartMs + 10'000).status, 401);
  EXPECT_EQ(world.counts["find"], 2);
}

TEST(Identification, ABlockedOrExpiredKeyIsToldSo) {
  World world;
  const Reply blocked = world.ask(world.make({{"blocked", true}}));
  EXPECT_EQ(blocked.status, 401);
  EXPECT_NE(blocked.error("message").find("blocked"), std::string::npos);
  const std::string expiring = world.make({{"expires_at", "2023-11-14T22:13:30Z"}});  // Ten seconds after the start.
  EXPECT_EQ(world.ask(expiring, kStartMs + 9'999).status, 200);
  const Reply expired = world.ask(expiring, kStartMs + 10'000);
  EXPECT_EQ(expired.status, 401) << "also while the record is known";
  EXPECT_NE(expired.error("message").find("expired"), std::string::npos);
}

TEST(Identification, AKeyThatIsFreedIsServedWithinASecond) {
  World world;
  const std::string secret = world.make({{"blocked", true}});
  EXPECT_EQ(world.ask(secret).status, 401);
  world.patch("key_1", {{"blocked", false}});
  EXPECT_EQ(world.ask(secret, kStartMs + 999).status, 401) << "as it is known";
  EXPECT_EQ(world.ask(secret, kStartMs + 1'000).status, 200);
  EXPECT_EQ(world.counts["find"], 2);
}

TEST(Identification, AnAddressMayTryTwoUnknownKeysASecond) {
  World world;
  EXPECT_EQ(world.ask(unknown_secret(1)).status, 401);
  EXPECT_EQ(world.ask(unknown_secret(2)).status, 401);
  const Reply third = world.ask(unknown_secret(3));
  EXPECT_EQ(third.status, 503);
  EXPECT_EQ(third.error("code"), "key_store_unavailable");
  EXPECT_EQ(third.header("retry-after"), "1");
  EXPECT_EQ(world.counts["find"], 2);
  EXPECT_EQ(world.ask(unknown_secret(3), kStartMs, "203.0.113.6").status, 401) << "another address";
  EXPECT_EQ(world.ask(unknown_secret(4), kStartMs + 1'000).status, 401) << "a second later";
}

TEST(Identification, AnIsolateLooksUpTwentyUnknownKeysASecond) {
  World world;
  for (uint8_t i = 0; i < 30; ++i) {
    const Reply reply = world.ask(unknown_secret(i), kStartMs, "10.0.0." + std::to_string(i));
    EXPECT_EQ(reply.status, i < 20 ? 401 : 503) << int{i};
  }
  EXPECT_EQ(world.counts["find"], 20);
}

TEST(Identification, AfterTenWrongKeysAMinuteAnAddressGets429) {
  World world;
  for (int i = 1; i <= 12; ++i) {
    const Reply reply = world.ask("wrong-" + std::to_string(i), kStartMs + i * 1'000);
    EXPECT_EQ(reply.status, i <= 10 ? 401 : 429) << i;
    EXPECT_EQ(reply.error("type"), i <= 10 ? "authentication_error" : "rate_limit_error");
    // Until the first of eleven is a minute ago.
    EXPECT_EQ(reply.header("retry-after"), i <= 10 ? "(absent)" : "50");
  }
  EXPECT_EQ(world.ask("wrong", kStartMs + 12'000, "203.0.113.6").status, 401) << "another address";
  EXPECT_EQ(world.ask("wrong", kStartMs + 80'000).status, 401) << "a minute later";
}

TEST(Identification, AnAddressWithManyWrongKeysMayLookUpOneInTenSeconds) {
  World world;
  const std::string known = world.make();
  EXPECT_EQ(world.ask(known).status, 200);
  for (int i = 0; i < 11; ++i) world.ask("wrong");
  EXPECT_EQ(world.ask(unknown_secret(1)).status, 429) << "looked up, and wrong";
  EXPECT_EQ(world.ask(unknown_secret(2), kStartMs + 2'000).status, 503);
  EXPECT_EQ(world.ask(known, kStartMs + 2'000).status, 200) << "a key that is known is always served";
  const std::string right = world.make();
  EXPECT_EQ(world.ask(right, kStartMs + 9'000).status, 503);
  EXPECT_EQ(world.ask(right, kStartMs + 10'000).status, 200) << "and a right one when it comes again";
}

// Look-ups that find a key take no place, and those that wait for a place ask for it less and less often.
TEST(Identification, ManyRightKeysOfOneAddressAreServedWithinAboutASecond) {
  World world;
  std::vector<std::string> secrets;
  for (int i = 0; i < 12; ++i) secrets.push_back(world.make());
  std::vector<std::unique_ptr<Driver>> drivers;
  for (const std::string& secret : secrets) {
    for (int twice = 0; twice < 2; ++twice) {
      drivers.push_back(std::make_unique<Driver>(world.gateway));
      drivers.back()->request("GET /v1/models/echo", KeyWorld::with(secret));
    }
  }
  for (int round = 0; round < 60; ++round) {
    for (const auto& driver : drivers) world.serve(*driver);
    for (const auto& driver : drivers) driver->wait(20);
  }
  for (const auto& driver : drivers) EXPECT_EQ(driver->reply.status, 200);
  EXPECT_EQ(world.counts["find"], 12) << "each once";
}

TEST(Identification, AKeyIsRefusedWhileTheRegistryIsOutOfReach) {
  World world;
  const std::string known = world.make();
  const std::string other = world.make();
  EXPECT_EQ(world.ask(known).status, 200);
  world.failing = {"find"};
  EXPECT_EQ(world.ask(known, kStartMs + 59'000).status, 200) << "what is known lives on";
  const Reply refused = world.ask(other);
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.error("code"), "key_store_unavailable");
  EXPECT_EQ(refused.header("retry-after"), "1");
  EXPECT_EQ(world.ask(known, kStartMs + 60'000).status, 503);
  EXPECT_EQ(world.ask(kClientKey).status, 200);
  world.failing.clear();
  EXPECT_EQ(world.ask(other, kStartMs + 1).status, 200) << "a failure is not remembered";
}

TEST(Identification, ARegistryWithoutAnAnswerIsGivenUpAfterThreeSeconds) {
  World world;
  world.silent = {"find"};
  Driver driver(world.gateway);
  driver.request("GET /v1/models/echo", KeyWorld::with(world.make()));
  world.serve(driver);
  driver.wait(2'999);
  EXPECT_FALSE(driver.reply.ended);
  driver.wait(1);
  EXPECT_EQ(driver.reply.status, 503);
  EXPECT_EQ(driver.reply.error("code"), "key_store_unavailable");
}

TEST(Identification, AClientThatLeavesTakesNoPlace) {
  World world;
  for (uint8_t i = 0; i < 5; ++i) {
    Driver driver(world.gateway);
    driver.request("GET /v1/models/echo", KeyWorld::with(unknown_secret(i)));
    driver.client_gone();
  }
  EXPECT_EQ(world.ask(world.make()).status, 200);
}

TEST(Identification, MemoryIsBoundedHoweverManyAddressesTryWrongKeys) {
  World world;
  const std::string known = world.make();
  EXPECT_EQ(world.ask(known).status, 200);
  for (int i = 0; i < 3'000; ++i) world.ask("wrong", kStartMs + i, "2001:db8::" + std::to_string(i));
  EXPECT_LE(world.gateway.look_ups().addresses(), kAddressesMax);
  EXPECT_EQ(world.ask(known, kStartMs + 3'000).status, 200);
}

TEST(Identification, AKeyIsReadFromEveryHeaderThatHasOne) {
  World world;
  const std::string secret = world.make();
  for (const char* name : {"x-api-key", "api-key"}) {
    Driver driver(world.gateway);
    world.meet(driver);
    driver.request("GET /v1/models/echo", {{name, secret}});
    world.serve(driver);
    EXPECT_EQ(driver.reply.status, 200) << name;
  }
  Driver in_query(world.gateway);
  in_query.request("GET /v1/models/echo?key=" + secret, {});
  EXPECT_EQ(in_query.reply.status, 401) << "a query is written into logs";
}

}  // namespace
}  // namespace onellm::gateway::test
