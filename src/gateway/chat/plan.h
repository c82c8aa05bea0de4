// Plans a chat request: does everything that is possible before the first upstream call. An error in any leg refuses
// the whole request with a 4xx, and nothing is sent.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "gateway/chat/leg/leg.h"
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

  const json::Buffer* body = nullptr;  // Of the client.
  bool as_written = false;             // The request is only an outline of it.
  RoomShare room;                      // Counts the memory of the encoded requests.
  chat::Request request;               // Views into the body.
  MergeMode merge = MergeMode::kConcat;
  bool native = false;  // One leg, and the client may get its provider's bytes unchanged (lanes/native_lane.h).
  std::vector<PlannedLeg> legs;
};

// Plans the request and fills in the account (request_account.h). `body` must outlive the plan. The plan does not move.
// Errors: kBadRequest, kUnsupportedParameter, kModelNotFound, kBodyTooLarge; kBusy if there is no memory for it now.
[[nodiscard]] Result<std::unique_ptr<ChatPlan>> plan_chat(Context& context, const json::Buffer& body);

}  // namespace onellm::gateway
