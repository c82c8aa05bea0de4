#include "gateway/usage/sql.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "gateway/accounting/data_point.h"
#include "gateway/usage/sums.h"

namespace onellm::gateway {

namespace {

// The SQL expression of each sum in sums.h. Names in braces are columns of data_point.h.
constexpr std::array<std::string_view, kSumsCount> kSums = {
    "sum(if({first} = 'yes', _sample_interval, 0))",
    "sum(if({attempt} > 0, _sample_interval, 0))",
    "sum(if({outcome} = 'error', _sample_interval, 0))",
    "sum(if({outcome} = 'refused', _sample_interval, 0))",
    "sum(if({outcome} = 'client_gone' OR {outcome} = 'lost', _sample_interval, 0))",
    "sum(_sample_interval * {prompt_tokens})",
    "sum(_sample_interval * {completion_tokens})",
    "sum(_sample_interval * {cached_tokens})",
    "sum(_sample_interval * {cache_write_tokens})",
    "sum(_sample_interval * {reasoning_tokens})",
    "sum(_sample_interval * {web_searches})",
    "1000000000000 * sum(_sample_interval * {cost_usd})",
    "sum(if({price_known} = 'no' AND {usage} != 'none', _sample_interval, 0))",
    "sum(if({usage} = 'estimated', _sample_interval, 0))",
    "sum(_sample_interval * {total_ms})",
};

// The SQL expression of each UsageGroup.
constexpr std::array<std::string_view, kUsageGroupKinds> kGroups = {"intDiv(toUnixTimestamp(timestamp), 3600)",
                                                                    "intDiv(toUnixTimestamp(timestamp), 86400)",
                                                                    "index1", "{model_served}", "{provider}"};

struct Column {
  std::string_view kind = {};  // "blob" or "double"; empty: there is no column of that name.
  size_t number = 0;
};

constexpr Column column_of(std::string_view name) {
  for (size_t i = 0; i < std::size(kBlobColumns); ++i) {
    if (kBlobColumns[i].name == name) return {.kind = "blob", .number = i + 1};
  }
  for (size_t i = 0; i < std::size(kDoubleColumns); ++i) {
    if (kDoubleColumns[i] == name) return {.kind = "double", .number = i + 1};
  }
  return {};
}

// Removes from `text` everything up to and including the next name in braces. Returns the part before it, and the name;
// the name is empty at the end.
constexpr std::pair<std::string_view, std::string_view> take_column(std::string_view& text) {
  const size_t open = std::min(text.find('{'), text.size());
  const size_t close = std::min(text.find('}', open), text.size());
  const std::string_view before = text.substr(0, open);
  const std::string_view name = text.substr(std::min(open + 1, close), close - std::min(open + 1, close));
  text.remove_prefix(std::min(close + 1, text.size()));
  return {before, name};
}

constexpr bool knows_columns(std::string_view expression) {
  while (!expression.empty()) {
    const std::string_view name = take_column(expression).second;
    if (!name.empty() && column_of(name).number == 0) return false;
  }
  return true;
}
static_assert(std::all_of(kSums.begin(), kSums.end(), knows_columns));
static_assert(std::all_of(kGroups.begin(), kGroups.end(), knows_columns));

void append(std::string& sql, std::string_view expression, std::string_view name) {
  while (!expression.empty()) {
    const auto [text, column] = take_column(expression);
    sql += text;
    if (!column.empty()) sql.append(column_of(column).kind).append(std::to_string(column_of(column).number));
  }
  sql.append(" AS ").append(name);
}

std::string date_time(int64_t hour) { return "toDateTime(" + std::to_string(hour * 3600) + ")"; }

// An id has only letters, digits and underscores: whatever else it might have is left out.
std::string plain(std::string_view id) {
  std::string out;
  std::copy_if(id.begin(), id.end(), std::back_inserter(out), [](char c) { return is_letter_or_digit(c) || c == '_'; });
  return out;
}

bool is_time(UsageGroup group) { return group == UsageGroup::kHour || group == UsageGroup::kDay; }

}  // namespace

std::string usage_sql(const UsageQuery& query, std::string_view dataset) {
  std::string sql = "SELECT ";
  std::string groups;
  std::string times;
  for (const UsageGroup group : query.groups()) {
    const std::string name(to_string(group));
    append(sql, kGroups[static_cast<size_t>(group)], name);
    sql += ", ";
    if (!groups.empty()) groups += ", ";
    groups += name;
    if (is_time(group)) times += name + ", ";
  }
  for (size_t i = 0; i < kSumsCount; ++i) {
    if (i > 0) sql += ", ";
    append(sql, kSums[i], kSumNames[i]);
  }
  sql.append(" FROM ").append(dataset);
  sql += " WHERE timestamp >= " + date_time(query.from_hour) + " AND timestamp < " + date_time(query.to_hour);
  if (!query.key.empty())
    sql += " AND " + std::string(kGroups[static_cast<size_t>(UsageGroup::kKey)]) + " = '" + plain(query.key) + "'";
  sql += " GROUP BY " + groups + " ORDER BY " + times + "cost_pico_usd DESC, calls DESC, " + groups;
  return sql + " LIMIT " + std::to_string(kUsageGroupsMax + 1) + " FORMAT JSON";
}

}  // namespace onellm::gateway
