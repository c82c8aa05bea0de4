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
  // A limit, or another member that is counted, that is no integer from 0 to kKeyOutputTokensAskedMax; empty: all are.
  std::string wrong_limit = {};
  std::string other_limit = {};   // A limit that is not among those of this body; empty: there is none.
  int64_t other_tokens = 0;       // The largest of those.
  bool counts_uses = false;       // wrong_limit is one of uses, which may be 0.
  std::string zero_limit = {};    // A limit that is 0.
  int64_t answers = 1;            // How many are asked for.
  bool has_other_prices = false;  // It asks for a service tier, a speed or a place that has prices of its own.
  bool asks_to_reason = false;    // It has a member that says how the model shall reason.
  prices::UnitSet may_meet = 0;   // Units that the prompt and the output may be charged as, beside plain ones.
  std::vector<prices::ServerTool> tools = {};
};

// `limits`: the members that limit the output in this body. Others of that kind are kept apart, since the provider may
// ignore them, or may not: nobody knows. `tables`: whose names count.
[[nodiscard]] CostFacts read_cost_facts(const json::Buffer& body, std::span<const std::string_view> limits,
                                        std::span<const CostMembers* const> tables);

}  // namespace onellm::dialects
