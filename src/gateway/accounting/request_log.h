// Lines for the console, each one JSON object, so that `wrangler tail` and Workers Logs can search them.
//
// Rule: Names, numbers and codes alone. What was asked and answered stands in a line
// only where ONELLM_LOG_BODIES says so, and then without the credentials that the gateway knows.
#pragma once

#include <string_view>

#include "gateway/session/context.h"

namespace onellm::gateway {

// The line of a request that is over, if the level of the settings wants it.
void log_request(Context& context);

// Something wrong with the deployment, which it would be good to know of.
void log_warning(Context& context, std::string_view message);

}  // namespace onellm::gateway
