// How an upstream call failed: what the client gets, and what it means for further calls.
//
// Rule: A provider's error reaches the client only without its credentials.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "gateway/upstream/retry_policy.h"
#include "providers/provider.h"

namespace onellm::gateway {

struct Failure {
  Error error;  // Without credentials.
  int upstream_status = 0;
  std::vector<providers::Header> passed_headers;
  std::string body = {};        // Of the reply, without credentials, for a client that gets it unchanged; else empty.
  std::string request_id = {};  // The provider's own id of the request.
  Outlook outlook = Outlook::kFinal;
  RetryAdvice advice;
  double cooldown_ms = 0;  // How long other places of the model are called first.
  double at_ms = 0;
};

// `error` as the provider reported it. `upstream_status`: of its reply; 0: there was none. `passed_headers`: of that
// reply, under the names that clients know. The wait that the error names is added to them.
[[nodiscard]] Failure failure_of(const Error& error, const providers::Provider& provider, int upstream_status,
                                 std::vector<providers::Header> passed_headers, double now_ms);

// The credentials of a provider, as views into it.
[[nodiscard]] std::vector<std::string_view> secrets_of(const providers::Provider& provider);

// True if one of them stands in the text.
[[nodiscard]] bool holds_secret(std::string_view text, const providers::Provider& provider);

// Removes the headers of a provider's reply with such a value.
void remove_secrets(std::vector<providers::Header>& headers, const providers::Provider& provider);

// Removes the provider's credentials from its error message, because providers sometimes quote them.
[[nodiscard]] Error redacted(Error error, const providers::Provider& provider);

// The error when `what` did not come within `timeout_ms`. Its message names `setting`, which changes the timeout.
[[nodiscard]] Error timed_out(const std::string& leg, const char* what, uint32_t timeout_ms, const char* setting);

}  // namespace onellm::gateway
