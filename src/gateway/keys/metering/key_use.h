// What the limiter of the caller's key was told about a request, and what it said.
#pragma once

#include "dialects/client_dialect.h"

namespace onellm::gateway {

struct KeyUse {
  // The limiter was asked to admit the request and did not refuse: it must learn what was used. True also while its
  // answer is not there.
  bool is_to_settle = false;
  // Headers about the key's own limits, for all replies from now on.
  dialects::HeaderList headers = {};
  // Those about rates are among them, so the provider's get other names.
  bool renames_providers = false;
};

}  // namespace onellm::gateway
