#include "gateway/upstream/attempts.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace onellm::gateway {

Attempts::Attempts(std::vector<const routing::Target*> targets, uint32_t retries)
    : targets_(std::move(targets)),
      order_(targets_.size()),
      failures_(targets_.size()),
      retries_(targets_.size()),
      retries_max_(retries) {
  std::iota(order_.begin(), order_.end(), 0U);
}

bool Attempts::same_model(size_t one, size_t other) const {
  const routing::Target& first = target_at(one);
  const routing::Target& second = target_at(other);
  return first.asked == second.asked && first.provider->name == second.provider->name;
}

bool Attempts::has_other_place() const {
  const routing::Target& here = target();
  for (size_t place = 0; place < order_.size(); ++place) {
    const routing::Target& there = target_at(place);
    if (same_model(place, at_) && (there.provider != here.provider || there.model != here.model)) return true;
  }
  return false;
}

void Attempts::arrange(Cooldowns& cooldowns, double now_ms) {
  cooldowns_ = &cooldowns;
  for (size_t from = 0, end = 0; from < order_.size(); from = end) {
    for (end = from + 1; end < order_.size() && same_model(from, end);) ++end;
    if (end - from > 1) arrange_places(from, end, cooldowns, now_ms);
  }
}

void Attempts::arrange_places(size_t from, size_t end, Cooldowns& cooldowns, double now_ms) {
  const routing::Target& first = target_at(from);
  const size_t turn = cooldowns.take_turn(*first.provider, first.model) % (end - from);
  // Resting places go behind the others, in the order in which their rest ends.
  std::vector<std::pair<double, uint32_t>> places;
  for (size_t i = 0; i < end - from; ++i) {
    const uint32_t attempt = order_[from + (turn + i) % (end - from)];
    const routing::Target& place = *targets_[attempt];
    const double until_ms = cooldowns.rests_until_ms(*place.provider, place.model, now_ms);
    const auto is_earlier = [](double one_ms, const auto& other) { return one_ms < other.first; };
    places.insert(std::upper_bound(places.begin(), places.end(), until_ms, is_earlier), {until_ms, attempt});
  }
  for (size_t i = 0; i < places.size(); ++i) order_[from + i] = places[i].second;
}

std::optional<double> Attempts::move_on(Failure failure, double time_left_ms, uint32_t random) {
  failures_[at_] = std::move(failure);
  // The gateway itself has no memory: another target would not help.
  if (failures_[at_].error.kind == ErrorKind::kBusy) return std::nullopt;
  if (failures_[at_].outlook == Outlook::kFinal && !other_model_has_hope()) return std::nullopt;
  std::optional<double> wait_ms;
  if (time_left_ms > 0 && unasked_ < order_.size()) {
    at_ = unasked_++;
    wait_ms = 0;
  } else if (time_left_ms > 0) {
    wait_ms = wait_for_retry(time_left_ms, random);
  }
  if (!wait_ms) at_ = most_hopeful();
  return wait_ms;
}

bool Attempts::other_model_has_hope() const {
  for (size_t place = 0; place < unasked_; ++place) {
    if (hope_of(failures_[place].error, failures_[place].outlook) >= Hope::kTrouble && !same_model(place, at_)) {
      return true;
    }
  }
  return false;
}

std::optional<double> Attempts::wait_for_retry(double time_left_ms, uint32_t random) {
  std::optional<size_t> best;
  double best_wait_ms = 0;
  for (size_t place = order_.size(); place-- > 0 && retries_left() > 0;) {
    const std::optional<double> wait_ms = wait_for(place, time_left_ms, random);
    if (!wait_ms || (best && !same_model(place, *best))) continue;
    const auto rank = [this](size_t one) { return std::pair(retries_[one], rests_until_ms(one)); };
    if (best && rank(place) > rank(*best)) continue;  // The first of equals.
    best = place;
    best_wait_ms = *wait_ms;
  }
  if (!best) return std::nullopt;
  ++retries_made_;
  ++retries_[*best];
  at_ = *best;
  return best_wait_ms;
}

std::optional<double> Attempts::wait_for(size_t place, double time_left_ms, uint32_t random) const {
  const Failure& failure = failures_[place];
  if (failure.outlook != Outlook::kPassing) return std::nullopt;
  const double since_ms = failures_[at_].at_ms - failure.at_ms;
  const double wait_ms = wait_before_retry_ms(failure.advice, since_ms, retries_made_, random);
  return wait_ms < time_left_ms ? std::optional(wait_ms) : std::nullopt;
}

size_t Attempts::most_hopeful() const {
  size_t best = 0;
  const auto rank = [this](size_t place) {
    const Failure& failure = failures_[place];
    return std::tuple(hope_of(failure.error, failure.outlook), failure.at_ms, place == at_);
  };
  for (size_t place = 1; place < unasked_; ++place) {
    if (rank(place) >= rank(best)) best = place;  // The last of equals.
  }
  return best;
}

// When the rest after its failure ends, even if that time is past.
double Attempts::rests_until_ms(size_t place) const {
  constexpr double kAnyTimeMs = 0;
  const routing::Target& target = target_at(place);
  return cooldowns_ == nullptr ? 0 : cooldowns_->rests_until_ms(*target.provider, target.model, kAnyTimeMs);
}

}  // namespace onellm::gateway
