#include "dialects/gemini/cost_members.h"

#include <string_view>

namespace onellm::dialects::gemini {

namespace {

using prices::Charge;
using prices::Unit;

// The API takes each name in both spellings.
constexpr std::string_view kSettings[] = {"generationConfig", "generation_config"};
constexpr std::string_view kOutputLimits[] = {"maxOutputTokens", "max_output_tokens"};
constexpr std::string_view kAnswers[] = {"candidateCount", "candidate_count"};

constexpr std::string_view kReasoning[] = {"thinkingConfig", "thinking_config"};

constexpr ChoiceMember kChoices[] = {{.name = "serviceTier", .usual = {}}, {.name = "service_tier", .usual = {}}};
constexpr UnitMember kModalities[] = {
    {.name = "responseModalities", .unit = Unit::kOutputAudio, .text = "audio"},
    {.name = "response_modalities", .unit = Unit::kOutputAudio, .text = "audio"},
};
constexpr UnitMember kTexts[] = {{.name = "mimeType", .unit = Unit::kInputAudio, .text = "audio/"},
                                 {.name = "mimeType", .unit = Unit::kInputAudio, .text = "video/"},
                                 {.name = "mime_type", .unit = Unit::kInputAudio, .text = "audio/"},
                                 {.name = "mime_type", .unit = Unit::kInputAudio, .text = "video/"}};

// https://ai.google.dev/gemini-api/docs/pricing: code execution and addresses cost their tokens.
constexpr prices::ToolCharge kToolMembers[] = {
    {"functionDeclarations", Charge::kNothing}, {"function_declarations", Charge::kNothing},
    {"codeExecution", Charge::kNothing},        {"code_execution", Charge::kNothing},
    {"urlContext", Charge::kNothing},           {"url_context", Charge::kNothing},
    {"computerUse", Charge::kNothing},          {"computer_use", Charge::kNothing},
    {"googleSearch", Charge::kSearch},          {"google_search", Charge::kSearch},
    {"googleMaps", Charge::kUnpriced},          {"google_maps", Charge::kUnpriced},
    {"fileSearch", Charge::kUnpriced},          {"file_search", Charge::kUnpriced},
};

}  // namespace

const CostMembers& cost_members() {
  static constexpr CostMembers kMembers = {.settings = kSettings,
                                           .output_limits = kOutputLimits,
                                           .answers = kAnswers,
                                           .reasoning = kReasoning,
                                           .choices = kChoices,
                                           .modalities = kModalities,
                                           .texts = kTexts,
                                           .tool_members = kToolMembers};
  return kMembers;
}

}  // namespace onellm::dialects::gemini
