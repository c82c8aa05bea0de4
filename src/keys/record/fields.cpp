#include "keys/record/fields.h"

#include <algorithm>
#include <vector>

#include "base/limits.h"
#include "base/text.h"
#include "base/time/rfc3339.h"
#include "keys/record/alias.h"
#include "keys/window.h"

namespace onellm::keys {

namespace {

using json::RawString;
using json::Type;
using json::Value;

// Reads a value that is not null.
using ReadField = const char* (*)(Value& value, int64_t now_ms, Record& record);
using ResetField = void (*)(Record& record);
using WriteField = void (*)(std::string& out, const Record& record);

struct Field {
  std::string_view name;
  ReadField read;
  ResetField reset;
  WriteField write;
};

constexpr std::string_view kNull = "null";

const char* read_alias(Value& value, int64_t /*now_ms*/, Record& record) {
  RawString text;
  if (!value.read(text)) return "must be text";
  record.alias = json::unescape(text);
  return alias_problem(text);
}

const char* pattern_problem(const std::string& pattern) {
  if (pattern.empty() || pattern.size() > kKeyPatternBytesMax) return "must have patterns of 1 to 128 bytes";
  if (pattern.find('*') < pattern.size() - 1) return "must have * only at the end of a pattern";
  return has_control_character(pattern) ? "must have no control characters" : nullptr;
}

const char* read_models(Value& value, int64_t /*now_ms*/, Record& record) {
  record.models.clear();
  const char* problem = nullptr;
  const bool is_array = value.each_element([&](size_t index, Value& element) {
    RawString text;
    if (problem != nullptr) return;
    if (index >= kKeyPatternsMax) {
      problem = "must have at most 100 patterns";
    } else if (!element.read(text)) {
      problem = "must be a list of text";
    } else {
      problem = pattern_problem(record.models.emplace_back(json::unescape(text)));
    }
  });
  return is_array ? problem : "must be a list of text";
}

const char* read_budget(Value& value, int64_t /*now_ms*/, Record& record) {
  record.max_budget = read_dollars(value);
  return record.max_budget ? nullptr : "must be US dollars from 0 to 1000000 with at most 12 decimals";
}

const char* read_budget_duration(Value& value, int64_t /*now_ms*/, Record& record) {
  static constexpr const char* kRule = "must be 1d, 7d, 1mo, or hours or days from 1h to 366d, like 12h or 30d";
  RawString text;
  if (!value.read(text) || text.empty() || !read_duration(text.text)) return kRule;
  record.budget_duration = text.text;
  return nullptr;
}

template <std::optional<int64_t> Record::*limit>
const char* read_limit(Value& value, int64_t /*now_ms*/, Record& record) {
  int64_t number = 0;
  if (!value.read(number) || number < 1 || number > kKeyLimitMax) return "must be an integer from 1 to 1000000000";
  record.*limit = number;
  return nullptr;
}

const char* read_expiry(Value& value, int64_t now_ms, Record& record) {
  record.expires_ms = read_time(value);
  if (!record.expires_ms) return "must be a time like 2027-01-31T12:00:00Z";
  return *record.expires_ms < now_ms ? "must not be in the past" : nullptr;
}

const char* read_blocked(Value& value, int64_t /*now_ms*/, Record& record) {
  return value.read(record.blocked) ? nullptr : "must be true or false";
}

const char* read_metadata(Value& value, int64_t /*now_ms*/, Record& record) {
  std::string members;
  std::vector<std::string> names;
  bool is_good = true;
  const bool is_object = value.each_member([&](RawString key, Value& member) {
    RawString text;
    std::string name = json::unescape(key);
    const bool is_new = std::find(names.begin(), names.end(), name) == names.end();
    is_good = is_good && is_new && members.size() < kKeyMetadataBytesMax && member.read(text);
    if (!is_good) return;
    // Written anew, so that a name is always written alike (gateway/keys/caller.h searches for one).
    std::string quoted;
    json::quote_to(quoted, json::unescape(text));
    json::append_member(members, json::RawString{json::escape(name)}, json::Raw{quoted});
    names.push_back(std::move(name));
  });
  if (!is_object || !is_good) return "must be an object of text, of at most 2048 bytes, with every name once";
  record.metadata = "{" + members + "}";
  return record.metadata.size() > kKeyMetadataBytesMax ? "must have at most 2048 bytes" : nullptr;
}

void write_number(std::string& out, const std::optional<int64_t>& number) {
  if (number) return json::append_integer(out, *number);
  out += kNull;
}

void write_text(std::string& out, const std::optional<std::string>& text) {
  if (text) return json::quote_to(out, *text);
  out += kNull;
}

constexpr Field kFields[] = {
    {"key_alias", read_alias, [](Record& record) { record.alias.reset(); },
     [](std::string& out, const Record& record) { write_text(out, record.alias); }},
    {"models", read_models, [](Record& record) { record.models.clear(); },
     [](std::string& out, const Record& record) {
       json::ArrayWriter array(out);
       for (const std::string& pattern : record.models) json::quote_to(array.next(), pattern);
     }},
    {"max_budget", read_budget, [](Record& record) { record.max_budget.reset(); },
     [](std::string& out, const Record& record) {
       if (record.max_budget) return json::quote_to(out, prices::format_usd(*record.max_budget));
       out += kNull;
     }},
    {"budget_duration", read_budget_duration, [](Record& record) { record.budget_duration.clear(); },
     [](std::string& out, const Record& record) {
       if (!record.budget_duration.empty()) return json::quote_to(out, record.budget_duration);
       out += kNull;
     }},
    {"rpm_limit", read_limit<&Record::rpm_limit>, [](Record& record) { record.rpm_limit.reset(); },
     [](std::string& out, const Record& record) { write_number(out, record.rpm_limit); }},
    {"tpm_limit", read_limit<&Record::tpm_limit>, [](Record& record) { record.tpm_limit.reset(); },
     [](std::string& out, const Record& record) { write_number(out, record.tpm_limit); }},
    {"max_parallel_requests", read_limit<&Record::max_parallel_requests>,
     [](Record& record) { record.max_parallel_requests.reset(); },
     [](std::string& out, const Record& record) { write_number(out, record.max_parallel_requests); }},
    {"expires_at", read_expiry, [](Record& record) { record.expires_ms.reset(); },
     [](std::string& out, const Record& record) {
       if (record.expires_ms) return json::quote_to(out, format_rfc3339_ms(*record.expires_ms));
       out += kNull;
     }},
    {"blocked", read_blocked, [](Record& record) { record.blocked = false; },
     [](std::string& out, const Record& record) { out += record.blocked ? "true" : "false"; }},
    {"metadata", read_metadata, [](Record& record) { record.metadata = "{}"; },
     [](std::string& out, const Record& record) { out += record.metadata; }},
};

const Field* find_field(std::string_view name) {
  for (const Field& field : kFields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

}  // namespace

const char* read_field(std::string_view name, Value& value, int64_t now_ms, Record& record) {
  const Field& field = *find_field(name);
  if (!value.is_null()) return field.read(value, now_ms, record);
  field.reset(record);
  return nullptr;
}

bool is_field(std::string_view name) { return find_field(name) != nullptr; }

std::string field_names() {
  std::string names;
  for (const Field& field : kFields) names.append(names.empty() ? "" : ", ").append(field.name);
  return names;
}

void write_fields(json::ObjectWriter& out, const Record& record) {
  for (const Field& field : kFields) field.write(out.begin(field.name), record);
}

std::optional<PicoUsd> read_dollars(Value& value) {
  RawString text;
  const bool is_number = value.type() == Type::kNumber;
  if (!is_number && !value.read(text)) return std::nullopt;
  const std::string_view digits = is_number ? value.raw().text : text.text;
  const auto amount = prices::scale_decimal(digits, prices::kPicoDecimals, prices::Rounding::kNone);
  return amount && *amount <= kKeyBudgetMax ? amount : std::nullopt;
}

std::optional<int64_t> read_time(Value& value) {
  RawString text;
  if (!value.read(text)) return std::nullopt;
  const std::optional<int64_t> ms = read_rfc3339_ms(text.text);
  return ms && *ms >= 0 && *ms < kYear10000Ms ? ms : std::nullopt;
}

Error bad_field(std::string_view param, std::string_view problem) {
  return {.kind = ErrorKind::kBadRequest,
          .message = std::string(param).append(" ").append(problem).append("."),
          .param = std::string(param)};
}

}  // namespace onellm::keys
