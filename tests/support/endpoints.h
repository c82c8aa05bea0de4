// The endpoint of a call whose body and time do not matter.
#pragma once

#include <string_view>

#include "providers/provider.h"

namespace onellm::test {

inline providers::Endpoint chat_endpoint(const providers::Provider& provider, std::string_view model, bool stream) {
  return provider.kind->chat_endpoint(provider, {.model = model, .stream = stream, .body = {}});
}

inline providers::Endpoint models_endpoint(const providers::Provider& provider, std::string_view next) {
  return provider.kind->models_endpoint(provider, {.next = next});
}

}  // namespace onellm::test
