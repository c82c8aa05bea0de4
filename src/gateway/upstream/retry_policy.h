// Decides whether a retry may help after an upstream has failed, at which target, and after how long. Pure functions;
// gateway/upstream/attempts.h uses them.
//
// Rule: The same upstream is called again only if its failure may pass in a moment. A wait that it names is obeyed in
// full, or the retry is not made.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/error.h"
#include "providers/provider.h"

namespace onellm::gateway {

// The longest wait that a leg obeys before a retry. If an upstream names a longer one, the next target is called, or
// the client gets the failure.
inline constexpr double kObeyedWaitMsMax = 2'000;

// How many targets a failure affects, from most to fewest.
enum class Outlook : uint8_t {
  kFinal,        // The request itself is wrong: every target would refuse it.
  kOtherTarget,  // A retry at the same upstream would not help, but another target may: a key, a permission or a
                 // model is missing, or the account is empty.
  kPassing,      // The failure may pass in a moment.
};

// Whether the client may succeed later, from the least to the most hopeful.
enum class Hope : uint8_t {
  kNone,     // The request itself is wrong.
  kRefusal,  // A key, a permission or an account must be corrected first.
  kTrouble,  // A later request may succeed.
  kBusy,     // A later request should succeed: a rate limit or an overload.
};

// What a reply says about retries.
struct RetryAdvice {
  std::optional<bool> should_retry;  // x-should-retry.
  double wait_ms = 0;                // 0: no wait named.
};

// `headers` are those of a reply, under the names that clients know. The error may also name a wait.
[[nodiscard]] RetryAdvice read_advice(const std::vector<providers::Header>& headers, const Error& error, double now_ms);

[[nodiscard]] Outlook outlook_of(const Error& error, const RetryAdvice& advice, const providers::Kind& kind);

[[nodiscard]] Hope hope_of(const Error& error, Outlook outlook);

// The milliseconds to wait before the upstream that failed `since_ms` ago is called again. If it named no wait, this is
// a back-off: it doubles with each retry, and `random` spreads it so that clients do not retry all at once. If it named
// one: the rest of that wait, but at least the smaller one of the back-off and the named wait.
[[nodiscard]] double wait_before_retry_ms(const RetryAdvice& advice, double since_ms, uint32_t retries_made,
                                          uint32_t random);

// How long other places of the same model are called first; 0: the failure does not concern the place.
[[nodiscard]] double cooldown_ms(const Error& error, const RetryAdvice& advice);

}  // namespace onellm::gateway
