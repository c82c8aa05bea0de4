// The answer of GET /v1/admin/usage, in one shape wherever the sums come from.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "gateway/usage/query.h"

namespace onellm::gateway {

// `rows` is JSON with an array `data` of objects: the query's groups and the sums of sums.h by their
// names, numbers as numbers or as text; hours and days counted from 1970. So answers the ledger object, and
// Analytics Engine to usage_sql(). `source` is told to the client.
[[nodiscard]] Result<std::string> usage_report(std::string_view rows, const UsageQuery& query, std::string_view source);

}  // namespace onellm::gateway
