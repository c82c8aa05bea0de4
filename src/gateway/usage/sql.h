// The query that computes the ledger's sums from the data points in Analytics Engine.
// https://developers.cloudflare.com/analytics/analytics-engine/sql-reference/
#pragma once

#include <string>
#include <string_view>

#include "gateway/usage/query.h"

namespace onellm::gateway {

// The text of a query whose reply usage_report() reads. A sampled point counts for all points that it represents. Of
// the client's input it contains only checked numbers; `dataset` is one word, and so is the id of a key.
[[nodiscard]] std::string usage_sql(const UsageQuery& query, std::string_view dataset);

}  // namespace onellm::gateway
