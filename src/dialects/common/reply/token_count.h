// Reads a count of tokens of a provider's usage.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/limits.h"
#include "json/reader.h"

namespace onellm::dialects {

// Sets the count if the value is an integer; otherwise it stays as it was.
inline void read_token_count(json::Value& value, std::optional<int64_t>& count) {
  int64_t number = 0;
  if (value.read(number)) count = std::clamp<int64_t>(number, 0, kTokensMax);
}

}  // namespace onellm::dialects
