// What the registry answers (worker/objects/registry.js).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gateway/keys/admin/action.h"
#include "keys/record/record.h"

namespace onellm::gateway {

struct RegistryAnswer {
  std::vector<keys::Record> records;
  bool has_more = false;  // kList, kExport.
  bool limited = false;   // kRead: there is a limiter.
  int64_t imported = 0;   // kImport: how many records.
};

// Errors: kKeyNotFound, kKeyTaken, kTooManyKeys, kBadRequest as the registry refused the request; and
// kKeyStoreUnavailable if the reply is malformed, or lacks the record that the action wants.
[[nodiscard]] Result<RegistryAnswer> read_registry_answer(std::string_view reply, const KeyRequest& request);

[[nodiscard]] Error key_not_found(std::string_view id);

}  // namespace onellm::gateway
