// The one place where calls and requests are written down, once they are over: as data points, in the ledger,
// and as a line of the log. All three tell of the same records, so they cannot disagree.
#pragma once

#include "gateway/session/context.h"

namespace onellm::gateway {

// The request is over, whatever became of it: writes down its calls or, where it made none, itself.
void account_request(Context& context);

}  // namespace onellm::gateway
