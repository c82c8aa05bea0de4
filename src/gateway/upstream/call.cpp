#include "gateway/upstream/call.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "gateway/upstream/errors.h"

namespace onellm::gateway {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

}  // namespace

UpstreamCall::UpstreamCall(UpstreamPlan plan, Context& context)
    : UpstreamFetch(plan.name, plan.deadlines, context),
      answer_(plan.deadlines.answer),
      answer_wanted_by_ms_(answer_.ms == 0 ? kNever : plan.began_ms + answer_.ms),
      attempts_(std::move(plan.targets), plan.retries) {}

void UpstreamCall::start() { attempts_.arrange(*context().cooldowns, context().now_ms); }

UpstreamStep UpstreamCall::move_on(Failure failure) {
  const double now_ms = context().now_ms;
  const routing::Target& target = attempts_.target();
  if (failure.cooldown_ms > 0 && attempts_.has_other_place()) {
    context().cooldowns->rest(*target.provider, target.model, now_ms + failure.cooldown_ms, now_ms);
  }
  const std::optional<double> wait_ms =
      attempts_.move_on(std::move(failure), answer_wanted_by_ms_ - now_ms, context().random.next());
  if (!wait_ms) return UpstreamStep::kGaveUp;
  if (*wait_ms == 0) return UpstreamStep::kDue;
  due_ms_ = now_ms + *wait_ms;
  return UpstreamStep::kNothing;
}

double UpstreamCall::deadline_ms() const {
  if (due_ms_ != 0) return due_ms_;
  if (!under_way()) return kNever;
  return std::min(UpstreamFetch::deadline_ms(), has_answer_ ? kNever : answer_wanted_by_ms_);
}

UpstreamStep UpstreamCall::on_time(bool client_is_ahead) {
  if (context().now_ms < deadline_ms()) return UpstreamStep::kNothing;
  if (std::exchange(due_ms_, 0) != 0) return UpstreamStep::kDue;
  if (has_answer_ || in_time()) return UpstreamFetch::on_time(client_is_ahead);
  return cut(timed_out(std::string(name()), "no answer", answer_.ms, answer_.setting));
}

void UpstreamCall::note_answer() {
  has_answer_ = true;
  UpstreamFetch::note_answer();
}

bool UpstreamCall::cancel() {
  due_ms_ = 0;
  return UpstreamFetch::cancel();
}

}  // namespace onellm::gateway
