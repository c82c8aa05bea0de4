// The order in which a call asks its targets: fallbacks and retries. Depends on retry_policy.h (what a failure means)
// and cooldowns.h (which places had failures lately). A place is one of several hosts of the same model, for example a
// resource of Azure.
//
// Rules:
// 1. The targets are called one after another without waiting. A revoked key or a missing model does not stop this: the
//    client wrote `a|b` to get an answer, and x-onellm-provider shows which target gave it.
// 2. A target that reports an error in the request itself ends the call. Exception: another model has failed before for
//    another reason, and may accept what this one refuses, such as a longer prompt. If the gateway itself has no memory
//    for the reply (kBusy), the call ends in any case, and no other target is called.
// 3. After all targets failed, one is retried, after a wait, as often as the setting allows. It is the last model in
//    the list whose failure may pass in the time left. So at most as many calls as it has targets and
//    retries together.
// 4. When the leg ends without an answer, the client gets the most retryable failure (hope_of in retry_policy.h) among
//    the last failure of each target. Example: after a rate limit and a refused key, the client gets the rate limit.
//    Then it knows that a retry makes sense.
//
// A repeated call without a refused part (amendment.h) does not count as one of these: it belongs to the same try.
//
// Requests take the places of one model in turn. Places that had failures lately come last. Retries also go through the
// places, in the order in which their rest ends.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gateway/upstream/cooldowns.h"
#include "gateway/upstream/errors.h"
#include "routing/model_spec.h"

namespace onellm::gateway {

class Attempts {
 public:
  // `targets` must outlive it and not be empty.
  Attempts(std::vector<const routing::Target*> targets, uint32_t retries);

  // Sorts the places of each model for this request. Call it before the first call. `cooldowns` must outlive this
  // object.
  void arrange(Cooldowns& cooldowns, double now_ms);

  // The index of the target whose turn it is.
  [[nodiscard]] size_t current() const { return order_[at_]; }
  [[nodiscard]] const routing::Target& target() const { return target_at(at_); }

  // True if there is only one target. Its timeouts are final; other failures may still be retried.
  [[nodiscard]] bool single() const { return order_.size() == 1; }

  // True if the current target's model has another place, which may be called first the next time.
  [[nodiscard]] bool has_other_place() const;

  // True while a failure of the current target may lead to another call.
  [[nodiscard]] bool more_possible() const { return unasked_ < order_.size() || retries_left() > 0; }

  // Chooses the next target after the current one failed, and returns the milliseconds to wait before its call.
  // Nothing: the call is over, and the client gets current() and failure().
  [[nodiscard]] std::optional<double> move_on(Failure failure, double time_left_ms, uint32_t random);

  // The last failure of the current target.
  [[nodiscard]] const Failure& failure() const { return failures_[at_]; }

 private:
  [[nodiscard]] const routing::Target& target_at(size_t place) const { return *targets_[order_[place]]; }
  [[nodiscard]] uint32_t retries_left() const { return retries_max_ - retries_made_; }
  // True if both are the same model, in two places or in one that was named twice.
  [[nodiscard]] bool same_model(size_t one, size_t other) const;
  void arrange_places(size_t from, size_t end, Cooldowns& cooldowns, double now_ms);
  // True if another model may accept what the current target refused.
  [[nodiscard]] bool other_model_has_hope() const;
  [[nodiscard]] std::optional<double> wait_for_retry(double time_left_ms, uint32_t random);
  // The milliseconds to wait before `place` is called again. Nothing if that would not help, or would be too late.
  [[nodiscard]] std::optional<double> wait_for(size_t place, double time_left_ms, uint32_t random) const;
  [[nodiscard]] double rests_until_ms(size_t place) const;
  [[nodiscard]] size_t most_hopeful() const;

  std::vector<const routing::Target*> targets_;
  // A place is an index of these three.
  std::vector<uint32_t> order_;    // Indexes of targets_, in the order of calls.
  std::vector<Failure> failures_;  // The last failure of each place.
  std::vector<uint32_t> retries_;  // How often each place was retried.
  size_t at_ = 0;                  // The place that is being called.
  size_t unasked_ = 1;             // The first place that was not called yet.
  const Cooldowns* cooldowns_ = nullptr;
  const uint32_t retries_max_;
  uint32_t retries_made_ = 0;
};

}  // namespace onellm::gateway
