// Everything about a chat request that can be known before the first upstream call: what is wrong in
// any leg makes the whole request a 4xx, and nothing is sent.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "gateway/chat/leg.h"
#include "gateway/chat/merge/merge.h"
#include "gateway/session/context.h"
#include "gateway/session/room.h"
#include "json/buffer.h"

namespace onellm::gateway {

struct PlannedLeg {
  std::string name;
  std::vector<Attempt> attempts;
};

struct ChatPlan {
  explicit ChatPlan(Room& encoded_room) : room(encoded_room) {}

  RoomShare room;         // For what the legs' requests take of memory.
  chat::Request request;  // Views into the body.
  MergeMode merge = MergeMode::kConcat;
  bool native = false;  // One leg, and its provider's bytes may reach the client untouched.
  std::vector<PlannedLeg> legs;
};

// Notes for the account what is known of the request. `body` must outlive the plan, which does not move once made.
// Errors: kBadRequest, kUnsupportedParameter, kModelNotFound; kBusy where there is no memory for it now.
[[nodiscard]] Result<std::unique_ptr<ChatPlan>> plan_chat(Context& context, const json::Buffer& body);

}  // namespace onellm::gateway
