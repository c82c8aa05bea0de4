// What a body, as it goes to a provider, says about its own cost.
//
// It is read from the encoded text, so that nothing which an encoder added is missed. Names of all dialects are known,
// since a host of one may understand those of another.
//
// Rule: of a member that is there twice, the dearer one counts.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/buffer.h"
#include "keys/estimate.h"
#include "prices/units.h"

namespace onellm::gateway {

struct BodyFacts {
  std::optional<int64_t> output_tokens = {};  // The output limit of one answer; of several limits the largest.
  std::string wrong_limit = {};   // A limit that is no integer from 0 to kKeyOutputTokensAskedMax; empty: all are.
  std::string zero_limit = {};    // A limit that is 0.
  int64_t answers = 1;            // How many are asked for.
  bool has_other_prices = false;  // It asks for a service tier, a speed or a place that has prices of its own.
  prices::UnitSet may_meet = 0;   // As in keys::PricedRequest.
  std::vector<keys::ServerTool> tools = {};
};

// `limits`: the members that limit the output in this body. Others of that kind are only checked, since the provider
// may ignore them.
[[nodiscard]] BodyFacts read_body_facts(const json::Buffer& body, std::span<const std::string_view> limits);

}  // namespace onellm::gateway
