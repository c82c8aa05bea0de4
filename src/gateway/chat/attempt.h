// One target of a leg with its request, encoded before anything is sent.
#pragma once

#include "dialects/dialect.h"
#include "gateway/chat/amendment.h"
#include "gateway/keys/spend/attempt_cost.h"
#include "providers/provider.h"
#include "routing/model_spec.h"

namespace onellm::gateway {

struct Attempt {
  routing::Target target;
  providers::Api api = {};               // Empty if the target is the echo provider.
  dialects::EncodeOptions options = {};  // The options that `encoded` was made with, without the amendment.
  Amendment amendment = {};
  dialects::EncodedRequest encoded = {};
  AttemptCost cost = {};  // Of a call, if the caller's key has a budget or a limit of tokens,
  Reserve reserve = {};   // and what was reserved for one.
  // True for the first target of a single leg: the client's Idempotency-Key is valid for one body only.
  bool has_idempotency_key = false;
};

}  // namespace onellm::gateway
