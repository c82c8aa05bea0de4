// The record of a call that is over: what it used and what that costs, by what its leg was told.
#pragma once

#include "gateway/accounting/call_record.h"
#include "gateway/chat/reports/leg_report.h"
#include "gateway/session/context.h"

namespace onellm::gateway {

// The status that a client may call an outcome: the leg's own, not always the upstream's.
[[nodiscard]] int outcome_status(const LegReport& report);

// The code of an error as it may be written down: small letters and digits, never words that a provider chose freely.
[[nodiscard]] std::string recorded_code(const Error& error);

// Adds the call that `report` tells of to the request's account, and its time and cost to the report.
void end_call(size_t leg, LegReport& report, const providers::Provider& provider, Outcome outcome, Context& context);

}  // namespace onellm::gateway
