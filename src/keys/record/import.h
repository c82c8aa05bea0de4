// Reads a page of exported records, the body of POST /v1/admin/keys/import.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "keys/record/record.h"

namespace onellm::keys {

// The records of the page, each with `version`. All or none: one wrong member refuses the page. Errors: kBadRequest,
// whose param is like `data[3].rpm_limit`. An expiry in the past is allowed here.
[[nodiscard]] Result<std::vector<Record>> read_import(std::string_view body, int64_t version, int64_t now_ms);

}  // namespace onellm::keys
