// How to change one member of a request before it is sent.
#pragma once

#include <string>
#include <string_view>

namespace onellm::dialects {

// By default the member stays as it is.
struct MemberEdit {
  bool cut = false;
  std::string_view dropped = {};  // The parameter to report as dropped; empty: none.
  std::string_view key = {};      // The new key; empty: unchanged.
  std::string value = {};         // The new value as JSON; empty: unchanged.

  [[nodiscard]] bool is_nothing() const { return !cut && dropped.empty() && key.empty() && value.empty(); }
};

}  // namespace onellm::dialects
