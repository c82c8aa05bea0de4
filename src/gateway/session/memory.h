// One budget for all that requests hold in memory, whatever it is: decoded requests, events of legs that wait their
// turn, an event whose end has not come, held calls, replies that are joined. WebAssembly memory is 128 MB at most,
// and an allocation beyond it ends every request of the instance, so who would go over the budget fails instead, with
// a 503 of its own.
//
// Nothing is estimated: each event is measured (base/heap.h) and charged to its session. What is asked for before it
// is allocated has a room besides (room.h): bodies, encoded requests, whole replies of several legs.
//
// The more a leg or a request holds, the earlier it is refused more (kHoldings). So a few large ones never keep small
// ones out.
#pragma once

#include <cstddef>

#include "base/heap.h"

namespace onellm::gateway {

class MemoryUse;

class Memory {
 public:
  Memory() = default;
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  // The bytes that the open sessions hold, by what was charged up to now.
  [[nodiscard]] size_t held_bytes() const;

  // Whether a request or a leg that holds `own_bytes` of that may go on. The less it holds, the fuller the memory may
  // be (kHoldings in memory.cpp).
  [[nodiscard]] bool has_room_for(size_t own_bytes) const;

  // Whether everyone may go on, whatever it holds, and parse a JSON text of `bytes`: then that need not be counted.
  [[nodiscard]] bool has_plenty_for(size_t bytes) const;

  // Whether a request that holds `own_bytes` may go on when it is the only one. Where not, to try again is no use.
  [[nodiscard]] static bool can_ever_hold(size_t own_bytes);

  // Whether no further request may begin.
  [[nodiscard]] bool is_full() const;

  // Whether a JSON text of `bytes` may be parsed now: its index takes several times as much for the moment.
  [[nodiscard]] bool can_parse(size_t bytes) const;

 private:
  friend class MemoryUse;

  size_t settled_bytes_ = 0;            // Of all sessions, without the event that is being handled.
  const MemoryUse* current_ = nullptr;  // The session whose event that is; null: none.
};

// What one session holds. Given back when it is destroyed, so it has to be destroyed last of all that the session owns.
class MemoryUse {
 public:
  // `memory` must outlive it.
  explicit MemoryUse(Memory& memory) : memory_(memory) {}
  MemoryUse(const MemoryUse&) = delete;
  MemoryUse& operator=(const MemoryUse&) = delete;
  ~MemoryUse() { memory_.settled_bytes_ -= settled_bytes_; }

  [[nodiscard]] size_t held_bytes() const { return use_.bytes(); }

  // While it lives, what is allocated and freed is this session's. One at a time in all of the program.
  class Scope {
   public:
    explicit Scope(MemoryUse& use) : use_(use), scope_(use.use_) { use.memory_.current_ = &use; }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope() { use_.settle(); }

   private:
    MemoryUse& use_;
    HeapUse::Scope scope_;
  };

 private:
  friend class Memory;

  // Within the class, since it follows each event and each command.
  void settle() {
    memory_.current_ = nullptr;
    const size_t held = use_.bytes();
    memory_.settled_bytes_ += held - settled_bytes_;
    settled_bytes_ = held;
  }

  Memory& memory_;
  HeapUse use_;
  size_t settled_bytes_ = 0;  // As counted in memory_.
};

}  // namespace onellm::gateway
