// Reports the legs to the client: headers of the reply, a member of the answer, and the error if all of them failed.
#pragma once

#include <string>
#include <vector>

#include "dialects/client_dialect.h"
#include "gateway/chat/reports/leg_report.h"
#include "gateway/http/head.h"
#include "gateway/session/context.h"

namespace onellm::gateway {

using LegReports = std::vector<const LegReport*>;

// Adds x-onellm-provider, -model, -attempts, -upstream-status and -dropped. For a single leg it also adds the headers
// that pass from the upstream.
void add_leg_headers(HeadWriter& head, const LegReports& reports, const Context& context);

// Adds retry-after and retry-after-ms when no leg gave an answer: the longest time that any of them named. Does nothing
// for a single leg, whose own headers pass.
void add_retry_headers(HeadWriter& head, const LegReports& reports, double now_ms);

// The raw member with the report of all legs, in the client's dialect.
[[nodiscard]] std::string legs_member(const LegReports& reports, const dialects::ClientDialect& client, double now_ms);

// The error if no leg gave an answer. For a single leg it is its own error. For several it has their common status, or
// 502 if they differ, and the report of the legs in its `extra`.
[[nodiscard]] Error common_error(const LegReports& reports, const dialects::ClientDialect& client);

// The total cost of the legs in US dollars, including failed calls. `unknown_word` if the cost of any leg is unknown.
[[nodiscard]] std::string total_cost(const LegReports& reports, std::string_view unknown_word);

}  // namespace onellm::gateway
