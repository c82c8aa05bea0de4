#include "gateway/commands.h"

namespace onellm::gateway {

const Command* CommandQueue::next() {
  if (waiting_.empty()) return nullptr;
  current_ = std::move(waiting_.front());
  waiting_.pop_front();
  return &current_;
}

}  // namespace onellm::gateway
