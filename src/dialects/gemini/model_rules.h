// What the models of the Gemini API differ in, by capability, as far as a request must know it.
//
// Ids are open-ended, so the rule that keeps this honest: what the table does not name has the newest
// rules. A row is added only for a model that is known to refuse them.
#pragma once

#include <cstdint>
#include <string_view>

namespace onellm::dialects {

// How a model is told to think.
enum class GeminiThinking : uint8_t {
  kNot,     // It does not think.
  kBudget,  // thinkingBudget, in tokens.
  kLevel,   // thinkingLevel. Cannot be switched off.
};

enum class GeminiSearch : uint8_t {
  kNot,     // There is none.
  kAlone,   // Not beside functions.
  kBeside,  // Beside functions too.
};

struct GeminiRules {
  GeminiThinking thinking = GeminiThinking::kLevel;
  bool has_minimal_level = false;  // MINIMAL is a thinkingLevel; else LOW is the lowest.
  bool can_stop_thinking = false;  // thinkingBudget 0.
  int32_t budget_least = 0;        // Of a budget that is not 0.
  int32_t budget_most = 0;
  GeminiSearch web_search = GeminiSearch::kBeside;
  bool takes_json_schema = true;         // Else only the OpenAPI subset.
  bool takes_system_instruction = true;  // Else the system speaks as the user.
  bool demands_signatures = true;        // On the first functionCall of each step of the current turn.
  bool takes_media_in_results = true;    // functionResponse.parts.
  bool takes_part_resolution = true;     // mediaResolution of one part.
  bool fetches_urls = true;              // fileData of any web address, not only of Google's own.
};

// `model` may stand below a folder: `models/gemini-2.5-flash`.
[[nodiscard]] const GeminiRules& gemini_rules_of(std::string_view model);

}  // namespace onellm::dialects
