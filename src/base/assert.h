// ONELLM_ASSERT(condition) states what must hold if the program is right. It never judges input: what
// a client or a provider sent wrong is an Error (base/result.h). A failed assertion traps; the shim
// then replaces the WebAssembly instance.
#pragma once

#define ONELLM_ASSERT(condition) \
  do {                           \
    if (!(condition)) {          \
      __builtin_trap();          \
    }                            \
  } while (false)
