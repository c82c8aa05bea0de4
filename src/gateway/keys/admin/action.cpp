#include "gateway/keys/admin/action.h"

#include "base/limits.h"
#include "base/query.h"

namespace onellm::gateway {

namespace {

KeyAction action_of(RouteKind kind, std::string_view method) {
  if (kind == RouteKind::kKeys) return method == "POST" ? KeyAction::kCreate : KeyAction::kList;
  if (kind == RouteKind::kKeyExport) return KeyAction::kExport;
  if (kind == RouteKind::kKeyImport) return KeyAction::kImport;
  if (kind == RouteKind::kKeyRotate) return KeyAction::kRotate;
  if (method == "PATCH") return KeyAction::kPatch;
  return method == "DELETE" ? KeyAction::kRemove : KeyAction::kRead;
}

}  // namespace

std::string_view registry_method(KeyAction action) {
  switch (action) {
    case KeyAction::kList: return "list";
    case KeyAction::kExport: return "exportPage";
    case KeyAction::kRead: return "read";
    case KeyAction::kCreate: return "create";
    case KeyAction::kPatch: return "patch";
    case KeyAction::kRotate: return "rotate";
    case KeyAction::kImport: return "importPage";
    case KeyAction::kRemove: return "remove";
  }
  __builtin_unreachable();
}

size_t body_bytes_max(KeyAction action) { return action == KeyAction::kImport ? kKeyImportBytesMax : kKeyBodyBytesMax; }

KeyRequest read_key_request(const Route& route, const ClientRequest& request) {
  std::string_view id = rest_of_path(route, request.path);
  if (route.kind == RouteKind::kKeyRotate) id.remove_suffix(kRotateSuffix.size());
  const bool has_id = route.kind == RouteKind::kKey || route.kind == RouteKind::kKeyRotate;
  return {.action = action_of(route.kind, request.method), .id = has_id ? percent_decode(id) : std::string()};
}

}  // namespace onellm::gateway
