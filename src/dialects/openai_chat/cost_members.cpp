#include "dialects/openai_chat/cost_members.h"

#include <string_view>

namespace onellm::dialects::openai_chat {

namespace {

using prices::Charge;
using prices::Unit;

// Some are names of hosts: vLLM, Text Generation Inference, llama.cpp's server, which takes n_predict over max_tokens,
// and Ollama, which has its own in `options`. `best_of` is one of OpenAI's completions.
constexpr std::string_view kSettings[] = {"options", "extra_body"};
constexpr std::string_view kOutputLimits[] = {
    "max_tokens", "max_completion_tokens", "max_new_tokens", "max_generated_tokens", "n_predict", "num_predict"};
constexpr std::string_view kAnswers[] = {"n", "best_of"};

// Hosts search, too, where a member asks for it. https://docs.x.ai/docs/guides/live-search,
// https://openrouter.ai/docs/features/web-search, https://help.aliyun.com/zh/model-studio/web-search,
// https://console.groq.com/docs/compound
constexpr prices::ToolCharge kSearches[] = {
    {"web_search_options", Charge::kSearch}, {"search_parameters", Charge::kUnpriced},
    {"plugins", Charge::kUnpriced},          {"enable_search", Charge::kUnpriced},
    {"search_options", Charge::kUnpriced},   {"enable_web_search", Charge::kUnpriced},
    {"compound_custom", Charge::kUnpriced},  {"web_search", Charge::kUnpriced},
};
constexpr std::string_view kReasoning[] = {"reasoning_effort", "reasoning"};

constexpr ChoiceMember kChoices[] = {{.name = "service_tier", .usual = {}}};
constexpr UnitMember kModalities[] = {{.name = "modalities", .unit = Unit::kOutputAudio, .text = "audio"}};
constexpr UnitMember kPresent[] = {{.name = "audio", .unit = Unit::kOutputAudio}};
constexpr UnitMember kObjects[] = {{.name = "input_audio", .unit = Unit::kInputAudio}};

// https://platform.openai.com/docs/pricing
constexpr prices::ToolCharge kToolTypes[] = {{"function", Charge::kNothing}, {"custom", Charge::kNothing}};

}  // namespace

const CostMembers& cost_members() {
  static constexpr CostMembers kMembers = {.settings = kSettings,
                                           .output_limits = kOutputLimits,
                                           .answers = kAnswers,
                                           .searches = kSearches,
                                           .reasoning = kReasoning,
                                           .choices = kChoices,
                                           .modalities = kModalities,
                                           .present = kPresent,
                                           .objects = kObjects,
                                           .tool_types = kToolTypes};
  return kMembers;
}

}  // namespace onellm::dialects::openai_chat
