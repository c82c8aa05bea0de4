// Whom a leg asks, in which order, and whom again.
//
// 1. The targets are asked one after another without waiting. A key that was revoked or a model that is
//    gone is the target's own trouble, and no reason to stop: whoever writes `a|b` wants an answer, and
//    x-onellm-provider tells whose it is.
// 2. One that says that the request itself is at fault ends it, unless another model only was in trouble
//    before: that may take what this one does not, a longer prompt. When the gateway itself has no memory for the
//    reply (kBusy), that ends it in any case: nobody else is asked.
// 3. When all were asked, one is asked again that may be well by now, after a wait, and as often as the setting
//    allows: of the last model of which there is hope in the time left. So a leg makes at most as many calls
//    as it has targets, and retries.
// 4. When it is over, the client is told the failure of which there is most hope (retry_policy.h), by what
//    each target said last: after a rate limit and a key that was refused, to wait and not to give up.
//
// A call that is made once more without a part that was refused (amendment.h) is none of these: it is the same try.
//
// Targets that are the same model in several places are taken in turn by the requests, and those that
// were in trouble lately come last (cooldowns.h). Retries go round the places as well, in the order in
// which their rest ends.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dialects/dialect.h"
#include "gateway/chat/amendment.h"
#include "gateway/upstream/cooldowns.h"
#include "gateway/upstream/retry_policy.h"
#include "routing/model_spec.h"

namespace onellm::gateway {

// One way of a leg to its answer, prepared before anything is sent.
struct Attempt {
  routing::Target target;
  providers::Api api = {};               // Nothing where the target is the echo.
  dialects::EncodeOptions options = {};  // That `encoded` was made with, but for the amendment.
  Amendment amendment = {};
  dialects::EncodedRequest encoded = {};
  // The client's Idempotency-Key stands for one body: that of a lone leg's first target.
  bool has_idempotency_key = false;
};

// How a call failed: what the client is told of it, and what it means for the calls to come.
struct Failure {
  Error error;
  int upstream_status = 0;
  std::vector<providers::Header> passed_headers;
  routing::Outlook outlook = routing::Outlook::kFinal;
  routing::RetryAdvice advice;
  double at_ms = 0;
};

class Attempts {
 public:
  // `attempts` is not empty.
  Attempts(std::vector<Attempt> attempts, uint32_t retries);

  // Puts the places of each model into the order of this request. To be called before anything is asked;
  // `cooldowns` must outlive this.
  void arrange(Cooldowns& cooldowns, double now_ms);

  [[nodiscard]] const Attempt& current() const { return attempts_[order_[at_]]; }
  [[nodiscard]] Attempt& current() { return attempts_[order_[at_]]; }

  // True where there is one target alone. Its deadlines are final, though other failures may be tried again.
  [[nodiscard]] bool single() const { return order_.size() == 1; }

  // True where the current one's model is in another place as well, which may be asked first the next time.
  [[nodiscard]] bool has_other_place() const;

  // True while a failure of the current one may lead to another call.
  [[nodiscard]] bool more_possible() const { return unasked_ < order_.size() || retries_left() > 0; }

  // Chooses who is asked after the current one failed, and gives how long to wait before. Nothing: it is
  // over, and current() and failure() are what the client is told.
  [[nodiscard]] std::optional<double> move_on(Failure failure, double time_left_ms, uint32_t random);

  // Of the current one, when it was asked last.
  [[nodiscard]] const Failure& failure() const { return failures_[at_]; }

 private:
  [[nodiscard]] uint32_t retries_left() const { return retries_max_ - retries_made_; }
  // True where both are the same model in two places, or in one that was named twice.
  [[nodiscard]] bool same_model(size_t one, size_t other) const;
  void arrange_places(size_t from, size_t end, Cooldowns& cooldowns, double now_ms);
  // True where the current one refused what another model may take.
  [[nodiscard]] bool other_model_has_hope() const;
  [[nodiscard]] std::optional<double> wait_for_retry(double time_left_ms, uint32_t random);
  // How long to wait before `place` is asked again; nothing where that would not help, or not in time.
  [[nodiscard]] std::optional<double> wait_for(size_t place, double time_left_ms, uint32_t random) const;
  [[nodiscard]] double rests_until_ms(size_t place) const;
  [[nodiscard]] size_t most_hopeful() const;

  std::vector<Attempt> attempts_;
  // Places are indexes of these three.
  std::vector<uint32_t> order_;    // Indexes of attempts_.
  std::vector<Failure> failures_;  // What became of it when it was asked last,
  std::vector<uint32_t> retries_;  // and how often it was asked again.
  size_t at_ = 0;                  // The place that is being asked,
  size_t unasked_ = 1;             // and the first that was not asked yet.
  const Cooldowns* cooldowns_ = nullptr;
  const uint32_t retries_max_;
  uint32_t retries_made_ = 0;
};

}  // namespace onellm::gateway
