#include "gateway/usage/dashboard/query.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/query.h"
#include "base/text.h"
#include "gateway/usage/time_query.h"
#include "json/writer.h"

namespace onellm::gateway {

namespace {

constexpr std::string_view kUnknownModel = "(unknown)";
constexpr std::string_view kNoName = "(none)";
constexpr std::array<std::string_view, 2> kSteps = {"hour", "day"};
constexpr std::array<std::string_view, 3> kSeries = {"model", "provider", "key"};
constexpr std::string_view kView = "view";
constexpr std::string_view kDashboard = "dashboard";
constexpr int64_t kHourStepHoursMax = 7 * 24;  // Longer spans have days, unless the query says otherwise.
constexpr int64_t kDefaultMs = 30 * kDayMs;
constexpr int64_t kDefaultHoursMs = 7 * kDayMs;
constexpr size_t kQuotedNameBytes = 64;

// The values as they were given. Nothing: absent.
struct Given {
  std::optional<std::string> view = {};
  std::optional<std::string> from = {};
  std::optional<std::string> to = {};
  std::optional<std::string> step = {};
  std::optional<std::string> series = {};
  std::optional<std::string> model = {};
  std::optional<std::string> provider = {};
  std::optional<std::string> key = {};
};

struct Parameter {
  const char* name;
  std::optional<std::string> Given::*value;
  bool is_time = false;  // A '+' in it stands for itself, as before the hours of a zone.
};
constexpr Parameter kParameters[] = {
    {kView.data(), &Given::view}, {"from", &Given::from, true}, {"to", &Given::to, true},       {"step", &Given::step},
    {"series", &Given::series},   {"model", &Given::model},     {"provider", &Given::provider}, {"key", &Given::key}};
constexpr const char* kKnown = "is not known here. Known are: view, from, to, step, series, model, provider, key.";

// An empty value counts as absent.
Result<Given> read_parameters(std::string_view query) {
  Given given;
  std::vector<std::string_view> seen;
  for (const std::string_view pair : split(query, '&')) {
    if (pair.empty()) continue;
    const size_t equals = std::min(pair.find('='), pair.size());
    const std::string name = form_decode(pair.substr(0, equals));
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    const auto is_it = [&name](const Parameter& parameter) { return name == parameter.name; };
    const auto known = std::find_if(std::begin(kParameters), std::end(kParameters), is_it);
    if (known == std::end(kParameters)) {
      return bad_query_value(std::string(utf8_prefix(name, kQuotedNameBytes)), kKnown);
    }
    if (std::find(seen.begin(), seen.end(), known->name) != seen.end()) return bad_query_value(name, "is there twice.");
    seen.emplace_back(known->name);
    if (!value.empty()) given.*known->value = known->is_time ? percent_decode(value) : form_decode(value);
  }
  return given;
}

// Leaves `out` unchanged if the text is absent. False: it is none of the words.
template <typename Enum, size_t count>
bool read_word(const std::optional<std::string>& text, const std::array<std::string_view, count>& words, Enum& out) {
  if (!text) return true;
  const auto found = std::find(words.begin(), words.end(), *text);
  if (found == words.end()) return false;
  out = static_cast<Enum>(found - words.begin());
  return true;
}

std::optional<std::string> stored_name(SeriesKind kind, const std::optional<std::string>& shown) {
  return shown && *shown == shown_name(kind, "") ? std::string() : shown;
}

int64_t rounded_up(int64_t ms, int64_t unit_ms) { return (ms + unit_ms - 1) / unit_ms; }

std::optional<Error> read_span(const Given& given, double now_ms, DashboardQuery& out) {
  QueryTime to{.ms = static_cast<int64_t>(now_ms)};
  if (given.to) {
    const std::optional<QueryTime> read = read_query_time(*given.to);
    if (!read) return bad_query_value("to", kNoQueryTime);
    to = *read;
  }
  const bool wants_hours = given.step && out.step == DashboardStep::kHour;
  const int64_t default_ms = wants_hours ? kDefaultHoursMs : kDefaultMs;
  QueryTime from{.ms = std::max<int64_t>(0, to.end_ms() - default_ms)};
  if (given.from) {
    const std::optional<QueryTime> read = read_query_time(*given.from);
    if (!read) return bad_query_value("from", kNoQueryTime);
    from = *read;
  }
  if (from.ms >= to.end_ms()) return bad_query_value(given.from ? "from" : "to", kNoQuerySpan);
  if (!given.step) {
    const int64_t hours = rounded_up(to.end_ms(), kHourMs) - from.ms / kHourMs;
    out.step = hours <= kHourStepHoursMax ? DashboardStep::kHour : DashboardStep::kDay;
  }
  out.from = from.ms / out.step_ms();
  out.to = rounded_up(to.end_ms(), out.step_ms());
  if (out.step == DashboardStep::kHour && out.to - out.from > kDashboardHoursMax) {
    return bad_query_value("step", "hour is for at most 192 hours. Ask for step=day, or for a shorter time.");
  }
  if (out.to - out.from > kDashboardDaysMax && out.step == DashboardStep::kDay) {
    return bad_query_value("from", "leaves more than 400 days. Ask for a shorter time.");
  }
  return std::nullopt;
}

std::optional<Error> read_filters(const Given& given, std::string_view own_key, DashboardQuery& out) {
  const std::pair<const char*, const std::optional<std::string>*> filters[] = {
      {"model", &given.model}, {"provider", &given.provider}, {"key", &given.key}};
  for (const auto& [name, text] : filters) {
    if (*text && (*text)->size() > kLedgerNameBytesMax) return bad_query_value(name, "must have at most 128 bytes.");
  }
  if (!own_key.empty() && given.key) return bad_query_value("key", "must not be there: this is the usage of one key.");
  if (!own_key.empty() && out.series == SeriesKind::kKey) {
    return bad_query_value("series", "must not be key: this is the usage of one key.");
  }
  out.model = stored_name(SeriesKind::kModel, given.model);
  out.provider = stored_name(SeriesKind::kProvider, given.provider);
  out.key = own_key.empty() ? stored_name(SeriesKind::kKey, given.key) : std::string(own_key);
  return std::nullopt;
}

void add_name(json::ObjectWriter& object, std::string_view member, const std::optional<std::string>& name) {
  if (name) {
    object.add_plain(member, *name);
  } else {
    object.add_null(member);
  }
}

}  // namespace

std::string_view to_string(DashboardStep step) { return kSteps[static_cast<size_t>(step)]; }

std::string_view to_string(SeriesKind kind) { return kSeries[static_cast<size_t>(kind)]; }

std::string_view shown_name(SeriesKind kind, std::string_view name) {
  if (!name.empty()) return name;
  return kind == SeriesKind::kModel ? kUnknownModel : kNoName;
}

bool wants_dashboard(std::string_view query) { return has_query_parameter(query, kView); }

Result<DashboardQuery> read_dashboard_query(std::string_view query, std::string_view own_key, double now_ms) {
  Result<Given> given = read_parameters(query);
  if (!given) return given.error();
  if (given->view != kDashboard) return bad_query_value("view", "must be dashboard.");
  DashboardQuery out{.own_key = std::string(own_key)};
  if (!read_word(given->step, kSteps, out.step)) return bad_query_value("step", "must be hour or day.");
  if (!read_word(given->series, kSeries, out.series)) {
    return bad_query_value("series",
                           own_key.empty() ? "must be model, provider or key." : "must be model or provider.");
  }
  if (std::optional<Error> refusal = read_filters(*given, own_key, out)) return std::move(*refusal);
  if (std::optional<Error> refusal = read_span(*given, now_ms, out)) return std::move(*refusal);
  return out;
}

std::string dashboard_argument(const DashboardQuery& query) {
  std::string out;
  {
    json::ObjectWriter object(out);
    object.add_plain("step", to_string(query.step));
    object.add("from", query.from);
    object.add("to", query.to);
    object.add("previous_from", query.previous_from());
    object.add_plain("series", to_string(query.series));
    add_name(object, "model", query.model);
    add_name(object, "provider", query.provider);
    add_name(object, "key", query.key);
    add_name(object, "names_key", query.own_key.empty() ? std::nullopt : std::optional(query.own_key));
    object.add("series_max", kDashboardSeriesMax);
    object.add("models_max", kDashboardModelsMax);
    object.add("together_max", kDashboardTogetherMax);
    object.add("sessions_max", kDashboardSessionsMax);
    object.add("names_max", kDashboardNamesMax);
  }
  return out;
}

}  // namespace onellm::gateway
