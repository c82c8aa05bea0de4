// Log lines for the console. Each is one JSON object, so that `wrangler tail` and Workers Logs can search them.
//
// Rule: Only names, numbers and codes. The text of requests and answers is included only if ONELLM_LOG_BODIES is set,
// and then without the credentials that the gateway knows.
#pragma once

#include <string_view>

#include "gateway/session/context.h"

namespace onellm::gateway {

// Logs a request that is over, if the log level of the settings includes it.
void log_request(Context& context);

// Logs a problem of the deployment that its operator should know.
void log_warning(Context& context, std::string_view message);

}  // namespace onellm::gateway
