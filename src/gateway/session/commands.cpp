#include "gateway/session/commands.h"

#include <algorithm>
#include <utility>

namespace onellm::gateway {

namespace {

constexpr size_t kUsualCommands = 8;  // The most that one event usually adds.

}  // namespace

void CommandQueue::add(Command command) {
  commands_.reserve(std::max(commands_.capacity(), kUsualCommands));
  commands_.push_back(std::move(command));
}

const Command* CommandQueue::next() {
  if (taken_ < commands_.size()) return &commands_[taken_++];
  commands_.clear();
  taken_ = 0;
  return nullptr;
}

bool CommandQueue::withdraw_fetch(uint32_t id) {
  const auto is_it = [id](const Command& command) { return command.kind == CommandKind::kFetch && command.id == id; };
  const auto fetch = std::find_if(commands_.begin() + static_cast<std::ptrdiff_t>(taken_), commands_.end(), is_it);
  if (fetch == commands_.end()) return false;
  commands_.erase(fetch);
  return true;
}

}  // namespace onellm::gateway
