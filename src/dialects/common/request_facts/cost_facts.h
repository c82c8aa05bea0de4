// What a body, as it goes to a provider, says about its own cost (cost_members.h).
//
// It is read from the encoded text, so that nothing which an encoder added is missed.
//
// Rule: of a member that is there twice, the dearer one counts.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/common/request_facts/cost_members.h"
#include "json/buffer.h"
#include "prices/server_tools.h"
#include "prices/units.h"

namespace onellm::dialects {

struct CostFacts {
  std::optional<int64_t> output_tokens = {};  // The output limit of one answer; of several limits the largest.
  std::string wrong_limit = {};   // A limit that is no integer from 0 to kKeyOutputTokensAskedMax; empty: all are.
  std::string zero_limit = {};    // A limit that is 0.
  int64_t answers = 1;            // How many are asked for.
  bool has_other_prices = false;  // It asks for a service tier, a speed or a place that has prices of its own.
  prices::UnitSet may_meet = 0;   // Units that the prompt and the output may be charged as, beside plain ones.
  std::vector<prices::ServerTool> tools = {};
};

// `limits`: the members that limit the output in this body. Others of that kind are only checked, since the provider
// may ignore them. `tables`: whose names count.
[[nodiscard]] CostFacts read_cost_facts(const json::Buffer& body, std::span<const std::string_view> limits,
                                        std::span<const CostMembers* const> tables);

}  // namespace onellm::dialects
