#include "gateway/usage/query.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/query.h"
#include "base/text.h"
#include "base/time/calendar.h"
#include "gateway/usage/time_query.h"

namespace onellm::gateway {

namespace {

constexpr int64_t kDefaultHours = 30 * 24;

constexpr std::array<std::string_view, kUsageGroupKinds> kGroupNames = {"hour", "day", "key", "model", "provider"};

// Reads a time parameter. Leaves `out` unchanged if the parameter is absent. Returns false if it is not a time.
bool read_time_of(std::string_view query, const char* param, std::optional<QueryTime>& out) {
  const std::string text = query_value(query, param);
  if (text.empty()) return true;
  out = read_query_time(text);
  return out.has_value();
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
    return bad_query_value(shown, "is not known here. Known are: from, to, group_by.");
  }
  return std::nullopt;
}

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
  std::optional<QueryTime> from;
  std::optional<QueryTime> to = QueryTime{.ms = static_cast<int64_t>(now_ms), .is_date = false};
  if (!read_time_of(query, "from", from)) return bad_query_value("from", kNoQueryTime);
  if (!read_time_of(query, "to", to)) return bad_query_value("to", kNoQueryTime);
  if (!read_groups(query, out)) return bad_query_value("group_by", kNoGroups);
  const bool groups_by_key =
      std::find(out.groups().begin(), out.groups().end(), UsageGroup::kKey) != out.groups().end();
  if (!key.empty() && groups_by_key) return bad_query_value("group_by", kNoKeys);

  const int64_t until_ms = to->end_ms();
  out.to_hour = (until_ms + kHourMs - 1) / kHourMs;
  out.from_hour = from ? from->ms / kHourMs : std::max<int64_t>(0, out.to_hour - kDefaultHours);
  if (out.from_hour < out.to_hour && (!from || from->ms < until_ms)) return out;
  return bad_query_value(from ? "from" : "to", kNoQuerySpan);
}

}  // namespace onellm::gateway
