// Which places of a model were in trouble lately, and whose turn it is: what requests learn from those
// before them, for as long as the instance lives.
//
// A place is a provider that others stand beside under the same name: a resource of Azure. What is
// learned is of one model there (a deployment): its neighbours may be well. One in trouble is asked last
// and never left out, so a wrong guess here costs a little time and no answer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "providers/provider.h"

namespace onellm::gateway {

class Cooldowns {
 public:
  // Other places, if there are any, are asked first until then. A later time that is known already stays.
  void rest(const providers::Provider& place, const std::string& model, double until_ms, double now_ms);

  // Until when it rests; 0: it does not.
  [[nodiscard]] double rests_until_ms(const providers::Provider& place, const std::string& model, double now_ms) const;

  // Counts the requests for a model, from 0. `first` is the first of its places, and `model` what that calls it.
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

  // At most kCooldownsMax of each, the oldest first: the models of a host may bear any name.
  std::vector<Rest> rests_;
  std::vector<Turns> turns_;
};

}  // namespace onellm::gateway
