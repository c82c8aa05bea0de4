#include "base/heap.h"

#include <cstdlib>
#include <new>

#ifdef ONELLM_ADDRESS_SANITIZER

// The sanitizer replaces the operators to find errors, and has a count of its own.
#include <sanitizer/allocator_interface.h>

namespace onellm {

size_t heap_bytes() { return __sanitizer_get_current_allocated_bytes(); }

}  // namespace onellm

#else

#ifdef __APPLE__
#include <malloc/malloc.h>
#else
#include <malloc.h>
#endif

namespace onellm {

size_t g_heap_bytes = 0;

}  // namespace onellm

namespace {

using onellm::g_heap_bytes;

size_t usable_bytes(void* memory) {
#ifdef __APPLE__
  return malloc_size(memory);
#else
  return malloc_usable_size(memory);
#endif
}

void* take(size_t bytes) {
  void* const memory = std::malloc(bytes == 0 ? 1 : bytes);
  if (memory != nullptr) g_heap_bytes += usable_bytes(memory);
  return memory;
}

// The core is built without exceptions, so a failed allocation traps.
void* take_or_trap(size_t bytes) {
  void* const memory = take(bytes);
  if (memory == nullptr) __builtin_trap();
  return memory;
}

void give_back(void* memory) {
  if (memory == nullptr) return;
  g_heap_bytes -= usable_bytes(memory);
  std::free(memory);
}

}  // namespace

// The replaceable operators. https://en.cppreference.com/w/cpp/memory/new/operator_new#Global_replacements
// The operators for over-aligned types are not replaced: the core has no such type.
void* operator new(size_t bytes) { return take_or_trap(bytes); }
void* operator new[](size_t bytes) { return take_or_trap(bytes); }
void* operator new(size_t bytes, const std::nothrow_t& /*tag*/) noexcept { return take(bytes); }
void* operator new[](size_t bytes, const std::nothrow_t& /*tag*/) noexcept { return take(bytes); }
void operator delete(void* memory) noexcept { give_back(memory); }
void operator delete[](void* memory) noexcept { give_back(memory); }
void operator delete(void* memory, size_t /*bytes*/) noexcept { give_back(memory); }
void operator delete[](void* memory, size_t /*bytes*/) noexcept { give_back(memory); }
void operator delete(void* memory, const std::nothrow_t& /*tag*/) noexcept { give_back(memory); }
void operator delete[](void* memory, const std::nothrow_t& /*tag*/) noexcept { give_back(memory); }

#endif
