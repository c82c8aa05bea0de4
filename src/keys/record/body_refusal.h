// The refusal of a body of the admin API, as the store of keys writes it and the gateway reads it.
#pragma once

#include <string>

namespace onellm::keys {

struct BodyRefusal {
  std::string message = {};
  std::string param = {};

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.text("message", self.message);
    visit.text("param", self.param);
  }
};

}  // namespace onellm::keys
