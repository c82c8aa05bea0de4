#include "dialects/openai_responses/cost_members.h"

#include <string_view>

namespace onellm::dialects::openai_responses {

namespace {

using prices::Charge;

constexpr std::string_view kOutputLimits[] = {"max_output_tokens"};

// https://platform.openai.com/docs/pricing. Every other type is charged by the hour, by the call or by the gigabyte.
constexpr prices::ToolCharge kToolTypes[] = {
    {"namespace", Charge::kNothing}, {"local_shell", Charge::kNothing}, {"apply_patch", Charge::kNothing},
    {"computer", Charge::kNothing},  {"tool_search", Charge::kNothing}, {"mcp", Charge::kNothing},
    {"web_search", Charge::kSearch},
};

}  // namespace

const CostMembers& cost_members() {
  static constexpr CostMembers kMembers = {.output_limits = kOutputLimits, .tool_types = kToolTypes};
  return kMembers;
}

}  // namespace onellm::dialects::openai_responses
