// Ids for tool calls to which the provider gave none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace onellm::dialects {

// `call_…`: the same for the same reply, and another for every call in it. `reply` is what tells this
// reply from others.
[[nodiscard]] std::string make_tool_call_id(std::string_view reply, std::string_view name, uint32_t choice,
                                            size_t call);

}  // namespace onellm::dialects
