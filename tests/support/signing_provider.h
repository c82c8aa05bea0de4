// A provider that signs its requests: the signature is of the time and of every byte of the body.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "providers/provider.h"

namespace onellm::test {

inline std::string signature_of(const Rope& body, std::string_view key) {
  uint32_t sum = 0;
  for (const std::string_view piece : body.pieces()) {
    for (const char c : piece) sum = sum * 31 + static_cast<unsigned char>(c);
  }
  return std::string(key) + "-" + std::to_string(sum);
}

inline providers::Endpoint signed_endpoint(const providers::Provider& provider, const providers::Call& call) {
  return {.url = provider.base + "/model/" + std::string(call.model) + (call.stream ? "/stream" : "/whole"),
          .headers = {{"x-time", std::to_string(static_cast<int64_t>(call.now_ms))},
                      {"x-signature", signature_of(call.body, provider.key)}}};
}

}  // namespace onellm::test
