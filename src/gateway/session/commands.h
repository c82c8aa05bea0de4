// The queue of one session's commands that the shim has not taken yet.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/rope.h"
#include "gateway/session/protocol.h"

namespace onellm::gateway {

struct Command {
  CommandKind kind;
  uint32_t id = 0;
  uint32_t number = 0;
  std::string head = {};
  Rope body = {};
};

class CommandQueue {
 public:
  void add(Command command);
  void add(CommandKind kind, uint32_t id = 0, uint32_t number = 0) { add({.kind = kind, .id = id, .number = number}); }

  // Takes the next command. It is valid until the next call of any method. Null if there is none.
  [[nodiscard]] const Command* next();
  [[nodiscard]] bool has_next() const { return taken_ < commands_.size(); }

  // Removes the command that would make this call. Returns false if the shim has taken it already.
  [[nodiscard]] bool withdraw_fetch(uint32_t id);

 private:
  std::vector<Command> commands_;
  size_t taken_ = 0;  // The number of commands taken. They are dropped when all have been taken.
};

}  // namespace onellm::gateway
