// One memory budget for everything that requests hold: decoded requests, waiting events of legs, events that are not
// complete yet, held tool calls, joined replies. WebAssembly memory is 128 MB at most, and an allocation beyond it ends
// every request of the instance. So a request that would exceed the budget fails with its own 503 instead.
//
// Memory is measured, not estimated: each event is measured (base/heap.h) and charged to its session. Large things that
// are requested before they are allocated also have a room (room.h): bodies, encoded requests, whole replies of several
// legs.
//
// Rule: The more a leg or a request holds, the earlier it is refused more memory (kHoldings). So a few large requests
// never stop small ones.
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

  // The bytes that the open sessions hold, as charged so far.
  [[nodiscard]] size_t held_bytes() const;

  // True if a request or a leg that holds `own_bytes` of them may go on. The less it holds, the fuller the memory may
  // be (kHoldings in memory.cpp).
  [[nodiscard]] bool has_room_for(size_t own_bytes) const;

  // True if every request may go on, whatever it holds, and may also parse a JSON text of `bytes` bytes. Then the
  // caller need not check anything else.
  [[nodiscard]] bool has_plenty_for(size_t bytes) const;

  // True if a request that holds `own_bytes` may go on when it is the only one. If false, a retry does not help.
  [[nodiscard]] static bool can_ever_hold(size_t own_bytes);

  // True if no new request may begin.
  [[nodiscard]] bool is_full() const;

  // True if a JSON text of `bytes` bytes may be parsed now. While it is parsed, its index needs several times its size.
  [[nodiscard]] bool can_parse(size_t bytes) const;

 private:
  friend class MemoryUse;

  size_t settled_bytes_ = 0;            // Of all sessions, without the current event.
  const MemoryUse* current_ = nullptr;  // The session of the current event; null: none.
};

// The memory that one session holds. It is given back by the destructor, so destroy it last of everything that the
// session owns.
class MemoryUse {
 public:
  // `memory` must outlive it.
  explicit MemoryUse(Memory& memory) : memory_(memory) {}
  MemoryUse(const MemoryUse&) = delete;
  MemoryUse& operator=(const MemoryUse&) = delete;
  ~MemoryUse() { memory_.settled_bytes_ -= settled_bytes_; }

  [[nodiscard]] size_t held_bytes() const { return use_.bytes(); }

  // While a scope lives, allocations and frees are charged to this session. Only one scope may exist at a time in the
  // program.
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

  // Defined in the class for speed: it runs after each event and each command.
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
