// Objects of a request's messages as lists of their members, for writing them anew in another form. Nothing is copied:
// all views point into the text that was read.
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

// The value of the last member of that name that is not null; empty: there is none.
[[nodiscard]] json::Raw find_raw(const std::vector<RawMember>& members, std::string_view key);
// The inside of the same, where it is a string.
[[nodiscard]] json::RawString find_text(const std::vector<RawMember>& members, std::string_view key);

// All members of an object; none where the value is no object. `room` is how many values may be listed, and becomes
// what is left of it: 0 means that there may be more than were read.
[[nodiscard]] std::vector<RawMember> read_raw_members(json::Value& value, size_t& room);

// A message, or one of the blocks that its content is made of.
struct ContentBlock {
  json::Raw whole;                    // A value that is no object; then the rest is empty.
  std::vector<RawMember> members;     // Without these two, where they are lists of blocks or an object.
  std::vector<ContentBlock> content;  // Empty: no such list.
  std::vector<RawMember> source;      // Empty: no such object.

  [[nodiscard]] json::RawString type() const { return find_text(members, "type"); }
};

// `depth`: how many lists of blocks within blocks are read as such. `room`: as above; each block counts, too.
[[nodiscard]] ContentBlock read_block(json::Value& value, int depth, size_t& room);

// Writes it as it was, but for white space.
void write_block(const ContentBlock& block, std::string& out);

}  // namespace onellm::dialects::openai_chat
