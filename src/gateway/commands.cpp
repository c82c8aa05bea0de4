#include "gateway/commands.h"

#include <algorithm>

namespace onellm::gateway {

const Command* CommandQueue::next() {
  if (waiting_.empty()) return nullptr;
  current_ = std::move(waiting_.front());
  waiting_.pop_front();
  return &current_;
}

bool CommandQueue::withdraw_fetch(uint32_t id) {
  const auto is_it = [id](const Command& command) { return command.kind == CommandKind::kFetch && command.id == id; };
  const auto fetch = std::find_if(waiting_.begin(), waiting_.end(), is_it);
  if (fetch == waiting_.end()) return false;
  waiting_.erase(fetch);
  return true;
}

}  // namespace onellm::gateway
