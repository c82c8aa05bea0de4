// The same sums as the ledger's, from the data points in Analytics Engine.
// https://developers.cloudflare.com/analytics/analytics-engine/sql-reference/
#pragma once

#include <string>
#include <string_view>

#include "gateway/usage/query.h"

namespace onellm::gateway {

// The text of a query whose answer usage_report() reads. Points that were sampled count for all that they stand
// for. Nothing of the client's gets into it but numbers that were checked; `dataset` is a word.
[[nodiscard]] std::string usage_sql(const UsageQuery& query, std::string_view dataset);

}  // namespace onellm::gateway
