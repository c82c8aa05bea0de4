// What the tests of providers share: a kind by its name, and endpoints whose body and time do not matter.
#pragma once

#include <string_view>

#include "providers/provider.h"

namespace onellm::providers {

// The built-in provider of that name; null if there is none.
inline const Kind* find_kind(std::string_view name) {
  for (const Kind* kind : kinds()) {
    if (kind->name == name) return kind;
  }
  return nullptr;
}

}  // namespace onellm::providers

namespace onellm::test {

inline providers::Endpoint chat_endpoint(const providers::Provider& provider, std::string_view model, bool stream) {
  return provider.kind->chat_endpoint(provider, {.model = model, .stream = stream, .body = {}});
}

inline providers::Endpoint models_endpoint(const providers::Provider& provider, std::string_view next) {
  return provider.kind->models_endpoint(provider, {.next = next});
}

}  // namespace onellm::test
