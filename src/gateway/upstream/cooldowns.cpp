#include "gateway/upstream/cooldowns.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"

namespace onellm::gateway {

namespace {

// A provider is identified by its name, not by its address, because the settings may be read again.
std::string name_of(const providers::Provider& place, const std::string& model) {
  return place.name + "/" + place.resource + "/" + model;
}

template <typename Entry>
void add_bounded(std::vector<Entry>& entries, Entry entry) {
  if (entries.size() >= kCooldownsMax) entries.erase(entries.begin());
  entries.push_back(std::move(entry));
}

}  // namespace

void Cooldowns::rest(const providers::Provider& place, const std::string& model, double until_ms, double now_ms) {
  std::erase_if(rests_, [now_ms](const Rest& rest) { return rest.until_ms <= now_ms; });
  const std::string name = name_of(place, model);
  for (Rest& rest : rests_) {
    if (rest.place != name) continue;
    rest.until_ms = std::max(rest.until_ms, until_ms);
    return;
  }
  add_bounded(rests_, {name, until_ms});
}

double Cooldowns::rests_until_ms(const providers::Provider& place, const std::string& model, double now_ms) const {
  if (rests_.empty()) return 0;
  const std::string name = name_of(place, model);
  for (const Rest& rest : rests_) {
    if (rest.place == name) return rest.until_ms > now_ms ? rest.until_ms : 0;
  }
  return 0;
}

uint32_t Cooldowns::take_turn(const providers::Provider& first, const std::string& model) {
  const std::string name = name_of(first, model);
  for (Turns& turns : turns_) {
    if (turns.model == name) return turns.taken++;
  }
  add_bounded(turns_, {name, 1});
  return 0;
}

}  // namespace onellm::gateway
