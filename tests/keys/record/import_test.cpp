#include "keys/record/import.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "keys/record/change.h"
#include "keys/record/view.h"

namespace onellm::keys {
namespace {

constexpr int64_t kNow = 1'796'040'000'000;  // 2026-11-30T12:00:00Z
const std::string kHash(64, 'a');
const std::string kOldHash(64, 'b');

Record full_record() {
  Result<Record> record = create_record(
      R"({"key_alias":"a","models":["m"],"max_budget":"2.000000000001","budget_duration":"1d","rpm_limit":7,
          "expires_at":"2026-11-30T12:00:01Z","blocked":true,"metadata":{"a":"b"}})",
      {.id = "key_a", .hash = kHash, .version = 7, .now_ms = kNow});
  EXPECT_TRUE(record);
  record->old_hash = kOldHash;
  record->old_until_ms = kNow + 10'000;
  record->spend.amount = 123'456'789'012;
  return *record;
}

std::string page_of(const Record& record, int64_t now_ms) {
  std::string page = R"({"object":"list","has_more":false,"first_id":"key_a","last_id":"key_a","data":[)";
  write_exported(page, record, now_ms);
  return page + "]}";
}

TEST(Import, GivesBackWhatWasExported) {
  const Record record = full_record();
  Result<std::vector<Record>> read = read_import(page_of(record, kNow + 5'000), 9, kNow + 6'000);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 1);
  Record expected = record;
  expected.version = expected.spend.version = 9;
  EXPECT_EQ(to_stored(read->front()), to_stored(expected)) << "an expiry that has passed is no error";
}

TEST(Export, HasNoSpendOfAWindowThatHasEnded) {
  Result<std::vector<Record>> read = read_import(page_of(full_record(), kNow + 86'400'000), 9, kNow + 86'400'000);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->front().spend.amount, 0);
  EXPECT_EQ(read->front().spend.window_start_ms, 1'796'083'200'000) << "midnight";
  EXPECT_EQ(read->front().old_hash, "") << "the grace is over";
}

TEST(Import, NeedsNoMoreThanIdHashAndCreation) {
  Result<std::vector<Record>> read =
      read_import(R"({"data":[{"id":"key_a","created_at":"2026-01-01T00:00:00Z","hash":")" + kHash + "\"}]}", 9, kNow);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->front().spend.window_start_ms, kNow);
  EXPECT_FALSE(has_limits(read->front()));
}

TEST(Import, NamesTheMemberThatIsWrong) {
  const auto refused = [](std::string_view pointer, const nlohmann::json& value) {
    nlohmann::json page = nlohmann::json::parse(page_of(full_record(), kNow), nullptr, false);
    page["data"].push_back(page["data"][0]);
    page["data"][1]["id"] = "key_b";
    page[nlohmann::json::json_pointer(std::string(pointer))] = value;
    Result<std::vector<Record>> read = read_import(page.dump(), 9, kNow);
    EXPECT_FALSE(read) << pointer;
    return read ? "" : read.error().param;
  };
  EXPECT_EQ(refused("/data/1/rpm_limit", "x"), "data[1].rpm_limit");
  EXPECT_EQ(refused("/data/1/key", "x"), "data[1].key");
  EXPECT_EQ(refused("/data/1/id", "key_a"), "data[1].id");
  EXPECT_EQ(refused("/data/1/id", "mine"), "data[1].id");
  EXPECT_EQ(refused("/data/0/hash", "AA"), "data[0].hash");
  EXPECT_EQ(refused("/data/0/old_hash", 5), "data[0].old_hash");
  EXPECT_EQ(refused("/data/0/spend", "-1"), "data[0].spend");
  EXPECT_EQ(refused("/data/0/window_start", "now"), "data[0].window_start");
  EXPECT_EQ(refused("/data/0/created_at", nullptr), "data[0].created_at");
  EXPECT_EQ(refused("/data/0", 5), "data[0]");
  EXPECT_EQ(refused("/data", 5), "data");
  EXPECT_EQ(refused("/more", 5), "more");
}

TEST(Import, TakesAThousandRecordsAndNoMore) {
  const auto page = [](int count) {
    nlohmann::json data = nlohmann::json::array();
    for (int i = 0; i < count; ++i) {
      data.push_back({{"id", "key_" + std::to_string(i)}, {"hash", kHash}, {"created_at", "2026-01-01T00:00:00Z"}});
    }
    return nlohmann::json{{"data", data}}.dump();
  };
  EXPECT_TRUE(read_import(page(1000), 9, kNow));
  EXPECT_FALSE(read_import(page(1001), 9, kNow));
  EXPECT_FALSE(read_import("{}", 9, kNow));
}

TEST(StoredRecord, IsReadAsItWasWritten) {
  const Record record = full_record();
  Record read;
  ASSERT_TRUE(from_stored(to_stored(record), read));
  EXPECT_EQ(to_stored(read), to_stored(record));
  for (const char* text : {"", "{}", "[]", R"({"id":5})", R"({"id":"key_a","version":"7"})"}) {
    EXPECT_FALSE(from_stored(text, read)) << text;
  }
}

}  // namespace
}  // namespace onellm::keys
