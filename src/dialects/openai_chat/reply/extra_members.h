// Collects the members of an object that the canonical model does not know, so that they can be passed
// on. Where they stand side by side in the text, the result is a view of it; else it is put together.
#pragma once

#include <string>
#include <string_view>

#include "chat/request.h"
#include "json/raw.h"

namespace onellm::dialects::openai_chat {

class ExtraMembers {
 public:
  // `key` and `value` are views into the same text.
  void add(json::RawString key, json::Raw value);

  // Requires that nothing is added afterwards. `request` keeps what had to be put together.
  [[nodiscard]] json::RawMembers finish(chat::Request& request);

 private:
  std::string_view run_;  // All of them, as long as they stand side by side.
  std::string joined_;    // All of them, once they do not.
};

}  // namespace onellm::dialects::openai_chat
