// The admin routes of keys: requests that are refused, and objects that are in trouble.
#include <gtest/gtest.h>

#include "gateway/keys/admin_fixture.h"

namespace onellm::gateway::test {
namespace {

TEST_F(AdminRoute, RefusesQueriesThatAreWrong) {
  const std::pair<const char*, const char*> wrong[] = {
      {"limit=0", "limit"},
      {"limit=101", "limit"},
      {"limit=", "limit"},
      {"limit=5x", "limit"},
      {"limit=1.0", "limit"},
      {"limit=5&limit=6", "limit"},
      {"after=x", "after"},
      {"after=key_%00", "after"},
      {"blocked=yes", "blocked"},
      {"blocked=", "blocked"},
      {"page=2", "page"},
      {"Limit=5", "Limit"},
      {"search=123456789012345678901234567890123456789012345678%C3%A9", "search"}};
  for (const auto& [query, param] : wrong) {
    Driver other(gateway);
    other.request(std::string("GET /v1/admin/keys?") + query);
    EXPECT_EQ(other.reply.status, 400) << query;
    EXPECT_EQ(other.reply.error("param"), param) << query;
    EXPECT_TRUE(other.object_calls.empty());
  }
  ask("GET /v1/admin/keys/export?limit=5");
  EXPECT_EQ(driver.reply.error("param"), "limit");
}

TEST_F(AdminRoute, SaysWhatTheRegistryRefuses) {
  const std::pair<const char*, std::pair<int, const char*>> refusals[] = {
      {R"({"problem":"key_not_found"})", {404, "key_not_found"}},
      {R"({"problem":"key_alias_taken"})", {409, "key_alias_taken"}},
      {R"({"problem":"too_many_keys"})", {409, "too_many_keys"}},
      {R"({"refusal":{"message":"rpm_limit must be more.","param":"rpm_limit"}})", {400, ""}},
      {R"({"problem":"new_words"})", {503, "key_store_unavailable"}},
      {R"({"records":[]})", {503, "key_store_unavailable"}},
      {R"({"records":["{}"]})", {503, "key_store_unavailable"}},
      {R"(nonsense)", {503, "key_store_unavailable"}},
      {"", {503, "key_store_unavailable"}}};
  for (const auto& [reply, expected] : refusals) {
    Driver patch(gateway);
    patch.request("PATCH /v1/admin/keys/key_a");
    patch.event(EventKind::kRequestEnd, 0, "{}");
    patch.object_reply(0, reply);
    EXPECT_EQ(patch.reply.status, expected.first) << reply;
    EXPECT_EQ(patch.reply.error("code"), expected.second) << reply;
  }
}

TEST_F(AdminRoute, SendsNothingButJsonObjectsToTheRegistry) {
  for (const char* body : {"", "[]", "{", "{\"a\":\"\xFF\"}", "null", "{} {}"}) {
    Driver patch(gateway);
    patch.request("PATCH /v1/admin/keys/key_a");
    patch.event(EventKind::kRequestEnd, 0, body);
    EXPECT_EQ(patch.reply.status, 400) << body;
    EXPECT_TRUE(patch.object_calls.empty());
  }
}

TEST_F(AdminRoute, KnowsNoKeyWhoseIdHasAnotherForm) {
  for (const char* id : {"x", "key_", "key_%00", "key_a%2Frotate", "..%2f", "key_a/b", "key_a%20b"}) {
    Driver read(gateway);
    read.request(std::string("GET /v1/admin/keys/") + id);
    EXPECT_EQ(read.reply.status, 404) << id;
    EXPECT_EQ(read.reply.error("code"), "key_not_found") << id;
    EXPECT_TRUE(read.object_calls.empty());
  }
}

TEST_F(AdminRoute, IsUnavailableWhereAnObjectFailsOrIsSilent) {
  for (const bool fails : {true, false}) {
    Driver list(gateway);
    list.request("GET /v1/admin/keys");
    fails ? list.object_failed(0) : list.wait(3'000);
    EXPECT_EQ(list.reply.status, 503);
    EXPECT_EQ(list.reply.error("code"), "key_store_unavailable");
    EXPECT_EQ(list.reply.header("retry-after"), "1");
    Driver read(gateway);
    read.request("GET /v1/admin/keys/key_a");
    read.object_reply(0, Json{{"record", stored()}, {"limited", true}}.dump());
    fails ? read.object_failed(1) : read.wait(3'000);
    EXPECT_EQ(read.reply.error("code"), "key_store_unavailable");
  }
}

TEST(AdminRoutes, NameTheBindingThatIsMissing) {
  const std::pair<Json, const char*> cases[] = {{Json::array(), "ONELLM_KEYS_OBJECT"},
                                                {{"ONELLM_LIMITER_OBJECT"}, "ONELLM_KEYS_OBJECT"},
                                                {{"ONELLM_KEYS_OBJECT"}, "ONELLM_LIMITER_OBJECT"}};
  for (const auto& [bindings, name] : cases) {
    Configured gateway(with_keys(bindings));
    Driver driver(gateway);
    driver.request("GET /v1/admin/keys");
    EXPECT_EQ(driver.reply.status, 503);
    const std::string message = driver.reply.error("message");
    EXPECT_NE(message.find(std::string("name = \"") + name + "\""), std::string::npos) << message;
    EXPECT_NE(message.find("new_sqlite_classes"), std::string::npos) << message;
  }
}

TEST_F(AdminRoute, AllowsTheMethodsThatItHas) {
  const std::pair<const char*, const char*> wrong[] = {
      {"PUT /v1/admin/keys", "GET, HEAD, POST, OPTIONS"},
      {"DELETE /v1/admin/keys", "GET, HEAD, POST, OPTIONS"},
      {"POST /v1/admin/keys/key_a", "GET, HEAD, PATCH, DELETE, OPTIONS"},
      {"GET /v1/admin/keys/key_a/rotate", "POST, OPTIONS"},
      {"GET /v1/admin/keys/import", "POST, OPTIONS"},
      {"POST /v1/admin/keys/export", "GET, HEAD, OPTIONS"},
      {"POST /v1/key", "GET, HEAD, OPTIONS"},
      {"POST /v1/usage", "GET, HEAD, OPTIONS"}};
  for (const auto& [line, allowed] : wrong) {
    Driver other(gateway);
    other.request(line);
    EXPECT_EQ(other.reply.status, 405) << line;
    EXPECT_EQ(other.reply.header("allow"), allowed) << line;
  }
}

TEST_F(AdminRoute, LogsNoBody) {
  Configured loud(with_keys({"ONELLM_KEYS_OBJECT", "ONELLM_LIMITER_OBJECT"}, {{"ONELLM_LOG_BODIES", "1"}}));
  Driver import(loud);
  import.request("POST /v1/admin/keys/import");
  import.event(EventKind::kRequestEnd, 0, R"({"data":[{"hash":"abcdef0123"}]})");
  import.object_reply(0, R"({"imported":1})");
  EXPECT_EQ(import.reply.status, 200);
  for (const std::string& log : import.logs) EXPECT_EQ(log.find("abcdef0123"), std::string::npos) << log;
  EXPECT_TRUE(import.records.empty()) << "managing keys is no usage";
}

}  // namespace
}  // namespace onellm::gateway::test
