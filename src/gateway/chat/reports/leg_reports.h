// What the client is told about legs: headers of the reply, `onellm.legs[]`, and the error when all of
// them failed.
#pragma once

#include <string>
#include <vector>

#include "gateway/chat/reports/leg_report.h"
#include "gateway/http/head.h"

namespace onellm::gateway {

using LegReports = std::vector<const LegReport*>;

// Adds x-onellm-provider, -model, -attempts, -upstream-status, -dropped and what of the upstream's
// headers passes.
void add_leg_headers(HeadWriter& head, const LegReports& reports);

// Adds when to try again, where no leg gave an answer: the longest time that any of them named, in both forms.
void add_retry_headers(HeadWriter& head, const LegReports& reports, double now_ms);

// The raw member `"onellm":{"legs":[…]}`.
[[nodiscard]] std::string legs_member(const LegReports& reports, double now_ms);

// The error for a request of which no leg gave an answer. Of one leg its own; of several the status
// they have in common, else 502, with `legs` beside the four keys.
[[nodiscard]] Error common_error(const LegReports& reports);

// What the legs cost together, those of their calls that failed too: a number in US dollars, or `unknown_word` where
// it is not known of all.
[[nodiscard]] std::string total_cost(const LegReports& reports, std::string_view unknown_word);

}  // namespace onellm::gateway
