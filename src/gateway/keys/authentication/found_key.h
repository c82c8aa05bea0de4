// The registry's answer to a search for one key (worker/objects/registry.js).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "keys/record/record.h"

namespace onellm::gateway {

struct FoundKey {
  std::optional<keys::Record> record = {};  // Nothing: there is no such key.
};

// The argument of `find`, and of `read`.
[[nodiscard]] std::string find_argument(std::string_view hash);
[[nodiscard]] std::string read_argument(std::string_view id);

// Nothing if it is no such answer.
[[nodiscard]] std::optional<FoundKey> read_found_key(std::string_view reply);

}  // namespace onellm::gateway
