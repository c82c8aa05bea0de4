// The exported functions that the objects of keys call (worker/objects): their decisions, as JSON.
//
// Rule: each call stands alone. An instance that serves only these needs no settings.
#pragma once

#include <cstdint>

extern "C" {

// Returns where to write the `bytes` bytes of the next call.
char* onellm_keys_input(uint32_t bytes);

// Carries out the call that was written: of the limiter (keys/limiter/call.h) or of the registry
// (keys/record/call.h). Returns JSON, ended by NUL and valid until the next call; empty: the call is malformed.
const char* onellm_limiter_call();
const char* onellm_registry_call();

}  // extern "C"
