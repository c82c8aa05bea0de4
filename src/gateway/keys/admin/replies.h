// Writes the replies of the admin routes of keys.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "keys/record/record.h"

namespace onellm::gateway {

// A page of records; of an export with their hashes.
[[nodiscard]] std::string key_page(std::span<const keys::Record> records, bool has_more, bool is_export,
                                   int64_t now_ms);

[[nodiscard]] std::string deleted_key(std::string_view id);

// `count` records were imported.
[[nodiscard]] std::string imported_keys(int64_t count);

}  // namespace onellm::gateway
