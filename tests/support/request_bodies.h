// Bodies of chat requests by their length.
#pragma once

#include <string>

#include "support/gateway_driver.h"

namespace onellm::gateway::test {

inline constexpr const char* kChatRoute = "POST /v1/chat/completions";
inline constexpr size_t kMegabyte = 1024 * 1024;

// A chat request of just that many bytes.
inline std::string body_of(size_t bytes, const std::string& model = "echo") {
  const std::string begin = R"({"model":")" + model + R"(","messages":[{"role":"user","content":")";
  const std::string end = "\"}]}";
  return begin + std::string(bytes - begin.size() - end.size(), 'a') + end;
}

inline Headers with_length(size_t bytes) { return with_key({{"content-length", std::to_string(bytes)}}); }

}  // namespace onellm::gateway::test
