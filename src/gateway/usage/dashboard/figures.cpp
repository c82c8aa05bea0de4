#include "gateway/usage/dashboard/figures.h"

#include <algorithm>

#include "base/limits.h"
#include "json/reader.h"

namespace onellm::gateway {

namespace {

using json::RawString;
using json::Value;

std::string read_text(Value& value) {
  RawString text;
  return value.read(text) ? json::unescape(text) : std::string();
}

int64_t read_count(Value& value) { return std::max<int64_t>(0, read_number(value)); }

// Reads at most `count_max` elements.
template <typename Item, void (*read)(Value& element, Item& item)>
void read_list(Value& value, std::vector<Item>& out, int64_t count_max) {
  value.each_element([&](size_t, Value& element) {
    if (static_cast<int64_t>(out.size()) < count_max) read(element, out.emplace_back());
  });
}

void read_string(Value& value, std::string& out) { out = read_text(value); }

void read_texts(Value& value, std::vector<std::string>& out, int64_t count_max) {
  read_list<std::string, read_string>(value, out, count_max);
}

void read_latencies(Value& value, Latencies& out) {
  value.each_element([&](size_t bucket, Value& count) {
    if (bucket < kLatencyBuckets) out.counts[bucket] = read_count(count);
  });
}

// Reads a member of a row of sums. Other members are skipped.
void read_figure(RawString key, Value& value, UsageFigures& out) {
  if (key.text == "latencies") return read_latencies(value, out.latencies);
  for (size_t i = 0; i < kSumsCount; ++i) {
    if (key.text != kSumNames[i]) continue;
    if (static_cast<Sum>(i) == Sum::kCostPicoUsd) {
      out.cost = read_cost(value);
    } else {
      out.sums.values[i] = read_count(value);
    }
    return;
  }
  for (size_t i = 0; i < kPageSumsCount; ++i) {
    if (key.text != kPageSumNames[i]) continue;
    if (static_cast<PageSum>(i) == PageSum::kCacheSavedPicoUsd) {
      out.cache_saved = read_signed_cost(value);
    } else {
      out.page_sums.values[i] = read_count(value);
    }
    return;
  }
}

void read_figures(Value& value, UsageFigures& out) {
  value.each_member([&](RawString key, Value& member) { read_figure(key, member, out); });
}

void read_time(Value& value, TimeFigures& out) {
  value.each_member([&](RawString key, Value& member) {
    if (key.text == "time") out.time = read_number(member);
    if (key.text == "requests") out.requests = read_count(member);
    if (key.text == "errors") out.errors = read_count(member);
    if (key.text == "latencies") read_latencies(member, out.latencies);
  });
}

// A point is an array of its time, cost and requests.
void read_point(Value& value, SeriesFigures::Point& out) {
  value.each_element([&](size_t index, Value& element) {
    if (index == 0) out.time = read_number(element);
    if (index == 1) out.cost = read_cost(element);
    if (index == 2) out.requests = read_count(element);
  });
}

void read_series(Value& value, SeriesFigures& out) {
  value.each_member([&](RawString key, Value& member) {
    if (key.text == "name") out.name = read_text(member);
    if (key.text == "times") read_list<SeriesFigures::Point, read_point>(member, out.points, kDashboardDaysMax);
  });
}

void read_model(Value& value, ModelFigures& out) {
  value.each_member([&](RawString key, Value& member) {
    if (key.text == "model") {
      out.model = read_text(member);
    } else if (key.text == "provider") {
      out.provider = read_text(member);
    } else {
      read_figure(key, member, out.figures);
    }
  });
}

void read_together(Value& value, TogetherFigures& out) {
  value.each_member([&](RawString key, Value& member) {
    if (key.text == "model") out.model = read_text(member);
    if (key.text == "asked") out.asked = read_count(member);
    if (key.text == "first") out.first = read_count(member);
    if (key.text == "failed") out.failed = read_count(member);
    if (key.text == "cost_pico_usd") out.cost = read_cost(member);
  });
}

void read_session(Value& value, SessionFigures& out) {
  value.each_member([&](RawString key, Value& member) {
    if (key.text == "id") out.id = read_text(member);
    if (key.text == "key") out.key = read_text(member);
    if (key.text == "requests") out.requests = read_count(member);
    if (key.text == "prompt_tokens") out.prompt_tokens = read_count(member);
    if (key.text == "completion_tokens") out.completion_tokens = read_count(member);
    if (key.text == "cached_tokens") out.cached_tokens = read_count(member);
    if (key.text == "cost_pico_usd") out.cost = read_cost(member);
    if (key.text == "agents") read_texts(member, out.agents, kSessionAgentsMax);
    if (key.text == "first_ms") out.first_ms = read_count(member);
    if (key.text == "last_ms") out.last_ms = read_count(member);
  });
}

void read_names(Value& value, DashboardFigures& out) {
  value.each_member([&](RawString key, Value& member) {
    if (key.text == "models") read_texts(member, out.models_named, kDashboardNamesMax);
    if (key.text == "providers") read_texts(member, out.providers_named, kDashboardNamesMax);
    if (key.text == "keys") read_texts(member, out.keys_named, kDashboardNamesMax);
  });
}

void read_member(RawString key, Value& value, DashboardFigures& out) {
  if (key.text == "total") read_figures(value, out.total);
  if (key.text == "previous") read_figures(value, out.previous);
  if (key.text == "times") read_list<TimeFigures, read_time>(value, out.times, kDashboardDaysMax);
  if (key.text == "series") read_list<SeriesFigures, read_series>(value, out.series, kDashboardSeriesMax + 1);
  if (key.text == "models") read_list<ModelFigures, read_model>(value, out.models, kDashboardModelsMax);
  if (key.text == "models_left_off") out.models_left_off = read_count(value);
  if (key.text == "together") read_list<TogetherFigures, read_together>(value, out.together, kDashboardTogetherMax);
  if (key.text == "sessions") read_list<SessionFigures, read_session>(value, out.sessions, kDashboardSessionsMax);
  if (key.text == "names") read_names(value, out);
}

}  // namespace

bool UsageFigures::is_used() const {
  const auto is_not_zero = [](int64_t sum) { return sum != 0; };
  return std::any_of(sums.values.begin(), sums.values.end(), is_not_zero) || !cost.is_zero();
}

std::optional<DashboardFigures> read_dashboard_figures(std::string_view text) {
  const json::Buffer buffer(text);
  json::Reader reader;
  DashboardFigures figures;
  bool has_total = false;
  if (!reader.open(buffer)) return std::nullopt;
  reader.root().each_member([&](RawString key, Value& value) {
    has_total |= key.text == "total";
    read_member(key, value, figures);
  });
  if (!reader.finish() || !has_total) return std::nullopt;
  return figures;
}

}  // namespace onellm::gateway
