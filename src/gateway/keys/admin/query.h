// Reads the queries of GET /v1/admin/keys and GET /v1/admin/keys/export.
//
// Rule: a name that is not known, or that comes twice, is an error. Otherwise a misspelt filter would return all keys.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/result.h"

namespace onellm::gateway {

struct KeyListQuery {
  int64_t limit = kKeyListDefault;
  std::string after = {};  // The id of a key: the page begins behind it. Empty: at the newest key.
  std::optional<bool> blocked = {};
  std::string search = {};  // A part of the alias or the id, letter for letter. Empty: all.
};

// Reads `limit`, `after`, `blocked` and `search`. Errors: kBadRequest, with the parameter.
[[nodiscard]] Result<KeyListQuery> read_list_query(std::string_view query);
// Reads `after` alone.
[[nodiscard]] Result<KeyListQuery> read_export_query(std::string_view query);

// The argument of the registry's method `list`.
[[nodiscard]] std::string list_argument(const KeyListQuery& query);
// The same of `exportPage`.
[[nodiscard]] std::string export_argument(const KeyListQuery& query);

}  // namespace onellm::gateway
