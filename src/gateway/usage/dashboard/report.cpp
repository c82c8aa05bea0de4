#include "gateway/usage/dashboard/report.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/time/rfc3339.h"
#include "json/writer.h"

namespace onellm::gateway {

namespace {

constexpr double kMedian = 50;
constexpr double kMostOfAll = 95;

std::string time_text(int64_t ms) { return format_rfc3339(std::clamp(ms, int64_t{0}, kYear10000Ms - 1)); }

void append_percentile(std::string& out, const Latencies& latencies, double percent) {
  const std::optional<int64_t> ms = percentile_ms(latencies, percent);
  out += ms ? std::to_string(*ms) : "null";
}

// With one decimal; null: no call was timed.
std::string speed(const PageSums& sums) {
  static constexpr double kMsOfSecond = 1000;
  const auto ms = static_cast<double>(sums[PageSum::kTimedMs]);
  if (ms <= 0) return "null";
  const double tenths = std::round(10 * kMsOfSecond * static_cast<double>(sums[PageSum::kTimedTokens]) / ms);
  const auto whole = static_cast<int64_t>(std::min(tenths, 9e15));
  return std::to_string(whole / 10) + "." + std::to_string(whole % 10);
}

void write_figures(json::ObjectWriter& object, const UsageFigures& figures) {
  write_sums(object, figures.sums, figures.cost);
  object.begin("cache_saved_usd") += figures.cache_saved.text();
  append_percentile(object.begin("first_token_p50_ms"), figures.latencies, kMedian);
  append_percentile(object.begin("first_token_p95_ms"), figures.latencies, kMostOfAll);
  object.begin("tokens_per_second") += speed(figures.page_sums);
}

void write_figures(json::ObjectWriter& report, std::string_view name, const UsageFigures& figures) {
  json::ObjectWriter object(report.begin(name));
  write_figures(object, figures);
}

// The items of a list by the place of their time in the range; null: there is none. Items without a place are left out.
template <typename Item>
std::vector<const Item*> by_time(const std::vector<Item>& items, const DashboardQuery& query) {
  std::vector<const Item*> places(static_cast<size_t>(query.to - query.from), nullptr);
  for (const Item& item : items) {
    if (item.time >= query.from && item.time < query.to) places[static_cast<size_t>(item.time - query.from)] = &item;
  }
  return places;
}

// Writes an array with a value for each place. `append` gets an item, or null.
template <typename Item, typename Append>
void write_places(json::ObjectWriter& object, std::string_view name, const std::vector<const Item*>& places,
                  Append append) {
  json::ArrayWriter array(object.begin(name));
  for (const Item* item : places) append(array.next(), item);
}

template <typename Item>
void write_counts(json::ObjectWriter& object, std::string_view name, const std::vector<const Item*>& places,
                  int64_t Item::*count) {
  write_places(object, name, places, [count](std::string& out, const Item* item) {
    json::append_integer(out, item == nullptr ? 0 : item->*count);
  });
}

void write_times(json::ObjectWriter& report, const DashboardFigures& figures, const DashboardQuery& query) {
  {
    json::ArrayWriter times(report.begin("times"));
    for (int64_t time = query.from; time < query.to; ++time) {
      json::append_integer(times.next(), time * query.step_ms() / 1000);
    }
  }
  const std::vector<const TimeFigures*> places = by_time(figures.times, query);
  json::ObjectWriter object(report.begin("over_time"));
  write_counts(object, "requests", places, &TimeFigures::requests);
  write_counts(object, "errors", places, &TimeFigures::errors);
  for (const auto& [name, percent] :
       {std::pair("first_token_p50_ms", kMedian), std::pair("first_token_p95_ms", kMostOfAll)}) {
    write_places(object, name, places, [percent = percent](std::string& out, const TimeFigures* at) {
      append_percentile(out, at == nullptr ? Latencies{} : at->latencies, percent);
    });
  }
}

void write_series(json::ObjectWriter& report, const DashboardFigures& figures, const DashboardQuery& query) {
  using Point = SeriesFigures::Point;
  json::ArrayWriter array(report.begin("series"));
  for (const SeriesFigures& series : figures.series) {
    const std::vector<const Point*> places = by_time(series.points, query);
    json::ObjectWriter object(array.next());
    object.add_plain("name", shown_name(query.series, series.name));
    write_places(object, "cost_usd", places,
                 [](std::string& out, const Point* point) { out += point == nullptr ? "0" : point->cost.text(); });
    write_counts(object, "requests", places, &Point::requests);
  }
}

// A row may have nothing but how its model compares with others: that stands under `together`.
void write_models(json::ObjectWriter& report, const DashboardFigures& figures) {
  {
    json::ArrayWriter models(report.begin("models"));
    for (const ModelFigures& row : figures.models) {
      if (!row.figures.is_used()) continue;
      json::ObjectWriter object(models.next());
      object.add_plain("model", shown_name(SeriesKind::kModel, row.model));
      object.add_plain("provider", shown_name(SeriesKind::kProvider, row.provider));
      write_figures(object, row.figures);
    }
  }
  report.add("models_left_off", figures.models_left_off);
  json::ArrayWriter together(report.begin("together"));
  for (const TogetherFigures& row : figures.together) {
    json::ObjectWriter object(together.next());
    object.add_plain("model", shown_name(SeriesKind::kModel, row.model));
    object.add("asked", row.asked);
    object.add("first", row.first);
    object.add("failed", row.failed);
    object.begin("cost_usd") += row.cost.text();
  }
}

void write_sessions(json::ObjectWriter& report, const DashboardFigures& figures, const DashboardQuery& query,
                    const KeyAliases& aliases) {
  json::ArrayWriter sessions(report.begin("sessions"));
  for (const SessionFigures& session : figures.sessions) {
    json::ObjectWriter object(sessions.next());
    object.add_plain("id", session.id);
    if (query.own_key.empty()) {
      object.add_plain("key", session.key);
      if (const auto alias = aliases.find(session.key); alias != aliases.end()) {
        object.add_plain("key_alias", alias->second);
      }
    }
    object.add("requests", session.requests);
    object.add("prompt_tokens", session.prompt_tokens);
    object.add("completion_tokens", session.completion_tokens);
    object.add("cached_tokens", session.cached_tokens);
    object.begin("cost_usd") += session.cost.text();
    {
      json::ArrayWriter agents(object.begin("agents"));
      for (const std::string& agent : session.agents) json::quote_to(agents.next(), agent);
    }
    object.add_plain("first_at", time_text(session.first_ms));
    object.add_plain("last_at", time_text(session.last_ms));
  }
}

void write_texts(json::ObjectWriter& object, SeriesKind kind, std::string_view name,
                 const std::vector<std::string>& texts) {
  json::ArrayWriter array(object.begin(name));
  for (const std::string& text : texts) json::quote_to(array.next(), shown_name(kind, text));
}

void write_names(json::ObjectWriter& report, const DashboardFigures& figures, const DashboardQuery& query,
                 const KeyAliases& aliases) {
  json::ObjectWriter names(report.begin("names"));
  write_texts(names, SeriesKind::kModel, "models", figures.models_named);
  write_texts(names, SeriesKind::kProvider, "providers", figures.providers_named);
  json::ArrayWriter keys(names.begin("keys"));
  if (!query.own_key.empty()) return;
  for (const std::string& id : figures.keys_named) {
    const auto alias = aliases.find(id);
    json::ObjectWriter key(keys.next());
    key.add_plain("id", shown_name(SeriesKind::kKey, id));
    key.add_plain("alias", alias == aliases.end() ? std::string_view() : alias->second);
  }
}

}  // namespace

std::string dashboard_report(const DashboardFigures& figures, const DashboardQuery& query, const KeyParts& keys) {
  std::string out;
  {
    json::ObjectWriter report(out);
    report.add_plain("object", "usage.dashboard");
    report.add_plain("source", "ledger");
    report.add_plain("scope", query.own_key.empty() ? "all" : "key");
    report.add_plain("from", time_text(query.from * query.step_ms()));
    report.add_plain("to", time_text(query.to * query.step_ms()));
    report.add_plain("step", to_string(query.step));
    report.add_plain("series_by", to_string(query.series));
    write_figures(report, "total", figures.total);
    write_figures(report, "previous", figures.previous);
    write_times(report, figures, query);
    write_series(report, figures, query);
    write_models(report, figures);
    write_sessions(report, figures, query, keys.aliases);
    write_names(report, figures, query, keys.aliases);
    if (query.own_key.empty()) report.begin("keys") += keys.keys.empty() ? "null" : keys.keys;
    if (!keys.own_key.empty()) report.begin("own_key") += keys.own_key;
  }
  return out;
}

}  // namespace onellm::gateway
