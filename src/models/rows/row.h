// The rows of the table of models, and how one is found. A row has a line of models, its lowest and highest version, a
// word of the name (empty: any) and a contract. The first row that fits counts.
//
// Rule: a new model that differs from the others is a new row in the file of its maker; nothing else changes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "models/contract.h"
#include "models/names.h"

namespace onellm::models {

struct Row {
  Line line;
  uint32_t least;
  uint32_t most;
  std::string_view word;
  Contract contract;
};

inline constexpr uint32_t kAny = 9999;

// Efforts that models of several makers take.
inline constexpr EffortSet kNothing{};
inline constexpr EffortSet kHigh{Effort::kHigh, Effort::kHigh};
inline constexpr EffortSet kMinToHigh{Effort::kMinimal, Effort::kHigh};
inline constexpr EffortSet kLowToHigh{Effort::kLow, Effort::kHigh};
inline constexpr EffortSet kLowToMax{Effort::kLow, Effort::kMax};
inline constexpr EffortSet kLowOrHigh = EffortSet(Effort::kLow, Effort::kLow).with(Effort::kHigh);

// The contract of a model that no row has, of most makers.
inline constexpr Contract kUnknown;

template <size_t count>
[[nodiscard]] const Contract& find_in(const Row (&rows)[count], const Name& name, const Contract& otherwise) {
  const Row* const found = std::find_if(std::begin(rows), std::end(rows), [&name](const Row& row) {
    return row.line == name.line && name.version >= row.least && name.version <= row.most &&
           (row.word.empty() || has_word(name.variant, row.word));
  });
  return found == std::end(rows) ? otherwise : found->contract;
}

// The tables, one a maker.
[[nodiscard]] const Contract& openai_contract(const Name& name);
[[nodiscard]] const Contract& claude_contract(const Name& name);
[[nodiscard]] const Contract& google_contract(const Name& name);
[[nodiscard]] const Contract& moonshot_contract(const Name& name);
// Models at hosts that speak OpenAI's format.
[[nodiscard]] const Contract& hosted_contract(const Name& name);

}  // namespace onellm::models
