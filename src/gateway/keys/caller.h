// Who sends a request: the master key, or a key that it handed out.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "keys/record/record.h"

namespace onellm::gateway {

inline constexpr std::string_view kMasterKey = "master";  // The id of the key in ONELLM_API_KEY.

struct Caller {
  bool is_master = false;
  // The key's record, as the isolate knows it. Null: the caller is the master key, or not known yet. Never null for any
  // other caller of a route that needs a key.
  std::shared_ptr<const keys::Record> record = {};

  std::string hash = {};  // Of the secret that the request came with. Never shown or logged.

  // `master`, or `key_…`; empty: the caller is not known yet.
  [[nodiscard]] std::string_view id() const {
    if (record != nullptr) return record->id;
    return is_master ? kMasterKey : std::string_view();
  }
  // Its name for people: the alias, or the id if it has none.
  [[nodiscard]] std::string_view label() const {
    return record != nullptr && record->alias ? std::string_view(*record->alias) : id();
  }
  [[nodiscard]] int64_t version() const { return record == nullptr ? 0 : record->version; }
  [[nodiscard]] bool is_limited_to_models() const { return record != nullptr && !record->models.empty(); }
  // False if the metadata of the key has `auto_cache: "off"`. They are stored without white space, and a quote within a
  // text has a backslash before it.
  [[nodiscard]] bool allows_auto_cache() const {
    return record == nullptr || record->metadata.find(R"("auto_cache":"off")") == std::string::npos;
  }
  [[nodiscard]] bool has_limits() const { return record != nullptr && keys::has_limits(*record); }
};

// The record that the caller is shown as. The master key has none, so it is shown as a key without limits.
[[nodiscard]] inline std::shared_ptr<const keys::Record> shown_record(const Caller& caller) {
  if (caller.record != nullptr) return caller.record;
  return std::make_shared<const keys::Record>(keys::Record{.id = std::string(kMasterKey)});
}

}  // namespace onellm::gateway
