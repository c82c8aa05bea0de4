// What the calls of a request with several legs say about its models: which was asked, which was first, which failed.
#pragma once

#include <vector>

#include "gateway/accounting/call_record.h"

namespace onellm::gateway {

// Fills in CallRecord::together of the calls of one request. Requires all of its calls, in the order in which they
// ended.
void compare_legs(std::vector<CallRecord>& calls);

}  // namespace onellm::gateway
