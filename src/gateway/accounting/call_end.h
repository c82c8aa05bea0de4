// Makes the record of a call that is over: its usage and its cost, from the report of its leg.
#pragma once

#include "gateway/accounting/call_record.h"
#include "gateway/chat/reports/leg_report.h"
#include "gateway/session/context.h"

namespace onellm::gateway {

// True if the provider did nothing that it could charge for: it refused the request, or was not reached.
[[nodiscard]] bool is_free(const Error& error);

// The status that describes the outcome to the client: the leg's own status, which can differ from the upstream's.
[[nodiscard]] int outcome_status(const LegReport& report);

// The code of an error in a form that may be recorded: small letters and digits, never text chosen by a provider.
[[nodiscard]] std::string recorded_code(const Error& error);

// Adds the call described by `report` to the request's account. Adds the call's time and cost to the report.
void end_call(size_t leg, LegReport& report, const providers::Provider& provider, Outcome outcome, Context& context);

}  // namespace onellm::gateway
