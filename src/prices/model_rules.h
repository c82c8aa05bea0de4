// By which rules a row of the price table is a model's. How they are packed: scripts/lib/price_rules.mjs.
#pragma once

#include <string_view>

#include "prices/byte_reader.h"

namespace onellm::prices {

// Reads the rules of one row, all of them; true if `model`, in lower case, is what they describe.
[[nodiscard]] bool read_rules(ByteReader& rows, std::string_view model);

}  // namespace onellm::prices
