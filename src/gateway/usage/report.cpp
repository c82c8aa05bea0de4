#include "gateway/usage/report.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "base/time/calendar.h"
#include "base/time/rfc3339.h"
#include "gateway/usage/row_values.h"
#include "json/reader.h"
#include "json/writer.h"

namespace onellm::gateway {

namespace {

constexpr size_t kDateBytes = 10;
constexpr std::string_view kCostName = kSumNames[static_cast<size_t>(Sum::kCostPicoUsd)];

struct UsageRow {
  std::array<std::string, kUsageGroupKinds> names;  // By UsageGroup; hours and days as they are shown.
  UsageSums sums;
  UsageCost cost;
  bool has_sums = false;  // At least one was there, and
  bool is_used = false;   // at least one is not 0.
};

// Formats a count of hours or days since 1970. Limited to the year 9999.
std::string time_of(int64_t count, int64_t unit_ms) {
  static constexpr int64_t kLastMs = 253'402'300'799'000;
  return format_rfc3339(std::clamp(count, int64_t{0}, kLastMs / unit_ms) * unit_ms);
}

std::string read_name(UsageGroup group, json::Value& value) {
  switch (group) {
    case UsageGroup::kHour: return time_of(read_number(value), kHourMs);
    case UsageGroup::kDay: return time_of(read_number(value), kDayMs).substr(0, kDateBytes);
    case UsageGroup::kKey:
    case UsageGroup::kModel:
    case UsageGroup::kProvider: break;
  }
  json::RawString name;
  if (value.read(name) && !name.empty()) return json::unescape(name);
  return group == UsageGroup::kModel ? "(unknown)" : "(none)";
}

UsageRow read_row(json::Value& value, const UsageQuery& query) {
  UsageRow row;
  value.each_member([&](json::RawString key, json::Value& member) {
    for (const UsageGroup group : query.groups()) {
      if (key.text == to_string(group)) {
        row.names[static_cast<size_t>(group)] = read_name(group, member);
        return;
      }
    }
    if (key.text == kCostName) {
      row.cost = read_cost(member);
      row.is_used |= !row.cost.is_zero();
      return;
    }
    for (size_t i = 0; i < kSumsCount; ++i) {
      if (key.text == kSumNames[i]) {
        row.sums.values[i] = read_number(member);
        row.has_sums = true;
        row.is_used |= row.sums.values[i] != 0;
        return;
      }
    }
  });
  return row;
}

void write_row(std::string& out, const UsageRow& row, const UsageQuery& query) {
  json::ObjectWriter object(out);
  for (const UsageGroup group : query.groups()) {
    object.add_plain(to_string(group), row.names[static_cast<size_t>(group)]);
  }
  write_sums(object, row.sums, row.cost);
}

void write_head(json::ObjectWriter& report, const UsageQuery& query, std::string_view source) {
  report.add_plain("object", "usage");
  report.add_plain("source", source);
  report.add_plain("from", format_rfc3339(query.from_hour * kHourMs));
  report.add_plain("to", format_rfc3339(query.to_hour * kHourMs));
  json::ArrayWriter groups(report.begin("group_by"));
  for (const UsageGroup group : query.groups()) json::quote_to(groups.next(), to_string(group));
}

Error too_many_groups() {
  return {.kind = ErrorKind::kBadRequest,
          .message = "That makes more than " + std::to_string(kUsageGroupsMax) +
                     " groups. Ask for a shorter time or for fewer names in group_by.",
          .param = "group_by"};
}

}  // namespace

Result<std::string> usage_report(std::string_view rows, const UsageQuery& query, std::string_view source) {
  const json::Buffer buffer(rows);
  json::Reader reader;
  UsageSums total;
  UsageCost total_cost;
  size_t count = 0;
  bool has_data = false;
  std::string out;
  {
    json::ObjectWriter report(out);
    write_head(report, query, source);
    {
      json::ArrayWriter data(report.begin("data"));
      const auto take_row = [&](size_t, json::Value& element) {
        if (++count > kUsageGroupsMax) return;
        const UsageRow row = read_row(element, query);
        if (row.has_sums && !row.is_used) return;  // It has sums for the dashboard alone.
        total.add(row.sums);
        total_cost.add(row.cost);
        write_row(data.next(), row, query);
      };
      if (reader.open(buffer)) {
        reader.root().each_member([&](json::RawString key, json::Value& value) {
          if (key.text == "data") has_data = value.each_element(take_row);
        });
      }
    }
    json::ObjectWriter sums(report.begin("total"));
    write_sums(sums, total, total_cost);
  }
  if (!reader.finish() || !has_data) {
    return Error{.kind = ErrorKind::kUpstreamBadReply, .message = "The sums of usage could not be read."};
  }
  if (count > kUsageGroupsMax) return too_many_groups();
  return out;
}

}  // namespace onellm::gateway
