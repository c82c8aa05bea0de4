// Whether asking again may help once an upstream has failed, whom, and after how long. Pure functions;
// gateway/upstream/attempts.h follows them.
//
// The rule that keeps this honest: only what may have passed in a moment is asked of the same upstream
// again, and a wait that it names is obeyed or not begun at all.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/error.h"
#include "providers/provider.h"

namespace onellm::routing {

// A wait that an upstream names is sat out up to this; a longer one is the next target's chance, or the
// client's to see.
inline constexpr double kObeyedWaitMsMax = 2'000;

// How far the trouble of a failed attempt reaches, the furthest first.
enum class Outlook : uint8_t {
  kFinal,        // The request itself is at fault: everybody would refuse it.
  kOtherTarget,  // Asking the same upstream again would not help, any other may: a key, a permission or a model is
                 // missing, or money is.
  kPassing,      // It may be over in a moment.
};

// What a client may make of a failure, the least hopeful first.
enum class Hope : uint8_t {
  kNone,     // The request itself is at fault.
  kRefusal,  // Somebody has to mend a key, a permission, an account.
  kTrouble,  // It may be over when the client asks again.
  kBusy,     // It will be: a rate limit, an overload.
};

// What a reply says of asking again.
struct RetryAdvice {
  std::optional<bool> should_retry;  // x-should-retry.
  double wait_ms = 0;                // 0: not said.
};

// `headers` are those of a reply under the names that clients know; the error may name a wait itself.
[[nodiscard]] RetryAdvice read_advice(const std::vector<providers::Header>& headers, const Error& error, double now_ms);

[[nodiscard]] Outlook outlook_of(const Error& error, const RetryAdvice& advice, const providers::Kind& kind);

[[nodiscard]] Hope hope_of(const Error& error, Outlook outlook);

// How long to wait before an upstream is asked again that failed `since_ms` ago. Where it named no wait: a
// time that doubles with each retry; `random` spreads it, so that those who failed together do not come back
// together. Where it did: what is left of that, but no less than such a time, if it named as much.
[[nodiscard]] double wait_before_retry_ms(const RetryAdvice& advice, double since_ms, uint32_t retries_made,
                                          uint32_t random);

// For how long other places of the same model are asked first; 0: this failure says nothing of the place.
[[nodiscard]] double cooldown_ms(const Error& error, const RetryAdvice& advice);

}  // namespace onellm::routing
