// Records calls and requests when they are over: as data points, in the ledger, and as a line of the log.
//
// Rule: This is the only place that does so. All three are made from the same records, so they cannot disagree.
#pragma once

#include "gateway/session/context.h"

namespace onellm::gateway {

// Call when the request is over, for whatever reason. Records its calls, or the request itself if it made no call.
void account_request(Context& context);

}  // namespace onellm::gateway
