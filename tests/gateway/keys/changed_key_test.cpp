// A key that is changed while an isolate remembers its record: what its next request may do.
#include <gtest/gtest.h>

#include <optional>

#include "support/keys_gateway.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

Json request(const std::string& model, const Json& more = Json::object()) { return chat_request(model, false, more); }

constexpr double kSoonMs = kStartMs + 300;
constexpr double kLaterMs = kStartMs + 2'000;
constexpr auto kCount = "/v1/messages/count_tokens";

struct ChangedKey : ::testing::Test {
  std::optional<KeysGateway> keys{std::in_place};
  std::string secret;

  // Makes a key that the isolate remembers since kStartMs, and changes it.
  void change(const Json& before, const Json& after) {
    secret = keys->make(before);
    EXPECT_EQ(keys->chat(secret, request("gamma", {{"max_tokens", 1}}))->calls(), 1U);
    keys->patch("key_1", after);
  }
  Reply get(const std::string& path, double now_ms) {
    Driver driver(keys->gateway);
    keys->meet(driver);
    driver.now_ms = now_ms;
    driver.request("GET " + path, KeyWorld::with(secret));
    keys->serve(driver);
    return driver.reply;
  }
};

TEST_F(ChangedKey, MayNotNameSecondModelsOnceItsModelsOrItsMoneyAreLimited) {
  for (const Json& limit : {Json{{"models", {"gamma"}}}, Json{{"max_budget", 1}}}) {
    for (const char* member : {"models", "fallbacks"}) {
      keys.emplace();
      change({{"rpm_limit", 100}}, limit);
      const Json more = {{"max_tokens", 1}, {member, {"org/beta"}}};
      const auto driver = keys->chat(secret, request("gamma", more), {}, kSoonMs);
      EXPECT_EQ(driver->calls(), 0U) << limit << member;
      EXPECT_EQ(driver->reply.status, 400) << driver->transcript();
      EXPECT_EQ(driver->reply.error("param"), member);
    }
  }
}

TEST_F(ChangedKey, MayNotNameSecondModelsInACountEither) {
  change({{"rpm_limit", 100}}, {{"models", {"claude-sonnet-4-6"}}});
  const Json body = {{"model", "claude-sonnet-4-6"},
                     {"messages", {{{"role", "user"}, {"content", "hi"}}}},
                     {"fallbacks", {"claude-opus-4-6"}}};
  const auto driver = keys->chat(secret, body, {}, kSoonMs, kCount);
  EXPECT_EQ(driver->calls(), 0U) << driver->transcript();
  EXPECT_EQ(driver->reply.status, 400);
}

TEST_F(ChangedKey, IsCountedForItsModelsAlone) {
  change({{"rpm_limit", 100}}, {{"models", {"gamma"}}});
  const Json body = {{"model", "claude-sonnet-4-6"}, {"messages", {{{"role", "user"}, {"content", "hi"}}}}};
  EXPECT_EQ(keys->chat(secret, body, {}, kSoonMs, kCount)->reply.status, 403);
  keys->patch("key_1", {{"models", {"claude-*"}}});
  EXPECT_EQ(keys->chat(secret, body, {}, kLaterMs, kCount)->calls(), 1U);
}

TEST_F(ChangedKey, GetsNoMarksForCachingOnceItsMetadataForbidThem) {
  change({{"rpm_limit", 100}}, {{"metadata", {{"auto_cache", "off"}}}});
  const std::string text(20'000, 'a');
  const Json body = request("claude-sonnet-4-6", {{"messages",
                                                   {{{"role", "system"}, {"content", text}},
                                                    {{"role", "user"}, {"content", text}},
                                                    {{"role", "assistant"}, {"content", "yes"}},
                                                    {{"role", "user"}, {"content", text}}}}});
  const auto driver = keys->chat(secret, body, {}, kSoonMs);
  ASSERT_EQ(driver->calls(), 1U) << driver->transcript();
  EXPECT_EQ(driver->fetches[0].body.find("cache_control"), std::string::npos);
}

TEST_F(ChangedKey, MayUseAModelAsSoonAsItIsAllowed) {
  for (const Json& limit : {Json{{"rpm_limit", 100}}, Json::object()}) {
    keys.emplace();
    Json before = {{"models", {"gamma"}}};
    before.update(limit);
    change(before, {{"models", {"gamma", "alpha"}}});
    EXPECT_EQ(keys->chat(secret, request("alpha"), {}, kSoonMs)->reply.status, 403) << "read a moment ago";
    const auto driver = keys->chat(secret, request("alpha"), {}, kLaterMs);
    EXPECT_EQ(driver->calls(), 1U) << driver->transcript();
    EXPECT_EQ(keys->counts["find"], 2);
  }
}

TEST_F(ChangedKey, ThatIsRefusedReadsItsRecordOnceASecond) {
  secret = keys->make({{"models", {"gamma"}}});
  for (const double after_ms : {0.0, 500.0, 1'000.0, 1'500.0, 1'999.0}) {
    EXPECT_EQ(keys->chat(secret, request("alpha"), {}, kStartMs + after_ms)->reply.status, 403);
  }
  EXPECT_EQ(keys->counts["find"], 2);
}

TEST_F(ChangedKey, MayUseModelsWithoutAPriceOnceItsBudgetIsGone) {
  change({{"max_budget", 1}, {"rpm_limit", 100}}, {{"max_budget", nullptr}});
  const auto driver = keys->chat(secret, request("host/delta"), {}, kLaterMs);
  EXPECT_EQ(driver->calls(), 1U) << driver->transcript();
  keys->patch("key_1", {{"max_budget", 1}});
  const auto refused = keys->chat(secret, request("host/delta"), {}, kLaterMs + 1);
  EXPECT_EQ(refused->reply.error("code"), "model_not_priced") << refused->transcript();
}

TEST_F(ChangedKey, WithLimitsReadsNoListAndNoUsageOnceItIsBlocked) {
  change({{"rpm_limit", 100}}, {{"blocked", true}});
  for (const char* path : {"/v1/models", "/v1/models/echo", "/v1/usage"}) {
    const Reply reply = get(path, kLaterMs);
    EXPECT_EQ(reply.status, 401) << path;
    EXPECT_EQ(reply.error("message"), "This key is blocked.");
  }
  EXPECT_EQ(keys->counts["find"], 2) << "one of them has read the record";
}

TEST_F(ChangedKey, WithLimitsReadsNothingWithASecretThatWasReplaced) {
  change({{"rpm_limit", 100}}, Json::object());
  keys->records["key_1"].hash = std::string(64, '0');
  for (const char* path : {"/v1/models", "/v1/models/echo", "/v1/usage"}) {
    EXPECT_EQ(get(path, kLaterMs).status, 401) << path;
  }
}

TEST_F(ChangedKey, WithLimitsSeesTheModelsOfTheChange) {
  change({{"rpm_limit", 100}}, {{"models", {"alpha"}}});
  EXPECT_EQ(get("/v1/models/gamma", kLaterMs).status, 404);
  EXPECT_EQ(get("/v1/models/alpha", kLaterMs).status, 200);
}

TEST_F(ChangedKey, WithoutLimitsIsRememberedForAMinute) {
  change(Json::object(), {{"blocked", true}});
  EXPECT_EQ(get("/v1/models/echo", kStartMs + 59'999).status, 200);
  EXPECT_EQ(get("/v1/models/echo", kStartMs + 60'000).status, 401);
}

}  // namespace
}  // namespace onellm::gateway::test
