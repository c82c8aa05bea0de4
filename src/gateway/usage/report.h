// Writes the reply of GET /v1/admin/usage. It has the same form for both sources of the sums.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "gateway/usage/query.h"

namespace onellm::gateway {

// `rows` is JSON with an array `data` of objects. Each has the query's groups and the sums of sums.h under their names;
// numbers may be text, and hours and days count from 1970. This is the format of the ledger object's reply, and of
// Analytics Engine's reply to usage_sql(). `source` is shown to the client.
[[nodiscard]] Result<std::string> usage_report(std::string_view rows, const UsageQuery& query, std::string_view source);

}  // namespace onellm::gateway
