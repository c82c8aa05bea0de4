// Collects the members of an object that chat::Request does not know, so that they can be passed on. If they are next
// to each other in the text, the result is a view of it; else it is a new text.
#pragma once

#include <string>
#include <string_view>

#include "chat/request.h"
#include "json/raw.h"

namespace onellm::dialects {

class ExtraMembers {
 public:
  // `key` and `value` are views into the same text.
  void add(json::RawString key, json::Raw value);

  // Do not add members afterwards. If the result is a new text, `request` owns it.
  [[nodiscard]] json::RawMembers finish(chat::Request& request);

 private:
  std::string_view run_;  // All members, as long as they are next to each other.
  std::string joined_;    // All members, once they are not.
};

}  // namespace onellm::dialects
