// Plans the counting of a prompt's tokens: which provider is asked for each model, and with what.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"
#include "gateway/session/context.h"
#include "gateway/session/room.h"
#include "json/buffer.h"
#include "routing/model_spec.h"

namespace onellm::gateway {

// One model. Its first target counts; the fallbacks do not matter.
struct CountLeg {
  std::string name;  // As the client asked for it.
  routing::Target target;
  dialects::EncodedRequest encoded = {};
  bool is_asked = false;  // The provider counts; otherwise the gateway estimates.
};

struct CountPlan {
  explicit CountPlan(Room& encoded_room) : room(encoded_room) {}

  const json::Buffer* body = nullptr;  // Of the client.
  RoomShare room;                      // Counts the memory of the encoded requests.
  chat::Request request;               // Views into the body.
  // The only leg gets the client's own text, and the client gets the provider's own reply. The request is only an
  // outline.
  bool native = false;
  std::vector<CountLeg> legs;
};

// `body` must outlive the plan, which does not move. Errors: kBadRequest, kUnsupportedParameter, kModelNotFound,
// kBodyTooLarge; kBusy if there is no memory for it now.
[[nodiscard]] Result<std::unique_ptr<CountPlan>> plan_count(Context& context, const json::Buffer& body);

}  // namespace onellm::gateway
