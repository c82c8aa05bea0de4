#include "gateway/attempts.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace onellm::gateway {

using routing::Outlook;

Attempts::Attempts(std::vector<Attempt> attempts, uint32_t retries)
    : attempts_(std::move(attempts)), order_(attempts_.size()), failures_(attempts_.size()), retries_max_(retries) {
  std::iota(order_.begin(), order_.end(), 0U);
}

bool Attempts::same_model(size_t one, size_t other) const {
  const routing::Target& first = attempts_[order_[one]].target;
  const routing::Target& second = attempts_[order_[other]].target;
  return first.asked == second.asked && first.provider->name == second.provider->name;
}

void Attempts::arrange(Cooldowns& cooldowns, double now_ms) {
  cooldowns_ = &cooldowns;
  for (size_t from = 0, end = 0; from < order_.size(); from = end) {
    for (end = from + 1; end < order_.size() && same_model(from, end);) ++end;
    if (end - from > 1) arrange_places(from, end, cooldowns, now_ms);
  }
}

void Attempts::arrange_places(size_t from, size_t end, Cooldowns& cooldowns, double now_ms) {
  const routing::Target& first = attempts_[order_[from]].target;
  const size_t turn = cooldowns.take_turn(*first.provider, first.model) % (end - from);
  // Those that rest go behind the others, the one that will be up soonest first.
  std::vector<std::pair<double, uint32_t>> places;
  for (size_t i = 0; i < end - from; ++i) {
    const uint32_t attempt = order_[from + (turn + i) % (end - from)];
    const routing::Target& place = attempts_[attempt].target;
    const double until_ms = cooldowns.rests_until_ms(*place.provider, place.model, now_ms);
    const auto is_earlier = [](double one_ms, const auto& other) { return one_ms < other.first; };
    places.insert(std::upper_bound(places.begin(), places.end(), until_ms, is_earlier), {until_ms, attempt});
  }
  for (size_t i = 0; i < places.size(); ++i) order_[from + i] = places[i].second;
}

std::optional<double> Attempts::move_on(Outlook outlook, const routing::RetryAdvice& advice, double time_left_ms,
                                        uint32_t random) {
  if (outlook == Outlook::kFinal || time_left_ms <= 0) return std::nullopt;
  failures_[at_].may_pass = outlook == Outlook::kPassing;
  failures_[at_].advice = advice;
  if (unasked_ == order_.size()) return wait_for_retry(time_left_ms, random);
  at_ = unasked_++;
  return 0;
}

std::optional<double> Attempts::wait_for_retry(double time_left_ms, uint32_t random) {
  const std::optional<size_t> again = retries_left() == 0 ? std::nullopt : choose_retry();
  if (!again) return std::nullopt;
  Failure& failure = failures_[*again];
  const double wait_ms = routing::wait_before_retry_ms(failure.advice, retries_made_, random);
  if (wait_ms >= time_left_ms) return std::nullopt;
  ++retries_made_;
  ++failure.retries;
  at_ = *again;
  return wait_ms;
}

std::optional<size_t> Attempts::choose_retry() const {
  std::optional<size_t> best;
  for (size_t i = order_.size(); i-- > 0;) {
    if (!failures_[i].may_pass || (best && !same_model(i, *best))) continue;
    const auto rank = [this](size_t place) { return std::pair(failures_[place].retries, rests_until_ms(place)); };
    if (!best || rank(i) <= rank(*best)) best = i;  // Of equals the first.
  }
  return best;
}

// When the rest ends that its failure gave it: a time of the past counts as well.
double Attempts::rests_until_ms(size_t place) const {
  constexpr double kAnyTimeMs = 0;
  const routing::Target& target = attempts_[order_[place]].target;
  return cooldowns_ == nullptr ? 0 : cooldowns_->rests_until_ms(*target.provider, target.model, kAnyTimeMs);
}

}  // namespace onellm::gateway
