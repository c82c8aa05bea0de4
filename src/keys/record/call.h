// A call of the registry as JSON, for the object that stores the records.
//
//   {"op":"create","now_ms":…,"version":7,"body":"{…}","id":"key_…","hash":"…"}
//   → {"rows":[{"id":…,"record":"…",…}],"keys_max":10000}, or {"refusal":{"message":…,"param":…}}
//
// | op       | needs                                                                        |
// |----------|------------------------------------------------------------------------------|
// | `create` | `body`, `id`, `hash`                                                         |
// | `patch`  | `record`, `body`                                                             |
// | `rotate` | `record`, `body`, `hash`                                                     |
// | `import` | `body`                                                                       |
// | `report` | `record`, `spend` of the limiter; no row: the report is of an earlier figure |
//
// `version`: the next one. `record`, `limits`: JSON as text, which the object stores and passes on unread.
#pragma once

#include <string>
#include <string_view>

namespace onellm::keys {

// The JSON that the call gives; empty if it is malformed, which is a bug of the caller.
[[nodiscard]] std::string call_registry(std::string_view call);

}  // namespace onellm::keys
