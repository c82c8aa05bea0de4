// A stream of wrong keys that have the right form: what it costs the registry, and what becomes of right keys.
#include <gtest/gtest.h>

#include <map>

#include "support/gateway_settings.h"
#include "support/key_world.h"

namespace onellm::gateway::test {
namespace {

struct World : KeyWorld {
  Configured gateway{settings_with({{"bindings", {"ONELLM_KEYS_OBJECT", "ONELLM_LIMITER_OBJECT"}}})};

  Reply ask(const std::string& secret, double now_ms, const std::string& address) {
    Driver driver(gateway);
    meet(driver);
    driver.now_ms = now_ms;
    driver.address = address;
    driver.request("GET /v1/models/echo", with(secret));
    serve(driver);
    return driver.reply;
  }
};

std::string numbered_secret(int number) {
  std::array<uint8_t, keys::kSecretRandomBytes> random{};
  random[1] = 7;
  random[2] = static_cast<uint8_t>(number % 256);
  random[3] = static_cast<uint8_t>(number / 256);
  return keys::make_secret(random);
}

// 350 new wrong keys a second, each from an address of its own.
struct Flood {
  World& world;
  int sent = 0;

  void run(double from_ms, double to_ms) {
    for (double at_ms = from_ms; at_ms < to_ms; at_ms += 1'000.0 / 350) {
      ++sent;
      world.ask(numbered_secret(sent), at_ms, "10.1." + std::to_string(sent / 256) + "." + std::to_string(sent % 256));
    }
  }
};

TEST(Flood, RightKeysThatComeAgainAreServedWhileNewWrongOnesComeAllTheTime) {
  World world;
  std::vector<std::string> secrets;
  for (int i = 0; i < 8; ++i) secrets.push_back(world.make());
  Flood flood{world};
  flood.run(kStartMs, kStartMs + 3'000);
  std::map<std::string, int> tries;
  for (int second = 3; second < 8; ++second) {
    flood.run(kStartMs + second * 1'000, kStartMs + second * 1'000 + 500);
    for (const std::string& secret : secrets) {
      if (world.ask(secret, kStartMs + second * 1'000 + 500, "203.0.113.9").status != 200) ++tries[secret];
    }
    flood.run(kStartMs + second * 1'000 + 500, kStartMs + second * 1'000 + 1'000);
  }
  for (const std::string& secret : secrets) EXPECT_LE(tries[secret], 1) << "it is served when it comes again";
}

TEST(Flood, AFloodOfWrongKeysIsLookedUpTwentyTimesASecondAtMost) {
  World world;
  Flood flood{world};
  for (int second = 0; second < 5; ++second) {
    const int before = world.counts["find"];
    flood.sent = 0;  // The same keys come again.
    flood.run(kStartMs + second * 1'000, kStartMs + second * 1'000 + 1'000);
    EXPECT_LE(world.counts["find"] - before, 20) << second;
  }
}

}  // namespace
}  // namespace onellm::gateway::test
