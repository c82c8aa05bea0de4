// Makes ids for tool calls that the provider sent without one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace onellm::dialects {

// An id `call_…`. The same inputs give the same id; each call of a reply gets another one. `reply` is a text that
// identifies the reply.
[[nodiscard]] std::string make_tool_call_id(std::string_view reply, std::string_view name, uint32_t choice,
                                            size_t call);

}  // namespace onellm::dialects
