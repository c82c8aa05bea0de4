// Counts the memory that the core holds, in operator new and operator delete.
//
// WebAssembly memory is 128 MB at most and never shrinks. An allocation beyond it traps, which ends every request of
// the instance. gateway/session/memory.h uses this count to refuse requests before that.
//
// Depends on the C library alone (malloc_usable_size). Direct calls of malloc are not counted; the core and its
// libraries make none.
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

// The bytes allocated by operator new and not yet freed by operator delete, as the allocator rounded them.
#ifdef ONELLM_ADDRESS_SANITIZER
[[nodiscard]] size_t heap_bytes();
#else
extern size_t g_heap_bytes;  // Written by operator new and operator delete only.
// Volatile: a compiler may assume that operator new changes no visible variable, and would use an old value.
[[nodiscard]] inline size_t heap_bytes() { return *const_cast<const volatile size_t*>(&g_heap_bytes); }
#endif

// Counts the memory of one part of the program: everything allocated and freed while one of its scopes is open is
// charged to it. A part that calls another one excludes that call with a Pause.
class HeapUse {
 public:
  // The bytes held at the end of the last scope, or now if a scope is open. Never below 0: a part may free memory that
  // another part allocated.
  [[nodiscard]] size_t bytes() const {
    const std::ptrdiff_t now = bytes_ + (open_ ? growth() : 0);
    return now > 0 ? static_cast<size_t>(now) : 0;
  }

  // Only one scope may be open at a time. `use` must outlive it.
  class Scope {
   public:
    explicit Scope(HeapUse& use) : use_(use) { use_.begin(); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope() { use_.end(); }

   private:
    HeapUse& use_;
  };

  // Stops the count inside a scope. `use` must outlive it.
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
