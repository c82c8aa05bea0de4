// Reads objects of a request's messages as lists of members, to write them again in another form.
// Rule: Nothing is copied; all views point into the text that was read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "json/raw.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

struct RawMember {
  json::RawString key;
  json::Raw value;
};

// The value of the last member with that name that is not null; empty: none.
[[nodiscard]] json::Raw find_raw(const std::vector<RawMember>& members, std::string_view key);
// The same, if it is a string: its content without quotes.
[[nodiscard]] json::RawString find_text(const std::vector<RawMember>& members, std::string_view key);

// All members of an object; none if the value is no object. `room`: how many more values may be listed; it is reduced.
// If it becomes 0, some members may be missing.
[[nodiscard]] std::vector<RawMember> read_raw_members(json::Value& value, size_t& room);

// A message, or one block of its content.
struct ContentBlock {
  json::Raw whole;                    // A value that is no object; then the rest is empty.
  std::vector<RawMember> members;     // All members, except `content` and `source` if they are in the next two fields.
  std::vector<ContentBlock> content;  // Empty: `content` is no list of blocks.
  std::vector<RawMember> source;      // Empty: `source` is no object.

  [[nodiscard]] json::RawString type() const { return find_text(members, "type"); }
};

// `depth`: how many nested lists of blocks are read as blocks. `room`: as above; each block counts, too.
[[nodiscard]] ContentBlock read_block(json::Value& value, int depth, size_t& room);

// Writes the block unchanged, except for white space.
void write_block(const ContentBlock& block, std::string& out);

}  // namespace onellm::dialects::openai_chat
