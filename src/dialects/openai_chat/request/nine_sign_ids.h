// Ids of tool calls for a host that takes nothing but nine letters and digits. A conversation that another model
// began has others; each of them becomes one such id, the same at the call and at its result.
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
  // Ids of the request that are good stay, and none of the others becomes one of them.
  explicit NineSignIds(const chat::Request& request);

  [[nodiscard]] static bool is_one(json::RawString id);

  // Depends on the id alone, unless two become the same: one more turn changes nothing of those before it, so that
  // prompt caches stay good.
  [[nodiscard]] std::string of(json::RawString id);

 private:
  void keep(json::RawString id);

  std::set<std::string, std::less<>> used_;
  std::map<std::string, std::string, std::less<>> made_;  // By the id that was there.
};

}  // namespace onellm::dialects::openai_chat
