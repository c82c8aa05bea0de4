#include "dialects/palm/cost_members.h"

#include <string_view>

namespace onellm::dialects::palm {

namespace {

constexpr std::string_view kOutputLimits[] = {"maxOutputTokens", "max_output_tokens"};
constexpr std::string_view kAnswers[] = {"candidateCount", "candidate_count"};

}  // namespace

const CostMembers& cost_members() {
  static constexpr CostMembers kMembers = {.output_limits = kOutputLimits, .answers = kAnswers};
  return kMembers;
}

}  // namespace onellm::dialects::palm
