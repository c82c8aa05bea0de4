// Raw members of an answer that reach it in pieces: `"logprobs":…` with every chunk, `"service_tier":…`
// again and again. What is kept of them names each key once.
//
// Costs a pass over what is there already, and only where a key comes a second time; a reply that
// arrived whole brings each key once.
#pragma once

#include <string>
#include <string_view>

#include "json/raw.h"

namespace onellm::chat {

// What happens where a key is there already.
enum class SameKey : uint8_t {
  kReplace,  // The later value counts.
  // The values are pieces of one: arrays are joined, objects merged by this same rule, the strings that
  // OpenAI streams (arguments, data, transcript) joined. Otherwise the later value counts, unless it is null.
  kAccumulate,
};

// True if one of the members themselves, not of what they hold, is named `key`.
[[nodiscard]] bool has_member(json::RawMembers members, std::string_view key);

// The same where its value is not null: hosts name every member that there is, and most of them are null.
[[nodiscard]] bool has_value(json::RawMembers members, std::string_view key);

// True if all of them are null, or there are none.
[[nodiscard]] bool are_null(json::RawMembers members);

// Adds `more` to raw members kept in a string.
void add_members(std::string& members, json::RawMembers more, SameKey same_key);

}  // namespace onellm::chat
