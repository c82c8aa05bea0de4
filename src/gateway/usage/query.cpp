#include "gateway/usage/query.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "base/query.h"
#include "base/text.h"
#include "base/time/rfc3339.h"

namespace onellm::gateway {

namespace {

constexpr int64_t kHourMs = 3'600'000;
constexpr int64_t kDayMs = 24 * kHourMs;
constexpr int64_t kDefaultHours = 30 * 24;

constexpr std::array<std::string_view, kUsageGroupKinds> kGroupNames = {"hour", "day", "key", "model", "provider"};

struct Time {
  int64_t ms;
  bool is_date;  // No time of day was given.
};

std::optional<int64_t> read_seconds(std::string_view text) {
  int64_t seconds = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (failure != std::errc() || stop != text.data() + text.size() || seconds < 0 || seconds >= kYear10000Ms / 1000)
    return std::nullopt;
  return seconds * 1000;
}

std::optional<Time> read_time(std::string_view text) {
  static constexpr size_t kDateBytes = std::string_view("2026-11-23").size();
  static constexpr size_t kMinuteBytes = std::string_view("2026-11-23T06:38").size();
  static constexpr size_t kSecondBytes = std::string_view("2026-11-23T06:38:00").size();
  if (const std::optional<int64_t> ms = read_seconds(text)) return Time{.ms = *ms, .is_date = false};
  const bool is_date = text.size() == kDateBytes;
  std::string whole(text);
  if (is_date) whole += "T00:00:00Z";
  if (text.size() == kMinuteBytes) whole += ":00Z";
  if (text.size() == kSecondBytes && text.back() != 'Z' && text.back() != 'z') whole += 'Z';
  const std::optional<int64_t> ms = read_rfc3339_ms(whole);
  if (!ms) return std::nullopt;
  return Time{.ms = *ms, .is_date = is_date};
}

Error bad_value(const char* param, const std::string& what) {
  return {.kind = ErrorKind::kBadRequest, .message = std::string(param) + " " + what, .param = param};
}

// Reads a time parameter. Leaves `out` unchanged if the parameter is absent. Returns false if it is not a time.
bool read_time_of(std::string_view query, const char* param, std::optional<Time>& out) {
  const std::string text = query_value(query, param);
  if (text.empty()) return true;
  out = read_time(text);
  return out && out->ms >= 0;
}

bool read_groups(std::string_view query, UsageQuery& out) {
  std::string text = query_value(query, "group_by");
  if (text.empty()) text = to_string(UsageGroup::kModel);
  for (const std::string_view name : split(text, ',')) {
    const auto found = std::find(kGroupNames.begin(), kGroupNames.end(), name);
    if (found == kGroupNames.end()) return false;
    out.add(static_cast<UsageGroup>(found - kGroupNames.begin()));
  }
  return true;
}

// Nothing: all names are known to GET /v1/usage.
std::optional<Error> unknown_name(std::string_view query) {
  static constexpr size_t kQuotedBytes = 64;
  for (const std::string_view pair : split(query, '&')) {
    const std::string_view name = pair.substr(0, pair.find('='));
    if (name.empty() || name == "from" || name == "to" || name == "group_by") continue;
    const std::string shown(utf8_prefix(percent_decode(name), kQuotedBytes));
    return bad_value(shown.c_str(), "is not known here. Known are: from, to, group_by.");
  }
  return std::nullopt;
}

constexpr const char* kNoTime = "must be a date (2026-11-23), a time (2026-11-23T06:00:00Z) or seconds since 1970.";
constexpr const char* kNoKeys = "must not be key: this is the usage of one key.";
constexpr const char* kNoGroups = "must be one or more of hour, day, key, model, provider, with commas between.";

}  // namespace

std::string_view to_string(UsageGroup group) { return kGroupNames[static_cast<size_t>(group)]; }

void UsageQuery::add(UsageGroup group) {
  const std::span<const UsageGroup> known = groups();
  if (std::find(known.begin(), known.end(), group) == known.end()) groups_[groups_count_++] = group;
}

Result<UsageQuery> read_usage_query(std::string_view query, std::string_view key, double now_ms) {
  UsageQuery out;
  out.key = key;
  if (!key.empty()) {
    if (std::optional<Error> unknown = unknown_name(query)) return std::move(*unknown);
  }
  std::optional<Time> from;
  std::optional<Time> to = Time{.ms = static_cast<int64_t>(now_ms), .is_date = false};
  if (!read_time_of(query, "from", from)) return bad_value("from", kNoTime);
  if (!read_time_of(query, "to", to)) return bad_value("to", kNoTime);
  if (!read_groups(query, out)) return bad_value("group_by", kNoGroups);
  const bool groups_by_key =
      std::find(out.groups().begin(), out.groups().end(), UsageGroup::kKey) != out.groups().end();
  if (!key.empty() && groups_by_key) return bad_value("group_by", kNoKeys);

  const int64_t until_ms = to->is_date ? to->ms + kDayMs : to->ms;
  out.to_hour = (until_ms + kHourMs - 1) / kHourMs;
  out.from_hour = from ? from->ms / kHourMs : std::max<int64_t>(0, out.to_hour - kDefaultHours);
  if (out.from_hour < out.to_hour && (!from || from->ms < until_ms)) return out;
  return bad_value(from ? "from" : "to", "leaves no time: from is not before to.");
}

}  // namespace onellm::gateway
