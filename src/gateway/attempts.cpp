#include "gateway/attempts.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace onellm::gateway {

using routing::Outlook;

Attempts::Attempts(std::vector<Attempt> attempts, uint32_t retries)
    : attempts_(std::move(attempts)), order_(attempts_.size()), retries_max_(retries) {
  std::iota(order_.begin(), order_.end(), 0U);
}

bool Attempts::same_model(size_t one, size_t other) const {
  const routing::Target& first = attempts_[order_[one]].target;
  const routing::Target& second = attempts_[order_[other]].target;
  return first.asked == second.asked && first.provider->name == second.provider->name;
}

void Attempts::arrange(Cooldowns& cooldowns, double now_ms) {
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
  reach_ = std::max(reach_, outlook);
  if (outlook == Outlook::kPassing) {
    passing_ = at_;
    passing_advice_ = advice;
  } else if (passing_ == at_) {
    passing_.reset();
  }
  const bool all_asked = unasked_ == order_.size();
  const bool next_is_same_model = !all_asked && same_model(at_, unasked_);
  const bool other_may_recover = all_asked && passing_;
  if (!next_is_same_model && reach_ == Outlook::kOtherPlace && !other_may_recover) return std::nullopt;
  if (all_asked) return wait_for_retry(time_left_ms, random);
  if (!next_is_same_model) reach_ = Outlook::kFinal;
  at_ = unasked_++;
  return 0;
}

std::optional<double> Attempts::wait_for_retry(double time_left_ms, uint32_t random) {
  if (!passing_ || retries_left() == 0) return std::nullopt;
  const double wait_ms = routing::wait_before_retry_ms(passing_advice_, retries_made_, random);
  if (wait_ms >= time_left_ms) return std::nullopt;
  ++retries_made_;
  at_ = *passing_;
  return wait_ms;
}

}  // namespace onellm::gateway
