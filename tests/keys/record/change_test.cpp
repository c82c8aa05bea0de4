#include "keys/record/change.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/time/rfc3339.h"
#include "keys/record/view.h"

namespace onellm::keys {
namespace {

constexpr int64_t kNow = 1'796'040'000'000;  // 2026-11-30T12:00:00Z

Record made(std::string_view body) {
  Result<Record> record = create_record(body, {.id = "key_a", .hash = "h1", .version = 7, .now_ms = kNow});
  EXPECT_TRUE(record) << body;
  return record ? *record : Record{};
}

Error refused(std::string_view body) {
  Result<Record> record = create_record(body, {.id = "key_a", .hash = "h1", .version = 7, .now_ms = kNow});
  EXPECT_FALSE(record) << body;
  return record ? Error{} : record.error();
}

nlohmann::json shown(const Record& record) {
  std::string out;
  write_record(out, record, {}, kNow);
  return nlohmann::json::parse(out, nullptr, false);
}

TEST(NewKey, HasTheDefaults) {
  for (const char* body : {"", " \n", "{}", R"({"models":null,"max_budget":null,"blocked":null,"metadata":null})"}) {
    EXPECT_EQ(shown(made(body)), nlohmann::json::parse(R"({
      "id":"key_a","object":"key","key_alias":null,"models":[],"max_budget":null,"budget_duration":null,
      "rpm_limit":null,"tpm_limit":null,"max_parallel_requests":null,"expires_at":null,"blocked":false,"metadata":{},
      "created_at":"2026-11-30T12:00:00Z","spend":"0","spend_total":null,"last_used_at":null})"))
        << body;
  }
}

TEST(NewKey, HasWhatItsBodySays) {
  const Record record = made(R"({"key_alias":"J\u00fcrgen \ud83d\ude80 %_","models":["gpt-*","hosta/flat"],
    "max_budget":12.50,"budget_duration":"1mo","rpm_limit":60,"tpm_limit":1000000000,"max_parallel_requests":1,
    "expires_at":"2099-02-28T00:00:00+02:00","blocked":true,"metadata":{"team":"r\u0065d","auto_cach\u0065":"o\u0066f"}})");
  EXPECT_EQ(shown(record), nlohmann::json::parse(R"({
    "id":"key_a","object":"key","key_alias":"Jürgen 🚀 %_","models":["gpt-*","hosta/flat"],"max_budget":"12.5",
    "budget_duration":"1mo","rpm_limit":60,"tpm_limit":1000000000,"max_parallel_requests":1,
    "expires_at":"2099-02-27T22:00:00Z","blocked":true,"metadata":{"team":"red","auto_cache":"off"},
    "created_at":"2026-11-30T12:00:00Z","spend":"0","spend_total":null,"last_used_at":null})"));
  EXPECT_EQ(record.version, 7);
  EXPECT_EQ(record.hash, "h1");
}

TEST(NewKey, ReadsMoneyDigitByDigit) {
  EXPECT_EQ(made(R"({"max_budget":0.000000000001})").max_budget, 1);
  EXPECT_EQ(made(R"({"max_budget":"0.1"})").max_budget, 100'000'000'000);
  EXPECT_EQ(made(R"({"max_budget":1e-7})").max_budget, 100'000);
  EXPECT_EQ(made(R"({"max_budget":0})").max_budget, 0);
  EXPECT_EQ(made(R"({"max_budget":999999.999999999999})").max_budget, 999'999'999'999'999'999);
  EXPECT_EQ(made(R"({"max_budget":1000000.000})").max_budget, 1'000'000'000'000'000'000);
}

TEST(NewKey, NamesTheFieldThatIsWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"maxbudget":5})", "maxbudget"},
      {R"({"spend":0})", "spend"},
      {R"({"id":"key_mine"})", "id"},
      {R"({"key":"x"})", "key"},
      {R"({"hash":"x"})", "hash"},
      {R"({"key_alias":""})", "key_alias"},
      {R"({"key_alias":"a'b"})", "key_alias"},
      {R"({"key_alias":"a\"b"})", "key_alias"},
      {R"({"key_alias":"a,b"})", "key_alias"},
      {R"({"key_alias":"a;b"})", "key_alias"},
      {R"({"key_alias":"<b>"})", "key_alias"},
      {R"({"key_alias":"a\nb"})", "key_alias"},
      {R"({"key_alias":"a\u007fb"})", "key_alias"},
      {R"({"key_alias":"a\u0085b"})", "key_alias"},
      {R"({"key_alias":"a\u200bb"})", "key_alias"},
      {R"({"key_alias":"a\u202eb"})", "key_alias"},
      {R"({"key_alias":"a\u2028b"})", "key_alias"},
      {R"({"key_alias":"a\ud800b"})", "key_alias"},
      {R"({"key_alias":"a\ue000b"})", "key_alias"},
      {R"({"key_alias":"a\udb40\udc41b"})", "key_alias"},
      {R"({"key_alias":"a\ud83f\udfffb"})", "key_alias"},
      {R"({"key_alias":"master"})", "key_alias"},
      {R"({"key_alias":"m\u0061ster"})", "key_alias"},
      {R"j({"key_alias":"(none)"})j", "key_alias"},
      {R"j({"key_alias":"(other)"})j", "key_alias"},
      {R"({"key_alias":5})", "key_alias"},
      {R"({"models":"flat"})", "models"},
      {R"({"models":[""]})", "models"},
      {R"({"models":["a*b"]})", "models"},
      {R"({"models":["a**"]})", "models"},
      {R"({"models":["a\nb"]})", "models"},
      {R"({"models":[null]})", "models"},
      {R"({"max_budget":-1})", "max_budget"},
      {R"({"max_budget":1000000.000000000001})", "max_budget"},
      {R"({"max_budget":0.0000000000001})", "max_budget"},
      {R"({"max_budget":true})", "max_budget"},
      {R"({"max_budget":"1,5"})", "max_budget"},
      {R"({"max_budget":""})", "max_budget"},
      {R"({"budget_duration":""})", "budget_duration"},
      {R"({"budget_duration":"1w"})", "budget_duration"},
      {R"({"budget_duration":86400})", "budget_duration"},
      {R"({"rpm_limit":0})", "rpm_limit"},
      {R"({"rpm_limit":1000000001})", "rpm_limit"},
      {R"({"rpm_limit":1.5})", "rpm_limit"},
      {R"({"tpm_limit":"10"})", "tpm_limit"},
      {R"({"tpm_limit":1e30})", "tpm_limit"},
      {R"({"max_parallel_requests":-1})", "max_parallel_requests"},
      {R"({"expires_at":"2020-01-01T00:00:00Z"})", "expires_at"},
      {R"({"expires_at":"2099-02-30T00:00:00Z"})", "expires_at"},
      {R"({"expires_at":4102444800})", "expires_at"},
      {R"({"expires_at":"tomorrow"})", "expires_at"},
      {R"({"blocked":"yes"})", "blocked"},
      {R"({"blocked":0})", "blocked"},
      {R"({"metadata":["x"]})", "metadata"},
      {R"({"metadata":{"a":1}})", "metadata"},
      {R"({"metadata":{"a":"1","a":"2"}})", "metadata"},
      {R"({"rpm_limit":5,"rpm_limit":5})", "rpm_limit"},
      {R"({"rpm_limit":5,"rpm_limi\u0074":6})", "rpm_limit"},
  };
  for (const auto& [body, field] : cases) {
    const Error error = refused(body);
    EXPECT_EQ(error.kind, ErrorKind::kBadRequest) << body;
    EXPECT_EQ(error.param, field) << body;
    EXPECT_NE(error.message.find(field), std::string::npos) << body;
  }
}

TEST(NewKey, NamesAllFieldsThatAreWrong) {
  const Error error = refused(R"({"rpm_limit":0,"key_alias":"ok","blocked":1})");
  EXPECT_EQ(error.message, "rpm_limit must be an integer from 1 to 1000000000. blocked must be true or false.");
  EXPECT_EQ(error.param, "rpm_limit");
}

TEST(NewKey, IsRefusedWhereTheBodyIsNoObject) {
  for (const char* body : {R"({"rpm_limit":5)", "[]", "5", "null", "{}x", "{\"a\":\xFF}"}) {
    EXPECT_EQ(refused(body).kind, ErrorKind::kBadRequest) << body;
  }
  EXPECT_EQ(refused(std::string(100'000, '[')).kind, ErrorKind::kBadRequest);
}

TEST(NewKey, KeepsTheLimitsOfItsLists) {
  const auto models = [](size_t count, size_t bytes) {
    nlohmann::json body = {{"models", nlohmann::json::array()}};
    for (size_t i = 0; i < count; ++i) body["models"].push_back(std::string(bytes - 1, 'm') + '*');
    return body.dump();
  };
  EXPECT_EQ(made(models(100, 128)).models.size(), 100);
  EXPECT_EQ(refused(models(101, 1)).param, "models");
  EXPECT_EQ(refused(models(1, 129)).param, "models");
  const auto metadata = [](size_t bytes) { return R"({"metadata":{"a":")" + std::string(bytes - 8, 'x') + "\"}}"; };
  EXPECT_EQ(made(metadata(2048)).metadata.size(), 2048);
  EXPECT_EQ(refused(metadata(2049)).param, "metadata");
  const auto alias = [](size_t characters) {
    std::string text;
    for (size_t i = 0; i < characters; ++i) text += "\xF0\x9F\x9A\x80";
    return R"({"key_alias":")" + text + "\"}";
  };
  EXPECT_EQ(made(alias(64)).alias->size(), 256);
  EXPECT_EQ(refused(alias(65)).param, "key_alias");
}

TEST(PatchedKey, KeepsWhatIsAbsent) {
  const Record before = made(R"({"key_alias":"a","max_budget":2,"budget_duration":"1d","rpm_limit":7,"blocked":true})");
  Result<Record> after = patch_record(before, R"({"rpm_limit":70})", 8, kNow + 5);
  ASSERT_TRUE(after);
  nlohmann::json expected = shown(before);
  expected["rpm_limit"] = 70;
  EXPECT_EQ(shown(*after), expected);
  EXPECT_EQ(after->version, 8);
  EXPECT_EQ(after->spend.version, 7) << "the window goes on";
}

TEST(PatchedKey, HasTheDefaultWhereTheBodyHasNull) {
  const Record before = made(R"({"key_alias":"a","models":["m"],"max_budget":2,"budget_duration":"1d","rpm_limit":7,
    "tpm_limit":8,"max_parallel_requests":9,"expires_at":"2099-01-01T00:00:00Z","blocked":true,"metadata":{"a":"b"}})");
  Result<Record> after = patch_record(before, R"({"key_alias":null,"models":null,"max_budget":null,
    "budget_duration":null,"rpm_limit":null,"tpm_limit":null,"max_parallel_requests":null,"expires_at":null,
    "blocked":null,"metadata":null})",
                                      8, kNow);
  ASSERT_TRUE(after);
  EXPECT_EQ(shown(*after), shown(made("{}")));
}

