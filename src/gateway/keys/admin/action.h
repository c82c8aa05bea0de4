// What an administrator wants of the registry, by the route and method of the request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/http/routes.h"

namespace onellm::gateway {

enum class KeyAction : uint8_t {
  kList,
  kExport,
  kRead,
  kCreate,
  kPatch,
  kRotate,
  kImport,
  kRemove,
};

// The method of the registry for it (worker/objects/registry.js).
[[nodiscard]] std::string_view registry_method(KeyAction action);

[[nodiscard]] inline bool has_body(KeyAction action) {
  return action == KeyAction::kCreate || action == KeyAction::kPatch || action == KeyAction::kRotate ||
         action == KeyAction::kImport;
}
// True if a body that is empty stands for an object without members.
[[nodiscard]] inline bool may_lack_body(KeyAction action) {
  return action == KeyAction::kCreate || action == KeyAction::kRotate;
}
[[nodiscard]] inline bool makes_secret(KeyAction action) {
  return action == KeyAction::kCreate || action == KeyAction::kRotate;
}
[[nodiscard]] size_t body_bytes_max(KeyAction action);

struct KeyRequest {
  KeyAction action = KeyAction::kList;
  std::string id = {};  // As in the path, decoded. Empty for actions on no single key.
};

// Requires a route of keys, and one of its methods.
[[nodiscard]] KeyRequest read_key_request(const Route& route, const ClientRequest& request);

}  // namespace onellm::gateway
