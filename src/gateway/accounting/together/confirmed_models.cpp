#include "gateway/accounting/together/confirmed_models.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "base/text.h"

namespace onellm::gateway {

std::string_view ConfirmedModels::model_of(const CallRecord& call, std::string_view served) {
  const TogetherPart& asked = call.together;
  const auto known = std::find_if(models_.begin(), models_.end(), [&](const Model& model) {
    return model.sent == asked.sent && model.provider == call.provider;
  });
  if (served.empty()) {
    return known != models_.end() ? std::string_view(known->served) : utf8_prefix(asked.listed, kLedgerNameBytesMax);
  }
  if (known != models_.end()) {
    known->served = served;
    return known->served;
  }
  Model model{.provider = call.provider, .sent = asked.sent, .served = std::string(served)};
  if (models_.size() < kConfirmedModelsMax) return models_.emplace_back(std::move(model)).served;
  Model& forgotten = models_[std::exchange(oldest_, (oldest_ + 1) % kConfirmedModelsMax)];
  forgotten = std::move(model);
  return forgotten.served;
}

}  // namespace onellm::gateway
