// The members of a dialect's requests that say what a request costs, beside its text. Each dialect that has such
// members fills this table in its cost_members.cpp.
//
// A request is searched for the names of all dialects (dialects/request_facts.h), so a name that two of them have may
// stand in one table only.
#pragma once

#include <span>
#include <string_view>

#include "prices/server_tools.h"
#include "prices/units.h"

namespace onellm::dialects {

// A member by which tokens may be charged as a unit of their own.
struct UnitMember {
  std::string_view name;
  prices::Unit unit;
  std::string_view text = {};  // Only with this text: see each list.
};

// A member that chooses a tier, a speed or a place. All values but the usual ones have prices of their own.
struct ChoiceMember {
  std::string_view name;
  std::string_view usual;  // Beside the words of chat::is_standard_tier().
};

struct CostMembers {
  // --- at the top of the body, or in one of the `settings` ---
  std::span<const std::string_view> settings = {};       // Objects at the top that have more such members.
  std::span<const std::string_view> output_limits = {};  // Also those that providers may ignore.
  std::span<const std::string_view> answers = {};        // How many answers are asked for.
  std::span<const prices::ToolCharge> searches = {};     // Whose presence lets the model search, unless it is false.
  std::span<const std::string_view> reasoning = {};      // How the model shall reason.
  std::span<const ChoiceMember> choices = {};
  std::span<const UnitMember> modalities = {};  // Lists of words. `text`: the word in lower case.
  std::span<const UnitMember> present = {};     // Whatever the value is.
  // --- at any place ---
  std::span<const UnitMember> objects = {};  // If the value is an object.
  std::span<const UnitMember> texts = {};    // If the value is a text that begins with `text`.
  // --- in an element of `tools` ---
  std::span<const std::string_view> tool_uses = {};       // The most uses of a tool.
  std::span<const prices::ToolCharge> tool_types = {};    // By its `type`. A type that no row has is unpriced.
  std::span<const prices::ToolCharge> tool_members = {};  // If it has no type: by the name of a member.
};

}  // namespace onellm::dialects
