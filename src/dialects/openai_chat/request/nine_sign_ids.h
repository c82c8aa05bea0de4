// Makes tool call ids for a host that accepts only nine letters and digits. A conversation begun with another model has
// other ids. Each becomes one such id, the same in the call and in its result.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "chat/request.h"
#include "json/raw.h"

namespace onellm::dialects::openai_chat {

class NineSignIds {
 public:
  // Valid ids of the request stay, and no new id equals one of them.
  explicit NineSignIds(const chat::Request& request);

  [[nodiscard]] static bool is_one(json::RawString id);

  // The new id. Depends only on `id`, unless two collide. So another turn does not change earlier ids, and prompt
  // caches stay valid.
  [[nodiscard]] std::string of(json::RawString id);

 private:
  void keep(json::RawString id);

  std::set<std::string, std::less<>> used_;
  std::map<std::string, std::string, std::less<>> made_;  // Keyed by the original id.
};

}  // namespace onellm::dialects::openai_chat
