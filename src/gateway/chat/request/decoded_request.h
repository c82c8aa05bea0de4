// Decodes a client's request and finds the targets of its models. A request whose one model speaks the client's dialect
// is not decoded whole: the provider gets it as it was written (dialects::EncodeOptions::as_written).
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "chat/request.h"
#include "gateway/session/context.h"
#include "json/buffer.h"
#include "routing/model_spec.h"

namespace onellm::gateway {

struct DecodedRequest {
  chat::Request request;
  std::vector<routing::Leg> legs;  // Empty: the model was not looked up yet.
  bool as_written = false;         // The request is only an outline (ClientDialect::decode_outline).
};

// `body` must outlive the result. Errors: kBadRequest, kModelNotFound.
[[nodiscard]] Result<DecodedRequest> decode_for_answer(const Context& context, const json::Buffer& body);

// The same for a request that counts the tokens of a prompt. Only the first target of each leg counts, and the others
// are left out; `legs` is never empty.
[[nodiscard]] Result<DecodedRequest> decode_for_count(const Context& context, const json::Buffer& body);

}  // namespace onellm::gateway
