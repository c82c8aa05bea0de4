#include "keys/record/import.h"

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "json/reader.h"
#include "keys/record/body.h"
#include "keys/record/fields.h"
#include "keys/secret.h"

namespace onellm::keys {

namespace {

using json::RawString;
using json::Value;

// Reads text that has the wanted form.
const char* read_form(Value& value, bool (*has_form)(std::string_view), std::string& out, const char* rule) {
  RawString text;
  if (!value.read(text) || !has_form(text.text)) return rule;
  out = text.text;
  return nullptr;
}

const char* read_time_of(Value& value, int64_t& out) {
  const std::optional<int64_t> ms = read_time(value);
  if (ms) out = *ms;
  return ms ? nullptr : "must be a time like 2027-01-31T12:00:00Z";
}

const char* read_spend(Value& value, PicoUsd& out) {
  const std::optional<PicoUsd> amount = read_dollars(value);
  if (amount) out = *amount;
  return amount ? nullptr : "must be US dollars from 0 to 1000000 with at most 12 decimals";
}

// Reads a member that is no field (record/fields.h). Those that other parts know are skipped.
const char* read_rest(std::string_view name, Value& value, Record& record) {
  if (name == "id") return read_form(value, has_id_form, record.id, "must be an id like key_abc123");
  if (name == "hash") return read_form(value, has_hash_form, record.hash, "must be 64 hexadecimal digits");
  if (name == "created_at") return read_time_of(value, record.created_ms);
  if (name == "spend") return read_spend(value, record.spend.amount);
  const bool is_skipped = name == "object" || name == "spend_total" || name == "last_used_at";
  if (is_skipped || ((name == "old_hash" || name == "old_until" || name == "window_start") && value.is_null())) {
    return nullptr;
  }
  if (name == "old_hash") return read_form(value, has_hash_form, record.old_hash, "must be 64 hexadecimal digits");
  if (name == "old_until") return read_time_of(value, record.old_until_ms);
  if (name == "window_start") return read_time_of(value, record.spend.window_start_ms);
  return "is no member of a record";
}

class PageReader {
 public:
  PageReader(int64_t version, int64_t now_ms) : version_(version), now_ms_(now_ms) {}

  void read(Value& root);
  Result<std::vector<Record>> take();

 private:
  const char* read_data(Value& value);
  void read_record(size_t index, Value& value);

  int64_t version_;
  int64_t now_ms_;
  bool has_data_ = false;
  Problems problems_;
  std::set<std::string> ids_;
  std::vector<Record> records_;
};

void PageReader::read(Value& root) {
  (void)read_members(root, "", problems_, [&](const std::string& name, Value& value) -> const char* {
    if (name == "data") return read_data(value);
    const bool is_known = name == "object" || name == "has_more" || name == "first_id" || name == "last_id";
    return is_known ? nullptr : "is no member of a page";
  });
  if (!has_data_ && problems_.empty()) problems_.add("data", "is missing");
}

const char* PageReader::read_data(Value& value) {
  bool is_too_long = false;
  has_data_ = value.each_element([&](size_t index, Value& element) {
    is_too_long = index >= kKeyImportedMax;
    if (!is_too_long) read_record(index, element);
  });
  if (!has_data_) return "must be a list of records";
  return is_too_long ? "must have at most 1000 records" : nullptr;
}

void PageReader::read_record(size_t index, Value& value) {
  const std::string path = "data[" + std::to_string(index) + "].";
  Record record{.version = version_, .created_ms = -1, .spend = {.version = version_, .window_start_ms = now_ms_}};
  const bool is_object =
      read_members(value, path, problems_, [&](const std::string& name, Value& member) -> const char* {
        return is_field(name) ? read_field(name, member, 0, record) : read_rest(name, member, record);
      });
  if (!is_object) return problems_.add(path.substr(0, path.size() - 1), "must be a record");
  if (record.id.empty()) problems_.add(path + "id", "is missing or wrong");
  if (record.hash.empty()) problems_.add(path + "hash", "is missing or wrong");
  if (record.created_ms < 0) problems_.add(path + "created_at", "is missing or wrong");
  if (!ids_.insert(record.id).second) problems_.add(path + "id", "is in the page twice");
  record.spend.window_start_ms = std::min(record.spend.window_start_ms, now_ms_);
  records_.push_back(std::move(record));
}

Result<std::vector<Record>> PageReader::take() {
  if (!problems_.empty()) return problems_.error();
  return std::move(records_);
}

}  // namespace

Result<std::vector<Record>> read_import(std::string_view body, int64_t version, int64_t now_ms) {
  PageReader reader(version, now_ms);
  Result<Ok> outcome = read_body(body, false, [&](Value& root) { reader.read(root); });
  if (!outcome) return outcome.error();
  return reader.take();
}

}  // namespace onellm::keys
