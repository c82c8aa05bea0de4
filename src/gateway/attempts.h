// Whom a leg asks, in which order, and whom again.
//
// The targets are asked one after another without waiting, until one says that the request itself is at
// fault. A key that was revoked or a model that is gone is the target's own trouble, and no reason to stop:
// whoever writes `a|b` wants an answer, and x-onellm-provider tells whose it is. Only when none is left is
// one asked again that may be well by now, after a wait, and as often as the setting allows: of the last
// model of which there is hope. So a leg makes at most as many calls as it has targets, and retries.
//
// Targets that are the same model in several places are taken in turn by the requests, and those that
// were in trouble lately come last (cooldowns.h). Retries go round the places as well, in the order in
// which their rest ends.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dialects/dialect.h"
#include "gateway/cooldowns.h"
#include "routing/model_spec.h"
#include "routing/retry_policy.h"

namespace onellm::gateway {

// One way of a leg to its answer, prepared before anything is sent.
struct Attempt {
  routing::Target target;
  providers::Api api = {};  // Nothing where the target is the echo.
  dialects::EncodedRequest encoded;
};

class Attempts {
 public:
  // `attempts` is not empty.
  Attempts(std::vector<Attempt> attempts, uint32_t retries);

  // Puts the places of each model into the order of this request. To be called before anything is asked;
  // `cooldowns` must outlive this.
  void arrange(Cooldowns& cooldowns, double now_ms);

  [[nodiscard]] const Attempt& current() const { return attempts_[order_[at_]]; }

  // True while a failure of the current one may lead to another call.
  [[nodiscard]] bool more_possible() const { return unasked_ < order_.size() || retries_left() > 0; }

  // Chooses who is asked after the current one failed, and gives how long to wait before; nothing where
  // the failure is final, or where the wait would not end within `time_left_ms`.
  [[nodiscard]] std::optional<double> move_on(routing::Outlook outlook, const routing::RetryAdvice& advice,
                                              double time_left_ms, uint32_t random);

 private:
  [[nodiscard]] uint32_t retries_left() const { return retries_max_ - retries_made_; }
  // True where both are the same model in two places, or in one that was named twice.
  [[nodiscard]] bool same_model(size_t one, size_t other) const;
  void arrange_places(size_t from, size_t end, Cooldowns& cooldowns, double now_ms);
  [[nodiscard]] std::optional<double> wait_for_retry(double time_left_ms, uint32_t random);
  // Of order_: who is to be asked again; nothing where there is no hope.
  [[nodiscard]] std::optional<size_t> choose_retry() const;
  [[nodiscard]] double rests_until_ms(size_t place) const;

  // What became of an attempt when it was made last.
  struct Failure {
    bool may_pass = false;
    routing::RetryAdvice advice;
    uint32_t retries = 0;
  };

  std::vector<Attempt> attempts_;
  std::vector<uint32_t> order_;    // Indexes of attempts_.
  std::vector<Failure> failures_;  // By the same indexes as order_.
  size_t at_ = 0;                  // Of order_: who is being asked,
  size_t unasked_ = 1;             // and the first that was not asked yet.
  const Cooldowns* cooldowns_ = nullptr;
  const uint32_t retries_max_;
  uint32_t retries_made_ = 0;
};

}  // namespace onellm::gateway
