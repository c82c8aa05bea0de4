// Leaves out of a call what its target refuses. Either an earlier request learned this (gateway/upstream/learned.h), or
// the target has just refused it. In the second case the leg calls the same target once more.
//
// Rule: Nothing is left out of a request with the option `strict`, and nothing whose absence changes the meaning of the
// answer. For each kind of part the call is repeated at most once. If the target refuses again, the client gets that
// error.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"
#include "gateway/session/room.h"
#include "gateway/upstream/learned.h"

namespace onellm::gateway {

struct Attempt;

struct Amendment {
  std::vector<std::string> parameters;  // Members of the client's request, or of what the gateway adds by itself.
  bool without_strict = false;          // As in dialects::EncodeOptions.
  bool without_thoughts = false;
  bool left_out_parameter = false;  // True if a parameter was left out because the target has just refused it.
  std::vector<Lesson> lessons;      // To remember if the call succeeds.
};

// Leaves out of the attempt what is known to be refused. Call it before the attempt is encoded.
void take_lessons(const Learned& learned, const chat::Request& request, double now_ms, Attempt& attempt);

// Encodes the request for this attempt without what `amendment` leaves out. The result's `dropped` names those members.
[[nodiscard]] Result<dialects::EncodedRequest> encode_amended(const Attempt& attempt, const Amendment& amendment,
                                                              const chat::Request& request);

// Encodes the attempt again without the part that `error` refused. Returns false and changes nothing if that part was
// not sent or must not be left out. The memory of the new request is counted in `room`.
[[nodiscard]] bool amend(Attempt& attempt, const chat::Request& request, const Error& error, RoomShare& room);

}  // namespace onellm::gateway
