// ONELLM_ASSERT(condition) checks for bugs in this program. A failed assertion traps; the shim then replaces the
// WebAssembly instance.
//
// Rule: it never checks input. Wrong input of a client or a provider is an Error (base/result.h).
#pragma once

#define ONELLM_ASSERT(condition) \
  do {                           \
    if (!(condition)) {          \
      __builtin_trap();          \
    }                            \
  } while (false)
