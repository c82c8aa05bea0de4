// How much memory the core holds, counted where it is taken and given back: operator new and delete.
//
// WebAssembly memory is 128 MB at most and never shrinks, and an allocation beyond it traps, which ends every
// request of the instance. So what requests hold has to be known, and a count forgets nothing: gateway/session/memory.h
// says what is done with it.
//
// Depends on the C library alone (malloc_usable_size). Memory that is taken with malloc itself is not counted;
// the core and its libraries do not do that.
#pragma once

#include <cstddef>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ONELLM_ADDRESS_SANITIZER
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ONELLM_ADDRESS_SANITIZER
#endif

namespace onellm {

// The bytes that operator new gave out and operator delete did not get back, as the allocator rounded them.
#ifdef ONELLM_ADDRESS_SANITIZER
[[nodiscard]] size_t heap_bytes();
#else
extern size_t g_heap_bytes;  // Of the operators alone.
// Costs a load, here and now: a compiler may suppose that operator new changes no variable that a program can see.
[[nodiscard]] inline size_t heap_bytes() { return *const_cast<const volatile size_t*>(&g_heap_bytes); }
#endif

// What one part of the program holds: all that is allocated and freed while its scopes are open is charged to it.
// A part that calls another one leaves that out by a pause.
class HeapUse {
 public:
  // At the end of a scope, and now where one is open. Never less than 0: a part may free what another one took.
  [[nodiscard]] size_t bytes() const {
    const std::ptrdiff_t now = bytes_ + (open_ ? growth() : 0);
    return now > 0 ? static_cast<size_t>(now) : 0;
  }

  // One scope is open at a time. `use` must outlive it.
  class Scope {
   public:
    explicit Scope(HeapUse& use) : use_(use) { use_.begin(); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope() { use_.end(); }

   private:
    HeapUse& use_;
  };

  // Within a scope. `use` must outlive it.
  class Pause {
   public:
    explicit Pause(HeapUse& use) : use_(use) { use_.end(); }
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;
    ~Pause() { use_.begin(); }

   private:
    HeapUse& use_;
  };

 private:
  [[nodiscard]] std::ptrdiff_t growth() const { return static_cast<std::ptrdiff_t>(heap_bytes() - begun_at_); }
  void begin() {
    begun_at_ = heap_bytes();
    open_ = true;
  }
  void end() {
    bytes_ += growth();
    open_ = false;
  }

  std::ptrdiff_t bytes_ = 0;
  size_t begun_at_ = 0;
  bool open_ = false;
};

}  // namespace onellm
