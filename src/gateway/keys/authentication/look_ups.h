// Limits how often wrong keys may be looked up in the registry, and counts the wrong keys of each address.
//
// Theory. Only look-ups that find nothing count, but that is known only when they are answered. So an open look-up
// takes a place, which is free again if it finds a key. Who finds all places taken by open look-ups waits for them;
// who finds them taken by wrong keys is put off. Once that happens, some places are kept for keys that were put off and
// come again: a stream of new wrong keys, however thick, takes none of these.
//
// Rule: how many addresses are remembered is bounded. An empty address means that it is not known: then only the limits
// of the isolate apply.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "gateway/keys/authentication/put_off_keys.h"

namespace onellm::gateway {

// The times of the last `count` events.
template <size_t count>
class LastTimes {
 public:
  void add(double now_ms) { times_[next_++ % count] = now_ms; }
  // How many of them happened less than `within_ms` ago.
  [[nodiscard]] size_t since(double within_ms, double now_ms) const {
    size_t recent = 0;
    for (size_t i = 0; i < std::min(next_, count); ++i) recent += now_ms - times_[i] < within_ms ? 1 : 0;
    return recent;
  }
  // When the earliest of all `count` happened; 0: there are fewer.
  [[nodiscard]] double earliest_ms() const { return next_ < count ? 0 : times_[next_ % count]; }

 private:
  std::array<double, count> times_ = {};
  size_t next_ = 0;
};

class LookUps {
 public:
  enum class Answer : uint8_t { kGo, kWait, kRefused };

  // A look-up is wanted. After kGo call end() in any case.
  [[nodiscard]] Answer begin(const std::string& hash, const std::string& address, double now_ms);
  // The client is asked to come again with this key.
  void put_off(const std::string& hash, double now_ms) { put_off_.add(hash, now_ms); }
  // The look-up is over. `is_wrong`: it found nothing.
  void end(const std::string& hash, const std::string& address, bool is_wrong, double now_ms);

  // A wrong key came from this address. Returns the milliseconds until the address has no more than the allowed number
  // within a minute; 0: it has no more now.
  [[nodiscard]] double note_wrong_key(const std::string& address, double now_ms);

  [[nodiscard]] size_t addresses() const { return addresses_.size(); }

 private:
  struct Address {
    LastTimes<kWrongKeysMax + 1> wrong_keys;
    LastTimes<kAddressLookUpsMax> wrong_look_ups;
    size_t open = 0;
    double used_ms = 0;
  };

  Address& of(const std::string& address, double now_ms);
  [[nodiscard]] size_t places_for(const std::string& hash, double now_ms) const;
  [[nodiscard]] static Answer answer(size_t wrong, size_t open, size_t most);
  [[nodiscard]] Answer answer_for(const std::string& address, double now_ms);

  std::map<std::string, Address> addresses_;
  std::map<std::string, size_t> open_;  // Hashes that are looked up now, and how often.
  LastTimes<kLookUpsMax> wrong_;
  PutOffKeys put_off_;
};

}  // namespace onellm::gateway
