// What the ledger's object answers for the dashboard (its method `dashboard`), read into structs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/usage/dashboard/page_sums.h"
#include "gateway/usage/dashboard/query.h"
#include "gateway/usage/latencies.h"
#include "gateway/usage/row_values.h"
#include "gateway/usage/sums.h"

namespace onellm::gateway {

// The sums of calls. kCostPicoUsd and kCacheSavedPicoUsd are not in the tables: such sums may be larger than 64 bits.
struct UsageFigures {
  UsageSums sums;
  PageSums page_sums;
  UsageCost cost;
  SignedCost cache_saved;
  Latencies latencies;

  // False: nothing of it is known to the view without the dashboard's sums.
  [[nodiscard]] bool is_used() const;
};

struct TimeFigures {
  int64_t time = 0;  // The step since 1970.
  int64_t requests = 0;
  int64_t errors = 0;
  Latencies latencies;
};

struct SeriesFigures {
  struct Point {
    int64_t time = 0;
    UsageCost cost;
    int64_t requests = 0;
  };
  std::string name;
  std::vector<Point> points;
};

struct ModelFigures {
  std::string model;
  std::string provider;
  UsageFigures figures;
};

struct TogetherFigures {
  std::string model;
  int64_t asked = 0;
  int64_t first = 0;
  int64_t failed = 0;
  UsageCost cost;
};

struct SessionFigures {
  std::string id;
  std::string key;
  int64_t requests = 0;
  int64_t prompt_tokens = 0;
  int64_t completion_tokens = 0;
  int64_t cached_tokens = 0;
  UsageCost cost;
  std::vector<std::string> agents;
  int64_t first_ms = 0;
  int64_t last_ms = 0;
};

struct DashboardFigures {
  UsageFigures total;
  UsageFigures previous;
  std::vector<TimeFigures> times;
  std::vector<SeriesFigures> series;
  std::vector<ModelFigures> models;
  int64_t models_left_off = 0;
  std::vector<TogetherFigures> together;
  std::vector<SessionFigures> sessions;
  std::vector<std::string> models_named;
  std::vector<std::string> providers_named;
  std::vector<std::string> keys_named;
};

// Names are those of the ledger: "" is a name. Of each list as many are read as the limits allow. Nothing: the text is
// no such answer.
[[nodiscard]] std::optional<DashboardFigures> read_dashboard_figures(std::string_view text);

}  // namespace onellm::gateway
