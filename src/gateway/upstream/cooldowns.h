// Remembers which places of a model had failures lately, and whose turn it is. Lives as long as the instance.
//
// A place is one of several providers with the same name, for example a resource of Azure. A cooldown is for one model
// at one place (a deployment), because its other models may work. While it lasts, the place rests.
//
// Rule: A resting place is called last and never left out. So a wrong cooldown costs a little time, but no answer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "providers/provider.h"

namespace onellm::gateway {

class Cooldowns {
 public:
  // Makes the place rest: until then, other places of the model are called first. A later time that is already set
  // stays.
  void rest(const providers::Provider& place, const std::string& model, double until_ms, double now_ms);

  // Until when the place rests; 0: it does not.
  [[nodiscard]] double rests_until_ms(const providers::Provider& place, const std::string& model, double now_ms) const;

  // Returns how many requests for this model came before. `first` is the first of its places, and `model` its name
  // there.
  [[nodiscard]] uint32_t take_turn(const providers::Provider& first, const std::string& model);

 private:
  struct Rest {
    std::string place;
    double until_ms;
  };
  struct Turns {
    std::string model;
    uint32_t taken;
  };

  // At most kCooldownsMax of each; beyond that the oldest is dropped. Reason: models of a host may have any name.
  std::vector<Rest> rests_;
  std::vector<Turns> turns_;
};

}  // namespace onellm::gateway
