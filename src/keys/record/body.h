// Reads a JSON body of the admin routes: an object whose members have names that are known, each once.
//
// Rule: a refusal names every member that is wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/function_ref.h"
#include "base/result.h"
#include "json/reader.h"

namespace onellm::keys {

// What is wrong with the members of a body.
class Problems {
 public:
  // `param` is the member's name, or its path. Keeps the first few.
  void add(std::string_view param, std::string_view problem);
  [[nodiscard]] bool empty() const { return message_.empty(); }
  // Requires !empty(). kBadRequest; its param is the first member that is wrong.
  [[nodiscard]] Error error() const;

 private:
  std::string param_ = {};
  std::string message_ = {};
  size_t count_ = 0;
};

// Calls `on_member` for each member of `value`, which returns what is wrong with it as text for people, or null:
// nothing. `path` stands before the names of members: "data[3].". False if the value is no object.
[[nodiscard]] bool read_members(json::Value& value, std::string_view path, Problems& problems,
                                FunctionRef<const char*(const std::string& name, json::Value& member)> on_member);

// Opens the body, which may be empty if `may_be_empty`: then `on_root` is not called.
[[nodiscard]] Result<Ok> read_body(std::string_view body, bool may_be_empty,
                                   FunctionRef<void(json::Value& root)> on_root);

}  // namespace onellm::keys
