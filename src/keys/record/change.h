// What administrators do to a record: make it, change it, give it another secret.
//
// Rule: the record that comes out is valid, or nothing comes out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "keys/record/record.h"

namespace onellm::keys {

// What the caller gives to a new record. `hash`: of the secret.
struct NewKey {
  std::string id;
  std::string hash;
  int64_t version = 0;
  int64_t now_ms = 0;
};

// The record for the body of POST /v1/admin/keys. Errors: kBadRequest.
[[nodiscard]] Result<Record> create_record(std::string_view body, NewKey made);

// The record after PATCH /v1/admin/keys/{id}: members that are absent stay, null restores the default. Another
// budget_duration begins a new window. Errors: kBadRequest.
[[nodiscard]] Result<Record> patch_record(const Record& record, std::string_view body, int64_t version, int64_t now_ms);

// The record after POST /v1/admin/keys/{id}/rotate. The secret before stays valid as long as the body says, the one
// before that no longer. Errors: kBadRequest.
[[nodiscard]] Result<Record> rotate_record(const Record& record, std::string_view body, const std::string& new_hash,
                                           int64_t version, int64_t now_ms);

// Why a request with the secret of this hash is refused: kUnauthorized. For a secret that was valid, the message says
// whether the key is blocked or expired. Nothing: the request is allowed.
[[nodiscard]] std::optional<Error> refuse_secret(const Record& record, std::string_view hash, int64_t now_ms);

}  // namespace onellm::keys
