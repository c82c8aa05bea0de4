// A plain model of the limiter for the property test: it keeps every request and every booking, adds them up anew
// for every question, and counts in numbers that cannot overflow.
//
// Rule: it shares no code with the limiter but the calendar (keys/window.h) and the types of questions and answers.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "keys/limiter/limiter.h"
#include "keys/window.h"

namespace onellm::keys {

__extension__ using Big = __int128;

class PlainModel {
 public:
  // A limit for a minute as a history: how much was there at a time, in sixty-thousandths.
  struct Minute {
    Big level = 0;
    int64_t at_ms = 0;

    void pass(int64_t limit, int64_t now_ms) {
      if (now_ms > at_ms) level = std::min(Big{limit} * 60'000, level + Big{limit} * (now_ms - at_ms));
      at_ms = now_ms;
    }
    [[nodiscard]] bool has(int64_t amount) const { return level >= Big{amount} * 60'000; }
    // True if the amount is there after `wait` milliseconds, and not after one less.
    [[nodiscard]] bool is_wait(int64_t limit, int64_t amount, int64_t wait) const {
      const Big wanted = Big{amount} * 60'000;
      return level + Big{limit} * wait >= wanted && level + Big{limit} * (wait - 1) < wanted;
    }
    [[nodiscard]] int64_t left() const { return level < 0 ? 0 : static_cast<int64_t>(level / 60'000); }
  };

  enum class Stage { kOpen, kExpired, kSettled };

  struct Request {
    Stage stage = Stage::kOpen;
    Big reserved = 0;
    Big tokens = 0;
    Big booked = 0;
    int64_t window = 0;
    int64_t until_ms = 0;
  };

  Limits limits = {};
  Minute requests_left = {};
  Minute tokens_left = {};
  std::map<std::string, Request> requests = {};
  int64_t window = 0;
  int64_t window_from_ms = 0;
  Big carried = 0;    // Spend that the record had when the window was set.
  Big forgotten = 0;  // Booked in this window by requests that were forgotten.
  Big all = 0;        // Booked ever.

  void set_limits(const Limits& next, int64_t now_ms) {
    pass(now_ms);
    if (next.version <= limits.version) return;
    if (next.is_deleted) {
      *this = {};
      limits.version = next.version;
      limits.is_deleted = true;
      return;
    }
    change(requests_left, limits.rpm_limit, next.rpm_limit, now_ms);
    change(tokens_left, limits.tpm_limit, next.tpm_limit, now_ms);
    const bool is_set = next.spend.version > limits.spend.version;
    limits = next;
    if (is_set) {
      ++window;
      window_from_ms = next.spend.window_start_ms;
      carried = next.spend.amount;
      forgotten = 0;
    }
    roll(now_ms);
  }

  // Ends what has ended by now, in the order in which it ended.
  void pass(int64_t now_ms) {
    std::vector<std::pair<int64_t, std::string>> due;
    for (const auto& [id, request] : requests) {
      if (request.until_ms <= now_ms) due.emplace_back(request.until_ms, id);
    }
    std::sort(due.begin(), due.end());
    for (const auto& [time_ms, id] : due) {
      Request& request = requests[id];
      if (request.stage == Stage::kOpen) {
        roll(time_ms);
        request = {.stage = Stage::kExpired,
                   .tokens = request.tokens,
                   .booked = request.reserved,
                   .window = window,
                   .until_ms = now_ms + 86'400'000};
        all += request.booked;
      } else {
        if (request.window == window) forgotten += request.booked;
        requests.erase(id);
      }
    }
    roll(now_ms);
  }

  void settle(const std::string& id, int64_t money, int64_t tokens, int64_t now_ms) {
    pass(now_ms);
    if (limits.is_deleted) return;
    const auto found = requests.find(id);
    if (found == requests.end()) {
      requests[id] = {.stage = Stage::kSettled, .window = -1, .until_ms = now_ms + 86'400'000};
      return;
    }
    Request& request = found->second;
    if (request.stage == Stage::kSettled) return;
    if (request.stage == Stage::kOpen) request.window = window;
    if (limits.tpm_limit) {
      tokens_left.pass(*limits.tpm_limit, now_ms);
      tokens_left.level =
          std::min(Big{*limits.tpm_limit} * 60'000, tokens_left.level + (request.tokens - tokens) * 60'000);
    }
    all += money - request.booked;
    request.booked = money;
    request.reserved = 0;
    request.stage = Stage::kSettled;
    request.until_ms = now_ms + 86'400'000;
  }

  bool renew(const std::string& id, int64_t now_ms) {
    pass(now_ms);
    const auto found = requests.find(id);
    if (found == requests.end() || found->second.stage != Stage::kOpen) return false;
    found->second.until_ms = now_ms + 900'000;
    return true;
  }

  [[nodiscard]] Big spent() const {
    Big sum = carried + forgotten;
    for (const auto& [id, request] : requests) {
      if (request.stage != Stage::kOpen && request.window == window) sum += request.booked;
    }
    return sum;
  }
  [[nodiscard]] Big reserved() const {
    Big sum = 0;
    for (const auto& [id, request] : requests) sum += request.reserved;
    return sum;
  }
  [[nodiscard]] int64_t open() const {
    return std::count_if(requests.begin(), requests.end(),
                         [](const auto& one) { return one.second.stage == Stage::kOpen; });
  }

 private:
  void roll(int64_t time_ms) {
    const Duration duration = read_duration(limits.budget_duration).value();
    if (window_end(duration, limits.created_ms, window_from_ms) > time_ms) return;
    window_from_ms = window_start(duration, limits.created_ms, time_ms);
    ++window;
    carried = forgotten = 0;
  }

  static void change(Minute& minute, std::optional<int64_t> before, std::optional<int64_t> after, int64_t now_ms) {
    if (!after) return;
    if (!before) {
      minute = {.level = Big{*after} * 60'000, .at_ms = now_ms};
    } else if (*before != *after) {
      minute.pass(*before, now_ms);
      const Big debt = std::min<Big>(minute.level, 0);
      minute.level += Big{*after - *before} * 60'000;
      minute.level = std::min(std::max(minute.level, debt), Big{*after} * 60'000);
    }
  }
};

}  // namespace onellm::keys
