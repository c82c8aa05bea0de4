// Remembers which model a provider served for the name that it was asked for.
//
// A call that failed names no model. Its model counts as the one that the provider served for that name before.
//
// Rule: only what a provider has confirmed, or the settings list, is a name here. A client cannot create one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/accounting/call_record.h"

namespace onellm::gateway {

class ConfirmedModels {
 public:
  // The model of this call: `served`, which is remembered; if that is empty the one remembered, else the one that the
  // settings list. Empty: nobody has confirmed it. Valid until the next call.
  [[nodiscard]] std::string_view model_of(const CallRecord& call, std::string_view served);

 private:
  struct Model {
    std::string provider;
    std::string sent;
    std::string served;
  };

  std::vector<Model> models_;
  size_t oldest_ = 0;  // The one that is forgotten next, once there are kConfirmedModelsMax.
};

}  // namespace onellm::gateway
