#include "gateway/accounting/call_record.h"

namespace onellm::gateway {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::kOk: return "ok";
    case Outcome::kError: return "error";
    case Outcome::kClientGone: return "client_gone";
    case Outcome::kLost: return "lost";
    case Outcome::kRefused: return "refused";
  }
  __builtin_unreachable();
}

std::string_view to_string(UsageSource source) {
  switch (source) {
    case UsageSource::kNone: return "none";
    case UsageSource::kReported: return "reported";
    case UsageSource::kEstimated: return "estimated";
  }
  __builtin_unreachable();
}

std::optional<prices::PicoUsd> sum_of_costs(std::optional<prices::PicoUsd> one, std::optional<prices::PicoUsd> other) {
  prices::PicoUsd sum = 0;
  if (!one || !other || __builtin_add_overflow(*one, *other, &sum)) return std::nullopt;
  return sum;
}

}  // namespace onellm::gateway
