// SHA-256 (https://doi.org/10.6028/NIST.FIPS.180-4), for texts as short as a key: it is built for size.
#pragma once

#include <string>
#include <string_view>

namespace onellm {

// The SHA-256 of `text` as 64 hexadecimal digits in lower case.
[[nodiscard]] std::string sha256_hex(std::string_view text);

}  // namespace onellm
