#include "abi/keys.h"

#include <string>

#include "keys/limiter/call.h"
#include "keys/record/call.h"

namespace {

constexpr size_t kKeptBytesMax = 64 * 1024;  // Longer texts, as of an import, are freed with the next call.

struct Texts {
  std::string call;
  std::string outcome;
};

Texts& texts() {
  static Texts* const the_texts = new Texts;  // Never destroyed: the module never ends.
  return *the_texts;
}

const char* give(std::string outcome) {
  texts().outcome = std::move(outcome);
  return texts().outcome.c_str();
}

}  // namespace

char* onellm_keys_input(uint32_t bytes) {
  Texts& here = texts();
  std::string().swap(here.outcome);
  if (here.call.capacity() > kKeptBytesMax) std::string().swap(here.call);  // `= {}` would keep the memory.
  here.call.resize(bytes);
  return here.call.data();
}

const char* onellm_limiter_call() { return give(onellm::keys::call_limiter(texts().call)); }

const char* onellm_registry_call() { return give(onellm::keys::call_registry(texts().call)); }
