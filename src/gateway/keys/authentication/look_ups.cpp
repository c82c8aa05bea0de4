#include "gateway/keys/authentication/look_ups.h"

#include <algorithm>

namespace onellm::gateway {

namespace {

constexpr double kSecondMs = 1'000;
constexpr double kMinuteMs = 60'000;
constexpr size_t kReturnedLookUps = 8;  // Of kLookUpsMax: those that only keys may use that come again.

}  // namespace

// One hash is looked up once at a time: the others wait and find the answer among the known keys.
LookUps::Answer LookUps::begin(const std::string& hash, const std::string& address, double now_ms) {
  if (open_.contains(hash)) return Answer::kWait;
  Answer found = answer(wrong_.since(kSecondMs, now_ms), open_.size(), places_for(hash, now_ms));
  if (found == Answer::kGo && !address.empty()) found = answer_for(address, now_ms);
  if (found != Answer::kGo) return found;
  if (!address.empty()) ++of(address, now_ms).open;
  ++open_[hash];
  return Answer::kGo;
}

size_t LookUps::places_for(const std::string& hash, double now_ms) const {
  const bool may_use_all = !put_off_.any(now_ms) || put_off_.comes_again(hash, now_ms);
  return may_use_all ? kLookUpsMax : kLookUpsMax - kReturnedLookUps;
}

LookUps::Answer LookUps::answer_for(const std::string& address, double now_ms) {
  const Address& known = of(address, now_ms);
  const bool is_slowed = known.wrong_keys.since(kMinuteMs, now_ms) > kWrongKeysMax;
  const size_t wrong = known.wrong_look_ups.since(is_slowed ? kSlowedLookUpMs : kSecondMs, now_ms);
  return answer(wrong, known.open, is_slowed ? 1 : kAddressLookUpsMax);
}

LookUps::Answer LookUps::answer(size_t wrong, size_t open, size_t most) {
  if (wrong >= most) return Answer::kRefused;
  return wrong + open >= most ? Answer::kWait : Answer::kGo;
}

void LookUps::end(const std::string& hash, const std::string& address, bool is_wrong, double now_ms) {
  if (const auto open = open_.find(hash); open != open_.end() && --open->second == 0) open_.erase(open);
  if (is_wrong) wrong_.add(now_ms), put_off_.remove(hash);
  if (address.empty()) return;
  Address& known = of(address, now_ms);
  if (known.open > 0) --known.open;
  if (is_wrong) known.wrong_look_ups.add(now_ms);
}

double LookUps::note_wrong_key(const std::string& address, double now_ms) {
  if (address.empty()) return 0;
  Address& known = of(address, now_ms);
  known.wrong_keys.add(now_ms);
  if (known.wrong_keys.since(kMinuteMs, now_ms) <= kWrongKeysMax) return 0;
  return known.wrong_keys.earliest_ms() + kMinuteMs - now_ms;
}

// The address that was used least lately is forgotten first, but never one with an open look-up.
LookUps::Address& LookUps::of(const std::string& address, double now_ms) {
  Address& known = addresses_[address];
  known.used_ms = now_ms;
  if (addresses_.size() > kAddressesMax) {
    const auto is_older = [](const auto& left, const auto& right) {
      if ((left.second.open == 0) != (right.second.open == 0)) return left.second.open == 0;
      return left.second.used_ms < right.second.used_ms;
    };
    const auto oldest = std::min_element(addresses_.begin(), addresses_.end(), is_older);
    if (oldest->first != address) addresses_.erase(oldest);
  }
  return known;
}

}  // namespace onellm::gateway
