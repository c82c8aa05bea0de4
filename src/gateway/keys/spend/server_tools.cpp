#include "gateway/keys/spend/server_tools.h"

#include <span>

namespace onellm::gateway {

namespace {

struct Row {
  std::string_view begins;  // Types have dates or versions at their end.
  Charge charge;
};

// https://platform.openai.com/docs/pricing, https://docs.claude.com/en/docs/about-claude/pricing
constexpr Row kTypes[] = {
    {"function", Charge::kNothing},    {"custom", Charge::kNothing},       {"namespace", Charge::kNothing},
    {"local_shell", Charge::kNothing}, {"apply_patch", Charge::kNothing},  {"computer", Charge::kNothing},
    {"bash_", Charge::kNothing},       {"text_editor_", Charge::kNothing}, {"memory_", Charge::kNothing},
    {"tool_search", Charge::kNothing}, {"mcp", Charge::kNothing},          {"web_fetch", Charge::kNothing},
    {"web_search", Charge::kSearch},
};

// https://ai.google.dev/gemini-api/docs/pricing: code execution and addresses cost their tokens.
constexpr Row kMembers[] = {
    {"functionDeclarations", Charge::kNothing}, {"function_declarations", Charge::kNothing},
    {"codeExecution", Charge::kNothing},        {"code_execution", Charge::kNothing},
    {"urlContext", Charge::kNothing},           {"url_context", Charge::kNothing},
    {"computerUse", Charge::kNothing},          {"computer_use", Charge::kNothing},
    {"googleSearch", Charge::kSearch},          {"google_search", Charge::kSearch},
    {"googleMaps", Charge::kUnpriced},          {"google_maps", Charge::kUnpriced},
    {"fileSearch", Charge::kUnpriced},          {"file_search", Charge::kUnpriced},
};

Charge find(std::span<const Row> rows, std::string_view name, Charge otherwise) {
  for (const Row& row : rows) {
    if (name.starts_with(row.begins)) return row.charge;
  }
  return otherwise;
}

}  // namespace

Charge charge_of_type(std::string_view type) { return find(kTypes, type, Charge::kUnpriced); }

// Other members describe a tool of the client: its name, its schema.
Charge charge_of_member(std::string_view name) { return find(kMembers, name, Charge::kNothing); }

}  // namespace onellm::gateway
