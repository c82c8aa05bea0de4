// How to change one member of a request before it is sent.
#pragma once

#include <string>
#include <string_view>

#include "json/raw.h"

namespace onellm::dialects::openai_chat {

// By default the member stays as it is.
struct MemberEdit {
  bool cut = false;
  std::string_view dropped = {};  // The parameter to report as dropped; empty: none.
  std::string_view key = {};      // The new key; empty: unchanged.
  std::string value = {};         // The new value as JSON; empty: unchanged.

  [[nodiscard]] bool is_nothing() const { return !cut && dropped.empty() && key.empty() && value.empty(); }
};

// True if the value is the parameter's default or null.
[[nodiscard]] bool is_default(std::string_view parameter, json::Raw value);

// Cuts the member. Reports it as dropped unless it has the default value.
[[nodiscard]] MemberEdit leave_out(std::string_view parameter, json::Raw value);

}  // namespace onellm::dialects::openai_chat
