// Reads the query of the view for the dashboard: GET /v1/admin/usage?view=dashboard, and the same of GET /v1/usage.
//
// Rule: a name that is not known, or that comes twice, is an error. Otherwise a misspelt filter would return all.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time/calendar.h"

namespace onellm::gateway {

enum class DashboardStep : uint8_t { kHour, kDay };
[[nodiscard]] std::string_view to_string(DashboardStep step);

// What the series over time stand for.
enum class SeriesKind : uint8_t { kModel, kProvider, kKey };
[[nodiscard]] std::string_view to_string(SeriesKind kind);

// The name that is shown for a name that the ledger has as "", and back: "(unknown)" of a model, "(none)" of others.
[[nodiscard]] std::string_view shown_name(SeriesKind kind, std::string_view name);

struct DashboardQuery {
  DashboardStep step = DashboardStep::kDay;
  int64_t from = 0;  // Hours or days since 1970.
  int64_t to = 0;    // Not included.
  SeriesKind series = SeriesKind::kModel;
  // Filters, as the ledger has the names. Nothing: all.
  std::optional<std::string> model = {};
  std::optional<std::string> provider = {};
  std::optional<std::string> key = {};
  std::string own_key = {};  // The key that asks for its own usage; empty: the master key asks.

  [[nodiscard]] int64_t step_ms() const { return step == DashboardStep::kHour ? kHourMs : kDayMs; }
  // Where the range of the same length before this one begins: not before 1970.
  [[nodiscard]] int64_t previous_from() const { return std::max<int64_t>(0, from - (to - from)); }
};

// True if the query has a `view`.
[[nodiscard]] bool wants_dashboard(std::string_view query);

//   view             dashboard
//   from, to         as in GET /v1/admin/usage; they are rounded to whole hours or days of UTC, outwards
//   step             hour or day. Default: hour for up to seven days, else day
//   series           model, provider or key. Default: model
//   model, provider, key   filters: names as the answer has them
// `own_key` as in DashboardQuery: with it neither the series nor a filter may be `key`. Errors: kBadRequest, with the
// parameter.
[[nodiscard]] Result<DashboardQuery> read_dashboard_query(std::string_view query, std::string_view own_key,
                                                          double now_ms);

// The argument of the method `dashboard` of the ledger object.
[[nodiscard]] std::string dashboard_argument(const DashboardQuery& query);

}  // namespace onellm::gateway
