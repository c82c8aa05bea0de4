#include "gateway/cooldowns.h"

#include <algorithm>

namespace onellm::gateway {

namespace {

// Settings may be read again, so a provider is known by its name and not by its address.
std::string name_of(const providers::Provider& place, const std::string& model) {
  return place.name + "/" + place.resource + "/" + model;
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
  rests_.push_back({name, until_ms});
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
  turns_.push_back({name, 1});
  return 0;
}

}  // namespace onellm::gateway
