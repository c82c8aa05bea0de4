// A model in the list that clients get.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace onellm::dialects {

struct ModelInfo {
  std::string id;
  std::string_view owned_by;      // The provider's name.
  int64_t created_s = 0;          // Seconds since 1970; 0: unknown.
  int64_t context_tokens = 0;     // 0: unknown.
  int64_t output_tokens_max = 0;  // 0: unknown.
};

}  // namespace onellm::dialects
