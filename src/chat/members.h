// Joins raw members of an answer that arrive in parts: some come with every chunk, others are repeated.
//
// Each further part costs a pass over the members kept so far, unless they are equal and SameKey is kReplace.
//
// Rule: the members kept have each key once.
#pragma once

#include <string>
#include <string_view>

#include "json/raw.h"

namespace onellm::chat {

// What to do with a key that occurs again.
enum class SameKey : uint8_t {
  kReplace,  // Keep the later value.
  // Join the values: arrays are joined, objects merged by this same rule, and the strings that OpenAI streams
  // (arguments, data, transcript) joined. For other values keep the later one, unless it is null.
  kAccumulate,
};

// True if one of the members is named `key`. Members inside their values do not count.
[[nodiscard]] bool has_member(json::RawMembers members, std::string_view key);

// The same, and its value is not null: some hosts send every member that exists, most of them null.
[[nodiscard]] bool has_value(json::RawMembers members, std::string_view key);

// True if the values of all members are null, or there are no members.
[[nodiscard]] bool are_null(json::RawMembers members);

// Adds `more` to the raw members in a string.
void add_members(std::string& members, json::RawMembers more, SameKey same_key);

}  // namespace onellm::chat
