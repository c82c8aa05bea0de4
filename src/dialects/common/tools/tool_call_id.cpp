#include "dialects/common/tools/tool_call_id.h"

namespace onellm::dialects {

namespace {

// FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/: spreads well and is the same on every platform.
uint64_t hash(uint64_t state, std::string_view text) {
  for (const char c : text) state = (state ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return (state ^ 0xFF) * 0x100000001B3;  // A separator that is never in UTF-8, so that "a","bc" and "ab","c" differ.
}

}  // namespace

std::string make_tool_call_id(std::string_view reply, std::string_view name, uint32_t choice, size_t call) {
  uint64_t state = hash(0xCBF29CE484222325, reply);
  state = hash(state, name);
  state = hash(state, std::to_string(choice));
  state = hash(state, std::to_string(call));
  std::string id = "call_";
  for (int shift = 60; shift >= 0; shift -= 4) id += "0123456789abcdef"[state >> shift & 0xF];
  return id;
}

}  // namespace onellm::dialects
