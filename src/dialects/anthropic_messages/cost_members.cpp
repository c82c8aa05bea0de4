#include "dialects/anthropic_messages/cost_members.h"

#include <string_view>

namespace onellm::dialects::anthropic_messages {

namespace {

using prices::Charge;
using prices::Unit;

constexpr std::string_view kOutputLimits[] = {"max_tokens", "max_tokens_to_sample"};

constexpr std::string_view kReasoning[] = {"thinking"};

// https://docs.claude.com/en/api/service-tiers, https://docs.claude.com/en/docs/about-claude/pricing
constexpr ChoiceMember kChoices[] = {{.name = "service_tier", .usual = "standard_only"},
                                     {.name = "speed", .usual = "standard"},
                                     {.name = "inference_geo", .usual = "global"}};

// https://docs.claude.com/en/docs/build-with-claude/prompt-caching
constexpr UnitMember kObjects[] = {{.name = "cache_control", .unit = Unit::kCacheWrite}};
constexpr UnitMember kTexts[] = {{.name = "ttl", .unit = Unit::kCacheWrite1h, .text = "1h"},
                                 {.name = "media_type", .unit = Unit::kInputAudio, .text = "audio/"},
                                 {.name = "media_type", .unit = Unit::kInputAudio, .text = "video/"}};

// https://docs.claude.com/en/docs/about-claude/pricing. Code execution is charged by the hour.
constexpr std::string_view kToolUses[] = {"max_uses"};
constexpr prices::ToolCharge kToolTypes[] = {
    {"custom", Charge::kNothing},  {"bash_", Charge::kNothing},     {"text_editor_", Charge::kNothing},
    {"memory_", Charge::kNothing}, {"computer_", Charge::kNothing}, {"tool_search", Charge::kNothing},
    {"mcp", Charge::kNothing},     {"web_fetch", Charge::kNothing}, {"web_search", Charge::kSearch},
};

}  // namespace

const CostMembers& cost_members() {
  static constexpr CostMembers kMembers = {.output_limits = kOutputLimits,
                                           .reasoning = kReasoning,
                                           .choices = kChoices,
                                           .objects = kObjects,
                                           .texts = kTexts,
                                           .tool_uses = kToolUses,
                                           .tool_types = kToolTypes};
  return kMembers;
}

}  // namespace onellm::dialects::anthropic_messages
