// The rules that decide whether a row of the price table applies to a model. scripts/lib/price_rules.mjs packs them.
#pragma once

#include <string_view>

#include "prices/byte_reader.h"

namespace onellm::prices {

// Reads all rules of one row. True if they match `model`, which must be in lower case.
[[nodiscard]] bool read_rules(ByteReader& rows, std::string_view model);

}  // namespace onellm::prices
