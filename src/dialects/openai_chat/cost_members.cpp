#include "dialects/openai_chat/cost_members.h"

#include <string_view>

namespace onellm::dialects::openai_chat {

namespace {

using prices::Charge;
using prices::Unit;

// `max_new_tokens` is a name of some hosts, and `best_of` one of OpenAI's completions.
constexpr std::string_view kOutputLimits[] = {"max_tokens", "max_completion_tokens", "max_new_tokens"};
constexpr std::string_view kAnswers[] = {"n", "best_of"};
constexpr std::string_view kSearches[] = {"web_search_options"};

constexpr ChoiceMember kChoices[] = {{.name = "service_tier", .usual = {}}};
constexpr UnitMember kModalities[] = {{.name = "modalities", .unit = Unit::kOutputAudio, .text = "audio"}};
constexpr UnitMember kPresent[] = {{.name = "audio", .unit = Unit::kOutputAudio}};
constexpr UnitMember kObjects[] = {{.name = "input_audio", .unit = Unit::kInputAudio}};

// https://platform.openai.com/docs/pricing
constexpr prices::ToolCharge kToolTypes[] = {{"function", Charge::kNothing}, {"custom", Charge::kNothing}};

}  // namespace

const CostMembers& cost_members() {
  static constexpr CostMembers kMembers = {.output_limits = kOutputLimits,
                                           .answers = kAnswers,
                                           .searches = kSearches,
                                           .choices = kChoices,
                                           .modalities = kModalities,
                                           .present = kPresent,
                                           .objects = kObjects,
                                           .tool_types = kToolTypes};
  return kMembers;
}

}  // namespace onellm::dialects::openai_chat
