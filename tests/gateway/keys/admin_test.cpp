// The admin routes of keys: what is asked of the objects, and what the client gets of their answers.
#include <gtest/gtest.h>

#include "base/secrets/sha256.h"
#include "gateway/keys/admin_fixture.h"
#include "keys/secret.h"

namespace onellm::gateway::test {
namespace {

TEST_F(AdminRoute, MakesASecretOfRandomBytesAndGivesItOnce) {
  ask("POST /v1/admin/keys", R"({"key_alias":"Anna"})");
  ASSERT_EQ(driver.random_reads.size(), 1U);
  EXPECT_EQ(driver.random_reads[0].second, 48U);
  EXPECT_TRUE(driver.object_calls.empty());
  driver.random(0, 'x');
  ASSERT_EQ(driver.object_calls.size(), 1U);
  EXPECT_EQ(driver.object_calls[0].head, "ONELLM_KEYS_OBJECT keys create");
  answer({{"records", {stored(argument(0)["id"])}}});
  EXPECT_EQ(driver.reply.status, 201);
  EXPECT_EQ(driver.reply.header("cache-control"), "no-store");
  const Json body = driver.reply.json();
  EXPECT_TRUE(keys::has_secret_form(body["key"].get<std::string>()));
  EXPECT_EQ(argument(0), (Json{{"id", body["id"]},
                               {"body", R"({"key_alias":"Anna"})"},
                               {"hash", sha256_hex(body["key"].get<std::string>())}}));
  EXPECT_TRUE(keys::has_id_form(body["id"].get<std::string>()));
  EXPECT_EQ(body["spend_total"], nullptr) << "there is no ledger";
}

TEST_F(AdminRoute, TellsTheRegistryNoSecret) {
  ask("POST /v1/admin/keys").random(0, 'x');
  answer({{"records", {stored()}}});
  const std::string secret = driver.reply.json()["key"];
  for (const std::string& line : driver.lines) {
    if (line.starts_with("send ")) continue;
    EXPECT_EQ(line.find(secret), std::string::npos) << line;
  }
}

TEST_F(AdminRoute, AsksForTheListAsTheQuerySays) {
  ask("GET /v1/admin/keys?limit=3&after=key_b&blocked=false&search=a%25b+c");
  EXPECT_EQ(driver.object_calls[0].head, "ONELLM_KEYS_OBJECT keys list");
  EXPECT_EQ(argument(0), (Json{{"limit", 3}, {"after", "key_b"}, {"blocked", false}, {"search", "a%b c"}}));
  answer({{"records", {stored("key_a"), stored("key_9")}}, {"has_more", true}});
  const Json body = driver.reply.json();
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(body["object"], "list");
  EXPECT_EQ(body["data"].size(), 2U);
  EXPECT_EQ(body["data"][0]["spend"], "0.000000000005");
  EXPECT_FALSE(body["data"][0].contains("hash"));
  EXPECT_EQ(body["has_more"], true);
  EXPECT_EQ(body["first_id"], "key_a");
  EXPECT_EQ(body["last_id"], "key_9");
}

TEST_F(AdminRoute, HasFiftyKeysOnAPageWhereTheQuerySaysNothing) {
  ask("GET /admin/keys");
  EXPECT_EQ(argument(0), (Json{{"limit", 50}}));
  answer({{"records", Json::array()}, {"has_more", false}});
  EXPECT_EQ(driver.reply.body, R"({"object":"list","data":[],"has_more":false,"first_id":null,"last_id":null})");
}

TEST_F(AdminRoute, ExportsHashesAndNoSecret) {
  ask("GET /v1/admin/keys/export?after=key_b");
  EXPECT_EQ(driver.object_calls[0].head, "ONELLM_KEYS_OBJECT keys exportPage");
  EXPECT_EQ(argument(0), (Json{{"after", "key_b"}}));
  answer({{"records", {stored()}}, {"has_more", false}});
  const Json row = driver.reply.json()["data"][0];
  EXPECT_EQ(row["hash"], std::string(64, 'a'));
  EXPECT_EQ(row["old_hash"], nullptr);
  EXPECT_EQ(row["window_start"], "2020-09-13T12:26:40Z");
}

TEST_F(AdminRoute, TakesLargerBodiesForImportsAlone) {
  ask("POST /v1/admin/keys/import", R"({"data":[]})");
  EXPECT_EQ(driver.body_bytes_max, 4U << 20);
  EXPECT_EQ(argument(0), (Json{{"body", R"({"data":[]})"}}));
  answer({{"imported", 7}});
  EXPECT_EQ(driver.reply.body, R"({"object":"key.import","imported":7})");

  Driver create(gateway);
  create.request("POST /v1/admin/keys", with_key({{"content-length", "65537"}}));
  EXPECT_EQ(create.reply.status, 413);
  EXPECT_EQ(create.reply.error("message").find("ONELLM_MAX_BODY_BYTES"), std::string::npos);
}

TEST_F(AdminRoute, AsksTheLimiterForTheSpendOfALimitedKey) {
  ask("GET /v1/admin/keys/key_a");
  EXPECT_EQ(driver.object_calls[0].head, "ONELLM_KEYS_OBJECT keys read");
  answer({{"record", stored()}, {"limited", true}});
  ASSERT_EQ(driver.object_calls.size(), 2U);
  EXPECT_EQ(driver.object_calls[1].head, "ONELLM_LIMITER_OBJECT key_a read");
  answer({{"usage", {{"version", 3}, {"spent", "1000000000000"}, {"window_start_ms", 1'600'000'000'000}}}});
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.json()["spend"], "1");
}

TEST_F(AdminRoute, BelievesNoSpendOfAnEarlierWindow) {
  ask("GET /v1/admin/keys/key_a");
  answer({{"record", stored()}, {"limited", true}});
  answer({{"usage", {{"version", 2}, {"spent", "1000000000000"}, {"window_start_ms", 1'500'000'000'000}}}});
  EXPECT_EQ(driver.reply.json()["spend"], "0.000000000005");
}

TEST_F(AdminRoute, HasTotalsFromTheLedger) {
  Configured other(with_keys_and_ledger());
  Driver read(other);
  read.request("GET /v1/admin/keys/key_a");
  read.object_reply(0, Json{{"record", stored()}, {"limited", false}}.dump());
  ASSERT_EQ(read.object_calls.size(), 2U);
  EXPECT_EQ(read.object_calls[1].head, "ONELLM_LEDGER_OBJECT ledger totals");
  EXPECT_EQ(Json::parse(read.object_calls[1].argument)["key"], "key_a");
  read.object_reply(1, R"({"money":"2500000000000","last_ms":1600000001000,"hours":[]})");
  EXPECT_EQ(read.reply.json()["spend_total"], "2.5");
  EXPECT_EQ(read.reply.json()["last_used_at"], "2020-09-13T12:26:41Z");
}

TEST_F(AdminRoute, AnswersWithoutTheLedgerWhereThatIsSilent) {
  Configured other(with_keys_and_ledger());
  Driver read(other);
  read.request("GET /v1/admin/keys/key_a");
  read.object_reply(0, Json{{"record", stored()}, {"limited", false}}.dump());
  read.wait(3'000);
  EXPECT_EQ(read.reply.status, 200);
  EXPECT_EQ(read.reply.json()["spend_total"], nullptr);
}

TEST_F(AdminRoute, ChangesAndDeletesByTheId) {
  ask("PATCH /v1/admin/keys/key_a", R"({"rpm_limit":5})");
  EXPECT_EQ(driver.object_calls[0].head, "ONELLM_KEYS_OBJECT keys patch");
  EXPECT_EQ(argument(0), (Json{{"id", "key_a"}, {"body", R"({"rpm_limit":5})"}}));
  answer({{"records", {stored()}}});
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_FALSE(driver.reply.json().contains("key"));

  Driver remove(gateway);
  remove.request("DELETE /v1/admin/keys/key_a");
  EXPECT_EQ(remove.object_calls[0].head, "ONELLM_KEYS_OBJECT keys remove");
  remove.object_reply(0, R"({"records":[]})");
  EXPECT_EQ(remove.reply.body, R"({"id":"key_a","object":"key","deleted":true})");
}

TEST_F(AdminRoute, RotatesWithoutABodyToo) {
  ask("POST /v1/admin/keys/key_a/rotate").random(0, 'y');
  EXPECT_EQ(driver.object_calls[0].head, "ONELLM_KEYS_OBJECT keys rotate");
  answer({{"records", {stored()}}});
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(argument(0)["hash"], sha256_hex(driver.reply.json()["key"].get<std::string>()));
}

}  // namespace
}  // namespace onellm::gateway::test