TEST(PatchedKey, BeginsAWindowWithAnotherDurationOnly) {
  Record before = made(R"({"max_budget":2,"budget_duration":"1d"})");
  before.spend.amount = 5;
  Result<Record> same = patch_record(before, R"({"max_budget":3,"budget_duration":"1d"})", 8, kNow + 5);
  Result<Record> other = patch_record(before, R"({"budget_duration":"24h"})", 8, kNow + 5);
  ASSERT_TRUE(same && other);
  EXPECT_EQ(same->spend.amount, 5);
  EXPECT_EQ(other->spend.amount, 0);
  EXPECT_EQ(other->spend.version, 8);
  EXPECT_EQ(other->spend.window_start_ms, kNow + 5);
}

TEST(PatchedKey, IsRefusedAsAWhole) {
  const Record before = made("{}");
  for (const char* body : {"", "[]", R"({"rpm_limit":5,"blocked":5})", R"({"id":"key_b"})"}) {
    EXPECT_FALSE(patch_record(before, body, 8, kNow)) << body;
  }
}

TEST(RotatedKey, KeepsTheOldSecretForItsGrace) {
  Result<Record> record = rotate_record(made("{}"), R"({"grace_seconds":600})", "h2", 8, kNow);
  ASSERT_TRUE(record);
  EXPECT_EQ(refuse_secret(*record, "h2", kNow), std::nullopt);
  EXPECT_EQ(refuse_secret(*record, "h1", kNow + 599'999), std::nullopt);
  EXPECT_NE(refuse_secret(*record, "h1", kNow + 600'000), std::nullopt);
  Result<Record> second = rotate_record(*record, R"({"grace_seconds":604800})", "h3", 9, kNow);
  ASSERT_TRUE(second);
  EXPECT_NE(refuse_secret(*second, "h1", kNow), std::nullopt) << "a second rotation ends the first grace";
  EXPECT_EQ(refuse_secret(*second, "h2", kNow), std::nullopt);
  EXPECT_EQ(refuse_secret(*second, "h3", kNow), std::nullopt);
}

TEST(RotatedKey, EndsTheOldSecretWithoutGrace) {
  for (const char* body : {"", "{}", R"({"grace_seconds":0})", R"({"grace_seconds":null})"}) {
    Result<Record> record = rotate_record(made("{}"), body, "h2", 8, kNow);
    ASSERT_TRUE(record) << body;
    EXPECT_NE(refuse_secret(*record, "h1", kNow), std::nullopt) << body;
    EXPECT_NE(refuse_secret(*record, "", kNow), std::nullopt) << body;
  }
}

TEST(RotatedKey, NamesTheFieldThatIsWrong) {
  for (const char* body : {R"({"grace_seconds":-1})", R"({"grace_seconds":604801})", R"({"grace_seconds":"5"})",
                           R"({"grace_seconds":1.5})", R"({"grace":5})"}) {
    Result<Record> record = rotate_record(made("{}"), body, "h2", 8, kNow);
    ASSERT_FALSE(record) << body;
    EXPECT_NE(record.error().param, "") << body;
  }
}

TEST(Secrets, OfBlockedAndExpiredKeysAreRefusedWithTheReason) {
  const Record blocked = made(R"({"blocked":true})");
  const Record expiring = made(R"({"expires_at":"2026-11-30T12:00:00.500Z"})");
  EXPECT_EQ(refuse_secret(blocked, "h1", kNow)->message, "This key is blocked.");
  EXPECT_EQ(refuse_secret(blocked, "h9", kNow)->message, "No key has this secret.");
  EXPECT_EQ(refuse_secret(expiring, "h1", kNow + 499), std::nullopt);
  EXPECT_EQ(refuse_secret(expiring, "h1", kNow + 500)->message, "This key expired at 2026-11-30T12:00:00.500Z.");
}

}  // namespace
}  // namespace onellm::keys
