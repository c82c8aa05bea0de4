// What is to happen to one top-level member of a request before it is sent.
#pragma once

#include <string>
#include <string_view>

#include "json/raw.h"

namespace onellm::dialects::openai_chat {

// By default nothing.
struct MemberEdit {
  bool cut = false;
  std::string_view dropped = {};  // The parameter that the client loses by it; empty: none.
  std::string_view key = {};      // Its new key; empty: its own.
  std::string value = {};         // Its new value as JSON; empty: its own.

  [[nodiscard]] bool is_nothing() const { return !cut && dropped.empty() && key.empty() && value.empty(); }
};

// True of a value that asks for what happens anyway. A null asks for nothing.
[[nodiscard]] bool is_default(std::string_view parameter, json::Raw value);

// The member is cut, and its loss named unless it is the default.
[[nodiscard]] MemberEdit leave_out(std::string_view parameter, json::Raw value);

}  // namespace onellm::dialects::openai_chat
