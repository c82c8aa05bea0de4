#include "prices/overrides.h"

#include "base/text.h"

namespace onellm::prices {

namespace {

bool fits(std::string_view name, std::string_view model) {
  if (!name.ends_with('*')) return name == model;
  name.remove_suffix(1);
  return model.starts_with(name);
}

// How well the name of an entry fits a model; 0: not at all. `full` is `provider/model`.
size_t fit_of(std::string_view name, std::string_view model, std::string_view full) {
  constexpr size_t kWhole = size_t{1} << 20;  // Larger than the length of any name.
  if (model.empty() || !(fits(name, model) || fits(name, full))) return 0;
  return name.size() + (name.ends_with('*') ? 0 : kWhole);
}

}  // namespace

const Prices* Overrides::find(const Service& service, int64_t prompt_tokens) const {
  const Entry* best = nullptr;
  size_t best_fit = 0;
  for (const std::string_view given : {service.model, service.asked}) {
    const std::string model = ascii_lower(trim(given));
    const std::string full = std::string(service.provider).append("/").append(model);
    for (const Entry& entry : entries_) {
      const size_t fit = fit_of(entry.name, model, full);
      if (fit <= best_fit) continue;
      best = &entry;
      best_fit = fit;
    }
  }
  if (best == nullptr) return nullptr;
  const Step* reached = best->steps.data();
  for (const Step& step : best->steps) {
    if (prompt_tokens > step.over_tokens) reached = &step;
  }
  return &reached->prices;
}

}  // namespace onellm::prices
