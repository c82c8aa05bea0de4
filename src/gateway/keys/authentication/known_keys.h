// What this isolate knows of keys, by the hash of their secret: records, and that there is no key with a secret.
//
// Rule: nothing is believed for longer than kKnownKeyMs. How much is kept is bounded, in entries and in bytes.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "keys/record/record.h"

namespace onellm::gateway {

class KnownKeys {
 public:
  enum class Knowledge : uint8_t {
    kNothing,
    kRight,     // There is a key with this secret: its record may be used.
    kOutdated,  // There was one, but its record must be read anew.
    kWrong,     // There is none.
  };
  struct Found {
    Knowledge knowledge = Knowledge::kNothing;
    std::shared_ptr<const keys::Record> record = {};  // Of kRight,
    double read_ms = 0;                               // and when it was read.
  };

  [[nodiscard]] Found find(std::string_view hash, double now_ms) const;
  // True if the record of the secret was read less than kRefusedKeyMs ago: too lately to be read anew for a refusal.
  [[nodiscard]] bool is_fresh(std::string_view hash, double now_ms) const;
  // The registry has this record for the secret. Returns it as it is kept.
  std::shared_ptr<const keys::Record> keep(const std::string& hash, keys::Record record, double now_ms);
  // The registry has no key with this secret.
  void keep_wrong(const std::string& hash, double now_ms);

  [[nodiscard]] size_t size() const { return entries_.size(); }
  [[nodiscard]] size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    std::shared_ptr<const keys::Record> record;  // Null: there is no such key.
    double until_ms = 0;
    size_t bytes = 0;
  };
  using Entries = std::unordered_map<std::string, Entry>;

  void put(const std::string& hash, Entry entry);
  void make_room();
  Entries::iterator erase(Entries::iterator entry);

  Entries entries_;
  size_t bytes_ = 0;
};

}  // namespace onellm::gateway
