// Makes a JSON value that fails a check smaller: what is left shows why it fails.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/function_ref.h"

namespace onellm::test {

using OrderedJson = nlohmann::ordered_json;

// True if something below `at` could be taken out of `whole`.
inline bool shrink_once(OrderedJson& whole, const OrderedJson::json_pointer& at,
                        FunctionRef<bool(const OrderedJson&)> fails) {
  bool changed = false;
  std::vector<OrderedJson::json_pointer> children;
  const auto try_without = [&](auto key) {
    OrderedJson smaller = whole;
    smaller[at].erase(key);
    if (!fails(smaller)) return children.push_back(at / key);
    whole = std::move(smaller);
    changed = true;
  };
  if (whole[at].is_array()) {
    for (size_t i = whole[at].size(); i-- > 0;) try_without(i);
    children.clear();
    for (size_t i = 0; i < whole[at].size(); ++i) children.push_back(at / i);
  } else if (whole[at].is_object()) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : whole[at].items()) keys.push_back(key);
    for (const std::string& key : keys) try_without(key);
  }
  for (const OrderedJson::json_pointer& child : children) changed = shrink_once(whole, child, fails) || changed;
  return changed;
}

// `fails` is true of `value`, and of the result.
inline OrderedJson smallest_failing(OrderedJson value, FunctionRef<bool(const OrderedJson&)> fails) {
  while (shrink_once(value, OrderedJson::json_pointer(), fails)) {
  }
  return value;
}

}  // namespace onellm::test
